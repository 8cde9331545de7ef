"""Files that follow their ticket: announced with the text, sent in pieces beside it (X3)."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms import rendering
from forms.builder import TOKEN_FIELD
from forms.enums import EventKind
from forms.models import FormPage, Submission, Upload
from forms.views.attached import CHOOSE_ANOTHER
from tests.factories import make_form
from tests.forms.field_types.test_photo import URL, errors_of, kept, post, token_of
from tests.forms.upload_files import photo

pytestmark = pytest.mark.django_db

FOLLOWS = "foto_produk-menyusul"


@pytest.fixture
def product_form(site) -> FormPage:
    return make_form(
        "produk",
        [
            {"label": "Nama Produk", "field_type": "singleline"},
            {"label": "Foto Produk", "field_type": "photo", "max_files": 2},
        ],
        ticket_prefix="IKM",
    )


def send_photo(client: Client, token: str, upload_id: uuid.UUID) -> dict:
    content = photo()
    data = {TOKEN_FIELD: token, "pertanyaan": "foto_produk", "berkas": upload_id, "mulai": 0, "total": len(content)}
    return client.post(f"{URL}unggah/", {**data, "potongan": SimpleUploadedFile("blob", content)}).json()


def shown(ticket: Submission) -> str:
    [answer] = [answer for answer in rendering.answers(ticket) if answer.key == "foto_produk"]
    return answer.value


def test_the_text_goes_first_and_a_required_photo_follows(product_form, client):
    token, upload_id = token_of(product_form), uuid.uuid4()
    assert post(client, token, nama_produk="Kain", **{FOLLOWS: upload_id}).status_code == 303
    ticket = Submission.objects.get()
    assert shown(ticket) == "1 foto, 1 belum sampai"
    assert send_photo(client, token, upload_id)["done"]
    ticket.refresh_from_db()
    assert ticket.answers["foto_produk"] == [str(upload_id)]
    assert [upload.pk for upload in ticket.uploads.all()] == [upload_id]
    assert shown(ticket) == "1 foto"
    assert ticket.events.filter(kind=EventKind.ADDED).count() == 1


def test_a_photo_that_was_refused_has_been_chosen(product_form, client):
    """The line below says why; "not chosen" would not be true."""
    token, upload_id = token_of(product_form), uuid.uuid4()
    response = post(client, token, nama_produk="Kain", **{"foto_produk-ditolak": upload_id})
    assert errors_of(response) == [f"Foto Produk: {CHOOSE_ANOTHER}"]
    assert send_photo(client, token, upload_id)["done"]
    sent = {"foto_produk-ditolak": uuid.uuid4(), FOLLOWS: upload_id}  # another one that is good is enough
    assert post(client, token, nama_produk="Kain", **sent).status_code == 303


def test_a_repeat_of_the_send_after_the_photo_has_come_is_the_same_send(product_form, client):
    token, upload_id = token_of(product_form), uuid.uuid4()
    post(client, token, nama_produk="Kain", **{FOLLOWS: upload_id})
    send_photo(client, token, upload_id)
    post(client, token, nama_produk="Kain", foto_produk=str(upload_id))
    ticket = Submission.objects.get()
    assert not ticket.messages.exists()
    assert ticket.answers["foto_produk"] == [str(upload_id)]


def test_a_photo_that_has_come_meanwhile_is_no_announcement_any_more(product_form, client):
    token, upload_id = token_of(product_form), uuid.uuid4()
    send_photo(client, token, upload_id)
    post(client, token, nama_produk="Kain", **{FOLLOWS: upload_id})
    ticket = Submission.objects.get()
    assert shown(ticket) == "1 foto"
    assert ticket.uploads.count() == 1


def test_an_announcement_shows_nothing_that_is_not_there(product_form, client):
    response = post(client, token_of(product_form), nama_produk="", **{FOLLOWS: uuid.uuid4()})
    assert errors_of(response) == ["Nama Produk belum diisi."]
    assert kept(response) == []


@pytest.mark.parametrize("made_up", ["", "foto.jpg", "../../etc/passwd", "00000000"])
def test_what_is_no_announcement_does_not_count_as_a_photo(product_form, client, made_up):
    response = post(client, token_of(product_form), nama_produk="Kain", **{FOLLOWS: made_up})
    assert errors_of(response) == ["Foto Produk belum dipilih."]


def test_more_announcements_than_files_may_come_are_refused(product_form, client):
    response = post(client, token_of(product_form), nama_produk="Kain", **{FOLLOWS: [uuid.uuid4() for _ in range(3)]})
    assert errors_of(response) == ["Foto Produk: Paling banyak 2 berkas. Hapus yang tidak perlu."]


def test_the_photo_of_somebody_else_cannot_be_announced(product_form, client):
    theirs, upload_id = token_of(product_form), uuid.uuid4()
    send_photo(client, theirs, upload_id)
    post(client, token_of(product_form), nama_produk="Kain", **{FOLLOWS: upload_id})
    assert shown(Submission.objects.get()) == "1 foto, 1 belum sampai"
    assert Upload.objects.get().submission is None
