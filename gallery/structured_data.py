"""What search engines are told about products and businesses; the rest is in siptenan.common.structured_data."""

from __future__ import annotations

from collections.abc import Sequence

from gallery.catalogue.cards import business_url, product_url
from gallery.enums import Stock
from gallery.models import Business, GalleryIndexPage, Product
from gallery.pictures import Photo
from siptenan.common.addresses import absolute
from siptenan.common.head import trail_to
from siptenan.common.structured_data import CITY, PROVINCE, Thing

AVAILABILITY = {
    Stock.AVAILABLE: "https://schema.org/InStock",
    Stock.TO_ORDER: "https://schema.org/MadeToOrder",
    Stock.SOLD_OUT: "https://schema.org/OutOfStock",
}


def breadcrumbs(page: GalleryIndexPage, name: str, url: str) -> Thing:
    """The way from the front page over the catalogue to something in it."""
    trail = [(crumb.title, absolute(crumb.url)) for crumb in trail_to(page)]
    trail += [(page.title, absolute(page.url or "")), (name, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": address}
            for position, (title, address) in enumerate(trail, 1)
        ],
    }


def of_product(product: Product, photos: Sequence[Photo]) -> Thing:
    """A product; with an offer only if it has a price, which is the one that the page shows."""
    url = absolute(product_url(product.slug))
    known = {
        "description": " ".join(product.description.split()),
        "image": [absolute(photo.large_url) for photo in photos],
        "category": product.commodity.name if product.commodity else "",
    }
    thing = {
        "@type": "Product",
        "@id": f"{url}#produk",
        "name": product.name,
        "url": url,
        "brand": {"@type": "Brand", "name": product.business.name},
        **{name: value for name, value in known.items() if value},
    }
    if product.price:
        thing["offers"] = {
            "@type": "Offer",
            "url": url,
            "price": str(product.price),
            "priceCurrency": "IDR",
            "availability": AVAILABILITY[Stock(product.stock)],
            "seller": {"@type": "Organization", "name": product.business.name},
        }
    return thing


def of_business(business: Business, photo: Photo | None) -> Thing:
    """A business by its kelurahan: nobody is told the street."""
    url = absolute(business_url(business.slug))
    known = {
        "description": " ".join(business.story.split()),
        "image": absolute(photo.large_url) if photo else "",
        "telephone": business.whatsapp,
    }
    return {
        "@type": "LocalBusiness",
        "@id": f"{url}#usaha",
        "name": business.name,
        "url": url,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": f"Kelurahan {business.kelurahan.name}, {CITY}",
            "addressRegion": PROVINCE,
            "addressCountry": "ID",
        },
        **{name: value for name, value in known.items() if value},
    }
