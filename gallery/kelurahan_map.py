"""The map of the public totals: a circle for each kelurahan, drawn by the server, names placed to be readable.

Plain numbers for an inline SVG; its looks are in css/site/gallery.css. One unit is about a pixel of a phone of 320, on
which the letters are largest beside the circles: what does not collide there collides nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gallery.aggregates import Group

WIDTH = 300
MARGIN_X, MARGIN_Y = 26, 18
LETTER_WIDTH, LINE_HEIGHT, PADDING = 5.6, 11.0, 6.0  # of letters of 10 units, as the style sheet says
ONE_LINE_MAX = 10  # letters; longer names of two words take two lines
EMPTY, HIDDEN, LEAST, MOST = 2.5, 4.0, 4.5, 15.0  # radii
SHADES = 4
ROUNDS = 6  # of placing the names; the city needs three

Point = tuple[Decimal, Decimal]  # longitude, latitude


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that two have in common."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


@dataclass(frozen=True)
class Circle:
    """A kelurahan; `shade` 0 has no business, 1 to SHADES more and more, "hidden" may not be told."""

    x: float
    y: float
    radius: float
    shade: str
    lines: tuple[str, ...]

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True)
class Label:
    """A name of one or two lines; `x`, `anchor` and `y`, the foot of the first line, are those of SVG."""

    x: float
    y: float
    anchor: str
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True)
class Map:
    """All of it, the largest circles first so that small ones lie on top."""

    width: int
    height: int
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]


def draw(groups: Iterable[Group], points: Mapping[str, Point]) -> Map | None:
    """Return the map of the kelurahan that have a point; None when none has."""
    placed = [(group, points[group.key]) for group in groups if group.key in points]
    if not placed:
        return None
    west, north = min(point[0] for _, point in placed), max(point[1] for _, point in placed)
    east, south = max(point[0] for _, point in placed), min(point[1] for _, point in placed)
    # The city is small enough for a plane; a degree of longitude is a little shorter there than one of latitude.
    shrink = math.cos(math.radians(float(north + south) / 2))
    wide = max(float(east - west) * shrink, 1e-6)
    scale = (WIDTH - 2 * MARGIN_X) / wide
    most = max((group.businesses or 0 for group, _ in placed), default=0)
    circles = [
        _circle(
            group,
            MARGIN_X + float(point[0] - west) * shrink * scale,
            MARGIN_Y + float(north - point[1]) * scale,
            most,
        )
        for group, point in placed
    ]
    height = math.ceil(2 * MARGIN_Y + float(north - south) * scale)
    circles.sort(key=lambda circle: (-circle.radius, circle.x, circle.y))
    return Map(WIDTH, height, tuple(circles), tuple(_labels(circles, height)))


def _circle(group: Group, x: float, y: float, most: int) -> Circle:
    """The area of a circle grows with the number; its shade too, for those who compare colours more easily."""
    if group.businesses is None:
        return Circle(x, y, HIDDEN, "hidden", _lines(group.name))
    if not group.businesses:
        return Circle(x, y, EMPTY, "0", _lines(group.name))
    part = group.businesses / most
    shade = math.ceil(part * SHADES)
    return Circle(x, y, LEAST + (MOST - LEAST) * math.sqrt(part), str(shade), _lines(group.name, str(group.businesses)))


def _lines(name: str, figure: str = "") -> tuple[str, ...]:
    words = name.split(" ") if len(name) > ONE_LINE_MAX else [name]
    return (*words[:-1], f"{words[-1]} {figure}".strip())


def _labels(circles: list[Circle], height: int) -> list[Label]:
    """Give each name the place where it covers least, again and again until none moves."""
    labels = [next(_places(circle)) for circle in circles]
    for _ in range(ROUNDS):
        before = list(labels)
        for number, circle in enumerate(circles):
            others = [label.box for place, label in enumerate(labels) if place != number]
            labels[number] = min(_places(circle), key=lambda label: _cost(label.box, others, circles, height))
        if labels == before:
            break
    return labels


def _cost(box: Box, labels: list[Box], circles: list[Circle], height: int) -> float:
    inside = Box(0, 0, WIDTH, height)
    area = (box.right - box.left) * (box.bottom - box.top)
    outside = area - box.overlap(inside)
    return 20 * outside + 4 * sum(map(box.overlap, labels)) + sum(box.overlap(circle.box) for circle in circles)


def _places(circle: Circle) -> Iterator[Label]:
    """The places around a circle, the best to read first."""
    wide = max(map(len, circle.lines)) * LETTER_WIDTH + PADDING
    high = len(circle.lines) * LINE_HEIGHT
    for gap in (2.0, 6.0):
        away = circle.radius + gap
        slant = away * 0.75
        for anchor, x, top in (
            ("start", circle.x + away, circle.y - high / 2),
            ("end", circle.x - away, circle.y - high / 2),
            ("middle", circle.x, circle.y + away),
            ("middle", circle.x, circle.y - away - high),
            ("start", circle.x + slant, circle.y + slant - LINE_HEIGHT / 2),
            ("start", circle.x + slant, circle.y - slant - high + LINE_HEIGHT / 2),
            ("end", circle.x - slant, circle.y + slant - LINE_HEIGHT / 2),
            ("end", circle.x - slant, circle.y - slant - high + LINE_HEIGHT / 2),
        ):
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            box = Box(left, top, left + wide, top + high)
            yield Label(x, top + LINE_HEIGHT * 0.8, anchor, circle.lines, box)
