"""POST to a form page, as browsers, bad networks and people with curl do it."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from forms import outbox, rendering
from forms.builder import CHANNEL_FIELD, TOKEN_FIELD
from forms.models import FormPage, OutgoingMail, Submission
from forms.references import read_token
from tests.factories import make_form, open_form, send
from tests.forms.visitors import page_of

HAKI = "/kalindri/konsultasi-haki/"
MB = 1024 * 1024
DAY = 24 * 3600
TYPED = {
    "nama_usahaperusahaan": "Batik <Contoh>",
    "nama_lengkap": "Ibu Contoh",
    "alamat": "Jl. Contoh No. 1",
    "pertanyaan": "Apakah “Batik Contoh” dapat\ndidaftarkan?",
    "nomor_whatsapp": "0812-3456 7890",
    "email": "ibu@contoh.id",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(site, client) -> dict[str, str]:
    """The form as a person has filled it in after a minute."""
    with time_machine.travel(time.time() - 60):
        return {**open_form(client), **TYPED}


def notice(response: HttpResponse) -> str:
    return page_of(response).select_one(".notice-title").get_text()


def still_typed(response: HttpResponse) -> dict[str, str]:
    """What stands in the fields of the page that came back."""
    page = page_of(response)
    fields = {control["name"]: control.get("value") for control in page.select(".fields input")}
    return fields | {area["name"]: area.get_text().strip() for area in page.select(".fields textarea")}


# --- The form ------------------------------------------------------------------------------------


def test_the_four_required_questions_are_enough(site, client):
    """B2."""
    html = send(client).content.decode()
    ticket = Submission.objects.get()
    assert ticket.reference in html
    assert (ticket.status, ticket.channel, ticket.phone, ticket.email) == ("baru", "web", "", "")
    assert [event.kind for event in ticket.events.all()] == ["submitted"]


def test_the_columns_of_the_inbox_come_from_the_roles(filled, client):
    client.post(HAKI, filled)
    ticket = Submission.objects.get()
    assert (ticket.business, ticket.contact_name) == ("Batik <Contoh>", "Ibu Contoh")
    assert (ticket.phone, ticket.email) == ("+6281234567890", "ibu@contoh.id")


def test_a_role_on_a_question_of_several_choices_reads_as_words(site, client):
    rows = [{"label": "Usaha", "field_type": "checkboxes", "choices": "Batik\nTempe", "role": "business"}]
    make_form("pilihan", rows, title="Pilihan")
    send(client, "/kalindri/pilihan/", usaha=["Batik", "Tempe"])
    assert Submission.objects.get().business == "Batik, Tempe"


def test_what_is_wrong_is_named_above_and_beside_and_nothing_is_lost(filled, client):
    """B10."""
    response = client.post(HAKI, {**filled, "nama_lengkap": "", "nomor_whatsapp": "0812"})
    assert response.status_code == 422
    page = page_of(response)
    links = {link["href"]: link.get_text() for link in page.select(".error-summary a")}
    assert links == {
        "#id_nama_lengkap": "Nama Lengkap belum diisi.",
        "#id_nomor_whatsapp": "Nomor WhatsApp terlalu pendek. Contoh: 0812 3456 7890",
    }
    for anchor, words in links.items():
        field = page.select_one(anchor)
        assert field["aria-invalid"] == "true"
        described = " ".join(page.find(id=name).get_text() for name in field["aria-describedby"].split())
        assert words in described
    assert page.select_one("#id_alamat").get("aria-invalid") is None
    assert page.title.get_text().startswith("Perlu diperbaiki: ")
    assert still_typed(response) == {**TYPED, "nama_lengkap": None, "nomor_whatsapp": "0812"}
    assert Submission.objects.count() == 0


def test_the_summary_leads_to_every_kind_of_field(site, client):
    kinds = ["singleline", "multiline", "checkbox", "checkboxes", "dropdown", "multiselect", "radio", "date"]
    rows = [{"label": kind, "field_type": kind, "choices": "a\nb"} for kind in kinds]
    make_form("jenis", rows, title="Jenis")
    page = page_of(client.post("/kalindri/jenis/", {}))
    links = [link["href"] for link in page.select(".error-summary a")]
    assert len(links) == len(kinds)
    targets = [page.select_one(link) for link in links]
    assert all(targets)
    for target in targets:
        described = target.get("aria-describedby") or target.find_parent("fieldset")["aria-describedby"]
        assert all(page.find(id=name) for name in described.split())


# --- Tokens --------------------------------------------------------------------------------------


def bad_tokens(form_page: FormPage, client: Client) -> dict[str, str | None]:
    good = open_form(client)[TOKEN_FIELD]
    other = make_form("lain", title="Lain")
    with time_machine.travel(time.time() - 8 * DAY):
        stale = open_form(client)[TOKEN_FIELD]
    return {
        "missing": None,
        "empty": "",
        "forged": "abc:def",
        "cut": good[:-2],
        "NUL": good + "\0",
        "another form's": open_form(client, other.url)[TOKEN_FIELD],
        "stale": stale,
    }


def test_a_bad_token_stores_nothing_keeps_everything_and_is_renewed(form_page, filled, client):
    for name, token in bad_tokens(form_page, client).items():
        fields = {key: value for key, value in filled.items() if key != TOKEN_FIELD}
        response = client.post(HAKI, fields if token is None else {**fields, TOKEN_FIELD: token})
        assert response.status_code == 422, name
        assert notice(response) == "Belum terkirim", name
        assert still_typed(response) == TYPED, name
        renewed = page_of(response).select_one(f"[name={TOKEN_FIELD}]")["value"]
        assert read_token(renewed, form_page.pk), name
    assert Submission.objects.count() == 0
    assert client.post(HAKI, {**fields, TOKEN_FIELD: renewed}).status_code == 303
    assert Submission.objects.get().status == "baru"  # pressed again at once, and yet no bot


def test_a_stale_token_beside_another_error_costs_one_correction_only(form_page, filled, client):
    stale = bad_tokens(form_page, client)["stale"]
    wrong = client.post(HAKI, {**filled, "alamat": "", TOKEN_FIELD: stale})
    renewed = page_of(wrong).select_one(f"[name={TOKEN_FIELD}]")["value"]
    assert client.post(HAKI, {**filled, TOKEN_FIELD: renewed}).status_code == 303


def test_no_cookie_is_needed_to_send(filled):
    """The public site sets none; Django's CSRF check would refuse this client."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(HAKI).cookies == {}
    assert strict.post(HAKI, filled).status_code == 303


# --- Requests that no form of ours makes ----------------------------------------------------------


def test_unknown_fields_are_ignored(filled, client):
    client.post(HAKI, {**filled, "status": "selesai", "assignee": "1", "__proto__": "x"})
    ticket = Submission.objects.get()
    assert ticket.status == "baru"
    assert set(ticket.answers) == set(TYPED)


def test_a_file_where_text_is_expected(filled, client):
    response = client.post(HAKI, {**filled, "nama_lengkap": SimpleUploadedFile("foto.jpg", b"\xff\xd8")})
    assert response.status_code == 422
    assert "Nama Lengkap belum diisi." in response.content.decode()


def test_a_nul_byte_is_refused_at_its_field(filled, client):
    response = client.post(HAKI, {**filled, "alamat": "Jl.\0Contoh"})
    assert response.status_code == 422
    assert "Alamat: Karakter nol tidak diizinkan." in page_of(response).select_one(".error-summary").get_text()
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("size", [MB, 26 * MB // 10])
def test_a_very_long_text_comes_back_with_its_error(filled, client, size):
    response = client.post(HAKI, {**filled, "pertanyaan": "x" * size})
    assert response.status_code == 422
    assert f"Pertanyaan terlalu panjang: paling banyak 5000 huruf, sekarang {size}." in response.content.decode()
    assert still_typed(response)["pertanyaan"] == "x" * size


def unreadable(fields: dict[str, str]) -> dict[str, dict]:
    form = "application/x-www-form-urlencoded"
    return {
        "6 MB": {"data": urlencode({**fields, "pertanyaan": "x" * 6 * MB}), "content_type": form},
        "6 MB multipart": {"data": {**fields, "pertanyaan": "x" * 6 * MB}},
        "10,001 fields": {"data": urlencode({f"f{number}": 1 for number in range(10_001)}), "content_type": form},
        "101 files": {"data": {f"f{number}": SimpleUploadedFile("a", b"1") for number in range(101)}},
        "multipart without boundary": {"data": b"abc", "content_type": "multipart/form-data"},
        "UTF-16": {"data": b"alamat=a", "content_type": f"{form}; charset=utf-16"},
    }


@pytest.mark.parametrize("name", unreadable({}))
def test_what_cannot_be_read_gets_the_page_for_it(filled, client, name):
    case = unreadable(filled)[name]
    if "charset" in case.get("content_type", ""):
        response = client.generic("POST", HAKI, **case)
    else:
        response = client.post(HAKI, **case)
    assert response.status_code == 400
    assert page_of(response).h1.get_text() == "Permintaan tidak terbaca"
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'--x\r\nContent-Disposition: form-data; name="alamat"\r\n\r\nJl.', "multipart/form-data; boundary=y"),
        (b'{"alamat": "Jl."}', "application/json"),
        (b"", "application/x-www-form-urlencoded"),
        (b"alamat=%ff%fe&nama_lengkap=%00", "application/x-www-form-urlencoded"),
    ],
    ids=["broken multipart", "JSON", "empty", "broken UTF-8"],
)
def test_a_body_without_answers_is_a_form_without_answers(site, client, body, content_type):
    response = client.generic("POST", HAKI, body, content_type=content_type)
    assert response.status_code == 422
    assert "Pertanyaan belum diisi." in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("url", [HAKI, f"{HAKI}terkirim/"])
def test_other_methods_are_refused(site, client, method, url):
    assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize("query", ["?ch=%00", "?ch=%ff", "?x=a%00b"])
def test_broken_bytes_in_the_query(site, client, query):
    assert client.get(HAKI + query).status_code == 400


# --- Channel -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "stored"), [("ig", "ig"), ("", "web"), ("<b>", "lain"), ("x" * 500, "lain"), ("\0", "web")]
)
def test_the_channel_is_a_known_one(filled, client, sent, stored):
    client.post(HAKI, {**filled, CHANNEL_FIELD: sent})
    assert Submission.objects.get().channel == stored


def test_the_channel_travels_from_the_link_to_the_ticket(site, client):
    link = page_of(client.get("/kalindri/?ch=ig")).select_one(f"main a[href^='{HAKI}']")["href"]
    assert open_form(client, link)[CHANNEL_FIELD] == "ig"
    assert open_form(client, f"{HAKI}?ch={'x' * 500}")[CHANNEL_FIELD] == "x" * 40


# --- Rate limit ----------------------------------------------------------------------------------


def fresh(client: Client, **answers: str) -> dict[str, str]:
    with time_machine.travel(time.time() - 60):
        return {**open_form(client), **TYPED, **answers}


@pytest.mark.usefixtures("_one_window")
def test_above_the_limit_it_says_when_to_come_back_and_keeps_everything(site, client, settings):
    settings.SUBMIT_LIMIT = "2/10m"
    sent = [fresh(client) for _ in range(3)]
    assert [client.post(HAKI, fields).status_code for fields in sent] == [303, 303, 429]
    response = client.post(HAKI, sent[2])
    assert 0 < int(response["Retry-After"]) <= 600
    assert "Terlalu banyak kiriman dari jaringan ini." in response.content.decode()
    assert still_typed(response) == TYPED
    assert page_of(response).select_one(f"[name={TOKEN_FIELD}]")["value"] == sent[2][TOKEN_FIELD]
    assert Submission.objects.count() == 2
    assert client.post(HAKI, sent[0]).status_code == 303  # a repeat of what is stored is no new ticket


@pytest.mark.usefixtures("_one_window")
def test_above_the_limit_a_changed_repeat_is_not_swallowed(site, client, settings):
    """A receipt would say that the change has arrived."""
    settings.SUBMIT_LIMIT = "1/10m"
    fields = fresh(client)
    client.post(HAKI, fields)
    assert client.post(HAKI, {**fields, "alamat": "Alamat lain"}).status_code == 429


def test_zero_switches_the_limit_off(site, client, settings):
    settings.SUBMIT_LIMIT = "0"
    assert {client.post(HAKI, fresh(client)).status_code for _ in range(4)} == {303}


@pytest.mark.usefixtures("_one_window")
def test_the_limit_counts_each_form_and_each_address(site, client, settings):
    settings.SUBMIT_LIMIT = "1/10m"
    make_form("lain", title="Lain")
    other_form = {**open_form(client, "/kalindri/lain/"), **TYPED}
    assert client.post(HAKI, fresh(client)).status_code == 303
    assert client.post("/kalindri/lain/", other_form).status_code == 303
    assert client.post(HAKI, fresh(client), REMOTE_ADDR="192.0.2.9").status_code == 303
    assert client.post(HAKI, fresh(client)).status_code == 429


@pytest.mark.usefixtures("_one_window")
@pytest.mark.parametrize(("proxies", "statuses"), [([], [303, 429]), (["127.0.0.1"], [303, 303])])
def test_a_forwarded_address_is_believed_from_a_known_proxy_only(site, client, settings, proxies, statuses):
    settings.SUBMIT_LIMIT, settings.TRUSTED_PROXIES = "1/10m", proxies
    seen = ["198.51.100.1", "198.51.100.2"]
    assert [client.post(HAKI, fresh(client), headers={"X-Forwarded-For": ip}).status_code for ip in seen] == statuses


# --- Mail ----------------------------------------------------------------------------------------


def test_the_mails_of_a_ticket_and_not_a_word_of_its_answers(form_page, client):
    form_page.notify_emails = "petugas@contoh.id, kepala@contoh.id petugas@contoh.id"
    form_page.save_revision().publish()
    client.post(HAKI, fresh(client))
    ticket = Submission.objects.get()
    mails = [(mail.kind, mail.recipient) for mail in OutgoingMail.objects.order_by("kind", "recipient")]
    assert mails == [
        ("new_ticket", "kepala@contoh.id"),
        ("new_ticket", "petugas@contoh.id"),
        ("receipt", "ibu@contoh.id"),
    ]
    for mail in OutgoingMail.objects.all():
        message = outbox.message(mail)
        text = message.subject + message.body
        assert ticket.reference in message.subject
        assert not [answer.value for answer in rendering.answers(ticket) if answer.value in text]
        assert (rendering.status_url(ticket) in text) == (mail.kind == "receipt")


def test_nobody_to_tell_nobody_told(site, client):
    send(client)
    assert OutgoingMail.objects.count() == 0


def test_a_dead_mail_server_changes_nothing_for_the_visitor(site, client, settings):
    """H1."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    html = send(client, email="ibu@contoh.id").content.decode()
    ticket = Submission.objects.get()
    assert ticket.reference in html
    outbox.deliver_due()
    [mail] = OutgoingMail.objects.all()
    assert (mail.sent_at, mail.attempts) == (None, 1)
    assert "mail_failed" in [event.kind for event in ticket.events.all()]
