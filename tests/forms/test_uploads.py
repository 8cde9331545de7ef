"""Files of visitors: cleaned, bound to their form token, taken by a ticket or gone after a day."""

from __future__ import annotations

import datetime as dt
import io
import secrets
import time
import uuid
import zipfile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from forms import uploads, worker
from forms.models import FormPage, Upload
from forms.models.message import private_storage
from forms.models.upload import THUMBNAIL_MAX_BYTES
from forms.references import FormToken
from forms.upload_limits import Limits
from tests import factories
from tests.forms.upload_files import MB, bomb, content_of, noise, pdf, photo, sent, stored_files

pytestmark = pytest.mark.django_db

PHOTO = Limits(kind="photo", max_bytes=5 * MB)
DOCUMENT = Limits(kind="document", max_bytes=5 * MB)


def token_of(form: FormPage) -> FormToken:
    return FormToken(secrets.token_urlsafe(16), form.pk, time.time())


@pytest.fixture
def token(form_page) -> FormToken:
    return token_of(form_page)


@pytest.fixture
def stored(form_page, token) -> Upload:
    return uploads.store(token, form_page, "foto", sent(photo(), "IMG_RAHASIA.jpg"), PHOTO)


@pytest.fixture(autouse=True)
def _empty_storage():
    for path in stored_files():
        private_storage().delete(path)


class TestStore:
    def test_a_photo_is_stored_small_and_clean_under_a_name_of_ours(self, form_page, token):
        upload = uploads.store(token, form_page, "foto", sent(noise((2400, 1800)), "IMG_RAHASIA.jpg"), PHOTO)

        upload.refresh_from_db()
        assert (upload.kind, upload.content_type, upload.width, upload.height) == ("photo", "image/jpeg", 1600, 1200)
        assert upload.name == ""
        assert "RAHASIA" not in upload.file.name
        content = content_of(upload)
        assert len(content) == upload.size
        assert Image.open(io.BytesIO(content)).size == (1600, 1200)

    def test_the_thumbnail_fits_into_the_page_even_of_a_noisy_photo(self, form_page, token):
        upload = uploads.store(token, form_page, "foto", sent(noise()), PHOTO)
        assert Image.open(io.BytesIO(upload.thumbnail)).format == "WEBP"
        assert max(Image.open(io.BytesIO(upload.thumbnail)).size) <= 160
        assert len(upload.thumbnail) <= THUMBNAIL_MAX_BYTES
        assert upload.thumbnail_url.startswith("data:image/webp;base64,")

    def test_a_document_keeps_its_cleaned_name_and_has_no_picture(self, form_page, token):
        upload = uploads.store(token, form_page, "nib", sent(pdf(), "../NIB Ibu.PDF"), DOCUMENT)
        assert (upload.kind, upload.content_type, upload.name) == ("document", "application/pdf", "NIB Ibu.pdf")
        assert (upload.thumbnail, upload.width, upload.thumbnail_url) == (None, None, "")
        assert str(upload) == "NIB Ibu.pdf"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (bomb(), "too_many_pixels"),
            (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not_photo"),
            (pdf(), "not_photo"),
            (photo() + b"\0" * (40 * MB), "too_large"),
            (noise()[:-40_000], "damaged"),
        ],
        ids=["0 byte", "bomb", "svg", "renamed pdf", "40 MB", "cut off"],
    )
    def test_what_is_no_photo_is_refused_in_words_and_leaves_nothing(self, form_page, token, content, code):
        with pytest.raises(ValidationError) as refusal:
            uploads.store(token, form_page, "foto", sent(content, "foto.jpg"), PHOTO)
        assert refusal.value.code == code
        assert stored_files() == set()
        assert not Upload.objects.exists()

    def test_the_limit_of_the_question_is_named(self, form_page, token):
        with pytest.raises(ValidationError, match=r"40 MB, padahal batasnya 5 MB"):
            uploads.store(token, form_page, "foto", sent(b"\0" * 40 * MB), PHOTO)

    def test_of_a_file_that_is_two_only_the_picture_is_kept(self, form_page, token):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as writer:
            writer.writestr("jahat.html", "<script>alert(1)</script>")
        both = photo() + b"<html><script>jahat()</script></html>" + archive.getvalue()
        content = content_of(uploads.store(token, form_page, "foto", sent(both), PHOTO))
        assert not zipfile.is_zipfile(io.BytesIO(content))
        for trace in (b"<html", b"jahat", b"PK\x03\x04"):
            assert trace not in content

    def test_the_same_file_twice_is_stored_once(self, form_page, token, stored):
        assert uploads.store(token, form_page, "foto", sent(photo()), PHOTO) == stored
        assert len(stored_files()) == 1

    def test_a_row_that_fails_leaves_no_file(self, form_page, token, monkeypatch):
        def fail(*args, **kwargs):
            raise IntegrityError("full")

        monkeypatch.setattr(Upload, "save", fail)
        with pytest.raises(IntegrityError):
            uploads.store(token, form_page, "foto", sent(photo()), PHOTO)
        assert stored_files() == set()

    def test_one_token_cannot_fill_the_disk(self, form_page, token, stored, monkeypatch):
        monkeypatch.setattr(uploads, "STORED_PER_TOKEN", 1)
        with pytest.raises(ValidationError) as refusal:
            uploads.store(token, form_page, "foto", sent(photo(colour="blue")), PHOTO)
        assert refusal.value.code == "too_many"


class TestWhose:
    def test_only_the_same_token_and_question_find_a_file(self, form_page, token, stored):
        ids = [str(stored.pk), "omong kosong", str(uuid.uuid4()), str(stored.pk)]
        assert uploads.find(token, "foto", ids) == [stored]
        assert uploads.find(token, "foto_lain", ids) == []
        assert uploads.find(token_of(form_page), "foto", ids) == []

    def test_to_find_a_file_lengthens_its_life(self, token, stored):
        with time_machine.travel(stored.created_at + dt.timedelta(hours=20), tick=False):
            uploads.find(token, "foto", [str(stored.pk)])
        stored.refresh_from_db()
        assert stored.expires_at == stored.created_at + dt.timedelta(hours=44)

    def test_only_the_same_token_discards_it_and_the_file_goes_too(self, form_page, token, stored):
        assert uploads.discard(token_of(form_page), [str(stored.pk)]) == 0
        assert uploads.discard(token, [str(stored.pk)]) == 1
        assert not Upload.objects.exists()
        assert stored_files() == set()

    def test_only_the_same_token_gives_it_to_a_ticket(self, form_page, token, stored, ticket):
        assert uploads.claim(ticket, [str(stored.pk)], token_of(form_page)) == []
        assert uploads.claim(ticket, [str(stored.pk)], token) == [stored.pk]
        assert list(ticket.uploads.all()) == [stored]

    def test_what_a_ticket_has_nobody_takes_away(self, form_page, token, stored, ticket):
        uploads.claim(ticket, [str(stored.pk)], token)
        assert uploads.discard(token, [str(stored.pk)]) == 0
        assert uploads.claim(factories.make_ticket(form_page), [str(stored.pk)], token) == []
        assert uploads.hand_over(token.digest, token_of(form_page)) == 0
        assert len(stored_files()) == 1

    def test_a_claim_that_is_rolled_back_claims_nothing(self, token, stored, ticket):
        with transaction.atomic():
            uploads.claim(ticket, [str(stored.pk)], token)
            transaction.set_rollback(True)
        assert list(ticket.uploads.all()) == []
        assert uploads.find(token, "foto", [str(stored.pk)]) == [stored]

    def test_a_saved_form_takes_its_files_along_to_another_phone(self, form_page, token, stored):
        other = token_of(form_page)
        assert uploads.hand_over(token.digest, other) == 1
        assert uploads.find(other, "foto", [str(stored.pk)]) == [stored]
        assert uploads.find(token, "foto", [str(stored.pk)]) == []


class TestPurge:
    def test_is_a_chore_of_the_worker(self):
        assert worker.CHORES[worker.purge_uploads] <= 3600

    def test_what_no_ticket_took_is_gone_after_a_day_with_its_file(self, stored):
        assert uploads.purge_expired() == 0
        with time_machine.travel(stored.created_at + dt.timedelta(hours=25)):
            assert worker.purge_uploads() == 1
        assert not Upload.objects.exists()
        assert stored_files() == set()

    def test_what_a_ticket_has_stays(self, token, stored, ticket):
        uploads.claim(ticket, [str(stored.pk)], token)
        with time_machine.travel(stored.created_at + dt.timedelta(days=400)):
            assert uploads.purge_expired() == 0
        assert len(stored_files()) == 1

    def test_a_file_without_a_row_is_found_days_later_and_one_with_a_row_is_left(self, token, stored, ticket):
        uploads.claim(ticket, [str(stored.pk)], token)
        day = stored.file.name.rsplit("/", 1)[0]
        orphan = private_storage().save(f"{day}/{uuid.uuid4().hex}.jpg", ContentFile(b"x"))
        assert uploads.purge_expired() == 0, "it may just be on its way"
        with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
            assert uploads.purge_expired() == 1
        assert stored_files() == {stored.file.name}
        assert orphan != stored.file.name

    def test_a_file_that_is_gone_already_does_not_stop_it(self, stored):
        private_storage().delete(stored.file.name)
        with time_machine.travel(stored.created_at + dt.timedelta(hours=25)):
            assert uploads.purge_expired() == 1

    def test_deleting_a_form_without_tickets_takes_the_rows_and_the_worker_the_files(self, form_page, stored):
        form_page.delete()
        assert not Upload.objects.exists()
        with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
            uploads.purge_expired()
        assert stored_files() == set()
