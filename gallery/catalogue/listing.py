"""One page of the catalogue, with its facets, chips and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from pyroaring import BitMap

from gallery.catalogue.cards import Card, cards, index_url
from gallery.catalogue.index import FACETS, Index, reading
from gallery.catalogue.labels import BEST_MATCH, FACET_LABELS, SORT_LABELS, facet_values
from gallery.catalogue.selection import NEWEST, Selection

PER_PAGE = 24
MOST_NEAR = 4  # products offered when nothing matches
MANY_OPTIONS = 10  # more are folded away


@dataclass(frozen=True)
class Option:
    """A value of a facet, with the number of products that choosing it shows."""

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
    near: Sequence[Card]
    total: int  # of what matches
    is_empty: bool  # no product at all is public
    url: str


class Ranked:
    """What matches, in its order, as something that a paginator can cut pages from."""

    def __init__(self, index: Index, found: BitMap, sort: str, query: str) -> None:
        self.index, self.sort = index, sort
        self.best, self.rest = BitMap(), found
        if self.sort == BEST_MATCH:
            self.sort = NEWEST
            self.best = found & index.matching(query, in_names=True)
            self.rest = found - self.best

    def __len__(self) -> int:
        return len(self.best) + len(self.rest)

    def __getitem__(self, wanted: slice) -> list[int]:
        start, stop, best = wanted.start, wanted.stop, len(self.best)
        first = self.index.in_order(self.best, self.sort, start, stop) if start < best else []
        if stop <= best:
            return first
        return first + self.index.in_order(self.rest, self.sort, max(start - best, 0), stop - best)


def listing(query: QueryDict) -> Listing:
    """Return the page of the list that an address asks for; the nearest one for a page number that is none."""
    selection = Selection.of(query)
    with reading() as index:
        sets = {facet: index.having(facet, codes) for facet, codes in selection.values.items()}
        matching = index.matching(selection.query)
        found = BitMap.intersection(matching, *sets.values())
        result = Ranked(index, found, selection.sort, selection.query)
        pages: Paginator = Paginator(result, PER_PAGE)  # type: ignore[arg-type]  # it has what a paginator uses
        page_obj = pages.get_page(query.get("page"))
        facets = [_facet(index, facet, selection, matching, sets) for facet in FACETS]
        near = [] if len(result) else _near(index, selection)
        is_empty = not index.all
    return Listing(
        selection=selection,
        cards=cards(list(page_obj.object_list)),
        page_obj=page_obj,
        facets=[facet for facet in facets if facet.options],
        chips=_chips(selection),
        sorts=_sorts(selection),
        near=cards(near),
        total=len(result),
        is_empty=is_empty,
        url=index_url(),
    )


def newest_cards(count: int) -> list[Card]:
    """Return the newest products as cards."""
    with reading() as index:
        pks = index.in_order(index.all, NEWEST, 0, count)
    return cards(pks)


def _facet(index: Index, facet: str, selection: Selection, matching: BitMap, sets: dict[str, BitMap]) -> Facet:
    """Count the values of a facet in what the search and the other facets let through."""
    others = BitMap.intersection(matching, *(found for name, found in sets.items() if name != facet))
    chosen = selection.values.get(facet, ())
    having = index.values[facet]
    counted = (
        Option(code, name, others.intersection_cardinality(having[code]) if code in having else 0, code in chosen)
        for code, name in facet_values()[facet].items()
    )
    return Facet(facet, FACET_LABELS[facet], [option for option in counted if option.count or option.chosen])


def _near(index: Index, selection: Selection) -> list[int]:
    """The newest of what has some of the words; else of what has one of the chosen values; else of all."""
    chosen = BitMap.union(BitMap(), *(index.having(facet, codes) for facet, codes in selection.values.items()))
    found = index.near(selection.query) or chosen or index.all
    return index.in_order(found, NEWEST, 0, MOST_NEAR)


def _chips(selection: Selection) -> list[Chip]:
    chips = []
    if selection.query:
        chips.append(Chip(f"Cari: {selection.query}", _url(selection.without_query())))
    for facet, codes in selection.values.items():
        names = facet_values()[facet]
        chips += [Chip(names[code], _url(selection.without(facet, code))) for code in codes]
    return chips


def _url(selection: Selection) -> str:
    return index_url() + selection.as_query()


def _sorts(selection: Selection) -> list[Option]:
    return [
        Option(code, name, 0, code == selection.sort)
        for code, name in SORT_LABELS.items()
        if code != BEST_MATCH or selection.sort == BEST_MATCH or selection.query
    ]
