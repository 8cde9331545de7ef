"""One page of the catalogue, with its facets, chips and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from pyroaring import BitMap

from gallery.catalogue.cards import Card, cards, index_url
from gallery.catalogue.index import NEWEST, Index, reading
from gallery.catalogue.labels import BEST_MATCH, FACET_LABELS
from gallery.catalogue.selection import Selection
from siptenan.common.faceted import Chip, Facet, Option, Ranked, chips_of, chosen_sets, facets_of, sorts_of

PER_PAGE = 24
MOST_NEAR = 4  # products offered when nothing matches


@dataclass(frozen=True)
class Listing:
    """What the list shows."""

    selection: Selection
    cards: Sequence[Card]
    page_obj: Page
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    sorts: Sequence[Option]
    near: Sequence[Card]  # what is offered when nothing matches
    is_near: bool  # whether it has something of what was asked for; else it is the newest
    total: int  # of what matches
    is_empty: bool  # no product at all is public
    url: str


def ranked(index: Index, found: BitMap, sort: str, query: str) -> Ranked:
    """Return what was found in an order; the best match is the newest of those with all the words in their name."""
    if sort != BEST_MATCH:
        return Ranked(index, sort, [found])
    best = found & index.matching(query, in_names=True)
    return Ranked(index, NEWEST, [best, found - best])


def listing(query: QueryDict) -> Listing:
    """Return the page of the list that an address asks for; the nearest one for a page number that is none."""
    selection = Selection.of(query)
    with reading() as index:
        sets = chosen_sets(index, selection)
        matching = index.matching(selection.query)
        result = ranked(index, BitMap.intersection(matching, *sets.values()), selection.sort, selection.query)
        pages: Paginator = Paginator(result, PER_PAGE)  # type: ignore[arg-type]  # it has what a paginator uses
        page_obj = pages.get_page(query.get("page"))
        facets = facets_of(index, selection, FACET_LABELS, matching, sets)
        near = BitMap() if len(result) else _near(index, selection)
        offered = [] if len(result) else index.in_order(near or index.all, NEWEST, 0, MOST_NEAR)
        is_empty = not index.all
    return Listing(
        selection=selection,
        cards=cards(list(page_obj.object_list)),
        page_obj=page_obj,
        facets=facets,
        chips=chips_of(selection, index_url()),
        sorts=sorts_of(selection),
        near=cards(offered),
        is_near=bool(near),
        total=len(result),
        is_empty=is_empty,
        url=index_url(),
    )


def newest_cards(count: int) -> list[Card]:
    """Return the newest products as cards."""
    with reading() as index:
        pks = index.in_order(index.all, NEWEST, 0, count)
    return cards(pks)


def _near(index: Index, selection: Selection) -> BitMap:
    """What has some of the words; else what has one of the chosen values."""
    return index.near(selection.query) or BitMap.union(BitMap(), *chosen_sets(index, selection).values())
