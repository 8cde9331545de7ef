"""What pictures drawn by the project have in common: its colours, its letters and its batik, by Pillow.

The letters are the one font that comes with Pillow, so that a picture looks the same on every machine.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

BLACK, WHITE = "#111111", "#ffffff"
PAPER, SAND, LINE, TEXT, MUTED = "#fffdf9", "#f9f4ec", "#f3ebdf", "#1a1714", "#5a524a"
SOGAN, SOGAN_LIGHT, CREAM = "#7a4a21", "#e0b98c", "#f2d9b8"
RED = "#b3131b"

# Shapes are drawn so many times larger and made smaller again: Pillow does not smooth their edges.
SMOOTHING = 4
INNER_RADIUS = math.cos(math.pi / 4) / math.cos(math.pi / 8)  # of an eight-point star made of two squares
# What the font lacks and a title may hold.
SPELT_OUT = str.maketrans({"–": "-", "—": "-", "‑": "-", "•": "-", "→": ">", "\u00a0": " ", "×": "x", "½": "1/2"})  # noqa: RUF001 - these very characters

Box = tuple[float, float, float, float]


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return Pillow's own font at a size in pixels."""
    return ImageFont.load_default(size)


def printable(text: str) -> str:
    """Return a text with the characters that the font has: without accents, in one line."""
    decomposed = unicodedata.normalize("NFKD", text.translate(SPELT_OUT))
    return " ".join("".join(char for char in decomposed if _has_glyph(char)).split())


@functools.cache
def _has_glyph(char: str) -> bool:
    return char == " " or _shape(char) != _shape("\ue000")  # a character that no font has


def _shape(char: str) -> tuple:
    mask = font(24).getmask(char)
    return mask.size, bytes(mask)


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Return the corners of the eight-point star of the jlamprang pattern."""
    return [
        (
            x + radius * (1 if corner % 2 == 0 else INNER_RADIUS) * math.cos(corner * math.pi / 8),
            y + radius * (1 if corner % 2 == 0 else INNER_RADIUS) * math.sin(corner * math.pi / 8),
        )
        for corner in range(16)
    ]


def circle(x: float, y: float, radius: float) -> Box:
    """Return the box round a circle."""
    return (x - radius, y - radius, x + radius, y + radius)


def canvas(width: int, height: int, colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return a picture to draw shapes on, SMOOTHING times as large as it will be."""
    image = Image.new("RGBA", (width * SMOOTHING, height * SMOOTHING), colour)
    return image, ImageDraw.Draw(image)


def smooth(image: Image.Image) -> Image.Image:
    """Return what `canvas` began at its real size."""
    size = (image.width // SMOOTHING, image.height // SMOOTHING)
    return image.resize(size, Image.Resampling.LANCZOS)


def band(width: int, height: int) -> Image.Image:
    """Return the batik line of the site's header, repeated from the left: diamonds and rings on sogan brown."""
    image, draw = canvas(width, height, SOGAN)
    unit = height * SMOOTHING / 6  # the pattern is 24 by 6 units
    for left in range(math.ceil(image.width / (24 * unit))):
        x = left * 24 * unit
        draw.polygon(
            [(x + dx * unit, dy * unit) for dx, dy in ((6, 0.4), (8.6, 3), (6, 5.6), (3.4, 3))],
            fill=CREAM,
        )
        draw.ellipse(circle(x + 18 * unit, 3 * unit, 2.4 * unit), outline=CREAM, width=round(unit))
        for dx in (0, 11.5, 23):
            draw.rectangle((x + dx * unit, 2 * unit, x + (dx + 1) * unit, 4 * unit), fill=CREAM)
    return smooth(image)


def rosette(side: int, lines: str, ground: str) -> Image.Image:
    """Return one flower of the jlamprang pattern on a transparent square: stars within rings."""
    image, draw = canvas(side, side, "#00000000")
    middle, width = image.width / 2, round(image.width / 150)
    draw.ellipse(circle(middle, middle, image.width * 0.495), fill=ground, outline=lines, width=width)
    draw.ellipse(circle(middle, middle, image.width * 0.455), outline=lines, width=width)
    for radius, fill in ((0.425, None), (0.36, lines), (0.24, ground)):
        draw.polygon(star(middle, middle, image.width * radius), fill=fill, outline=lines, width=width)
    draw.ellipse(circle(middle, middle, image.width * 0.1), fill=lines)
    return smooth(image)


def png(image: Image.Image) -> bytes:
    """Return a picture as PNG."""
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
