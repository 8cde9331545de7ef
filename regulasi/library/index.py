"""The list in the memory of a process: sets of regulations for every value and word, and their orders (ADR 0015).

Built from RegulationEntry rows, which hold nothing that is not public. When the generation of the site has moved on,
`reading()` takes over the rows that were written since. A number is always the key of a page.

How a regulation stands depends on the day: each row keeps the days on which that changes, and the sets of the facet
"status" are made for one day in WIB and made anew on the next.
"""

from __future__ import annotations

import bisect
import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import timezone
from pyroaring import BitMap

from regulasi import status
from regulasi.composition import number_key
from regulasi.library import words
from regulasi.models import RegulationEntry
from regulasi.references import Reference
from siptenan.common import generation

OVERLAP_NS = 10 * 60 * 10**9  # a row is written before its transaction ends, and clocks of machines differ
MOST_INSERTED = 500  # into the orders one by one; more are sorted anew
FEW = 20  # a result of less than one in so many is sorted by itself
MOST_REMEMBERED = 500  # words and what they find

STORED_FACETS = ("jenis", "tahun", "subjek", "pemrakarsa")
STATUS = "status"
FACETS = ("jenis", "tahun", STATUS, "subjek", "pemrakarsa")
NEWEST = "terbaru"


@dataclass(frozen=True, slots=True)
class Row:
    """What one regulation is sorted by, found by and how it stands."""

    kind: str
    initiator: str
    number: str
    number_order: int
    number_key: str
    rank: int
    year: int
    date: int  # of its enactment, as an ordinal
    views: int
    document: int | None
    line: str  # its words in one line, for phrases
    standing: tuple[tuple[dt.date, str], ...]  # from which day on which value of "status"

    def status_on(self, day: dt.date) -> str:
        """The value of the facet on a day."""
        return self.standing[bisect.bisect_right(self.standing, day, key=lambda change: change[0]) - 1][1]


SortKey = Callable[[int, Row], tuple]
# Total orders: the key of the page decides last.
SORTS: dict[str, SortKey] = {
    NEWEST: lambda pk, row: (-row.year, -row.date, row.rank, -row.number_order, row.number_key, -pk),
    "terlama": lambda pk, row: (row.year, row.date, row.rank, row.number_order, row.number_key, pk),
    "nomor": lambda pk, row: (row.number_order, row.number_key, -row.year, row.rank, -pk),
    "terbanyak-dibaca": lambda pk, row: (-row.views, -row.year, -row.date, -pk),
}
FIELDS = (
    "page_id", "version", "is_listed", "title", "kind", "rank", "number", "number_order", "year", "initiator",
    "subjects", "enacted_on", "effective_on", "valid_until", "valid_until_note", "effects", "document_id", "text",
    "views",
)  # fmt: skip


def standing_of(entry: RegulationEntry) -> tuple[tuple[dt.date, str], ...]:
    """Return from which day on an entry has which value of the facet."""
    known = status.facts(entry)
    days = {known.holds_from, known.valid_until and known.valid_until + dt.timedelta(days=1)}
    days |= {effect.since for effect in known.effects}
    ordered = [dt.date.min, *sorted(day for day in days if day is not None and day > dt.date.min)]
    return tuple((day, status.derive(known, day).status.facet.value) for day in ordered)


class Index:
    """All listed regulations. Whoever reads or changes it holds the lock: see `reading`."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.all = BitMap()
        self.values: dict[str, dict[str, BitMap]] = {facet: {} for facet in STORED_FACETS}
        self.documents: dict[int, BitMap] = {}
        self.words: dict[str, BitMap] = {}
        self.title_words: dict[str, BitMap] = {}
        self.vocabulary: list[str] = []
        self.orders: dict[str, list[int]] = {sort: [] for sort in SORTS}
        self._found: dict[tuple[str, str], BitMap] = {}
        self._statuses: tuple[dt.date, dict[str, BitMap]] | None = None

    # --- Asking -----------------------------------------------------------------------------------

    def sets_of(self, facet: str, today: dt.date) -> dict[str, BitMap]:
        """The regulations by the values of a facet, as they stand on a day."""
        if facet != STATUS:
            return self.values[facet]
        if self._statuses is None or self._statuses[0] != today:
            found: dict[str, BitMap] = {}
            for pk, row in self.rows.items():
                found.setdefault(row.status_on(today), BitMap()).add(pk)
            self._statuses = today, found
        return self._statuses[1]

    def having(self, facet: str, chosen: Iterable[str], today: dt.date) -> BitMap:
        """The regulations with one of these values."""
        sets = self.sets_of(facet, today)
        return BitMap.union(BitMap(), *(sets.get(value, BitMap()) for value in chosen))

    def with_term(self, term: words.Term, *, in_titles: bool = False) -> BitMap:
        """The regulations whose record (not its PDF) has a word that begins so, or a phrase as it is."""
        kind = "title_words" if in_titles else "words"
        if not term.is_phrase and not term.is_number:
            return self._beginning(kind, term.words[0])
        postings = getattr(self, kind)
        candidates = BitMap.intersection(self.all, *(postings.get(word, BitMap()) for word in term.words))
        if not term.is_phrase:
            return candidates
        return BitMap(pk for pk in candidates if f" {term.text} " in self.rows[pk].line)

    def of_documents(self, documents: BitMap) -> BitMap:
        """The regulations whose PDF is one of these."""
        if len(documents) > len(self.documents):
            return BitMap.union(BitMap(), *(pks for pk, pks in self.documents.items() if pk in documents))
        return BitMap.union(BitMap(), *(self.documents.get(pk, BitMap()) for pk in documents))

    def referred(self, reference: Reference) -> BitMap:
        """The regulations that a reference may mean."""
        candidates = self.all
        if reference.year is not None:
            candidates = self.values["tahun"].get(str(reference.year), BitMap())
        if reference.kinds:
            kinds = self.values["jenis"]
            candidates = candidates & BitMap.union(BitMap(), *(kinds.get(code, BitMap()) for code in reference.kinds))
        rows = self.rows
        return BitMap(
            pk
            for pk in candidates
            if reference.matches(rows[pk].kind, rows[pk].initiator, rows[pk].number, rows[pk].year)
        )

    def _beginning(self, kind: str, start: str) -> BitMap:
        if (kind, start) not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            postings = getattr(self, kind)
            first = bisect.bisect_left(self.vocabulary, start)
            last = bisect.bisect_left(self.vocabulary, start + chr(0x10FFFF), lo=first)
            found = BitMap.union(BitMap(), *(postings.get(word, BitMap()) for word in self.vocabulary[first:last]))
            self._found[kind, start] = found
        return self._found[kind, start]

    def in_order(self, found: BitMap, sort: str, start: int, stop: int) -> list[int]:
        """Return one stretch of a result in an order of SORTS."""
        order = self.orders[sort]
        if len(found) * FEW < len(order):
            key = SORTS[sort]
            return sorted(found, key=lambda pk: key(pk, self.rows[pk]))[start:stop]
        if stop <= len(found) // 2:
            return list(islice(filter(found.__contains__, order), start, stop))
        # From the end: the last page costs no more than the first.
        backwards = islice(filter(found.__contains__, reversed(order)), max(len(found) - stop, 0), len(found) - start)
        return list(backwards)[::-1]

    # --- Changing ---------------------------------------------------------------------------------

    def replace(self, changed: Collection[int], entries: Iterable[RegulationEntry]) -> None:
        """Take over the rows of these regulations; what has no listed row any more is gone."""
        if gone := BitMap(changed) & self.all:
            self._remove(gone)
        added = []
        for entry in entries:
            if entry.is_listed and entry.page_id in changed:
                self._add(entry)
                added.append(entry.page_id)
        self._put_in_order(added)
        self.vocabulary = sorted(self.words)
        self._found.clear()
        self._statuses = None

    def _remove(self, gone: BitMap) -> None:
        few = len(gone) <= MOST_INSERTED
        for sort, order in self.orders.items():
            if few:
                key = SORTS[sort]
                for pk in gone:
                    del order[bisect.bisect_left(order, key(pk, self.rows[pk]), key=self._key(sort))]
            else:
                self.orders[sort] = [pk for pk in order if pk not in gone]
        self.all -= gone
        all_sets: list[dict[Any, BitMap]] = [*self.values.values(), self.documents, self.words, self.title_words]
        for sets in all_sets:
            for value in [value for value, members in sets.items() if not members.isdisjoint(gone)]:
                sets[value] -= gone
                if not sets[value]:
                    del sets[value]
        for pk in gone:
            del self.rows[pk]

    def _add(self, entry: RegulationEntry) -> None:
        pk = entry.page_id
        self.rows[pk] = Row(
            kind=entry.kind,
            initiator=entry.initiator,
            number=entry.number,
            number_order=entry.number_order,
            number_key=number_key(entry.number),
            rank=entry.rank,
            year=entry.year,
            date=entry.enacted_on.toordinal() if entry.enacted_on else 0,
            views=entry.views,
            document=entry.document_id,
            line=words.line_of(entry.text),
            standing=standing_of(entry),
        )
        self.all.add(pk)
        found = {
            "jenis": [entry.kind],
            "tahun": [str(entry.year)],
            "subjek": entry.subjects,
            "pemrakarsa": [entry.initiator],
        }
        for facet, values in found.items():
            for value in filter(None, values):
                self.values[facet].setdefault(value, BitMap()).add(pk)
        if entry.document_id:
            self.documents.setdefault(entry.document_id, BitMap()).add(pk)
        for word in set(words.words_of(entry.text)):
            self.words.setdefault(word, BitMap()).add(pk)
        for word in {*words.words_of(entry.title), *words.words_of(entry.number)}:
            self.title_words.setdefault(word, BitMap()).add(pk)

    def _put_in_order(self, pks: list[int]) -> None:
        for sort, order in self.orders.items():
            if len(pks) <= MOST_INSERTED:
                for pk in pks:
                    bisect.insort(order, pk, key=self._key(sort))
            else:
                order += pks
                order.sort(key=self._key(sort))

    def _key(self, sort: str) -> Callable[[int], tuple]:
        key, rows = SORTS[sort], self.rows
        return lambda pk: key(pk, rows[pk])


# --- The index of this process --------------------------------------------------------------------

_lock = threading.RLock()
_index = Index()
_versions: dict[int, int] = {}  # of the rows that the index has taken over
_generation: int | None = None


def today() -> dt.date:
    """The day in WIB."""
    return timezone.localdate()


@contextmanager
def reading() -> Iterator[Index]:
    """Give the index as of now, to be used until the block ends. Costs queries only after the site has changed."""
    global _generation
    number = generation.current()
    with _lock:
        if number != _generation:
            try:
                _take_over()
            except BaseException:
                forget()  # half of the changes are worse than none
                raise
            _generation = number
        yield _index


def _take_over() -> None:
    since = max(_versions.values(), default=OVERLAP_NS) - OVERLAP_NS
    written = RegulationEntry.objects.filter(version__gt=since).values_list("page_id", "version")
    versions = {pk: version for pk, version in written.iterator() if _versions.get(pk) != version}
    if not versions:
        return
    if len(versions) > MOST_INSERTED:
        rows = RegulationEntry.objects.filter(version__gt=since)
    else:
        rows = RegulationEntry.objects.filter(pk__in=versions)
    _index.replace(versions, rows.only(*FIELDS).iterator())
    _versions.update(versions)


def forget() -> None:
    """Begin again with nothing, as after a fault and between the databases of tests."""
    global _index, _generation
    with _lock:
        _index, _generation = Index(), None
        _versions.clear()
