"""Tables that officers bring along, XLSX or CSV, as rows of cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

MAX_BYTES = 2_000_000
MAX_UNPACKED = 50_000_000  # bytes of an XLSX: it is a ZIP


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row of the file, the heading being row 1; never the value of a NIK."""

    row: int
    text: str


class InvalidFile(Exception):  # noqa: N818 - a refusal with reasons, not a fault
    """The file cannot be imported; `errors` says why, by row."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


def rows(content: bytes) -> Iterator[Iterable[Any]]:
    """Return the rows of a table, whatever its file is called; the first sheet of an XLSX. Raises InvalidFile."""
    if len(content) > MAX_BYTES:
        raise InvalidFile(
            [RowError(1, f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB. Bagi menjadi beberapa berkas.")]
        )
    return _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)


def _xlsx(content: bytes) -> Iterator[Iterable[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise InvalidFile([RowError(1, "Berkas ini terlalu besar sesudah dibuka. Simpan ulang dari Excel.")])
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except InvalidFile:
        raise
    except Exception:  # openpyxl raises almost anything on a broken file; that is the file's fault
        raise InvalidFile([RowError(1, "Berkas ini bukan XLSX yang utuh. Simpan ulang dari Excel.")]) from None


def _csv(content: bytes) -> Iterator[Iterable[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InvalidFile(
            [RowError(1, "Berkas ini bukan XLSX dan bukan teks UTF-8. Di Excel, simpan sebagai “CSV UTF-8”.")]
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
