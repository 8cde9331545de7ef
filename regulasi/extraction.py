"""Reads the text of the PDFs that regulations use, in the background: the only writer of DocumentText.

Promises:
- a document that a regulation uses is read once after each change of its file, whoever is interrupted;
- the text that is searched belongs to the file that is there: of a changed file the old text goes when reading it
  ends, well or not;
- how far it is, and why it failed, can be seen in the CMS.
"""

from __future__ import annotations

import datetime as dt
import logging
import time

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
LETTERS_MIN = 20  # of a whole document; less is the stamp of a scanner
NUL = "\x00"  # PostgreSQL stores none

BROKEN = "Berkas PDF ini tidak dapat dibaca sampai selesai. Simpan ulang PDF-nya, lalu unggah lagi."
MISSING = "Berkasnya tidak ditemukan di penyimpanan. Unggah lagi."
FAULT = "Terjadi kesalahan saat membaca. Coba lagi nanti."


def request(document_id: int, *, anew: bool = False) -> bool:
    """Let the worker read a document unless its file was read already; return whether it will. Call after commit."""
    from regulasi.tasks import read_text

    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is None or not is_pdf(document):
        return False
    file_hash = document.get_file_hash()  # documents made in code have none yet
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
    try:
        pages = _pages(document)
        letters = sum(len("".join(text.split())) for text in pages.values())
        return _finish(document, pages, TextState.DONE if letters >= LETTERS_MIN else TextState.NO_TEXT)
    except pdf_files.UnreadablePdf:
        return _finish(document, {}, TextState.FAILED, BROKEN)
    except FileNotFoundError:
        return _finish(document, {}, TextState.FAILED, MISSING)
    except Exception:
        logger.exception("The text of document %s was not read", document_id)
        return _finish(document, {}, TextState.FAILED, FAULT)


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


def _pages(document: SiteDocument) -> dict[int, str]:
    """Return the text of the pages that have any, and write down now and then how far it is."""
    found: dict[int, str] = {}
    rows = DocumentText.objects.filter(document=document)
    told = 0.0
    with document.file.open("rb") as file, pdf_files.copied(file) as source:
        for number, pages, text in pdf_files.page_texts(source):
            if text := text.replace(NUL, " ").strip():
                found[number] = text
            if number in (0, pages) or time.monotonic() - told > PROGRESS_S:
                rows.update(pages=pages, pages_done=number, changed_at=timezone.now())
                told = time.monotonic()
    return found


def _finish(document: SiteDocument, pages: dict[int, str], state: TextState, error: str = "") -> str:
    """Put the text of the file in the place of the old one; a file that changed meanwhile is read again."""
    with transaction.atomic():
        now = SiteDocument.objects.filter(pk=document.pk).values_list("file", "file_hash").first()
        text = DocumentText.objects.select_for_update().filter(document=document.pk).first()
        if now is None or text is None:
            return ""
        is_current = now == (document.file.name, document.file_hash)
        DocumentPageText.objects.filter(document=document.pk).delete()
        if is_current:
            DocumentPageText.objects.bulk_create(
                (
                    DocumentPageText(document_id=document.pk, number=number, text=words)
                    for number, words in pages.items()
                ),
                batch_size=200,
            )
            text.file_hash = document.file_hash
        text.state = state if is_current else TextState.WAITING
        text.error, text.changed_at = error, timezone.now()
        text.save()
        bump()
        if not is_current:
            from regulasi.tasks import read_text

            transaction.on_commit(lambda: read_text.enqueue(document.pk), robust=True)
    return text.state
