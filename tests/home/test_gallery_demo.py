"""The Gallery IKM of the demo: enough of it, true to the city's tables, nobody real, and only once."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from forms.enums import Status
from forms.models import Submission, Upload
from gallery import aggregates, pictures, quarterly
from gallery.models import Business, BusinessRecord, CatalogueEntry, Product
from gallery.quarters import Quarter
from home.content_checks import long_sentences
from home.demo import forms, gallery, photos
from home.demo.product_pictures import SCENES, PictureSpec, draw
from home.demo.product_pictures.cloths import MOTIFS, cloth, tile
from home.demo.product_pictures.spec import PALETTES
from siptenan.common import nik
from siptenan.common.models import SiteImage
from tests.factories import make_gallery_form

PICTURES = [spec for row in gallery.BUSINESSES for product in row.products for spec in product.pictures]


def blank(spec: PictureSpec) -> Image.Image:
    """A picture that takes no time."""
    return Image.new("RGB", (400, 300), "#cccccc")


@pytest.fixture
def demo(site, monkeypatch) -> None:
    """The Gallery of the demo with blank pictures."""
    make_gallery_form()
    monkeypatch.setattr(photos, "draw", blank)
    monkeypatch.setattr(gallery, "draw", blank)
    gallery.load()


def forty_products_of_fifteen_businesses_are_public_each_with_photos() -> None:
    entries = CatalogueEntry.objects.filter(is_listed=True)
    assert entries.count() >= 40
    assert Business.objects.public().count() == 15
    assert {bool(entry.picture) for entry in entries} == {True}
    counts = Counter(len(pictures.photos_of(product)) for product in Product.objects.public())
    assert 0 not in counts
    assert sum(count for photos_, count in counts.items() if photos_ > 1) * 2 >= counts.total()


def sizes_are_what_publishing_would_have_made() -> None:
    """Nothing is left to make, and what the rows say of a file is true."""
    image = Product.objects.public().first().photos.first().image
    before = set(image.renditions.values_list("pk", flat=True))
    assert {row.pk for row in image.get_renditions(*pictures.OF_EVERY, *pictures.FIRST_ONLY).values()} == before
    for rendition in image.renditions.all():
        with rendition.file.open("rb") as file, Image.open(file) as picture:
            assert picture.size == (rendition.width, rendition.height)
            assert picture.format.lower() in rendition.filter_spec


def two_registrations_wait_one_of_them_of_a_known_owner() -> None:
    tickets = Submission.objects.filter(form__slug="gallery-ikm", status=Status.NEW)
    assert tickets.count() == 2
    records = BusinessRecord.objects.filter(submission__in=tickets)
    known = BusinessRecord.objects.filter(submission=None).values_list("nik_digest", flat=True)
    assert sorted(record.nik_digest in known for record in records) == [False, True]
    assert not any(record.business.live for record in records)
    assert Upload.objects.filter(submission__in=tickets).count() == 2
    assert {record.agrees_whatsapp for record in records} == {True}


def nobody_is_real() -> None:
    for record in BusinessRecord.objects.select_related("business"):
        number = nik.parse(record.nik, timezone.localdate())
        assert number.serial == "0000", record.business
        assert number.is_female == (record.gender == "P"), record.business
        assert "Contoh" in record.business.name
        assert "Contoh" in record.owner_name
        assert "Contoh" in record.address
        assert re.fullmatch(r"\+62812000001\d\d", record.phone)


def what_the_owner_did_not_agree_to_is_not_public() -> None:
    for record in BusinessRecord.objects.filter(business__live=True).select_related("business"):
        assert bool(record.business.contact_name) == record.agrees_name
        assert bool(record.business.whatsapp) == record.agrees_whatsapp


def it_is_spread_over_the_city_and_its_trades() -> None:
    businesses = Business.objects.public()
    assert len(set(businesses.values_list("kelurahan", flat=True))) >= 10
    trades = {*businesses.values_list("commodity", flat=True), *Product.objects.values_list("commodity", flat=True)}
    assert len(trades - {None}) >= 12
    assert set(Product.objects.public().values_list("stock", flat=True)) == {"tersedia", "pesan", "habis"}
    assert Product.objects.public().filter(price=None).exists()


def the_last_quarter_is_there_to_compare_with() -> None:
    reports = list(quarterly.reports(Quarter.now().before))
    assert len(reports) == 15
    lines = quarterly.compare(quarterly.figures_of(reports[1].record), reports[1].data)
    assert any(line.difference for line in lines)


def figures_of_the_industry_are_public() -> None:
    assert aggregates.latest().total.businesses == 15


def test_what_is_loaded(demo):
    """One load for all: it takes seconds."""
    forty_products_of_fifteen_businesses_are_public_each_with_photos()
    sizes_are_what_publishing_would_have_made()
    two_registrations_wait_one_of_them_of_a_known_owner()
    nobody_is_real()
    what_the_owner_did_not_agree_to_is_not_public()
    it_is_spread_over_the_city_and_its_trades()
    the_last_quarter_is_there_to_compare_with()
    figures_of_the_industry_are_public()


def test_loading_the_demo_again_adds_nothing(db, monkeypatch):
    monkeypatch.setattr(photos, "draw", blank)
    monkeypatch.setattr(gallery, "draw", blank)
    found = []
    for _ in range(2):
        call_command("load_demo", password="sandi-contoh-123", verbosity=0, stdout=StringIO())
        found.append([model.objects.count() for model in (Business, Product, SiteImage, Submission)])
    assert found[0] == found[1]
    assert found[0][1] >= 40


def test_no_text_is_used_twice_and_all_are_plain():
    products = [product for row in gallery.BUSINESSES for product in row.products]
    for texts in (
        [product.name for product in products],
        [product.description for product in products],
        [row.name for row in gallery.BUSINESSES],
        [row.story for row in gallery.BUSINESSES],
        [row.nik for row in gallery.BUSINESSES],
        [row.phone for row in gallery.BUSINESSES],
        PICTURES,
    ):
        assert [text for text, count in Counter(texts).items() if count > 1] == []
    sentences = [text for row in gallery.BUSINESSES for text in (row.story, *(p.description for p in row.products))]
    assert [found for text in sentences if (found := long_sentences(text))] == []
    assert {3 <= len(re.findall(r"[.](?:\s|$)", row.story)) <= 5 for row in gallery.BUSINESSES} == {True}


@pytest.mark.parametrize("kind", SCENES)
def test_every_kind_of_picture_is_drawn_whole(kind):
    spec = next((spec for spec in PICTURES if spec.kind == kind), None)
    assert spec is not None, "no product uses it"
    picture = draw(spec)
    assert (picture.size, picture.mode) == ((1200, 900), "RGB")
    assert len(picture.resize((60, 45)).getcolors(60 * 45)) > 200


@pytest.mark.parametrize("spec", PICTURES[:2] + PICTURES[-2:])
def test_a_picture_is_the_same_every_time(spec):
    once = draw(spec).tobytes()
    cloth.cache_clear()
    assert draw(spec).tobytes() == once


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_pattern_continues_over_its_edges(motif):
    """Laid side by side, the seam is no sharper than the pattern itself."""
    image = tile(motif, "indigo").convert("L")
    width, height = image.size
    columns = [image.crop((x, 0, x + 1, height)).tobytes() for x in range(width)]
    steps = [sum(abs(a - b) for a, b in zip(columns[x - 1], columns[x], strict=True)) for x in range(width)]
    seam = steps[0]  # the last column beside the first
    assert seam <= max(steps[1:]) * 1.05


def test_palettes_of_all_pictures_exist():
    assert {spec.palette for spec in PICTURES} <= set(PALETTES)


def test_a_card_stays_light():
    """60 KB at 400 px (GL5), for the busiest patterns."""
    for spec in (spec for spec in PICTURES if spec.kind in ("dekat", "gantung", "isi")):
        card = BytesIO()
        draw(spec).resize((400, 300), Image.Resampling.LANCZOS).save(card, "JPEG", quality=62)
        assert len(card.getvalue()) <= 60_000, spec


def test_each_form_says_what_happens_with_what_it_asks_for():
    """Only a question is answered; a registration is examined, and a report is no question."""
    words = {form["slug"]: form["what_happens_next"] for form in (*forms.FORMS, forms.CONTACT_FORM)}
    assert {slug for slug, text in words.items() if "pertanyaan Anda" in text} == {
        "konsultasi-haki", "konsultasi-siinas",
    }  # fmt: skip
    assert "memeriksa data dan foto" in words["gallery-ikm"]
    assert "Gallery IKM" in words["gallery-ikm"]
    assert "laporan" in words["pesan"]
