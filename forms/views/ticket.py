"""One ticket: what was sent, the thread, the facts, and what an officer may do with it.

Every view starts at permissions.tickets_for(user): a ticket of a form that is not his is not found.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View
from siptenan.common.dates import format_datetime
from siptenan.common.models import Channel

from forms import permissions, rendering, services, spam
from forms.enums import (
    MOVES,
    REASON_REQUIRED,
    ContactOutcome,
    EventKind,
    MessageKind,
    Status,
    move_label,
)
from forms.models import Attachment, Message, Submission
from forms.views.privacy import seal

HELD_FOR = dt.timedelta(minutes=10)  # how long a colleague's open page is taken to be in use
BODY_MAX = 10_000


class TicketForm(forms.Form):
    """Base of the forms on the ticket page: which version the officer was looking at."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_event = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReplyForm(TicketForm):
    body = forms.CharField(
        label="Balasan",
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": "Balasan belum diisi.",
            "max_length": "Balasan terlalu panjang: paling banyak %(limit_value)d huruf.",
        },
    )


class NoteForm(forms.Form):
    use_required_attribute = False
    body = forms.CharField(
        label="Catatan internal",
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya dibaca petugas. Pemohon tidak pernah melihatnya.",
        error_messages={"required": "Catatan belum diisi."},
    )


class MoveForm(TicketForm):
    target = forms.ChoiceField(choices=Status.choices)
    reason = forms.CharField(label="Alasan", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class AssignForm(TicketForm):
    officer = forms.ModelChoiceField(label="Petugas", queryset=None, required=False, empty_label="Belum ada petugas")
    note = forms.CharField(
        label="Pesan", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Masuk ke catatan internal.",
    )  # fmt: skip

    def __init__(self, *args: Any, ticket: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = permissions.officers_for(ticket.form)


class TicketView(View):
    """The page itself. Looking at it is recorded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_use_inbox(request.user):
            raise PermissionDenied
        self.ticket = get_object_or_404(
            permissions.tickets_for(request.user).select_related("form", "snapshot", "assignee", "viewer"),
            pk=kwargs["pk"],
        )
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        response = self.page()
        response.render()  # before the look is recorded, or the officer would be told of himself
        services.record_view(self.ticket, by=request.user)
        return response

    def page(self, *, status: int = 200, **extra: Any) -> TemplateResponse:
        """Render the page; `extra` replaces a bound form or adds a notice."""
        return TemplateResponse(self.request, "forms/admin/ticket.html", {**self._context(), **extra}, status=status)

    def _context(self) -> dict:
        ticket, user = self.ticket, self.request.user
        history = list(ticket.events.order_by("at", "pk"))
        seen = {"version": ticket.version, "seen_event": history[-1].pk if history else 0}
        can_answer = permissions.can_answer(user)
        return {
            "page_title": ticket.reference,
            "header_title": f"{ticket.reference} · {ticket.snapshot.form_title}",
            "header_icon": "mail",
            "breadcrumbs_items": [
                {"url": reverse("inbox:terbuka"), "label": "Kotak masuk"},
                {"url": "", "label": ticket.reference},
            ],
            "ticket": ticket,
            "channel_name": Channel.objects.filter(code=ticket.channel).values_list("name", flat=True).first()
            or ticket.channel,
            "answers": rendering.answers(ticket),
            "thread": ticket.messages.prefetch_related("attachments", "revisions"),
            "history": history,
            "status_level": rendering.STATUS_LEVELS[Status(ticket.status)],
            "spam_reasons": [spam.REASONS.get(code, code) for code in ticket.spam_reasons],
            "held_by": self._held_by(),
            "can_answer": can_answer,
            "can_reply": can_answer and ticket.status not in (Status.DONE, Status.REJECTED, Status.SPAM),
            "can_assign": permissions.can_assign(user),
            "moves": [
                {
                    "target": target.value,
                    "label": move_label(ticket.status, target),
                    "needs_reason": target in REASON_REQUIRED,
                }
                for target in MOVES[Status(ticket.status)]
            ]
            if can_answer
            else [],
            "reply_form": ReplyForm(initial=seen),
            "move_form": MoveForm(initial=seen),
            "assign_form": AssignForm(ticket=ticket, initial={**seen, "officer": ticket.assignee_id}),
            "note_form": NoteForm(),
            "outcomes": ContactOutcome.choices,
            "whatsapp_url": rendering.whatsapp_to_visitor(ticket),
            "asks_outcome": _last_contact_has_no_outcome(history),
        }

    def _held_by(self) -> str:
        ticket, user = self.ticket, self.request.user
        fresh = ticket.viewed_at and ticket.viewed_at > timezone.now() - HELD_FOR
        if ticket.viewer and ticket.viewer != user and fresh:
            return f"{ticket.viewer} sedang membuka tiket ini (sejak {format_datetime(ticket.viewed_at)})."
        if ticket.assignee and ticket.assignee != user:
            return f"Tiket ini dipegang {ticket.assignee}."
        return ""

    def refused(self, name: str, form: TicketForm) -> HttpResponse:
        """The second of two officers: nothing is saved, what he typed stays, and what changed is shown."""
        seen = form.cleaned_data.get("seen_event") or 0
        events = self.ticket.events.filter(pk__gt=seen).exclude(kind=EventKind.VIEWED).order_by("pk")
        since = events[0].at if events else timezone.now()
        changed = self.ticket.messages.filter(created_at__gte=since) | self.ticket.messages.filter(edited_at__gte=since)
        self.ticket.refresh_from_db()
        fresh = type(form)(
            {**form.data.dict(), "version": self.ticket.version, "seen_event": events.last().pk if events else seen},
            **({"ticket": self.ticket} if isinstance(form, AssignForm) else {}),
        )
        return self.page(
            status=409,
            changes={
                "events": events,
                "messages": changed.prefetch_related("revisions"),
                "typed": form.cleaned_data.get("body") or form.cleaned_data.get("reason") or "",
            },
            **{name: fresh},
        )


class TicketAction(TicketView):
    """A change of the ticket by POST: checked, done by a service, and back to the page."""

    http_method_names = ["post"]
    allowed = staticmethod(permissions.can_answer)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def done(self, text: str) -> HttpResponse:
        """Back to the ticket with a message; the message holds nothing personal."""
        messages.success(self.request, text)
        return redirect("ticket:detail", self.ticket.pk)

    def failed(self, text: str) -> HttpResponse:
        """Back to the ticket with a refusal."""
        messages.error(self.request, text)
        return redirect("ticket:detail", self.ticket.pk)


class ReplyView(TicketAction):
    """Send a reply."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, reply_form=form)
        try:
            services.reply(
                self.ticket, form.cleaned_data["body"], by=request.user, version=form.cleaned_data["version"]
            )
        except services.StaleTicket:
            return self.refused("reply_form", form)
        except services.IllegalMove:
            return self.failed("Tiket ini sudah ditutup. Buka lagi dulu sebelum membalas.")
        return self.done("Balasan terkirim. Pemohon dapat membacanya sekarang.")


class EditReplyView(TicketAction):
    """Change a reply that was sent; the former wording stays in the versions."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int, message: int) -> HttpResponse:
        reply = self._reply(message)
        return self.page(editing=reply, edit_form=self._form(reply))

    def post(self, request: HttpRequest, pk: int, message: int) -> HttpResponse:
        reply = self._reply(message)
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, editing=reply, edit_form=form)
        try:
            services.edit_reply(reply, form.cleaned_data["body"], by=request.user, version=form.cleaned_data["version"])
        except services.StaleTicket:
            return self.refused("edit_form", form)
        return self.done("Balasan diubah. Pemohon melihat bahwa balasan ini pernah diubah.")

    def _reply(self, pk: int) -> Message:
        return get_object_or_404(self.ticket.messages.filter(kind=MessageKind.REPLY), pk=pk)

    def _form(self, reply: Message) -> ReplyForm:
        last = self.ticket.events.order_by("-pk").values_list("pk", flat=True).first()
        return ReplyForm(initial={"body": reply.body, "version": self.ticket.version, "seen_event": last})


class NoteView(TicketAction):
    """Write an internal note."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, note_form=form)
        services.add_note(self.ticket, form.cleaned_data["body"], by=request.user)
        return self.done("Catatan internal disimpan.")


class MoveView(TicketAction):
    """Change the status by one of the allowed moves."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = MoveForm(request.POST)
        if not form.is_valid():
            return self.failed("Pilih status yang tersedia.")
        target = form.cleaned_data["target"]
        try:
            services.move(
                self.ticket,
                target,
                by=request.user,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except services.StaleTicket:
            return self.refused("move_form", form)
        except services.IllegalMove:
            current = Status(self.ticket.status).label
            return self.failed(f"Tiket berstatus {current} tidak dapat langsung menjadi {Status(target).label}.")
        except services.ReasonMissing:
            return self.failed("Tulis alasan penolakan. Pemohon akan membacanya.")
        return self.done(f"Status tiket sekarang {Status(target).label}.")


class AssignView(TicketAction):
    """Hand the ticket to an officer of its form."""

    allowed = staticmethod(permissions.can_assign)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = AssignForm(request.POST, ticket=self.ticket)
        if not form.is_valid():
            return self.page(status=422, assign_form=form)
        officer = form.cleaned_data["officer"]
        try:
            services.assign(
                self.ticket,
                officer,
                by=request.user,
                version=form.cleaned_data["version"],
                note=form.cleaned_data["note"],
            )
        except services.StaleTicket:
            return self.refused("assign_form", form)
        return self.done(f"Tiket didisposisikan kepada {officer}." if officer else "Disposisi dibatalkan.")


class PinView(TicketAction):
    """Issue a new PIN, shown once in the answer to this very request and kept nowhere in clear."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        pin = services.issue_pin(self.ticket, by=request.user)
        self.ticket.refresh_from_db()
        return self.page(new_pin=pin)


class WhatsAppView(TicketAction):
    """Record that WhatsApp was opened, then open it: number and link only, never the question."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        url = rendering.whatsapp_to_visitor(self.ticket)
        if url is None:
            return self.failed("Pemohon tidak memberi nomor WhatsApp.")
        services.record_whatsapp(self.ticket, by=request.user)
        return redirect(url)


class ContactOutcomeView(TicketAction):
    """Record how the contact by WhatsApp ended."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        outcome = request.POST.get("outcome", "")
        if outcome not in ContactOutcome.values:
            return self.failed("Pilih hasil kontak yang tersedia.")
        services.record_contact(self.ticket, outcome, by=request.user)
        return self.done("Hasil kontak dicatat.")


class PhotoView(TicketView):
    """A photo of the ticket, for those who may see the ticket."""

    def get(self, request: HttpRequest, pk: int, photo: Any) -> HttpResponse:
        attachment = get_object_or_404(Attachment, pk=photo, submission=self.ticket)
        return FileResponse(
            attachment.file.open("rb"), content_type=attachment.content_type, filename=f"{self.ticket.reference}.jpg"
        )


def _last_contact_has_no_outcome(history: list) -> bool:
    contacts = [event.kind for event in history if event.kind in (EventKind.WHATSAPP_OPENED, EventKind.CONTACT_OUTCOME)]
    return bool(contacts) and contacts[-1] == EventKind.WHATSAPP_OPENED
