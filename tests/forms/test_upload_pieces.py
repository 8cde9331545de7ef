"""Files in pieces: whatever the network does, one whole file or none, and never somebody else's."""

from __future__ import annotations

import datetime as dt
import secrets
import time
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from forms import uploads
from forms.models import FormPage, Submission, UnfinishedUpload, Upload, UploadPiece
from forms.models.message import private_storage
from forms.references import FormToken
from forms.upload_limits import Limits
from forms.uploads import Progress
from tests import factories
from tests.forms.test_parallel import office, together  # noqa: F401 - fixtures
from tests.forms.upload_files import MB, noise, pdf, photo, sent, stored_files

LIMITS = Limits(kind="photo", max_bytes=15 * MB)
STEP = 50_000  # bytes


def token_of(form: FormPage, identity: str = "") -> FormToken:
    return FormToken(identity or secrets.token_urlsafe(16), form.pk, time.time())


class Phone:
    """What a browser does with one file."""

    def __init__(self, form: FormPage, content: bytes, token: FormToken | None = None, limits: Limits = LIMITS) -> None:
        self.form, self.content, self.limits = form, content, limits
        self.token = token or token_of(form)
        self.id = uuid.uuid4()

    def piece(self, offset: int, *, size: int = STEP, total: int | None = None, question: str = "foto") -> Progress:
        return uploads.receive_piece(
            self.token, self.form, question, self.id, self.limits,
            offset=offset, total=len(self.content) if total is None else total,
            piece=self.content[offset : offset + size],
        )  # fmt: skip

    def all(self) -> Progress:
        """Send from wherever the server says it is, until it has all."""
        progress = uploads.received(self.token, self.id)
        while not progress.done and not progress.error:
            progress = self.piece(progress.received)
        return progress


@pytest.fixture(autouse=True)
def _empty_storage():
    for path in stored_files():
        private_storage().delete(path)


@pytest.fixture
def phone(form_page) -> Phone:
    return Phone(form_page, noise())


@pytest.mark.django_db
class TestPieces:
    def test_make_the_same_photo_as_the_whole_file(self, phone, form_page):
        assert len(phone.content) > 4 * STEP
        progress = phone.all()
        assert progress.done
        assert progress.upload.pk == phone.id
        whole = uploads.store(token_of(form_page), form_page, "foto", sent(phone.content), LIMITS)
        assert progress.upload.sha256 == whole.sha256
        assert not UnfinishedUpload.objects.exists()
        assert not UploadPiece.objects.exists()

    def test_repeats_gaps_and_late_pieces_change_nothing(self, phone):
        assert phone.piece(0).received == STEP
        assert phone.piece(0).received == STEP
        assert phone.piece(3 * STEP).received == STEP
        assert phone.piece(10, size=STEP).received == STEP
        assert phone.piece(STEP, size=700).received == STEP + 700
        assert UploadPiece.objects.count() == 2
        assert phone.all().done

    def test_the_last_piece_again_is_answered_as_the_first_time(self, phone):
        first = phone.all()
        again = phone.piece(len(phone.content) - 5)
        assert (again.done, again.upload) == (True, first.upload)
        assert Upload.objects.count() == 1

    def test_go_on_after_any_cut(self, phone):
        """The connection ends before, in and after each piece; the phone asks and goes on."""
        sent_bytes = 0
        while not (progress := uploads.received(phone.token, phone.id)).done:
            assert progress.received == sent_bytes
            progress = phone.piece(progress.received)  # whose answer is lost
            sent_bytes = min(sent_bytes + STEP, len(phone.content))
        assert Upload.objects.get().pk == phone.id

    def test_a_process_killed_while_it_cleans_is_made_up_for(self, phone, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(uploads, "_finished", lambda row, limits: Progress(row.received))
            while phone.piece(uploads.received(phone.token, phone.id).received).received < len(phone.content):
                pass
        assert not uploads.received(phone.token, phone.id).done
        assert phone.piece(len(phone.content)).done, "an empty piece at the end is enough"

    def test_what_is_refused_stays_refused_without_its_pieces(self, form_page):
        phone = Phone(form_page, pdf() + b" " * STEP)
        error = phone.all().error
        assert "bukan foto" in error
        assert phone.all().error == error
        assert phone.piece(0).error == error
        assert not UploadPiece.objects.exists()
        assert not Upload.objects.exists()

    @pytest.mark.parametrize(("total", "code"), [(0, "empty"), (40 * MB, "too_large")])
    def test_the_size_is_refused_before_anything_is_sent(self, phone, total, code):
        with pytest.raises(ValidationError) as refusal:
            phone.piece(0, total=total)
        assert refusal.value.code == code
        assert not UnfinishedUpload.objects.exists()

    @pytest.mark.parametrize(
        ("offset", "size", "total"), [(-5, STEP, None), (0, 256 * 1024 + 1, None), (0, STEP, STEP - 1)]
    )
    def test_a_piece_that_makes_no_sense_is_refused(self, form_page, offset, size, total):
        phone = Phone(form_page, noise((2000, 1500)))
        with pytest.raises(ValidationError) as refusal:
            uploads.receive_piece(
                phone.token, form_page, "foto", phone.id, LIMITS,
                offset=offset, total=total or len(phone.content), piece=b"x" * size,
            )  # fmt: skip
        assert refusal.value.code == "piece"

    @pytest.mark.parametrize("change", [{"total": 999_999}, {"question": "foto_lain"}])
    def test_one_name_is_one_file(self, phone, change):
        phone.piece(0)
        with pytest.raises(ValidationError) as refusal:
            phone.piece(STEP, **change)
        assert refusal.value.code == "changed"

    def test_the_name_of_a_document_is_kept(self, form_page):
        limits = Limits(kind="document", max_bytes=MB)
        progress = uploads.receive_piece(
            token_of(form_page), form_page, "nib", uuid.uuid4(), limits,
            offset=0, total=len(pdf()), piece=pdf(), name="C:\\NIB Ibu.pdf",
        )  # fmt: skip
        assert progress.upload.name == "NIB Ibu.pdf"


@pytest.mark.django_db
class TestOthers:
    def test_another_token_with_the_same_name_sees_and_changes_nothing(self, form_page, phone):
        phone.piece(0)
        thief = Phone(form_page, photo(colour="blue"))
        thief.id = phone.id
        assert uploads.received(thief.token, phone.id) == Progress(0)
        assert thief.piece(0, size=100).received == 100
        assert uploads.received(phone.token, phone.id).received == STEP
        mine = phone.all().upload
        assert uploads.received(thief.token, phone.id) == Progress(100)
        with pytest.raises(ValidationError) as refusal:
            thief.piece(100)
        assert refusal.value.code == "taken"
        mine.refresh_from_db()
        assert mine.token_digest == phone.token.digest

    def test_only_so_many_are_begun_with_one_token(self, form_page, phone, monkeypatch):
        monkeypatch.setattr(uploads, "UNFINISHED_PER_TOKEN", 2)
        begun = [Phone(form_page, phone.content, phone.token) for _ in range(2)]
        for other in begun:
            other.piece(0)
        with pytest.raises(ValidationError) as refusal:
            phone.piece(0)
        assert refusal.value.code == "too_many"
        assert begun[0].piece(STEP).received == 2 * STEP, "what has begun goes on"

    def test_together_they_cannot_fill_the_database(self, form_page, phone, monkeypatch):
        monkeypatch.setattr(uploads, "UNFINISHED_BYTES", STEP - 1)
        phone.piece(0)
        with pytest.raises(ValidationError) as refusal:
            Phone(form_page, phone.content).piece(0)
        assert refusal.value.code == "busy"
        assert phone.all().done

    def test_what_never_came_whole_is_gone_a_day_after_its_last_piece(self, phone):
        phone.piece(0)
        with time_machine.travel(timezone.now() + dt.timedelta(hours=20)):
            phone.piece(STEP)
        with time_machine.travel(timezone.now() + dt.timedelta(hours=30)):
            assert uploads.purge_expired() == 0
        with time_machine.travel(timezone.now() + dt.timedelta(hours=50)):
            assert uploads.purge_expired() == 1
        assert not UploadPiece.objects.exists()


@pytest.mark.django_db
class TestAfterTheTicket:
    """The text goes first; photos that follow with the same token join its ticket."""

    def ticket_with(self, token: FormToken, form: FormPage) -> Submission:
        ticket = factories.make_ticket(form)
        Submission.objects.filter(pk=ticket.pk).update(token_digest=token.digest)
        return ticket

    def test_a_photo_that_follows_joins_the_ticket(self, form_page, phone):
        ticket = self.ticket_with(phone.token, form_page)
        upload = phone.all().upload
        ticket.refresh_from_db()
        assert list(ticket.uploads.all()) == [upload]
        assert ticket.answers["foto"] == [str(upload.pk)]
        assert ticket.has_news
        assert ticket.events.filter(kind="added", after="Foto").count() == 1

    def test_one_that_was_finished_just_before_joins_when_the_phone_asks(self, form_page, phone):
        upload = phone.all().upload
        ticket = self.ticket_with(phone.token, form_page)
        assert uploads.received(phone.token, phone.id).done
        assert phone.piece(0).done
        assert list(ticket.uploads.all()) == [upload]
        assert ticket.events.filter(kind="added").count() == 1

    def test_no_more_join_than_the_question_takes(self, form_page, phone):
        self.ticket_with(phone.token, form_page)
        phone.all()
        with pytest.raises(ValidationError) as refusal:
            Phone(form_page, phone.content, phone.token).all()
        assert refusal.value.code == "too_many_files"


@pytest.mark.django_db(transaction=True)
def test_one_file_whatever_is_sent_at_the_same_time(office, together):  # noqa: F811 - fixtures of test_parallel
    phone = Phone(office, noise())
    pieces = [*range(0, len(phone.content), STEP)] * 4
    together(phone.piece, pieces)
    done = together(lambda _: phone.all(), range(4))
    assert [progress.done for progress in done] == [True] * 4
    assert together(lambda: (Upload.objects.count(), UnfinishedUpload.objects.count())) == [(1, 0)]
    assert len(stored_files()) == 1
