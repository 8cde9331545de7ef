"""The monthly text for owners: reached from the lists of officers, opened in WhatsApp by one press."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from gallery import interest_report
from gallery.models import Business, DailyInterest, GalleryIndexPage, Product
from siptenan.accounts import roles
from tests.factories import make_business, make_gallery_form, make_product, make_staff, publish
from tests.forms.officers import queries, signed_in
from tests.gallery.registering import approve, register_with_photo

pytestmark = pytest.mark.django_db
LIST = "/cms/gallery/minat/"


@pytest.fixture
def form(site):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def be_seen(product: Product, views: int, whatsapp: int = 0, *, months_ago: int = 1, day: int = 5) -> None:
    month = interest_report.last_month()
    for _ in range(months_ago - 1):
        month = (month - dt.timedelta(days=1)).replace(day=1)
    if months_ago == 0:
        month = (month + dt.timedelta(days=32)).replace(day=1)
    DailyInterest.objects.create(product=product, day=month.replace(day=day), views=views, whatsapp=whatsapp)


def be_public_since(business: Business, *, months_ago: int) -> None:
    """Let a business have become public in the middle of a month."""
    since = timezone.localtime().replace(day=15)
    for _ in range(months_ago):
        since = since.replace(day=1) - dt.timedelta(days=1)
    Business.objects.filter(pk=business.pk).update(first_published_at=since)


def test_the_list_has_who_was_seen_last_month_each_with_the_text_in_one_press(form, clerk):
    seen = make_business("Batik Contoh Dilihat")
    kain, sarung = make_product(seen, "Kain Contoh"), make_product(seen, "Sarung Contoh")
    be_seen(kain, 7, 2)
    be_seen(kain, 3, day=6)
    be_seen(sarung, 4, 1)
    be_seen(make_product(make_business("Batik Contoh Lama", record={"nik": ""})), 50, months_ago=2)
    be_seen(make_product(make_business("Batik Contoh Baru", record={"nik": ""})), 50, months_ago=0)
    hidden = make_business("Batik Contoh Sembunyi", record={"nik": ""})
    be_seen(make_product(hidden), 9)
    hidden.unpublish()
    rows = soup(signed_in(clerk).get(LIST)).select("tbody tr")
    assert len(rows) == 1
    figures = [" ".join(cell.get_text(" ").split()) for cell in rows[0].select("td")[:2]]
    assert figures == ["Dilihat 14", "Menekan WhatsApp 3"]
    link = rows[0].select_one("a.button")["href"]
    assert link.startswith("https://wa.me/6281200000111?text=")
    month = interest_report.name_of(interest_report.last_month())
    assert parse_qs(urlsplit(link).query)["text"][0].splitlines() == [
        f"Laporan minat Batik Contoh Dilihat di Gallery IKM, {month}:",
        "Kain Contoh: dilihat 10 kali, 2 menekan WhatsApp",
        "Sarung Contoh: dilihat 4 kali, 1 menekan WhatsApp",
    ]


def test_who_gave_no_number_has_no_button(form, clerk):
    be_seen(make_product(make_business(record={"phone": ""})), 1)
    page = soup(signed_in(clerk).get(LIST))
    assert not page.select("tbody a.button")
    assert "tidak memberi nomor" in page.select_one("tbody").text


def test_an_empty_month_says_so(form, clerk):
    assert "Belum ada produk yang dilihat" in soup(signed_in(clerk).get(LIST)).select_one("main").text


def test_many_products_stay_a_message(form):
    business = make_business()
    for number in range(18):
        be_seen(make_product(business, f"Produk Contoh {number:02}"), 20 - number)
    lines = interest_report.text(business, interest_report.last_month()).splitlines()
    assert len(lines) == 1 + interest_report.MOST_LINES + 1
    assert lines[-1] == "3 produk lain: dilihat 12 kali, 0 menekan WhatsApp"


def test_the_screen_for_an_owner_is_reached_from_the_lists(form, clerk):
    ticket = register_with_photo(form)
    business = Business.objects.get(pk=approve(ticket, clerk).business_id)
    be_public_since(business, months_ago=1)
    client, wanted = signed_in(clerk), reverse("gallery-owner", args=[business.pk])
    for page in (
        reverse("wagtailsnippets_gallery_business:list"),
        reverse("gallery-record", args=[business.record.pk]),
        reverse("gallery-registration", args=[ticket.pk]),
    ):
        assert soup(client.get(page)).select_one(f'a[href="{wanted}"]'), page
    assert soup(client.get(wanted)).select_one("blockquote")
    assert LIST in client.get("/cms/").content.decode()


def test_the_list_asks_no_more_for_more_rows(form, clerk):
    client = signed_in(clerk)
    be_seen(make_product(make_business()), 3)
    queries(client, LIST)
    few = queries(client, LIST)
    for number in range(6):
        business = make_business(f"Batik Contoh {number}", record={"nik": ""})
        for other in range(2):
            be_seen(make_product(business, f"Kain {number} {other}"), 3)
    queries(client, LIST)  # what is remembered of the site was forgotten with each business
    assert queries(client, LIST) == few


def test_who_is_of_another_service_is_turned_away(form, officer):
    assert signed_in(officer).get(LIST)["Location"] == "/cms/"


def test_a_month_without_interest_is_named(form):
    month = interest_report.last_month()
    text = interest_report.text(make_business(), month)
    assert interest_report.name_of(month) in text
    assert "bulan ini" not in text


@pytest.mark.parametrize(("months_ago", "is_offered"), [(0, False), (1, True), (2, True)])
def test_a_month_before_the_approval_is_not_offered(form, clerk, months_ago, is_offered):
    business = make_business()
    be_public_since(business, months_ago=months_ago)
    page = soup(signed_in(clerk).get(reverse("gallery-owner", args=[business.pk])))
    month = interest_report.name_of(interest_report.last_month())
    assert bool(page.select_one("blockquote")) is is_offered
    assert f"Laporan minat {month}" in [head.text for head in page.select("main h2")]
    assert ("belum tampil" in page.select_one("main").text) is not is_offered


def test_what_was_looked_at_was_shown(form, clerk):
    """A business of the list of a month has its report, whatever its dates of publication say."""
    business = make_business()
    be_seen(make_product(business), 3)
    be_public_since(business, months_ago=0)
    assert soup(signed_in(clerk).get(reverse("gallery-owner", args=[business.pk]))).select_one("blockquote")
