"""The receipt: number, PIN, QR and link, on the browser that sent, and nowhere else."""

from __future__ import annotations

import re
import time
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.serializers import serialize
from django.test import Client
from PIL import Image, ImageChops

from forms import references, rendering, services
from forms.models import Message, Submission
from forms.references import RECEIPT_MAX_AGE_S, TOKEN_MAX_AGE_S, ReceiptPass
from forms.views.privacy import RECEIPT_COOKIE
from siptenan.common.models import OfficeSettings
from tests.factories import make_form, make_ticket, open_form, send
from tests.forms.visitors import page_of

HAKI = "/kalindri/konsultasi-haki/"
RECEIPT = f"{HAKI}terkirim/"
PICTURE = f"{RECEIPT}gambar/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(site, client) -> Submission:
    """A ticket that `client` has just sent."""
    assert send(client).status_code == 200
    return Submission.objects.get()


def number_and_pin(page: BeautifulSoup) -> tuple[str, str]:
    number, pin = (cell.get_text(strip=True) for cell in page.select(".ticket-number"))
    return number, pin


def whole_database() -> str:
    """Every row of the project's own tables, as text."""
    own = [model for label in ("forms", "common", "accounts") for model in apps.get_app_config(label).get_models()]
    return "".join(serialize("json", model.objects.all()) for model in own)


# --- What it shows --------------------------------------------------------------------------------


def test_it_shows_what_the_visitor_needs(sent, client):
    """C1, X1."""
    page = page_of(client.get(RECEIPT))
    number, pin = number_and_pin(page)
    assert number == sent.reference
    assert re.fullmatch(r"\d{6}", pin)
    assert references.pin_matches(number, pin, sent.pin_hash)
    link = page.select_one(".secret-link a")
    assert link["href"] == link.get_text() == rendering.status_url(sent)
    words = page.get_text(" ", strip=True)
    assert "Dijawab paling lambat" in words
    assert sent.due_reason in words
    assert "Petugas membaca pertanyaan Anda." in words
    answers = dict(zip(page.select(".answers dt"), page.select(".answers dd"), strict=True))
    assert {label.get_text(): value.get_text(strip=True) for label, value in answers.items()} == {
        answer.label: answer.value for answer in rendering.answers(sent)
    }
    assert [button.get_text() for button in page.select("[data-print]")] == ["Simpan bukti"]


def test_number_and_pin_are_not_in_title_address_or_cookie(sent, client):
    response = client.get(RECEIPT)
    page = page_of(response)
    _, pin = number_and_pin(page)
    assert page.title.get_text() == "Kiriman diterima - SIPTENAN"
    cookie = client.cookies[RECEIPT_COOKIE]
    assert not [secret for secret in (pin, sent.reference) if secret in cookie.value]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", RECEIPT)
    assert int(cookie["max-age"]) == RECEIPT_MAX_AGE_S[ReceiptPass.COOKIE]
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("url", [RECEIPT, PICTURE])
def test_nobody_may_keep_it(sent, client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_qr_code_is_that_of_the_link(sent, client):
    """X1: compared with the code of the link itself, as there is no reader among the tools."""
    shown = page_of(client.get(RECEIPT)).select(".qr svg path")[-1]["d"]
    other = segno.make(rendering.status_url(sent) + "?", error="m")
    assert shown in segno.make(rendering.status_url(sent), error="m").svg_inline(border=4)
    assert shown not in other.svg_inline(border=4)


def test_the_picture_holds_the_qr_code_of_the_link(sent, client):
    response = client.get(PICTURE)
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == f'attachment; filename="{sent.reference}.png"'
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.width) == ("PNG", 720)
    code = rendering.qr_image(rendering.status_url(sent), 380)
    left = (picture.width - 380) // 2
    tops = [
        top
        for top in range(picture.height - 380)
        if not ImageChops.difference(picture.convert("RGB").crop((left, top, left + 380, top + 380)), code).getbbox()
    ]
    assert len(tops) == 1


def test_the_link_leads_to_the_ticket(sent, client):
    link = page_of(client.get(RECEIPT)).select_one(".secret-link a")["href"]
    elsewhere = Client()
    assert sent.reference in elsewhere.get(urlsplit(link).path, follow=True).content.decode()


def test_the_whatsapp_link_carries_the_number_and_nothing_else(sent, client):
    """X2."""
    assert "wa.me" not in client.get(RECEIPT).content.decode()  # the office has given no number yet
    office = OfficeSettings.load()
    office.whatsapp = "+6281234500000"
    office.save()
    link = page_of(client.get(RECEIPT)).find("a", string="Kirim nomor ini ke WhatsApp petugas")
    address = urlsplit(link["href"])
    assert (address.hostname, address.path) == ("wa.me", "/6281234500000")
    assert parse_qs(address.query) == {"text": [f"Nomor tiket saya: {sent.reference}"]}
    assert link["rel"] == ["noopener", "noreferrer"]


def test_what_an_officer_sends_by_whatsapp_says_no_more(form_page):
    """X2: number and address of the reply, nothing of the question."""
    assert rendering.whatsapp_to_visitor(make_ticket(form_page)) is None
    ticket = make_ticket(form_page, **{"Nomor WhatsApp": "+6281234567890"})
    address = urlsplit(rendering.whatsapp_to_visitor(ticket))
    assert address.path == "/6281234567890"
    [text] = parse_qs(address.query)["text"]
    assert text == f"Tiket {ticket.reference} sudah kami balas. Baca balasannya di {rendering.status_url(ticket)}"


# --- Whose it is ----------------------------------------------------------------------------------


def test_a_reload_shows_it_again_and_adds_nothing(sent, client):
    """B8."""
    first = number_and_pin(page_of(client.get(RECEIPT)))
    assert number_and_pin(page_of(client.get(RECEIPT))) == first
    assert Submission.objects.get().events.count() == 1


def test_the_answer_to_a_send_is_a_redirect(site, client):
    """B8."""
    response = send(client, follow=False)
    assert response.status_code == 303
    assert response["Location"].partition("?")[0] == RECEIPT


def test_another_browser_sees_nothing_of_it(sent):
    stranger = Client()
    for url in (RECEIPT, PICTURE):
        response = stranger.get(url)
        assert response.status_code == 302
        assert response["Location"].partition("?")[0] == "/kalindri/lacak/"
    assert "Bukti kirim tidak ada di browser ini" in stranger.get(RECEIPT, follow=True).content.decode()
    stranger.cookies[RECEIPT_COOKIE] = "forged:1abc:xyz"
    assert stranger.get(RECEIPT).status_code == 302


def test_the_cookie_of_one_form_opens_no_receipt_of_another(sent, client):
    make_form("lain", title="Lain")
    other = Client()
    other.cookies[RECEIPT_COOKIE] = client.cookies[RECEIPT_COOKIE].value
    assert other.get("/kalindri/lain/terkirim/").status_code == 302


def test_the_cookie_of_a_form_that_was_never_sent_opens_nothing(site, client):
    client.cookies[RECEIPT_COOKIE] = open_form(client)["kunci_formulir"]
    assert client.get(RECEIPT).status_code == 302


# --- Without cookies ------------------------------------------------------------------------------


def no_cookies(fields: dict[str, str]) -> str:
    """Send with a browser that keeps no cookies; return where it is led."""
    return Client().post(HAKI, fields)["Location"]


def test_a_browser_without_cookies_sees_number_and_pin_once(fields):
    address = no_cookies(fields)
    number, pin = number_and_pin(page_of(Client().get(address)))
    ticket = Submission.objects.get()
    assert (number, references.pin_matches(number, pin, ticket.pin_hash)) == (ticket.reference, True)
    again = Client().get(address)
    assert again["Location"] == "/kalindri/lacak/?bukti=0", "the address stays in the history of a shared phone"


def test_without_cookies_nothing_is_offered_that_needs_one(fields):
    page = page_of(Client().get(no_cookies(fields)))
    assert page.find("a", string="Simpan sebagai gambar") is None
    assert page.select_one("[data-print]")


def test_the_key_in_the_address_is_good_for_two_minutes(fields):
    address = no_cookies(fields)
    with time_machine.travel(time.time() + RECEIPT_MAX_AGE_S[ReceiptPass.KEY] + 1):
        assert Client().get(address).status_code == 302


def test_the_key_is_no_cookie_and_opens_no_other_receipt(fields):
    make_form("lain", title="Lain")
    address = no_cookies(fields)
    browser = Client()
    browser.cookies[RECEIPT_COOKIE] = parse_qs(urlsplit(address).query)["k"][0]
    assert browser.get(RECEIPT).status_code == 302
    assert browser.get(address.replace("konsultasi-haki", "lain")).status_code == 302
    assert browser.get(f"{RECEIPT}?k=").status_code == 302


def test_a_look_that_shows_nothing_does_not_use_the_key_up(fields):
    address = no_cookies(fields)
    assert Client().head(address).status_code == 302
    assert Client().get(address).status_code == 200


# --- At the end of the token's week ---------------------------------------------------------------


def test_the_receipt_of_a_form_that_was_open_for_a_week(fields, client):
    with time_machine.travel(time.time() - 60 + TOKEN_MAX_AGE_S - 120):
        response = client.post(HAKI, fields)
        assert response.status_code == 303
    with time_machine.travel(time.time() + TOKEN_MAX_AGE_S):
        assert number_and_pin(page_of(client.get(response["Location"])))[0] == Submission.objects.get().reference


def test_a_repeat_after_that_week_makes_no_second_ticket(fields, client):
    """The answer to the first press was lost; the phone was opened again days later."""
    client.post(HAKI, fields)
    with time_machine.travel(time.time() + TOKEN_MAX_AGE_S + 30):
        response = Client().post(HAKI, fields, follow=True)
    assert number_and_pin(page_of(response))[0] == Submission.objects.get().reference


# --- Repeats --------------------------------------------------------------------------------------


@pytest.fixture
def fields(site, client) -> dict[str, str]:
    """A filled form, a minute after it was opened."""
    with time_machine.travel(time.time() - 60):
        opened = open_form(client)
    return {name: value or "Contoh" for name, value in opened.items() if name not in ("situs_perusahaan", "ch")} | {
        "nomor_whatsapp": "",
        "email": "",
    }


def test_a_repeat_shows_the_same_number_and_pin(fields, client):
    """B7, from this browser and from another: the first answer may never have arrived."""
    shown = set()
    for browser in (client, client, Client()):
        response = browser.post(HAKI, fields, follow=True)
        shown.add(number_and_pin(page_of(response)))
    assert len(shown) == 1
    assert Submission.objects.count() == 1
    assert Submission.objects.get().events.count() == 1


def test_a_repeat_with_other_words_is_kept_as_an_addition(fields, client):
    """Nothing that was acknowledged is lost, and nothing is kept twice."""
    first = number_and_pin(page_of(client.post(HAKI, fields, follow=True)))
    changed = {**fields, "pertanyaan": "Pertanyaan yang lain"}
    for _ in range(2):
        assert number_and_pin(page_of(client.post(HAKI, changed, follow=True))) == first
    ticket = Submission.objects.get()
    assert ticket.answers["pertanyaan"] == "Contoh"
    [addition] = Message.objects.all()
    assert (addition.submission, addition.kind) == (ticket, "addition")
    assert "Pertanyaan: Pertanyaan yang lain" in addition.body
    assert [event.kind for event in ticket.events.all()] == ["submitted", "resent"]
    assert ticket.has_news


def test_a_repeat_puts_an_answered_ticket_back_in_the_queue(fields, client, officer):
    client.post(HAKI, fields)
    services.reply(Submission.objects.get(), "Silakan.", by=officer)
    client.post(HAKI, {**fields, "alamat": "Alamat baru"})
    assert Submission.objects.get().status == "diproses"


# --- The PIN --------------------------------------------------------------------------------------


def test_the_pin_is_nowhere_in_the_database(sent, client):
    _, pin = number_and_pin(page_of(client.get(RECEIPT)))
    rows = whole_database()
    assert sent.reference in rows
    assert pin not in re.findall(r"(?<![0-9a-f])\d{6}(?![0-9a-f])", rows)
    assert sent.link_secret not in rows


def test_after_a_new_pin_the_receipt_shows_none(sent, client, officer):
    _, pin = number_and_pin(page_of(client.get(RECEIPT)))
    services.issue_pin(sent, by=officer)
    html = client.get(RECEIPT).content.decode()
    assert "PIN sudah diganti petugas." in html
    assert pin not in html
    assert sent.reference in html
    assert client.get(PICTURE).status_code == 302


def test_after_a_new_pin_whoever_holds_the_old_token_gets_nothing_but_the_number(fields, client, officer):
    """ADR 0004: a new PIN ends what the old one opened, on the receipt and for a repeat of the send."""
    client.post(HAKI, fields)
    ticket = Submission.objects.get()
    services.issue_pin(ticket, by=officer)
    ticket.refresh_from_db()
    stranger = Client()
    for browser, response in ((client, client.get(RECEIPT)), (stranger, stranger.post(HAKI, fields, follow=True))):
        html = response.content.decode()
        assert ticket.reference in html
        assert ticket.link_secret not in html
        assert "<svg" not in page_of(response).select_one("main").decode()
        assert page_of(response).select(".answers") == []
        assert browser.get(PICTURE).status_code == 302


def test_numbers_are_not_sequential(form_page):
    """C1."""
    numbers = [make_ticket(form_page).reference for _ in range(20)]
    assert len(set(numbers)) == 20
    assert numbers != sorted(numbers)
    assert all(re.fullmatch(r"HAKI-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", number) for number in numbers)
