"""Businesses and products, all invented."""

from __future__ import annotations

from typing import Any

from wagtail.images.tests.utils import get_test_image_file

from gallery import pictures
from gallery.models import Business, BusinessRecord, Product, ProductPhoto
from gallery.publishing import free_slug
from siptenan.common.models import Commodity, Kelurahan, SiteImage, Unit

FEMALE_NIK = "3375014708900000"  # 7 August 1990, serial 0000: never issued


def make_business(name: str = "Batik Contoh Sekar", *, live: bool = True, record: dict | None = None, **values: Any):
    """A business of Kelurahan Kauman that makes batik, with a private record; published unless `live` is false."""
    values = {
        "kelurahan": Kelurahan.objects.get(name="Kauman"),
        "commodity": Commodity.objects.get(code="batik"),
        "story": "Membatik sejak 2001.",
        **values,
    }
    business = Business.objects.create(name=name, slug=free_slug(Business, name), live=False, **values)
    private = {"owner_name": "Ibu Contoh Pemilik", "nik": FEMALE_NIK, "gender": "P", "phone": "+6281200000111"}
    BusinessRecord.objects.create(business=business, **{**private, **(record or {})})
    if live:
        business.save_revision().publish()
    business.refresh_from_db()
    return business


def make_image(title: str = "Foto", size: tuple[int, int] = (1200, 900)) -> SiteImage:
    """An image of the library."""
    file = get_test_image_file(filename="foto.png", size=size)
    return SiteImage.objects.create(title=title, file=file, collection=pictures.collection())


def make_product(
    business: Business, name: str = "Kain Batik Contoh", *, live: bool = True, photos: int = 0, **values: Any
) -> Product:
    """A product of the business; published unless `live` is false. `photos` are drawn, which takes time."""
    values = {
        "commodity": business.commodity,
        "price": 150_000,
        "unit": Unit.objects.get(code="potong"),
        "description": "Katun, dua meter.",
        **values,
    }
    product = Product(business=business, name=name, slug=free_slug(Product, name), live=False, **values)
    product.photos = [ProductPhoto(image=make_image(name), sort_order=number) for number in range(photos)]
    product.save()
    if live:
        product.save_revision().publish()
    product.refresh_from_db()
    return product
