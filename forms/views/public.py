"""A form page as visitors see it: the form, what is sent with it, and the receipt."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from forms import field_types, groups, references, saved_forms, services, spam
from forms.builder import (
    ACTION_FIELD,
    CHANNEL_FIELD,
    CHECKED_FIELD,
    HONEYPOT_FIELD,
    SAVED_FIELD,
    STEP_FIELD,
    TOKEN_FIELD,
    PublicForm,
)
from forms.clock import NoWorkingTime
from forms.models import FormPage
from forms.models.form_page import Layout
from forms.office import office_clock
from forms.steps import Section, checked, position_of, sections
from forms.views.attached import form_with_files, with_other_copies
from forms.views.privacy import seal
from forms.views.receipt import to_receipt, to_what_was_sent, wants_json
from siptenan.common.channels import channel_of
from siptenan.common.clients import client_address
from siptenan.common.dates import format_datetime
from siptenan.common.generation import per_generation
from siptenan.common.models import Channel
from siptenan.common.throttle import Allowance, Exceeded, Limit

SPAM_FACTOR = 10  # times the limit of sends


class Action(StrEnum):
    """What the pressed button asks for; a form of one page has only the last two."""

    NEXT = "lanjut"
    BACK = "kembali"
    TO = "ke:"  # followed by the key of a question or section
    ADD = "tambah:"  # followed by the key of a group
    REMOVE = "buang:"  # followed by that and the number of the copy: buang:produk:2
    CHECK = "periksa"
    SAVE = "simpan"
    SEND = "kirim"


STALE = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Halaman ini sudah terlalu lama terbuka. Isian Anda masih ada di bawah. "
    "Silakan tekan tombol kirim sekali lagi.",
}


def form_view(request: HttpRequest, page: FormPage) -> HttpResponse:
    """GET shows the form; POST goes a step on or back, shows what is to be mended, or stores a ticket.

    A form that has made its ticket shows no step any more: Back on a shared phone must not show what was typed.
    """
    if not page.is_open:
        return _closed(request, page)
    if request.method != "POST":
        return show_form(request, page, blank_form(request, page))
    action = request.POST.get(ACTION_FIELD) or (Action.CHECK if page.check_answers else Action.SEND)
    if action != Action.SEND and services.token_of_a_ticket(request.POST.get(TOKEN_FIELD, ""), page):
        return to_what_was_sent(request, page)
    if reference := request.POST.get(SAVED_FIELD):
        _follow(request, page, reference)
    form = form_with_files(request, page)
    if action == Action.SEND:
        return _send(request, page, form)
    if action == Action.SAVE and page.can_be_resumed:
        from forms.views.resume import save_view  # it shows forms with this module

        return save_view(request, page, form)
    return walk(request, page, form, action)


def _follow(request: HttpRequest, page: FormPage, reference: str) -> None:
    """This was a saved form: what belongs to it follows to where it is filled in now."""
    if token := references.read_token(request.POST.get(TOKEN_FIELD, ""), page.pk):
        saved_forms.take_over(reference, token)


def walk(request: HttpRequest, page: FormPage, form: PublicForm, action: str) -> HttpResponse:
    """Show another step, or the answers to check. Nothing is stored; all that was typed goes along."""
    form.is_valid()
    if references.read_token(request.POST.get(TOKEN_FIELD, ""), page.pk) is None:
        form = with_new_token(form, page)
    steps = sections(form, asked_only=True) if page.layout == Layout.STEPS else []
    here = step_number(request.POST.get(STEP_FIELD, ""), len(steps))
    if action == Action.BACK:
        return show_form(request, page, _without_errors(form), step=max(1, here - 1))
    if action.startswith((Action.ADD, Action.REMOVE)):
        form, focus = with_other_copies(form, page, action.partition(":")[2])
        form.is_valid()
        form.keep_errors(form.upload_errors)  # a file that was refused has to be chosen again, now or never
        return show_form(request, page, form, step=here, focus=focus)
    if action.startswith(Action.TO):
        wanted = action.removeprefix(Action.TO)
        return show_form(request, page, _without_errors(form), step=position_of(wanted, steps), focus=wanted)
    if steps and action == Action.NEXT and here < len(steps):  # nobody has seen the questions that follow
        form.keep_errors([key for step in steps if step.number <= here for key in step.keys])
    if form.errors:
        return show_form(request, page, form, step=_first_wrong(form, steps), status=422)
    if steps and action == Action.NEXT and here < len(steps):
        return show_form(request, page, form, step=here + 1)
    if steps and not page.check_answers:
        return show_form(request, page, form, step=len(steps))
    carried, shown = form.carried(form.asked_keys), checked(form, form.answers())
    context = {"sections": shown, "carried": carried, "step_count": len(steps)}
    # "Not sent yet" must not come back from the browser's store once it has been sent: Back asks us again.
    return seal(form_response(request, page, form, "forms/check_answers.html", **context))


def step_number(text: str, last: int) -> int:
    """The number of the step a browser says it comes from, within what there is."""
    return min(max(1, int(text)), max(1, last)) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _first_wrong(form: PublicForm, steps: list[Section]) -> int:
    return next((step.number for step in steps for key in step.keys if key in form.errors), 1)


def _without_errors(form: PublicForm) -> PublicForm:
    form.keep_errors([])
    return form


def _send(request: HttpRequest, page: FormPage, form: PublicForm) -> HttpResponse:
    raw_token = request.POST.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk) or services.token_of_a_ticket(raw_token, page)
    is_valid = form.is_valid()
    if token is None:
        form = with_new_token(form, page)
    if token is None or not is_valid:
        if wants_json(request):
            return JsonResponse({"errors": form.errors, "token": form[TOKEN_FIELD].value()}, status=422)
        notice = STALE if is_valid else None
        return show_form(request, page, form, status=422, notice=notice, step=step_to_mend(page, form))
    answers = form.answers()
    spam_reasons = spam.reasons(token, form.cleaned_data[HONEYPOT_FIELD], answers)
    try:
        submission = services.submit(
            page,
            form.questions,
            answers,
            token,
            channel=known_channel(form.cleaned_data[CHANNEL_FIELD]),
            spam_reasons=spam_reasons,
            allowance=_allowance(request, page, is_spam=bool(spam_reasons)),
        )
    except Exceeded as refusal:
        notice = _too_many(refusal.retry_after)
        if wants_json(request):
            headers = {"Retry-After": str(refusal.retry_after)}
            return JsonResponse({"notice": notice["text"]}, status=429, headers=headers)
        response = show_form(request, page, form, status=429, notice=notice, step=step_to_mend(page, form))
        response["Retry-After"] = str(refusal.retry_after)
        return response
    if page.can_be_resumed:
        saved_forms.forget(token)
    return to_receipt(request, page, token, submission.reference)


def step_to_mend(page: FormPage, form: PublicForm) -> int:
    """The step to mend; the last one when nothing is wrong with the answers."""
    if page.layout != Layout.STEPS:
        return 1
    steps = sections(form, asked_only=True)
    return _first_wrong(form, steps) if form.errors else len(steps)


def _allowance(request: HttpRequest, page: FormPage, *, is_spam: bool) -> Allowance:
    """How often an address may send. Spam has a wider limit: the tray takes it, nobody is disturbed."""
    limit, scope = Limit.parse(settings.SUBMIT_LIMIT), "submit"
    if is_spam:
        limit, scope = replace(limit, count=limit.count * SPAM_FACTOR), "spam"
    return Allowance(f"{scope}:{page.pk}", client_address(request), limit)


def known_channel(code: str) -> str:
    """Return the channel a ticket is stored under: a code of the table, else "lain"; without a code "web"."""
    if not code:
        return Channel.DEFAULT_CODE
    return code if code in channel_codes() else Channel.UNKNOWN_CODE


@per_generation
def channel_codes() -> frozenset[str]:
    """The codes of the table of channels."""
    return frozenset(Channel.objects.values_list("code", flat=True))


def blank_form(request: HttpRequest, page: FormPage) -> PublicForm:
    """The form as a visitor who has just come gets it, with a token of its own."""
    token = references.issue_token(page.pk or 0)
    return page.form_class(page=page, token=token, channel=channel_of(request))


def with_new_token(form: PublicForm, page: FormPage) -> PublicForm:
    if references.read_token(form.data.get(TOKEN_FIELD, ""), page.pk):
        return form  # files that came with it have it already
    form.data = form.data.copy()
    form.data[TOKEN_FIELD] = references.renew_token(form.data.get(TOKEN_FIELD, ""), page.pk)
    return form


def blank_form_context(request: HttpRequest, page: FormPage) -> dict:
    """What a page of another type needs to show an open form; it must answer with `keep_out_of_caches`."""
    form = blank_form(request, page)
    return {"form": form, "sections": sections(form, asked_only=False), "form_page": page, **_promise(page)}


def keep_out_of_caches(response: HttpResponse) -> HttpResponse:
    """Each rendering has a token of its own, so no cache may hand it to a second visitor.

    Not no-store: Back after a mended error must show the form again, not the browser's own warning.
    """
    response["Cache-Control"] = "no-cache, private"
    return response


def _promise(page: FormPage) -> dict[str, str]:
    """By when an answer is due if it is sent now, and why; an office without hours promises nothing."""
    now, clock = timezone.now(), office_clock()
    try:
        due = clock.due(now, page.target)
        return {"due_text": format_datetime(due), "due_reason": clock.explain(now, page.target, due)}
    except NoWorkingTime:
        return {"due_text": "", "due_reason": ""}


def form_response(
    request: HttpRequest, page: FormPage, form: PublicForm, template: str, status: int = 200, **context: Any
) -> TemplateResponse:
    """A page about a form: with its texts and by when an answer is due."""
    shared = {**page.get_context(request), "form": form, "what_happens_next": page.what_happens_next}
    return TemplateResponse(request, template, {**shared, **_promise(page), **context}, status=status)


def show_form(
    request: HttpRequest,
    page: FormPage,
    form: PublicForm,
    *,
    status: int = 200,
    notice: dict | None = None,
    step: int = 1,
    focus: str = "",
    asked_only: bool = True,
    action: str = "?kirim",
) -> HttpResponse:
    """The form: all of it, or one step of it and the rest as hidden inputs.

    Without `asked_only` a step counts although the answers hide it, as an editor counts. `action` is where it is sent.
    """
    by_steps = page.layout == Layout.STEPS
    shown = sections(form, asked_only=by_steps and asked_only)
    context: dict[str, Any] = {"notice": notice, "sections": shown, "focus": focus, "action": action}
    if by_steps and shown:
        current = shown[min(step, len(shown)) - 1]
        form.keep_errors(current.keys)  # a link of the summary to another step would lead nowhere
        context |= {
            "sections": [current],
            "step": current,
            "step_count": len(shown),
            "was_checked": page.check_answers and CHECKED_FIELD in request.POST,
            "carried": form.carried(form.asked_keys - set(current.keys)),
        }
    return keep_out_of_caches(form_response(request, page, form, page.get_template(request), status, **context))


def _closed(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The form is closed; what somebody typed meanwhile is shown, so that it can be copied."""
    raw_token = request.POST.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk, max_age=None)
    if token and (sent := services.ticket_of(token)):  # in time; the answer to it was lost on its way
        return to_receipt(request, page, token, sent.reference)
    return closed_page(request, page, request.POST, status=403 if request.method == "POST" else 200)


def closed_page(request: HttpRequest, page: FormPage, data: QueryDict, *, status: int = 200) -> HttpResponse:
    """That the form is closed, and what was typed into it."""
    context = {**page.get_context(request), "typed": typed_answers(data, page) if data else []}
    return keep_out_of_caches(TemplateResponse(request, "forms/form_closed.html", context, status=status))


def typed_answers(data: QueryDict, page: FormPage) -> list[tuple[str, str]]:
    """What was typed, by label: as it would be shown, or letter by letter where that cannot be done."""
    form = page.form_class.for_data(data)(data, page=page)
    form.is_valid()
    found = []
    for question in form.questions:
        kind = field_types.get(question.type)
        if not kind.is_question or question.type == "hidden":
            continue
        typed = " ".join(text for name in kind.names(question) for text in data.getlist(name) if text.strip())
        answer = kind.to_answer(form.cleaned_data.get(question.key)) if typed else ""
        # Text stays as it was typed; of an answer in parts the browser sends codes, which nobody can read.
        text = typed if isinstance(answer, str) else kind.display(answer)
        found.append((groups.label_of(question), text))
    return [(label, text) for label, text in found if text]


def _too_many(retry_after: int) -> dict:
    minutes = max(1, round(retry_after / 60))
    return {
        "level": "warn",
        "title": "Belum terkirim",
        "text": f"Terlalu banyak kiriman dari jaringan ini. Isian Anda masih ada di bawah. "
        f"Silakan kirim lagi {minutes} menit lagi.",
    }
