"""The status page: number and PIN, or the secret link, open one ticket and show what its visitor may see."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import references, rendering, services
from forms.models import Submission
from forms.views.track import TICKET_COOKIE, TICKET_COOKIE_AGE_S, WRONG
from tests.factories import make_ticket
from tests.forms.visitors import TICKET, add, opened, page_of

TRACK = "/kalindri/lacak/"
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


def ask(client: Client, number: str, pin: str, **extra) -> HttpResponse:
    return client.post(TRACK, {"reference": number, "pin": pin}, **extra)


def errors(response: HttpResponse) -> list[str]:
    return [item.get_text() for item in page_of(response).select(".error-summary li")]


# --- Number and PIN -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str, str.lower, lambda number: number.replace("-", " "), lambda n: f" {n}. "])
def test_number_and_pin_open_the_ticket(ticket, pin, client, typed):
    """C2, X1."""
    response = ask(client, typed(ticket.reference), f"{pin[:3]} {pin[3:]}")
    assert (response.status_code, response["Location"]) == (303, TICKET)
    html = client.get(TICKET).content.decode()
    assert all(words in html for words in (*PERSONAL, ticket.reference, "Diterima", "Dijawab paling lambat"))


def test_the_number_alone_shows_nothing_personal(ticket, client):
    asked = client.get(TRACK), client.get(f"{TRACK}?reference={ticket.reference}"), ask(client, ticket.reference, "")
    for response in asked:
        assert not [words for words in PERSONAL if words in response.content.decode()]
    assert client.get(TICKET)["Location"] == TRACK


def test_a_wrong_pin_and_an_unknown_number_get_the_same_words(ticket, client):
    known, unknown = ask(client, ticket.reference, "000000"), ask(client, "HAKI-2222-2222", "000000")
    assert known.status_code == unknown.status_code == 422
    assert errors(known) == errors(unknown) == [WRONG]
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
        assert 30 * 60 < int(locked["Retry-After"]) <= 60 * 60  # what is left of this window, and the whole next one
        assert "Nomor ini dikunci sementara" in locked.content.decode()
        assert locked.cookies == {}
        other = make_ticket(ticket.form)
        assert ask(client, other.reference, wrong).status_code == 422  # no other number is locked
    with time_machine.travel(dt.datetime(2026, 12, 1, 3, 31, tzinfo=dt.UTC), tick=True):
        assert ask(client, number, pin).status_code == 429
    with time_machine.travel(dt.datetime(2026, 12, 1, 4, 1, tzinfo=dt.UTC), tick=True):
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
    ("number", "pin"),
    [("", ""), ("\0", "\0"), ("x" * 5_000, "1" * 5_000), ("😀", "٣٣٣٣٣٣"), ("---", "------"), ("'\"%", "%s")],
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
    officer.first_name, admin.first_name = "Siti Rahmawati", "Budi Santoso"
    officer.save()
    admin.save()
    services.add_note(ticket, "Catatan rahasia", by=officer)
    services.assign(ticket, officer, by=admin, note="Tolong dijawab")
    services.record_view(ticket, by=admin)
    services.reply(ticket, "Jawaban resmi", by=officer)
    html = visitor.get(TICKET).content.decode()
    assert "Jawaban resmi" in html
    hidden = [
        "Catatan rahasia",
        "Tolong dijawab",
        str(officer),
        str(admin),
        officer.email,
        "Disposisi",
        "Tiket dilihat",
    ]
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


def test_status_link_and_due_date_survive_the_office_without_hours(form_page):
    from siptenan.common.models import WorkingHours

    WorkingHours.objects.all().delete()
    ticket = make_ticket(form_page)
    assert ticket.due_at > timezone.now()
    assert opened(ticket).get(TICKET).status_code == 200
    assert rendering.status_url(ticket).startswith("http://testserver/kalindri/lacak/t/")
    assert references.link_digest(ticket.link_secret) == ticket.link_digest
