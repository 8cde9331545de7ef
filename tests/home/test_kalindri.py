"""The dashboard of the clinic as the page behind the Instagram link, and the channel that travels with a visit."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from siptenan.common.dates import WIB
from siptenan.common.models import OfficeSettings
from tests.factories import make_form, open_form

pytestmark = pytest.mark.django_db
KALINDRI = "/kalindri/"


def page(client: Client, url: str = KALINDRI) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23 10:00", "Buka sampai 16.30 WIB"),
        ("2026-11-27 10:00", "Buka sampai 14.30 WIB"),
        ("2026-11-23 06:00", "Tutup. Buka lagi hari ini 07.30 WIB"),
        ("2026-11-21 10:00", "Tutup. Buka lagi Senin 07.30 WIB"),
        ("2026-12-24 10:00", "Tutup. Buka lagi Senin 07.30 WIB"),  # cuti bersama, Natal, weekend
    ],
)
def test_it_says_whether_the_office_is_open_now(site, client, at, words):
    """X4."""
    with time_machine.travel(dt.datetime.fromisoformat(at).replace(tzinfo=WIB), tick=False):
        assert page(client).select_one(".opening").get_text(strip=True) == words


def test_a_closed_form_is_not_shown_like_an_open_one(site, client):
    make_form("pelatihan", title="Pelatihan", ticket_prefix="LATIH", closes_at=timezone.now() - dt.timedelta(hours=1))
    choices = {choice.select_one(".choice-label").text: choice.text for choice in page(client).select(".choice")}
    assert "Sedang ditutup" in choices["Pelatihan"]
    assert "Sedang ditutup" not in choices["Form Konsultasi HAKI"]


def test_whatsapp_and_instagram_are_shown_when_the_office_has_them(site, client):
    OfficeSettings.objects.update_or_create(pk=1, defaults={"whatsapp": "+6281200000000", "instagram_url": ""})
    OfficeSettings.load().save()
    links = [link["href"] for link in page(client).select("main .actions a")]
    assert "https://wa.me/6281200000000" in links
    assert not [link for link in links if "instagram" in link]


def test_the_short_address_stands_there_and_leads_back(site, client, settings):
    settings.BASE_URL = "https://siptenan.example.id"
    soup = page(client)
    assert soup.select_one(".short-address").text == "siptenan.example.id/k"
    assert soup.select_one(".qr svg")
    assert client.get("/k?ch=qr-pameran").headers["Location"] == "/kalindri/?ch=qr-pameran"


def test_the_channel_survives_three_clicks_through_the_menu_to_the_ticket(site, client):
    """F7, X5: home, then KALINDRI in the menu, then the form; no cookie anywhere."""
    home = page(client, "/?ch=ig")
    menu = home.select_one("nav a[href^='/kalindri/']")["href"]
    assert menu == "/kalindri/?ch=ig"
    button = page(client, menu).select_one("a.choice")["href"]
    form = page(client, button)
    assert not client.cookies
    again = form.select_one("nav a[href^='/kalindri/']")["href"]
    assert open_form(client, page(client, again).select_one("a.choice")["href"])["ch"] == "ig"


def test_a_channel_is_carried_as_text_only(site, client):
    links = [link["href"] for link in page(client, '/kalindri/?ch="><b>x').select("a.choice")]
    assert links == ["/kalindri/konsultasi-haki/?ch=%22%3E%3Cb%3Ex"]


def test_without_a_channel_links_stay_clean(site, client):
    assert not [link["href"] for link in page(client).select("a[href]") if "ch=" in link["href"]]


def test_many_forms_cost_no_more_queries(site, client):
    make_form("form-0", title="Form 0", ticket_prefix="COBA")
    few = queries_of(client)
    for number in range(1, 15):
        make_form(f"form-{number}", title=f"Form {number}", ticket_prefix="COBA")
    assert queries_of(client) == few <= 10
    assert len(page(client).select("a.choice")) == 16


def queries_of(client: Client) -> int:
    """How many queries the page takes once the process has seen it."""
    client.get(KALINDRI)
    with CaptureQueriesContext(connection) as queries:
        client.get(KALINDRI)
    return len(queries)
