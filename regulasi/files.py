"""The PDF of a published regulation under an address of its own: to read in the page, and to keep.

In parts for readers that ask for them (RFC 9110 Range, one range), unchanged files not twice (ETag).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from regulasi import readings
from regulasi.models import RegulationPage
from siptenan.common.document_access import FRAMED_PDF_POLICY, PDF
from siptenan.common.models import SiteDocument

CHUNK = 64 * 1024  # bytes
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True)
class Part:
    """The bytes that are asked for, both ends included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many these are."""
        return self.last - self.first + 1


def inline(request: HttpRequest, page: RegulationPage) -> HttpResponseBase:
    """The PDF to be read in the page."""
    return _answer(request, _document(page), page.file_name, attachment=False)


def download(request: HttpRequest, page: RegulationPage) -> HttpResponseBase:
    """The PDF to keep, under a name that says what it is; counted once, however many parts it is fetched in."""
    response = _answer(request, _document(page), readable_name(page), attachment=True)
    if response.status_code == 200 or response.headers.get("Content-Range", "").startswith("bytes 0-"):
        readings.count_download(request, page.pk)
    return response


def readable_name(page: RegulationPage) -> str:
    """`UU 20-2016 Merek dan Indikasi Geografis.pdf`."""
    name = re.sub(r"[^\w .,()-]+", "-", f"{page.short_name} {page.about}").strip(" .-")
    return f"{name[:120].rstrip(' .,-')}.pdf"


def sha256(document: SiteDocument) -> str:
    """The digest of a file of with_vocabulary(), by which a copy can be proved; empty until the worker has read it."""
    text = getattr(document, "text", None)
    return text.sha256 if text and text.file_hash == document.file_hash else ""


def is_stored(document: SiteDocument) -> bool:
    """Whether the file of a document is where it should be."""
    return bool(document.file) and document.file.storage.exists(document.file.name)


def _document(page: RegulationPage) -> SiteDocument:
    if page.document is None:
        raise Http404
    return page.document


def _answer(request: HttpRequest, document: SiteDocument, name: str, *, attachment: bool) -> HttpResponseBase:
    try:
        size = document.file.size
        etag = f'"{document.file_hash or document.get_file_hash()}"'
        headers = {
            "Accept-Ranges": "bytes",
            "ETag": etag,
            "Cache-Control": "no-cache",  # asked for each time: it may have been taken back
            "Content-Disposition": content_disposition_header(attachment, name) or "",
            "Content-Security-Policy": FRAMED_PDF_POLICY,
        }
        if _has(request.headers.get("If-None-Match", ""), etag):
            return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": headers["Cache-Control"]})
        part = _part(request, size, etag)
        if part is not None and part.length <= 0:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        whole = Part(0, size - 1)
        shown = part or whole
        headers["Content-Length"] = str(shown.length)
        if part:
            headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
        status = 206 if part else 200
        if request.method == "HEAD":
            return HttpResponse(content_type=PDF, status=status, headers=headers)
    except FileNotFoundError:
        raise Http404 from None
    return StreamingHttpResponse(_read(document, shown), content_type=PDF, status=status, headers=headers)


def _has(header: str, etag: str) -> bool:
    """Whether a list of tags names this one; weak ones count here."""
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags


def _part(request: HttpRequest, size: int, etag: str) -> Part | None:
    """The part that is asked for; None for the whole, an empty one when the file has no such bytes."""
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method not in ("GET", "HEAD") or asked is None or asked[0] == "bytes=-":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked[1], asked[2]
    if not first:  # the last n bytes
        return Part(max(0, size - int(last)), size - 1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return Part(0, -1)
    return Part(int(first), min(int(last), size - 1) if last else size - 1)


def _read(document: SiteDocument, part: Part) -> Iterator[bytes]:
    """Open the file when the first bytes are wanted: of an answer that nobody reads, none stays open."""
    with document.file.storage.open(document.file.name, "rb") as content:
        content.seek(part.first)
        left = part.length
        while left and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
