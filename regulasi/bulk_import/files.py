"""The upload: a table, or a ZIP with one table and the PDFs that its rows name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.core.files import File

from siptenan.common import pdf_files, tables
from siptenan.common.archives import MARK, Archive, BadArchive, Limits
from siptenan.common.documents import MB
from siptenan.common.tables import WHOLE, InvalidFile, RowError

MAX_UPLOAD = 100 * MB  # bytes of the ZIP
LIMITS = Limits(files=101, one=pdf_files.MAX_BYTES, total=200 * MB)
SHEETS = (".xlsx", ".csv")


class Upload:
    """What an editor sent: the table, and the ZIP that it came in, if any."""

    def __init__(self, file: File, *, is_checked: bool = False) -> None:
        """Find the table. Raises InvalidFile. `is_checked`: the PDFs of these very bytes were found good before."""
        self.archive: Archive | None = None
        self._sheets: list[str] = []  # of the ZIP
        self._is_checked = is_checked
        if file.size > MAX_UPLOAD:
            raise _refusal(f"Berkas ini lebih besar dari {MAX_UPLOAD // MB} MB. Bagi menjadi beberapa ZIP.")
        file.seek(0)
        if file.read(len(MARK)) == MARK:
            archive = _archive(file)
            if not archive.is_office:
                self.archive = archive
        self.table = self._table_of(self.archive) if self.archive else _content(file)

    def _table_of(self, archive: Archive) -> bytes:
        self._sheets = [name for name in archive.names if name.lower().endswith(SHEETS)]
        if len(self._sheets) != 1:
            found = ", ".join(f"“{name}”" for name in self._sheets) or "tidak ada"
            raise _refusal(f"ZIP harus berisi tepat satu tabel XLSX atau CSV; yang ditemukan: {found}.")
        try:
            with archive.opened(self._sheets[0]) as file:
                return _content(file)
        except BadArchive as reason:
            raise _refusal(f"{self._sheets[0]}: {reason}") from None

    def wrong_with(self, named: Iterable[tuple[int, str]]) -> Iterator[RowError]:
        """Check the PDFs that rows name, as the upload of one PDF does, and those that no row names."""
        takers: dict[str, int] = {}
        for row, name in named:
            key = name.casefold()
            if key in takers:
                yield RowError(row, f"berkas: “{name}” sudah dipakai baris {takers[key]}.")
            elif reason := self._fault(name):
                yield RowError(row, f"berkas: “{name}” {reason}")
            takers.setdefault(key, row)
        if self.archive:
            for name in self.archive.names:
                if name not in self._sheets and name.casefold() not in takers:
                    yield RowError(WHOLE, f"“{name}” ada di dalam ZIP, tetapi tidak disebut baris mana pun.")

    def _fault(self, name: str) -> str:
        """What keeps a PDF from being imported; nothing for a good one."""
        if self.archive is None:
            return "tidak ikut diunggah. Unggah ZIP yang berisi tabel ini dan PDF-nya, atau kosongkan kolomnya."
        if name not in self.archive or name in self._sheets:
            return "tidak ada di dalam ZIP."
        if not name.lower().endswith(".pdf"):
            return "bukan PDF menurut namanya."
        if self._is_checked:
            return ""
        try:
            with self.archive.opened(name) as file:
                pdf_files.check(file)
        except BadArchive as reason:
            return f"tidak dapat dibaca. {reason}"
        except ValidationError as refusal:
            return f"ditolak. {' '.join(refusal.messages)}"
        return ""


def _archive(file: File) -> Archive:
    try:
        return Archive(file, LIMITS)
    except BadArchive as reason:
        raise _refusal(str(reason)) from None


def _content(file: File) -> bytes:
    tables.check_size(file.size)
    file.seek(0)
    return file.read()


def _refusal(text: str) -> InvalidFile:
    return InvalidFile([RowError(WHOLE, text)])
