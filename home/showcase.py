"""What the front page shows of the other rooms. Everything is remembered until content changes, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from forms.reports import PublicFigures, public_figures
from gallery.catalogue.cards import Card
from gallery.catalogue.listing import newest_cards
from regulasi.library import cards as library
from regulasi.library.index import today
from regulasi.library.listing import newest_cards as newest_regulations
from siptenan.common.generation import per_generation

NEWEST = 3  # entries of one kind
NEWEST_PRODUCTS = 4  # two by two on a phone
FIGURES_KEPT_S = 60 * 60  # seconds: tickets come and go without a new generation


@dataclass(frozen=True)
class Entry:
    """A card of something new."""

    title: str
    url: str
    summary: str
    date: date | None = None
    label: str = ""  # what kind it is
    product: Card | None = None  # shown as in the catalogue
    regulation: library.Card | None = None  # shown as in the list of regulations


def services(request: HttpRequest) -> list[dict]:
    """The forms of KALINDRI as cards; the channel of this request goes with the visitor."""
    from home.models import KalindriPage

    kalindri = KalindriPage.objects.live().first()
    return kalindri.services(request) if kalindri else []


def newest(kind: str) -> tuple[Entry, ...]:
    """The newest entries of a kind of `SOURCES`; raises KeyError for another."""
    return SOURCES[kind]()


@per_generation
def _newest_info() -> tuple[Entry, ...]:
    from home.models import InfoPage

    pages = InfoPage.objects.newest()[:NEWEST]
    return tuple(Entry(page.title, page.url or "", page.summary, page.date, page.share_label) for page in pages)


@per_generation
def _newest_products() -> tuple[Entry, ...]:
    return tuple(
        Entry(card.name, card.url, f"{card.business}, {card.place}", label=card.price, product=card)
        for card in newest_cards(NEWEST_PRODUCTS)
    )


def _newest_regulations() -> tuple[Entry, ...]:
    return _regulations_of(today())


@per_generation
def _regulations_of(day: date) -> tuple[Entry, ...]:
    """The badge of each says how it stands on that day."""
    return tuple(
        Entry(card.title, card.url, card.summary, card.date, card.kind, regulation=card)
        for card in newest_regulations(NEWEST, day)
    )


# What "Yang terbaru" can show, by the value of its `kind`.
SOURCES: dict[str, Callable[[], tuple[Entry, ...]]] = {
    "info": _newest_info,
    "produk": _newest_products,
    "regulasi": _newest_regulations,
}


def service_figures() -> PublicFigures | None:
    """Answered tickets and the median working time to an answer, at most an hour old; None while too few."""
    return _figures_of_the_hour(int(timezone.now().timestamp()) // FIGURES_KEPT_S)


@per_generation
def _figures_of_the_hour(hour: int) -> PublicFigures | None:
    return public_figures(timezone.now())
