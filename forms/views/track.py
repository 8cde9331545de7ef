"""The status page: number and PIN, or the secret link, show one ticket; no account, no e-mail.

Opening a ticket sets a signed cookie for /kalindri/lacak/ that names the ticket and the version of its PIN,
so neither stands in an address. A new PIN ends what older cookies and links open.
"""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forms import references, rendering, services
from forms.models import Submission
from forms.views.privacy import RECEIPT_COOKIE, ticket_page
from siptenan.common import throttle
from siptenan.common.clients import client_address
from siptenan.common.dates import format_datetime
from siptenan.common.photos import SanitisedPhoto, sanitise_photo

TICKET_COOKIE = "siptenan_tiket"
TICKET_COOKIE_AGE_S = 30 * 60  # on a shared phone the page must not stay open for the next person
COOKIE_SALT = "siptenan.ticket"
TOKEN_SALT = "siptenan.ticket.addition"  # noqa: S105 - the name of a purpose, not a secret

# Ten wrong PINs lock a number, whatever address they come from, whether the number exists or not.
PIN_LIMIT = throttle.Limit.parse("10/30m")
ADDITION_LIMIT = throttle.Limit.parse("20/1h")
PHOTO_MAX_BYTES = 15 * 1024 * 1024
ADDITION_MAX = 5_000

WRONG = "Nomor atau PIN tidak cocok. Periksa kembali keduanya pada bukti kirim Anda."


NO_RECEIPT = {
    "level": "info",
    "title": "Bukti kirim tidak ada di browser ini",
    "text": "Bukti hanya tampil di browser tempat Anda mengirim, selama satu jam, dan bila kuki tidak dimatikan. "
    "Kiriman Anda tetap tersimpan. Isi nomor tiket dan PIN di bawah, atau hubungi kami.",
}


class TrackForm(forms.Form):
    """Number and PIN."""

    use_required_attribute = False

    reference = forms.CharField(
        label="Nomor tiket",
        help_text="Contoh: HAKI-7F3K-29QX. Huruf kecil dan spasi boleh.",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Nomor tiket belum diisi.", "max_length": "Nomor tiket terlalu panjang."},
    )
    pin = forms.CharField(
        label="PIN",
        help_text="Enam angka.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "enterkeyhint": "go"}),
        error_messages={"required": "PIN belum diisi.", "max_length": "PIN terdiri dari enam angka."},
    )


class AdditionForm(forms.Form):
    """What a visitor adds to his ticket."""

    use_required_attribute = False

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Keterangan tambahan",
        max_length=ADDITION_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Keterangan tambahan belum diisi.",
            "max_length": "Keterangan tambahan terlalu panjang: paling banyak %(limit_value)d huruf, sekarang "
            "%(show_value)d.",
        },
    )
    photo = forms.FileField(
        label="Foto",
        required=False,
        help_text="JPG, PNG, WebP, atau HEIC, paling besar 15 MB.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": "Berkas foto ini kosong. Pilih foto lain."},
    )

    def clean_photo(self) -> SanitisedPhoto | None:
        photo = self.cleaned_data.get("photo")
        return sanitise_photo(photo, max_bytes=PHOTO_MAX_BYTES) if photo else None


@ticket_page
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and PIN; the right pair opens the ticket."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        no_receipt = request.GET.get("bukti") == "0"
        return TemplateResponse(
            request, "forms/track.html", {"form": form, "notice": NO_RECEIPT if no_receipt else None}
        )
    if form.is_valid():
        reference = references.normalise_reference(form.cleaned_data["reference"])
        # Counted before it is checked, so that parallel guesses cannot slip past the limit.
        verdict = throttle.hit(references.PIN_SCOPE, reference, PIN_LIMIT, trailing=True)
        if not verdict.allowed:
            until = timezone.now() + dt.timedelta(seconds=verdict.retry_after)
            response = TemplateResponse(
                request, "forms/track.html", {"form": form, "notice": _locked(until)}, status=429
            )
            response["Retry-After"] = str(verdict.retry_after)
            return response
        submission = Submission.objects.filter(reference=reference).first()
        if submission and references.pin_matches(reference, form.cleaned_data["pin"], submission.pin_hash):
            throttle.reset(references.PIN_SCOPE, reference)
            return _open(submission)
        form.add_error("pin", WRONG)
    return TemplateResponse(request, "forms/track.html", {"form": form}, status=422)


def _locked(until: dt.datetime) -> dict:
    return {
        "level": "error",
        "title": "Nomor ini dikunci sementara",
        "text": f"PIN sudah salah terlalu sering. Coba lagi sesudah {format_datetime(until)}, "
        "atau minta PIN baru kepada petugas.",
    }


@ticket_page
@require_safe
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """The secret link of the receipt: opens its ticket and takes the secret out of the address bar."""
    submission = Submission.objects.filter(link_digest=references.link_digest(secret)).first()
    if submission is None:
        form = TrackForm()
        notice = {
            "level": "warn",
            "title": "Tautan ini tidak berlaku lagi",
            "text": "Mungkin tautannya terpotong, atau petugas sudah membuat PIN baru. Isi nomor tiket dan PIN Anda.",
        }
        return TemplateResponse(request, "forms/track.html", {"form": form, "notice": notice}, status=404)
    return _open(submission)


def _open(submission: Submission) -> HttpResponse:
    response = HttpResponseRedirect(reverse("track-ticket"))
    response.status_code = 303
    return keep_open(response, submission)


def keep_open(response: HttpResponse, submission: Submission) -> HttpResponse:
    """Let this browser have the ticket open, from now for TICKET_COOKIE_AGE_S; return the same answer."""
    response.set_cookie(
        TICKET_COOKIE,
        signing.dumps([submission.pk, submission.pin_version], salt=COOKIE_SALT),
        max_age=TICKET_COOKIE_AGE_S,
        path=reverse("track"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def opened_ticket(request: HttpRequest) -> Submission | None:
    """Return the ticket that this browser has opened, as long as cookie and PIN hold."""
    try:
        pk, pin_version = signing.loads(
            request.COOKIES.get(TICKET_COOKIE, ""), salt=COOKIE_SALT, max_age=TICKET_COOKIE_AGE_S
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Submission.objects.select_related("snapshot", "form").filter(pk=pk, pin_version=pin_version).first()


@ticket_page
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest) -> HttpResponse:
    """Status, due date and replies; what is added here returns the ticket to the queue."""
    submission = opened_ticket(request)
    if submission is None:
        return _ask_again(request)
    if request.method != "POST":
        notice = {"1": ADDED, "perbaikan": CORRECTED}.get(request.GET.get("terkirim", ""))
        return _show(request, submission, _blank_form(submission), notice=notice)
    form = AdditionForm(request.POST, request.FILES)
    if not _is_token_of(submission, request.POST.get("token", "")):
        form.data = form.data.copy()
        form.data["token"] = _token(submission)
        return _show(request, submission, form, notice=STALE, status=422)
    if not form.is_valid():
        return _show(request, submission, form, status=422)
    verdict = throttle.hit("addition", f"{submission.pk}:{client_address(request)}", ADDITION_LIMIT)
    if not verdict.allowed:
        response = _show(request, submission, form, notice=TOO_MANY, status=429)
        response["Retry-After"] = str(verdict.retry_after)
        return response
    services.add_information(submission, form.cleaned_data["text"], form.cleaned_data["photo"])
    response = redirect(reverse("track-ticket") + "?terkirim=1")
    response.status_code = 303
    return response


def _ask_again(request: HttpRequest) -> HttpResponse:
    """The ticket is closed on this browser; what was typed meanwhile is shown, so that it can be copied."""
    text = request.POST.get("text", "").strip()
    if not text:
        return redirect("track")
    notice = {
        "level": "warn",
        "title": "Belum terkirim",
        "text": "Tiket Anda tertutup sendiri setelah 30 menit. Salin keterangan Anda, buka tiket lagi dengan nomor dan "
        f"PIN, lalu kirim sekali lagi. Keterangan Anda: {text}",
    }
    return TemplateResponse(request, "forms/track.html", {"form": TrackForm(), "notice": notice}, status=422)


ADDED = {
    "level": "ok",
    "title": "Keterangan Anda sudah masuk",
    "text": "Petugas akan membacanya. Tiket Anda kembali ke antrean.",
}
CORRECTED = {
    "level": "ok",
    "title": "Perbaikan Anda sudah masuk",
    "text": "Petugas akan memeriksanya lagi. Nomor tiket Anda tetap sama.",
}
STALE = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Halaman ini sudah terlalu lama terbuka. Isian Anda masih ada. Silakan tekan tombol kirim sekali lagi.",
}
TOO_MANY = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Terlalu banyak keterangan dalam satu jam. Isian Anda masih ada di bawah. Coba lagi nanti.",
}


def _show(
    request: HttpRequest,
    submission: Submission,
    form: AdditionForm,
    *,
    notice: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "ticket": rendering.for_visitor(submission),
        "addition_form": form,
        "can_add": True,
        "notice": notice,
    }
    return TemplateResponse(request, "forms/track_ticket.html", context, status=status)


def _token(submission: Submission) -> str:
    return signing.dumps(submission.pk, salt=TOKEN_SALT)


def _is_token_of(submission: Submission, raw: str) -> bool:
    try:
        return signing.loads(raw, salt=TOKEN_SALT, max_age=TICKET_COOKIE_AGE_S) == submission.pk
    except signing.BadSignature:
        return False


def _blank_form(submission: Submission) -> AdditionForm:
    return AdditionForm(initial={"token": _token(submission)})


@ticket_page
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the ticket on this browser, its receipt too: the next person on a shared phone sees nothing of it."""
    submission = opened_ticket(request)
    response = redirect("track")
    response.delete_cookie(TICKET_COOKIE, path=reverse("track"), samesite="Lax")
    if submission is not None:
        address = submission.form.get_url(request) + submission.form.receipt_path
        response.delete_cookie(RECEIPT_COOKIE, path=address, samesite="Lax")
    return response
