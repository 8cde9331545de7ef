"""Fill the catalogue with invented products by the thousand, to measure it and to see how it looks full."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from gallery import pictures, publishing
from gallery.enums import CertificateKind, Stock
from gallery.models import Business, CatalogueEntry, Certificate, FormerAddress, Product, ProductPhoto, ShownImage
from siptenan.common import drawing
from siptenan.common.models import Commodity, Kelurahan, SiteImage, Unit

PREFIX = "uji-"  # of every address that this command makes
SEED = 2026
BATCH = 2_000
PER_BUSINESS = 8
PICTURES = 12
PICTURE_SIZE = (1200, 900)
COLOURS = ("#7a4a21", "#1b2f66", "#1b6b3a", "#8e0f16", "#8a5200", "#3a3632")
OWNERS = ("Sekar", "Melati", "Kencana", "Mulya", "Rahayu", "Jaya", "Barokah", "Lestari", "Sinar", "Pesisir", "Abadi")
QUALITIES = ("halus", "klasik", "modern", "premium", "harian", "keluarga", "asli", "khas", "pilihan", "lembut", "kuat")
COLOUR_NAMES = ("merah", "biru", "cokelat", "hijau", "kuning", "hitam", "putih", "ungu", "sogan", "abu")
PRICES = (2_500, 8_000, 15_000, 27_500, 60_000, 125_000, 180_000, 350_000, 900_000, 2_250_000)


class Command(BaseCommand):
    """Makes businesses, products and what the catalogue reads of them; a second run makes more."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, help="how many products")
        parser.add_argument("--pictures", type=int, default=PICTURES, help="different pictures, drawn in all sizes")
        parser.add_argument("--yes", action="store_true", help="also beside real products")

    def handle(self, *, count: int, **options: Any) -> None:
        real = Product.objects.exclude(slug__startswith=PREFIX).count()
        if real and not options["yes"]:
            raise CommandError(f"This database holds {real} products that are not invented by me. Add --yes to go on.")
        chance = random.Random(SEED + Product.objects.count())  # noqa: S311 - nothing secret
        pictured = [(image, pictures.prepare_card(image)) for image in map(_image, range(options["pictures"]))]
        first = (Product.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        made = 0
        while made < count:
            batch = min(BATCH, count - made)
            with transaction.atomic():
                _make(first + made, batch, chance, pictured)
            made += batch
        publishing.bump()
        self.stdout.write(f"{made} products")


def _make(first: int, count: int, chance: random.Random, pictured: list[tuple[SiteImage, dict[str, Any]]]) -> None:
    commodities, units = list(Commodity.objects.all()), {unit.code: unit for unit in Unit.objects.all()}
    businesses = _businesses(first, max(count // PER_BUSINESS, 1), chance, commodities)
    now = timezone.now()
    products = Product.objects.bulk_create(
        _product(first + number, chance, chance.choice(businesses), units, now) for number in range(count)
    )
    photos = dict(zip((product.pk for product in products), itertools.cycle(pictured), strict=False))
    ProductPhoto.objects.bulk_create(
        ProductPhoto(product_id=pk, image=image, sort_order=0) for pk, (image, _) in photos.items()
    )
    ShownImage.objects.bulk_create(
        ShownImage(kind=FormerAddress.Kind.PRODUCT, owner_id=pk, image=image) for pk, (image, _) in photos.items()
    )
    stored = publishing.for_entry(Product.objects.filter(pk__in=[product.pk for product in products]))
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            product_id=product.pk,
            picture=photos[product.pk][1] if photos else {},
            views=chance.randrange(400),
            **publishing.entry_values(product),
        )
        for product in stored.prefetch_related("business__certificates")
    )
    FormerAddress.objects.bulk_create(
        FormerAddress(kind=FormerAddress.Kind.PRODUCT, slug=product.slug, target_id=product.pk) for product in products
    )


def _businesses(first: int, count: int, chance: random.Random, commodities: list[Commodity]) -> list[Business]:
    places = list(Kelurahan.objects.all())
    names = [f"Usaha Contoh {chance.choice(OWNERS)} {chance.choice(OWNERS)}" for _ in range(count)]
    made = Business.objects.bulk_create(
        Business(
            name=name,
            slug=f"{PREFIX}{slugify(name)}-{first + number}",
            kelurahan=chance.choice(places),
            commodity=chance.choice(commodities),
            live=True,
            story="Usaha yang tidak pernah ada, dibuat untuk mengukur katalog.",
        )
        for number, name in enumerate(names)
    )
    Certificate.objects.bulk_create(
        Certificate(business=business, kind=kind, sort_order=0)
        for business in made
        for kind in chance.sample(CertificateKind.values, chance.choice((0, 0, 1, 2)))
    )
    return made


def _product(
    number: int, chance: random.Random, business: Business, units: dict[str, Unit], now: dt.datetime
) -> Product:
    commodity: Any = business.commodity  # _businesses gives each one
    example = chance.choice((commodity.examples or commodity.name).split(",")).strip()
    name = f"{example.capitalize()} {chance.choice(QUALITIES)} {chance.choice(COLOUR_NAMES)}"
    unit = next((units[code] for code in commodity.units.split() if code in units), None)
    published = now - dt.timedelta(minutes=chance.randrange(500_000))
    return Product(
        business=business,
        name=name,
        slug=f"{PREFIX}{slugify(name)[:120]}-{number}",
        commodity=commodity,
        price=chance.choice((None, *PRICES)),
        unit=unit,
        stock=chance.choice(Stock.values),
        description=f"{example} {chance.choice(QUALITIES)}, warna {chance.choice(COLOUR_NAMES)}, buatan tangan.",
        live=True,
        first_published_at=published,
        last_published_at=published,
    )


def _image(number: int) -> SiteImage:
    content = ContentFile(_drawn(number), name="uji.png")
    return SiteImage.objects.create(title=f"Gambar uji {number + 1}", file=content, collection=pictures.collection())


def _drawn(number: int) -> bytes:
    """A cloth of rosettes in two colours, as PNG."""
    width, height = PICTURE_SIZE
    image, _ = drawing.canvas(width // drawing.SMOOTHING, height // drawing.SMOOTHING, COLOURS[number % len(COLOURS)])
    side = 150 + 30 * (number % 4)
    flower = drawing.rosette(side, drawing.CREAM, drawing.SOGAN_LIGHT)
    for left, top in _places(width, height, side):
        image.paste(flower, (left, top), flower)
    return drawing.png(image.convert("RGB"))


def _places(width: int, height: int, side: int) -> Iterator[tuple[int, int]]:
    for row, top in enumerate(range(-side // 2, height, side)):
        for left in range(-side // 2 * (row % 2), width, side):
            yield left, top
