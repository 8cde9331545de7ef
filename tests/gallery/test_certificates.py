"""Certificates in the catalogue: found, counted and left out by the calendar."""

from __future__ import annotations

import datetime as dt
import time
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.http import QueryDict
from django.utils import timezone

from gallery import publishing
from gallery.catalogue import index, listing
from gallery.enums import CertificateKind
from gallery.models import Business, CatalogueEntry, Certificate, GalleryIndexPage, Product
from siptenan.common import generation
from tests.factories import make_business, make_product, publish
from tests.gallery.browsing import URL, counts, names, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(site) -> GalleryIndexPage:
    return publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))


def test_a_certificate_is_in_the_facet_until_its_last_day(client):
    business, today = make_business(), timezone.localdate()
    halal = Certificate.objects.create(business=business, kind="halal", valid_until=today + dt.timedelta(days=1))
    Certificate.objects.create(business=business, kind="merek")
    business.save_revision().publish()
    product = make_product(business)
    for days, expected in ((0, {"halal": 1, "merek": 1}), (1, {"halal": 1, "merek": 1}), (2, {"merek": 1})):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            assert counts(page(client), "sertifikat") == expected, days
            assert listing.listing(QueryDict("sertifikat=halal")).total == (1 if days < 2 else 0)
    index.forget()
    with time_machine.travel(timezone.now() + dt.timedelta(days=9)):
        assert counts(page(client), "sertifikat") == {"merek": 1}, "also in a process that begins then"
        assert b"sudah habis" in client.get(f"{URL}{product.slug}/").content
        halal.valid_until = timezone.localdate() + dt.timedelta(days=365)
        halal.save()
        Business.objects.get().save_revision().publish()
        assert counts(page(client), "sertifikat") == {"halal": 1, "merek": 1}, "renewed"
        product.refresh_from_db()
        product.unpublish()
    with time_machine.travel(timezone.now() + dt.timedelta(days=800)):
        assert counts(page(client), "sertifikat") == {}


@pytest.mark.parametrize(
    ("days", "expected"),
    [((None, 5), None), ((5, None), None), ((5, 9), 9), ((9, 5), 9), ((-1, 3), 3)],
)
def test_of_two_certificates_of_a_kind_the_longer_counts(days, expected):
    business, today = make_business(), timezone.localdate()
    until = [None if day is None else today + dt.timedelta(days=day) for day in (*days, expected)]
    for day in until[:2]:
        Certificate.objects.create(business=business, kind="halal", valid_until=day)
    assert publishing.last_days(business, "kind") == {"halal": until[2] and until[2].isoformat()}


@pytest.fixture
def certified() -> None:
    """A cake, halal until tomorrow, with a PIRT without end; a cloth with a trademark; one that only says halal."""
    cake, cloth = make_business("Kue Contoh"), make_business("Kain Contoh")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for business, kind, number, until in (
        (cake, CertificateKind.HALAL, "ID-CONTOH-0110", tomorrow),
        (cake, CertificateKind.PIRT, "P-IRT CONTOH 0110", None),
        (cake, CertificateKind.SNI, "SNI-CONTOH-7", tomorrow - dt.timedelta(days=2)),
        (cloth, CertificateKind.TRADEMARK, "IDM-CONTOH-000101", None),
        (cloth, CertificateKind.SNI, "", None),
    ):
        Certificate.objects.create(business=business, kind=kind, number=number, valid_until=until)
    for business in (cake, cloth):
        business.save_revision().publish()
    make_product(cake, "Bolu")
    make_product(cloth, "Sarung")
    make_product(make_business("Lain"), "Keripik", description="Pasti halal.")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("halal", {"Bolu", "Keripik"}),
        ("sertifikat halal", {"Bolu"}),
        ("hallal", {"Bolu", "Keripik"}),
        ("PIRT", {"Bolu"}),
        ("P-IRT", {"Bolu"}),
        ("bolu halal", {"Bolu"}),
        ("merek terdaftar", {"Sarung"}),
        ("sni", {"Sarung"}),
        ("SNI-CONTOH-7", set()),
        ("IDM-CONTOH-000101", {"Sarung"}),
        ("idmcontoh000101", {"Sarung"}),
        ("000101", {"Sarung"}),
        ("ID-CONTOH-0110", {"Bolu"}),
    ],
)
def test_a_product_is_found_by_the_certificates_that_hold(certified, client, query, found):
    assert set(names(page(client, q=query))) == found


def test_a_certificate_is_found_until_its_last_day(certified, client):
    """What else has the word is found after it, too: the same number of another certificate, or a text."""
    for days, halal, number in (
        (0, {"Bolu", "Keripik"}, {"Bolu"}),
        (1, {"Bolu", "Keripik"}, {"Bolu"}),
        (2, {"Keripik"}, set()),
    ):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            assert set(names(page(client, q="halal"))) == halal, days
            assert set(names(page(client, q="ID-CONTOH-0110"))) == number, days
            assert set(names(page(client, q="0110"))) == {"Bolu"}, days
    index.forget()
    with time_machine.travel(timezone.now() + dt.timedelta(days=9)):
        assert set(names(page(client, q="halal"))) == {"Keripik"}, "also in a process that begins then"
        business = Business.objects.get(name="Kue Contoh")
        business.certificates.filter(kind=CertificateKind.HALAL).update(valid_until=None)
        Business.objects.get(pk=business.pk).save_revision().publish()
        assert set(names(page(client, q="ID-CONTOH-0110"))) == {"Bolu"}, "renewed"
        Product.objects.get(name="Bolu").unpublish()
        assert names(page(client, q="PIRT")) == []


def test_rows_of_before_learn_the_numbers_of_certificates(certified, client):
    expected = dict(CatalogueEntry.objects.values_list("name", "certificate_numbers"))
    assert expected["Sarung"] == {"IDM-CONTOH-000101": None}
    assert len(expected["Bolu"]) == 3
    names(page(client, q="IDM-CONTOH-000101"))
    CatalogueEntry.objects.update(certificate_numbers={}, version=time.time_ns())
    generation.bump()
    assert names(page(client, q="IDM-CONTOH-000101")) == []
    import_module("gallery.migrations.0010_certificate_numbers").note_numbers(apps, None)
    assert dict(CatalogueEntry.objects.values_list("name", "certificate_numbers")) == expected
    generation.bump()
    assert names(page(client, q="IDM-CONTOH-000101")) == ["Sarung"]
