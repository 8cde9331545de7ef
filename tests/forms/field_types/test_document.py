"""Documents in a form: a PDF is taken, everything else is refused in words."""

from __future__ import annotations

import pytest

from forms.models import FormPage, Submission
from tests.factories import make_form
from tests.forms import upload_files
from tests.forms.field_types.test_photo import NAME, errors_of, post, token_of
from tests.forms.upload_files import sent

DOCUMENT = {"label": "Dokumen NIB", "field_type": "document", "required": False, "max_file_mb": 1}

pytestmark = pytest.mark.django_db


@pytest.fixture
def product_form(site) -> FormPage:
    return make_form("produk", [NAME, DOCUMENT], title="Produk", ticket_prefix="IKM")


def test_a_pdf_reaches_the_ticket_and_is_only_ever_saved(product_form, client, admin):
    pdf = sent(upload_files.pdf(), "NIB saya.pdf")
    assert post(client, token_of(product_form), nama_produk="Kain", dokumen_nib=pdf).status_code == 303
    ticket = Submission.objects.get()
    [upload] = ticket.uploads.all()
    assert upload.content_type == "application/pdf"
    client.force_login(admin)
    response = client.get(f"/cms/tiket/{ticket.pk}/berkas/{upload.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize("content", [b"", b"MZ\x90\0", b"<html></html>", upload_files.photo()])
def test_what_is_no_pdf_is_refused(product_form, client, content):
    response = post(client, token_of(product_form), nama_produk="Kain", dokumen_nib=sent(content, "nib.pdf"))
    assert response.status_code == 422
    assert errors_of(response)[0].startswith("Dokumen NIB: ")
    assert not Submission.objects.exists()


def test_the_limit_of_the_question_is_named(product_form, client):
    large = sent(upload_files.pdf() + bytes(2 * upload_files.MB), "nib.pdf")
    response = post(client, token_of(product_form), nama_produk="Kain", dokumen_nib=large)
    assert "1 MB" in errors_of(response)[0]


def test_it_may_be_left_out(product_form, client):
    assert post(client, token_of(product_form), nama_produk="Kain").status_code == 303
