"""Products as cards of a list: read by their keys in one query, whatever the list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gallery.catalogue.labels import kelurahan_names, unit_names
from gallery.catalogue.prices import price_text
from gallery.enums import Stock
from gallery.models import CatalogueEntry
from gallery.pictures import Picture
from siptenan.common.generation import per_generation

FIELDS = (
    "product_id", "slug", "name", "business_name", "kelurahan", "price", "unit", "stock", "picture",
)  # fmt: skip
# A word that is wider than a card on a small phone, and where a syllable of it ends: Pa-sir-kra-ton-kra-mat.
LONG_WORD = re.compile(r"\w{13,}")
SYLLABLE = re.compile(r"([aiueo][^\Waiueo]*?)(?=(?:n[gy]|[bdgkpt]?[lr]|[^\Waiueo])[aiueo])")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows."""

    name: str
    url: str
    business: str
    place: str  # may break between syllables
    price: str
    notice: str  # why one cannot have it at once
    picture: Picture | None

    @property
    def alt(self) -> str:
        """What the picture shows, for those who do not see it."""
        return alt_of(self.name, self.business)


def alt_of(product: str, business: str) -> str:
    """Return the alternative text of a picture of a product."""
    return f"{product} dari {business}"


def cards(pks: Sequence[int]) -> list[Card]:
    """Return the cards of these products, in this order; one query."""
    if not pks:
        return []
    rows = CatalogueEntry.objects.filter(pk__in=pks, is_listed=True).values(*FIELDS)
    by_pk = {row["product_id"]: row for row in rows}
    return [_card(by_pk[pk]) for pk in pks if pk in by_pk]


def _card(row: Mapping[str, Any]) -> Card:
    return Card(
        name=row["name"],
        url=product_url(row["slug"]),
        business=row["business_name"],
        place=breakable(kelurahan_names().get(row["kelurahan"], "")),
        price=price_text(row["price"], unit_names().get(row["unit"], "")),
        notice="" if row["stock"] == Stock.AVAILABLE else Stock(row["stock"]).label,
        picture=Picture.of_card(row["picture"]),
    )


def breakable(name: str) -> str:
    """Return a name whose long words a browser may break where one would in writing; it shows a hyphen there only."""
    return LONG_WORD.sub(lambda word: SYLLABLE.sub(rf"\1{SOFT_HYPHEN}", word[0]), name)


@per_generation
def index_url() -> str:
    """The path of the catalogue; empty while its page is not published."""
    from gallery.models import GalleryIndexPage

    page = GalleryIndexPage.objects.live().first()
    return (page.url or "") if page else ""


def product_url(slug: str) -> str:
    """The path of the page of a product."""
    return f"{index_url()}{slug}/"


def business_url(slug: str) -> str:
    """The path of the page of a business."""
    return f"{index_url()}usaha/{slug}/"
