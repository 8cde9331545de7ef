"""Saving a form and going on with it on any device, with a code: no account, no cookie, no e-mail (docs/adr/0012).

The code stands on one page, which nobody may keep, and comes back in the body of a POST; it is in no address.
"""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forms import references, rendering, saved_forms
from forms.builder import SAVED_FIELD, STEP_FIELD, TOKEN_FIELD, PublicForm
from forms.models import FormPage, SavedForm
from forms.saved_forms import save as save_form
from forms.steps import Section, position_of, sections
from forms.views.attached import form_with_stored_files
from forms.views.privacy import seal
from forms.views.public import closed_page, form_response, show_form, step_number, with_new_token
from siptenan.common import throttle
from siptenan.common.clients import client_address
from siptenan.common.dates import format_datetime

# As many as sends: few for a village behind one mobile operator. All together fill at most 600 MB in their three days.
SAVE_LIMIT = throttle.Limit.parse("30/10m")
SAVES_OF_ALL = throttle.Limit.parse("3000/1d")
# An address, and codes that begin alike, whatever address they come from: nobody can lock the codes of all others.
ADDRESS_LIMIT = throttle.Limit.parse("20/10m")
CODE_LIMIT = throttle.Limit.parse("10/30m")
CODE_SCOPE = "resume-code"

UNKNOWN = "Kode ini tidak dikenal atau sudah lewat waktunya."


def _not_saved(text: str) -> dict:
    return {"level": "warn", "title": "Belum tersimpan", "text": f"{text} Isian Anda masih ada di bawah."}


STALE = _not_saved("Halaman ini sudah terlalu lama terbuka. Silakan tekan “Simpan dan lanjutkan nanti” sekali lagi.")
TOO_LARGE = _not_saved("Isian Anda terlalu panjang untuk disimpan. Pendekkan dulu, atau kirim sekarang.")


class CodeForm(forms.Form):
    """The code."""

    use_required_attribute = False

    code = forms.CharField(
        label="Kode",
        help_text="Contoh: 7F3K-29Q-XHM. Huruf kecil dan spasi boleh.",
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "go",
            }
        ),
        error_messages={"required": "Kode belum diisi.", "max_length": UNKNOWN},
    )


# --- Saving ---------------------------------------------------------------------------------------


def save_view(request: HttpRequest, page: FormPage, form: PublicForm) -> HttpResponse:
    """Keep what was typed, right or wrong, and show the code. Nothing is complained of but what keeps it from that."""
    form.is_valid()  # which questions are asked depends on the answers
    steps = sections(form, asked_only=True) if page.in_steps else []
    here = step_number(request.POST.get(STEP_FIELD, ""), len(steps))
    current = steps[here - 1] if steps else None
    token = references.read_token(form.data.get(TOKEN_FIELD, ""), page.pk)
    if token is None or form.data.get(TOKEN_FIELD) != request.POST.get(TOKEN_FIELD):
        return _form_again(request, page, with_new_token(form, page), here, STALE, status=422)
    for scope, subject, limit in (("save", client_address(request), SAVE_LIMIT), ("save-all", "", SAVES_OF_ALL)):
        verdict = throttle.hit(scope, subject, limit)
        if not verdict.allowed:
            minutes = max(1, round(verdict.retry_after / 60))
            notice = _not_saved(f"Terlalu banyak isian disimpan dari jaringan ini. Coba lagi {minutes} menit lagi.")
            response = _form_again(request, page, form, here, notice, status=429)
            response["Retry-After"] = str(verdict.retry_after)
            return response
    try:
        code, saved = save_form(page, form.data, token, timezone.now(), step=current.key if current else "")
    except saved_forms.TooLarge:
        return _form_again(request, page, form, here, TOO_LARGE, status=422)
    return seal(_code_page(request, page, form, saved, code, current))


def _form_again(
    request: HttpRequest, page: FormPage, form: PublicForm, step: int, notice: dict, *, status: int
) -> HttpResponse:
    form.keep_errors([])
    return show_form(request, page, form, status=status, notice=notice, step=step)


def _code_page(
    request: HttpRequest, page: FormPage, form: PublicForm, saved: SavedForm, code: str, current: Section | None
) -> HttpResponse:
    form.data = form.data.copy()
    form.data[SAVED_FIELD] = saved_forms.reference_of(saved)
    return form_response(
        request,
        page,
        form,
        "forms/saved.html",
        code=code,
        expires_text=format_datetime(saved.expires_at),
        resume_host=settings.BASE_URL.partition("://")[2],
        resume_qr=rendering.qr_svg(settings.BASE_URL + reverse("resume")),
        left_out=_left_out(page),
        has_files=any(form.uploads.values()),
        carried=form.carried(form.asked_keys),
        step=current,
    )


def _left_out(page: FormPage) -> str:
    """What has to be filled in again, as the beginning of a sentence; empty when there is nothing."""
    words = " dan ".join(saved_forms.left_out(page.form_class.questions))
    return words[:1].upper() + words[1:]


# --- Going on -------------------------------------------------------------------------------------


@csrf_exempt  # a public page has no cookie to protect; see docs/adr/0002
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Ask for a code; the right one shows its form as it was left."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, status=422)
    code = saved_forms.normalise_code(form.cleaned_data["code"])
    beginning = code[: saved_forms.GUESSED_BY]
    # Counted before it is looked up, so that parallel guesses cannot slip past the limits.
    for scope, subject, limit in (
        ("resume", client_address(request), ADDRESS_LIMIT),
        (CODE_SCOPE, beginning, CODE_LIMIT),
    ):
        verdict = throttle.hit(scope, subject, limit, trailing=True)
        if not verdict.allowed:
            return _locked(request, form, verdict.retry_after)
    try:
        saved = saved_forms.restore(code)
    except saved_forms.UnknownCode:
        form.add_error("code", UNKNOWN)
        return _ask(request, form, status=422)
    throttle.reset(CODE_SCOPE, beginning)
    return _reopened(request, saved)


def _ask(request: HttpRequest, form: CodeForm, *, status: int = 200, notice: dict | None = None) -> HttpResponse:
    context = {"form": form, "notice": notice, "kept_days": saved_forms.KEPT.days}
    return seal(TemplateResponse(request, "forms/resume.html", context, status=status))


def _locked(request: HttpRequest, form: CodeForm, retry_after: int) -> HttpResponse:
    until = timezone.now() + dt.timedelta(seconds=retry_after)
    notice = {
        "level": "error",
        "title": "Terlalu banyak kode dicoba",
        "text": f"Coba lagi sesudah {format_datetime(until)}.",
    }
    response = _ask(request, form, status=429, notice=notice)
    response["Retry-After"] = str(retry_after)
    return response


def _reopened(request: HttpRequest, saved: SavedForm) -> HttpResponse:
    """The form as it was left; one that has closed meanwhile gives at least what was typed."""
    page = saved.page
    data = QueryDict(mutable=True)
    for name, values in saved.typed.items():
        data.setlist(name, values)
    if not (page.live and page.is_open):
        return seal(closed_page(request, page, data))
    # As old as the form that was saved: who goes on with it and sends it at once is no bot.
    raw_token = references.issue_token(page.pk, saved.begun_at.timestamp())
    token = references.read_token(raw_token, page.pk)
    if token is None:
        raise RuntimeError("A token that was just made is not good.")
    saved_forms.reopen(saved, token)
    data[TOKEN_FIELD], data[SAVED_FIELD] = raw_token, saved_forms.reference_of(saved)
    form = form_with_stored_files(data, page, token)
    form.is_valid()
    step = position_of(saved.step, sections(form, asked_only=True)) if page.in_steps else 1
    form.keep_errors([])
    left_out = _left_out(page)
    again = f" {left_out} tidak ikut disimpan, isi lagi." if left_out else ""
    notice = {"level": "ok", "text": f"Isian Anda sudah kembali.{again}"}
    response = show_form(request, page, form, notice=notice, step=step, action=f"{page.get_url(request)}?kirim")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
