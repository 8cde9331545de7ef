"""The rules of casework: who may move a ticket where, what it leaves behind, and what the clock does meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.db.models import CharField

from forms import casework, procedures, services
from forms.enums import CLOSED, MOVES, REASON_REQUIRED, ContactOutcome, Status
from forms.models import Message, OutgoingMail, Submission, SubmissionEvent
from forms.models.event import AppendOnly
from forms.office import office_clock
from siptenan.accounts import roles
from siptenan.accounts.models import User
from siptenan.common.dates import WIB
from siptenan.common.models import Holiday
from tests.factories import make_staff, make_ticket

CONSULTATION = procedures.get("konsultasi")

pytestmark = pytest.mark.django_db

EXPECTED = {
    "baru": {"diproses", "ditolak", "spam"},
    "diproses": {"menunggu_pemohon", "dijawab", "ditolak", "spam"},
    "menunggu_pemohon": {"diproses", "dijawab", "ditolak"},
    "dijawab": {"selesai", "diproses"},
    "selesai": {"diproses"},
    "ditolak": {"diproses"},
    "spam": {"baru"},
}  # D2, written out by hand


def put(ticket: Submission, status: Status) -> Submission:
    """Put a ticket into a status as it would be found there."""
    Submission.objects.filter(pk=ticket.pk).update(
        status=status, budget_minutes=60 if status == Status.WAITING else None
    )
    ticket.refresh_from_db()
    return ticket


def kinds(ticket: Submission) -> list[str]:
    return [event.kind for event in ticket.events.all()]


# --- Moves ----------------------------------------------------------------------------------------


def test_the_moves_are_those_of_the_brief():
    assert {current.value: {target.value for target in targets} for current, targets in MOVES.items()} == EXPECTED
    assert all(CONSULTATION.move_label(current, target) for current in MOVES for target in MOVES[current])


@pytest.mark.parametrize("current", list(MOVES), ids=lambda status: status.value)
def test_every_move(ticket, officer, current):
    """D2: the whole matrix; a refused one changes nothing."""
    for target in Status:
        put(ticket, current)
        before = Submission.objects.filter(pk=ticket.pk).values().get(), kinds(ticket)
        if target.value in EXPECTED[current.value]:
            services.move(ticket, target, by=officer, reason="Sebab tertentu")
            ticket.refresh_from_db()
            assert ticket.status == target
            assert ticket.version == before[0]["version"] + 1
            assert (ticket.closed_at is not None) == (target in CLOSED)
            event = ticket.events.filter(kind="moved").last()
            assert (event.before, event.after, event.actor) == (current.label, target.label, officer)
        else:
            with pytest.raises(services.IllegalMove):
                services.move(ticket, target, by=officer, reason="Sebab tertentu")
            assert (Submission.objects.filter(pk=ticket.pk).values().get(), kinds(ticket)) == before
        assert CONSULTATION.can_move(current, target) == (target.value in EXPECTED[current.value])


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_rejection_says_why(ticket, officer, reason):
    assert {Status.REJECTED} == REASON_REQUIRED
    with pytest.raises(services.ReasonMissing):
        services.move(ticket, Status.REJECTED, by=officer, reason=reason)
    assert Submission.objects.get().status == "baru"
    services.move(ticket, Status.REJECTED, by=officer, reason="Bukan layanan kami.")
    assert [(m.kind, m.body) for m in ticket.messages.for_visitor()] == [("reply", "Bukan layanan kami.")]


def test_who_acts_on_an_old_version_changes_nothing(ticket, officer):
    """D7."""
    old = ticket.version
    services.reply(ticket, "Yang pertama", by=officer, version=old)
    rival = make_staff(roles.OFFICER, "rival", forms=[ticket.form])
    acts = [
        lambda: services.reply(ticket, "Yang kedua", by=rival, version=old),
        lambda: services.move(ticket, Status.DONE, by=rival, version=old),
        lambda: services.assign(ticket, rival, by=rival, version=old),
        lambda: services.edit_reply(Message.objects.get(), "Lain", by=rival, version=old),
    ]
    before = kinds(ticket)
    for act in acts:
        with pytest.raises(services.StaleTicket):
            act()
    assert [message.body for message in Message.objects.all()] == ["Yang pertama"]
    assert kinds(ticket) == before
    ticket.refresh_from_db()
    services.move(ticket, Status.DONE, by=rival, version=ticket.version)
    assert Submission.objects.get().status == "selesai"


@pytest.mark.parametrize(
    "words",
    ["batik", "BATIK con", "merek", "haki", "0812-3456-7890", "62812", "+62 812", "(0812)", "3456.78", "contoh 0812"],
)
def test_a_ticket_is_found_by_a_part_of_anything(form_page, words):
    """D4."""
    phone = {"Nomor WhatsApp": "+6281234567890"}
    ticket = make_ticket(form_page, **phone)
    make_ticket(form_page, **dict.fromkeys(("Nama Usaha/Perusahaan", "Nama Lengkap", "Alamat", "Pertanyaan"), "x"))
    found = set(Submission.objects.matching(words)) - set(Submission.objects.filter(contact_name="x"))
    assert found == {ticket}
    assert set(Submission.objects.matching(ticket.reference.replace("-", " ").lower())) == {ticket}
    assert not Submission.objects.matching("0813-9999").exists()


# --- Replies --------------------------------------------------------------------------------------


def test_a_reply_takes_a_new_ticket_up_and_answers_it(ticket, officer):
    services.reply(ticket, "  Silakan.\n", by=officer)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == ("dijawab", officer)
    assert ticket.first_answered_at is not None
    moves = [(event.before, event.after) for event in ticket.events.filter(kind="moved")]
    assert moves == [("Baru", "Diproses"), ("Diproses", "Dijawab")]
    assert kinds(ticket).count("replied") == 1
    assert Message.objects.get().body == "Silakan."


def test_a_second_reply_keeps_the_time_of_the_first_answer_and_the_officer(ticket, officer, admin):
    services.reply(ticket, "Pertama", by=officer)
    ticket.refresh_from_db()
    answered_at = ticket.first_answered_at
    services.reply(ticket, "Kedua", by=admin)
    ticket.refresh_from_db()
    assert (ticket.first_answered_at, ticket.assignee) == (answered_at, officer)
    assert kinds(ticket).count("replied") == 2


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_a_closed_ticket_takes_no_reply(ticket, officer, status):
    put(ticket, status)
    with pytest.raises(services.IllegalMove):
        services.reply(ticket, "Terlambat", by=officer)
    assert Message.objects.count() == 0


def test_every_edit_of_a_reply_is_kept(ticket, officer, admin):
    """E1."""
    reply = services.reply(ticket, "Satu", by=officer)
    services.edit_reply(reply, "Satu", by=admin)  # nothing changed
    services.edit_reply(reply, "Dua", by=admin)
    services.edit_reply(reply, "Tiga", by=officer)
    reply.refresh_from_db()
    assert (reply.body, reply.author) == ("Tiga", officer)
    assert [(old.body, old.replaced_by) for old in reply.revisions.all()] == [("Satu", admin), ("Dua", officer)]
    assert kinds(ticket).count("reply_edited") == 2


def test_a_note_is_no_reply_to_edit(ticket, officer):
    note = services.add_note(ticket, "Catatan", by=officer)
    with pytest.raises(Message.DoesNotExist):
        services.edit_reply(note, "Jadi balasan", by=officer)


# --- History --------------------------------------------------------------------------------------


def test_every_step_names_who_and_when(ticket, officer, admin):
    services.assign(ticket, officer, by=admin, note="Tolong")
    services.add_note(ticket, "Catatan", by=officer)
    services.reply(ticket, "Silakan", by=officer)
    services.edit_reply(Message.objects.get(kind="reply"), "Silakan datang", by=officer)
    services.add_information(ticket, "Terima kasih")
    services.issue_pin(ticket, by=officer)
    services.record_whatsapp(ticket, by=officer)
    services.record_contact(ticket, ContactOutcome.INACTIVE, by=officer)
    services.record_view(ticket, by=admin)
    services.record_export([ticket.pk], by=admin, file_format="xlsx")
    events = [(event.kind, event.actor_name) for event in ticket.events.all()]
    assert events == [
        ("submitted", "Pemohon"),
        ("assigned", str(admin)),
        ("noted", str(officer)),
        ("moved", str(officer)),
        ("replied", str(officer)),
        ("moved", str(officer)),
        ("reply_edited", str(officer)),
        ("added", "Pemohon"),
        ("moved", "Sistem"),
        ("pin_issued", str(officer)),
        ("whatsapp_opened", str(officer)),
        ("contact_outcome", str(officer)),
        ("viewed", str(admin)),
        ("exported", str(admin)),
    ]
    assert all(event.at for event in ticket.events.all())
    officer.delete()
    assert [(event.kind, event.actor_name) for event in ticket.events.all()] == events


def test_a_name_of_two_full_fields_fits_wherever_it_is_kept(ticket, officer):
    """PostgreSQL refuses what is longer than its column, SQLite does not: so the lengths are compared here."""
    longest = User._meta.get_field("first_name").max_length
    officer.first_name, officer.last_name = "A" * longest, "B" * longest
    officer.save()
    services.assign(ticket, officer, by=officer, note="Catatan")
    services.assign(ticket, None, by=officer)
    services.reply(ticket, "Silakan", by=officer)
    services.record_view(ticket, by=officer)
    services.record_export([ticket.pk], by=officer, file_format="csv")
    rows = [*ticket.events.all(), *ticket.messages.all()]
    assert {row.actor_name for row in ticket.events.filter(actor=officer)} == {"A" * longest}
    assert {row.author_name for row in ticket.messages.all()} == {"A" * longest}
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, CharField):
                assert len(getattr(row, field.name)) <= field.max_length, (row, field.name)


def test_history_is_never_changed(ticket):
    event = SubmissionEvent.objects.get()
    event.detail = "Dipalsukan"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    assert SubmissionEvent.objects.get().detail == ""


def test_a_handover_is_kept_with_its_note_and_told(ticket, officer, admin):
    """D3. The note is in the thread alone: the history holds nothing personal, for it may outlive the rest."""
    other = make_staff(roles.OFFICER, "lain", forms=[ticket.form])
    services.assign(ticket, officer, by=admin)
    services.assign(ticket, other, by=officer, note="Anda lebih tahu.")
    services.assign(ticket, None, by=admin)
    steps = [(e.before, e.after, e.detail) for e in ticket.events.filter(kind="assigned")]
    assert steps == [("", str(officer), ""), (str(officer), str(other), ""), (str(other), "", "")]
    assert [(note.kind, note.body) for note in ticket.messages.all()] == [("note", "Anda lebih tahu.")]
    assert list(OutgoingMail.objects.order_by("pk").values_list("kind", "recipient")) == [
        ("assigned", officer.email),
        ("assigned", other.email),
    ]
    services.assign(ticket, admin, by=admin)
    assert OutgoingMail.objects.count() == 2  # nobody is told what he did himself


def test_a_step_that_fails_leaves_nothing(ticket, officer, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(casework, "save", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.reply(ticket, "Hilang", by=officer)
    assert Message.objects.count() == OutgoingMail.objects.count() == 0
    assert kinds(ticket) == ["submitted"]


def test_mails_of_answers_go_to_the_visitor_who_left_an_address(form_page, officer):
    ticket = make_ticket(form_page, Email="ibu@contoh.id")
    services.reply(ticket, "Silakan", by=officer)
    services.add_information(ticket, "Terima kasih")
    services.move(ticket, Status.REJECTED, by=officer, reason="Cukup")
    mails = OutgoingMail.objects.order_by("pk").values_list("kind", "recipient")
    assert list(mails) == [
        ("receipt", "ibu@contoh.id"),
        ("answered", "ibu@contoh.id"),
        ("added", officer.email),
        ("answered", "ibu@contoh.id"),
    ]


# --- The clock ------------------------------------------------------------------------------------


def wib(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A time in December 2026; the 1st is a Tuesday, the 7th a Monday."""
    return dt.datetime(2026, 12, day, hour, minute, tzinfo=WIB)


def at(moment: dt.datetime):
    return time_machine.travel(moment, tick=False)


def test_friday_afternoon_is_due_on_tuesday_and_a_holiday_makes_it_wednesday(form_page):
    """C4."""
    with at(wib(4, 15)):
        ticket = make_ticket(form_page)
    assert ticket.due_at.astimezone(WIB) == wib(8, 16, 30)
    Holiday.objects.create(date=dt.date(2026, 12, 7), name="Libur daerah", kind=Holiday.Kind.LOCAL)
    with at(wib(4, 15)):
        ticket = make_ticket(form_page)
    assert ticket.due_at.astimezone(WIB) == wib(9, 16, 30)
    assert "Senin, 7 Desember 2026 tidak dihitung: Libur daerah." in ticket.due_reason


def test_waiting_for_the_visitor_stops_the_clock(form_page, officer):
    """E4: waiting from Monday 10:00 to Wednesday 10:00 moves the promise by exactly the time waited."""
    with at(wib(7, 8)):
        ticket = make_ticket(form_page)
    assert ticket.due_at.astimezone(WIB) == wib(9, 16, 30)
    with at(wib(7, 9)):
        services.move(ticket, Status.IN_PROGRESS, by=officer)
    with at(wib(7, 10)):
        services.move(ticket, Status.WAITING, by=officer)
        ticket.refresh_from_db()
        left = ticket.budget_minutes
    with at(wib(9, 10)):
        services.move(ticket, Status.IN_PROGRESS, by=officer)
    ticket.refresh_from_db()
    # Waited: Monday 5.5 hours, Tuesday 8, Wednesday 2.5. On from Wednesday 16.30: Thursday 8, Friday 5.5, Monday 2.5.
    assert ticket.due_at.astimezone(WIB) == wib(14, 10)
    assert office_clock().minutes_between(wib(9, 10), ticket.due_at) == left


def test_it_stops_again_and_a_visitor_starts_it_too(form_page, officer):
    with at(wib(7, 8)):
        ticket = make_ticket(form_page)
        services.move(ticket, Status.IN_PROGRESS, by=officer)
    for pause, resume in ((wib(7, 10), wib(7, 11)), (wib(8, 9), wib(8, 10))):
        with at(pause):
            services.move(ticket, Status.WAITING, by=officer)
        with at(resume):
            services.add_information(ticket, f"Keterangan {resume:%H}")
    ticket.refresh_from_db()
    assert ticket.status == "diproses"
    assert ticket.due_at.astimezone(WIB) == wib(10, 9, 30)  # two hours later than Wednesday's closing


def test_a_new_holiday_moves_open_tickets_and_leaves_answered_ones(
    form_page, officer, django_capture_on_commit_callbacks
):
    """X4."""
    with at(wib(4, 15)):
        waiting, answered, paused = (make_ticket(form_page) for _ in range(3))
        services.reply(answered, "Silakan", by=officer)
        services.move(paused, Status.IN_PROGRESS, by=officer)
        services.move(paused, Status.WAITING, by=officer)
    with at(wib(4, 16)), django_capture_on_commit_callbacks(execute=True):
        Holiday.objects.create(date=dt.date(2026, 12, 7), name="Libur daerah", kind=Holiday.Kind.LOCAL)
    due = {ticket.pk: Submission.objects.get(pk=ticket.pk).due_at.astimezone(WIB) for ticket in (waiting, answered)}
    assert due == {waiting.pk: wib(9, 16, 30), answered.pk: wib(8, 16, 30)}
    assert kinds(waiting) == ["submitted", "due_changed"]
    with at(wib(8, 9)):
        services.move(paused, Status.IN_PROGRESS, by=officer)
    paused.refresh_from_db()
    assert paused.due_at > wib(8, 9)


def test_a_ticket_that_is_opened_again_gets_a_new_promise(form_page, officer):
    """Neither overdue at once, nor does the new date make a late answer look punctual."""
    with at(wib(7, 8)):
        ticket = make_ticket(form_page)
    with at(wib(10, 8)):  # due on the 9th: late
        services.reply(ticket, "Terlambat", by=officer)
    with at(wib(14, 9)):
        services.add_information(ticket, "Masih ada pertanyaan")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.answered_in_time) == ("diproses", False)
    assert ticket.due_at.astimezone(WIB) == wib(16, 16, 30)
    assert "14 Desember 2026" in ticket.due_reason


def test_a_ticket_that_was_no_spam_gets_a_promise_that_can_be_kept(form_page, officer):
    """It lay in the tray past its date; the office promises anew from the day it was found."""
    with time_machine.travel(dt.datetime(2026, 11, 16, 9, tzinfo=WIB)):
        ticket = put(make_ticket(form_page), Status.SPAM)
    with time_machine.travel(dt.datetime(2026, 11, 30, 9, tzinfo=WIB)):
        services.move(ticket, Status.NEW, by=officer)
    ticket.refresh_from_db()
    assert ticket.due_at.astimezone(WIB) == dt.datetime(2026, 12, 2, 16, 30, tzinfo=WIB)
