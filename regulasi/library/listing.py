"""One page of the list, with its facets, chips and orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from pyroaring import BitMap

from regulasi.addresses import index_url, regulation_url
from regulasi.library.cards import Card, cards
from regulasi.library.index import FACETS, Index, reading, today
from regulasi.library.labels import FACET_LABELS, RELEVANCE, SORT_LABELS, facet_values
from regulasi.library.search import select
from regulasi.library.selection import Selection
from regulasi.library.words import terms
from regulasi.models import RegulationEntry

PER_PAGE = 20
MANY_OPTIONS = 10  # more are folded away


@dataclass(frozen=True)
class Option:
    """A value of a facet, with the number of regulations that choosing it shows."""

    code: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one facet that would find something, and those that are chosen."""

    code: str
    label: str
    options: Sequence[Option]

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded."""
        return len(self.options) <= MANY_OPTIONS or any(option.chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """Something chosen, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Listing:
    """What the list shows."""

    selection: Selection
    cards: Sequence[Card]
    page_obj: Page
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    sorts: Sequence[Option]
    total: int  # of what matches
    is_empty: bool  # no regulation at all is public
    url: str
    feed_url: str
    csv_url: str
    jdihn_url: str
    straight_to: str  # the address of the one regulation that the query names


def listing(query: QueryDict) -> Listing:
    """Return the page of the list that an address asks for; the nearest one for a page number that is none."""
    selection, day = Selection.of(query), today()
    with reading() as index:
        result, match, sets = select(index, selection, day)
        pages: Paginator = Paginator(result, PER_PAGE)  # type: ignore[arg-type]  # it has what a paginator uses
        page_obj = pages.get_page(query.get("page"))
        pks = list(page_obj.object_list)
        facets = [_facet(index, facet, selection, match.all, sets, day) for facet in FACETS]
        is_empty = not index.all
    is_plain = not selection.values and "page" not in query
    filters = selection.as_query(with_channel=False)
    return Listing(
        selection=selection,
        cards=cards(pks, terms(selection.query), day),
        page_obj=page_obj,
        facets=[facet for facet in facets if facet.options],
        chips=_chips(selection),
        sorts=_sorts(selection),
        total=len(result),
        is_empty=is_empty,
        url=index_url(),
        feed_url=f"{index_url()}feed/{filters}",
        csv_url=f"{index_url()}data.csv{filters}",
        jdihn_url=f"{index_url()}jdihn.json",
        straight_to=_url_of(match.exact) if match.exact and is_plain else "",
    )


def selected(query: QueryDict) -> tuple[Selection, list[int], dt.date]:
    """Return the keys of everything that the list shows on all its pages, in its order."""
    selection, day = Selection.of(query), today()
    with reading() as index:
        result, _, _ = select(index, selection, day)
        return selection, result[:], day


def chips(selection: Selection) -> Sequence[Chip]:
    """Return what is chosen, each with the address of the list without it."""
    return _chips(selection)


def _url_of(pk: int) -> str:
    slug = RegulationEntry.objects.listed().filter(pk=pk).values_list("slug", flat=True).first()
    return regulation_url(slug) if slug else ""


def _facet(
    index: Index, facet: str, selection: Selection, matching: BitMap, sets: Mapping[str, BitMap], day: dt.date
) -> Facet:
    """Count the values of a facet in what the search and the other facets let through."""
    others = BitMap.intersection(matching, *(found for name, found in sets.items() if name != facet))
    chosen = selection.values.get(facet, ())
    having = index.sets_of(facet, day)
    counted = (
        Option(code, name, others.intersection_cardinality(having[code]) if code in having else 0, code in chosen)
        for code, name in facet_values()[facet].items()
    )
    return Facet(facet, FACET_LABELS[facet], [option for option in counted if option.count or option.chosen])


def _chips(selection: Selection) -> list[Chip]:
    found = []
    if selection.query:
        found.append(Chip(f"Cari: {selection.query}", _url(selection.without_query())))
    for facet, codes in selection.values.items():
        names = facet_values()[facet]
        found += [Chip(names[code], _url(selection.without(facet, code))) for code in codes]
    return found


def _url(selection: Selection) -> str:
    return index_url() + selection.as_query()


def _sorts(selection: Selection) -> list[Option]:
    return [
        Option(code, name, 0, code == selection.sort)
        for code, name in SORT_LABELS.items()
        if code != RELEVANCE or terms(selection.query)
    ]
