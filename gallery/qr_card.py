"""A card to lay beside a product at a stall or fair: A6, to print, with a QR code of its permanent address (Y6)."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw

from forms.rendering import qr_image
from gallery.catalogue.prices import price_text
from gallery.models import Product
from siptenan.common import drawing

DPI = 300
WIDTH, HEIGHT = 1240, 1748  # pixels: 105 x 148 mm
MARGIN = 90
HEADER, BAND = 170, 30
QR_SIDE = 980
NAME_SIZES = (84, 72, 60, 50)
NAME_LINES = 2
INVITATION = "Pindai untuk melihat foto, harga, dan penjual"


def pdf(product: Product, url: str) -> bytes:
    """Return the card as a PDF of one page; `url` is what the code leads to."""
    buffer = BytesIO()
    draw(product, url).save(buffer, "PDF", resolution=DPI, title=f"Kartu {product.name}", producer="SIPTENAN")
    return buffer.getvalue()


def draw(product: Product, url: str) -> Image.Image:
    """Return the card as a picture: name and price on top, the code large in the middle, the address below."""
    image = Image.new("RGB", (WIDTH, HEIGHT), drawing.WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, HEADER), fill=drawing.BLACK)
    image.paste(drawing.band(WIDTH, BAND), (0, HEADER))
    _centred(pen, settings.WAGTAIL_SITE_NAME, top=50, size=64, fill=drawing.WHITE, weight=1.6)
    size, lines = _fit(drawing.printable(product.name))
    top = HEADER + BAND + 50
    for line in lines:
        _centred(pen, line, top=top, size=size, fill=drawing.TEXT, weight=size / 50)
        top += round(size * 1.25)
    place = f"{product.business.name}, Kelurahan {product.business.kelurahan.name}"
    _centred(pen, _cut(drawing.printable(place), 40), top=top + 12, size=40, fill=drawing.MUTED)
    price = price_text(product.price, product.unit.short_name if product.unit else "")
    _centred(pen, drawing.printable(price), top=top + 78, size=56, fill=drawing.SOGAN, weight=1.2)
    bottom = HEIGHT - 170
    code = qr_image(url, QR_SIDE)
    image.paste(code, ((WIDTH - QR_SIDE) // 2, bottom - QR_SIDE))
    _centred(pen, INVITATION, top=bottom, size=42, fill=drawing.TEXT)
    _centred(pen, _cut(url.partition("://")[2], 32), top=bottom + 72, size=32, fill=drawing.MUTED)
    return image


def _centred(pen: ImageDraw.ImageDraw, text: str, *, top: float, size: int, fill: str, weight: float = 0) -> None:
    font = drawing.font(size)
    left = (WIDTH - font.getlength(text)) / 2
    pen.text((left, top), text, fill=fill, font=font, stroke_width=weight, stroke_fill=fill)


def _fit(name: str) -> tuple[int, list[str]]:
    """Return the largest size at which a name fits on the lines, and these; the longest is cut."""
    for size in NAME_SIZES:
        lines = _wrapped(name, size)
        if len(lines) <= NAME_LINES:
            return size, lines
    size = NAME_SIZES[-1]
    lines = _wrapped(name, size)
    return size, [*lines[: NAME_LINES - 1], _cut(" ".join(lines[NAME_LINES - 1 :]), size)]


def _wrapped(name: str, size: int) -> list[str]:
    font = drawing.font(size)
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or font.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(line, size) for line in lines]


def _cut(text: str, size: int) -> str:
    """Return a line, shortened until it is no wider than the card allows."""
    font = drawing.font(size)
    shown = text
    while shown and font.getlength(shown) > WIDTH - 2 * MARGIN:
        shown = shown[:-1]
    return shown if shown == text else f"{shown[:-3].rstrip()}..."
