"""Documents that citizens send: really opened, written anew, so that nothing of the sent file but its pages is kept.

Active content (scripts, actions that start programs, attached files, links) is neutralised rather than refused: whoever
exports a form from an office program does not know that it holds a script, and could not take it out on a phone. The
price is that a digital signature inside the PDF no longer holds; its visible mark and QR code stay. An officer who
needs the signed original asks for it by another way.

Only PDF for now: a second kind is one more entry of KINDS with its own rewriter.
"""

from __future__ import annotations

import logging
import math
import os
import re
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files import File

logger = logging.getLogger(__name__)

MB = 1024 * 1024
CHUNK = 64 * 1024  # bytes
REWRITER = Path(__file__).with_name("pdf_rewriter.py")
MAX_MEMORY = 512 * MB  # bytes of address space; an ordinary scan of 15 MB needs a third of it
MAX_SECONDS = 20  # of a processor, and of waiting
MAX_PAGES = 100
GROWTH = 2  # what was packed tightly may be written a little looser, never as a bomb
HEAD = 1024  # bytes; readers accept a PDF whose mark stands within them

MESSAGES = {
    "empty": "Berkas ini kosong (0 byte). Pilih kembali dokumen Anda.",
    "too_large": "Ukuran dokumen {size} MB, padahal batasnya {limit} MB. Kecilkan dokumen atau pilih yang lain.",
    "not_document": "Berkas ini bukan dokumen {kinds}. Pilih berkas {kinds} yang asli, bukan yang diganti namanya.",
    "encrypted": "Dokumen ini dikunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu kirim lagi.",
    "damaged": "Dokumen ini rusak atau tidak lengkap. Coba kirim ulang, atau pilih dokumen lain.",
    "too_many_pages": "Dokumen ini lebih dari {limit} halaman. Kirim halaman yang diperlukan saja.",
    "too_heavy": "Dokumen ini terlalu berat untuk diperiksa. Simpan ulang dengan mutu lebih rendah, lalu kirim lagi.",
    "active": "Dokumen ini berisi program atau lampiran. Cetak ulang sebagai PDF biasa, lalu kirim lagi.",
}

# Rewriting is bound in memory per process, like the decoding of photos: one at a time.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class SanitisedDocument:
    """A document that is safe to store and to hand to an officer."""

    content: bytes
    content_type: str
    extension: str
    name: str


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document: how it is recognised, how it is written anew."""

    label: str
    content_type: str
    extension: str
    recognises: Callable[[bytes], bool]
    rewrite: Callable[[File, int], bytes]


def sanitise_document(uploaded: File, *, kinds: Collection[str], max_bytes: int) -> SanitisedDocument:
    """Return `uploaded` written anew if it is one of `kinds` (keys of KINDS).

    What it is, the content says; name and extension are ignored. Raises ValidationError with a code of MESSAGES.
    """
    check_size(uploaded.size, max_bytes)
    uploaded.seek(0)
    head = uploaded.read(HEAD)
    kind = next((KINDS[code] for code in kinds if KINDS[code].recognises(head)), None)
    if kind is None:
        _refuse("not_document", kinds=" atau ".join(KINDS[code].label for code in kinds))
    with _one_at_a_time:
        content = kind.rewrite(uploaded, max_bytes)
    return SanitisedDocument(content, kind.content_type, kind.extension, clean_name(uploaded.name or "", kind))


def check_size(size: int, max_bytes: int) -> None:
    """Refuse an empty or too large file; both in bytes."""
    if not size:
        _refuse("empty")
    if size > max_bytes:
        _refuse("too_large", size=_megabytes(size), limit=_megabytes(max_bytes))


def clean_name(name: str, kind: DocumentKind | None = None, *, longest: int = 80) -> str:
    """Return what may be shown of a sender's file name: no folder, no control or direction marks, one extension.

    At most `longest` letters. Without any letter left it is "dokumen".
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    # Categories C*: control characters, marks that turn the direction ("fdp.exe" shown as "exe.pdf"), lone surrogates.
    name = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C"))
    name = re.sub(r"""[<>:"|?*\s]+""", " ", name).strip()
    if kind is None:
        return name[:longest].strip(" .") or "dokumen"
    stem = re.sub(rf"\.{kind.extension}$", "", name, flags=re.IGNORECASE).strip(" .")
    return f"{stem[: longest - len(kind.extension) - 1].strip(' .') or 'dokumen'}.{kind.extension}"


def _rewrite_pdf(uploaded: File, max_bytes: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="siptenan-pdf-") as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        uploaded.seek(0)
        with source.open("wb") as copy:
            while chunk := uploaded.read(CHUNK):
                copy.write(chunk)
        verdict = _run_rewriter(source, target, GROWTH * max_bytes)
        if verdict != "ok":
            code = {"no_pages": "damaged"}.get(verdict, verdict)
            _refuse(code if code in MESSAGES else "too_heavy", limit=MAX_PAGES)
        return target.read_bytes()


def _run_rewriter(source: Path, target: Path, max_output: int) -> str:
    """Return the word that the program printed; nothing, when it was ended before."""
    limits = [MAX_MEMORY, MAX_SECONDS, MAX_PAGES, max_output]
    command = [sys.executable, "-P", str(REWRITER), str(source), str(target), *map(str, limits)]
    try:
        # Its environment holds the way to the libraries and no secret.
        run = subprocess.run(  # noqa: S603 - our own program; nothing of the visitor's is in the command line
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MAX_SECONDS,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            cwd=source.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        logger.info("document refused: it took longer than %s s", MAX_SECONDS)
        return ""
    verdict = run.stdout.decode(errors="replace").strip()
    if b"ModuleNotFoundError" in run.stderr:  # an installation without pypdfium2 is our fault, not the visitor's
        raise RuntimeError("pypdfium2 is not installed; documents cannot be checked")
    if not verdict:
        logger.info("document refused: the rewriter ended with %s", run.returncode)
    return verdict


def _refuse(code: str, **values: object) -> NoReturn:
    raise ValidationError(MESSAGES[code].format(**values), code=code)


def _megabytes(size: int) -> str:
    """`size` bytes in MB with a decimal comma, rounded up so that 10.01 never reads as the limit of 10."""
    return f"{math.ceil(size / MB * 10) / 10:.1f}".removesuffix(".0").replace(".", ",")


KINDS: dict[str, DocumentKind] = {
    "pdf": DocumentKind("PDF", "application/pdf", "pdf", lambda head: b"%PDF-" in head, _rewrite_pdf),
}
