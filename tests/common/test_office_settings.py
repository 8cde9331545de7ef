"""Contact data and hours: an admin changes them in the CMS, and the public pages show it at once."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils import form_data

from forms.clock import Hours
from forms.models import Submission
from siptenan.common import generation
from siptenan.common.models import OfficeSettings, WorkingHours
from siptenan.common.signals import calendar_changed
from tests.factories import make_ticket

FORM = "/kalindri/konsultasi-haki/"
MON_TO_THU = {
    "first_weekday": "0", "last_weekday": "3", "opens": "07:30", "closes": "16:30",
    "break_starts": "12:00", "break_ends": "13:00", "valid_from": "", "valid_until": "", "name": "",
}  # fmt: skip
FRIDAY = {**MON_TO_THU, "first_weekday": "4", "last_weekday": "4", "closes": "14:30", "break_starts": "11:30"}


@pytest.fixture
def save(admin, client):
    """Save the settings screen as the admin; rows of hours by their position, other fields by name."""
    client.force_login(admin)

    def send(monday: dict | None = None, friday: dict | None = None, new: tuple[dict, ...] = (), **values):
        office = OfficeSettings.load()
        ids = office.working_hours.values_list("pk", flat=True)
        rows = [
            {**MON_TO_THU, **(monday or {}), "id": str(ids[0])},
            {**FRIDAY, **(friday or {}), "id": str(ids[1])},
            *({**MON_TO_THU, "id": "", **row} for row in new),
        ]
        fields = {field.name: getattr(office, field.name) for field in office._meta.fields if field.name != "id"}
        data = {**fields, **values, "working_hours": form_data.inline_formset(rows, initial=2)}
        url = reverse("wagtailsettings:edit", args=("common", "officesettings", office.pk))
        return client.post(url, form_data.nested_form_data(data))

    return send


def errors(response) -> str:
    assert response.status_code == 200, "the form is shown again"
    return " ".join(tag.text for tag in BeautifulSoup(response.content, "html.parser").select(".error-message"))


def card(client) -> list[str]:
    """The lines of the card WORKING HOURS on a form page."""
    page = BeautifulSoup(client.get(FORM).content, "html.parser")
    return [line.text for line in page.find("h3", string="WORKING HOURS").find_next_siblings("p")]


class TestScreen:
    def test_the_project_starts_with_the_hours_of_the_manual(self, site, client):
        assert card(client) == ["Senin - Kamis: 07:30 - 16:30 WIB", "Jumat: 07:30 - 14:30 WIB"]

    def test_a_change_shows_at_once(self, save, client):
        assert card(client)[1] == "Jumat: 07:30 - 14:30 WIB"
        assert save(friday={"closes": "15:00"}).status_code == 302
        assert card(client) == ["Senin - Kamis: 07:30 - 16:30 WIB", "Jumat: 07:30 - 15:00 WIB"]

    def test_contact_data_shows_at_once(self, save, client):
        save(phone="(0285) 999 888", address_lines="Jl. Contoh 1\nPekalongan")
        page = client.get(FORM).content.decode()
        assert "(0285) 999 888" in page
        assert "Jl. Contoh 1<br>Pekalongan" in page

    def test_a_row_is_added(self, save, client):
        no_break = {"break_starts": "", "break_ends": ""}
        save(new=({"first_weekday": "5", "last_weekday": "5", "closes": "12:00", **no_break},))
        assert card(client)[2] == "Sabtu: 07:30 - 12:00 WIB"

    def test_a_row_is_deleted(self, save, client):
        save(friday={"DELETE": "on"})
        assert card(client) == ["Senin - Kamis: 07:30 - 16:30 WIB"]

    def test_each_save_starts_a_new_generation(self, save):
        before = generation.current()
        save(phone="1")
        assert generation.current() > before

    def test_one_save_is_one_recalculation(self, save, django_capture_on_commit_callbacks):
        heard = []

        def listen(**kwargs):
            heard.append(1)

        calendar_changed.connect(listen)
        with django_capture_on_commit_callbacks(execute=True):
            save(monday={"closes": "16:00"}, friday={"closes": "15:00"})
        calendar_changed.disconnect(listen)
        assert len(heard) == 1

    def test_open_tickets_follow(self, save, form_page, time_machine, django_capture_on_commit_callbacks):
        time_machine.move_to("2026-11-13 08:00 +0000")  # Friday, 15:00 WIB
        ticket = make_ticket(form_page)
        with django_capture_on_commit_callbacks(execute=True):
            save(monday={"closes": "15:00"})
        moved = Submission.objects.get(pk=ticket.pk)
        assert moved.due_at == dt.datetime(2026, 11, 17, 8, 0, tzinfo=dt.UTC)
        assert ticket.due_at == dt.datetime(2026, 11, 17, 9, 30, tzinfo=dt.UTC)

    @pytest.mark.parametrize("role", ["editor", "officer"])
    def test_others_may_not(self, role, client, request):
        client.force_login(request.getfixturevalue(role))
        url = reverse("wagtailsettings:edit", args=("common", "officesettings", OfficeSettings.load().pk))
        assert client.get(url).headers["Location"] == "/cms/"
        assert client.post(url, {"phone": "666"}).headers["Location"] == "/cms/"
        assert OfficeSettings.objects.get().phone != "666"


class TestMessages:
    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ({"first_weekday": "3", "last_weekday": "0"}, "Hari terakhir mendahului hari pertama."),
            ({"closes": "07:30", "break_starts": "", "break_ends": ""}, "Jam tutup harus sesudah jam buka."),
            ({"closes": "07:00"}, "Jam tutup harus sesudah jam buka."),
            ({"break_ends": ""}, "Isi mulai dan selesai istirahat, atau kosongkan keduanya."),
            ({"break_starts": "13:00", "break_ends": "12:00"}, "Istirahat harus berada di dalam jam layanan"),
            ({"break_starts": "07:30"}, "Istirahat harus berada di dalam jam layanan"),
            ({"break_ends": "16:30"}, "Istirahat harus berada di dalam jam layanan"),
            ({"break_ends": "17:00"}, "Istirahat harus berada di dalam jam layanan"),
            ({"valid_from": "2027-02-08"}, "Isi kedua tanggal berlaku, atau kosongkan keduanya."),
            ({"valid_from": "2027-02-08", "valid_until": "2027-02-07"}, "Tanggal akhir mendahului tanggal awal."),
            ({"opens": ""}, "harus diisi"),
            ({"opens": "setengah delapan"}, "waktu"),
        ],
    )
    def test_hours_that_make_no_sense(self, row, says, save, client):
        assert says in errors(save(monday=row))
        assert card(client)[0] == "Senin - Kamis: 07:30 - 16:30 WIB"

    def test_a_number_that_is_none(self, save):
        assert errors(save(whatsapp="12345"))
        assert not OfficeSettings.objects.get().whatsapp

    def test_a_number_is_stored_in_one_form(self, save):
        save(whatsapp="0812 3456 7890")
        assert OfficeSettings.objects.get().whatsapp == "+6281234567890"

    @pytest.mark.parametrize("break_starts", ["07:30", "07:31", "12:00", "13:00", "13:30"])
    @pytest.mark.parametrize("break_ends", ["12:00", "13:00", "16:29", "16:30", "17:00"])
    def test_what_the_form_takes_the_clock_takes(self, break_starts, break_ends):
        """A row that the clock refuses would be a 500 on every form page."""
        times = [dt.time.fromisoformat(text) for text in ("07:30", "16:30", break_starts, break_ends)]
        row = WorkingHours(first_weekday=0, last_weekday=3, **dict(zip(FIELDS, times, strict=True)))
        try:
            row.clean()
        except ValidationError:
            with pytest.raises(ValueError, match="Jam harus berurutan"):
                Hours(*times)
        else:
            assert Hours(*times)


FIELDS = ("opens", "closes", "break_starts", "break_ends")


class TestHoursLines:
    def test_a_dated_row_replaces_the_usual_ones_while_it_holds(self, site, client, time_machine):
        WorkingHours.objects.create(
            office=OfficeSettings.load(), first_weekday=0, last_weekday=4, opens=dt.time(8), closes=dt.time(15),
            valid_from=dt.date(2027, 2, 8), valid_until=dt.date(2027, 3, 9), name="Ramadan 1448 H",
        )  # fmt: skip
        ramadan = ["Senin - Jumat: 08:00 - 15:00 WIB (Ramadan 1448 H)"]
        usual = ["Senin - Kamis: 07:30 - 16:30 WIB", "Jumat: 07:30 - 14:30 WIB"]
        for day, lines in (("07", usual), ("08", ramadan), ("28", ramadan)):
            time_machine.move_to(f"2027-02-{day} 05:00 +0000")
            assert card(client) == lines, day
        time_machine.move_to("2027-03-10 05:00 +0000")
        assert card(client) == usual

    def test_the_days_it_says_nothing_about_stay_as_usual(self, site, client, time_machine):
        time_machine.move_to("2027-02-10 05:00 +0000")
        WorkingHours.objects.create(
            office=OfficeSettings.load(), first_weekday=0, last_weekday=3, opens=dt.time(8), closes=dt.time(15),
            valid_from=dt.date(2027, 2, 8), valid_until=dt.date(2027, 3, 9), name="Ramadan",
        )  # fmt: skip
        assert card(client) == ["Senin - Kamis: 08:00 - 15:00 WIB (Ramadan)", "Jumat: 07:30 - 14:30 WIB"]
