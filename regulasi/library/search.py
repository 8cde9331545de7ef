"""What a query and filters find, in order: a reference first, what is about just that, words of title, record, PDF."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyroaring import BitMap

from regulasi import fulltext, references
from regulasi.library.index import NEWEST, Index
from regulasi.library.labels import RELEVANCE
from regulasi.library.selection import Selection
from regulasi.library.words import Term, terms
from siptenan.common import generation
from siptenan.common.faceted import Ranked, chosen_sets

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


@dataclass(frozen=True)
class Question:
    """A query with all that the database says of it.

    Made before the index is held: as long as one thread holds it, no other shows a list, and a search may be slow.
    """

    terms: Sequence[Term]
    documents: Sequence[BitMap]  # whose text has each of the terms
    reference: references.Reference | None
    query: str
    generation: int | None = None  # of the site, when it was asked; none when the answer shall not be remembered


def question(query: str, asked: Sequence[Term]) -> Question:
    """Ask the database for these terms of a query, and remember nothing of it. One query."""
    return Question(asked, fulltext.documents_with(asked), references.parse(query), query)


def prepared(query: str) -> Match | Question:
    """Return what a query finds as far as it is known before the index is held. At most one query to the database."""
    global _generation
    asked = terms(query)
    if not asked:
        return question(query, ())
    number = generation.current()
    with _lock:
        if number != _generation:
            _remembered.clear()
            _generation = number
        elif query in _remembered:
            return _remembered[query]
    return replace(question(query, asked), generation=number)


def matching(index: Index, known: Match | Question) -> Match:
    """Return what a prepared query finds; remembered until content changes."""
    if isinstance(known, Match):
        return known
    found = find(index, known)
    with _lock:
        if known.generation is not None and known.generation == _generation:
            if len(_remembered) >= MOST_REMEMBERED:
                _remembered.clear()
            _remembered[known.query] = found
    return found


def find(index: Index, asked: Question) -> Match:
    """Return what names a regulation in a query and what has its terms, and remember nothing of it."""
    reference = asked.reference
    named = index.referred(reference) if reference else BitMap()
    titles, records, found = index.all, index.all, index.all
    for term, documents in zip(asked.terms, asked.documents, strict=True):
        in_titles, in_records = index.with_term(term, in_titles=True), index.with_term(term)
        titles, records = titles & in_titles, records & in_records
        found = found & (in_records | index.of_documents(documents))
    if reference and reference.rest:  # "perda 3 2020 retribusi": what is named, if it has the rest, or else is alone
        named = (named & found) or named
    tiers, left = [], found | named
    for part in (named, index.opening_with(asked.terms) & titles & found, titles & found, records & found, left):
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


def ranked(index: Index, selection: Selection, known: Match | Question) -> tuple[Ranked, Match, Mapping[str, BitMap]]:
    """Return what a selection lets through, with what its query (`known`) finds and what each filter lets through."""
    sets = chosen_sets(index, selection)
    match = matching(index, known)
    found = BitMap.intersection(match.all, *sets.values())
    return in_rank(index, match, found, selection.sort), match, sets


def in_rank(index: Index, match: Match, found: BitMap, sort: str) -> Ranked:
    """Return a part of what a query finds in an order; by relevance, the newest of each tier first."""
    if sort == RELEVANCE:
        return Ranked(index, NEWEST, [tier & found for tier in match.tiers])
    return Ranked(index, sort, [found])
