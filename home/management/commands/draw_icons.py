"""Draw the icons of the site and the picture for sharing that pages without their own show, as static files.

They are committed; run this again after a change of the design, as `manage.py draw_icons`.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image

from siptenan.common import drawing, share_images
from siptenan.common.models import OfficeSettings

SHARE_TITLE = "Layanan industri dan tenaga kerja Kota Pekalongan"

# File: side in pixels, whether the black fills the square (phones cut their own shape), size of the flower.
ICONS = {
    "icon-192.png": (192, False, 1.0),
    "icon-512.png": (512, False, 1.0),
    "icon-maskable-512.png": (512, True, 0.8),  # all that matters within the circle that every phone keeps
    "apple-touch-icon.png": (180, True, 0.9),
}
# Four, and the shades between them where shapes meet: a fifth of the bytes, which every first visit pays for.
COLOURS = 32


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        folder = settings.PROJECT_DIR / "static" / "siptenan" / "img"
        parser.add_argument("--folder", type=Path, default=folder, help="Where to (default: %(default)s)")

    def handle(self, *args, folder: Path, **options) -> None:
        for name, (side, fills, size) in ICONS.items():
            (folder / name).write_bytes(drawing.png(icon(side, fills, size)))
        office = OfficeSettings._meta.get_field("office_name").get_default()
        picture = share_images.draw(share_images.Shown(SHARE_TITLE, "", office, ""))
        (folder / Path(share_images.STATIC_PICTURE).name).write_bytes(picture)


def icon(side: int, fills: bool, size: float) -> Image.Image:
    """Return the mark of favicon.svg: a white star with a red heart in a brown ring, on black."""
    image, draw = drawing.canvas(side, side, "#00000000")
    middle, unit = image.width / 2, image.width / 64  # favicon.svg is 64 by 64
    draw.rounded_rectangle((0, 0, *image.size), radius=0 if fills else 14 * unit, fill=drawing.BLACK)
    ring = drawing.circle(middle, middle, 25.5 * unit * size)
    draw.ellipse(ring, outline=drawing.SOGAN_LIGHT, width=round(3 * unit * size))
    draw.polygon(drawing.star(middle, middle, 19 * unit * size), fill=drawing.WHITE)
    draw.ellipse(drawing.circle(middle, middle, 7 * unit * size), fill=drawing.RED)
    return drawing.smooth(image).convert("RGB" if fills else "RGBA").quantize(COLOURS)
