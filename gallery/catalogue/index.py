"""The catalogue in the memory of a process: what its products are found, filtered and sorted by (ADR 0015).

Built from CatalogueEntry rows, which hold nothing that is not public. A number is always the key of a product.
Certificates hold until a day: the values of that facet, and the words that find a product by its certificates, follow
the calendar in WIB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from pyroaring import BitMap

from gallery.enums import CertificateKind
from gallery.models import CatalogueEntry
from siptenan.common import words
from siptenan.common.faceted import Kept, ListIndex
from siptenan.common.models import Kelurahan

FACETS = ("kategori", "kecamatan", "kelurahan", "harga", "sertifikat")
NEWEST = "terbaru"
# Price bands in rupiah: code, lowest, and the first that is too high.
PRICE_BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("sampai-25rb", 1, 25_001),
    ("25rb-100rb", 25_001, 100_001),
    ("100rb-250rb", 100_001, 250_001),
    ("250rb-1jt", 250_001, 1_000_001),
    ("di-atas-1jt", 1_000_001, None),
)
NO_PRICE = "tanpa-harga"
FIELDS = (
    "product_id", "is_listed", "business_id", "name", "commodity", "kelurahan", "certificates", "certificate_numbers",
    "price", "listed_at", "views", "text",
)  # fmt: skip
# What people call a certificate of a kind, beside its number.
KIND_WORDS = {
    kind.value: {"sertifikat", *words.words_of(kind.label), words.joined(kind.label)} for kind in CertificateKind
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one product is sorted by."""

    name: str
    price: int | None
    listed_at: float
    views: int


# Total orders: the key of the product decides last.
SORTS: dict[str, Callable[[int, Row], tuple]] = {
    NEWEST: lambda pk, row: (-row.listed_at, -pk),
    "termurah": lambda pk, row: (row.price is None, row.price or 0, -row.listed_at, -pk),
    "termahal": lambda pk, row: (row.price is None, -(row.price or 0), -row.listed_at, -pk),
    "nama": lambda pk, row: (row.name, pk),
    "terpopuler": lambda pk, row: (-row.views, -row.listed_at, -pk),
}
Entry = tuple[Mapping[str, Any], Kelurahan | None]  # the FIELDS of a row, and its kelurahan


class Index(ListIndex[Row, Entry]):
    """All listed products."""

    facets = FACETS
    sorts = SORTS

    def __init__(self) -> None:
        super().__init__()
        self.businesses: dict[int, BitMap] = {}
        self._last_days: dict[tuple[int, str], str] = {}  # ISO; of certificates that hold, by product and kind
        # By word of a certificate that holds and its last day, or "".
        self._certified: dict[str, dict[str, BitMap]] = {}

    # --- Asking -----------------------------------------------------------------------------------

    def matching(self, query: str, *, in_names: bool = False, forgiving: bool = True) -> BitMap:
        """The products that have every word of the query, or one that begins so or, forgiving typos, is nearly so."""
        asked = words.query_words(query)
        if not asked:
            return self.all
        found = BitMap.intersection(self.all, *(self._of_word(word, in_names, forgiving) for word in asked))
        if 1 < len(asked) <= 4:  # "pasir kraton kramat" for Pasirkratonkramat
            found |= self.beginning("".join(asked), in_titles=in_names)
        return found

    def near(self, query: str) -> BitMap:
        """The products that have most words of a query that finds nothing as a whole."""
        found = [part for word in words.query_words(query) if (part := self._of_word(word, False, True))]
        return BitMap.union(BitMap(), *found)

    def with_words(self, those: Iterable[str], *, in_titles: bool = False) -> BitMap:
        """The products with one of these words; also in a certificate that holds, if not only titles are looked at."""
        those = list(those)
        found = super().with_words(those, in_titles=in_titles)
        days = () if in_titles else (self._certified[word] for word in those if word in self._certified)
        return BitMap.union(found, *(products for having in days for products in having.values()))

    def _of_word(self, word: str, in_names: bool, forgiving: bool) -> BitMap:
        found = self.beginning(word, in_titles=in_names)
        if found or not forgiving:
            return found
        return self.remembered(
            ("alike", word, in_names),
            lambda: self.with_words(words.alike(word, self.vocabulary), in_titles=in_names),
        )

    # --- Changing ---------------------------------------------------------------------------------

    def read(self, rows: QuerySet) -> Iterator[tuple[int, Entry]]:
        """Give the listed products among some rows of the table."""
        places = {place.code: place for place in Kelurahan.objects.all()}
        for entry in rows.filter(is_listed=True).values(*FIELDS).iterator():
            yield entry["product_id"], (entry, places.get(entry["kelurahan"]))

    def add(self, pk: int, entry: Entry) -> None:
        """Take one product in."""
        fields, place = entry
        name, listed_at = fields["name"], fields["listed_at"].timestamp() if fields["listed_at"] else 0.0
        today = self.day.isoformat()
        holding = [kind for kind, last in fields["certificates"].items() if not last or last >= today]
        self._last_days |= {(pk, kind): last for kind in holding if (last := fields["certificates"][kind])}
        self._certify(pk, ((KIND_WORDS[kind], last) for kind, last in fields["certificates"].items()))
        numbers = fields["certificate_numbers"].items()
        self._certify(pk, (({*words.words_of(number), words.joined(number)}, last) for number, last in numbers))
        self.businesses.setdefault(fields["business_id"], BitMap()).add(pk)
        self.put(
            pk,
            Row(words.fold(name), fields["price"] or None, listed_at, fields["views"]),
            values={
                "kategori": [fields["commodity"]] if fields["commodity"] else [],
                "kecamatan": [code_of(place.kecamatan)] if place else [],
                "kelurahan": [code_of(place.name)] if place else [],
                "harga": [price_band(fields["price"])],
                "sertifikat": holding,
            },
            found_by={*words.words_of(fields["text"]), *([words.joined(place.name)] if place else [])},
            titled=set(words.words_of(name)),
        )

    def _certify(self, pk: int, certificates: Iterable[tuple[Iterable[str], str | None]]) -> None:
        """Note the words of certificates with their last days, unless they are over."""
        for those, last in certificates:
            if last and last < self.day.isoformat():
                continue
            for word in those:
                self._certified.setdefault(word, {}).setdefault(last or "", BitMap()).add(pk)

    def all_words(self) -> Iterable[str]:
        """The words of products, and of certificates that hold."""
        return {*self.words, *(word for word, days in self._certified.items() if days)}

    def other_sets(self) -> list[dict[Any, BitMap]]:
        """The products by business, and by last day of the certificates with a word."""
        return [self.businesses, *self._certified.values()]

    def dropped(self, pk: int) -> None:
        """Its certificates are gone, too."""
        for kind in CertificateKind.values:
            self._last_days.pop((pk, kind), None)

    def day_has_begun(self) -> None:
        """Leave out the certificates whose last day is over, and their words."""
        today, having = self.day.isoformat(), self.values["sertifikat"]
        for pk, kind in [key for key, last in self._last_days.items() if last < today]:
            del self._last_days[pk, kind]
            having[kind].discard(pk)
            if not having[kind]:
                del having[kind]
        for days in self._certified.values():
            for last in [last for last in days if last and last < today]:
                del days[last]


def price_band(price: int | None) -> str:
    """Return the code of the band that a price in rupiah is in."""
    if not price:
        return NO_PRICE
    return next(code for code, lowest, above in PRICE_BANDS if price >= lowest and (above is None or price < above))


def code_of(name: str) -> str:
    """Return how the address of a filtered list calls a kecamatan or kelurahan: pekalongan-timur."""
    return "-".join(words.words_of(name))


_kept = Kept(Index, CatalogueEntry)
reading, forget = _kept.reading, _kept.forget
