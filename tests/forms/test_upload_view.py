"""The address that takes files in pieces: JSON in Indonesian, no cookie, nothing for whoever has no token."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from forms import references
from forms.builder import TOKEN_FIELD
from forms.models import FormPage, UnfinishedUpload, Upload
from forms.questions import Question
from forms.views import uploads as views
from siptenan.common.throttle import Limit
from tests.forms.upload_files import MB, noise, pdf, photo

pytestmark = pytest.mark.django_db

QUESTIONS = (
    Question(key="nama", label="Nama", type="singleline"),
    Question(key="foto", label="Foto", type="photo", max_file_mb=1),
    Question(key="nib", label="NIB", type="document"),
)
STEP = 200_000  # bytes


@pytest.fixture
def page(form_page, monkeypatch) -> FormPage:
    """A form that asks for a photo and a document."""
    monkeypatch.setattr(FormPage, "questions", lambda self: QUESTIONS)
    return form_page


@pytest.fixture
def token(page) -> str:
    return references.issue_token(page.pk)


def post(page: FormPage, token: str, piece: bytes, **fields: object) -> HttpResponse:
    data = {
        TOKEN_FIELD: token, "pertanyaan": "foto", "berkas": uuid.uuid4(), "mulai": 0, "total": len(piece), **fields,
        "potongan": SimpleUploadedFile("blob", piece),
    }  # fmt: skip
    return views.upload_view(RequestFactory().post("/unggah/", data), page)


def ask(page: FormPage, token: str, upload_id: uuid.UUID) -> HttpResponse:
    request = RequestFactory().get("/unggah/", {"berkas": upload_id}, headers={views.TOKEN_HEADER: token})
    return views.upload_view(request, page)


def answer(response: HttpResponse) -> dict:
    return json.loads(response.content)


def test_a_photo_comes_in_pieces(page, token):
    upload_id, content = uuid.uuid4(), noise()
    for offset in range(0, len(content), STEP):
        assert answer(ask(page, token, upload_id)) == {
            "received": offset, "done": False, "thumbnail": None, "error": None,
        }  # fmt: skip
        response = post(
            page, token, content[offset : offset + STEP], berkas=upload_id, mulai=offset, total=len(content)
        )
        assert response.status_code == 200
    last = answer(response)
    assert (last["received"], last["done"], last["error"]) == (len(content), True, None)
    assert last["thumbnail"].startswith("data:image/webp;base64,")
    upload = Upload.objects.get()
    assert (upload.pk, upload.form, upload.question) == (upload_id, page, "foto")
    assert answer(ask(page, token, upload_id))["done"]


def test_a_document_comes_with_its_name(page, token):
    assert answer(post(page, token, pdf(), pertanyaan="nib", nama="NIB Ibu.pdf"))["done"]
    assert Upload.objects.get().name == "NIB Ibu.pdf"


def test_no_cookie_and_nothing_for_a_cache(page, token):
    response = post(page, token, photo())
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("Vary")


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (pdf(), {}, "bukan foto"),
        (photo(), {"total": 2 * MB}, "batasnya 1 MB"),
        (photo(), {"pertanyaan": "nib"}, "bukan dokumen PDF"),
        (photo(), {"pertanyaan": "nama"}, "tidak meminta berkas"),
        (photo(), {"pertanyaan": "tidak_ada"}, "tidak meminta berkas"),
        (photo(), {"berkas": "bukan-uuid"}, "tidak utuh"),
        (photo(), {"mulai": "x"}, "tidak utuh"),
        (photo(), {"mulai": -1}, "tidak utuh"),
        (photo(), {"total": 10}, "tidak utuh"),
        (photo(), {"total": "9" * 30}, "padahal batasnya"),
        (b"", {}, "kosong"),
    ],
)
def test_what_is_wrong_is_said_in_words(page, token, content, fields, words):
    response = post(page, token, content, **fields)
    assert response.status_code == 422
    data = answer(response)
    assert words in data["error"]
    assert not data["done"]
    assert not re.search(r"\b(the|file|invalid|error|required)\b", data["error"], re.IGNORECASE)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("bad", ["", "palsu", "lain"])
def test_without_the_token_of_this_form_nothing_is_taken_or_told(page, token, bad):
    upload_id = uuid.uuid4()
    assert answer(post(page, token, photo(), berkas=upload_id))["done"]
    wrong = references.issue_token(page.pk + 1) if bad == "lain" else bad
    for response in (post(page, wrong, photo(), berkas=upload_id), ask(page, wrong, upload_id)):
        assert response.status_code == 403
        assert answer(response)["received"] == 0
    assert Upload.objects.count() == 1


def test_the_name_of_somebody_elses_file_leads_to_nothing(page, token):
    upload_id = uuid.uuid4()
    post(page, token, photo(), berkas=upload_id)
    before = Upload.objects.get().sha256
    stranger = references.issue_token(page.pk)
    assert answer(ask(page, stranger, upload_id)) == {
        "received": 0, "done": False, "thumbnail": None, "error": None,
    }  # fmt: skip
    response = post(page, stranger, photo(colour="blue"), berkas=upload_id)
    assert response.status_code == 422
    assert answer(response)["thumbnail"] is None
    assert Upload.objects.get().sha256 == before


def test_a_body_that_is_too_large_is_not_read(page, token):
    response = post(page, token, b"x" * (300 * 1024), total=MB)
    assert response.status_code == 413
    assert not UnfinishedUpload.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(page, method):
    response = views.upload_view(getattr(RequestFactory(), method)("/unggah/"), page)
    assert (response.status_code, response["Allow"]) == (405, "GET, POST")


@pytest.mark.usefixtures("_one_window")
@pytest.mark.parametrize("name", ["PIECE_LIMIT", "FILE_LIMIT"])
def test_one_address_may_not_send_without_end(page, token, monkeypatch, name):
    monkeypatch.setattr(views, name, Limit.parse("2/1h"))
    statuses = [post(page, token, photo(colour=colour)).status_code for colour in ("red", "blue", "green")]
    assert statuses == [200, 200, 429]
    refused = post(page, token, photo())
    assert int(refused["Retry-After"]) > 0
    assert "Coba lagi" in answer(refused)["error"]


def test_a_closed_form_takes_no_new_files_but_lets_begun_ones_finish(page, token, monkeypatch):
    content, upload_id = noise(), uuid.uuid4()
    post(page, token, content[:STEP], berkas=upload_id, total=len(content))
    monkeypatch.setattr(FormPage, "is_open", False)
    assert post(page, references.issue_token(page.pk), photo()).status_code == 403
    again = post(page, token, content[STEP : 2 * STEP], berkas=upload_id, mulai=STEP, total=len(content))
    assert answer(again)["received"] == 2 * STEP
