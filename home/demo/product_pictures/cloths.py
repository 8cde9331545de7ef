"""All cloths by name, each as large as a picture."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from PIL import Image

from home.demo.product_pictures import batik, weaves
from home.demo.product_pictures.spec import PALETTES, Palette
from home.demo.product_pictures.studio import HEIGHT, SMOOTHING, WIDTH
from home.demo.product_pictures.tiles import Tile

DIAGONAL = 1600  # pixels; more than a picture is wide when turned

MOTIFS: dict[str, tuple[Callable[[Palette], Tile], float]] = {  # and the angle it is laid at
    "jlamprang": (batik.jlamprang, 0),
    "kawung": (batik.kawung, 0),
    "parang": (batik.parang, -45),
    "truntum": (batik.truntum, 0),
    "buketan": (batik.buketan, 0),
    "sekar jagad": (batik.sekar_jagad, 0),
    "tambal": (batik.tambal, 0),
    "polos": (weaves.polos, 0),
    "lurik": (weaves.lurik, 0),
    "kotak": (weaves.kotak, 0),
    "belah ketupat": (weaves.diamonds, 0),
    "anyaman": (weaves.basket, 0),
    "bambu": (weaves.bamboo, 0),
    "kayu": (weaves.wood, 0),
}


@functools.lru_cache(maxsize=64)
def tile(motif: str, palette: str) -> Image.Image:
    """Return one tile of a pattern at its real size."""
    return MOTIFS[motif][0](PALETTES[palette]).image.reduce(SMOOTHING)


@functools.lru_cache(maxsize=16)  # a picture is 3 MB
def cloth(motif: str, palette: str, size: float = 1, angle: float = 0) -> Image.Image:
    """Return a cloth as large as a picture; `size` enlarges the pattern, `angle` turns it clockwise by degrees."""
    image = tile(motif, palette)
    if size != 1:
        image = image.resize((round(image.width * size), round(image.height * size)), Image.Resampling.LANCZOS)
    angle += MOTIFS[motif][1]
    width, height = (WIDTH, HEIGHT) if not angle else (DIAGONAL, DIAGONAL)
    row = Image.new("RGB", (width, image.height))
    for left in range(0, width, image.width):
        row.paste(image, (left, 0))
    whole = Image.new("RGB", (width, height))
    for top in range(0, height, image.height):
        whole.paste(row, (0, top))
    if not angle:
        return whole
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = WIDTH / 2, HEIGHT / 2
    middle = DIAGONAL / 2
    turn = (cos, sin, middle - x * cos - y * sin, -sin, cos, middle + x * sin - y * cos)
    return whole.transform((WIDTH, HEIGHT), Image.Transform.AFFINE, turn, Image.Resampling.BILINEAR)
