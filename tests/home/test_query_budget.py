"""What pages may ask of the database: ten queries for every type of public page, on a small site and a large one."""

from __future__ import annotations

import copy
import datetime as dt
import secrets

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, get_page_models

from forms.enums import Status
from forms.models import FormPage, Submission
from home.models import ContactPage, EventPage, HomePage, InfoIndexPage, InfoPage, StandardPage
from home.models.info import InfoKind
from siptenan.common import generation
from tests.factories import make_every_type, make_form, make_ticket, text

pytestmark = pytest.mark.django_db
BUDGET = 10
FEW, MANY = 2, 200  # of what grows: entries of Info Lainnya, and tickets; forms and other pages grow tenfold
NO_PAGES = (
    "/kalindri/lacak/", "/kalindri/lanjutkan/", "/info/?page=2", "/info/?jenis=agenda", "/info/feed/", "/tidak-ada/",
    "/cari/", "/cari/?q=info", "/cari/?q=info&jenis=info&halaman=2", "/cari/?q=zxqwv",
)  # fmt: skip


def queries_of(client: Client, url: str) -> int:
    """How many queries a page takes once the process has seen the site."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def add_entries(index: InfoIndexPage, total: int) -> None:
    """Fill Info Lainnya up; every second entry is an event, half of those are over."""
    now = timezone.now()
    for number in range(index.get_children().count(), total):
        common = {
            "title": f"Info {number}",
            "slug": f"info-{number}-x",
            "summary": "Ringkas.",
            "body": text("<p>x</p>"),
        }
        if number % 2:
            starts_at = now + dt.timedelta(days=number - total // 2, hours=1)
            entry = EventPage(**common, starts_at=starts_at, place="Aula Contoh")
        else:
            entry = InfoPage(**common, kind=InfoKind.NEWS, date=timezone.localdate() - dt.timedelta(days=number))
        entry.tags.add("biaya", f"label {number % 20}")
        index.add_child(instance=entry)


def add_tickets(form: FormPage, total: int) -> None:
    """Answered tickets, so that home shows the figures of the service or hides them."""
    first = make_ticket(form)
    submitted_at = timezone.now() - dt.timedelta(days=7)
    copies = []
    for _ in range(total - 1):
        ticket = copy.copy(first)
        ticket._state = copy.copy(first._state)
        ticket.pk, ticket._state.adding = None, True
        ticket.reference = f"HAKI-{secrets.token_hex(2).upper()}-{secrets.token_hex(2).upper()}"
        ticket.token_digest, ticket.link_digest = secrets.token_hex(32), secrets.token_hex(32)
        copies.append(ticket)
    Submission.objects.bulk_create(copies)
    Submission.objects.update(
        status=Status.ANSWERED, submitted_at=submitted_at, first_answered_at=submitted_at + dt.timedelta(hours=2)
    )


@pytest.fixture
def every_type(site: HomePage) -> list[Page]:
    """A small site with a page of every type."""
    pages = make_every_type(site)
    # A new page type must be added to tests/factories/every_type.py, and is then held to the budget too.
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}
    return pages


def test_every_page_type_keeps_to_ten_queries_however_much_there_is(every_type, client):
    urls = [*(page.url for page in every_type), *NO_PAGES]
    home, form = every_type[0], FormPage.objects.get()
    add_tickets(form, FEW)
    few = {url: queries_of(client, url) for url in urls}

    add_entries(InfoIndexPage.objects.get(), MANY)
    add_tickets(form, MANY)
    for number in range(10):
        make_form(f"form-{number}", title=f"Form {number}", ticket_prefix="COBA")
        home.add_child(instance=StandardPage(title=f"Halaman {number}", slug=f"h-{number}", body=text("<p>x</p>")))
    generation.forget()
    many = {url: queries_of(client, url) for url in urls}

    assert b"Layanan dalam angka" in client.get("/").content  # there are enough tickets now, and they cost nothing more
    assert many == few
    assert {url: count for url, count in many.items() if count > BUDGET} == {}


def test_a_message_form_on_the_contact_page_keeps_to_it_too(every_type, client):
    contact = next(page for page in every_type if isinstance(page, ContactPage))
    form = FormPage.objects.get()
    form.move(contact, pos="last-child")
    assert client.get(contact.url).content.count(b"<form") == 1
    assert queries_of(client, contact.url) <= BUDGET
