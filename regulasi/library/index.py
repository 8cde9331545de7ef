"""The list in the memory of a process: sets of regulations for every value and word, and their orders (ADR 0015).

Built from RegulationEntry rows, which hold nothing that is not public. When the generation of the site has moved on,
`reading()` takes over the rows that were written since. A number is always the key of a page.

How a regulation stands depends on the day: each row keeps the days on which that changes, and the sets of the facet
"status" are made for one day in WIB and made anew on the next.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from pyroaring import BitMap

from regulasi import status
from regulasi.composition import number_key
from regulasi.library import words
from regulasi.models import RegulationEntry
from regulasi.references import Reference
from siptenan.common.faceted import Kept, ListIndex

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


# Total orders: the key of the page decides last.
SORTS: dict[str, Callable[[int, Row], tuple]] = {
    NEWEST: lambda pk, row: (-row.year, -row.date, row.rank, -row.number_order, row.number_key, -pk),
    "terlama": lambda pk, row: (row.year, row.date, row.rank, row.number_order, row.number_key, pk),
    "nomor": lambda pk, row: (row.number_order, row.number_key, -row.year, row.rank, -pk),
    "terbanyak-dibaca": lambda pk, row: (-row.views, -row.year, -row.date, -pk),
}
FIELDS = (
    "page_id", "is_listed", "title", "name", "kind", "rank", "number", "number_order", "year", "initiator",
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


class Index(ListIndex[Row, RegulationEntry]):
    """All listed regulations."""

    facets = FACETS
    sorts = SORTS

    def __init__(self) -> None:
        super().__init__()
        self.documents: dict[int, BitMap] = {}
        self.opening: dict[str, BitMap] = {}  # by the first word after "tentang"

    # --- Asking -----------------------------------------------------------------------------------

    def with_term(self, term: words.Term, *, in_titles: bool = False) -> BitMap:
        """The regulations whose record (not its PDF) has a word that begins so, or a phrase as it is."""
        if not term.is_phrase and not term.is_number:
            return self.beginning(term.words[0], in_titles=in_titles)
        candidates = BitMap.intersection(
            self.all, *(self.with_words([word], in_titles=in_titles) for word in term.words)
        )
        if not term.is_phrase:
            return candidates
        return BitMap(pk for pk in candidates if f" {term.text} " in self.rows[pk].line)

    def opening_with(self, terms: Iterable[words.Term]) -> BitMap:
        """The regulations about just that: what they are about begins with one of these words."""
        return BitMap.union(BitMap(), *(self.opening.get(term.words[0], BitMap()) for term in terms))

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

    # --- Changing ---------------------------------------------------------------------------------

    def read(self, rows: QuerySet) -> Iterator[tuple[int, RegulationEntry]]:
        """Give the listed regulations among some rows of the table."""
        for entry in rows.filter(is_listed=True).only(*FIELDS).iterator():
            yield entry.page_id, entry

    def add(self, pk: int, entry: RegulationEntry) -> None:
        """Take one regulation in."""
        row = Row(
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
        if entry.document_id:
            self.documents.setdefault(entry.document_id, BitMap()).add(pk)
        for first in words.words_of(entry.title.partition(" tentang ")[2])[:1]:
            self.opening.setdefault(first, BitMap()).add(pk)
        self.put(
            pk,
            row,
            values={
                "jenis": filter(None, [entry.kind]),
                "tahun": [str(entry.year)],
                STATUS: [row.status_on(self.day)],
                "subjek": entry.subjects,
                "pemrakarsa": filter(None, [entry.initiator]),
            },
            found_by=set(words.words_of(entry.text)),
            titled={*words.words_of(entry.title), *words.words_of(entry.name)},
        )

    def other_sets(self) -> list[dict[Any, BitMap]]:
        """The regulations by PDF, and by what they are about."""
        return [self.documents, self.opening]

    def day_has_begun(self) -> None:
        """Let every regulation stand as it does on this day."""
        standing: dict[str, BitMap] = {}
        for pk, row in self.rows.items():
            standing.setdefault(row.status_on(self.day), BitMap()).add(pk)
        self.values[STATUS] = standing


_kept = Kept(Index, RegulationEntry)
reading, forget = _kept.reading, _kept.forget


def today() -> dt.date:
    """The day in WIB."""
    return timezone.localdate()
