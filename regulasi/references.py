"""Reads what people type when they know which regulation they want: "perda 3 2020", "UU no. 20/2016".

A query is a reference only if it begins with one: a kind in any of its names (with a ministry or region), or the
word "nomor", then a number, then mostly a year. Without a kind both number and year must be there, joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from regulasi.composition import number_key, number_order
from regulasi.models import Initiator, RegulationKind
from siptenan.common.generation import per_generation

LONGEST = 200  # letters that are looked at

_MARK = r"(?P<mark>\b(?:nomor|nomer|no|nr)\b[.:]?\s*)"
_BETWEEN = r"(?P<between>\s*,?\s*\b(?:tahun|thn|th)\b\.?\s*|\s*/\s*|\s+)"
_YEAR = r"(?P<year>(?:1[89]|2[01])\d\d)(?!\d)"
_REST = r"(?P<rest>.*)$"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<head>.*?){_MARK}(?P<number>\S*?\d\S*?){_BETWEEN}{_YEAR}{_REST}",
        rf"^(?P<head>\D*?)(?P<mark>)(?P<number>\d\S*?){_BETWEEN}{_YEAR}{_REST}",
        rf"^(?P<head>.*?){_MARK}(?P<number>\S*\d[^\s,]*)(?P<between>)(?P<year>){_REST}",
        rf"^(?P<head>\D*?)(?P<mark>)(?P<number>\d[^\s,]*)(?P<between>)(?P<year>){_REST}",
    )
)


@dataclass(frozen=True)
class Reference:
    """A regulation as it is asked for. Nothing in `kinds` or `initiators` means any."""

    kinds: frozenset[str]  # codes
    initiators: frozenset[str]  # codes
    number: str
    year: int | None
    rest: str = ""  # what was typed behind it

    @property
    def is_whole(self) -> bool:
        """Whether nothing else was asked for."""
        return not self.rest

    def matches(self, kind: str, initiator: str, number: str, year: int | None) -> bool:
        """Whether a regulation, given by codes, may be meant.

        A bare number also means one that goes on with letters: 64/2016 is 64/M-IND/PER/7/2016.
        """
        if self.kinds and kind not in self.kinds:
            return False
        if self.initiators and initiator not in self.initiators:
            return False
        if self.year is not None and year != self.year:
            return False
        asked, own = number_key(self.number), number_key(number)
        if asked == own or (self.year and asked == f"{own}/{self.year}") or own == f"{asked}/{self.year}":
            return True
        return asked.isdecimal() and "/" in own and number_order(own) == int(asked) and own.startswith(asked)


@dataclass(frozen=True)
class Vocabulary:
    """The names of kinds and issuers, folded, the longest first."""

    kinds: tuple[tuple[str, frozenset[str]], ...]
    joined: tuple[tuple[str, str, str], ...]  # "permenperin", kind, initiator
    initiators: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def of(cls, kinds: Iterable[RegulationKind], initiators: Iterable[Initiator]) -> Vocabulary:
        """Return the vocabulary of these rows."""
        kinds, initiators = list(kinds), list(initiators)
        of_kinds: dict[str, set[str]] = defaultdict(set)
        of_initiators: dict[str, set[str]] = defaultdict(set)
        joined = set()
        for kind in kinds:
            names = [kind.name, kind.abbreviation, kind.code, *kind.aliases.split(",")]
            names += [pattern.split("{")[0] for pattern in (kind.short_name, kind.title_pattern)]
            for name in filter(None, map(fold, names)):
                of_kinds[name].add(kind.code)
        for row in initiators:
            names = [row.name, row.portfolio, row.short, row.code, *row.aliases.split(",")]
            for name in filter(None, map(fold, names)):
                of_initiators[name].add(row.code)
            for kind in kinds:
                start = fold(kind.short_name.split("{")[0])
                if "{singkatan}" in kind.short_name and " {" not in kind.short_name and (short := fold(row.short)):
                    name = f"{start}{short.replace(' ', '')}"
                    joined |= {(name, kind.code, row.code), (name.replace("nn", "n"), kind.code, row.code)}
        return cls(_longest_first(of_kinds), tuple(sorted(joined, key=_by_length)), _longest_first(of_initiators))


@per_generation
def vocabulary() -> Vocabulary:
    """The vocabulary of the reference tables."""
    return Vocabulary.of(RegulationKind.objects.all(), Initiator.objects.all())


def parse(text: str, words: Vocabulary | None = None) -> Reference | None:
    """Return the reference that a query begins with; None for one that has none."""
    line = " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).split())
    if not re.search(r"\d", line):
        return None
    words = words or vocabulary()
    for form in _FORMS:
        found = form.match(line.casefold())
        if found is None:
            continue
        start, end = found.span("number")
        head, number = _glued(line[: found.end("head")].casefold(), line[start:end].strip(" ,.;"), bool(found["mark"]))
        read = _read_head(head, words)
        if read is None and head != found["head"]:  # "uu20/2016": what stands before the digit is a kind after all
            read, number = _read_head(found["head"], words), line[start:end].strip(" ,.;")
        if read is None or not number:
            continue
        kinds, initiators = read
        year = int(found["year"]) if found["year"] else None
        if not kinds and not _is_joined(found["mark"], found["between"], year):
            continue
        if year and "/" in number and found["between"].strip() == "/":
            number = f"{number}/{year}"
        rest = line[found.start("rest") :]
        return Reference(kinds, initiators, number, year, _without_year(rest, year))
    return None


def named(text: str, words: Vocabulary | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of kinds and issuers that words name: `Permenperin` both, `Perda` two kinds; else nothing."""
    nothing: frozenset[str] = frozenset()
    return _read_head(text[:LONGEST], words or vocabulary()) or (nothing, nothing)


def fold(text: str) -> str:
    """Return words as they are compared: small letters, one space, no dots, hyphens or brackets."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w/]+", " ", text).split())


def _glued(head: str, number: str, has_mark: bool) -> tuple[str, str]:
    """Give a number its first letters back: `permenkumham m.hh-` + `01.hu.03` is M.HH-01.HU.03."""
    if has_mark or not head or head[-1].isspace():
        return head, number
    before, _, last = head.rpartition(" ")
    return (before, f"{last.upper()}{number}") if before else (head, number)


def _read_head(head: str, words: Vocabulary) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return kinds and issuers that the words before the number name; None if they say anything else."""
    rest = fold(head)
    if not rest:
        return frozenset(), frozenset()
    for name, kind, initiator in words.joined:
        if rest == name:
            return frozenset({kind}), frozenset({initiator})
    for name, kinds in words.kinds:
        if rest != name and not rest.startswith(f"{name} "):
            continue
        issuer = rest[len(name) :].strip()
        if not issuer:
            return kinds, frozenset()
        for other, initiators in words.initiators:
            if issuer == other:
                return kinds, initiators
    return None


def _is_joined(mark: str, between: str, year: int | None) -> bool:
    """Whether number and year belong together without a kind: 3/2020, nomor 3 tahun 2020; not "3 2020"."""
    return year is not None and bool(mark or between.strip())


def _without_year(rest: str, year: int | None) -> str:
    """Drop the year that is said again: 64/M-IND/PER/7/2016 tahun 2016."""
    if year:
        rest = re.sub(rf"^\s*(?:tahun|thn|th)\b\.?\s*{year}\b", "", rest, flags=re.IGNORECASE)
    return rest.strip(" ,.;:")


def _by_length(entry: tuple) -> tuple:
    return -len(entry[0]), entry


def _longest_first(names: dict[str, set[str]]) -> tuple[tuple[str, frozenset[str]], ...]:
    found = ((name, frozenset(codes)) for name, codes in names.items())
    return tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry[0])))
