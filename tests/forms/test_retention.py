"""Old tickets lose what is personal and keep what is counted (I2): database, storage, number, PIN, link, reports."""

from __future__ import annotations

import datetime as dt
import json
import logging
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from PIL import Image

from forms import references, reports, retention, services, worker
from forms.enums import EventKind, Status
from forms.models import Attachment, FormPage, OutgoingMail, Submission, Upload
from siptenan.common import encryption
from siptenan.common.dates import WIB
from siptenan.common.models import Kelurahan
from siptenan.common.photos import sanitise_photo
from tests import factories
from tests.forms.officers import many, signed_in, text
from tests.forms.visitors import opened

SENT = dt.datetime(2024, 3, 4, 9, 0, tzinfo=WIB)  # a Monday
CLOSED_AT = SENT + dt.timedelta(days=2)
NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=WIB)

QUESTIONS = [
    {"label": "Nama Usaha/Perusahaan", "field_type": "singleline", "role": "business"},
    {"label": "Nama Lengkap", "field_type": "singleline", "role": "contact_name"},
    {"label": "NIK", "field_type": "nik"},
    {"label": "Kelurahan", "field_type": "kelurahan"},
    {"label": "Nomor WhatsApp", "field_type": "phone", "role": "phone"},
    {"label": "Email", "field_type": "email", "role": "email"},
    {"label": "Pertanyaan", "field_type": "multiline", "role": "question"},
]
# Words that occur nowhere but in what visitors and officers wrote.
SECRETS = {
    "Nama Usaha/Perusahaan": "Batik Rahasiawati",
    "Nama Lengkap": "Ibu Rahasiawati",
    "Nomor WhatsApp": "+6281234567890",
    "Email": "rahasiawati@contoh.id",
    "Pertanyaan": "Pertanyaan rahasiawati",
}
TRACES = ("rahasiawati", "81234567890", "enc1.")

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site) -> FormPage:
    return factories.make_form("pendaftaran", QUESTIONS, title="Pendaftaran", ticket_prefix="DAFTAR")


@pytest.fixture
def clerk(form):
    return factories.make_staff("Petugas", "budi", forms=[form])


def photo():
    picture = BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG")
    return sanitise_photo(ContentFile(picture.getvalue()), max_bytes=1_000_000)


def kelurahan() -> dict:
    place = Kelurahan.objects.first()
    return {"code": place.code, "name": place.name, "kecamatan": place.kecamatan}


def make_closed(form, clerk, *, closed_at: dt.datetime = CLOSED_AT) -> Submission:
    """A finished ticket with everything a ticket can have."""
    with time_machine.travel(SENT):
        answers = {**SECRETS, "NIK": encryption.encrypt("3375014107900000"), "Kelurahan": kelurahan()}
        ticket = factories.make_ticket(form, **answers)
        services.add_information(ticket, "Tambahan rahasiawati", photo())
        reply = services.reply(ticket, "Jawaban untuk rahasiawati", by=clerk)
        services.edit_reply(reply, "Jawaban lain untuk rahasiawati", by=clerk)
        services.add_note(ticket, "Catatan tentang rahasiawati", by=clerk)
        upload = Upload(
            token_digest=ticket.token_digest, form=form, submission=ticket, question="foto", kind=Upload.Kind.DOCUMENT,
            content_type="application/pdf", size=4, sha256="", name="ktp rahasiawati.pdf", thumbnail=b"rahasiawati",
        )  # fmt: skip
        upload.file.save("a.pdf", ContentFile(b"%PDF"), save=False)
        upload.save()
    with time_machine.travel(closed_at):
        services.move(ticket, Status.DONE, by=clerk)
    ticket.refresh_from_db()
    return ticket


@pytest.fixture
def ticket(form, clerk) -> Submission:
    return make_closed(form, clerk)


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def stored() -> str:
    """Everything in the tables of the casework, as text."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("forms_")]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows += [
                [bytes(cell).decode(errors="replace") if isinstance(cell, bytes | memoryview) else cell for cell in row]
                for row in cursor.fetchall()
            ]
    return json.dumps(rows, default=str, ensure_ascii=False).lower()


def files(settings) -> set[Path]:
    root = Path(settings.PRIVATE_MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


class TestWhatGoes:
    def test_no_word_of_the_visitor_or_about_him_is_left(self, ticket, now):
        before = stored()
        assert [trace for trace in TRACES if trace not in before] == []  # it looks in the right place
        assert retention.anonymise_due() == 1
        after = stored()
        assert [trace for trace in TRACES if trace in after] == []

    def test_photos_and_documents_are_gone_from_the_disk(self, ticket, now, settings):
        mine = {Path(row.file.path) for rows in (ticket.attachments, ticket.uploads) for row in rows.all()}
        assert len(mine) == 2
        assert mine <= files(settings)
        retention.anonymise_due()
        assert not mine & files(settings)
        assert not Attachment.objects.exists()
        assert not Upload.objects.exists()

    def test_number_pin_link_and_open_pages_are_dead(self, ticket, now):
        pin = services.issue_pin(ticket, by=ticket.assignee)
        browser, link = opened(ticket), ticket.link_secret
        assert browser.get("/kalindri/lacak/tiket/").status_code == 200
        retention.anonymise_due()
        assert browser.get("/kalindri/lacak/tiket/").status_code == 302
        assert Client().get(f"/kalindri/lacak/t/{link}/").status_code == 404
        ticket.refresh_from_db()
        assert Client().get(f"/kalindri/lacak/t/{ticket.link_secret}/").status_code == 404
        answer = Client().post("/kalindri/lacak/", {"reference": ticket.reference, "pin": pin})
        assert answer.status_code == 422
        assert not references.pin_matches(ticket.reference, "", ticket.pin_hash)

    def test_no_new_pin_is_made_for_what_is_gone(self, ticket, now, admin):
        button = f"/cms/tiket/{ticket.pk}/pin/"
        client = signed_in(admin)
        assert button in client.get(f"/cms/tiket/{ticket.pk}/").content.decode()
        retention.anonymise_due()
        ticket.refresh_from_db()
        with pytest.raises(services.NothingToOpen):
            services.issue_pin(ticket, by=admin)
        assert button not in client.get(f"/cms/tiket/{ticket.pk}/").content.decode()
        page = text(client.post(button, follow=True))  # from a page that was opened before
        assert "Data pribadi tiket ini sudah dihapus. PIN baru tidak akan membuka apa pun." in page
        assert "PIN baru untuk" not in page
        assert not ticket.events.filter(kind=EventKind.PIN_ISSUED).exists()

    def test_no_mail_goes_to_him_any_more(self, ticket, now):
        OutgoingMail.objects.filter(kind="receipt").update(sent_at=SENT)
        retention.anonymise_due()
        mails = OutgoingMail.objects.filter(submission=ticket)
        assert {mail.recipient for mail in mails} == {""}
        assert not mails.due().exists()
        assert mails.filter(sent_at=SENT).exists()

    def test_it_is_found_by_its_number_only(self, ticket, now):
        assert Submission.objects.matching("rahasiawati").exists()
        retention.anonymise_due()
        assert not Submission.objects.matching("rahasiawati").exists()
        assert Submission.objects.matching(ticket.reference).get() == ticket


class TestWhatStays:
    def test_every_figure_of_the_reports(self, form, ticket, now):
        many(ticket, 25, status=Status.DONE)
        OutgoingMail.objects.all().delete()

        def figures():
            days = (SENT.date(), NOW.date())
            return reports.figures([form], Submission.objects.all(), *days, NOW), reports.public_figures(NOW)

        before = figures()
        assert before[0][0].received == 26
        assert before[0][0].median_minutes is not None
        assert retention.anonymise_due() == 26
        assert figures() == before

    def test_facts_and_the_kelurahan(self, ticket, now):
        facts = (
            "form_id", "snapshot_id", "reference", "status", "channel", "submitted_at", "due_at", "closed_at",
            "first_answered_at", "answered_in_time", "assignee_id", "target_value", "spam_reasons",
        )  # fmt: skip
        before = {name: getattr(ticket, name) for name in facts}
        events = list(ticket.events.values_list("kind", flat=True))
        messages = list(ticket.messages.values_list("kind", "created_at"))
        retention.anonymise_due()
        ticket.refresh_from_db()
        assert {name: getattr(ticket, name) for name in facts} == before
        assert ticket.answers == {"kelurahan": kelurahan()}
        assert list(ticket.events.values_list("kind", flat=True)) == [*events, EventKind.ANONYMISED]
        assert list(ticket.messages.values_list("kind", "created_at")) == messages

    def test_not_the_answer_to_a_question_of_a_type_that_is_no_more(self, ticket, now):
        questions = [{**question, "type": "dahulu"} for question in ticket.snapshot.questions]
        type(ticket.snapshot).objects.filter(pk=ticket.snapshot_id).update(questions=questions)
        assert retention.anonymise_due() == 1
        ticket.refresh_from_db()
        assert ticket.answers == {}

    def test_screens_and_the_export_still_work(self, ticket, now, admin):
        retention.anonymise_due()
        client = signed_in(admin)
        page = text(client.get(f"/cms/tiket/{ticket.pk}/"))
        assert "Sistem Data pribadi dihapus" in page
        assert retention.DELETED in page
        content = b"".join(client.get("/cms/kotak-masuk/semua/?export=csv")).decode()
        assert ticket.reference in content
        assert kelurahan()["name"] in content
        seen = (page + content).lower()
        assert [trace for trace in (*TRACES, "3456-7890", "3375**") if trace in seen] == []


class TestWhen:
    def test_not_before_the_months_of_the_form(self, form, clerk):
        form.retention_months = 6
        form.save_revision().publish()
        ticket = make_closed(form, clerk, closed_at=dt.datetime(2026, 8, 31, 12, tzinfo=WIB))
        moments = [(2027, 2, 28, 11), (2027, 2, 28, 13)]  # six months before is the 28th, at the same time of day
        due = [retention.due(dt.datetime(*moment, tzinfo=WIB)).exists() for moment in moments]
        assert due == [False, False]
        assert retention.due(dt.datetime(2027, 3, 1, tzinfo=WIB)).get() == ticket

    @pytest.mark.parametrize(
        ("moment", "months", "then"),
        [
            ((2026, 11, 23), 24, (2024, 11, 23)),
            ((2026, 1, 15), 1, (2025, 12, 15)),
            ((2026, 3, 31), 1, (2026, 2, 28)),
            ((2024, 2, 29), 12, (2023, 2, 28)),
            ((2026, 12, 31), 6, (2026, 6, 30)),
        ],
    )
    def test_months_are_those_of_the_calendar(self, moment, months, then):
        assert retention.months_before(dt.datetime(*moment, tzinfo=WIB), months) == dt.datetime(*then, tzinfo=WIB)

    @pytest.mark.parametrize("status", sorted(set(Status) - {"selesai", "ditolak", "disetujui", "spam"}))
    def test_never_while_somebody_works_on_it(self, ticket, now, status):
        Submission.objects.filter(pk=ticket.pk).update(status=status, closed_at=None)
        assert retention.anonymise_due() == 0
        with pytest.raises(retention.StillOpen):
            retention.anonymise(ticket)
        assert "rahasiawati" in stored()

    def test_spam_that_was_never_closed_counts_from_when_it_was_sent(self, ticket, now):
        Submission.objects.filter(pk=ticket.pk).update(status=Status.SPAM, closed_at=None)
        assert retention.anonymise_due() == 1

    def test_a_second_time_changes_nothing(self, ticket, now):
        retention.anonymise_due()
        before = stored()
        assert retention.anonymise_due() == 0
        retention.anonymise(ticket)
        assert stored() == before

    def test_what_was_opened_and_closed_again_is_due_again(self, ticket, clerk, now):
        retention.anonymise_due()
        with time_machine.travel(NOW + dt.timedelta(days=1)):
            services.move(ticket, Status.IN_PROGRESS, by=clerk)
            services.reply(ticket, "Masih tentang rahasiawati", by=clerk)
            services.move(ticket, Status.DONE, by=clerk)
            assert retention.anonymise_due() == 0
        with time_machine.travel(NOW + dt.timedelta(days=800)):
            assert retention.anonymise_due() == 1
        assert "rahasiawati" not in stored()

    def test_an_officer_s_order_names_him(self, ticket, clerk):
        retention.anonymise(ticket, by=clerk)
        assert ticket.events.get(kind=EventKind.ANONYMISED).actor == clerk


class TestFaults:
    def test_one_ticket_that_fails_keeps_no_other_and_is_tried_again(self, form, clerk, now, monkeypatch, caplog):
        broken, sound = make_closed(form, clerk), make_closed(form, clerk)
        real = retention._empty_thread

        def fail(submission: Submission) -> None:
            if submission.pk == broken.pk:
                raise OperationalError("Key (email)=(rahasiawati@contoh.id)")
            real(submission)

        monkeypatch.setattr(retention, "_empty_thread", fail)
        with caplog.at_level(logging.DEBUG):
            assert retention.anonymise_due() == 1
        assert "OperationalError" in caplog.text
        assert "rahasiawati" not in caplog.text
        sound.refresh_from_db()
        broken.refresh_from_db()
        assert (sound.business, broken.business) == ("", "Batik Rahasiawati")
        monkeypatch.undo()
        assert retention.anonymise_due() == 1  # though its files had gone the first time
        assert "rahasiawati" not in stored()

    def test_a_file_that_is_lost_already_does_no_harm(self, ticket, now):
        for row in (*ticket.attachments.all(), *ticket.uploads.all()):
            row.file.storage.delete(row.file.name)
        assert retention.anonymise_due() == 1


def test_the_worker_does_it_once_a_day(ticket, now):
    assert worker.CHORES[retention.anonymise_due] == 24 * 60 * 60
    call_command("worker", once=True)
    assert "rahasiawati" not in stored()


def test_costs_the_same_query_for_2_and_20_forms(site, django_assert_num_queries):
    for number in range(20):
        factories.make_form(f"formulir-{number}", QUESTIONS, title=f"Formulir {number}")
    with django_assert_num_queries(2):
        assert retention.anonymise_due() == 0
