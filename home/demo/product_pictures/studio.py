"""The studio that product pictures are taken in: a backdrop, soft shadows, and shapes that light falls on.

Shapes are lists of corners in pixels of the finished picture. Their edges are drawn twice as large and made smaller;
what is smooth by nature (light, shadow, backdrop) is drawn much smaller and stretched, which costs next to nothing.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from siptenan.common import drawing

WIDTH, HEIGHT = 1200, 900  # pixels
SMOOTHING = 2
COARSE = 6  # shadows and rims are made so many times smaller
NEUTRAL = 128  # of a shade: neither lighter nor darker

Point = tuple[float, float]
Shape = list[Point]
Box = tuple[int, int, int, int]
Fill = str | Image.Image  # a colour, or a cloth as large as the picture


def chance(*seed: object) -> random.Random:
    """Return a source of numbers that is the same every time for the same seed."""
    return random.Random(repr(seed))  # noqa: S311 - decoration, not secrets


def mixed(first: str, second: str, share: float) -> str:
    """Return a colour between two, `share` (0 to 1) of the way to the second."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return `#rrggbb` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


# --- Shapes -----------------------------------------------------------------------------------------


def curve(corners: Sequence[Point], steps: int = 10, closed: bool = True) -> Shape:
    """Return a smooth line through the corners (Catmull-Rom)."""
    count = len(corners)
    found: Shape = []
    for at in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (corners[(at + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            a, b, c, d = (corners[min(max(at + shift, 0), count - 1)] for shift in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            x, y = (sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) / 2 for axis in (0, 1))
            found.append((x, y))
    return found if closed else [*found, corners[-1]]


def oval(x: float, y: float, across: float, down: float, angle: float = 0, steps: int = 48) -> Shape:
    """Return an ellipse round a point, of two radii, turned by degrees."""
    ring = [(x + across * math.cos(t), y + down * math.sin(t)) for t in (math.tau * s / steps for s in range(steps))]
    return turned(ring, angle, (x, y)) if angle else ring


def panel(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Shape:
    """Return a rectangle with round corners."""
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    found: Shape = []
    for x, y, start in (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    ):
        for step in range(7):
            t = math.radians(start + step * 15)
            found.append((x + radius * math.cos(t), y + radius * math.sin(t)))
    return found


def turned(shape: Sequence[Point], angle: float, middle: Point = (WIDTH / 2, HEIGHT / 2)) -> Shape:
    """Return a shape turned clockwise by degrees about a point."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    mx, my = middle
    return [(mx + (x - mx) * cos - (y - my) * sin, my + (x - mx) * sin + (y - my) * cos) for x, y in shape]


def moved(shape: Sequence[Point], dx: float, dy: float) -> Shape:
    """Return a shape somewhere else."""
    return [(x + dx, y + dy) for x, y in shape]


def mirrored(shape: Sequence[Point], axis: float = WIDTH / 2) -> Shape:
    """Return a shape seen in an upright mirror at x = `axis`."""
    return [(2 * axis - x, y) for x, y in shape]


# --- Light ------------------------------------------------------------------------------------------


def across(*values: int) -> Image.Image:
    """Return a shade that changes from left to right; 0 is black, NEUTRAL nothing, 255 white."""
    shade = Image.new("L", (len(values), 1))
    shade.putdata(values)
    return shade


def down(*values: int) -> Image.Image:
    """Return a shade that changes from top to bottom."""
    shade = Image.new("L", (1, len(values)))
    shade.putdata(values)
    return shade


def field(value: Callable[[float, float], float], columns: int = 40, rows: int = 30) -> Image.Image:
    """Return a shade by a function of two numbers from 0 to 1 that gives -1 (black) to 1 (white)."""
    shade = Image.new("L", (columns, rows))
    numbers = [
        NEUTRAL + 127 * max(-1.0, min(1.0, value(column / (columns - 1), row / (rows - 1))))
        for row in range(rows)
        for column in range(columns)
    ]
    shade.putdata([round(number) for number in numbers])
    return shade


def lit(image: Image.Image, shade: Image.Image) -> Image.Image:
    """Return a picture with a shade, stretched over all of it."""
    if shade.size != image.size:
        shade = shade.resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.hard_light(image, Image.merge("RGB", [shade] * 3))


# --- The picture ------------------------------------------------------------------------------------

BACKDROPS = {
    "putih": ("#f7f4ef", "#e2dcd3"),
    "pasir": ("#f1e8da", "#d9cab4"),
    "sage": ("#e9ede4", "#c9d2c2"),
    "langit": ("#e8eef2", "#c6d2da"),
    "mawar": ("#f6eae6", "#dfcac4"),
    "abu": ("#ecebea", "#cbc9c6"),
}


@functools.cache
def backdrop(name: str) -> Image.Image:
    """Return seamless paper, lit from the upper left."""
    light, dark = (Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in BACKDROPS[name])
    share = field(lambda x, y: min(1.0, math.hypot(x - 0.36, (y - 0.28) * 0.9)) * 2 - 1, 60, 45)
    return Image.composite(dark, light, share.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))


@functools.cache
def planks(colour: str) -> Image.Image:
    """Return a table of pale boards."""
    numbers = chance("planks", colour)
    image = Image.new("RGB", (WIDTH, HEIGHT), colour)
    pen = ImageDraw.Draw(image)
    for board in range(6):
        top = board * 150
        pen.rectangle((0, top, WIDTH, top + 150), fill=mixed(colour, "#7a5a38", numbers.uniform(0, 0.10)))
        for _ in range(46):
            y, left = top + numbers.uniform(3, 146), numbers.uniform(-500, WIDTH)
            grain = curve([(left + x, y + numbers.uniform(-2, 2)) for x in range(0, 700, 140)], closed=False)
            pen.line(grain, fill=mixed(colour, "#6b4a2a", numbers.uniform(0.06, 0.2)), width=2)
        pen.line((0, top, WIDTH, top), fill=mixed(colour, "#3b2612", 0.45), width=3)
    light = field(lambda x, y: 0.12 - 0.5 * math.hypot(x - 0.35, y - 0.3) ** 1.6)
    return lit(image.filter(ImageFilter.GaussianBlur(0.8)), light)


class Scene:
    """A picture in the making."""

    def __init__(self, background: Image.Image) -> None:
        self.image = background.copy()

    def shadow(
        self, shape: Sequence[Point], dx: float = 14, dy: float = 20, blur: float = 22, strength: float = 0.4
    ) -> None:
        """Darken what lies under a shape, softly and a little beside it."""
        left, top, right, bottom = self._box(moved(shape, dx, dy), round(blur * 2.6))
        if right <= left or bottom <= top:
            return
        size = (max(2, (right - left) // COARSE), max(2, (bottom - top) // COARSE))
        mask = Image.new("L", size)
        corners = [((x + dx - left) / COARSE, (y + dy - top) / COARSE) for x, y in shape]
        ImageDraw.Draw(mask).polygon(corners, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / COARSE))
        mask = mask.resize((right - left, bottom - top), Image.Resampling.BICUBIC)
        self.image.paste("#2a1c12", (left, top), mask)

    def fill(
        self,
        shape: Sequence[Point],
        fill: Fill,
        shade: Image.Image | None = None,
        rim: float = 0,
        opacity: float = 1,
    ) -> None:
        """Lay a colour or cloth in a shape; `shade` is stretched over its box, `rim` (0 to 1) darkens its edge."""
        box = self._box(shape, 0)
        left, top, right, bottom = box
        if right <= left or bottom <= top:
            return
        mask = self._mask(box, lambda pen, corners: pen.polygon(corners, fill=255), shape)
        size = (right - left, bottom - top)
        stuff = Image.new("RGB", size, fill) if isinstance(fill, str) else fill.crop(box)
        if shade is not None:
            stuff = lit(stuff, self._stretched(shade, shape, box))
        if rim:
            stuff = lit(stuff, _rim(mask, rim))
        self.image.paste(
            stuff, (left, top), mask.point([round(v * opacity) for v in range(256)]) if opacity < 1 else mask
        )

    def line(self, points: Sequence[Point], colour: str, width: float = 3, opacity: float = 1) -> None:
        """Draw an open line of so many pixels."""
        box = self._box(points, math.ceil(width) + 2)
        if box[2] <= box[0] or box[3] <= box[1]:
            return
        mask = self._mask(
            box,
            lambda pen, corners: pen.line(
                corners, fill=round(255 * opacity), width=max(1, round(width * SMOOTHING)), joint="curve"
            ),
            points,
        )
        self.image.paste(colour, box[:2], mask)

    def write(self, text: str, x: float, y: float, size: int, colour: str, weight: float = 0) -> None:
        """Write one line round a point."""
        ImageDraw.Draw(self.image).text(
            (x, y), text, fill=colour, font=drawing.font(size), anchor="mm", stroke_width=weight, stroke_fill=colour
        )

    def _box(self, shape: Sequence[Point], margin: int = 1) -> Box:
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        return (
            max(0, math.floor(min(xs)) - margin),
            max(0, math.floor(min(ys)) - margin),
            min(WIDTH, math.ceil(max(xs)) + margin),
            min(HEIGHT, math.ceil(max(ys)) + margin),
        )

    def _mask(
        self, box: Box, draw: Callable[[ImageDraw.ImageDraw, Shape], None], shape: Sequence[Point]
    ) -> Image.Image:
        left, top, right, bottom = box
        mask = Image.new("L", ((right - left) * SMOOTHING, (bottom - top) * SMOOTHING))
        draw(ImageDraw.Draw(mask), [((x - left) * SMOOTHING, (y - top) * SMOOTHING) for x, y in shape])
        return mask.reduce(SMOOTHING)

    def _stretched(self, shade: Image.Image, shape: Sequence[Point], box: Box) -> Image.Image:
        """A shade over the whole shape, of which only a part may lie in the picture."""
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        across_, down_ = shade.width / max(width, 1), shade.height / max(height, 1)
        part = (
            max(0.0, (box[0] - min(xs)) * across_),
            max(0.0, (box[1] - min(ys)) * down_),
            min(float(shade.width), (box[2] - min(xs)) * across_),
            min(float(shade.height), (box[3] - min(ys)) * down_),
        )
        return shade.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BICUBIC, box=part)


def _rim(mask: Image.Image, strength: float) -> Image.Image:
    """Darker towards the edge of a shape, and darkest at the lower right."""
    size = (max(2, mask.width // COARSE), max(2, mask.height // COARSE))
    blur = max(1.5, min(size) / 9)
    margin, aside = math.ceil(blur * 2), round(blur / 2)
    soft = Image.new("L", (size[0] + 2 * margin, size[1] + 2 * margin))
    soft.paste(mask.resize(size, Image.Resampling.BOX), (margin, margin))
    soft = soft.filter(ImageFilter.GaussianBlur(blur))
    start = margin + aside
    soft = soft.crop((start, start, start + size[0], start + size[1]))
    shade = soft.point([round(NEUTRAL * (1 - strength * (1 - value / 255))) for value in range(256)])
    return shade.resize(mask.size, Image.Resampling.BICUBIC)
