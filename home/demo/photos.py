"""The drawn pictures of the demo as photos of the media library, with all sizes that pages show.

Wagtail would make the same sizes when a product is published, taking a second of computing for each picture, most of
it for AVIF at its best. The first start of the demo should not wait for that: here they are made from the drawing
itself, with less effort of the encoders and by all processors.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, Filter

from gallery import pictures
from home.demo.product_pictures import PictureSpec, draw
from siptenan.common.models import SiteImage, SiteRendition

Box = tuple[int, int, int, int]

QUALITY = {"avif": 61, "webp": 80, "jpeg": 85}  # as Wagtail's own
EFFORT = {"avif": {"speed": 10, "max_threads": 1}, "webp": {"method": 0}, "jpeg": {}}


@dataclass(frozen=True)
class Size:
    """One encoded size of a picture."""

    spec: str
    extension: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True)
class Taken:
    """A picture as a file, and its sizes."""

    width: int
    height: int
    content: bytes
    sizes: tuple[Size, ...]


def take(wanted: Iterable[tuple[PictureSpec, bool]]) -> Iterator[Taken]:
    """Draw pictures, in the order asked for; those marked get the sizes that only the first photo of a product needs."""
    with ThreadPoolExecutor(1 + (os.cpu_count() or 1)) as pool:  # one more: a part of drawing is Python, and waits
        centred = SiteImage(
            file="contoh.jpg", width=1, height=1
        )  # made here: its default collection is read from the database
        yield from pool.map(lambda order: _take(order[0], order[1], centred), wanted)


def _take(spec: PictureSpec, is_first: bool, centred: SiteImage) -> Taken:
    picture = draw(spec)
    encoder = _Encoder(picture, centred)
    specs = [*pictures.OF_EVERY, *(pictures.FIRST_ONLY if is_first else [])]
    return Taken(
        *picture.size,
        encoder.encoded(picture.size, (0, 0, *picture.size), "jpeg", QUALITY["jpeg"]),
        tuple(map(encoder.size, specs)),
    )


class _Encoder:
    """One picture in all its sizes; what two of them have in common is made once."""

    def __init__(self, picture: Image.Image, centred: SiteImage) -> None:
        self.picture = picture
        self.centred = centred  # stands for an image without a focal point
        self.resized = functools.cache(self._resized)
        self.encoded = functools.cache(self._encoded)

    def size(self, spec: str) -> Size:
        """Return one size as its Wagtail filter describes it."""
        transform = Filter(spec=spec).get_transform(self.centred, self.picture.size)
        width, height = round(transform.size[0]), round(transform.size[1])
        left, top, right, bottom = transform.get_rect().round()
        form, quality = "", 0
        for word in spec.split("|"):
            name, _, value = word.partition("-")
            if name == "format":
                form = value
            elif name.endswith("quality"):
                quality = int(value)
        content = self.encoded((width, height), (left, top, right, bottom), form, quality or QUALITY[form])
        return Size(spec, IMAGE_FORMAT_EXTENSIONS[form], width, height, content)

    def _resized(self, size: tuple[int, int], box: Box) -> Image.Image:
        return self.picture.resize(size, Image.Resampling.BICUBIC, box=box, reducing_gap=2.0)

    def _encoded(self, size: tuple[int, int], box: Box, form: str, quality: int) -> bytes:
        buffer = BytesIO()
        self.resized(size, box).save(buffer, form.upper(), quality=quality, **EFFORT[form])
        return buffer.getvalue()


def add_to_library(taken: Taken, title: str) -> SiteImage:
    """Store a picture and its sizes.

    Their files go to the storage from here: the fields would read every picture again to learn how large it is.
    """
    image = SiteImage.objects.create(
        title=title,
        file=_stored(SiteImage(), "foto.jpg", taken.content),
        width=taken.width,
        height=taken.height,
        file_size=len(taken.content),
        collection=pictures.collection(),
    )
    SiteRendition.objects.bulk_create(_rendition(image, size) for size in taken.sizes)
    return image


def _rendition(image: SiteImage, size: Size) -> SiteRendition:
    return SiteRendition(
        image=image,
        filter_spec=size.spec,
        focal_point_key=Filter(spec=size.spec).get_cache_key(image),
        width=size.width,
        height=size.height,
        file=_stored(SiteRendition(), f"foto{size.extension}", size.content),
    )


def _stored(row: SiteImage | SiteRendition, name: str, content: bytes) -> str:
    """Store a file where the field of the row would, and return its name."""
    return default_storage.save(row.get_upload_to(name), ContentFile(content))
