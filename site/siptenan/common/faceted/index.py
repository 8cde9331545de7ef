"""The rows of a public list in the memory of a process: sets by value and word, and total orders (ADR 0015).

A room says in a subclass of ListIndex what its rows are found and sorted by, and keeps one in a Kept, which follows
the room's table of public entries: a model with `version` (nanoseconds, db_index) and `is_listed`, whose key is that
of what is listed. When the generation of the site has moved on, the rows that were written since are taken over.
"""

from __future__ import annotations

import bisect
import datetime as dt
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from pyroaring import BitMap

from siptenan.common import generation, words

OVERLAP_NS = 10 * 60 * 10**9  # a row is written before its transaction ends, and clocks of machines differ
MOST_INSERTED = 500  # into the orders one by one; more are sorted anew
FEW = 20  # a result of less than one in so many is sorted by itself
MOST_REMEMBERED = 500  # words and what they find

Row = TypeVar("Row")  # what one entry is sorted by
Entry = TypeVar("Entry")  # how it is read from the database
Sets = dict[str, BitMap]


class ListIndex(ABC, Generic[Row, Entry]):
    """All listed entries of a room. Whoever reads or changes it holds the lock: see Kept."""

    facets: ClassVar[Sequence[str]]
    sorts: ClassVar[Mapping[str, Callable[[int, Any], tuple]]]  # total orders: the key of the entry decides last

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.all = BitMap()
        self.values: dict[str, Sets] = {facet: {} for facet in self.facets}
        self.words: Sets = {}
        self.title_words: Sets = {}
        self.vocabulary: list[str] = []
        self.orders: dict[str, list[int]] = {sort: [] for sort in self.sorts}
        self.day = dt.date.min
        self._found: dict[Any, BitMap] = {}  # by what was asked, until rows or the day change

    # --- What a room says -------------------------------------------------------------------------

    @abstractmethod
    def read(self, rows: QuerySet) -> Iterable[tuple[int, Entry]]:
        """Give the listed ones of some rows of the table, with their keys."""

    @abstractmethod
    def add(self, pk: int, entry: Entry) -> None:
        """Take one entry in; calls `put`."""

    def all_words(self) -> Iterable[str]:
        """The words that find an entry today."""
        return self.words

    def other_sets(self) -> list[dict[Any, BitMap]]:
        """The sets, besides values and words, that an entry may be in."""
        return []

    def dropped(self, pk: int) -> None:
        """An entry is gone."""

    def day_has_begun(self) -> None:
        """`day` is a new one: values and words that depend on it change."""

    # --- Asking -----------------------------------------------------------------------------------

    def having(self, facet: str, chosen: Iterable[str]) -> BitMap:
        """The entries with one of these values."""
        return BitMap.union(BitMap(), *(self.values[facet].get(value, BitMap()) for value in chosen))

    def beginning(self, start: str, *, in_titles: bool = False) -> BitMap:
        """The entries with a word that begins so."""
        return self.remembered(
            ("beginning", start, in_titles),
            lambda: self.with_words(words.beginning(start, self.vocabulary), in_titles=in_titles),
        )

    def with_words(self, those: Iterable[str], *, in_titles: bool = False) -> BitMap:
        """The entries with one of these words."""
        postings = self.title_words if in_titles else self.words
        return BitMap.union(BitMap(), *(postings.get(word, BitMap()) for word in those))

    def remembered(self, question: Any, find: Callable[[], BitMap]) -> BitMap:
        """Return what was found for a question before, until rows or the day change."""
        if question not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[question] = find()
        return self._found[question]

    def in_order(self, found: BitMap, sort: str, start: int, stop: int) -> list[int]:
        """Return one stretch of a result in an order of `sorts`; the last page costs no more than the first."""
        order, many = self.orders[sort], len(found)
        if many * FEW < len(order):
            key = self.sorts[sort]
            return sorted(found, key=lambda pk: key(pk, self.rows[pk]))[start:stop]
        if stop <= many // 2:
            return list(islice(filter(found.__contains__, order), start, stop))
        backwards = islice(filter(found.__contains__, reversed(order)), max(many - stop, 0), max(many - start, 0))
        return list(backwards)[::-1]

    # --- Changing ---------------------------------------------------------------------------------

    def begin_day(self, day: dt.date) -> None:
        """Follow the calendar; work only on the first call of a day."""
        if day != self.day:
            self.day = day
            self.day_has_begun()
            self._note_words()

    def replace(self, changed: Collection[int], listed: Iterable[tuple[int, Entry]]) -> None:
        """Take over what is listed of these entries; the rest of them is gone."""
        if gone := BitMap(changed) & self.all:
            self._remove(gone)
        added = []
        for pk, entry in listed:
            if pk in changed:
                self.add(pk, entry)
                added.append(pk)
        self._put_in_order(added)
        self._note_words()

    def put(
        self, pk: int, row: Row, values: Mapping[str, Iterable[str]], found_by: Iterable[str], titled: Iterable[str]
    ) -> None:
        """Note an entry with its values by facet, the words that find it, and those of its title."""
        self.rows[pk] = row
        self.all.add(pk)
        for facet, codes in values.items():
            for code in codes:
                self.values[facet].setdefault(code, BitMap()).add(pk)
        for word in found_by:
            self.words.setdefault(word, BitMap()).add(pk)
        for word in titled:
            self.title_words.setdefault(word, BitMap()).add(pk)

    def _note_words(self) -> None:
        self.vocabulary = sorted(self.all_words())
        self._found.clear()

    def _remove(self, gone: BitMap) -> None:
        for sort, order in self.orders.items():
            if len(gone) <= MOST_INSERTED:
                key = self._key(sort)
                for pk in gone:
                    del order[bisect.bisect_left(order, key(pk), key=key)]
            else:
                self.orders[sort] = [pk for pk in order if pk not in gone]
        self.all -= gone
        for sets in (*self.values.values(), self.words, self.title_words, *self.other_sets()):
            for value in [value for value, members in sets.items() if not members.isdisjoint(gone)]:
                sets[value] -= gone
                if not sets[value]:
                    del sets[value]
        for pk in gone:
            del self.rows[pk]
            self.dropped(pk)

    def _put_in_order(self, pks: list[int]) -> None:
        for sort, order in self.orders.items():
            if len(pks) <= MOST_INSERTED:
                for pk in pks:
                    bisect.insort(order, pk, key=self._key(sort))
            else:
                order += pks
                order.sort(key=self._key(sort))

    def _key(self, sort: str) -> Callable[[int], tuple]:
        key, rows = self.sorts[sort], self.rows
        return lambda pk: key(pk, rows[pk])


Index = TypeVar("Index", bound=ListIndex)


class Kept(Generic[Index]):
    """The index of this process, as it follows a table of public entries."""

    def __init__(self, make: Callable[[], Index], table: type[Model]) -> None:
        self._make, self._table = make, table
        self._lock = threading.RLock()
        self._index = make()
        self._versions: dict[int, int] = {}  # of the rows that the index has taken over
        self._generation: int | None = None

    @contextmanager
    def reading(self) -> Iterator[Index]:
        """Give the index as of now, to be used until the block ends. Costs queries only after the site has changed."""
        number = generation.current()
        with self._lock:
            self._index.begin_day(timezone.localdate())
            if number != self._generation:
                try:
                    self._take_over()
                except BaseException:
                    self.forget()  # half of the changes are worse than none
                    raise
                self._generation = number
            yield self._index

    def _take_over(self) -> None:
        since = max(self._versions.values(), default=OVERLAP_NS) - OVERLAP_NS
        rows = self._table._default_manager.filter(version__gt=since)
        written = rows.values_list("pk", "version").iterator()
        versions = {pk: version for pk, version in written if self._versions.get(pk) != version}
        if not versions:
            return
        if len(versions) <= MOST_INSERTED:
            rows = self._table._default_manager.filter(pk__in=versions)
        self._index.replace(versions, self._index.read(rows))
        self._versions.update(versions)

    def forget(self) -> None:
        """Begin again with nothing, as after a fault and between the databases of tests."""
        with self._lock:
            self._index, self._generation = self._make(), None
            self._versions.clear()
