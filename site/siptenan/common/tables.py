"""Tables that officers bring along, XLSX or CSV, as rows of cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

MAX_BYTES = 2_000_000
MAX_UNPACKED = 50_000_000  # bytes of an XLSX: it is a ZIP

WHOLE = 0  # the row of what is wrong with the file and not with a row


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row of the file, the heading being row 1; never a NIK."""

    row: int
    text: str


class InvalidFile(Exception):  # noqa: N818 - a refusal with reasons, not a fault
    """The file cannot be imported; `errors` says why, by row."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


def records(
    content: bytes, headings: Collection[str], required: Collection[str], *, max_rows: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the number of each row that says anything, and its cells by the headings of row 1.

    Raises InvalidFile, as `rows` does, for headings that are missing, unknown or there twice, and for too many rows.
    """
    table = rows(content)
    heading = [text(cell).lower() for cell in next(table, [])]
    errors = [f"Kolom “{name}” tidak ada." for name in required if name not in heading]
    errors += [f"Kolom “{name}” tidak dikenal." for name in heading if name and name not in headings]
    errors += [f"Kolom “{name}” ada lebih dari sekali." for name in headings if heading.count(name) > 1]
    if errors:
        raise InvalidFile([RowError(1, reason) for reason in errors])
    for number, row in enumerate(table, start=2):
        cells = {name: cell for name, cell in zip(heading, row, strict=False) if name}
        if not any(map(text, cells.values())):
            continue
        if number > max_rows + 1:
            raise InvalidFile([RowError(number, f"Lebih dari {max_rows} baris. Bagi menjadi beberapa berkas.")])
        yield number, cells


def rows(content: bytes) -> Iterator[Iterable[Any]]:
    """Return the rows of a table, whatever its file is called; the first sheet of an XLSX. Raises InvalidFile."""
    check_size(len(content))
    return _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)


def check_size(size: int) -> None:
    """Refuse a table of so many bytes before it is read. Raises InvalidFile."""
    if size > MAX_BYTES:
        raise InvalidFile(
            [RowError(WHOLE, f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB. Bagi menjadi beberapa berkas.")]
        )


def _xlsx(content: bytes) -> Iterator[Iterable[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise InvalidFile([RowError(WHOLE, "Berkas ini terlalu besar sesudah dibuka. Simpan lagi dari Excel.")])
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except InvalidFile:
        raise
    except Exception:  # openpyxl raises almost anything on a broken file; that is the file's fault
        raise InvalidFile([RowError(WHOLE, "Berkas ini bukan XLSX yang utuh. Simpan ulang dari Excel.")]) from None


def _csv(content: bytes) -> Iterator[Iterable[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InvalidFile(
            [RowError(WHOLE, "Berkas ini bukan XLSX dan bukan teks UTF-8. Di Excel, simpan sebagai “CSV UTF-8”.")]
        )
    heading = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if heading.count(";") >= heading.count(",") else ",")
    try:
        yield from rows
    except csv.Error:
        raise InvalidFile([RowError(rows.line_num, "Baris ini bukan CSV yang utuh.")]) from None


def text(cell: Any) -> str:
    """The cell as a person typed it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("\xa0", " ").split()).removeprefix("'")


def lines(cell: Any) -> list[str]:
    """The lines of a cell that say something, each as a person typed it."""
    return [line for part in str("" if cell is None else cell).splitlines() if (line := text(part))]
