"""What a query and filters find, in order: a reference first, then words of the title, the record, the PDF."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from regulasi import fulltext, references
from regulasi.library.index import NEWEST, Index
from regulasi.library.labels import RELEVANCE
from regulasi.library.selection import Selection
from regulasi.library.words import terms
from siptenan.common import generation

MOST_REMEMBERED = 200  # queries


@dataclass(frozen=True)
class Match:
    """What a query finds. Shared by threads: treat it as frozen."""

    all: BitMap
    tiers: tuple[BitMap, ...]  # parts of it, the most relevant first, that have nothing in common
    exact: int | None = None  # the one regulation that the query names, if it says nothing else


_lock = threading.Lock()
_remembered: dict[str, Match] = {}
_generation: int | None = None


def matching(index: Index, query: str) -> Match:
    """Return what a query finds; remembered until content changes. One query to the database."""
    global _generation
    if not terms(query):
        return Match(index.all, (index.all,))
    number = generation.current()
    with _lock:
        if number != _generation:
            _remembered.clear()
            _generation = number
        elif query in _remembered:
            return _remembered[query]
    found = _search(index, query)
    with _lock:
        if number == _generation:
            if len(_remembered) >= MOST_REMEMBERED:
                _remembered.clear()
            _remembered[query] = found
    return found


def _search(index: Index, query: str) -> Match:
    asked = terms(query)
    reference = references.parse(query)
    named = index.referred(reference) if reference else BitMap()
    titles, records, found = index.all, index.all, index.all
    for term, documents in zip(asked, fulltext.documents_with(asked), strict=True):
        in_titles, in_records = index.with_term(term, in_titles=True), index.with_term(term)
        if documents is None and not in_records:
            continue  # "dan": nothing can be said of it
        titles, records = titles & in_titles, records & in_records
        found = found & (in_records | (index.all if documents is None else index.of_documents(documents)))
    if reference and reference.rest:  # "perda 3 2020 retribusi": what is named, if it has the rest, or else is alone
        named = (named & found) or named
    tiers, left = [], found | named
    for part in (named, titles & found, records & found, left):
        tiers.append(part & left)
        left = left - part
    exact = named[0] if reference and reference.is_whole and len(named) == 1 else None
    return Match(found | named, tuple(tiers), exact)


def forget() -> None:
    """Drop what is remembered, as between the databases of tests."""
    global _generation
    with _lock:
        _remembered.clear()
        _generation = None


class Result:
    """What matches, as something that a paginator can cut pages from."""

    def __init__(self, index: Index, selection: Selection, found: BitMap, match: Match) -> None:
        self.index, self.found = index, found
        if selection.sort == RELEVANCE:
            self.sort, self.tiers = NEWEST, tuple(tier & found for tier in match.tiers)
        else:
            self.sort, self.tiers = selection.sort, (found,)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, wanted: slice) -> list[int]:
        start, stop = wanted.start or 0, len(self) if wanted.stop is None else min(wanted.stop, len(self))
        pks: list[int] = []
        before = 0
        for tier in self.tiers:
            first, last = max(start - before, 0), min(stop - before, len(tier))
            if first < last:
                pks += self.index.in_order(tier, self.sort, first, last)
            before += len(tier)
        return pks


def select(index: Index, selection: Selection, today: dt.date) -> tuple[Result, Match, Mapping[str, BitMap]]:
    """Return what a selection lets through, with what its query finds and what each of its filters lets through."""
    sets = {facet: index.having(facet, codes, today) for facet, codes in selection.values.items()}
    match = matching(index, selection.query)
    return Result(index, selection, BitMap.intersection(match.all, *sets.values()), match), match, sets
