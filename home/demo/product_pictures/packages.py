"""Food as it is sold: pouches, jars, bottles, clear bags and boxes, each with a label that says its name."""

from __future__ import annotations

import math
import random

from PIL import Image

from home.demo.product_pictures.cloths import tile
from home.demo.product_pictures.spec import PALETTES, PictureSpec
from home.demo.product_pictures.studio import (
    HEIGHT,
    WIDTH,
    Point,
    Scene,
    Shape,
    across,
    chance,
    curve,
    down,
    field,
    mirrored,
    mixed,
    moved,
    oval,
    panel,
    planks,
)
from home.demo.product_pictures.textiles import paper
from siptenan.common import drawing

GLASS = across(96, 168, 214, 150, 132, 124, 118, 112, 150, 100, 66)
ROUND = across(84, 128, 160, 168, 152, 134, 122, 110, 96, 74, 52)
BALL = field(lambda u, v: 0.36 - 1.15 * math.hypot(u - 0.34, v - 0.3) ** 1.7, 24, 24)
SLICE = field(lambda u, v: 0.16 - 0.22 * u - 0.2 * v, 12, 12)
ROUND_PIECES = ("nastar", "kastengel")
LABEL_SIZES = range(62, 25, -4)


def table(spec: PictureSpec) -> Scene:
    """Return a table of boards for food, or the studio's paper."""
    if spec.seed % 3 == 0:
        return Scene(planks("#e3d3bb"))
    if spec.seed % 3 == 1:
        return Scene(planks("#c9b294"))
    return paper(spec)


def _lines(text: str, width: float, height: float) -> tuple[int, list[str]]:
    """Return the largest size at which a name fits in at most three lines, and the lines."""
    for size in LABEL_SIZES:
        font, lines = drawing.font(size), [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if font.getlength(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        if (
            len(lines) <= 3
            and len(lines) * size * 1.16 <= height
            and max(font.getlength(line) for line in lines) <= width
        ):
            return size, lines
    return LABEL_SIZES[-1], [text]


def label(
    scene: Scene, spec: PictureSpec, x: float, y: float, width: float, height: float, shade: Image.Image | None = None
) -> None:
    """Stick a label with the name and a border of batik round a point."""
    p = PALETTES[spec.palette]
    dark = sum(int(p.ground[at : at + 2], 16) for at in (1, 3, 5)) < 360
    left, top, right, bottom = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    scene.fill(panel(left, top, right, bottom, 12), p.light if dark else "#fffaf2")
    strip = tile("jlamprang", spec.palette)
    strip = strip.resize((strip.width // 3, strip.height // 3), Image.Resampling.LANCZOS)
    band = Image.new("RGB", (WIDTH, HEIGHT))
    for at in range(round(left), round(right), strip.width):
        band.paste(strip, (at, round(top) + 8))
        band.paste(strip, (at, round(bottom) - 48))
    scene.fill(panel(left, top + 10, right, top + 46), band)
    scene.fill(panel(left, bottom - 46, right, bottom - 10), band)
    ink = p.ground if dark else p.main
    size, lines = _lines(spec.label, width - 36, height - 106)
    first = y - (len(lines) - 1) * size * 0.58
    for number, line in enumerate(lines):
        scene.write(line, x, first + number * size * 1.16, size, ink, size / 50)
    if height - 106 - len(lines) * size * 1.16 > 84:
        scene.fill(drawing.star(x, first - size * 0.6 - 20, 14), p.accent)
        scene.write(
            "KOTA PEKALONGAN", x, first + (len(lines) - 0.4) * size * 1.16 + 14, 19, mixed(ink, "#ffffff", 0.2), 0.3
        )
    if shade is not None:
        box = (round(left), round(top), round(right), round(bottom))
        piece = scene.image.crop(box)
        scene.fill(panel(left, top, right, bottom, 12), _placed(piece, box), shade)


def _placed(piece: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    whole = Image.new("RGB", (WIDTH, HEIGHT))
    whole.paste(piece, box[:2])
    return whole


def pouch(spec: PictureSpec) -> Scene:
    """A standing pouch of paper, its seam at the top."""
    scene, p = paper(spec), PALETTES[spec.palette]
    kraft = "#c39a68" if spec.seed % 2 else mixed(p.ground, "#ffffff", 0.04)
    for x, size in ((768, 0.86), (520, 1.0)):
        half: list[Point] = [(186, -330), (190, -200), (196, 120), (206, 262), (176, 306), (60, 318)]
        right = [(x + a * size, 498 + b * size + (1 - size) * 300) for a, b in half]
        body = [*right, *reversed(mirrored(right, x))]
        scene.shadow([(px, py) for px, py in body if py > 600] or body, 26, 16, 26, 0.6)
        scene.shadow(body, 20, 14, 26, 0.3)

        def light(u: float, v: float) -> float:
            puff = 0.30 * (1 - abs(u - 0.36) * 2.2) * min(1, v * 3) - 0.06
            return puff - (0.28 * max(0.0, v - 0.86) / 0.14) - 0.12 * u

        scene.fill(body, kraft, field(light), rim=0.22)
        top = min(py for _, py in body)
        scene.fill(
            panel(x - 185 * size, top, x + 185 * size, top + 44 * size),
            mixed(kraft, "#000000", 0.14),
            across(150, 160, 120, 140, 96),
        )
        for line in range(5):
            y = top + (8 + line * 8) * size
            scene.line([(x - 184 * size, y), (x + 184 * size, y)], mixed(kraft, "#000000", 0.35), 1.5, 0.5)
        if size == 1.0:
            label(scene, spec, x, 515, 316, 330, field(lambda u, v: 0.1 - 0.25 * u - 0.05 * v))
        else:
            scene.fill(
                panel(x - 20, 380, x + 140, 640, 10), p.light if spec.seed % 2 == 0 else "#fffaf2", across(120, 110, 90)
            )
            scene.fill(drawing.star(x + 84, 520, 34), p.accent, across(120, 100))
    return scene


CONTENTS = {  # what a jar or clear bag shows: colour of the pieces, second colour, radius across and down
    "nastar": ("#e0a540", "#b9772a", 30, 26),
    "kastengel": ("#e7bd68", "#c08a3c", 44, 15),
    "kerupuk": ("#f1d9bd", "#e29a8f", 46, 30),
    "rempeyek": ("#d99f4b", "#a9682a", 56, 44),
    "keripik": ("#d8b06a", "#9b6c33", 40, 30),
    "teri": ("#d9cfc0", "#8e8678", 26, 4),
    "bubuk": ("#4a2d1b", "#5b3a24", 12, 9),
}


def _pieces(scene: Scene, seed: object, what: str, inside: Shape, size: float = 1) -> None:
    """Fill a shape with pieces of food, the later ones on top."""
    colour, other, across_, down_ = CONTENTS[what]
    numbers = chance("pieces", seed, what)
    xs, ys = [x for x, _ in inside], [y for _, y in inside]
    heap = Scene(scene.image)
    heap.fill(inside, mixed(other, "#000000", 0.3))
    step_x, step_y = across_ * size * 1.05, max(10.0, down_ * size * 0.95)
    y = min(ys)
    while y < max(ys) + down_:
        x = min(xs) - across_
        while x < max(xs) + across_:
            px, py = x + numbers.uniform(-0.4, 0.4) * step_x, y + numbers.uniform(-0.4, 0.4) * step_y
            piece = oval(
                px,
                py,
                across_ * size * numbers.uniform(0.8, 1.1),
                down_ * size * numbers.uniform(0.8, 1.1),
                numbers.uniform(-70, 70),
                32 if size > 2 else 16,
            )
            tone = mixed(colour, other, numbers.uniform(0, 0.5))
            if size > 2:
                heap.shadow(piece, 7, 11, 9, 0.5)
                if what in ROUND_PIECES:
                    heap.fill(piece, tone, BALL)
                else:
                    _cracker(heap, numbers, piece, tone, other)
            else:
                heap.fill(moved(piece, 3, 5), "#2b1a0d", opacity=0.35)
                heap.fill(piece, tone)
                shine = [(px + (a - px) * 0.6 - 3, py + (b - py) * 0.6 - 3) for a, b in piece]
                heap.fill(shine, mixed(tone, "#fff6e0", 0.28))
            x += step_x * 1.25
        y += step_y * 1.25
    scene.fill(inside, heap.image)


def _cracker(scene: Scene, numbers: random.Random, outline: Shape, tone: str, other: str) -> None:
    """A flat piece with an uneven edge and blisters."""
    x, y = (sum(point[axis] for point in outline) / len(outline) for axis in (0, 1))
    corners = [
        (x + (a - x) * share, y + (b - y) * share) for a, b in outline[::2] for share in (numbers.uniform(0.8, 1.2),)
    ]
    scene.fill(curve(corners, 5), mixed(tone, other, 0.55))
    scene.fill(curve([(x + (a - x) * 0.93 - 2, y + (b - y) * 0.93 - 3) for a, b in corners], 5), tone, SLICE)
    for _ in range(7):
        spot_x, spot_y = (
            at + numbers.uniform(-0.5, 0.5) * size
            for at, size in ((x, abs(corners[0][0] - x)), (y, abs(corners[2][1] - y)))
        )
        spot = oval(spot_x, spot_y, numbers.uniform(8, 17), numbers.uniform(6, 12), numbers.uniform(0, 180), 12)
        scene.fill(spot, mixed(tone, numbers.choice((other, "#fff8e6")), 0.4), opacity=0.7)


def jar(spec: PictureSpec) -> Scene:
    """A round jar with a lid; what is in it follows the motif."""
    scene = table(spec)
    for x, size in ((800, 0.78), (500, 1.0)):
        floor, wide, high = 790.0, 205 * size, 470 * size
        top = floor - high
        scene.shadow(oval(x, floor - 6, wide * 1.05, 34 * size), 34, 12, 26, 0.6)
        body = panel(x - wide, top, x + wide, floor, 54 * size)
        _pieces(scene, (spec, x), spec.motif, body, 0.9 * size)
        scene.fill(body, scene.image, GLASS)
        scene.fill(panel(x - wide * 0.82, top + 40, x - wide * 0.66, floor - 50, 14), "#ffffff", opacity=0.34)
        lid = panel(x - wide * 0.93, top - 76 * size, x + wide * 0.93, top + 16 * size, 16)
        scene.shadow(lid, 4, 10, 8, 0.35)
        scene.fill(lid, PALETTES[spec.palette].second, ROUND)
        for line in range(3):
            y = top - (52 - line * 20) * size
            scene.line([(x - wide * 0.92, y), (x + wide * 0.92, y)], "#000000", 2, 0.18)
        if size == 1.0:
            label(scene, spec, x, floor - high * 0.46, wide * 1.52, 262, across(120, 140, 148, 130, 108))
        else:
            scene.fill(oval(x, floor - high * 0.46, 84, 84), "#fffaf2", across(120, 140, 104))
            scene.fill(drawing.star(x, floor - high * 0.46, 48), PALETTES[spec.palette].accent, across(130, 110))
    return scene


def bottle(spec: PictureSpec) -> Scene:
    """Three bottles; the palette's accent is the drink or sauce."""
    scene, p = paper(spec) if spec.seed % 2 else table(spec), PALETTES[spec.palette]
    liquid = {"kecap": "#2b1510", "limun": "#e9c46a", "sirup": "#b5412c", "bumbu": "#a8442a"}[spec.motif]
    for x, size in ((330, 0.86), (870, 0.86), (600, 1.0)):
        floor = 820 - (1 - size) * 120
        half: list[Point] = [(36, -640), (36, -560), (40, -470), (112, -370), (124, -320), (124, -24), (104, 0)]
        right = [(x + a * size, floor + b * size) for a, b in half]
        neck = curve(right[1:4], 6, closed=False)
        side = [right[0], *neck, *right[3:]]
        body = [*side, *reversed(mirrored(side, x))]
        scene.shadow(oval(x, floor - 6, 130 * size, 26 * size), 34, 10, 22, 0.6)
        scene.fill(body, mixed(liquid, "#ffffff", 0.1), GLASS)
        glass = [point for point in body if point[1] < floor - 470 * size]
        if len(glass) > 2:
            scene.fill(glass, "#e8efe9", GLASS, opacity=0.5)
        crown = panel(x - 44 * size, floor - 668 * size, x + 44 * size, floor - 612 * size, 9)
        scene.fill(crown, p.accent, ROUND)
        if size == 1.0:
            label(scene, spec, x, floor - 168, 246, 236, ROUND.point(lambda v: (v + 128) // 2))
        else:
            scene.fill(panel(x - 123 * size, floor - 270 * size, x + 123 * size, floor - 60 * size), p.light, ROUND)
            scene.fill(drawing.star(x, floor - 165 * size, 40), p.main, ROUND)
        scene.fill(
            panel(x - 100 * size, floor - 340 * size, x - 84 * size, floor - 30 * size, 8), "#ffffff", opacity=0.3
        )
    return scene


def bag(spec: PictureSpec) -> Scene:
    """A clear bag of crackers, closed with a printed card."""
    scene = table(spec)
    left, top, right, bottom = 380, 150, 820, 800
    body = curve(
        [(left + 22, top), (600, top - 4), (right - 22, top), (right + 6, 330), (right + 14, 600), (right - 8, bottom - 14),
         (600, bottom + 4), (left + 8, bottom - 14), (left - 14, 600), (left - 6, 330)], 8,
    )  # fmt: skip
    scene.shadow(body, 24, 22, 28, 0.5)
    _pieces(scene, spec, spec.motif, body, 1.25)

    def light(u: float, v: float) -> float:
        crinkle = (
            max(0.0, 1 - abs(u - 0.16 - 0.05 * v) / 0.035) * 0.75 + max(0.0, 1 - abs(u - 0.86 + 0.08 * v) / 0.02) * 0.5
        )
        return crinkle * (0.4 + 0.6 * v) + 0.05 - 0.2 * u

    scene.fill(body, scene.image, field(light, 80, 40), rim=0.25)
    card = panel(left - 16, 118, right + 16, 330, 8)
    scene.shadow(card, 6, 10, 10, 0.4)
    p = PALETTES[spec.palette]
    scene.fill(card, p.ground)
    label(scene, spec, 600, 224, right - left + 32, 212, field(lambda u, v: 0.1 - 0.16 * u - 0.1 * v))
    for x in (500, 700):
        scene.line([(x - 12, 134), (x + 12, 134)], "#8a8784", 4)
    if spec.seed % 2:
        numbers = chance("loose", spec)
        for x, y, size in ((210, 690, 96), (120, 560, 70), (985, 700, 90)):
            piece = [
                (x + size * numbers.uniform(0.8, 1.1) * math.cos(t), y + size * numbers.uniform(0.6, 0.8) * math.sin(t))
                for t in (math.tau * s / 9 for s in range(9))
            ]
            scene.shadow(piece, 8, 10, 9, 0.45)
            colour, other = CONTENTS[spec.motif][:2]
            scene.fill(curve(piece, 6), colour, field(lambda u, v: 0.2 - 0.2 * u - 0.1 * v), rim=0.35)
            for _ in range(9):
                nut = oval(
                    x + numbers.uniform(-0.5, 0.5) * size,
                    y + numbers.uniform(-0.35, 0.35) * size,
                    11,
                    8,
                    numbers.uniform(0, 180),
                    12,
                )
                scene.fill(nut, mixed(other, "#fff0cf", 0.35), opacity=0.8)
    return scene


def box(spec: PictureSpec) -> Scene:
    """A box that stands on its long side, with the label in front."""
    scene, p = paper(spec), PALETTES[spec.palette]
    left, top, right, bottom, deep = 280.0, 300.0, 800.0, 760.0, 150.0
    front = panel(left, top, right, bottom)
    side: Shape = [(right, top), (right + deep, top - 70), (right + deep, bottom - 90), (right, bottom)]
    lid: Shape = [(left, top), (left + deep, top - 70), (right + deep, top - 70), (right, top)]
    scene.shadow(
        [
            (left, bottom),
            (right, bottom),
            (right + deep, bottom - 90),
            (right + deep + 60, bottom - 20),
            (right, bottom + 46),
        ],
        6,
        4,
        24,
        0.55,
    )
    scene.fill(side, p.ground, field(lambda u, v: -0.34 - 0.1 * v))
    scene.fill(lid, p.ground, down(170, 152))
    scene.fill(front, p.ground, field(lambda u, v: 0.05 - 0.12 * v))
    scene.line([(left, top), (right, top), (right, bottom)], p.light, 2, 0.35)
    label(scene, spec, (left + right) / 2, (top + bottom) / 2, 430, 340, field(lambda u, v: 0.04 - 0.08 * v))
    return scene


def contents(spec: PictureSpec) -> Scene:
    """What is in the package, from near."""
    scene = table(spec)
    _pieces(scene, spec, spec.motif, panel(-20, -20, WIDTH + 20, HEIGHT + 20), 118 / CONTENTS[spec.motif][2])
    scene.fill(
        panel(-1, -1, WIDTH + 1, HEIGHT + 1),
        scene.image,
        field(lambda u, v: 0.08 - 0.5 * math.hypot(u - 0.4, v - 0.4) ** 1.8),
    )
    return scene


SCENES = {"isi": contents, "kantong": pouch, "toples": jar, "botol": bottle, "plastik": bag, "dus": box}
