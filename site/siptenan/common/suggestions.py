"""Which pages a visitor may have meant with an address that leads nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from wagtail.models import Page

from siptenan.common.generation import per_generation
from siptenan.common.head import HOME_DEPTH, Crumb, with_addresses

MOST = 3
ALIKE = 0.6  # how alike two names must be, from 0 to 1
BY_WORD = 0.9  # what it is worth when every word is found, but in other order or among others
ON_THE_WAY = 0.75  # what stands before the last slash says less than what was wanted there
MAX_SEGMENTS, MAX_LETTERS = 3, 60  # of an address; strangers type anything
SHORTEST_WORD = 3  # letters
FILE_TYPE = re.compile(r"\.\w{1,5}$")


@dataclass(frozen=True)
class Known:
    """A public page and the names it may be looked for by: its part of the address and its title, in plain words."""

    page: Crumb
    names: frozenset[str]
    words: frozenset[str]


def for_path(path: str) -> list[Crumb]:
    """Return the pages most like a path, the best first; none when nothing is alike."""
    segments = [name for segment in path.split("/") if (name := _plain(segment))][-MAX_SEGMENTS:]
    if not segments:
        return []
    rated = [(_rate(segments, known), known.page) for known in public_pages()]
    rated.sort(key=lambda pair: -pair[0])
    return [page for rate, page in rated if rate >= ALIKE][:MOST]


@per_generation
def public_pages() -> tuple[Known, ...]:
    """Every live page below the front page that everybody may see."""
    pages = with_addresses(Page.objects.live().public().filter(depth__gt=HOME_DEPTH).order_by("path"))
    return tuple(_known(page) for page in pages)


def _known(page: Crumb) -> Known:
    names = frozenset({_plain(page.url.rstrip("/").rpartition("/")[2]), _plain(page.title)})
    return Known(page, names, frozenset(word for name in names for word in name.split()))


def _plain(text: str) -> str:
    """A name in plain words: lower case, without dashes, dots and file type."""
    words = re.findall(r"[^\W_]+", FILE_TYPE.sub("", text[:MAX_LETTERS].lower()))
    return " ".join(words)


def _rate(segments: list[str], known: Known) -> float:
    *earlier, last = segments
    return max([_likeness(last, known), *(ON_THE_WAY * _likeness(segment, known) for segment in earlier)])


def _likeness(wanted: str, known: Known) -> float:
    words = {word for word in wanted.split() if len(word) >= SHORTEST_WORD}
    by_word = BY_WORD * len(words & known.words) / len(words) if words else 0.0
    return max(by_word, *(_alike(wanted, name) for name in known.names))


def _alike(one: str, other: str) -> float:
    """How alike two names are; 0 when they are not. Quick, since a library has thousands of pages."""
    return fuzz.ratio(one, other, score_cutoff=100 * ALIKE) / 100
