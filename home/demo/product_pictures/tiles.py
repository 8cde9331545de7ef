"""A square of cloth that continues on the other side of each edge, so that it can be repeated."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from home.demo.product_pictures.studio import SMOOTHING, Point, Shape, chance
from siptenan.common import drawing


class Tile:
    """A square that continues on the other side of each edge."""

    def __init__(self, side: int, colour: str, height: int | None = None) -> None:
        self.side, self.height = side, height or side
        self.image = Image.new("RGB", (self.side * SMOOTHING, self.height * SMOOTHING), colour)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, corners: Sequence[Point], fill: str | None, outline: str | None = None, width: float = 0) -> None:
        """Fill and outline a shape."""
        for copy in self.copies(corners):
            self.pen.polygon(copy, fill=fill, outline=outline, width=round(width * SMOOTHING))

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw an open line."""
        for copy in self.copies(points):
            self.pen.line(copy, fill=colour, width=max(1, round(width * SMOOTHING)), joint="curve")

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a round dot."""
        for dx in (-self.side, 0, self.side):
            for dy in (-self.height, 0, self.height):
                box = [value * SMOOTHING for value in drawing.circle(x + dx, y + dy, radius)]
                self.pen.ellipse(box, fill=colour)

    def copies(self, corners: Sequence[Point]) -> list[Shape]:
        """Return the corners, in drawn pixels, at every place where the repeated shape shows in this tile."""
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        columns = [d for d in (-1, 0, 1) if min(xs) + d * self.side < self.side and max(xs) + d * self.side > 0]
        rows = [d for d in (-1, 0, 1) if min(ys) + d * self.height < self.height and max(ys) + d * self.height > 0]
        return [
            [((x + c * self.side) * SMOOTHING, (y + r * self.height) * SMOOTHING) for x, y in corners]
            for c in columns
            for r in rows
        ]

    def dots(self, colour: str, gap: int, radius: float, seed: object) -> None:
        """Strew fine dots evenly, as a canting leaves them on the ground."""
        numbers = chance(seed, gap)
        for row in range(0, self.height, gap):
            for column in range(0, self.side, gap):
                x, y = (at + numbers.uniform(-0.25, 0.25) * gap for at in (column + row // gap % 2 * gap / 2, row))
                self.dot(x, y, radius, colour)
