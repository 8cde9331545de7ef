"""The contact page: how to reach the office, when it is shut, and a form that becomes a ticket like any other."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from forms.models import FormField, FormPage, Submission
from home.demo.forms import CONTACT_FORM
from home.models import ContactPage
from siptenan.common.dates import WIB
from siptenan.common.models import Holiday, OfficeSettings
from tests.factories import open_form
from tests.factories.site import publish

pytestmark = pytest.mark.django_db
CONTACT = "/contact/"


@pytest.fixture
def contact(site) -> ContactPage:
    """The contact page without a form."""
    return publish(site, ContactPage(title="Contact", slug="contact", show_in_menus=True))


@pytest.fixture
def message_form(contact) -> FormPage:
    """The form of the demo below it."""
    values = {key: value for key, value in CONTACT_FORM.items() if key != "questions"}
    form = FormPage(help_contact="Telepon.", **values)
    form.form_fields = [FormField(sort_order=order, **row) for order, row in enumerate(CONTACT_FORM["questions"])]
    return publish(contact, form)


def page(client) -> BeautifulSoup:
    return BeautifulSoup(client.get(CONTACT).content, "html.parser")


def test_cards_and_directions(contact, client):
    office = OfficeSettings.load()
    office.map_url = "https://peta.example.id/kantor"
    office.save()
    soup = page(client)
    assert [card.text for card in soup.select("main .contact-cards h3")] == [
        "ADDRESS", "CALL US", "EMAIL US", "WORKING HOURS",
    ]  # fmt: skip
    assert soup.find("a", string="Petunjuk arah")["href"] == "https://peta.example.id/kantor"


def test_days_off_ahead_are_working_days_lost(contact, client):
    """Sunday 27 December is no loss to anybody; Christmas leave and an own day off are."""
    Holiday.objects.create(date=dt.date(2026, 12, 22), name="Hari Contoh", kind=Holiday.Kind.LOCAL)
    Holiday.objects.create(date=dt.date(2026, 12, 27), name="Minggu Contoh", kind=Holiday.Kind.LOCAL)
    with time_machine.travel(dt.datetime(2026, 12, 21, 9, tzinfo=WIB), tick=False):
        days = [" ".join(day.get_text(" ", strip=True).split()) for day in page(client).select(".days-off li")]
    assert len(days) == 5
    assert days[0] == "Selasa, 22 Desember 2026 Hari Contoh"
    assert days[1].startswith("Kamis, 24 Desember 2026")
    assert not [day for day in days if "Minggu Contoh" in day]


def test_a_message_becomes_a_ticket(contact, message_form, client):
    with time_machine.travel(time.time() - 60, tick=True):
        fields = open_form(client, CONTACT)
        action = page(client).select_one("main form")["action"]
    sent = {**fields, "nama_lengkap": "Bapak Contoh", "pesan": "Jam loket berapa?"}
    response = client.post(action, sent, follow=True)
    ticket = Submission.objects.get()
    assert ticket.form == message_form
    assert ticket.reference in response.content.decode()
    assert ticket.reference.startswith("PESAN-")


def test_errors_come_back_on_the_page_of_the_form_with_everything_typed(contact, message_form, client):
    fields = open_form(client, CONTACT)
    response = client.post("/contact/pesan/?kirim", {**fields, "nama_lengkap": "Bapak Contoh"})
    assert response.status_code == 422
    assert "Pesan belum diisi." in response.content.decode()
    assert open_form_value(response, "nama_lengkap") == "Bapak Contoh"


def open_form_value(response, name: str) -> str:
    return BeautifulSoup(response.content, "html.parser").select_one(f"[name={name}]")["value"]


def test_each_visitor_gets_a_token_of_his_own_and_no_cache_keeps_it(contact, message_form, client):
    assert open_form(client, CONTACT)["kunci_formulir"] != open_form(client, CONTACT)["kunci_formulir"]
    response = client.get(CONTACT)
    assert response.headers["Cache-Control"] == "no-cache, private"
    assert not response.cookies


def test_a_closed_or_missing_form_leaves_the_page_whole(contact, client):
    assert page(client).select("main form") == []
    assert page(client).select_one("main .contact-cards")


def test_a_closed_form_is_not_offered(contact, message_form, client):
    message_form.closes_at = timezone.now() - dt.timedelta(hours=1)
    message_form.save_revision().publish()
    assert page(client).select("main form") == []


def test_it_is_not_among_the_services_of_kalindri(contact, message_form, client):
    assert "Tulis pesan" not in client.get("/kalindri/").content.decode()
