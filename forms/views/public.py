"""A form page as visitors see it: the form, what is sent with it, and the receipt."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from forms import references, rendering, services, spam
from forms.builder import CHANNEL_FIELD, HONEYPOT_FIELD, TOKEN_FIELD
from forms.clock import NoWorkingTime
from forms.models import FormPage, FormSnapshot, Submission
from forms.office import office_clock
from forms.views.privacy import RECEIPT_COOKIE, seal
from siptenan.common.clients import client_address
from siptenan.common.dates import format_datetime
from siptenan.common.generation import per_generation
from siptenan.common.models import Channel, OfficeSettings
from siptenan.common.throttle import Limit, hit

RECEIPT_AGE_S = 60 * 60  # how long a reload shows the receipt again, on this browser only

STALE = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Halaman ini sudah terlalu lama terbuka. Isian Anda masih ada di bawah. "
    "Silakan tekan tombol kirim sekali lagi.",
}


def form_view(request: HttpRequest, page: FormPage) -> HttpResponse:
    """GET shows the form; POST stores a ticket and leads to the receipt, or shows what is to be mended."""
    if not page.is_open:
        return _closed(request, page)
    if request.method == "POST":
        return _send(request, page)
    return _show(request, page, _blank_form(request, page))


def _send(request: HttpRequest, page: FormPage) -> HttpResponse:
    raw_token = request.POST.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk)
    form = page.form_class(request.POST, page=page)
    is_valid = form.is_valid()
    if token is None:
        return _show(request, page, _with_new_token(form, page), status=422, notice=STALE if is_valid else None)
    if not is_valid:
        return _show(request, page, form, status=422)
    answers = form.answers()
    verdict = hit(f"submit:{page.pk}", client_address(request), Limit.parse(settings.SUBMIT_LIMIT))
    if not verdict.allowed:
        if services.is_repeat(token, answers):
            return _to_receipt(request, page, raw_token)
        response = _show(request, page, form, status=429, notice=_too_many(verdict.retry_after))
        response["Retry-After"] = str(verdict.retry_after)
        return response
    services.submit(
        page,
        form.questions,
        answers,
        token,
        channel=known_channel(form.cleaned_data[CHANNEL_FIELD]),
        spam_reasons=spam.reasons(token, form.cleaned_data[HONEYPOT_FIELD], answers),
    )
    return _to_receipt(request, page, raw_token)


def _to_receipt(request: HttpRequest, page: FormPage, raw_token: str) -> HttpResponse:
    address = request.path + page.reverse_subpage("show_receipt")
    response = HttpResponseRedirect(address)
    response.status_code = 303
    response.set_cookie(
        RECEIPT_COOKIE,
        raw_token,
        max_age=RECEIPT_AGE_S,
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return seal(response)


def receipt_view(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The receipt of what this browser sent; without its cookie, the way to the status page."""
    found = _sent_by_this_browser(request, page)
    if found is None:
        return seal(redirect(reverse("track") + "?bukti=0"))
    submission, pin = found
    return seal(TemplateResponse(request, "forms/receipt.html", _receipt_context(request, page, submission, pin)))


def receipt_image_view(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The receipt as a picture, to keep on the phone."""
    found = _sent_by_this_browser(request, page)
    if found is None:
        return seal(redirect("track"))
    submission, pin = found
    response = HttpResponse(rendering.receipt_image(submission, pin), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{submission.reference}.png"'
    return seal(response)


def _sent_by_this_browser(request: HttpRequest, page: FormPage) -> tuple[Submission, str | None] | None:
    token = references.read_token(request.COOKIES.get(RECEIPT_COOKIE, ""), page.pk)
    submission = services.ticket_of(token) if token else None
    if submission is None:
        return None
    return submission, references.pin_for_token(token.id) if submission.pin_version == 0 else None


def _receipt_context(request: HttpRequest, page: FormPage, submission: Submission, pin: str | None) -> dict:
    link = rendering.status_url(submission)
    return {
        **page.get_context(request),
        "submission_reference": submission.reference,
        "pin": pin,
        "status_url": link,
        "qr_svg": rendering.qr_svg(link),
        "due_text": format_datetime(submission.due_at),
        "due_reason": submission.due_reason,
        "submitted_text": f"Dikirim {format_datetime(submission.submitted_at)}",
        "answers": rendering.answers(submission),
        "what_happens_next": page.what_happens_next,
        "whatsapp_url": rendering.whatsapp_to_office(OfficeSettings.load(request_or_site=request).whatsapp, submission),
        "receipt_image_url": page.get_url(request) + page.reverse_subpage("show_receipt_image"),
    }


def known_channel(code: str) -> str:
    """Return the channel a ticket is stored under: a code of the table, else "lain"; without a code "web"."""
    if not code:
        return Channel.DEFAULT_CODE
    return code if code in channel_codes() else Channel.UNKNOWN_CODE


@per_generation
def channel_codes() -> frozenset[str]:
    """The codes of the table of channels."""
    return frozenset(Channel.objects.values_list("code", flat=True))


def _blank_form(request: HttpRequest, page: FormPage):
    token = references.issue_token(page.pk or 0)
    return page.form_class(page=page, token=token, channel=request.GET.get("ch", "")[:40])


def _with_new_token(form, page: FormPage):
    form.data = form.data.copy()
    form.data[TOKEN_FIELD] = references.renew_token(form.data.get(TOKEN_FIELD, ""), page.pk)
    return form


def _show(request: HttpRequest, page: FormPage, form, *, status: int = 200, notice: dict | None = None) -> HttpResponse:
    now = timezone.now()
    context = {
        **page.get_context(request),
        "form": form,
        "notice": notice,
        "what_happens_next": page.what_happens_next,
    }
    try:
        clock = office_clock()
        due = clock.due(now, page.target)
        context |= {"due_text": format_datetime(due), "due_reason": clock.explain(now, page.target, due)}
    except NoWorkingTime:
        context |= {"due_text": "", "due_reason": ""}  # an office without hours promises nothing
    response = TemplateResponse(request, page.get_template(request), context, status=status)
    # Each rendering has its own token, so no cache may hand it to a second visitor.
    # Not no-store: Back after a mended error must show the form again, not the browser's own warning.
    response["Cache-Control"] = "no-cache, private"
    return response


def _closed(request: HttpRequest, page: FormPage) -> HttpResponse:
    raw_token = request.POST.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk)
    if token and services.ticket_of(token):  # sent in time; the answer to it was lost on its way
        return _to_receipt(request, page, raw_token)
    status = 403 if request.method == "POST" else 200
    response = TemplateResponse(request, "forms/form_closed.html", page.get_context(request), status=status)
    response["Cache-Control"] = "no-cache, private"
    return response


def _too_many(retry_after: int) -> dict:
    minutes = max(1, round(retry_after / 60))
    return {
        "level": "warn",
        "title": "Belum terkirim",
        "text": f"Terlalu banyak kiriman dari jaringan ini. Isian Anda masih ada di bawah. "
        f"Silakan kirim lagi {minutes} menit lagi.",
    }


def preview_view(request: HttpRequest, page: FormPage, mode: str) -> HttpResponse:
    """What an editor sees before publishing: the form, the closed form, a receipt of invented content."""
    request.is_preview = True
    if mode == "closed":
        return TemplateResponse(request, "forms/form_closed.html", page.get_context(request))
    if mode == "receipt":
        return TemplateResponse(request, "forms/receipt.html", _example_receipt(request, page))
    return _show(request, page, _blank_form(request, page))


def _example_receipt(request: HttpRequest, page: FormPage) -> dict:
    now = timezone.now()
    questions = page.questions()
    example = Submission(
        reference=f"{page.ticket_prefix}-7F3K-29QX",
        submitted_at=now,
        due_at=now + dt.timedelta(days=2),
        answers={question.key: "Contoh jawaban" for question in questions if question.type == "singleline"},
        snapshot=FormSnapshot(form_title=page.title, questions=[question.as_json() for question in questions]),
    )
    return _receipt_context(request, page, example, "482913")
