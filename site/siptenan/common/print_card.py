"""A card to lay out or hang up: A6, to print, with a QR code of a permanent address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw

from siptenan.common import drawing

DPI = 300
WIDTH, HEIGHT = 1240, 1748  # pixels: 105 x 148 mm
MARGIN = 90
HEADER, BAND = 170, 30
QR_SIDE = 980


@dataclass(frozen=True)
class Line:
    """A line below the name."""

    text: str
    size: int = 40
    fill: str = drawing.MUTED
    weight: float = 0
    gap: int = 12  # pixels above it


@dataclass(frozen=True)
class Card:
    """What a card says."""

    name: str
    lines: Sequence[Line]
    invitation: str
    url: str  # what the code leads to
    name_sizes: tuple[int, ...] = (84, 72, 60, 50)
    name_lines: int = 2


def pdf(card: Card, qr_image: Callable[[str, int], Image.Image]) -> bytes:
    """Return the card as a PDF of one page."""
    buffer = BytesIO()
    image = draw(card, qr_image)
    image.save(buffer, "PDF", resolution=DPI, title=f"Kartu {card.name}", producer=settings.WAGTAIL_SITE_NAME)
    return buffer.getvalue()


def draw(card: Card, qr_image: Callable[[str, int], Image.Image]) -> Image.Image:
    """Return the card as a picture: name and lines on top, the code large in the middle, the address below."""
    image = Image.new("RGB", (WIDTH, HEIGHT), drawing.WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, HEADER), fill=drawing.BLACK)
    image.paste(drawing.band(WIDTH, BAND), (0, HEADER))
    _centred(pen, settings.WAGTAIL_SITE_NAME, top=50, size=64, fill=drawing.WHITE, weight=1.6)
    size, lines = _fit(card, drawing.printable(card.name))
    top = HEADER + BAND + 50
    for text in lines:
        _centred(pen, text, top=top, size=size, fill=drawing.TEXT, weight=size / 50)
        top += round(size * 1.25)
    for line in card.lines:
        top += line.gap
        text = _cut(drawing.printable(line.text), line.size)
        _centred(pen, text, top=top, size=line.size, fill=line.fill, weight=line.weight)
        top += round(line.size * 1.25)
    bottom = HEIGHT - 170
    side = min(QR_SIDE, bottom - top - 10)  # long names leave less room
    code = qr_image(card.url, side)
    image.paste(code, ((WIDTH - code.width) // 2, bottom - code.height))
    _centred(pen, card.invitation, top=bottom, size=42, fill=drawing.TEXT)
    _centred(pen, _cut(card.url.partition("://")[2], 32), top=bottom + 72, size=32, fill=drawing.MUTED)
    return image


def _centred(pen: ImageDraw.ImageDraw, text: str, *, top: float, size: int, fill: str, weight: float = 0) -> None:
    font = drawing.font(size)
    left = (WIDTH - font.getlength(text)) / 2
    pen.text((left, top), text, fill=fill, font=font, stroke_width=weight, stroke_fill=fill)


def _fit(card: Card, name: str) -> tuple[int, list[str]]:
    """Return the largest size at which a name fits on the lines, and these; the longest is cut."""
    for size in card.name_sizes:
        lines = _wrapped(name, size)
        if len(lines) <= card.name_lines:
            return size, lines
    size, last = card.name_sizes[-1], card.name_lines - 1
    lines = _wrapped(name, size)
    return size, [*lines[:last], _cut(" ".join(lines[last:]), size)]


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
