"""The catalogue in the memory of a process: sets of products for every value and word, and their orders (ADR 0015).

Built from CatalogueEntry rows, which hold nothing that is not public. When the generation of the site has moved on,
`reading()` takes over the rows that were written since. A number is always the key of a product.
"""

from __future__ import annotations

import bisect
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyroaring import BitMap

from gallery.models import CatalogueEntry
from siptenan.common import generation, words
from siptenan.common.models import Kelurahan

OVERLAP_NS = 10 * 60 * 10**9  # a row is written before its transaction ends, and clocks of machines differ
MOST_INSERTED = 500  # into the orders one by one; more are sorted anew
FEW = 20  # a result of less than one in so many is sorted by itself
MOST_REMEMBERED = 500  # words and what they find

FACETS = ("kategori", "kecamatan", "kelurahan", "harga", "sertifikat")
# Price bands in rupiah: code, lowest, and the first that is too high.
PRICE_BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("sampai-25rb", 1, 25_001),
    ("25rb-100rb", 25_001, 100_001),
    ("100rb-250rb", 100_001, 250_001),
    ("250rb-1jt", 250_001, 1_000_001),
    ("di-atas-1jt", 1_000_001, None),
)
NO_PRICE = "tanpa-harga"


@dataclass(frozen=True, slots=True)
class Row:
    """What one product is sorted by."""

    name: str
    price: int | None
    listed_at: float
    views: int


SortKey = Callable[[int, Row], tuple]
# Total orders: the key of the product decides last.
SORTS: dict[str, SortKey] = {
    "terbaru": lambda pk, row: (-row.listed_at, -pk),
    "termurah": lambda pk, row: (row.price is None, row.price or 0, -row.listed_at, -pk),
    "termahal": lambda pk, row: (row.price is None, -(row.price or 0), -row.listed_at, -pk),
    "nama": lambda pk, row: (row.name, pk),
    "terpopuler": lambda pk, row: (-row.views, -row.listed_at, -pk),
}
FIELDS = (
    "product_id", "version", "is_listed", "business_id", "name", "commodity", "kelurahan", "certificates",
    "price", "listed_at", "views", "text",
)  # fmt: skip


def price_band(price: int | None) -> str:
    """Return the code of the band that a price in rupiah is in."""
    if not price:
        return NO_PRICE
    return next(code for code, lowest, above in PRICE_BANDS if price >= lowest and (above is None or price < above))


class Index:
    """All listed products. Whoever reads or changes it holds the lock: see `reading`."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.all = BitMap()
        self.values: dict[str, dict[str, BitMap]] = {facet: {} for facet in FACETS}
        self.businesses: dict[int, BitMap] = {}
        self.words: dict[str, BitMap] = {}
        self.name_words: dict[str, BitMap] = {}
        self.vocabulary: list[str] = []
        self.orders: dict[str, list[int]] = {sort: [] for sort in SORTS}
        self._found: dict[tuple[str, str, bool], BitMap] = {}

    # --- Asking -----------------------------------------------------------------------------------

    def having(self, facet: str, chosen: Iterable[str]) -> BitMap:
        """The products with one of these values."""
        return BitMap.union(BitMap(), *(self.values[facet].get(value, BitMap()) for value in chosen))

    def matching(self, query: str, *, in_names: bool = False, forgiving: bool = True) -> BitMap:
        """The products that have every word of the query, or one that begins so or, forgiving typos, is nearly so."""
        asked = words.query_words(query)
        if not asked:
            return self.all
        kind = "name_words" if in_names else "words"
        found = BitMap.intersection(self.all, *(self._of_word(kind, word, forgiving) for word in asked))
        if 1 < len(asked) <= 4:  # "pasir kraton kramat" for Pasirkratonkramat
            found |= self._beginning(kind, "".join(asked))
        return found

    def near(self, query: str) -> BitMap:
        """The products that have most words of a query that finds nothing as a whole."""
        found = [part for word in words.query_words(query) if (part := self._of_word("words", word, True))]
        return BitMap.union(BitMap(), *found)

    def _of_word(self, kind: str, word: str, forgiving: bool) -> BitMap:
        if (kind, word, forgiving) not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            found = self._beginning(kind, word)
            if not found and forgiving:
                postings = getattr(self, kind)
                near = words.alike(word, self.vocabulary)
                found = BitMap.union(BitMap(), *(postings.get(other, BitMap()) for other in near))
            self._found[kind, word, forgiving] = found
        return self._found[kind, word, forgiving]

    def _beginning(self, kind: str, start: str) -> BitMap:
        postings = getattr(self, kind)
        begun = words.beginning(start, self.vocabulary)
        return BitMap.union(BitMap(), *(postings.get(word, BitMap()) for word in begun))

    def in_order(self, found: BitMap, sort: str, start: int, stop: int) -> list[int]:
        """Return one stretch of a result in an order of SORTS."""
        order = self.orders[sort]
        if len(found) * FEW < len(order):
            key = SORTS[sort]
            return sorted(found, key=lambda pk: key(pk, self.rows[pk]))[start:stop]
        return list(islice(filter(found.__contains__, order), start, stop))

    # --- Changing ---------------------------------------------------------------------------------

    def replace(
        self, changed: Collection[int], entries: Iterable[Mapping[str, Any]], kelurahan: Mapping[str, Kelurahan]
    ) -> None:
        """Take over the rows of these products, by FIELDS; what has no listed row any more is gone."""
        if gone := BitMap(changed) & self.all:
            self._remove(gone)
        added = []
        for entry in entries:
            if entry["is_listed"] and entry["product_id"] in changed:
                self._add(entry, kelurahan)
                added.append(entry["product_id"])
        self._put_in_order(added)
        self.vocabulary = sorted(self.words)
        self._found.clear()

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
        all_sets: list[dict[Any, BitMap]] = [*self.values.values(), self.businesses, self.words, self.name_words]
        for sets in all_sets:
            for value in [value for value, members in sets.items() if not members.isdisjoint(gone)]:
                sets[value] -= gone
                if not sets[value]:
                    del sets[value]
        for pk in gone:
            del self.rows[pk]

    def _add(self, entry: Mapping[str, Any], kelurahan: Mapping[str, Kelurahan]) -> None:
        pk = entry["product_id"]
        place = kelurahan.get(entry["kelurahan"])
        listed_at = entry["listed_at"].timestamp() if entry["listed_at"] else 0.0
        self.rows[pk] = Row(words.fold(entry["name"]), entry["price"] or None, listed_at, entry["views"])
        self.all.add(pk)
        self.businesses.setdefault(entry["business_id"], BitMap()).add(pk)
        found = {
            "kategori": [entry["commodity"]] if entry["commodity"] else [],
            "kecamatan": [code_of(place.kecamatan)] if place else [],
            "kelurahan": [code_of(place.name)] if place else [],
            "harga": [price_band(entry["price"])],
            "sertifikat": entry["certificates"],
        }
        for facet, values in found.items():
            for value in values:
                self.values[facet].setdefault(value, BitMap()).add(pk)
        for word in {*words.words_of(entry["text"]), *([words.joined(place.name)] if place else [])}:
            self.words.setdefault(word, BitMap()).add(pk)
        for word in set(words.words_of(entry["name"])):
            self.name_words.setdefault(word, BitMap()).add(pk)

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


def code_of(name: str) -> str:
    """Return how the address of a filtered list calls a kecamatan or kelurahan: pekalongan-timur."""
    return "-".join(words.words_of(name))


# --- The index of this process --------------------------------------------------------------------

_lock = threading.RLock()
_index = Index()
_versions: dict[int, int] = {}  # of the rows that the index has taken over
_generation: int | None = None


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
    written = CatalogueEntry.objects.filter(version__gt=since).values_list("product_id", "version")
    versions = {pk: version for pk, version in written.iterator() if _versions.get(pk) != version}
    if not versions:
        return
    kelurahan = {place.code: place for place in Kelurahan.objects.all()}
    if len(versions) > MOST_INSERTED:
        rows = CatalogueEntry.objects.filter(version__gt=since)
    else:
        rows = CatalogueEntry.objects.filter(pk__in=versions)
    _index.replace(versions, rows.values(*FIELDS).iterator(), kelurahan)
    _versions.update(versions)


def forget() -> None:
    """Begin again with nothing, as after a fault and between the databases of tests."""
    global _index, _generation
    with _lock:
        _index, _generation = Index(), None
        _versions.clear()
