"""Who gets to see a visitor's file (I4): officers of its form, and the visitor who has opened its ticket."""

from __future__ import annotations

import secrets
import time
import uuid

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from forms import references, uploads
from forms.models import Submission, Upload
from forms.models.message import private_storage
from forms.references import FormToken
from forms.upload_limits import Limits
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import signed_in
from tests.forms.upload_files import MB, pdf, photo, sent

pytestmark = pytest.mark.django_db


def attached(ticket: Submission, content: bytes, kind: str) -> Upload:
    """A file that came with the ticket."""
    token = FormToken(secrets.token_urlsafe(16), ticket.form_id, time.time())
    upload = uploads.store(token, ticket.form, "foto_produk", sent(content, "Ibu.pdf"), Limits(kind, 5 * MB))
    uploads.claim(ticket, [str(upload.pk)], token)
    return upload


@pytest.fixture
def picture(ticket) -> Upload:
    return attached(ticket, photo(), "photo")


@pytest.fixture
def document(ticket) -> Upload:
    return attached(ticket, pdf(), "document")


def address(ticket: Submission, upload: Upload | uuid.UUID) -> str:
    return reverse("ticket:file", args=[ticket.pk, getattr(upload, "pk", upload)])


def body(response: HttpResponse) -> bytes:
    """What was sent; at its end the test client closes the file, as a server does."""
    return b"".join(response)


def visitor_of(ticket: Submission) -> Client:
    """A browser in which the visitor has opened his ticket."""
    client = Client()
    assert client.get(reverse("track-link", args=[ticket.link_secret])).status_code == 303
    return client


def visitor_address(upload: Upload) -> str:
    return reverse("track-file", args=[upload.pk])


class TestOfficer:
    def test_sees_a_photo_in_place(self, officer, ticket, picture):
        response = signed_in(officer).get(address(ticket, picture))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"] == f'inline; filename="{ticket.reference}_foto_produk.jpg"'
        assert body(response)[:3] == b"\xff\xd8\xff"

    def test_saves_a_document(self, officer, ticket, document):
        response = signed_in(officer).get(address(ticket, document))
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment;")
        assert body(response).startswith(b"%PDF-")

    @pytest.mark.parametrize("kind", ["picture", "document"])
    def test_nothing_in_it_can_run_and_nobody_keeps_it(self, officer, ticket, request, kind):
        response = signed_in(officer).get(address(ticket, request.getfixturevalue(kind)))
        assert body(response)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in response["Cache-Control"]

    def test_looking_is_recorded_once_not_for_each_photo(self, officer, ticket, picture):
        client = signed_in(officer)
        for _ in range(3):
            body(client.get(address(ticket, picture)))
        assert list(ticket.events.filter(kind="viewed").values_list("actor", flat=True)) == [officer.pk]

    def test_of_another_form_is_refused(self, ticket, picture):
        other = factories.make_staff(roles.OFFICER, "petugas-lain", forms=[])
        assert signed_in(other).get(address(ticket, picture)).status_code in (403, 404)

    def test_finds_no_file_of_another_ticket_under_his_own(self, officer, form_page, picture):
        own = factories.make_ticket(form_page)
        assert signed_in(officer).get(address(own, picture)).status_code == 404

    def test_does_not_find_what_no_ticket_has(self, officer, form_page, ticket):
        token = FormToken("a", form_page.pk, time.time())
        loose = uploads.store(token, form_page, "foto", sent(photo()), Limits("photo", MB))
        assert signed_in(officer).get(address(ticket, loose)).status_code == 404

    def test_a_file_that_is_lost_is_not_found_rather_than_a_fault(self, officer, ticket, picture):
        private_storage().delete(picture.file.name)
        assert signed_in(officer).get(address(ticket, picture)).status_code == 404


class TestVisitor:
    def test_sees_his_own_file(self, ticket, picture):
        response = visitor_of(ticket).get(visitor_address(picture))
        assert response.status_code == 200
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in response["Cache-Control"]
        assert body(response)[:3] == b"\xff\xd8\xff"

    def test_does_not_find_the_file_of_another(self, form_page, picture):
        assert visitor_of(factories.make_ticket(form_page)).get(visitor_address(picture)).status_code == 404

    def test_with_a_new_pin_the_old_browser_sees_nothing(self, admin, ticket, picture):
        from forms import services

        client = visitor_of(ticket)
        services.issue_pin(ticket, by=admin)
        response = client.get(visitor_address(picture))
        assert (response.status_code, response["Location"]) == (302, reverse("track"))


class TestNobody:
    def test_logged_out_no_address_leads_to_a_file(self, ticket, picture):
        """Guessed names, too: the stored path under every prefix that serves files."""
        content = (settings.PRIVATE_MEDIA_ROOT / picture.file.name).read_bytes()
        name = picture.file.name
        guesses = [
            address(ticket, picture), address(ticket, uuid.uuid4()), visitor_address(picture),
            f"/media/{name}", f"/media/../private/{name}", f"/media/..%2fprivate%2f{name}", f"/static/{name}",
            f"/static/../private/{name}", f"/private/{name}", f"/{name}", f"/unggahan/{picture.pk}/",
        ]  # fmt: skip
        for guess in guesses:
            response = Client().get(guess)
            content_sent = body(response)
            assert response.status_code in (302, 403, 404), guess
            assert content[:200] not in content_sent
            if response.status_code == 302:
                assert response["Location"].startswith(("/cms/login/", reverse("track"))), guess

    def test_the_storage_gives_no_address(self, picture):
        with pytest.raises(ValueError, match="URL"):
            _ = picture.file.url

    def test_neither_id_nor_path_can_be_guessed_from_the_other(self, picture):
        assert picture.pk.hex not in picture.file.name
        assert references.link_digest(str(picture.pk)) not in picture.file.name
