"""Reads the text of the PDFs that regulations use, in the background: the only writer of DocumentText.

Promises:
- a document that a regulation uses is read once after each change of its file, whoever is interrupted;
- the text that is searched belongs to the file that is there: of a changed file the old text goes at once;
- how far it is, why it failed, and where it was cut, can be seen in the CMS.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from regulasi.enums import TextState
from regulasi.models import DocumentPageText, DocumentText
from siptenan.common import pdf_files
from siptenan.common.generation import bump
from siptenan.common.models import SiteDocument

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3  # the sweeper's; "Coba lagi" begins anew
ABANDONED_AFTER = dt.timedelta(seconds=2 * pdf_files.TEXT_SECONDS)
PROGRESS_S = 1  # how often the number of pages is written down
PAGE_LETTERS_MIN = 40  # of the middle page; less is a number, or the stamp of a scanner
STAMPED = 0.8  # a line that so many of the pages have is a stamp
STAMPED_MIN = 3  # pages
PAGE_LETTERS_MAX = 50_000  # as pdf_reader.py cuts it; NFKC may make it longer
PAGES_AT_ONCE = 200
LETTERS_MAX = 10_000_000  # of a document: three times the longest law
HYPHEN = re.compile(r"[\ufffe\u00ad]\s*|(?<=[^\W\d_])-[^\S\n]*\n\s*(?=[^\W\d_])")  # U+FFFE is how PDFium says it
REPEATED_MIN = 3  # letters from which on a word is a repetition: undang-undang
NEAR = 30  # letters before and after a hyphen

BROKEN = "Berkas PDF ini tidak dapat dibaca sampai selesai. Simpan ulang PDF-nya, lalu unggah lagi."
MISSING = "Berkasnya tidak ditemukan di penyimpanan. Unggah lagi."
CUT = "Teksnya terlalu panjang: hanya sampai halaman {page} yang dibaca dan ikut dicari."
FAULT = "Terjadi kesalahan saat membaca. Coba lagi nanti."


def request(document_id: int, *, anew: bool = False) -> bool:
    """Let the worker read a document unless its file was read already; return whether it will. Call after commit."""
    from regulasi.tasks import read_text

    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is None or not is_pdf(document):
        return False
    file_hash = document.get_file_hash()  # documents made in code have none yet
    drop_outdated(document)
    text, created = DocumentText.objects.get_or_create(document=document)
    if not created and text.state in (TextState.WAITING, TextState.RUNNING):
        return False  # it is in the queue, or will be read again when it turns out to have changed
    if not (created or anew or text.file_hash != file_hash):
        return False
    DocumentText.objects.filter(pk=text.pk).update(
        state=TextState.WAITING, attempts=0, pages_done=0, error="", changed_at=timezone.now()
    )
    read_text.enqueue(document_id)
    return True


def drop_outdated(document: SiteDocument) -> None:
    """Take the text of a former file out of the search; call in the transaction that changes the file."""
    pages = DocumentPageText.objects.filter(document=document, document__text__isnull=False)
    if pages.exclude(document__text__file_hash=document.file_hash).delete()[0]:
        bump()


def is_pdf(document: SiteDocument) -> bool:
    """Whether a document has pages to read."""
    return bool(document.file) and document.file_extension.lower() == "pdf"


def read(document_id: int) -> str:
    """Read a document now and return how that ended; empty when somebody else reads it, or it is gone."""
    now = timezone.now()
    waiting = Q(state=TextState.WAITING) | Q(state=TextState.RUNNING, started_at__lt=now - ABANDONED_AFTER)
    taken = DocumentText.objects.filter(waiting, document=document_id).update(
        state=TextState.RUNNING, started_at=now, changed_at=now, attempts=F("attempts") + 1, pages_done=0, error=""
    )
    document = SiteDocument.objects.filter(pk=document_id).first()
    if not taken or document is None:
        return ""
    sha256 = ""
    try:
        sha256 = _sha256(document)
        pages, note = _pages(document)
        state = TextState.NO_TEXT if _is_scan(pages) else TextState.DONE
        return _store(document, pages, sha256, state, note)
    except pdf_files.UnreadablePdf:
        reason = BROKEN
    except FileNotFoundError:
        reason = MISSING
    except Exception:
        logger.exception("The text of document %s was not read", document_id)
        reason = FAULT
    return _store(document, [], sha256, TextState.FAILED, reason)


def sweep() -> int:
    """Order again what a killed worker or a lost task left behind, and what was never ordered; return how many."""
    from regulasi.tasks import read_text

    late = timezone.now() - ABANDONED_AFTER
    left = DocumentText.objects.filter(
        Q(state=TextState.RUNNING, started_at__lt=late) | Q(state=TextState.WAITING, changed_at__lt=late)
    )
    given_up = left.filter(attempts__gte=MAX_ATTEMPTS)
    given_up.update(state=TextState.FAILED, error=FAULT, changed_at=timezone.now())
    again = list(left.values_list("document_id", flat=True))
    left.filter(document_id__in=again).update(state=TextState.WAITING, changed_at=timezone.now())
    for pk in again:
        read_text.enqueue(pk)
    unread = SiteDocument.objects.filter(regulations__isnull=False).filter(
        Q(text__isnull=True)
        | ~Q(text__file_hash=F("file_hash")) & Q(text__state__in=(TextState.DONE, TextState.NO_TEXT))
    )
    return len(again) + sum(request(pk) for pk in unread.values_list("pk", flat=True).distinct())


def _sha256(document: SiteDocument) -> str:
    """The digest by which anybody can tell that his copy is the file of the office."""
    with document.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cleaned(text: str) -> str:
    """Return what a page says as it is stored: words whole, and nothing that no reader sees."""
    normal = unicodedata.normalize("NFKC", HYPHEN.sub(_at_the_end_of_a_line, text))[:PAGE_LETTERS_MAX]
    unseen = {sign: unicodedata.category(sign) for sign in set(normal) if not sign.isspace()}
    gone = {ord(sign): "" if kind == "Cf" else " " for sign, kind in unseen.items() if kind.startswith("C")}
    return normal.translate(gone).strip()


def _at_the_end_of_a_line(hyphen: re.Match[str]) -> str:
    """Nothing where a word was divided; the hyphen of "undang-undang", "Jawa-Bali" and "2019-2024"."""
    start, end = hyphen.span()
    before, after = hyphen.string[max(0, start - NEAR) : start], hyphen.string[end : end + NEAR]
    is_divided = before[-1:].isalpha() and after[:1].isalpha() and (before[-1].isupper() or after[0].islower())
    beginnings = (after[:letters].lower() for letters in range(REPEATED_MIN, len(after) + 1))
    return "" if is_divided and not before.lower().endswith(tuple(beginnings)) else "-"


def _pages(document: SiteDocument) -> tuple[list[str], str]:
    """Return the text of each page, and where it was cut if it was; write down now and then how far it is."""
    found: list[str] = []
    letters = 0
    rows = DocumentText.objects.filter(document=document)
    told = 0.0
    with document.file.open("rb") as file, pdf_files.copied(file) as source:
        for number, pages, text in pdf_files.page_texts(source):
            if number:
                found.append(cleaned(text))
                letters += len(found[-1])
            is_cut = letters >= LETTERS_MAX and number < pages
            if number in (0, pages) or is_cut or time.monotonic() - told > PROGRESS_S:
                rows.update(pages=pages, pages_done=number, changed_at=timezone.now())
                told = time.monotonic()
            if is_cut:
                return found, CUT.format(page=number)
    return found, ""


def _is_scan(pages: Sequence[str]) -> bool:
    """Whether most pages say nothing but what stands on nearly all of them."""
    lines = [["".join(line.split()) for line in page.splitlines()] for page in pages]
    times = Counter(line for page in lines for line in set(page))
    many = max(STAMPED_MIN, STAMPED * len(pages))
    letters = [sum(len(line) for line in page if times[line] < many) for page in lines]
    return not letters or statistics.median_high(letters) < PAGE_LETTERS_MIN


def _store(document: SiteDocument, pages: Sequence[str], sha256: str, state: TextState, note: str) -> str:
    """Put the text of the file in the place of the old one; a file that changed meanwhile is read again."""
    with transaction.atomic():
        # Held, so that whoever changes the file comes before and is seen, or after and drops what was stored.
        now = SiteDocument.objects.select_for_update(no_key=True).filter(pk=document.pk).first()
        text = DocumentText.objects.select_for_update().filter(document=document.pk).first()
        if now is None or text is None:
            return ""
        is_current = (now.file.name, now.file_hash) == (document.file.name, document.file_hash)
        DocumentPageText.objects.filter(document=document.pk).delete()
        if is_current:
            rows = [
                DocumentPageText(document_id=document.pk, number=number, text=words)
                for number, words in enumerate(pages, 1)
                if words
            ]
            DocumentPageText.objects.bulk_create(rows, batch_size=PAGES_AT_ONCE)
            text.file_hash, text.sha256 = document.file_hash, sha256
        text.state = state if is_current else TextState.WAITING
        text.error, text.changed_at = note if is_current else "", timezone.now()
        text.save()
        bump()
        if not is_current:
            from regulasi.tasks import read_text

            transaction.on_commit(lambda: read_text.enqueue(document.pk), robust=True)
    return text.state
