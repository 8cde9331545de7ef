"""A card to lay beside a product at a stall or fair: A6, to print, with a QR code of its permanent address (Y6)."""

from __future__ import annotations

from forms.rendering import qr_image
from gallery.catalogue.prices import price_text
from gallery.models import Product
from siptenan.common import drawing, print_card
from siptenan.common.print_card import Card, Line

INVITATION = "Pindai untuk melihat foto, harga, dan penjual"


def pdf(product: Product, url: str) -> bytes:
    """Return the card as a PDF of one page; `url` is what the code leads to."""
    place = f"{product.business.name}, Kelurahan {product.business.kelurahan.name}"
    price = price_text(product.price, product.unit.short_name if product.unit else "")
    lines = [Line(place), Line(price, size=56, fill=drawing.SOGAN, weight=1.2, gap=16)]
    return print_card.pdf(Card(product.name, lines, INVITATION, url), qr_image)
