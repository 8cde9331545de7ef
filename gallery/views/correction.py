"""“Perbaiki data”: the registration form once more, filled in, for whoever has the ticket open.

The same steps as the form itself, and as little script: all that was typed travels with each POST. A NIK is never
shown again, so one that is left empty stays; photos that the ticket has are kept until they are taken out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from forms import field_types, groups, references
from forms.builder import ACTION_FIELD, TOKEN_FIELD, PublicForm, QuestionFormBuilder
from forms.enums import MessageKind, Status
from forms.field_types.consent import Consent
from forms.field_types.files import DROP
from forms.field_types.identity import Encrypted
from forms.models import FormPage, Submission
from forms.questions import Question
from forms.views.attached import file_questions, form_with_files, form_with_stored_files
from forms.views.privacy import ticket_page
from forms.views.public import Action, show_form, step_to_mend, typed_answers, walk, with_new_token
from forms.views.track import keep_open, opened_ticket
from gallery import corrections, verification
from gallery.locks import Locked
from gallery.procedure import Registration
from siptenan.common import throttle
from siptenan.common.clients import client_address

LIMIT = throttle.Limit.parse("60/1h")
KEPT_NIK = "Kosongkan bila tidak berubah. NIK yang sudah Anda kirim tetap dipakai."

NOT_ASKED = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Petugas sedang memeriksa atau sudah memutuskan pendaftaran ini, jadi datanya tidak dapat diubah dari "
    "sini. Tulis perubahan Anda sebagai keterangan di halaman tiket.",
}
LOCKED = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Petugas sedang mengerjakan data usaha ini, jadi belum dapat diubah. Isian Anda masih ada di bawah. Coba "
    "kirim lagi nanti, atau tulis perubahannya sebagai keterangan di halaman tiket.",
}
UNCHANGED = {
    "level": "info",
    "title": "Belum ada yang berubah",
    "text": "Semua isian masih sama seperti yang sudah Anda kirim. Ubah dulu yang perlu diperbaiki.",
}
STALE = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Halaman ini sudah terlalu lama terbuka. Isian Anda masih ada di bawah. Silakan kirim sekali lagi.",
}
TOO_MANY = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Terlalu banyak kiriman dalam satu jam. Isian Anda masih ada di bawah. Coba lagi nanti.",
}


class CorrectionFormBuilder(QuestionFormBuilder):
    """The questions of the form, but for consents, which hold on; what is encrypted may be left empty."""

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        self.questions = tuple(_asked_again(row) for row in self.questions if row.type != Consent.code)


def _asked_again(question: Question) -> Question:
    if isinstance(field_types.get(question.type), Encrypted):
        return replace(question, required=False, help_text=KEPT_NIK)
    return question


@ticket_page
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """GET shows the form as it was filled in; POST goes a step on or back, or stores the correction."""
    ticket = opened_ticket(request)
    if ticket is None:
        return _expired(request) if request.method == "POST" else redirect("track")
    if ticket.form.procedure != Registration.code:
        return redirect("track-ticket")
    page = _page(ticket)
    if request.method != "POST":
        if ticket.status != Status.NEEDS_CORRECTION:
            return redirect("track-ticket")
        form = _form_of_ticket(page, ticket)
        return keep_open(show_form(request, page, form, notice=_what_to_correct(ticket)), ticket)
    form = _with_own_files(form_with_files(request, page), page, ticket, request.POST)
    action = request.POST.get(ACTION_FIELD) or (Action.CHECK if page.check_answers else Action.SEND)
    response = _send(request, page, form, ticket) if action == Action.SEND else walk(request, page, form, action)
    return keep_open(response, ticket)


def _page(ticket: Submission) -> FormPage:
    """The page of the form, made for a correction: this object only, nothing of it is stored."""
    page: FormPage = ticket.form
    page.form_builder = CorrectionFormBuilder
    page.title, page.seo_title = f"Perbaiki data {ticket.reference}", ""
    page.introduction = "Isian Anda sudah terisi. Ubah yang perlu diperbaiki saja, lalu kirim."
    page.button_text = "Kirim perbaikan"
    page.what_happens_next = "Petugas memeriksa perbaikan Anda. Nomor tiket dan PIN tetap sama."
    page.can_be_resumed = False
    page.is_live = False  # the script would bring back a draft of another form, and wait for a receipt
    return page


def _form_of_ticket(page: FormPage, ticket: Submission) -> PublicForm:
    raw_token = references.issue_token(page.pk)
    token = references.read_token(raw_token, page.pk)
    if token is None:
        raise RuntimeError("A token that was just made is not good.")
    data = QueryDict(mutable=True)
    for question in ticket.snapshot.question_list():
        kind = field_types.get(question.type)
        if kind.is_question:
            for name, values in kind.typed(question, ticket.answers.get(question.key, "")).items():
                data.setlist(name, values)
    for name, count in groups.counts_of(ticket.snapshot.question_list()).items():
        data[name] = count
    data[TOKEN_FIELD] = raw_token
    form = _with_own_files(form_with_stored_files(data.copy(), page, token), page, ticket, data)
    form.is_valid()
    form.keep_errors([])
    return form


def _with_own_files(form: PublicForm, page: FormPage, ticket: Submission, sent: QueryDict) -> PublicForm:
    """Put the files that the ticket has, and that were not taken out, before those that came with this form."""
    form.kept_secrets = {
        question.key: ticket.answers[question.key]
        for question in ticket.snapshot.question_list()
        if isinstance(field_types.get(question.type), Encrypted) and ticket.answers.get(question.key)
    }
    own = {str(upload.pk): upload for upload in ticket.uploads.all()}
    found = dict(form.uploads)
    for question in file_questions(form.questions):
        dropped = sent.getlist(question.key + DROP)
        kept = [own[pk] for pk in sent.getlist(question.key) if pk in own and pk not in dropped]
        new = [upload for upload in found.get(question.key, ()) if str(upload.pk) not in own]
        found[question.key] = [*kept, *new]
        ids = [str(upload.pk) for upload in found[question.key]]
        form.data.pop(question.key, None)
        if ids:
            form.data.setlist(question.key, ids)
    form.uploads = found
    return form


def _send(request: HttpRequest, page: FormPage, form: PublicForm, ticket: Submission) -> HttpResponse:
    token = references.read_token(request.POST.get(TOKEN_FIELD, ""), page.pk)
    is_valid = form.is_valid()
    if token is None or not is_valid:
        if token is None:
            form = with_new_token(form, page)
        return _again(request, page, form, STALE if is_valid else None, 422)
    verdict = throttle.hit("correction", f"{ticket.pk}:{client_address(request)}", LIMIT)
    if not verdict.allowed:
        response = _again(request, page, form, TOO_MANY, 429)
        response["Retry-After"] = str(verdict.retry_after)
        return response
    try:
        corrections.send(ticket, form.questions, form.answers(), token)
    except corrections.NotAsked:
        return _again(request, page, form, NOT_ASKED, 409)
    except Locked:
        return _again(request, page, form, LOCKED, 409)
    except corrections.Unchanged:
        if ticket.status == Status.NEEDS_CORRECTION:
            return _again(request, page, form, UNCHANGED, 422)
    response = redirect(f"{reverse('track-ticket')}?terkirim=perbaikan")
    response.status_code = 303
    return response


def _again(request: HttpRequest, page: FormPage, form: PublicForm, notice: dict | None, status: int) -> HttpResponse:
    return show_form(request, page, form, status=status, notice=notice, step=step_to_mend(page, form))


def _what_to_correct(ticket: Submission) -> dict[str, str]:
    """What the officer asked for, to be read while correcting."""
    asked = ticket.messages.filter(kind=MessageKind.REPLY).order_by("created_at", "pk").last()
    text = asked.body.removesuffix(verification.HOW_TO_CORRECT).strip() if asked else ""
    return {"level": "warn", "title": "Pesan petugas", "text": text}


def _expired(request: HttpRequest) -> HttpResponse:
    """The ticket is closed on this browser; what was typed meanwhile is shown, so that it can be copied."""
    page = FormPage.objects.live().filter(procedure=Registration.code).first()
    if page is not None:
        page.form_builder = CorrectionFormBuilder
    typed = typed_answers(request.POST, page) if page else []
    return TemplateResponse(request, "gallery/correction_expired.html", {"typed": typed}, status=422)
