"""PDFs of the editors: opened for real before they are stored, and kept byte for byte as they were uploaded.

What visitors send is written anew (siptenan.common.documents); what the office publishes must stay the file that it
was given, so it is only looked at, in the same kind of process.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File

from siptenan.common.documents import CHUNK, MB, MESSAGES, check_size

logger = logging.getLogger(__name__)

READER = Path(__file__).with_name("pdf_reader.py")
MAX_MEMORY = 768 * MB  # bytes of address space
CHECK_SECONDS = 20
TEXT_SECONDS = 300  # a worker's time, not a visitor's
MAX_BYTES = 50 * MB
MAX_PAGES = 5000
MARK = b"%PDF-"
NOT_PDF = "Isi berkas ini bukan PDF. Simpan ulang sebagai PDF dari aplikasi asalnya, lalu unggah."
TOO_MANY_PAGES = "PDF ini lebih dari {limit} halaman. Bagi menjadi beberapa berkas, lalu unggah."


class UnreadablePdf(Exception):  # noqa: N818 - what the file is, not a fault of ours
    """Reading ended before the last page."""


def check(uploaded: File, *, max_bytes: int = MAX_BYTES) -> None:
    """Raise ValidationError with a code of documents.MESSAGES (or `disguised`) for what is no PDF that can be read."""
    check_size(uploaded.size, max_bytes)
    uploaded.seek(0)
    start = uploaded.read(len(MARK))
    if start != MARK:
        uploaded.seek(0)
        raise ValidationError(NOT_PDF, code="disguised")
    with copied(uploaded) as source:
        verdict = _verdict(source)
    uploaded.seek(0)
    if verdict == "too_many_pages":
        limit = f"{MAX_PAGES:,}".replace(",", ".")
        raise ValidationError(TOO_MANY_PAGES.format(limit=limit), code=verdict)
    if verdict != "ok":
        code = {"no_pages": "damaged"}.get(verdict, verdict)
        code = code if code in MESSAGES else "too_heavy"
        raise ValidationError(MESSAGES[code], code=code)


@contextmanager
def copied(file: File) -> Iterator[Path]:
    """A copy on disk, for a program that reads by path; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="siptenan-pdf-") as folder:
        source = Path(folder, "source")
        file.seek(0)
        with source.open("wb") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)
        yield source


def page_texts(source: Path, *, max_seconds: int = TEXT_SECONDS) -> Iterator[tuple[int, int, str]]:
    """Yield (number, pages, text) of each page as soon as it is read; before the first page (0, pages, "").

    Raises UnreadablePdf when the program ends before the last page, or is ended.
    """
    process = subprocess.Popen(  # noqa: S603 - our own program; nothing of the file is in the command line
        _command(source, max_seconds, "text"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd=source.parent,
        text=True,
    )
    clock = threading.Timer(max_seconds, process.kill)
    clock.start()
    pages = done = -1
    try:
        for line in process.stdout or ():
            try:
                said = json.loads(line)
            except ValueError:  # half a line: it was ended while it wrote
                break
            if "pages" in said:
                pages, done = said["pages"], 0
                yield 0, pages, ""
            else:
                done = said["page"]
                yield done, pages, said["text"]
    finally:
        clock.cancel()
        process.kill()
        process.communicate()
    if done != pages or pages < 0:
        raise UnreadablePdf(f"ended after page {max(done, 0)}")


def _verdict(source: Path) -> str:
    """Return the word that the program printed; nothing, when it was ended before."""
    try:
        run = subprocess.run(  # noqa: S603 - as above
            _command(source, CHECK_SECONDS, "check", str(MAX_PAGES)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=CHECK_SECONDS,
            env=_environment(),
            cwd=source.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        logger.info("PDF refused: it took longer than %s s", CHECK_SECONDS)
        return ""
    if b"ModuleNotFoundError" in run.stderr:
        raise RuntimeError("pypdfium2 is not installed; documents cannot be checked")
    return run.stdout.decode(errors="replace").strip()


def _command(source: Path, max_seconds: int, *what: str) -> list[str]:
    return [sys.executable, "-P", str(READER), str(source), str(MAX_MEMORY), str(max_seconds), *what]


def _environment() -> dict[str, str]:
    """The way to the libraries, and no secret."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
