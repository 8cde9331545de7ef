"""The yearly list of days off as a CSV file: read whole, checked whole, saved whole or not at all.

The columns are `tanggal` (YYYY-MM-DD or DD/MM/YYYY), `nama` and `jenis` (a value of Holiday.Kind); `hari`, which
Excel lists often have, is ignored. Cells are separated by `,` or `;`, the text is UTF-8 with or without BOM.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from django.db import transaction
from wagtail.log_actions import log

from siptenan.common.models import Holiday

MAX_BYTES = 100_000  # a year has about 2,500 bytes
YEARS = range(2000, 2101)
REQUIRED = ("tanggal", "nama", "jenis")
IGNORED = ("hari",)
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
MAX_NAME = Holiday._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class LineError:
    """What is wrong in one line of the file; the heading is line 1."""

    line: int
    text: str


class InvalidFile(Exception):  # noqa: N818 - a refusal with reasons, not a fault
    """The file cannot be imported; `errors` says why, by line."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


@dataclass(frozen=True)
class Plan:
    """What an import does: rows to add, rows to change (with their keys), and how many stay as they are."""

    added: list[Holiday]
    changed: list[Holiday]
    same: int

    def __str__(self) -> str:
        return f"{len(self.added)} ditambah, {len(self.changed)} diubah, {self.same} sama"


def read(content: bytes) -> list[Holiday]:
    """Return the days of a file, unsaved. Raises InvalidFile with every error there is."""
    rows = csv.reader(StringIO(_text(content), newline=""), delimiter=_delimiter(content))
    try:
        heading = [cell.strip().lower() for cell in next(rows, [])]
        _check_heading(heading)
        return _read_rows(rows, heading)
    except csv.Error:
        raise InvalidFile([LineError(rows.line_num, "Baris ini bukan CSV yang utuh.")]) from None


def plan(days: Iterable[Holiday]) -> Plan:
    """Compare the days with the table; nothing is saved."""
    days = list(days)
    dates = [day.date for day in days]
    known = {known.date: known for known in Holiday.objects.filter(date__range=(min(dates), max(dates)))}
    added = [day for day in days if day.date not in known]
    changed = []
    for day in days:
        row = known.get(day.date)
        if row and (row.name, row.kind) != (day.name, day.kind):
            row.name, row.kind = day.name, day.kind
            changed.append(row)
    return Plan(added, changed, len(days) - len(added) - len(changed))


@transaction.atomic
def save(days: Iterable[Holiday]) -> Plan:
    """Add the new days and change those that differ; each is logged for its history. Return what was done."""
    done = plan(days)
    for action, rows in (("wagtail.create", done.added), ("wagtail.edit", done.changed)):
        for row in rows:
            row.save()
            log(instance=row, action=action, content_changed=True)
    return done


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise InvalidFile([LineError(1, f"Berkas lebih besar dari {MAX_BYTES // 1000} KB. Impor satu tahun saja.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InvalidFile([LineError(1, "Berkas ini bukan teks UTF-8. Di Excel, simpan sebagai “CSV UTF-8”.")])
    return text


def _delimiter(content: bytes) -> str:
    heading = content.split(b"\n", 1)[0]
    return ";" if heading.count(b";") > heading.count(b",") else ","


def _check_heading(heading: list[str]) -> None:
    errors = [f"Kolom “{name}” tidak ada." for name in REQUIRED if name not in heading]
    errors += [f"Kolom “{name}” tidak dikenal." for name in heading if name not in REQUIRED + IGNORED]
    errors += [f"Kolom “{name}” ada lebih dari sekali." for name in REQUIRED if heading.count(name) > 1]
    if errors:
        raise InvalidFile([LineError(1, text) for text in errors])


def _read_rows(rows, heading: list[str]) -> list[Holiday]:
    days: dict[dt.date, Holiday] = {}
    lines: dict[dt.date, int] = {}
    errors: list[LineError] = []
    while True:
        line = rows.line_num + 1
        cells = next(rows, None)
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        date, name, kind, wrong = _read_row(cells, heading)
        if date is not None:
            if date in lines:
                wrong.append(f"Tanggal ini sudah ada di baris {lines[date]}.")
            lines.setdefault(date, line)
            days[date] = Holiday(date=date, name=name, kind=kind)
        errors += [LineError(line, text) for text in wrong]
    if not (days or errors):
        errors = [LineError(2, "Berkas ini tidak berisi satu hari pun.")]
    if errors:
        raise InvalidFile(errors)
    return list(days.values())


def _read_row(cells: list[str], heading: list[str]) -> tuple[dt.date | None, str, str, list[str]]:
    """Date, name and kind of one line, and what is wrong with them."""
    values = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
    written, name = values.get("tanggal", ""), values.get("nama", "")
    kind = values.get("jenis", "").lower().replace(" ", "_")
    date = _date(written)
    wrong = []
    if len(cells) > len(heading):
        wrong.append("Baris ini berisi lebih banyak sel daripada judulnya. Beri tanda kutip pada nama yang berkoma.")
    if date is None:
        wrong.append(f"Tanggal “{written}” tidak dikenal. Tulis seperti 2027-03-10 atau 10/03/2027.")
    elif date.year not in YEARS:
        wrong.append(f"Tahun {date.year} di luar {YEARS[0]} sampai {YEARS[-1]}.")
    if not name:
        wrong.append("Nama kosong.")
    elif len(name) > MAX_NAME:
        wrong.append(f"Nama lebih dari {MAX_NAME} karakter.")
    if kind not in Holiday.Kind.values:
        wrong.append(f"Jenis “{values.get('jenis', '')}” tidak dikenal. Pilih {', '.join(Holiday.Kind.values)}.")
    return date, name, kind, wrong


def _date(written: str) -> dt.date | None:
    for form in DATE_FORMATS:
        try:
            return dt.datetime.strptime(written, form).date()
        except ValueError:
            continue
    return None
