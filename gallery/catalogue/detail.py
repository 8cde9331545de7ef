"""What the pages of a product and of a business show; also in the preview of a draft, where anything may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest
from pyroaring import BitMap

from gallery import pictures
from gallery.catalogue.cards import Card, alt_of, business_url, cards, index_url, product_url
from gallery.catalogue.index import reading
from gallery.catalogue.prices import price_text
from gallery.enums import CertificateKind
from gallery.models import Business, Certificate, FormerAddress, Product, ProductPhoto
from siptenan.common import companions, phones
from siptenan.common.addresses import absolute, below
from siptenan.common.dates import format_date
from siptenan.common.words import words_of

MOST_RELATED = 4  # of each kind
MOST_NEAR = 4
MOST_OF_BUSINESS = 200
ORDER = "terbaru"


@dataclass(frozen=True)
class CertificateLine:
    """A certificate as buyers read it."""

    name: str
    number: str
    validity: str
    is_valid: bool
    legal_basis: str = ""
    legal_basis_url: str = ""  # empty while it is not public here


def find_product(slug: str) -> Product | None:
    """Return a public product with all that its page shows, in four queries; None without one."""
    photos = ProductPhoto.objects.select_related("image").prefetch_related("image__renditions")
    found = Product.objects.public().select_related("business__kelurahan", "commodity", "unit")
    return found.prefetch_related(Prefetch("photos", photos), "business__certificates").filter(slug=slug).first()


def find_business(slug: str) -> Business | None:
    """Return a public business with all that its page shows."""
    found = Business.objects.public().select_related("kelurahan", "commodity", "image")
    return found.prefetch_related("certificates", "image__renditions").filter(slug=slug).first()


@dataclass(frozen=True)
class Moved:
    """Where something that had an address went: to another one, or nowhere."""

    url: str = ""


def former(kind: FormerAddress.Kind, slug: str) -> Moved | None:
    """Return what became of an address; None for one that never was public, or whose owner is hidden now."""
    address = FormerAddress.objects.filter(kind=kind, slug=slug).first()
    if address is None:
        return None
    if address.target_id is None:
        return Moved()
    if kind == FormerAddress.Kind.PRODUCT:
        product = Product.objects.public().filter(pk=address.target_id).first()
        return Moved(product_url(product.slug)) if product else None
    business = Business.objects.public().filter(pk=address.target_id).first()
    return Moved(business_url(business.slug)) if business else None


def near(slug: str) -> list[Card]:
    """Return products that may do instead of one whose address is gone; else the newest."""
    with reading() as index:
        found = index.near(" ".join(words_of(slug.replace("_", "-")))) or index.all
        pks = index.in_order(found, ORDER, 0, MOST_NEAR)
    return cards(pks)


def product(product: Product, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a product shows besides its own fields."""
    business = product.business
    url = absolute(product_url(product.slug))
    is_preview = getattr(request, "is_preview", False)
    lead_to = partial(below, product_url(product.slug), is_preview=is_preview)
    photos = pictures.photos_of(product, make=is_preview)
    same_business, same_kind = _related(product)
    return {
        "business": business,
        "business_url": business_url(business.slug),
        "photos": photos,
        "alt": alt_of(product.name, business.name),
        "price": price_text(product.price, product.unit.short_name if product.unit else ""),
        "certificates": certificates(business),
        "whatsapp_url": lead_to("wa/") if whatsapp_to(business, "") else "",
        "card_url": lead_to("kartu.pdf"),
        "share_url": url,
        "share_whatsapp_url": share_on_whatsapp(product.name, url),
        "same_business": same_business,
        "same_kind": same_kind,
        "index_url": index_url(),
        "kind_url": f"{index_url()}?kategori={product.commodity.code}" if product.commodity else "",
    }


def business(business: Business, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a business shows besides its own fields."""
    url = absolute(business_url(business.slug))
    photo = None
    if business.image:
        photo = pictures.photo_of(business.image, make=getattr(request, "is_preview", False))
    with reading() as index:
        pks = index.in_order(index.businesses.get(business.pk, BitMap()), ORDER, 0, MOST_OF_BUSINESS)
    return {
        "business": business,
        "photo": photo,
        "alt": f"Usaha {business.name}",
        "certificates": certificates(business),
        "whatsapp_url": whatsapp_to(business, f"Halo {business.name}, saya melihat usaha Anda di {url}"),
        "share_url": url,
        "share_whatsapp_url": share_on_whatsapp(business.name, url),
        "products": cards(pks),
        "index_url": index_url(),
    }


def certificates(business: Business) -> Sequence[CertificateLine]:
    """Return the certificates of a business, those that hold first."""
    lines = [_line(row) for row in business.certificates.all()]
    return sorted(lines, key=lambda line: not line.is_valid)


def _line(row: Certificate) -> CertificateLine:
    basis = CertificateKind(row.kind).legal_basis
    return CertificateLine(
        name=row.get_kind_display(),
        number=row.number,
        validity=f"sampai {format_date(row.valid_until).partition(', ')[2]}" if row.valid_until else "",
        is_valid=row.is_valid,
        legal_basis=basis,
        legal_basis_url=companions.address_of(basis) if basis else "",
    )


def resting_on(regulation: str) -> list[companions.Named]:
    """Return the lists of products with a certificate that rests on a regulation, by its short name."""
    if not index_url():
        return []
    with reading() as index:
        kinds = [kind for kind in CertificateKind if kind.legal_basis == regulation]
        return [
            companions.Named(f"Produk IKM: {kind.label}", f"{index_url()}?sertifikat={kind}")
            for kind in kinds
            if index.values["sertifikat"].get(kind)
        ]


def message_about(product: Product) -> str:
    """Return what “Hubungi via WhatsApp” writes for the buyer."""
    url = absolute(product_url(product.slug))
    return f"Halo {product.business.name}, saya tertarik dengan {product.name}. {url}"


def whatsapp_to(business: Business, text: str) -> str:
    """Return the address of a chat with a business; empty without a public number that can have WhatsApp."""
    try:
        number = phones.normalise(business.whatsapp) if business.whatsapp else ""
    except ValidationError:
        return ""
    return phones.whatsapp_url(number, text) if number else ""


def share_on_whatsapp(name: str, url: str) -> str:
    """Return the address that offers a link to one's own contacts in WhatsApp."""
    return f"https://wa.me/?text={quote(f'{name} {url}', safe='')}"


def _related(product: Product) -> tuple[list[Card], list[Card]]:
    """Other products of the same business, and of the same kind from others; one query for both."""
    with reading() as index:
        own = BitMap([product.pk]) if product.pk else BitMap()
        of_business = index.businesses.get(product.business_id, BitMap()) - own
        code = product.commodity.code if product.commodity else ""
        of_kind = index.values["kategori"].get(code, BitMap()) - of_business - own
        first = index.in_order(of_business, ORDER, 0, MOST_RELATED)
        second = index.in_order(of_kind, ORDER, 0, MOST_RELATED)
    found = cards([*first, *second])
    return found[: len(first)], found[len(first) :]
