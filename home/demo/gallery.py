"""Loads the Gallery IKM of the demo: businesses with their products, and two registrations that wait to be verified."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from forms import field_types, services, uploads
from forms.models import FormPage
from forms.references import FormToken
from forms.upload_limits import Limits
from gallery import aggregates, interest, quarterly
from gallery.models import (
    Business,
    BusinessRecord,
    Certificate,
    DailyInterest,
    Material,
    Product,
    ProductPhoto,
    QuarterlyReport,
)
from gallery.publishing import free_slug
from gallery.quarters import Quarter
from home.demo import photos
from home.demo.businesses import BusinessRow, ProductRow
from home.demo.businesses_batik import BATIK
from home.demo.businesses_crafts import CRAFTS
from home.demo.businesses_food import FOOD
from home.demo.product_pictures import draw
from home.demo.registrations import REGISTRATIONS, RegistrationRow
from siptenan.common.models import Commodity, Kelurahan, SiteImage, Unit

BUSINESSES: tuple[BusinessRow, ...] = (*BATIK, *CRAFTS, *FOOD)
FORM = "gallery-ikm"
DAYS_BETWEEN = 16  # two products of a business; in between come those of the others, so that the newest are a mixture
DAYS_SEEN = 14  # of invented interest


def load() -> None:
    """Add what there is to see in the catalogue and in the queue of the officers."""
    load_catalogue()
    for row in REGISTRATIONS:
        _register(row)


def load_catalogue() -> None:
    """Publish the businesses with their products, as if each had come on a day of its own."""
    taken = photos.take(
        (spec, spec == product.pictures[0])
        for row in BUSINESSES
        for product in row.products
        for spec in product.pictures
    )
    tables = _Tables()
    now = timezone.now()
    for number, row in enumerate(BUSINESSES):
        days = [dt.timedelta(days=1 + number + DAYS_BETWEEN * order) for order in range(len(row.products))]
        images = [_images(product, taken) for product in row.products]
        business = _business(row, tables, images[0][0], now - days[-1])
        business.save_revision().publish()
        for order, product_row in enumerate(row.products):
            product = _product(business, product_row, tables, images[order], now - days[order])
            product.save_revision().publish()
    _be_seen(now.date())
    _report_a_quarter()
    aggregates.freeze()


class _Tables:
    """The reference tables by the words that the rows use."""

    def __init__(self) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.commodities = {commodity.name: commodity for commodity in Commodity.objects.all()}
        self.kelurahan = {kelurahan.code: kelurahan for kelurahan in Kelurahan.objects.all()}


def _images(row: ProductRow, taken: Iterator[photos.Taken]) -> list[SiteImage]:
    return [photos.add_to_library(next(taken), f"{row.name}, foto {place + 1}") for place in range(len(row.pictures))]


def _business(row: BusinessRow, tables: _Tables, image: SiteImage, joined: dt.datetime) -> Business:
    business = Business(
        name=row.name,
        slug=free_slug(Business, row.name),
        kelurahan=tables.kelurahan[row.kelurahan],
        commodity=tables.commodities[row.commodity],
        story=row.story,
        contact_name=row.owner if row.shows_name else "",
        whatsapp=row.phone if row.shows_whatsapp else "",
        image=image,
        created_at=joined,
        first_published_at=joined,
        verified_at=joined,  # as if it had come as a registration
        live=False,
    )
    business.certificates = [
        Certificate(
            kind=certificate.kind,
            number=certificate.number,
            valid_until=None if certificate.years is None else _in_years(joined.date(), certificate.years),
            sort_order=order,
        )
        for order, certificate in enumerate(row.certificates)
    ]
    business.save()
    record = BusinessRecord.objects.create(
        business=business,
        owner_name=row.owner,
        nik=row.nik,
        gender=row.gender,
        phone=row.phone,
        address=row.address,
        agrees_name=row.shows_name,
        agrees_whatsapp=row.shows_whatsapp,
        founded_year=row.founded,
        initial_capital=row.capital,
        investment=row.investment,
        workers_male=row.workers_male,
        workers_female=row.workers_female,
        makes=row.makes,
        monthly_revenue=row.revenue,
        capacity=row.capacity,
        capacity_unit=tables.units[row.capacity_unit],
    )
    Material.objects.bulk_create(
        Material(
            record=record,
            kind=material.kind,
            name=material.name,
            value=material.value,
            quantity=material.quantity,
            unit=tables.units[material.unit] if material.unit else None,
        )
        for material in row.materials
    )
    return business


def _in_years(day: dt.date, years: int) -> dt.date:
    return dt.date(day.year + years, day.month, min(day.day, 28))


def _product(business: Business, row: ProductRow, tables: _Tables, images: list[SiteImage], at: dt.datetime) -> Product:
    product = Product(
        business=business,
        name=row.name,
        slug=free_slug(Product, row.name),
        commodity=tables.commodities[row.commodity],
        price=row.price,
        unit=tables.units[row.unit],
        description=row.description,
        stock=row.stock,
        created_at=at,
        confirmed_at=at,
        first_published_at=at,
        live=False,
    )
    product.photos = [ProductPhoto(image=image, sort_order=order) for order, image in enumerate(images)]
    product.save()
    return product


def _be_seen(today: dt.date) -> None:
    """Let every product have been looked at, some more than others, so that "most seen" has an order."""
    DailyInterest.objects.bulk_create(
        DailyInterest(
            product=product,
            day=today - dt.timedelta(days=days),
            views=2 + (number * 7 + days * 3) % 23,
            whatsapp=(number + days) % 3,
        )
        for number, product in enumerate(Product.objects.order_by("pk"))
        for days in range(1, DAYS_SEEN + 1)
    )
    interest.sum_views()


def _report_a_quarter() -> None:
    """Let officers have asked most of what SIINas wants besides, and have the last quarter to compare with."""
    quarter = Quarter.now().before
    records = BusinessRecord.objects.select_related("capacity_unit").prefetch_related("materials__unit").order_by("pk")
    for number, record in enumerate(records):
        capacity, investment = record.capacity or 0, record.investment or 0
        asked = {
            "installed_capacity": capacity * 15,
            "production": capacity * 3 - number,
            "land_and_building": investment * 2,
            "water_m3": 8 + number % 5,
            "electricity_kwh": 180 + 15 * number,
        }
        record.siinas = {key: str(value) for key, value in asked.items()}
        QuarterlyReport.objects.create(
            record=record,
            year=quarter.year,
            quarter=quarter.number,
            data=quarterly.figures_of(record),
            made_at=quarter.ends_at,
        )
        asked |= {"production": capacity * 2 + number, "electricity_kwh": 180 + 16 * number}
        if number % 2:
            del asked["production"]  # not told yet
        record.siinas = {key: str(value) for key, value in asked.items()}
        record.save(update_fields=["siinas"])


def _register(row: RegistrationRow) -> None:
    """Send a registration as its owner would, through the public form's own services."""
    form = FormPage.objects.get(slug=FORM)
    asked = {question.key: question for question in form.questions()}
    token = FormToken(secrets.token_urlsafe(16), form.pk, time.time())
    buffer = BytesIO()
    draw(row.picture).save(buffer, "JPEG", quality=88)
    photo = asked["foto_produk"]
    upload = uploads.store(token, form, photo.key, ContentFile(buffer.getvalue(), "foto.jpg"), Limits.of(photo))
    value, unit = row.capacity
    answers: dict[str, Any] = {
        **row.answers,
        "nik": field_types.get("nik").to_answer(row.nik),
        "kelurahan": field_types.get("kelurahan").to_answer(row.kelurahan),
        "kapasitas_produksi_bulan": {"value": str(value), "unit": unit, "unit_name": Unit.objects.get(code=unit).name},
        photo.key: [str(upload.pk)],
        **{
            question.key: field_types.get(question.type).example(question)
            for question in asked.values()
            if field_types.get(question.type).is_consent
        },
    }
    services.submit(
        form,
        tuple(asked.values()),
        {key: answers.get(key, "") for key in asked},
        token,
        channel=row.channel,
        at=timezone.now() - dt.timedelta(days=row.days_ago, hours=1),
    )
