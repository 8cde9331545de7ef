"""What the first page of a PDF says the regulation is: proposed to the editor, never written over what he typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regulasi import references
from regulasi.composition import number_key
from regulasi.models import DocumentPageText, Initiator, RegulationKind, RegulationPage

LOOKED_AT = 4000  # letters of page 1
ABOUT_MAX = 500
# After the title: the invocation, who decides ("WALI KOTA PEKALONGAN, Menimbang"), or the first label of a list.
_AFTER = (
    r"DENGAN RAHMAT|ATAS BERKAT|MENIMBANG|(?:MENTERI|PRESIDEN|WALI ?KOTA|KEPALA|GUBERNUR)\b[^,\d]{0,80},\s*MENIMBANG"
    r"|\S+\s?:\s|\Z"
)
_HEAD = re.compile(
    r"(?P<head>[^\n\d]{3,160}?)\s+(?:NOMOR|NO\.?)\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*)\s+TAHUN\s+(?P<year>\d{4})\s+"
    rf"TENTANG\s+(?P<about>.+?)\s*(?={_AFTER})",
    re.IGNORECASE | re.DOTALL,
)
# Words that stay small in a title.
SMALL = {"atas", "bagi", "dan", "dalam", "dari", "dengan", "di", "ke", "menjadi", "mengenai", "oleh", "pada", "serta",
         "tentang", "untuk", "yang"}  # fmt: skip
ABBREVIATIONS = {
    word.upper(): word
    for word in ("APBD", "APBN", "HAKI", "HKI", "IKM", "KBLI", "KTP", "NIB", "OSS", "SIINas", "SNI", "TKDN", "UMKM")
}
ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")


@dataclass(frozen=True)
class Found:
    """What was read of a first page; empty where nothing was."""

    kind: RegulationKind | None
    initiator: Initiator | None
    number: str
    year: int | None
    about: str


@dataclass(frozen=True)
class Proposal:
    """One field of the editor: what the PDF says beside what is typed."""

    field: str
    label: str
    value: str  # as the form sends it
    shown: str
    is_same: bool
    is_empty: bool  # nothing is typed yet


def read(text: str) -> Found | None:
    """Return what the text of a first page says; None when it has no head of a regulation."""
    flat = " ".join(text[:LOOKED_AT].split())
    match = _HEAD.search(flat)
    if match is None:
        return None
    kind, initiator = _kind_of(match["head"])
    return Found(kind, initiator, match["number"].strip("./-"), int(match["year"]), _title_case(match["about"]))


def for_page(page: RegulationPage) -> list[Proposal]:
    """Return what the first page of its PDF proposes; nothing while it has not been read."""
    if not page.document_id:
        return []
    text = DocumentPageText.objects.filter(document=page.document_id, number=1).values_list("text", flat=True).first()
    found = read(text or "")
    if found is None:
        return []
    kind, initiator, year = found.kind, found.initiator, found.year
    rows = [
        ("kind", "Jenis", str(kind.pk) if kind else "", str(kind or ""), page.kind == kind, not page.kind_id),
        ("initiator", "Pemrakarsa", str(initiator.pk) if initiator else "", str(initiator or ""),
         page.initiator == initiator, not page.initiator_id),
        ("number", "Nomor", found.number, found.number, number_key(page.number) == number_key(found.number),
         not page.number),
        ("year", "Tahun", str(year or ""), str(year or ""), page.year == year, not page.year),
        ("about", "Tentang", found.about, found.about, page.about.casefold() == found.about.casefold(),
         not page.about),
    ]  # fmt: skip
    return [Proposal(*row) for row in rows if row[2]]


def _kind_of(head: str) -> tuple[RegulationKind | None, Initiator | None]:
    """The longest end of the words before the number that names a kind, with its issuer."""
    words = references.fold(head).replace("republik indonesia", "").split()
    vocabulary = references.vocabulary()
    for start in range(len(words)):
        parsed = references.parse(f"{' '.join(words[start:])} nomor 1 tahun 2000", vocabulary)
        if parsed is None or not parsed.kinds:
            continue
        kinds = RegulationKind.objects.filter(code__in=parsed.kinds).order_by("rank")
        initiators = Initiator.objects.filter(code__in=parsed.initiators)
        kind = kinds.first() if len(parsed.kinds) == 1 else None
        return kind, initiators.first() if len(parsed.initiators) == 1 else _usual_initiator(kind)
    return None, None


def _usual_initiator(kind: RegulationKind | None) -> Initiator | None:
    """Who issues a kind that names nobody, where only one can have."""
    codes = {"KOTA PEKALONGAN": "kota-pekalongan", "PROV. JAWA TENGAH": "jawa-tengah"}
    code = codes.get(kind.region) if kind else None
    return Initiator.objects.filter(code=code).first() if code else None


def _title_case(text: str) -> str:
    """`MEREK DAN INDIKASI GEOGRAFIS` as a title is written; what has small letters already stays."""
    text = text.strip(" .,;")[:ABOUT_MAX]
    if text != text.upper():
        return text
    first, *others = text.split() or [""]
    return " ".join([_capitalised(first), *(_title_word(word) for word in others)])


def _title_word(word: str) -> str:
    return word.lower() if word.lower() in SMALL else _capitalised(word)


def _capitalised(word: str) -> str:
    """`INDUSTRI` as `Industri`; abbreviations and Roman numbers as they are written: `(IKM)`, `SIINas`, `II`."""
    bare = word.strip('()"“”,.;:')
    if bare in ABBREVIATIONS:
        return word.replace(bare, ABBREVIATIONS[bare])
    if bare and ROMAN.fullmatch(bare):
        return word
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), word.lower(), count=1)
