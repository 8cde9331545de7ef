"""Regulations and what rests on them lead to each other: services, info and FAQ, products; only what is public (Y4)."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from forms.models import FormPage
from gallery.enums import CertificateKind
from gallery.models import Business, Certificate, GalleryIndexPage, Product
from home.models import HomePage, KalindriPage
from regulasi.models import RegulationIndexPage, RegulationPage, RegulationUse
from siptenan.common import generation
from tests.factories import (
    make_business,
    make_info,
    make_info_index,
    make_product,
    make_regulation,
    make_regulation_index,
    publish,
)

pytestmark = pytest.mark.django_db
USED, BASIS = "Dipakai pada layanan ini", "Dasar hukum"
LAW = "/regulasi/uu-20-2016/"


@pytest.fixture(autouse=True)
def home(site) -> HomePage:
    make_info_index(site)
    make_regulation_index(site)
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    return site


@pytest.fixture
def faq() -> Page:
    questions = [{"question": "Apa itu merek?", "answer": "<p>Tanda pembeda.</p>"}]
    return make_info("Tanya jawab merek", body=[("faq", {"heading": "", "questions": questions})])


def resting(*pages: Page, live: bool = True) -> RegulationPage:
    """UU 20/2016, on which these pages rest."""
    law = make_regulation("uu", "20", 2016, "Merek", live=False)
    law.uses = [RegulationUse(page=page, sort_order=number) for number, page in enumerate(pages)]
    revision = law.save_revision()
    if live:
        revision.publish()
    return RegulationPage.objects.get(pk=law.pk)


def chips(client: Client, url: str, heading: str) -> dict[str, str]:
    """The chips below a heading of a page: their words, and where they lead."""
    response = client.get(url)
    assert response.status_code == 200, url
    found = BeautifulSoup(response.content, "html.parser").main.find("h2", string=heading)
    listed = found.find_next_sibling("ul") if isinstance(found, Tag) else None
    return {link.text: link["href"] for link in listed.select("a")} if listed else {}


def basis_of(client: Client, url: str) -> list[str]:
    """Where the certificates of a product or business lead."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return [link["href"] for link in page.select(".certificates a")]


def test_services_the_dashboard_info_and_faq_name_it_and_it_names_them(faq, client):
    pages = [KalindriPage.objects.get(), FormPage.objects.get(slug="konsultasi-haki"), make_info("Panduan"), faq]
    law = resting(*pages)
    assert law.get_url() == LAW
    assert chips(client, LAW, USED) == {page.title: page.get_url() for page in pages}
    for page in pages:
        assert chips(client, page.get_url(), BASIS) == {"UU 20/2016": LAW}, page.title
    assert chips(client, make_info("Lain").get_url(), BASIS) == {}


def test_machines_are_told_the_regulations_of_a_service(client):
    form = FormPage.objects.get(slug="konsultasi-haki")

    def terms() -> list[str] | None:
        page = BeautifulSoup(client.get(form.get_url()).content, "html.parser")
        graph = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"]
        return next(thing for thing in graph if thing["@type"] == "GovernmentService").get("termsOfService")

    assert terms() is None
    law = resting(form)
    assert terms() == [f"http://testserver{LAW}"]
    law.unpublish()
    assert terms() is None


def test_a_draft_is_named_by_nobody(faq, client):
    form = FormPage.objects.get(slug="konsultasi-haki")
    law = resting(faq, form, live=False)
    for page in (faq, form):
        assert chips(client, page.get_url(), BASIS) == {}
        assert law.short_name not in client.get(page.get_url()).content.decode()
    law.get_latest_revision().publish()
    assert chips(client, faq.get_url(), BASIS) == {"UU 20/2016": LAW}
    RegulationPage.objects.get(pk=law.pk).unpublish()
    assert chips(client, faq.get_url(), BASIS) == {}


def test_it_names_no_page_that_is_not_public(faq, client):
    info = make_info("Panduan")
    resting(faq, info)
    PageViewRestriction.objects.create(page=info, restriction_type="login")
    assert set(chips(client, LAW, USED)) == {faq.title}
    faq.unpublish()
    assert chips(client, LAW, USED) == {}


def test_one_for_staff_only_is_named_by_nobody(faq, client):
    law = resting(faq)
    PageViewRestriction.objects.create(page=law, restriction_type="login")
    assert chips(client, faq.get_url(), BASIS) == {}


def test_none_is_named_while_the_list_is_hidden(faq, client):
    resting(faq)
    RegulationIndexPage.objects.get().unpublish()
    assert chips(client, faq.get_url(), BASIS) == {}


class TestProducts:
    @pytest.fixture
    def business(self) -> Business:
        business = make_business()
        for number, kind in enumerate(CertificateKind):
            Certificate.objects.create(business=business, kind=kind, sort_order=number)
        make_product(business)
        return business

    @pytest.fixture
    def urls(self, business) -> list[str]:
        product = Product.objects.get()
        return [f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/"]

    def test_a_certificate_leads_to_its_law_and_the_law_to_such_products(self, urls, client):
        resting()
        for url in urls:
            assert basis_of(client, url) == [LAW]
        assert chips(client, LAW, USED) == {"Produk IKM: Merek terdaftar": "/gallery-ikm/?sertifikat=merek"}
        make_regulation("uu", "33", 2014, "Jaminan Produk Halal")
        for url in urls:
            assert basis_of(client, url) == [LAW, "/regulasi/uu-33-2014/"]
        used = chips(client, "/regulasi/uu-33-2014/", USED)
        found = BeautifulSoup(client.get(used["Produk IKM: Halal"]).content, "html.parser")
        assert found.find("a", string=Product.objects.get().name)

    def test_a_draft_is_named_on_neither_side(self, urls, client):
        law = resting(live=False)
        for url in urls:
            assert basis_of(client, url) == []
            assert law.short_name not in client.get(url).content.decode()
        assert client.get(LAW).status_code == 404
        law.save_revision().publish()
        assert basis_of(client, urls[0]) == [LAW]
        RegulationPage.objects.get(pk=law.pk).unpublish()
        assert basis_of(client, urls[0]) == []

    def test_no_products_are_promised_where_there_are_none(self, business, client):
        resting()
        assert chips(client, LAW, USED)
        business.unpublish()
        assert chips(client, LAW, USED) == {}

    def test_what_it_costs(self, urls, client):
        def queries() -> list[int]:
            counts = []
            for url in (*urls, "/gallery-ikm/"):
                client.get(url)
                with CaptureQueriesContext(connection) as captured:
                    client.get(url)
                counts.append(len(captured))
            return counts

        before = queries()
        resting()
        generation.forget()
        assert queries() == before
