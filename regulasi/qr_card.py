"""A card for a notice board or counter with a QR code of a regulation's permanent address (Y6)."""

from __future__ import annotations

from forms.rendering import qr_image
from regulasi.models import RegulationPage
from siptenan.common import drawing, print_card
from siptenan.common.print_card import Card, Line

INVITATION = "Pindai untuk membaca dan mengunduh"


def pdf(page: RegulationPage, url: str) -> bytes:
    """Return the card as a PDF of one page; `url` is what the code leads to."""
    return print_card.pdf(card(page, url), qr_image)


def card(page: RegulationPage, url: str) -> Card:
    """Return what the card says. Not how the regulation stands: that may change while the card hangs."""
    kind = Line(page.kind.name, size=40, gap=12) if page.kind else None
    name = Line(page.short_name, size=52, fill=drawing.SOGAN, weight=1.2, gap=8)
    return Card(
        name=page.about or page.full_title,
        lines=[line for line in (kind, name) if line],
        invitation=INVITATION,
        url=url,
        name_sizes=(72, 60, 50, 44),
        name_lines=3,
    )
