"""A send is answered from what the process remembers, in one statement, and never from what has changed meanwhile."""

from __future__ import annotations

import time
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import references
from forms.builder import TOKEN_FIELD
from forms.models import FormField, FormPage, Submission, Upload
from siptenan.common.models import Generation, ThrottleCounter
from tests.common.test_databases import end_my_connection
from tests.factories import make_form, open_form, send
from tests.forms import upload_files

HAKI = "/kalindri/konsultasi-haki/"
BEFORE = 2  # sends of the fixture
TYPED = {"nama_usahaperusahaan": "Batik Contoh", "nama_lengkap": "Ibu Contoh", "alamat": "Jl. 1", "pertanyaan": "Apa?"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(site, client) -> dict[str, str]:
    """The form as a person has filled it in after a minute, in a process that has answered sends before."""
    send(client)
    send(client)  # the first one stores the questions, the second finds and remembers them
    with time_machine.travel(time.time() - 60):
        return {**open_form(client), **TYPED}


def changed_elsewhere() -> None:
    """What another process leaves behind when it changes the site: this one has not heard of it."""
    Generation.objects.update(number=time.time_ns())


def test_a_form_that_another_process_closed_takes_nothing(filled, client):
    FormPage.objects.update(closes_at=timezone.now())
    changed_elsewhere()
    response = client.post(HAKI, filled)
    assert response.status_code == 403
    assert TYPED["nama_lengkap"] in response.content.decode()  # to be copied
    assert Submission.objects.count() == BEFORE


def test_a_page_that_another_process_unpublished_takes_nothing(filled, client):
    FormPage.objects.update(live=False)
    changed_elsewhere()
    assert client.post(HAKI, filled).status_code == 404
    assert Submission.objects.count() == BEFORE


def test_what_is_stored_answers_the_questions_of_now(filled, client):
    FormField.objects.filter(clean_name="alamat").update(label="Alamat tempat usaha")
    changed_elsewhere()
    assert client.post(HAKI, filled).status_code == 303
    ticket = Submission.objects.latest("pk")
    assert "Alamat tempat usaha" in [question.label for question in ticket.snapshot.question_list()]


def test_errors_are_shown_at_the_questions_of_now(filled, client):
    FormField.objects.filter(clean_name="alamat").update(label="Alamat tempat usaha")
    changed_elsewhere()
    response = client.post(HAKI, {**filled, "alamat": ""})
    assert response.status_code == 422
    assert "Alamat tempat usaha belum diisi." in response.content.decode()


def test_a_send_to_a_changed_site_is_stored_once(filled, client):
    changed_elsewhere()
    assert client.post(HAKI, filled).status_code == 303
    assert client.post(HAKI, filled).status_code == 303
    assert Submission.objects.count() == BEFORE + 1


def test_a_changed_repeat_to_a_changed_site_is_added_once(filled, client):
    client.post(HAKI, filled)
    changed_elsewhere()
    client.post(HAKI, {**filled, "alamat": "Jl. 2"})
    ticket = Submission.objects.latest("pk")
    assert ticket.messages.count() == 1


def test_a_repeat_counts_as_a_send(filled, client):
    """The statement that stores nothing takes its count back; a flood of repeats must not be free."""
    counted = sum(ThrottleCounter.objects.values_list("count", flat=True))
    for _ in range(3):
        client.post(HAKI, filled)
    assert sum(ThrottleCounter.objects.values_list("count", flat=True)) == counted + 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_send_is_one_statement(filled, client):
    with CaptureQueriesContext(connection) as queries:
        assert client.post(HAKI, filled).status_code == 303
    assert [query["sql"].split()[0] for query in queries] == ["WITH"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_send_survives_a_restart_of_the_server(filled, client):
    end_my_connection()
    assert client.post(HAKI, filled).status_code == 303
    assert Submission.objects.count() == BEFORE + 1


def test_a_photo_sent_to_a_changed_site_is_stored_once(site, client):
    form = make_form("produk", [{"label": "Foto", "field_type": "photo"}], ticket_prefix="IKM")
    send(client)
    with time_machine.travel(time.time() - 60):
        token = references.issue_token(form.pk)
    client.get("/kalindri/produk/")
    changed_elsewhere()
    fields = {TOKEN_FIELD: token, "foto": upload_files.sent(upload_files.photo(), "a.jpg")}
    assert client.post("/kalindri/produk/", fields).status_code == 303
    assert Upload.objects.get().submission == form.submissions.get()


def test_pieces_of_a_photo_reach_the_form_by_its_address(site, client):
    form = make_form("produk", [{"label": "Foto", "field_type": "photo"}], ticket_prefix="IKM")
    with time_machine.travel(time.time() - 60):
        token = references.issue_token(form.pk)
    content, name = upload_files.photo(), str(uuid.uuid4())
    piece = {"berkas": name, "pertanyaan": "foto", "mulai": "0", "total": str(len(content)), "nama": "a.jpg"}
    changed_elsewhere()
    fields = {TOKEN_FIELD: token, **piece, "potongan": upload_files.sent(content)}
    answer = client.post("/kalindri/produk/unggah/", fields).json()
    assert answer["done"]
    assert client.post("/kalindri/produk/", {TOKEN_FIELD: token, "foto": name}).status_code == 303
    assert form.submissions.get().uploads.count() == 1
