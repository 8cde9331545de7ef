"""ZIP files of the office, read with suspicion: how many files, how large once unpacked, never written by their names.

A name in a ZIP is only a label here. Nothing is unpacked beside what is asked for, and that into a file without name.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files import File

from siptenan.common.documents import CHUNK, MB, clean_name

MARK = b"PK\x03\x04"
NAME_MAX = 120
DIRECTORY_MAX = 1 * MB  # bytes of the list of files, which Python reads whole
END_MARK, END_ZIP64 = b"PK\x05\x06", b"PK\x06\x07"
END = struct.Struct("<4s4H2LH")  # the end of that list: mark, ..., files, bytes of the list, place, bytes of a remark
REMARK_MAX = 65_535
OFFICE = "[Content_Types].xml"  # in every XLSX, which is a ZIP itself
LITTER = {"thumbs.db", "desktop.ini"}
NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")

BROKEN = "ZIP ini rusak atau tidak lengkap. Buat ulang ZIP-nya, lalu unggah."
UNUSUAL = "ZIP ini dibuat dengan cara yang tidak biasa. Buat ulang dengan “Kirim ke folder ZIP” di Windows."
LOCKED = "ZIP ini dikunci dengan kata sandi. Buat ulang tanpa kata sandi, lalu unggah."


class BadArchive(Exception):  # noqa: N818 - a refusal in words, not a fault
    """The ZIP, or a file in it, is not read; the text says why."""


@dataclass(frozen=True)
class Limits:
    """What a ZIP may hold; bytes once unpacked."""

    files: int
    one: int
    total: int


class Archive:
    """The files of a ZIP by their own names, without folders; what computers add for themselves is passed over."""

    def __init__(self, file: File, limits: Limits) -> None:
        """Look through the list of files; nothing is unpacked. Raises BadArchive."""
        _check_end(file, limits)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise BadArchive(BROKEN) from None
        every = [info for info in self._zip.infolist() if not info.is_dir()]
        self.is_office = any(info.filename == OFFICE for info in every)
        self._files: dict[str, zipfile.ZipInfo] = {}
        if self.is_office:
            return  # its parts are nobody's files
        if (total := sum(info.file_size for info in every)) > limits.total:
            raise BadArchive(f"Isi ZIP ini {total // MB} MB sesudah dibuka, padahal batasnya {limits.total // MB} MB.")
        for info in every:
            if not _is_litter(info.filename):
                self._take(info, limits)

    def _take(self, info: zipfile.ZipInfo, limits: Limits) -> None:
        name = clean_name(info.filename, longest=NAME_MAX)
        if info.flag_bits & 0x1:
            raise BadArchive(LOCKED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadArchive(UNUSUAL)
        if name.lower().endswith(NESTED):
            raise BadArchive(f"Di dalam ZIP ini ada “{name}”. ZIP di dalam ZIP tidak dibuka; keluarkan dulu isinya.")
        if info.file_size > limits.one:
            raise BadArchive(f"“{name}” lebih besar dari {limits.one // MB} MB sesudah dibuka.")
        if name.casefold() in self._files:
            raise BadArchive(f"Di dalam ZIP ini ada dua berkas bernama “{name}”. Ganti nama salah satunya.")
        self._files[name.casefold()] = info

    @property
    def names(self) -> list[str]:
        """The names of all files, in their order."""
        return [clean_name(info.filename, longest=NAME_MAX) for info in self._files.values()]

    def __contains__(self, name: str) -> bool:
        return clean_name(name, longest=NAME_MAX).casefold() in self._files

    @contextmanager
    def opened(self, name: str) -> Iterator[File]:
        """A file of the ZIP, unpacked on disk under no name; gone afterwards. Raises BadArchive, or KeyError."""
        info = self._files[clean_name(name, longest=NAME_MAX).casefold()]
        with tempfile.TemporaryFile(prefix="siptenan-zip-") as whole:
            try:
                with self._zip.open(info) as packed:  # which ends at the size that was checked, whatever follows
                    while chunk := packed.read(CHUNK):
                        whole.write(chunk)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                raise BadArchive("Berkas ini rusak di dalam ZIP. Buat ulang ZIP-nya.") from None
            whole.flush()  # its size is asked of the disk
            whole.seek(0)
            yield File(whole, name=clean_name(name, longest=NAME_MAX))


def _check_end(file: File, limits: Limits) -> None:
    """Refuse a list of files that is too long before Python reads it: of millions of names it would make objects."""
    file.seek(max(0, file.size - END.size - REMARK_MAX))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(END_MARK)
    if place < 0 or len(tail) < place + END.size:
        raise BadArchive(BROKEN)
    *_, count, size, _, remark = END.unpack_from(tail, place)
    if place + END.size + remark != len(tail):
        raise BadArchive(BROKEN)
    if tail[max(0, place - 20) :].startswith(END_ZIP64):
        raise BadArchive(UNUSUAL)
    if count > limits.files:
        raise BadArchive(f"ZIP ini berisi {count} berkas, padahal batasnya {limits.files}. Bagi menjadi beberapa ZIP.")
    if size > DIRECTORY_MAX:
        raise BadArchive(UNUSUAL)


def _is_litter(path: str) -> bool:
    """What a Mac or Windows puts into folders unasked."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    return path.startswith("__MACOSX/") or name.startswith(".") or name in LITTER
