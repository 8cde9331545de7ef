"""Loads Info lainnya of the demo: categories, guides, questions, news, announcements, events, one download."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from home.demo.blocks import Block, files
from home.demo.guides import GUIDES
from home.demo.news import EVENTS, NEWS
from home.models import EventPage, InfoCategory, InfoIndexPage, InfoPage
from siptenan.common import drawing
from siptenan.common.models import SiteDocument, SiteImage

CHECKED_ON = dt.date(2026, 11, 22)  # the day facts.md was written
CATEGORIES = {"merek": "Merek", "siinas": "SIINas", "gallery-ikm": "Gallery IKM", "layanan": "Layanan"}
COLOURS = {
    "Pola jlamprang biru": ("#1b2f66", "#2c468c", "#e0b98c"),
    "Pola jlamprang cokelat": ("#7a4a21", "#93602f", "#f2d9b8"),
}
PICTURE = (1600, 900)  # pixels
PAGE = (1240, 1754)  # pixels: A4 at PAGE_DPI
PAGE_DPI = 150


def load(index: InfoIndexPage) -> None:
    """Add every entry below the list, as if it had been written on its day."""
    categories = {slug: _category(slug, name) for slug, name in CATEGORIES.items()}
    today = timezone.localdate()
    for row in (*GUIDES, *NEWS):
        page = InfoPage(
            kind=row["kind"],
            date=dt.date.fromisoformat(row["date"]) if "date" in row else today - dt.timedelta(days=row["days_ago"]),
            valid_until=today + dt.timedelta(days=row["valid_days"]) if "valid_days" in row else None,
            image=_picture(row["picture"]) if row.get("picture") else None,
            source=row["source"],
            checked_on=CHECKED_ON if row["source"] else None,
        )
        _publish(index, page, row, categories, [_download(*row["file"])] if "file" in row else [])
    for row in EVENTS:
        first_hour, hours = row["hours"]
        starts_at = timezone.localtime().replace(hour=first_hour, minute=0, second=0, microsecond=0)
        starts_at += dt.timedelta(days=row["days"])
        page = EventPage(
            date=today - dt.timedelta(days=30 if row["days"] < 0 else 3),
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=hours),
            place=row["place"],
            organiser=row["organiser"],
            registration_url=row["registration_url"],
        )
        _publish(index, page, row, categories, [])


def _category(slug: str, name: str) -> InfoCategory:
    return InfoCategory.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _publish(index: InfoIndexPage, page: InfoPage, row: dict, categories: dict, downloads: list[Block]) -> None:
    page.title, page.slug, page.summary = row["title"], row["slug"], row["summary"]
    page.category = categories[row["category"]]
    page.body = json.dumps([*row["body"], *downloads])
    page.tags.add(*row["tags"])
    page.live = False
    index.add_child(instance=page)
    page.save_revision().publish()


def _picture(title: str) -> SiteImage:
    """Draw rows of jlamprang flowers, every second row shifted by half a flower."""
    ground, lines, stars = COLOURS[title]
    image = Image.new("RGB", PICTURE, ground)
    side = PICTURE[1] // 3
    flower, small = drawing.rosette(side, lines, ground), drawing.rosette(side // 4, stars, ground)
    for row in range(4):
        for column in range(-1, PICTURE[0] // side + 1):
            left, top = column * side + row % 2 * side // 2, row * side - side // 4
            image.paste(flower, (left, top), flower)
            image.paste(small, (left + side * 3 // 8, top + side * 3 // 8), small)
    return SiteImage.objects.create(title=title, file=ContentFile(drawing.png(image), "jlamprang.png"))


def _download(title: str, heading: list[str], rows: tuple[str, ...]) -> Block:
    """Draw a checklist on one page of PDF, and return the block that offers it."""
    image = Image.new("RGB", PAGE, drawing.WHITE)
    pen = ImageDraw.Draw(image)
    margin, top = 120, 140
    for line, size in zip(heading, (52, 36), strict=True):
        pen.text((margin, top), line, fill=drawing.TEXT, font=drawing.font(size))
        top += size * 2
    for name in rows:
        pen.rectangle((margin, top, margin + 40, top + 40), outline=drawing.TEXT, width=3)
        pen.text((margin + 72, top), drawing.printable(name), fill=drawing.TEXT, font=drawing.font(34))
        top += 96
    pen.text(
        (margin, PAGE[1] - margin),
        "Contoh berkas dari situs peragaan SIPTENAN",
        fill=drawing.MUTED,
        font=drawing.font(26),
    )
    buffer = BytesIO()
    image.save(buffer, "PDF", resolution=PAGE_DPI, title=title)
    document = SiteDocument(title=title, file=ContentFile(buffer.getvalue(), "contoh-daftar-periksa-merek.pdf"))
    document.save()
    document.get_file_hash()  # documents made in code have none, and the answer would carry an empty ETag
    return files("Berkas", (document.pk, title))
