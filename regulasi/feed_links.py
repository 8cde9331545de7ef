"""Whether the addresses in the feed for JDIHN answer. Nothing is sent over the network.

Every one of them is an address of this site. It answers when the page that it leads to is published there and has the
file it names, which is looked up for hundreds of rows together; asking for each would take the worker minutes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.utils import timezone

from regulasi import files, jdihn
from regulasi.library.index import today
from regulasi.models import FeedState, RegulationPage
from regulasi.models.feed_state import ONLY

KEYS = ("urlDetailPeraturan", "urlAbstrak", "urlDownload")

NOT_PUBLISHED = "regulasinya tidak terbit"
MOVED = "alamatnya sudah berganti"
NO_FILE = "berkas PDF-nya tidak ada di penyimpanan"


@dataclass(frozen=True)
class DeadLink:
    """An address in the feed that does not answer with 200."""

    regulation: int
    title: str
    url: str
    reason: str


def check() -> list[DeadLink]:
    """Look at every address of the feed, remember when that was and which ones are dead, and return these."""
    links = 0
    dead: list[DeadLink] = []
    found = jdihn.rows(today())
    while some := list(itertools.islice(found, jdihn.CHUNK)):
        pages = RegulationPage.objects.public().with_vocabulary().in_bulk([int(row["idData"]) for row in some])
        for row in some:
            addresses = dict.fromkeys(row[key] for key in KEYS)
            links += len(addresses)
            dead += _dead(row, addresses, pages.get(int(row["idData"])))
    state = {"links": links, "dead": [asdict(link) for link in dead], "checked_at": timezone.now()}
    FeedState.objects.update_or_create(pk=ONLY, defaults=state)
    return dead


def _dead(row: dict[str, str], addresses: dict[str, None], page: RegulationPage | None) -> Iterator[DeadLink]:
    for url in addresses:
        if reason := _fault(urlsplit(url).path, page):
            yield DeadLink(int(row["idData"]), row["judul"], url, reason)


def _fault(path: str, page: RegulationPage | None) -> str:
    """Return why a path below a regulation does not answer; nothing when it does."""
    if page is None:
        return NOT_PUBLISHED
    start = page.get_url() or ""
    if path in (start, f"{start}abstrak.pdf"):
        return ""
    if page.document is not None and path == f"{start}dokumen/{page.file_name}":
        return "" if files.is_stored(page.document) else NO_FILE
    return MOVED
