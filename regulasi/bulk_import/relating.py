"""Finds the regulations that the columns of relations name, and refuses what cannot be true.

`UU 20/2016` may be another row, a regulation that is held here, or one outside. One that is nowhere becomes a new
regulation outside if the cell says what it is about: `UU 15/2001 tentang Merek`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from regulasi import composition, consistency, references, relations
from regulasi.composition import Identity
from regulasi.enums import Verb
from regulasi.models import RegulationPage, RegulationStub
from regulasi.references import Reference
from regulasi.relations import Edge, End, Key
from siptenan.common.tables import lines

from .columns import RELATIONS, Reader
from .plan import Draft, Link

MOST = 30  # relations of one column


class Relator:
    """Relates the rows of one import."""

    def __init__(self, reader: Reader, drafts: Sequence[Draft]) -> None:
        self.reader, self.drafts = reader, drafts
        self.recorded = consistency.Recorded()
        self._new: dict[composition.Key, RegulationStub] = {}
        self._held: list[RegulationPage] = []
        self._stubs: list[RegulationStub] = []

    def relate(self, cells: Mapping[int, Mapping[str, Any]]) -> list[tuple[int, str]]:
        """Give every draft its links, from the cells of its row; return what is wrong, by row. Two queries."""
        written = {draft.row: list(_written(cells[draft.row])) for draft in self.drafts}
        years = {
            reference.year for rows in written.values() for _, _, reference in rows if reference and reference.year
        }
        pages = RegulationPage.objects.filter(year__in=years).select_related("kind", "initiator")
        self._held = list(pages.defer(*relations.LONG_TEXTS))
        self._stubs = list(RegulationStub.objects.filter(year__in=years).select_related("kind", "initiator"))
        wrong = []
        for draft in self.drafts:
            for heading, text, reference in written[draft.row]:
                try:
                    self._add(draft, heading, text, reference)
                except ValidationError as error:
                    wrong += [(draft.row, f"{heading}: {message}") for message in error.messages]
        return wrong

    def suffered_by(self, draft: Draft) -> tuple[Edge, ...]:
        """The edges of this import that end at a row."""
        return tuple(edge for edge in self.recorded.edges if edge.target.key == _key(draft))

    def _add(self, draft: Draft, heading: str, text: str, reference: Reference | None) -> None:
        if reference is None or reference.year is None:
            raise ValidationError(f"“{text[:60]}” tidak dikenal. Tulis seperti UU 20/2016, dipisah titik koma.")
        link = self._found(RELATIONS[heading], reference, text)
        if link.row is draft:
            raise ValidationError("peraturan tidak dapat berhubungan dengan dirinya sendiri.")
        edge = Edge(link.verb.act, _end_of(draft), self._end(link), False, None, "", _key(draft))
        if problem := self.recorded.conflict(edge):
            raise ValidationError(problem.message)
        self.recorded.add(edge)
        draft.links.append(link)

    def _found(self, verb: Verb, reference: Reference, text: str) -> Link:
        """Return where a reference leads: a row or a page, else a regulation outside."""
        rows = _matching(reference, [(draft.page, draft) for draft in self.drafts])
        held = _matching(reference, [(page, page) for page in self._held])
        if len(rows) + len(held) > 1:
            names = " atau ".join(
                dict.fromkeys([*(draft.page.full_title for draft in rows), *(page.full_title for page in held)])
            )
            raise ValidationError(f"“{text[:60]}” dapat berarti {names}. Tulis jenisnya lengkap.")
        if rows:
            return Link(verb, rows[0].page.short_name, row=rows[0])
        if held:
            return Link(verb, held[0].short_name, held=held[0])
        stubs = _matching(reference, [(stub, stub) for stub in self._stubs])
        if len(stubs) > 1:
            raise ValidationError(f"“{text[:60]}” dapat berarti {' atau '.join(map(str, stubs))}. Tulis lengkap.")
        stub = stubs[0] if stubs else self._new_stub(reference, text)
        return Link(verb, composition.short_name(stub), stub=stub)

    def _new_stub(self, reference: Reference, text: str) -> RegulationStub:
        """One that nobody knows yet: only with all that a regulation outside needs."""
        about = re.sub(r"^(?:tentang|ttg)\b\W*", "", reference.rest, flags=re.IGNORECASE).strip()
        if len(reference.kinds) != 1 or not about:
            raise ValidationError(
                f"“{text[:60]}” tidak ada di sini. Tulis jenis dan tentangnya juga, misalnya: UU 15/2001 tentang Merek."
            )
        kind = self.reader.kinds[next(iter(reference.kinds))]
        issuers = sorted(reference.initiators)
        if kind.is_of_initiator and len(issuers) != 1:
            raise ValidationError(f"“{text[:60]}” belum menyebut instansinya, misalnya: Permenperin 64/2016 tentang ….")
        stub = RegulationStub(
            kind=kind,
            initiator=self.reader.initiators[issuers[0]] if kind.is_of_initiator else None,
            number=reference.number,
            year=reference.year or 0,
            about=about,
        )
        stub.clean_fields(exclude=["kind", "initiator", "held_as"])
        return self._new.setdefault(composition.identity(stub), stub)

    def _end(self, link: Link) -> End:
        if link.row:
            return _end_of(link.row)
        if link.held:
            return relations.end_of_page(link.held)
        if link.stub is None:
            raise ValueError("A link leads nowhere.")
        end = relations.end_of_stub(link.stub)
        return end if link.stub.pk else replace(end, key=("stub", -1 - list(self._new.values()).index(link.stub)))


def _written(cells: Mapping[str, Any]) -> Iterable[tuple[str, str, Reference | None]]:
    """The regulations that a row names: column, words, and what they were read as."""
    for heading in RELATIONS:
        found = [part.strip() for line in lines(cells.get(heading)) for part in line.split(";") if part.strip()]
        yield from ((heading, part, references.parse(part)) for part in found[:MOST])


def _matching(reference: Reference, candidates: Collection[tuple[Identity, Any]]) -> list[Any]:
    """Those that a reference may mean; of several, the ones with the very number."""
    found = [(one, what) for one, what in candidates if one.kind and reference.matches(*_codes(one))]
    number = composition.number_key(reference.number)
    exact = [what for one, what in found if composition.number_key(one.number) == number]
    return exact or [what for _, what in found]


def _codes(one: Identity) -> tuple[str, str, str, int | None]:
    return one.kind.code if one.kind else "", one.initiator.code if one.initiator else "", one.number, one.year


def _key(draft: Draft) -> Key:
    """Pages that are not stored yet are told apart by their rows."""
    return ("page", -draft.row)


def _end_of(draft: Draft) -> End:
    return relations.end_of_page(draft.page, _key(draft))
