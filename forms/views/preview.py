"""What an editor sees before publishing: every state of a form, filled with invented answers. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from forms import conditions, groups, health, outbox, permissions
from forms.builder import TOKEN_FIELD
from forms.examples import PIN, example_answers, example_ticket
from forms.models import FormPage, OutgoingMail, Submission
from forms.models.mail import MailKind
from forms.questions import Question
from forms.steps import Block, checked, outline, sections
from forms.views.public import blank_form, form_response, show_form, step_to_mend
from forms.views.receipt import receipt_context

COPIES = "copies"
STEP = "step-"  # followed by the number of a step, from 2 on: the first is what the form opens with

NOTHING_REQUIRED = {
    "level": "info",
    "title": "Tidak ada pertanyaan wajib",
    "text": "Formulir kosong dapat dikirim, jadi tidak ada pesan kesalahan.",
}
ALL_WELL = {"level": "ok", "title": "Semua baik", "text": "Formulir ini siap diterbitkan."}
NO_ADDRESS_OF_VISITORS = (
    "Formulir ini tidak menanyakan email dengan arti “Email pemohon”, jadi pengirim tidak mendapat surel."
)
NO_ADDRESS_OF_OFFICERS = "“Kirim pemberitahuan ke” masih kosong, jadi surel tiket baru tidak dikirim kepada siapa pun."
# What each mail tells, by when it is sent.
TO_VISITORS = {MailKind.RECEIPT: "Segera sesudah mengirim", MailKind.ANSWERED: "Saat petugas membalas"}
TO_OFFICERS = {
    MailKind.NEW_TICKET: "Segera sesudah ada kiriman",
    MailKind.ASSIGNED: "Saat tiket didisposisikan",
    MailKind.ADDED: "Saat pemohon menambah keterangan",
}
ANY_OFFICER = "petugas@contoh.id"


def preview_modes(page: FormPage) -> list[tuple[str, str]]:
    """Return code and label of every state; the steps are those of the questions as they are now."""
    steps = outline(page.questions()) if page.in_steps else []
    labels = [f"Langkah {number}: {step.title}".removesuffix(": ") for number, step in enumerate(steps, 1)]
    return [
        ("form", labels[0] if labels else "Formulir"),
        *((f"{STEP}{number}", label) for number, label in enumerate(labels[1:], 2)),
        *([(COPIES, "Kelompok diisi dua kali")] if _repeated(page) else []),
        ("errors", "Dengan kesalahan"),
        *([("check", "Periksa jawaban")] if page.check_answers else []),
        ("receipt", "Bukti kirim"),
        ("print", "Bukti kirim di kertas"),
        ("mail-visitor", "Surel kepada pengirim"),
        ("mail-officer", "Surel kepada petugas"),
        ("closed", "Saat ditutup"),
        ("health", "Kesehatan formulir"),
    ]


def preview_view(request: HttpRequest, page: FormPage, mode: str) -> HttpResponse:
    """One state of the page. A mode that is gone, such as a step that was taken away, shows the nearest."""
    request.is_preview = True
    if mode.startswith(STEP):
        number = mode.removeprefix(STEP)
        step = int(number) if number.isascii() and number.isdecimal() else 1
        return show_form(request, page, blank_form(request, page), step=max(1, step), asked_only=False)
    return _VIEWS.get(mode, _form)(request, page)


def _form(request: HttpRequest, page: FormPage) -> HttpResponse:
    return show_form(request, page, blank_form(request, page), asked_only=False)


def _repeated(page: FormPage) -> list[Question]:
    return [row for row in groups.rows_of(page.questions()) if row.repeats > 1]


def _copies(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The first group, filled in twice; where it is gone meanwhile, the form."""
    twice = {groups.control(row): "2" for row in _repeated(page)}
    token = blank_form(request, page)[TOKEN_FIELD].value()
    form = page.form_class.for_data(twice)(page=page, token=token)
    found = [
        section.number for section in sections(form, asked_only=False) for block in section.blocks if _is_second(block)
    ]
    return show_form(request, page, form, step=found[0] if found else 1, asked_only=False)


def _is_second(block: Block) -> bool:
    return block.copy is not None and block.copy.number == 2


def _errors(request: HttpRequest, page: FormPage) -> HttpResponse:
    """What a visitor reads who sends everything empty."""
    nothing = QueryDict(mutable=True)
    nothing[TOKEN_FIELD] = blank_form(request, page)[TOKEN_FIELD].value()
    form = page.form_class(nothing, page=page)
    notice = NOTHING_REQUIRED if form.is_valid() else None
    return show_form(request, page, form, notice=notice, step=1 if notice else step_to_mend(page, form))


def _check(request: HttpRequest, page: FormPage) -> HttpResponse:
    form = blank_form(request, page)
    answers = example_answers(form.questions)
    form.visible = conditions.visible_keys(form.questions, answers)
    context = {"sections": checked(form, answers), "step_count": len(outline(form.questions))}
    return form_response(request, page, form, "forms/check_answers.html", **context)


def _receipt(request: HttpRequest, page: FormPage) -> HttpResponse:
    return TemplateResponse(request, "forms/receipt.html", receipt_context(request, page, example_ticket(page), PIN))


def _print(request: HttpRequest, page: FormPage) -> HttpResponse:
    context = receipt_context(request, page, example_ticket(page), PIN)
    return TemplateResponse(request, "forms/receipt.html", {**context, "on_paper": True})


def _mail_to_visitors(request: HttpRequest, page: FormPage) -> HttpResponse:
    ticket = example_ticket(page)
    mails = [_mail(ticket, kind, when, ticket.email) for kind, when in TO_VISITORS.items()] if ticket.email else []
    return _mails(request, page, "Surel kepada pengirim", mails, "" if mails else NO_ADDRESS_OF_VISITORS)


def _mail_to_officers(request: HttpRequest, page: FormPage) -> HttpResponse:
    ticket = example_ticket(page)
    told = {MailKind.NEW_TICKET: ", ".join(page.notify_addresses)}
    mails = [
        _mail(ticket, kind, when, told.get(kind, ANY_OFFICER))
        for kind, when in TO_OFFICERS.items()
        if told.get(kind, ANY_OFFICER)
    ]
    return _mails(request, page, "Surel kepada petugas", mails, "" if page.notify_addresses else NO_ADDRESS_OF_OFFICERS)


def _mail(ticket: Submission, kind: MailKind, when: str, recipient: str) -> dict:
    message = outbox.message(OutgoingMail(kind=kind, submission=ticket, recipient=recipient))
    return {
        "when": when,
        "sender": message.from_email,
        "recipient": recipient,
        "subject": message.subject,
        "body": message.body,
    }


def _mails(request: HttpRequest, page: FormPage, heading: str, mails: list[dict], warning: str) -> HttpResponse:
    notice = {"level": "warn", "title": "Tidak dikirim", "text": warning} if warning else None
    context = {**page.get_context(request), "heading": heading, "mails": mails, "notice": notice}
    return TemplateResponse(request, "forms/mail_preview.html", context)


def _closed(request: HttpRequest, page: FormPage) -> HttpResponse:
    return TemplateResponse(request, "forms/form_closed.html", page.get_context(request))


def _health(request: HttpRequest, page: FormPage) -> HttpResponse:
    """What is to be mended in what stands in the editor at this moment, saved or not."""
    notices = [
        {
            "level": "error" if finding.severity == health.Severity.MUST else "warn",
            "title": f"{finding.severity}: {finding.wrong}",
            "text": finding.advice,
        }
        for finding in health.findings(page, has_officer=permissions.is_given_to_somebody(page))
    ]
    context = {**page.get_context(request), "notices": notices or [ALL_WELL]}
    return TemplateResponse(request, "forms/health_preview.html", context)


_VIEWS: dict[str, Callable[[HttpRequest, FormPage], HttpResponse]] = {
    "form": _form,
    COPIES: _copies,
    "errors": _errors,
    "check": _check,
    "receipt": _receipt,
    "print": _print,
    "mail-visitor": _mail_to_visitors,
    "mail-officer": _mail_to_officers,
    "closed": _closed,
    "health": _health,
}
