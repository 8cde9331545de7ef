"""What is composed of jenis, nomor, tahun, tentang and pemrakarsa, by Permenkumham 8/2019. Pure: asks no database.

Everything that is missing yet is left out, so that a draft always has a title and an address. What an editor typed
instead is no business of this module: RegulationPage decides between the two.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from django.utils.text import slugify

if TYPE_CHECKING:
    from regulasi.models import Initiator, RegulationKind

from regulasi.enums import Gazette

UNNAMED = "Regulasi baru"  # while not even the kind is known
TITLE_MAX = 255  # of Wagtail's title; the full one has no limit


class Identity(Protocol):
    """What a regulation is told apart by: a page, or a stub."""

    @property
    def kind(self) -> RegulationKind | None: ...

    @property
    def initiator(self) -> Initiator | None: ...

    @property
    def number(self) -> str: ...

    @property
    def year(self) -> int | None: ...

    @property
    def about(self) -> str: ...


class Gazetted(Identity, Protocol):
    """What the source line is made of besides."""

    @property
    def gazette(self) -> str: ...
    @property
    def gazette_year(self) -> int | None: ...
    @property
    def gazette_number(self) -> str: ...
    @property
    def supplement_number(self) -> str: ...
    @property
    def page_count(self) -> int | None: ...


def title(regulation: Identity) -> str:
    """`Undang-Undang Nomor 20 Tahun 2016 tentang Merek dan Indikasi Geografis`."""
    kind, about = regulation.kind, _line(regulation.about)
    if kind is None:
        return f"{UNNAMED} tentang {about}" if about else UNNAMED
    parts = [_filled(kind.title_pattern, regulation)]
    if regulation.number:
        parts.append(f"Nomor {regulation.number.strip()}")
    if regulation.year:
        parts.append(f"Tahun {regulation.year}")
    if about:
        parts.append(f"tentang {about}")
    return " ".join(parts)


def cut(text: str, longest: int = TITLE_MAX) -> str:
    """Return a text of at most `longest` letters, cut after a whole word."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:.-')}…"


def short_name(regulation: Identity) -> str:
    """`UU 20/2016`, `Permenperin 64/M-IND/PER/7/2016`: how it is called in a sentence."""
    kind = regulation.kind
    if kind is None:
        return UNNAMED
    return f"{_filled(kind.short_name, regulation)} {_number_and_year(regulation)}".strip()


def teu(regulation: Identity) -> str:
    """The main entry heading (tajuk entri utama): `Indonesia. Kementerian Perindustrian`."""
    if regulation.kind is None:
        return ""
    return _filled(regulation.kind.teu_pattern, regulation).removesuffix(". ").removesuffix(".")


def abbreviation(regulation: Identity) -> str:
    """The abbreviation of the kind: `PERMEN`."""
    return regulation.kind.abbreviation if regulation.kind else ""


def source(regulation: Gazetted) -> str:
    """`LN 2014 (4), TLN (5492) : 60 hlm.`

    What stands in no gazette is its own source: `SE 2023 (5) : 4 hlm.` Without the number in a gazette there is none.
    """
    kind = regulation.kind
    gazette = regulation.gazette or (kind.gazette if kind else "")
    if kind is None or (gazette and not regulation.gazette_number):
        return ""
    if gazette:
        is_regional = gazette in (Gazette.REGIONAL, Gazette.REGIONAL_NEWS)
        name = f"{gazette} {kind.region}".rstrip() if is_regional else gazette
        text = f"{name} {regulation.gazette_year or regulation.year or ''}".rstrip()
        text += f" ({regulation.gazette_number})"
        if regulation.supplement_number:
            text += f", {Gazette(gazette).supplement} ({regulation.supplement_number})"
    else:
        text = f"{kind.abbreviation} {regulation.year or ''}".rstrip()
        text += f" ({regulation.number})" if regulation.number else ""
    return f"{text} : {regulation.page_count} hlm." if regulation.page_count else text


def slug(regulation: Identity) -> str:
    """`permenperin-13-2025`: kind, who issued it, number, year; the words of the title may change, these do not."""
    kind = regulation.kind
    if kind is None:
        return slugify(UNNAMED)
    start = kind.code
    if kind.is_of_initiator and regulation.initiator:
        short = slugify(regulation.initiator.short or regulation.initiator.code)
        start = f"{start}{short}" if "}" in kind.short_name and " {" not in kind.short_name else f"{start}-{short}"
    number = slugify(re.sub(r"[/.,\s]+", "-", regulation.number))
    return slugify("-".join(part for part in (start, number, _year_beside(regulation)) if part))


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """Return the slug, or the first of `...-2`, `...-3` that nobody has."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def file_name(regulation: Identity) -> str:
    """Year, kind, area or issuer, number: `2020pd3375001`. Without extension."""
    return f"{regulation.year or ''}{_file_end(regulation)}"


def abstract_file_name(regulation: Identity) -> str:
    """The same of its abstract: `2020abspd3375001`."""
    return f"{regulation.year or ''}abs{_file_end(regulation)}"


def number_order(number: str) -> int:
    """The first number in a number, to sort by: 64 of `64/M-IND/PER/7/2016`. 0 without a digit."""
    found = re.search(r"\d+", number)
    return int(found[0][:15]) if found else 0


def number_key(number: str) -> str:
    """The number as it is compared: no spaces, no case, no leading zeros: `64/m-ind/per/7/2016`."""
    key = re.sub(r"\s+", "", number).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", key)


Key = tuple[int | None, int | None, str, int | None]


def identity(regulation: Identity) -> Key:
    """What no two regulations share: kind, issuer where the kind has many, number, year."""
    kind = regulation.kind
    issuer = regulation.initiator.pk if kind and kind.is_of_initiator and regulation.initiator else None
    return (kind.pk if kind else None, issuer, number_key(regulation.number), regulation.year)


def _file_end(regulation: Identity) -> str:
    kind, initiator = regulation.kind, regulation.initiator
    if kind is None:
        return slugify(UNNAMED)
    issuer = _letters(initiator.short or initiator.code) if kind.is_of_initiator and initiator else ""
    number = number_order(regulation.number)
    return f"{kind.file_code}{kind.file_area or issuer}{f'{number:03d}' if number else _letters(regulation.number)}"


def _letters(text: str) -> str:
    return slugify(text).replace("-", "")


def _number_and_year(regulation: Identity) -> str:
    return "/".join(part for part in (regulation.number.strip(), _year_beside(regulation)) if part)


def _year_beside(regulation: Identity) -> str:
    """The year, unless the number ends with it already."""
    year = str(regulation.year or "")
    return "" if year and re.search(rf"\D{year}$", regulation.number.strip()) else year


def _filled(pattern: str, regulation: Identity) -> str:
    initiator = regulation.initiator
    values = {
        "pemrakarsa": initiator.name if initiator else "",
        "bidang": initiator.portfolio if initiator else "",
        "singkatan": initiator.short if initiator else "",
    }
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return _line(pattern)


def _line(text: str) -> str:
    return " ".join(text.split())
