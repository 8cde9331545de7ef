"""The columns of the table: what each is called, how its cells are read, two rows to show how they are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from regulasi import references
from regulasi.enums import Gazette, Status, Verb
from regulasi.models import Initiator, LegalField, RegulationKind, RegulationPage, Subject
from regulasi.references import fold
from siptenan.common.dates import read_date
from siptenan.common.documents import clean_name
from siptenan.common.tables import lines, text

# Heading -> the field of RegulationPage that it fills. The first four must be there, and filled.
FIELDS = {
    "jenis": "kind",
    "nomor": "number",
    "tahun": "year",
    "tentang": "about",
    "pemrakarsa": "initiator",
    "tanggal penetapan": "enacted_on",
    "tanggal pengundangan": "promulgated_on",
    "mulai berlaku": "effective_on",
    "berlaku sampai": "valid_until",
    "bidang hukum": "legal_field",
    "diundangkan di": "gazette",
    "tahun lembaran": "gazette_year",
    "nomor lembaran": "gazette_number",
    "nomor tambahan": "supplement_number",
    "jumlah halaman": "page_count",
    "tempat penetapan": "enacted_place",
    "penandatangan": "signatory",
    "dasar menimbang": "considering",
    "dasar hukum": "legal_basis",
    "materi pokok": "main_points",
    "catatan": "notes",
}
REQUIRED = tuple(FIELDS)[:4]
SUBJECTS, STATUS, FILE = "subjek", "status", "berkas"
# The active verbs: that it is revoked says the row of the one that revokes.
RELATIONS = {str(verb.label): verb for verb in (Verb.REVOKES, Verb.AMENDS, Verb.IMPLEMENTS)}
HEADINGS = (*FIELDS, SUBJECTS, STATUS, FILE, *RELATIONS)

DATES = {"enacted_on", "promulgated_on", "effective_on", "valid_until"}
NUMBERS = {"year", "gazette_year", "page_count"}
LONG = {"considering", "legal_basis", "main_points", "notes"}
TABLES = {"kind", "initiator", "legal_field"}
# Words that other lists use for how a regulation stands, and what they mean here.
STATUSES = {
    "berlaku": Status.IN_FORCE, "diubah": Status.IN_FORCE, "berlaku, diubah": Status.IN_FORCE,
    "berlaku, dicabut sebagian": Status.IN_FORCE, "dicabut sebagian": Status.IN_FORCE,
    "belum berlaku": Status.NOT_YET, "tidak berlaku": Status.NOT_IN_FORCE, "dicabut": Status.NOT_IN_FORCE,
}  # fmt: skip

EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "jenis": "Undang-Undang", "nomor": "20", "tahun": "2016", "tentang": "Merek dan Indikasi Geografis",
        "pemrakarsa": "Pemerintah Pusat", "tanggal penetapan": "25 November 2016",
        "tanggal pengundangan": "25/11/2016", "bidang hukum": "Hukum Kekayaan Intelektual", "diundangkan di": "LN",
        "nomor lembaran": "252", "nomor tambahan": "5953", "subjek": "MEREK; INDIKASI GEOGRAFIS", "status": "berlaku",
        "berkas": "uu-20-2016.pdf", "mencabut": "UU 15/2001 tentang Merek",
    },
    {
        "jenis": "PP", "nomor": "22", "tahun": "2018",
        "tentang": "Pendaftaran Merek Internasional Berdasarkan Protokol Terkait dengan Persetujuan Madrid mengenai "
        "Pendaftaran Merek Secara Internasional",
        "pemrakarsa": "Pemerintah Pusat", "tanggal penetapan": "05/06/2018", "bidang hukum": "Kekayaan Intelektual",
        "subjek": "MEREK", "berkas": "pp-22-2018.pdf", "melaksanakan": "UU 20/2016",
    },
)  # fmt: skip


class Reader:
    """Reads the cells of one row after the other against the reference tables, which it reads once."""

    def __init__(self) -> None:
        self.words = references.vocabulary()
        self.kinds = {row.code: row for row in RegulationKind.objects.all()}
        self.initiators = {row.code: row for row in Initiator.objects.all()}
        self.issuers = dict(self.words.initiators)
        fields = list(LegalField.objects.all())
        self.legal_fields = {fold(row.name).removeprefix("hukum "): row for row in fields}
        self.subjects = {fold(row.name): row for row in Subject.objects.all()}

    def page(self, cells: Mapping[str, Any]) -> tuple[RegulationPage, list[str]]:
        """Return an unsaved page with what a row says, and what is wrong with that, each with its column."""
        page, wrong = RegulationPage(live=False), []
        for heading, field in FIELDS.items():
            try:
                setattr(page, field, self._value(heading, field, cells))
            except ValidationError as error:
                wrong += [f"{heading}: {message}" for message in error.messages]
        if not wrong:
            wrong += self._settle_issuer(page, text(cells.get("jenis")))
        return page, wrong + _limits(page)

    def _value(self, heading: str, field: str, cells: Mapping[str, Any]) -> Any:
        cell = cells.get(heading)
        written = text(cell)
        if heading in REQUIRED and not written:
            raise ValidationError("belum diisi.")
        if field in LONG:
            return "\n".join(lines(cell))
        if not written:
            return None if field in DATES | NUMBERS | TABLES else ""
        if field in DATES:
            return _day(written)
        if field in NUMBERS:
            return _whole(written)
        if field == "kind":
            return self._kind(written, issuer=text(cells.get("pemrakarsa")))
        return {"initiator": self._initiator, "legal_field": self._legal_field, "gazette": _gazette}.get(field, str)(
            written
        )

    def _kind(self, written: str, issuer: str) -> RegulationKind:
        """`Perda` of the city or of the province: the area of who issued it tells."""
        exact = [row for row in self.kinds.values() if written.casefold() == row.name.casefold()]
        found = exact or [self.kinds[code] for code in references.named(written, self.words)[0]]
        of_its_area = [row for row in found if row.region and fold(row.region.removeprefix("PROV. ")) in fold(issuer)]
        return _only(of_its_area or found, written, "Tulis seperti di Referensi, Jenis peraturan.")

    def _initiator(self, written: str) -> Initiator:
        exact = [row for row in self.initiators.values() if written.casefold() == row.name.casefold()]
        found = exact or [self.initiators[code] for code in self.issuers.get(fold(written), ())]
        return _only(found, written, "Tulis seperti di Referensi, Pemrakarsa.")

    def _legal_field(self, written: str) -> LegalField:
        found = self.legal_fields.get(fold(written).removeprefix("hukum "))
        return _only([found] if found else [], written, "Tulis seperti di Referensi, Bidang hukum.")

    def _settle_issuer(self, page: RegulationPage, written: str) -> list[str]:
        """`Permenperin` names its ministry; a kind with many issuers needs one."""
        named = references.named(written, self.words)[1]
        if len(named) == 1 and page.initiator is None:
            page.initiator = self.initiators[next(iter(named))]
        if page.initiator and named and page.initiator.code not in named:
            return [f"pemrakarsa: “{page.initiator}” lain dari yang disebut jenisnya, “{written}”."]
        if page.kind and page.kind.is_of_initiator and page.initiator is None:
            return [f"pemrakarsa: belum diisi. Namanya ada di judul {page.kind}."]
        return []

    def subjects_of(self, cell: Any) -> tuple[list[Subject], list[str]]:
        """Return the subjects that a cell names, and what is wrong with the others."""
        names = [name.strip() for line in lines(cell) for name in re.split(r";| - ", line) if name.strip()]
        found = [self.subjects[fold(name)] for name in names if fold(name) in self.subjects]
        unknown = [name for name in names if fold(name) not in self.subjects]
        wrong = [f"subjek: “{name[:40]}” tidak ada di Referensi, Subjek regulasi." for name in unknown]
        return list(dict.fromkeys(found)), wrong


def status_of(cell: Any) -> tuple[Status | None, list[str]]:
    """Return the status that a cell names; it is only compared with the one that is derived."""
    written = text(cell).lower()
    if written and written not in STATUSES:
        return None, [f"status: “{written[:40]}” tidak dikenal. Tulis berlaku, belum berlaku, atau tidak berlaku."]
    return STATUSES.get(written), []


def file_of(cell: Any) -> str:
    """The name of its PDF, without folders; may be empty."""
    written = text(cell)
    return clean_name(written, longest=120) if written else ""


def _limits(page: RegulationPage) -> list[str]:
    """What the fields and the page itself say against what was read; what is empty may be filled in later."""
    headings = {field: heading for heading, field in FIELDS.items()}
    filled = {field for field in headings if field not in TABLES and getattr(page, field)}
    others = [field.name for field in page._meta.fields if field.name not in filled]
    found: dict[str, list[str]] = {}
    for check in (lambda: page.clean_fields(exclude=others), page.clean):
        try:
            check()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                found.setdefault(field, []).extend(messages)
    return [f"{headings.get(field, field)}: {message}" for field, messages in found.items() for message in messages]


def _only(found: Collection[Any], written: str, hint: str) -> Any:
    if len(found) == 1:
        return next(iter(found))
    if found:
        names = " atau ".join(sorted(str(row) for row in found))
        raise ValidationError(f"“{written[:40]}” dapat berarti {names}. Tulis yang mana.")
    raise ValidationError(f"“{written[:40]}” tidak dikenal. {hint}")


def _day(written: str) -> Any:
    day = read_date(written)
    if day is None:
        raise ValidationError(f"“{written[:40]}” bukan tanggal. Tulis seperti 25/11/2016 atau 25 November 2016.")
    return day


def _whole(written: str) -> int:
    """`60`, `1.200` or, as Excel may write it, `2016,0`."""
    plain = re.sub(r"[.,]0$", "", written)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain, re.ASCII):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"\d{1,5}", plain, re.ASCII):
        raise ValidationError(f"“{written[:40]}” bukan angka bulat. Contoh: 2016.")
    return int(plain)


def _gazette(written: str) -> str:
    found = {name.casefold(): value for value, label in Gazette.choices for name in (value, label.split(" (")[0])}
    if written.casefold() not in found:
        raise ValidationError(f"“{written[:40]}” tidak dikenal. Tulis LN, BN, LD, atau BD.")
    return str(found[written.casefold()])
