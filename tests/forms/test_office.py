"""The clock as the CMS sets it: hours and days off move what is promised, and only what is still promised (X4, C4)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from forms import services
from forms.clock import NoWorkingTime
from forms.enums import EventKind, Status
from forms.models import Submission
from forms.office import build_clock, days_off, office_clock
from siptenan.common.dates import WIB, format_datetime
from siptenan.common.models import Holiday, OfficeSettings, WorkingHours
from siptenan.common.national_holidays import knows_joint_leave, national_holidays
from tests.factories import make_form, make_ticket, open_form, send

MONDAY = dt.date(2026, 11, 16)
FRIDAY_15 = dt.datetime(2026, 11, 13, 15, 0, tzinfo=WIB)  # half an hour after closing
TUESDAY_CLOSING = dt.datetime(2026, 11, 17, 16, 30, tzinfo=WIB)
WEDNESDAY_CLOSING = dt.datetime(2026, 11, 18, 16, 30, tzinfo=WIB)
FORM = "/kalindri/konsultasi-haki/"


@pytest.fixture(autouse=True)
def _friday():
    with time_machine.travel(FRIDAY_15, tick=True):
        yield


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run what waits for the commit; the tasks of the tests run at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def due(ticket: Submission) -> dt.datetime:
    ticket.refresh_from_db()
    return ticket.due_at.astimezone(WIB)


def hours(first: int, last: int, opens: str, closes: str, **values) -> WorkingHours:
    return WorkingHours.objects.create(
        office=OfficeSettings.load(), first_weekday=first, last_weekday=last,
        opens=dt.time.fromisoformat(opens), closes=dt.time.fromisoformat(closes), **values,
    )  # fmt: skip


class TestOpenTicketsMove:
    def test_a_day_off_moves_them_and_its_removal_moves_them_back(self, form_page, commit):
        ticket = make_ticket(form_page)
        assert due(ticket) == TUESDAY_CLOSING
        with commit():
            day = Holiday.objects.create(date=MONDAY, name="Libur contoh", kind=Holiday.Kind.LOCAL)
        assert due(ticket) == WEDNESDAY_CLOSING
        assert "Senin, 16 November 2026 tidak dihitung: Libur contoh." in ticket.due_reason
        with commit():
            day.delete()
        assert due(ticket) == TUESDAY_CLOSING
        assert "Libur contoh" not in ticket.due_reason

    def test_the_history_of_the_ticket_says_so(self, form_page, commit):
        ticket = make_ticket(form_page)
        with commit():
            Holiday.objects.create(date=MONDAY, name="Libur contoh")
        (event,) = ticket.events.filter(kind=EventKind.DUE_CHANGED)
        assert [dt.datetime.fromisoformat(at) for at in (event.before, event.after)] == [
            TUESDAY_CLOSING,
            WEDNESDAY_CLOSING,
        ]
        assert event.actor_name == event.SYSTEM

    @pytest.mark.parametrize("status", [Status.ANSWERED, Status.DONE, Status.REJECTED, Status.SPAM, Status.WAITING])
    def test_what_is_no_longer_promised_stays(self, status, form_page, commit):
        ticket = make_ticket(form_page)
        Submission.objects.filter(pk=ticket.pk).update(status=status)
        with commit():
            Holiday.objects.create(date=MONDAY, name="Libur contoh")
        assert due(ticket) == TUESDAY_CLOSING
        assert not ticket.events.filter(kind=EventKind.DUE_CHANGED).exists()

    @pytest.mark.parametrize("status", [Status.NEW, Status.IN_PROGRESS])
    def test_what_waits_for_an_officer_moves(self, status, form_page, commit):
        ticket = make_ticket(form_page)
        Submission.objects.filter(pk=ticket.pk).update(status=status)
        with commit():
            Holiday.objects.create(date=MONDAY, name="Libur contoh")
        assert due(ticket) == WEDNESDAY_CLOSING

    def test_the_count_is_of_those_that_moved(self, form_page):
        make_ticket(form_page)
        slow = make_ticket(make_form(slug="lambat", title="Form lambat", target_value=1, target_unit="hours"))
        Holiday.objects.create(date=dt.date(2026, 12, 1), name="Jauh sesudahnya")
        assert services.recalculate_due_dates() == 0
        Holiday.objects.create(date=dt.date(2026, 11, 17), name="Hari kedua")
        assert services.recalculate_due_dates() == 1
        assert due(slow) == dt.datetime(2026, 11, 16, 8, 30, tzinfo=WIB)

    def test_hours_move_them(self, form_page, commit):
        ticket = make_ticket(form_page)
        with commit():
            WorkingHours.objects.filter(first_weekday=0).first().delete()
        assert due(ticket) == dt.datetime(2026, 11, 27, 14, 30, tzinfo=WIB), "only Fridays are left"

    def test_hours_of_ramadan_hold_while_it_lasts(self, form_page, commit):
        ticket = make_ticket(form_page)
        with commit():
            hours(0, 3, "08:00", "15:00", valid_from=MONDAY, valid_until=MONDAY + dt.timedelta(2), name="Ramadan")
        assert due(ticket) == TUESDAY_CLOSING.replace(hour=15, minute=0)
        assert "Berlaku jam kerja khusus: Ramadan." in ticket.due_reason
        with commit():
            WorkingHours.objects.get(name="Ramadan").delete()
        assert due(ticket) == TUESDAY_CLOSING

    def test_an_office_without_hours_leaves_every_promise_as_it_was(self, form_page, commit):
        ticket = make_ticket(form_page)
        with commit():
            WorkingHours.objects.all().delete()
        assert due(ticket) == TUESDAY_CLOSING
        assert make_ticket(form_page).due_at > FRIDAY_15


class TestDaysOff:
    CHRISTMAS_LEAVE = dt.date(2026, 12, 24)

    def test_the_library_is_the_ground(self, db):
        assert days_off(2026, 2026) == national_holidays(2026, 2026)
        assert days_off(2026, 2026)[self.CHRISTMAS_LEAVE] == "Cuti Bersama Hari Raya Natal"

    def test_the_table_adds_and_renames(self, db):
        Holiday.objects.create(date=MONDAY, name="Hari Jadi", kind=Holiday.Kind.LOCAL)
        Holiday.objects.create(date=self.CHRISTMAS_LEAVE, name="Cuti Natal", kind=Holiday.Kind.JOINT_LEAVE)
        days = days_off(2026, 2026)
        assert (days[MONDAY], days[self.CHRISTMAS_LEAVE]) == ("Hari Jadi", "Cuti Natal")

    def test_a_day_that_is_worked_after_all(self, db):
        assert build_clock().hours_on(self.CHRISTMAS_LEAVE) is None
        Holiday.objects.create(date=self.CHRISTMAS_LEAVE, name="Tetap buka", kind=Holiday.Kind.OPEN)
        assert self.CHRISTMAS_LEAVE not in days_off(2026, 2026)
        assert build_clock().hours_on(self.CHRISTMAS_LEAVE).opens == dt.time(7, 30)
        assert national_holidays(2026, 2026)[self.CHRISTMAS_LEAVE], "what is remembered stays untouched"

    def test_only_the_years_asked_for(self, db):
        Holiday.objects.create(date=dt.date(2025, 11, 17), name="Tahun lalu")
        assert {day.year for day in days_off(2026, 2027)} == {2026, 2027}

    def test_how_far_the_library_knows_joint_leave(self):
        assert (knows_joint_leave(2027), knows_joint_leave(2029)) == (True, False)

    def test_a_process_sees_the_change_of_another(self, db):
        assert office_clock().hours_on(MONDAY)
        assert office_clock() is office_clock(), "kept while nothing changes"
        Holiday.objects.create(date=MONDAY, name="Libur contoh")
        assert office_clock().hours_on(MONDAY) is None

    def test_no_hours_at_all(self, db):
        WorkingHours.objects.all().delete()
        with pytest.raises(NoWorkingTime):
            build_clock().next_opening(FRIDAY_15)


class TestWhatAVisitorReads:
    """C4: sent on a Friday at 15:00 with a target of two working days."""

    def promise(self, client) -> str:
        return BeautifulSoup(client.get(FORM).content, "html.parser").select_one(".due").text

    def test_tuesday(self, form_page, client):
        assert "Selasa, 17 November 2026, 16.30 WIB" in self.promise(client)
        receipt = send(client).content.decode()
        assert format_datetime(Submission.objects.get().due_at) in receipt
        assert due(Submission.objects.get()) == TUESDAY_CLOSING

    def test_wednesday_when_monday_is_a_holiday(self, form_page, client):
        assert "Selasa, 17 November 2026" in self.promise(client)
        Holiday.objects.create(date=MONDAY, name="Hari Jadi Kota")
        promise = self.promise(client)
        assert "Rabu, 18 November 2026, 16.30 WIB" in promise
        assert "Senin, 16 November 2026 tidak dihitung: Hari Jadi Kota." in promise
        assert "Rabu, 18 November 2026" in send(client).content.decode()

    def test_without_hours_nothing_is_promised_and_the_form_still_works(self, form_page, client):
        WorkingHours.objects.all().delete()
        assert BeautifulSoup(client.get(FORM).content, "html.parser").select_one(".due") is None
        assert open_form(client)
        send(client)
        assert Submission.objects.count() == 1
