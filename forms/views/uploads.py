"""Where a form's script sends files, piece by piece: an address below the form page that speaks JSON.

POST takes one piece (multipart fields: the form token under its usual name, `pertanyaan`, `berkas` (a UUID that the
browser made), `mulai`, `total`, `nama`, and the file field `potongan`, of at most 256 KB). GET asks how far a file has
come: `?berkas=<uuid>`, with the token in the header X-Formulir, since addresses end up in logs.

The answer is always {"received": bytes, "done": bool, "thumbnail": data-uri or null, "error": text or null}. An error
is final for that file, except with status 429, which has Retry-After. Without cookies, so without Django's CSRF check:
the signed token of the form says who it is.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse

from forms import groups, references, uploads
from forms.builder import TOKEN_FIELD
from forms.models import FormPage
from forms.references import FormToken
from forms.upload_limits import Limits
from forms.uploads import Progress
from forms.views.privacy import seal
from siptenan.common import throttle
from siptenan.common.clients import client_address

TOKEN_HEADER = "X-Formulir"  # noqa: S105 - the name of a header, not a secret
# Many phones of one mobile network share an address. A photo of 15 MB has 60 pieces, one shrunk in the browser two.
PIECE_LIMIT = throttle.Limit.parse("3000/10m")
FILE_LIMIT = throttle.Limit.parse("150/10m")
BODY_MAX = uploads.PIECE_MAX + 16 * 1024  # bytes, with the other fields and the multipart frame

ERRORS = {
    "token": "Halaman ini sudah terlalu lama terbuka. Muat ulang halaman, lalu pilih lagi berkasnya.",
    "question": "Formulir ini tidak meminta berkas itu. Muat ulang halaman.",
    "incomplete": "Potongan berkas ini tidak utuh. Kirim ulang.",
    "method": "Berkas tidak dapat dikirim dengan cara ini.",
    "throttled": "Terlalu banyak berkas dikirim dari jaringan ini. Coba lagi beberapa menit lagi.",
    "closed": "Formulir ini sedang ditutup.",
}


def upload_view(request: HttpRequest, page: FormPage) -> JsonResponse:
    """Take a piece (POST), or say how far a file has come (GET)."""
    return seal(_answer(request, page))


def _answer(request: HttpRequest, page: FormPage) -> JsonResponse:
    if request.method not in {"GET", "POST"}:
        response = _refused("method", 405)
        response["Allow"] = "GET, POST"
        return response
    if _body_size(request) > BODY_MAX:
        return _refused("incomplete", 413)  # before a byte of it is read
    asks = request.method == "GET"
    raw_token = request.headers.get(TOKEN_HEADER, "") if asks else request.POST.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk)
    if token is None:
        return _refused("token", 403)
    try:
        upload_id = uuid.UUID((request.GET if asks else request.POST).get("berkas", ""))
    except ValueError:
        return _refused("incomplete", 422)
    # Asking costs as much as a piece that is dropped, and counts as one.
    verdict = throttle.hit("upload-piece", client_address(request), PIECE_LIMIT)
    if not verdict.allowed:
        return _throttled(verdict.retry_after)
    return _show(uploads.received(token, upload_id)) if asks else _take(request, page, token, upload_id)


def _take(request: HttpRequest, page: FormPage, token: FormToken, upload_id: uuid.UUID) -> JsonResponse:
    question = groups.find(page.questions(), request.POST.get("pertanyaan", ""))
    try:
        limits = Limits.of(question) if question else None
    except KeyError:
        limits = None
    if question is None or limits is None:
        return _refused("question", 422)
    if not page.is_open and not uploads.is_known(token):
        return _refused("closed", 403)
    try:
        offset, total = int(request.POST.get("mulai", "")), int(request.POST.get("total", ""))
    except ValueError:
        return _refused("incomplete", 422)
    if offset == 0:
        verdict = throttle.hit("upload-file", client_address(request), FILE_LIMIT)
        if not verdict.allowed:
            return _throttled(verdict.retry_after)
    piece = request.FILES.get("potongan")
    try:
        progress = uploads.receive_piece(
            token, page, question.key, upload_id, limits,
            offset=offset, total=total, piece=piece.read() if piece else b"", name=request.POST.get("nama", ""),
        )  # fmt: skip
    except ValidationError as refusal:
        return _json(Progress(0, error=" ".join(refusal.messages)), 422)
    return _show(progress)


def _body_size(request: HttpRequest) -> int:
    """Bytes that the request announces; without a number Django reads none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _show(progress: Progress) -> JsonResponse:
    return _json(progress, 422 if progress.error else 200)


def _json(progress: Progress, status: int) -> JsonResponse:
    thumbnail = progress.upload.thumbnail_url if progress.upload else ""
    data = {
        "received": progress.received,
        "done": progress.done,
        "thumbnail": thumbnail or None,
        "error": progress.error or None,
    }
    return JsonResponse(data, status=status)


def _refused(code: str, status: int) -> JsonResponse:
    return _json(Progress(0, error=ERRORS[code]), status)


def _throttled(retry_after: int) -> JsonResponse:
    response = _refused("throttled", 429)
    response["Retry-After"] = str(retry_after)
    return response
