"""The same things at the same time: threads with connections of their own, on PostgreSQL and on a SQLite file."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection, connections
from django.test import Client

from forms import references, services
from forms.models import FormPage, Message, Submission
from forms.references import FormToken
from siptenan.accounts import roles
from tests.factories import make_site, make_staff, make_ticket, open_form

HAKI = "/kalindri/konsultasi-haki/"
TRACK = "/kalindri/lacak/"
ANSWERS = {"nama_usahaperusahaan": "A", "nama_lengkap": "B", "alamat": "C", "pertanyaan": "D"}
THREADS = 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db, settings) -> FormPage:
    """The form, on a site without a limit of sends."""
    settings.SUBMIT_LIMIT = "0"
    make_site()
    return FormPage.objects.get()


@pytest.fixture
def together(office, tmp_path):
    """Return a function that calls `work` for each item in threads that start together, and returns the results.

    Whatever the test wants to read afterwards it reads through this function, too: on SQLite the threads work
    on a file, into which the database in memory has been copied, because only files have real locks.
    """
    database = connections.databases["default"]
    name = database["NAME"]

    def run(work: Callable, items: Iterable = (None,)) -> list:
        items = list(items)
        if connection.vendor == "sqlite" and database["NAME"] == name:
            path = tmp_path / "together.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=WAL")  # as it is since `migrate`; turning to it waits for nobody
            database["NAME"] = str(path)
        barrier = threading.Barrier(min(len(items), THREADS))

        def in_thread(item):
            try:
                if len(items) <= THREADS:
                    barrier.wait(timeout=30)
                return work() if item is None else work(item)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(in_thread, items))

    yield run
    database["NAME"] = name


def filled_forms(count: int) -> list[dict[str, str]]:
    """Forms as people filled them in a minute ago, each with a token of its own."""
    with time_machine.travel(time.time() - 60):
        return [{**open_form(Client()), **ANSWERS} for _ in range(count)]


def send(fields: dict[str, str]) -> tuple[str, str]:
    """Send a form from a new browser; return number and PIN of its receipt."""
    response = Client().post(HAKI, fields, follow=True)
    assert response.redirect_chain[0][1] == 303
    page = BeautifulSoup(response.content.decode(), "html.parser")
    number, pin = (cell.get_text(strip=True) for cell in page.select(".ticket-number"))
    return number, pin


def test_one_form_sent_by_many_at_once_is_one_ticket(together):
    """B7."""
    [fields] = filled_forms(1)
    receipts = together(send, [fields] * THREADS)
    assert len(set(receipts)) == 1
    [(count, events)] = together(lambda: (Submission.objects.count(), Submission.objects.get().events.count()))
    assert (count, events) == (1, 1)


def test_many_forms_each_sent_twice_are_one_ticket_each(together):
    """C1."""
    forms = filled_forms(20)
    receipts = together(send, [fields for fields in forms for _ in range(2)])
    assert set(Counter(number for number, _ in receipts).values()) == {2}
    assert len(set(receipts)) == len(forms)
    assert together(Submission.objects.count) == [len(forms)]


def test_one_form_sent_at_once_with_different_words_loses_none_of_them(together):
    [fields] = filled_forms(1)
    words = [f"Isi nomor {number}" for number in range(THREADS)]
    receipts = together(send, [{**fields, "pertanyaan": text} for text in words])
    assert len(set(receipts)) == 1

    def everything() -> str:
        return Submission.objects.get().answers["pertanyaan"] + "".join(
            message.body for message in Message.objects.all()
        )

    [kept] = together(everything)
    assert all(text in kept for text in words)


def test_of_two_officers_at_once_one_is_told(office, together):
    """D7."""
    ticket = make_ticket(office)
    officers = [make_staff(roles.OFFICER, name, forms=[office]) for name in ("satu", "dua")]

    def reply(officer) -> str:
        try:
            services.reply(ticket, f"Balasan {officer.username}", by=officer, version=ticket.version)
        except services.StaleTicket:
            return "stale"
        return "sent"

    assert sorted(together(reply, officers)) == ["sent", "stale"]
    assert together(Message.objects.count) == [1]


def test_guesses_at_once_do_not_slip_past_the_lock(office, together):
    """C2."""
    raw = references.issue_token(office.pk)
    token: FormToken = references.read_token(raw, office.pk)
    asked = office.questions()
    ticket = services.submit(office, asked, {question.key: "x" for question in asked}, token, channel="web")
    right = references.pin_for_token(token.id)
    wrong = "000000" if right != "000000" else "000001"

    def guess(pin: str) -> int:
        return Client().post(TRACK, {"reference": ticket.reference, "pin": pin}).status_code

    with time_machine.travel(1_800_000_060, tick=True):  # well inside one window of the counter
        statuses = Counter(together(guess, [wrong] * 16))
        assert statuses == {422: 10, 429: 6}
        assert together(guess, [right]) == [429]


def test_a_second_press_at_once_adds_once(office, together):
    ticket = make_ticket(office)
    together(lambda body: services.add_information(ticket, body), ["Sekali saja."] * THREADS)
    assert together(Message.objects.count) == [1]
