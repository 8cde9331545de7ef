"""Batik of Pekalongan: each function draws one seamless tile of a pattern."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from home.demo.product_pictures.spec import Palette
from home.demo.product_pictures.studio import SMOOTHING, Point, Shape, chance, curve, mixed, moved, oval, rgb, turned
from home.demo.product_pictures.tiles import Tile
from siptenan.common import drawing


def jlamprang(p: Palette) -> Tile:
    """Eight-pointed stars in circles, the pattern of Pekalongan."""
    tile = Tile(240, p.ground)
    for x, y in ((60, 60), (180, 180)):
        for radius, fill, edge in ((80, p.ground, p.main), (72, None, p.second)):
            tile.shape(oval(x, y, radius, radius), fill, edge, 3)
        tile.shape(drawing.star(x, y, 66), p.main)
        tile.shape(drawing.star(x, y, 52), p.second, p.ground, 2)
        tile.shape(oval(x, y, 27, 27), p.ground)
        tile.shape(drawing.star(x, y, 20), p.accent)
        tile.dot(x, y, 6, p.light)
        for step in range(16):
            t = math.tau * step / 16
            tile.dot(x + 59 * math.cos(t), y + 59 * math.sin(t), 2.4, p.light if step % 2 else p.ground)
    for x, y in ((180, 60), (60, 180)):
        tile.shape([(x, y - 34), (x + 34, y), (x, y + 34), (x - 34, y)], None, p.main, 3)
        for angle in range(0, 360, 90):
            tile.shape(turned(oval(x, y - 15, 7, 13), angle, (x, y)), p.accent)
        tile.dot(x, y, 5, p.light)
        for angle in range(45, 405, 90):
            tile.dot(*turned([(x, y - 38)], angle, (x, y))[0], 3, p.light)
    return tile


def kawung(p: Palette) -> Tile:
    """Four ovals round a point."""
    tile = Tile(150, p.ground)
    for x, y in ((0, 0), (75, 75)):
        for angle in range(45, 405, 90):
            for across, length, colour in ((23, 34, p.main), (17, 28, p.second), (13, 23, p.main)):
                tile.shape(turned(oval(x, y - 40, across, length), angle, (x, y)), colour)
            for at in (-32, -48):
                tile.dot(*turned([(x, y + at)], angle, (x, y))[0], 3.4, p.ground)
        tile.shape(drawing.star(x, y, 8), p.accent)
    for x, y in ((75, 0), (0, 75)):
        tile.shape([(x, y - 11), (x + 11, y), (x, y + 11), (x - 11, y)], p.accent)
        for dx, dy in ((-17, 0), (17, 0), (0, -17), (0, 17)):
            tile.dot(x + dx, y + dy, 2.6, p.light)
    return tile


def parang(p: Palette) -> Tile:
    """Rows of blades; laid down at 45 degrees."""
    tile = Tile(120, p.ground, 200)
    for row in range(2):
        top = row * 100
        for at in (0, 60):
            blade = [(at, top + 6), (at + 26, top + 12), (at + 30, top + 34), (at + 14, top + 48), (at + 24, top + 70),
                     (at + 50, top + 74), (at + 20, top + 80), (at + 2, top + 62), (at + 6, top + 40), (at + 16, top + 26)]  # fmt: skip
            tile.shape(curve(blade, 6), p.main)
            tile.line(curve([(x + 22, y + 2) for x, y in blade[:6]], 6, closed=False), p.second, 4)
            tile.shape(oval(at + 17, top + 24, 5, 7), p.accent)
            for step in range(4):
                tile.dot(at + 45 + step * 1.5, top + 22 + step * 13, 2.6, p.light)
        tile.shape([(-2, top + 84), (122, top + 84), (122, top + 104), (-2, top + 104)], p.second)
        for x in range(0, 120, 30):
            tile.shape([(x + 15, top + 86), (x + 26, top + 94), (x + 15, top + 102), (x + 4, top + 94)], p.main)
            tile.dot(x + 15, top + 94, 3, p.ground)
    return tile


def truntum(p: Palette) -> Tile:
    """Small flowers like stars at night."""
    tile = Tile(160, p.ground)
    for x, y in ((40, 40), (120, 120)):
        for angle in range(0, 360, 45):
            length = 27 if angle % 90 == 0 else 20
            tile.shape(turned(oval(x, y - length / 2 - 5, 5, length / 2), angle, (x, y)), p.main)
            tile.dot(*turned([(x, y - length - 9)], angle, (x, y))[0], 2.6, p.light)
        tile.dot(x, y, 7, p.accent)
        tile.dot(x, y, 3, p.light)
    for x, y in ((120, 40), (40, 120)):
        for angle in range(0, 360, 72):
            tile.shape(turned(oval(x, y - 11, 5, 7), angle, (x, y)), p.second)
        tile.dot(x, y, 4, p.light)
        for angle in range(36, 396, 72):
            tile.dot(*turned([(x, y - 20)], angle, (x, y))[0], 2.2, p.main)
    return tile


def buketan(p: Palette) -> Tile:
    """Bunches of flowers with leaves and a butterfly, on a ground of fine dots: the batik of the coast."""
    tile = Tile(480, p.ground)
    tile.dots(mixed(p.ground, p.light, 0.75), 16, 1.7, "buketan")
    for x, y, size, lean in ((130, 150, 1.0, -18), (370, 390, 1.0, 22)):
        _bunch(tile, p, x, y, size, lean)
    for x, y, lean in ((372, 128, 25), (130, 385, -35)):
        _butterfly(tile, p, x, y, lean)
    for x, y in ((250, 60), (20, 262), (255, 290), (470, 240), (240, 455)):
        _flower(tile, p, x, y, 15, 6)
    return tile


def _bunch(tile: Tile, p: Palette, x: float, y: float, size: float, lean: float) -> None:
    for dx, dy in ((-70, 60), (-92, -20), (84, 44), (64, -74), (-30, -100), (30, 104)):
        stem = curve([(x, y), (x + dx * 0.5 + dy * 0.18, y + dy * 0.5 - dx * 0.18), (x + dx, y + dy)], 8, closed=False)
        tile.line(turned(stem, lean, (x, y)), p.accent, 4)
        for share in (0.55, 0.95):
            angle = math.degrees(math.atan2(dy, dx)) + (40 if share < 0.9 else -25)
            leaf = _leaf(x + dx * share, y + dy * share, 36 * size, angle)
            tile.shape(turned(leaf, lean, (x, y)), p.accent)
            vein = turned([(x + dx * share, y + dy * share)], lean, (x, y))[0]
            tip = moved([vein], *_polar(27 * size, angle + lean))[0]
            tile.line([vein, tip], mixed(p.accent, p.light, 0.55), 2)
    for dx, dy, radius, petals in ((-58, -58, 30, 6), (66, 4, 34, 7), (-16, 70, 26, 6)):
        _flower(tile, p, *turned([(x + dx, y + dy)], lean, (x, y))[0], radius * size, petals)
    _flower(tile, p, x, y, 50 * size, 8)


def _flower(tile: Tile, p: Palette, x: float, y: float, radius: float, petals: int) -> None:
    for ring, colour in ((1.0, p.main), (0.72, p.second), (0.44, mixed(p.second, p.light, 0.55))):
        for petal in range(petals):
            angle = 360 * (petal + (ring < 0.8) / 2) / petals
            shape = oval(x, y - radius * ring * 0.62, radius * ring * 1.9 / petals + 2, radius * ring * 0.45, steps=24)
            tile.shape(turned(shape, angle, (x, y)), colour, p.light, 1.2)
    tile.dot(x, y, radius * 0.17, p.accent)
    tile.dot(x, y, radius * 0.08, p.light)


def _leaf(x: float, y: float, length: float, angle: float) -> Shape:
    half = length * 0.28
    leaf = curve([(x, y), (x + length * 0.4, y - half), (x + length, y), (x + length * 0.4, y + half)], 6)
    return turned(leaf, angle, (x, y))


def _polar(length: float, angle: float) -> Point:
    return length * math.cos(math.radians(angle)), length * math.sin(math.radians(angle))


def _butterfly(tile: Tile, p: Palette, x: float, y: float, lean: float) -> None:
    for side in (-1, 1):
        for dx, dy, across, length, angle, colour in (
            (20, -16, 15, 27, 48, p.main), (16, 14, 11, 20, 125, p.second), (20, -16, 7, 14, 48, p.light),
        ):  # fmt: skip
            wing = oval(x + side * dx, y + dy, across, length, side * angle, steps=24)
            tile.shape(turned(wing, lean, (x, y)), colour, p.light, 1.2)
        feeler = curve([(x, y - 16), (x + side * 7, y - 30), (x + side * 16, y - 36)], 5, closed=False)
        tile.line(turned(feeler, lean, (x, y)), p.accent, 2)
    tile.shape(turned(oval(x, y, 4, 20, steps=16), lean, (x, y)), p.accent)


def _filled(tile: Tile, p: Palette, shape: Shape, kind: int, edge: str) -> None:
    """Fill a patch with one of six small patterns, cut to its shape."""
    grounds = (p.ground, p.second, p.main, mixed(p.second, p.light, 0.5), p.accent, mixed(p.main, p.ground, 0.35))
    ground = grounds[kind % 6]
    ink = p.light if sum(rgb(ground)) < 400 else p.ground if sum(rgb(p.ground)) < 400 else p.main
    patch = Tile(tile.side, ground, tile.height)
    gap = (18, 14, 20, 16, 12, 22)[kind % 6]
    if kind % 3 == 0:
        patch.dots(ink, gap, 2.6, kind)
    for y in range(0, tile.height + gap, gap):
        if kind % 3 == 1:
            patch.line([(0, y), (tile.side, y)], ink, 2)
            patch.line([(y, 0), (y, tile.height)], ink, 2)
        elif kind % 3 == 2:
            for x in range(0, tile.side, gap):
                for angle in (45, 135):
                    patch.pen.polygon(
                        [(a * SMOOTHING, b * SMOOTHING) for a, b in oval(x, y, gap * 0.2, gap * 0.52, angle, steps=10)],
                        fill=ink,
                    )
    mask = Image.new("L", tile.image.size)
    pen = ImageDraw.Draw(mask)
    for copy in tile.copies(shape):
        pen.polygon(copy, fill=255)
    tile.image.paste(patch.image, mask=mask)
    tile.shape([*shape, shape[0]], None, edge, 4)


def sekar_jagad(p: Palette) -> Tile:
    """Islands, each with a pattern of its own: a map of the world."""
    tile = Tile(360, p.light)
    numbers = chance("sekar jagad")
    for row in range(3):
        for column in range(3):
            x, y = column * 120 + row % 2 * 60 + numbers.uniform(-9, 9), row * 120 + 60 + numbers.uniform(-9, 9)
            ring = [_polar(numbers.uniform(52, 71), angle + numbers.uniform(-8, 8)) for angle in range(0, 360, 45)]
            _filled(tile, p, curve(moved(ring, x, y), 7), row * 3 + column, p.accent)
            if (row + column) % 2:
                _flower(tile, p, x, y, 27, 6)
    return tile


def tambal(p: Palette) -> Tile:
    """Patches of triangles, as if mended."""
    tile = Tile(320, p.ground)
    for row in range(2):
        for column in range(2):
            x, y, kind = column * 160, row * 160, row * 2 + column
            first: Shape = [(x, y), (x + 160, y), (x, y + 160)]
            second: Shape = [(x + 160, y), (x + 160, y + 160), (x, y + 160)]
            if (row + column) % 2:
                first = [(x, y), (x + 160, y), (x + 160, y + 160)]
                second = [(x, y), (x, y + 160), (x + 160, y + 160)]
            _filled(tile, p, first, kind, p.light)
            _filled(tile, p, second, kind + 3, p.light)
    for x, y in ((160, 160), (0, 0)):
        _flower(tile, p, x, y, 30, 8)
    return tile
