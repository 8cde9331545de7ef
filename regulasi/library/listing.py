"""One page of the list, with its facets, chips and orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from regulasi.addresses import index_url, regulation_url
from regulasi.library.cards import Card, cards
from regulasi.library.index import NEWEST, reading
from regulasi.library.labels import FACET_LABELS
from regulasi.library.search import prepared, ranked
from regulasi.library.selection import Selection
from regulasi.library.words import terms
from regulasi.models import RegulationEntry
from siptenan.common.faceted import Chip, Facet, Option, chips_of, facets_of, sorts_of

PER_PAGE = 20


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
    selection = Selection.of(query)
    known = prepared(selection.query)
    with reading() as index:
        result, match, sets = ranked(index, selection, known)
        pages: Paginator = Paginator(result, PER_PAGE)  # type: ignore[arg-type]  # it has what a paginator uses
        page_obj = pages.get_page(query.get("page"))
        pks = list(page_obj.object_list)
        facets = facets_of(index, selection, FACET_LABELS, match.all, sets)
        is_empty, day = not index.all, index.day
    is_plain = not selection.values and "page" not in query
    filters = selection.as_query(with_channel=False)
    return Listing(
        selection=selection,
        cards=cards(pks, terms(selection.query), day),
        page_obj=page_obj,
        facets=facets,
        chips=chips_of(selection, index_url()),
        sorts=sorts_of(selection),
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
    selection = Selection.of(query)
    known = prepared(selection.query)
    with reading() as index:
        result, _, _ = ranked(index, selection, known)
        return selection, result[:], index.day


def newest_cards(number: int, day: dt.date) -> Sequence[Card]:
    """Return the first regulations of the list as they stand on a day; none while it is not published."""
    if not index_url():
        return ()
    with reading() as index:
        pks = index.in_order(index.all, NEWEST, 0, number)
    return cards(pks, (), day)


def _url_of(pk: int) -> str:
    slug = RegulationEntry.objects.listed().filter(pk=pk).values_list("slug", flat=True).first()
    return regulation_url(slug) if slug else ""
