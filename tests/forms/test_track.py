"""The status page: number and PIN, or the secret link, open one ticket and show what its visitor may see."""

from __future__ import annotations

import datetime as dt
import time
from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from forms import references, rendering, services
from forms.models import Attachment, Message, OutgoingMail, Submission
from forms.views.track import TICKET_COOKIE, TICKET_COOKIE_AGE_S, WRONG
from tests.factories import make_ticket

TRACK = "/kalindri/lacak/"
TICKET = "/kalindri/lacak/tiket/"
PERSONAL = ("Batik Contoh", "Ibu Contoh", "Jl. Contoh No. 1", "Apakah nama usaha saya")

pytestmark = pytest.mark.django_db


@pytest.fixture
def pin(ticket, officer) -> str:
    """The PIN of `ticket`."""
    return services.issue_pin(ticket, by=officer)


@pytest.fixture
def visitor(ticket) -> Client:
    """A browser that has opened `ticket` by its link."""
    return opened(ticket)


def opened(ticket: Submission) -> Client:
    browser = Client()
    ticket.refresh_from_db()
    assert browser.get(f"/kalindri/lacak/t/{ticket.link_secret}/").status_code == 303
    return browser


def page_of(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html.parser")


def ask(client: Client, number: str, pin: str, **extra) -> HttpResponse:
    return client.post(TRACK, {"reference": number, "pin": pin}, **extra)


def errors(response: HttpResponse) -> list[str]:
    return [item.get_text() for item in page_of(response).select(".error-summary li")]


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", size, "#a04020").save(buffer, kind)
    return SimpleUploadedFile(f"foto.{kind.lower()}", buffer.getvalue())


def add(client: Client, text: str, **files) -> HttpResponse:
    """Fill in and send the addition form as it stands on the page."""
    token = page_of(client.get(TICKET)).select_one("[name=token]")["value"]
    return client.post(TICKET, {"token": token, "text": text, **files})


# --- Number and PIN -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str, str.lower, lambda number: number.replace("-", " "), lambda n: f" {n}. "])
def test_number_and_pin_open_the_ticket(ticket, pin, client, typed):
    """C2, X1."""
    response = ask(client, typed(ticket.reference), f"{pin[:3]} {pin[3:]}")
    assert (response.status_code, response["Location"]) == (303, TICKET)
    html = client.get(TICKET).content.decode()
    assert all(words in html for words in (*PERSONAL, ticket.reference, "Diterima", "Dijawab paling lambat"))


def test_the_number_alone_shows_nothing_personal(ticket, client):
    for response in (client.get(TRACK), client.get(f"{TRACK}?reference={ticket.reference}"), ask(client, ticket.reference, "")):
        assert not [words for words in PERSONAL if words in response.content.decode()]
    assert client.get(TICKET)["Location"] == TRACK


def test_a_wrong_pin_and_an_unknown_number_get_the_same_words(ticket, client):
    known, unknown = ask(client, ticket.reference, "000000"), ask(client, "HAKI-2222-2222", "000000")
    assert known.status_code == unknown.status_code == 422
    assert errors(known) == errors(unknown) == [f"PIN: {WRONG}"]
    assert known.cookies == unknown.cookies == {}


@pytest.mark.parametrize("known", [True, False])
def test_ten_wrong_pins_lock_the_number_from_everywhere(ticket, pin, client, known):
    number = ticket.reference if known else "HAKI-2222-2222"
    wrong = "000000" if pin != "000000" else "000001"
    with time_machine.travel(dt.datetime(2026, 12, 1, 3, 1, tzinfo=dt.UTC), tick=True):
        for attempt in range(10):
            assert ask(client, number, wrong, REMOTE_ADDR=f"192.0.2.{attempt}").status_code == 422
        locked = ask(client, number, pin, REMOTE_ADDR="198.51.100.7")
        assert locked.status_code == 429
        assert 0 < int(locked["Retry-After"]) <= 30 * 60
        assert "Nomor ini dikunci sementara" in locked.content.decode()
        assert locked.cookies == {}
        other = make_ticket(ticket.form)
        assert ask(client, other.reference, wrong).status_code == 422  # no other number is locked
    with time_machine.travel(dt.datetime(2026, 12, 1, 3, 31, tzinfo=dt.UTC), tick=True):
        assert ask(client, number, pin).status_code == (303 if known else 422)


def test_the_right_pin_starts_the_count_anew(ticket, pin, client):
    wrong = "000000" if pin != "000000" else "000001"
    with time_machine.travel(dt.datetime(2026, 12, 1, 3, 1, tzinfo=dt.UTC), tick=True):
        for _ in range(2):
            assert {ask(client, ticket.reference, wrong).status_code for _ in range(9)} == {422}
            assert ask(client, ticket.reference, pin).status_code == 303


def test_a_new_pin_opens_a_locked_ticket_and_ends_the_old_ones(ticket, pin, client, officer, visitor):
    old_secret = Submission.objects.get().link_secret
    for _ in range(11):
        ask(client, ticket.reference, "000000" if pin != "000000" else "000001")
    new = services.issue_pin(ticket, by=officer)
    assert ask(client, ticket.reference, new).status_code == 303
    if new != pin:
        assert ask(client, ticket.reference, pin).status_code == 422
    assert client.get(f"/kalindri/lacak/t/{old_secret}/").status_code == 404
    assert visitor.get(TICKET)["Location"] == TRACK


@pytest.mark.parametrize(
    ("number", "pin"), [("", ""), ("\0", "\0"), ("x" * 5_000, "1" * 5_000), ("😀", "٣٣٣٣٣٣"), ("---", "------"), ("'\"%", "%s")]
)
def test_no_input_breaks_the_page(site, client, number, pin):
    response = ask(client, number, pin)
    assert response.status_code == 422
    assert errors(response)
    assert client.put(TRACK).status_code == 405


# --- Link and cookie ------------------------------------------------------------------------------


def test_the_link_takes_its_secret_out_of_the_address(ticket, client):
    response = client.get(f"/kalindri/lacak/t/{ticket.link_secret}/")
    assert (response.status_code, response["Location"]) == (303, TICKET)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    cookie = client.cookies[TICKET_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", TRACK)
    assert int(cookie["max-age"]) == TICKET_COOKIE_AGE_S
    assert ticket.reference not in cookie.value


def test_a_wrong_link_says_what_to_do(site, client):
    response = client.get(f"/kalindri/lacak/t/{'0' * 32}/")
    assert response.status_code == 404
    assert "Tautan ini tidak berlaku lagi" in response.content.decode()
    assert client.get("/kalindri/lacak/t/abc/").status_code == 404


@pytest.mark.parametrize("value", ["", "x", "WzEsMF0:1abc:forged", "\\", "a" * 5_000])
def test_a_forged_cookie_opens_nothing(ticket, client, value):
    client.cookies[TICKET_COOKIE] = value
    assert client.get(TICKET)["Location"] == TRACK


def test_the_cookie_ends_by_itself_and_by_the_button(visitor):
    with time_machine.travel(time.time() + TICKET_COOKIE_AGE_S + 60):
        assert visitor.get(TICKET).status_code == 302
    assert visitor.get(TICKET).status_code == 200
    assert visitor.post("/kalindri/lacak/tutup/")["Location"] == TRACK
    assert visitor.get(TICKET).status_code == 302
    assert visitor.get("/kalindri/lacak/tutup/").status_code == 405


def test_nobody_may_keep_the_page_and_its_title_says_nothing(ticket, visitor):
    response = visitor.get(TICKET)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    page = page_of(response)
    assert page.title.get_text() == "Status tiket - SIPTENAN"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


# --- What a visitor sees --------------------------------------------------------------------------


def test_a_reply_is_visible_at_once_and_its_edit_is_marked(ticket, officer, visitor):
    """E1."""
    reply = services.reply(ticket, "Silakan daftar di\nmerek.dgip.go.id.", by=officer)
    page = page_of(visitor.get(TICKET))
    assert "Silakan daftar di" in page.select_one(".message-office").get_text()
    assert page.select_one(".badge").get_text(strip=True) == "Dijawab"
    services.edit_reply(reply, "Silakan datang ke kantor.", by=officer)
    thread = page_of(visitor.get(TICKET)).select_one(".thread").get_text()
    assert "Silakan datang ke kantor." in thread
    assert "diubah" in thread
    assert "Silakan daftar di" not in thread
    assert [revision.body for revision in reply.revisions.all()] == ["Silakan daftar di\nmerek.dgip.go.id."]


def test_notes_names_and_history_never_show(ticket, officer, admin, visitor):
    """D5."""
    services.add_note(ticket, "Catatan rahasia", by=officer)
    services.assign(ticket, officer, by=admin, note="Tolong dijawab")
    services.record_view(ticket, by=admin)
    services.reply(ticket, "Jawaban resmi", by=officer)
    html = visitor.get(TICKET).content.decode()
    assert "Jawaban resmi" in html
    hidden = ["Catatan rahasia", "Tolong dijawab", str(officer), str(admin), officer.email, "Disposisi", "Tiket dilihat"]
    assert not [words for words in hidden if words in html]


@pytest.mark.parametrize(
    ("moves", "label"),
    [
        ([], "Diterima"),
        (["diproses"], "Diproses"),
        (["diproses", "menunggu_pemohon"], "Menunggu keterangan Anda"),
        (["diproses", "dijawab", "selesai"], "Selesai"),
        (["ditolak"], "Ditolak"),
        (["spam"], "Diterima"),
    ],
)
def test_each_status_in_the_visitors_words(ticket, officer, visitor, moves, label):
    for target in moves:
        services.move(ticket, target, by=officer, reason="Bukan layanan kami.")
    page = page_of(visitor.get(TICKET))
    assert page.select_one(".badge").get_text(strip=True) == label
    assert ("Bukan layanan kami." in page.get_text()) == ("ditolak" in moves)
    assert "spam" not in page.get_text().lower()


def test_a_ticket_opened_again_promises_no_date_that_has_passed(ticket, officer, visitor):
    services.reply(ticket, "Silakan.", by=officer)
    assert add(visitor, "Masih ada pertanyaan.").status_code == 303
    assert "Dijawab paling lambat" not in visitor.get(TICKET).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_messages(form_page, officer):
    counts = []
    for replies in (2, 20):
        ticket = make_ticket(form_page)
        for number in range(replies):
            services.reply(ticket, f"Balasan {number}", by=officer)
        browser = opened(ticket)
        browser.get(TICKET)
        with CaptureQueriesContext(connection) as queries:
            assert page_of(browser.get(TICKET)).select(".message")[-1]
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Adding ---------------------------------------------------------------------------------------


def test_text_and_photo_are_added_and_the_ticket_is_back_in_the_queue(ticket, officer, visitor):
    """C6."""
    services.reply(ticket, "Silakan.", by=officer)
    response = add(visitor, "Ini foto etiketnya. 👩‍🏭", photo=photo("PNG", (2_400, 1_200)))
    assert (response.status_code, response["Location"]) == (303, f"{TICKET}?terkirim=1")
    page = page_of(visitor.get(response["Location"]))
    assert "Keterangan Anda sudah masuk" in page.get_text()
    message = page.select(".thread .message")[-1]
    assert "Ini foto etiketnya. 👩‍🏭" in message.get_text()
    shown = visitor.get(message.img["src"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in shown["Cache-Control"]
    assert Image.open(BytesIO(b"".join(shown.streaming_content))).size == (1_600, 800)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.has_news) == ("diproses", True)
    assert [event.kind for event in ticket.events.all()][-2:] == ["added", "moved"]
    assert list(OutgoingMail.objects.filter(kind="added").values_list("recipient", flat=True)) == [officer.email]


def test_a_photo_is_served_to_its_own_ticket_only(ticket, form_page, visitor):
    add(visitor, "Foto.", photo=photo())
    url = f"{TICKET}foto/{Attachment.objects.get().pk}/"
    assert visitor.get(url).status_code == 200
    assert opened(make_ticket(form_page)).get(url).status_code == 404
    assert Client().get(url)["Location"] == TRACK
    assert visitor.get(f"{TICKET}foto/3f0b1b1e-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("foto.jpg", b"<?php"), "Berkas ini bukan foto yang dapat dibaca."),
        (SimpleUploadedFile("foto.jpg", b""), "Berkas foto ini kosong."),
        (SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff" + b"0" * 500), "foto"),
        (SimpleUploadedFile("foto.jpg", b"0" * (15 * 1024 * 1024 + 1)), "padahal batasnya 15 MB"),
    ],
    ids=["no photo", "0 bytes", "broken", "too large"],
)
def test_a_bad_photo_is_refused_at_its_field_and_the_text_is_kept(ticket, visitor, upload, words):
    upload.seek(0)
    response = add(visitor, "Teks yang panjang.", photo=upload)
    assert response.status_code == 422
    page = page_of(response)
    assert words in page.select_one("#id_photo_error").get_text()
    assert page.select_one("[name=text]").get_text().strip() == "Teks yang panjang."
    assert Message.objects.count() == Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Keterangan belum diisi."),
        ("  \n", "Keterangan belum diisi."),
        ("a\0b", "Karakter nol tidak diizinkan."),
        ("x" * 1_000_000, "Keterangan terlalu panjang: paling banyak 5000 huruf, sekarang 1000000."),
    ],
)
def test_a_bad_text_is_refused_at_its_field(ticket, visitor, text, words):
    response = add(visitor, text)
    assert response.status_code == 422
    assert words in page_of(response).select_one("#id_text_error").get_text()
    assert Message.objects.count() == 0


def test_a_second_press_adds_nothing(ticket, visitor):
    token = page_of(visitor.get(TICKET)).select_one("[name=token]")["value"]
    for _ in range(2):
        visitor.post(TICKET, {"token": token, "text": "Sekali saja.", "photo": photo()})
    assert Message.objects.count() == Attachment.objects.count() == 1
    visitor.post(TICKET, {"token": token, "text": "Sekali saja.", "photo": photo(size=(10, 10))})
    assert Message.objects.count() == 2


@pytest.mark.parametrize("token", ["", "forged", "\0"])
def test_a_form_that_is_not_ours_adds_nothing(ticket, visitor, token):
    """A page elsewhere cannot write into a ticket that is open in this browser."""
    response = visitor.post(TICKET, {"token": token, "text": "Dari situs lain"})
    assert response.status_code == 422
    assert page_of(response).select_one("[name=text]").get_text().strip() == "Dari situs lain"
    assert Message.objects.count() == 0


def test_the_form_of_one_ticket_adds_nothing_to_another(ticket, form_page, visitor):
    token = page_of(opened(make_ticket(form_page)).get(TICKET)).select_one("[name=token]")["value"]
    assert visitor.post(TICKET, {"token": token, "text": "Salah alamat"}).status_code == 422
    assert Message.objects.count() == 0


def test_text_typed_after_the_page_has_closed_itself_is_not_lost(ticket, visitor):
    token = page_of(visitor.get(TICKET)).select_one("[name=token]")["value"]
    with time_machine.travel(time.time() + TICKET_COOKIE_AGE_S + 60):
        response = visitor.post(TICKET, {"token": token, "text": "Ditulis <lama> sekali."})
    assert response.status_code == 422
    assert "Ditulis <lama> sekali." in page_of(response).select_one(".notice").get_text()


def test_additions_are_limited(ticket, visitor):
    statuses = [add(visitor, f"Keterangan {number}").status_code for number in range(21)]
    assert statuses == [303] * 20 + [429]


def test_what_a_visitor_adds_to_a_finished_ticket_opens_it_again(ticket, officer, visitor):
    services.move(ticket, "ditolak", by=officer, reason="Bukan layanan kami.")
    add(visitor, "Mohon dilihat lagi.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.closed_at) == ("diproses", None)


def test_a_spam_ticket_stays_in_its_tray(ticket, officer, visitor):
    services.move(ticket, "spam", by=officer)
    add(visitor, "Saya bukan robot.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.has_news) == ("spam", True)


def test_status_link_and_due_date_survive_the_office_without_hours(form_page):
    from siptenan.common.models import WorkingHours

    WorkingHours.objects.all().delete()
    ticket = make_ticket(form_page)
    assert ticket.due_at > timezone.now()
    assert opened(ticket).get(TICKET).status_code == 200
    assert rendering.status_url(ticket).startswith("http://testserver/kalindri/lacak/t/")
    assert references.link_digest(ticket.link_secret) == ticket.link_digest
