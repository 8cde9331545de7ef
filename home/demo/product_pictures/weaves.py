"""Woven stuff: cloth of hand looms, plain cloth, water hyacinth, bamboo; and wood."""

from __future__ import annotations

from PIL import Image

from home.demo.product_pictures.spec import Palette
from home.demo.product_pictures.studio import across, chance, curve, down, lit, mixed, panel
from home.demo.product_pictures.tiles import Tile


def polos(p: Palette) -> Tile:
    """Plain cloth."""
    tile = Tile(64, p.ground)
    _threads(tile, p, 0.05)
    return tile


def lurik(p: Palette) -> Tile:
    """Narrow stripes along the cloth."""
    tile = Tile(240, p.ground, 60)
    numbers = chance("lurik", p.ground)
    x = 4.0
    while x < 228:
        width = numbers.choice((3, 3, 5, 9, 15))
        colour = numbers.choice((p.main, p.second, p.second, p.accent, p.light))
        tile.shape(panel(x, -2, x + width, 62), colour)
        x += width + numbers.choice((4, 7, 10, 18))
    _threads(tile, p, 0.10)
    return tile


def kotak(p: Palette) -> Tile:
    """Checks of a sarong: the same stripes along and across, each seen through the other."""
    stripes = ((0, 58, p.second), (70, 5, p.main), (88, 30, p.accent), (130, 5, p.light), (146, 8, p.main))
    along, over = Tile(180, p.ground), Tile(180, p.ground)
    for at, width, colour in stripes:
        along.shape(panel(at, -2, at + width, 182), colour)
        over.shape(panel(-2, at, 182, at + width), colour)
    along.image = Image.blend(along.image, over.image, 0.5)
    _threads(along, p, 0.08)
    return along


def diamonds(p: Palette) -> Tile:
    """Bands of stepped diamonds between stripes, woven in."""
    tile = Tile(120, p.ground, 240)
    for top, height, colour in (
        (0, 10, p.second),
        (14, 4, p.main),
        (112, 4, p.main),
        (120, 10, p.second),
        (176, 8, p.accent),
    ):
        tile.shape(panel(-2, top, 122, top + height), colour)
    for ring, colour in ((7, p.main), (5, p.second), (3, p.ground), (2, p.accent)):
        for step in range(-ring + 1, ring):
            half = (ring - abs(step)) * 8.4
            tile.shape(panel(60 - half, 64 + step * 6 - 3, 60 + half, 64 + step * 6 + 3), colour)
    for x in range(0, 120, 30):
        for step in range(4):
            for y in (150 - step * 5, 206 + step * 5):
                tile.shape(
                    panel(x + 15 - 13 + step * 3.6, y, x + 15 + 13 - step * 3.6, y + 5), p.main if y < 180 else p.second
                )
    _threads(tile, p, 0.10)
    return tile


def _threads(tile: Tile, p: Palette, strength: float) -> None:
    """Let warp and weft show."""
    wide, high = tile.side // 2, tile.height // 2
    light, dark = round(128 + 127 * strength), round(128 - 127 * strength)
    for shade in (across(*([light, dark] * wide)), down(*([light, dark] * high))):
        tile.image = lit(tile.image, shade.resize(tile.image.size, Image.Resampling.BILINEAR))


def basket(p: Palette) -> Tile:
    """Plaited strands of water hyacinth, over and under."""
    return _plaited(p, 36, 3, 0.16)


def bamboo(p: Palette) -> Tile:
    """Flat strips of bamboo, over and under."""
    return _plaited(p, 26, 1, 0.07)


def _plaited(p: Palette, cell: int, strands: int, change: float) -> Tile:
    side = cell * 8
    tile = Tile(side, p.accent)
    numbers = chance("plaited", p.ground, cell)
    for row in range(8):
        for column in range(8):
            lying = (row + column) % 2 == 0
            x, y = column * cell, row * cell
            for strand in range(strands):
                colour = mixed(p.ground, p.main, numbers.uniform(0, change * 3))
                width = cell / strands
                a, b = strand * width + 0.8, (strand + 1) * width - 0.8
                left, top, right, bottom = (-5, a, cell + 5, b) if lying else (a, -5, b, cell + 5)
                tile.shape(panel(x + left, y + top, x + right, y + bottom, min(5, width / 2.2)), colour)
                middle = (a + b) / 2 - width * 0.16
                ends = (
                    ((x + 4, y + middle), (x + cell - 4, y + middle))
                    if lying
                    else ((x + middle, y + 4), (x + middle, y + cell - 4))
                )
                tile.line(ends, mixed(colour, p.light, 0.6), width * 0.22)
                shadow = mixed(colour, p.accent, 0.55)
                for end in (-4, cell + 4):
                    edge = ((x + end, y + a), (x + end, y + b)) if lying else ((x + a, y + end), (x + b, y + end))
                    tile.line(edge, shadow, 2.5)
    return tile


def wood(p: Palette) -> Tile:
    """Grain of teak, along the picture."""
    tile = Tile(600, p.ground, 240)
    numbers = chance("wood", p.ground)
    for _ in range(90):
        y, left = numbers.uniform(0, 240), numbers.uniform(0, 600)
        grain = [(left + x, y + numbers.uniform(-3, 3)) for x in range(0, numbers.randrange(240, 560), 80)]
        colour = mixed(p.ground, numbers.choice((p.main, p.accent)), numbers.uniform(0.06, 0.3))
        tile.line(curve(grain, 5, closed=False), colour, numbers.choice((1, 1, 2, 3)))
    return tile
