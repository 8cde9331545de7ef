"""What the search of the whole site finds in the Gallery: products by the index of the catalogue, and businesses."""

from __future__ import annotations

from gallery.catalogue.cards import business_url, index_url, product_url
from gallery.catalogue.index import Index, reading
from gallery.catalogue.labels import BEST_MATCH
from gallery.catalogue.listing import ranked
from gallery.catalogue.prices import price_text
from gallery.enums import Stock
from gallery.models import Business, Product
from siptenan.common.faceted import Ranked
from siptenan.common.finding import Document, Found, Hit, Query, Shelf
from siptenan.common.generation import per_generation
from siptenan.common.marks import Marker


def products(query: Query) -> Products:
    """Return the public products that a query finds; none while the catalogue is not published."""
    return Products(query)


class Products:
    """Products that match, those first that have all the words in their name, else the newest first."""

    is_named = False

    def __init__(self, query: Query) -> None:
        self._query = query

    def __len__(self) -> int:
        with reading() as index:
            return len(self._ranked(index)) if index_url() else 0

    def __getitem__(self, stretch: slice, /) -> list[Hit]:
        # The index may have changed since the products were counted, so they are looked for anew.
        with reading() as index:
            ranked = self._ranked(index)
            start, stop, _ = stretch.indices(len(ranked))
            pks = ranked[start:stop]
        found = Product.objects.public().select_related("business__kelurahan", "unit").in_bulk(pks)
        marker = self._query.marker
        return [_hit(found[pk], marker) for pk in pks if pk in found]

    def _ranked(self, index: Index) -> Ranked:
        query = self._query
        text = query.words_text
        found = index.near(text) if query.any_word else index.matching(text, forgiving=query.forgiving)
        return ranked(index, found, BEST_MATCH, text)


def _hit(product: Product, marker: Marker) -> Hit:
    business = product.business
    price = price_text(product.price, product.unit.short_name if product.unit else "")
    return Hit(
        title=marker.marked(product.name),
        url=product_url(product.slug),
        excerpt=marker.excerpt(product.description),
        facts=f"{price} · {business.name} · {business.kelurahan.name}",
        notice="" if product.stock == Stock.AVAILABLE else Stock(product.stock).label,
    )


def businesses(query: Query) -> Found:
    """Return the public businesses that a query finds, with or without products."""
    return _shelf().find(query)


@per_generation
def _shelf() -> Shelf:
    """Every public business: its name, its story, its place and commodity, and its owner if he agreed to be named."""
    if not index_url():
        return Shelf(())
    found = Business.objects.public().select_related("kelurahan", "commodity").order_by("name", "pk")
    return Shelf(_document(business) for business in found)


def _document(business: Business) -> Document:
    commodity = business.commodity
    kinds = f"{commodity.name} {commodity.examples}" if commodity else ""
    return Document(
        title=business.name,
        url=business_url(business.slug),
        text=business.story,
        keywords=f"{business.kelurahan} {kinds} {business.contact_name}",
        facts=" · ".join([*([commodity.name] if commodity else []), f"Kelurahan {business.kelurahan.name}"]),
    )
