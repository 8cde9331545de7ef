"""What the 404 page offers instead."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import ContactPage, KalindriPage, StandardPage
from siptenan.common import suggestions
from tests.factories import make_form, publish, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(site):
    """A few pages with names that people mistype."""
    make_form("konsultasi-siinas", title="Form Konsultasi SIINas", ticket_prefix="SIINAS")
    publish(site, ContactPage(title="Contact", slug="contact"))
    for title, slug in (("Kebijakan privasi", "privasi"), ("Standar pelayanan", "standar-pelayanan")):
        publish(site, StandardPage(title=title, slug=slug, body=text("<p>Isi.</p>")))
    return site


def offered(client: Client, url: str) -> list[str]:
    """The addresses that the page guesses; always below its own heading."""
    response = client.get(url)
    assert response.status_code == 404
    soup = BeautifulSoup(response.content, "html.parser")
    heading = soup.find("h2", string="Mungkin ini yang Anda cari")
    return [link["href"] for link in heading.find_next("ul").find_all("a")] if heading else []


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("/kalindri/konsultasi-hki/", "/kalindri/konsultasi-haki/"),
        ("/konsultasi-siinas/", "/kalindri/konsultasi-siinas/"),
        ("/kontak/", "/contact/"),
        ("/CONTACT/", "/contact/"),
        ("/contact.html", "/contact/"),
        ("/kebijakan-privasi/", "/privasi/"),
        ("/privacy/", "/privasi/"),
        ("/layanan/standar_pelayanan.php", "/standar-pelayanan/"),
        ("/kalindri/tidak-pernah-ada/", "/kalindri/"),
    ],
)
def test_the_page_that_was_meant_comes_first(pages, client, wrong, meant):
    found = offered(client, wrong)
    assert found[0] == meant
    assert len(found) <= 3


@pytest.mark.parametrize("path", ["/wp-login.php", "/xyzzy/", "/%F0%9F%99%82/", "/....//", "/static/x.css"])
def test_nothing_is_offered_for_what_is_like_nothing(pages, client, path):
    assert offered(client, path) == []


def test_drafts_and_private_pages_are_not_offered(pages, client):
    StandardPage.objects.get(slug="privasi").unpublish()
    PageViewRestriction.objects.create(page=KalindriPage.objects.get(), restriction_type="login")
    assert offered(client, "/kebijakan-privasi/") == []
    assert offered(client, "/kalindri/konsultasi-hki/") == []


def test_a_new_page_is_offered_at_once(pages, client):
    assert offered(client, "/pengaduan-online/") == []
    publish(pages, StandardPage(title="Pengaduan", slug="pengaduan", body=text("<p>Isi.</p>")))
    assert offered(client, "/pengaduan-anda/") == ["/pengaduan/"]


def test_the_ways_on_are_always_there(site, client):
    soup = BeautifulSoup(client.get("/xyzzy/").content, "html.parser")
    links = [link["href"] for link in soup.select("main a")]
    assert {"/", "/kalindri/", "/kalindri/lacak/"} <= set(links)
    assert len(soup.find_all("h1")) == 1


def test_long_addresses_of_strangers_take_no_time(pages, monkeypatch):
    known = suggestions.public_pages()
    monkeypatch.setattr(suggestions, "public_pages", lambda: known * 60)
    started = time.process_time()
    suggestions.for_path("/" + "konsultasi-" * 500 + "/" + "a/" * 500 + "konsultasi-siinas-dan-haki/")
    assert time.process_time() - started < 0.5
