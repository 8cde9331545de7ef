"""The picture of a page that WhatsApp, Instagram and others show beside its address.

Drawn when a page is published, by the worker, never while a visitor waits. A page whose picture is not there yet
shows the one of the whole site, a static file.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.templatetags.static import static
from PIL import Image, ImageDraw
from wagtail.models import Page

from siptenan.common import drawing, generation
from siptenan.common.addresses import absolute
from siptenan.common.models import BasePage, OfficeSettings, ShareImage

WIDTH, HEIGHT = 1200, 630  # pixels; what Facebook, WhatsApp and X ask for
FOLDER = "berbagi"
STATIC_PICTURE = "siptenan/img/share.png"  # drawn by the command draw_icons
DESIGN = 1  # raised when `draw` changes, so that every picture is drawn again

MARGIN = 72
HEADER, BAND = 112, 24
LABEL_TOP, TITLE_TOP = 178, 228
TITLE_HEIGHT = 290
TITLE_SIZES = range(112, 47, -4)
MAX_LINES = 4
LINE_HEIGHT = 1.18
FOOT_TOP, FOOT_SIZE = 560, 24
FLOWER = 580


@dataclass(frozen=True)
class Shown:
    """All that a picture says."""

    title: str
    label: str
    office: str
    address: str

    @property
    def digest(self) -> str:
        """A short name of exactly this picture."""
        words = "\0".join((str(DESIGN), *astuple(self)))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def shown_of(page: BasePage, office: OfficeSettings) -> Shown:
    """Return what the picture of a page says."""
    return Shown(page.share_title, page.share_label, office.office_name, settings.BASE_URL.partition("://")[2])


# --- Which picture a page has -----------------------------------------------------------------------


def picture_url(page: Page) -> str:
    """Return the full address of the picture of a page, or of the whole site's while it has none."""
    return absolute(_urls().get(page.pk) or site_picture_url())


def site_picture_url() -> str:
    """Return the address of the picture of the whole site."""
    return static(STATIC_PICTURE)


@generation.per_generation
def _urls() -> dict[int, str]:
    rows = ShareImage.objects.values_list("page_id", "file")
    return {page_pk: default_storage.url(name) for page_pk, name in rows}


# --- Making and keeping -----------------------------------------------------------------------------


def order(instance: Page, **kwargs) -> None:
    """Have the worker draw the picture of a page that was just published; a queue that is down hinders nobody."""
    from siptenan.common.tasks import draw_share_image

    # A function of its own: to log the fault of a robust one, Django asks for a name, which a partial has not.
    transaction.on_commit(lambda: draw_share_image.enqueue(instance.pk), robust=True)


def make_all() -> Iterator[Page]:
    """Draw what is missing or out of date, and give the pages whose picture is new."""
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        if make(page):
            yield page


def make(page: Page) -> bool:
    """Draw the picture of a page unless it is there and says what it should; return whether it was drawn."""
    if not isinstance(page, BasePage):
        return False
    shown = shown_of(page, OfficeSettings.load())
    name = f"{FOLDER}/{page.pk}-{shown.digest}.png"
    before = ShareImage.objects.filter(page_id=page.pk).first()
    if before and before.digest == shown.digest and default_storage.exists(str(before.file)):
        return False
    name = default_storage.save(name, ContentFile(draw(shown)))
    with transaction.atomic():
        ShareImage.objects.update_or_create(page_id=page.pk, defaults={"digest": shown.digest, "file": name})
        generation.bump()
        if before and str(before.file) != name:
            transaction.on_commit(functools.partial(default_storage.delete, str(before.file)))
    return True


def delete_file(instance: ShareImage, **kwargs) -> None:
    """The picture of a deleted page goes with it."""
    transaction.on_commit(functools.partial(default_storage.delete, str(instance.file)))


# --- Drawing ----------------------------------------------------------------------------------------


def draw(shown: Shown) -> bytes:
    """Return the picture as PNG: header, batik line, kind of page, title as large as fits, office and address."""
    image = _background().copy()
    pen = ImageDraw.Draw(image)
    if label := drawing.printable(shown.label):
        _write(pen, (MARGIN, LABEL_TOP), label.upper(), size=28, fill=drawing.SOGAN, weight=0.6)
    size, lines = _fit(drawing.printable(shown.title))
    for number, line in enumerate(lines):
        top = TITLE_TOP + round(number * size * LINE_HEIGHT)
        _write(pen, (MARGIN - size // 24, top), line, size=size, fill=drawing.TEXT, weight=size / 46)
    address = drawing.printable(shown.address)
    width = drawing.font(FOOT_SIZE).getlength(address)
    left = WIDTH - MARGIN - width
    _write(pen, (left, FOOT_TOP), address, size=FOOT_SIZE, fill=drawing.SOGAN, weight=0.5)
    office = _cut(drawing.printable(shown.office), FOOT_SIZE, left - 2 * MARGIN)
    _write(pen, (MARGIN, FOOT_TOP), office, size=FOOT_SIZE, fill=drawing.MUTED)
    return drawing.png(image)


@functools.cache
def _background() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), drawing.PAPER)
    flower = drawing.rosette(FLOWER, drawing.LINE, drawing.SAND)
    image.paste(flower, (WIDTH - FLOWER * 3 // 4, HEIGHT - FLOWER * 5 // 6), flower)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, HEADER), fill=drawing.BLACK)
    image.paste(drawing.band(WIDTH, BAND), (0, HEADER))
    _write(pen, (MARGIN, 30), settings.WAGTAIL_SITE_NAME, size=46, fill=drawing.WHITE, weight=1.2)
    return image


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, *, size: int, fill: str, weight: float = 0
) -> None:
    """Write a line; `weight` is the stroke that makes the one regular font look bold, in pixels."""
    pen.text(at, text, fill=fill, font=drawing.font(size), stroke_width=weight, stroke_fill=fill)


def _fit(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which the title fits, and its lines; the longest titles end in an ellipsis."""
    for size in TITLE_SIZES:
        lines = _wrap(title, size, WIDTH - 2 * MARGIN)
        if len(lines) <= MAX_LINES and len(lines) * size * LINE_HEIGHT <= TITLE_HEIGHT:
            return size, _balance(title, size, len(lines))
    size = TITLE_SIZES[-1]
    lines = _wrap(title, size, WIDTH - 2 * MARGIN)
    return size, [*lines[: MAX_LINES - 1], _cut(" ".join(lines[MAX_LINES - 1 :]), size, WIDTH - 2 * MARGIN)]


def _wrap(title: str, size: int, width: float) -> list[str]:
    """Break a title into lines no wider than `width` pixels; a word that is wider alone is broken itself."""
    font = drawing.font(size)
    lines: list[str] = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for char in word:
            if font.getlength(lines[-1] + char) > width:
                lines.append("")
            lines[-1] += char
    return lines


def _balance(title: str, size: int, count: int) -> list[str]:
    """Break a title into `count` lines of about the same length."""
    for width in range((WIDTH - 2 * MARGIN) // 2, WIDTH - 2 * MARGIN, 24):
        lines = _wrap(title, size, width)
        if len(lines) == count:
            return lines
    return _wrap(title, size, WIDTH - 2 * MARGIN)


def _cut(line: str, size: int, width: float) -> str:
    """Return a line, shortened with an ellipsis until it is no wider than `width` pixels."""
    font = drawing.font(size)
    shown = line
    while line and font.getlength(shown) > width:
        line = line[:-1]
        shown = f"{line.rstrip(' .,;:-')}…"
    return shown
