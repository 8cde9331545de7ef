"""Pictures of the demo's products, drawn by the project itself: the same every time, no camera, no file of others."""

from __future__ import annotations

from PIL import Image

from home.demo.product_pictures import crafts, dishes, garments, packages, textiles
from home.demo.product_pictures.spec import PictureSpec

SCENES = {**textiles.SCENES, **garments.SCENES, **packages.SCENES, **dishes.SCENES, **crafts.SCENES}


def draw(spec: PictureSpec) -> Image.Image:
    """Return the picture of a spec, 1200 by 900 pixels."""
    return SCENES[spec.kind](spec).image


__all__ = ["PictureSpec", "draw"]
