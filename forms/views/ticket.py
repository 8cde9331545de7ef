"""One ticket: what was sent, the thread, the facts, and what an officer may do with it.

Every view starts at permissions.tickets_for(user): a ticket of a form that is not his is not found.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

from forms import permissions, rendering, services, spam, ticket_blocks
from forms.encrypted_answers import encrypted_answers
from forms.enums import REASON_REQUIRED, ContactOutcome, EventKind, MessageKind, Status
from forms.models import Message, SubmissionEvent
from forms.views.conflict import LOOKS, Changes, Seen, changes_since
from forms.views.privacy import seal
from forms.views.ticket_forms import AssignForm, MoveForm, NoteForm, ReplyForm, TicketForm
from siptenan.common import nik
from siptenan.common.dates import format_datetime
from siptenan.common.encryption import Unreadable
from siptenan.common.models import Channel

HELD_FOR = dt.timedelta(minutes=10)  # how long a colleague's open page is taken to be in use


class TicketView(View):
    """The page itself. Looking at it is recorded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_use_inbox(request.user):
            raise PermissionDenied
        self.ticket = get_object_or_404(
            permissions.tickets_for(request.user).select_related("form", "snapshot", "assignee", "viewer"),
            pk=kwargs["pk"],
        )
        response = seal(super().dispatch(request, *args, **kwargs))
        # With no-referrer a browser would send its forms as from nowhere, and Django's CSRF check refuse them.
        response["Referrer-Policy"] = "same-origin"
        return response

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **extra: Any) -> TemplateResponse:
        """Show the page; `extra` replaces a form or adds a notice."""
        return self.show(self._context(**extra), status)

    def show(self, context: dict, status: int) -> TemplateResponse:
        """Render the page and record the look."""
        response = TemplateResponse(self.request, "forms/admin/ticket.html", context, status=status)
        response.render()  # before the look is recorded, or the officer would be told of himself
        if self.request.method != "POST" or not self._has_just_looked(context["looks"]):
            services.record_view(self.ticket, by=self.request.user)
        return response

    def _has_just_looked(self, looks: list[SubmissionEvent]) -> bool:
        """Whether the answer to a button belongs to a look that is recorded: at the page with the button."""
        since = timezone.now() - HELD_FOR
        return any(
            look.kind == EventKind.VIEWED and look.actor_id == self.request.user.pk and look.at > since
            for look in looks
        )

    def _context(self, **extra: Any) -> dict:
        ticket, user = self.ticket, self.request.user
        status = Status(ticket.status)
        thread = list(ticket.messages.prefetch_related("attachments", "revisions"))
        history = list(ticket.events.order_by("at", "pk"))
        seen = {"version": ticket.version, "seen": Seen.on_page(history, thread)}
        can_answer = permissions.can_answer(user)
        procedure = ticket.procedure
        moves = procedure.offered(status) if can_answer else ()
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
            "answers": rendering.answers(ticket, for_officers=True),
            "encrypted_answers": encrypted_answers(ticket),
            "can_reveal_nik": permissions.can_reveal_nik(user),
            "thread": thread,
            "history": [event for event in history if event.kind not in LOOKS],
            "looks": [event for event in history if event.kind in LOOKS],
            "status_level": rendering.STATUS_LEVELS[status],
            "spam_reasons": [spam.REASONS.get(code, code) for code in ticket.spam_reasons],
            "held_by": self._held_by(),
            "can_answer": can_answer,
            "can_reply": can_answer and procedure.takes_reply(status),
            "screen_url": reverse(procedure.screen, args=[ticket.pk]) if procedure.screen else "",
            "can_assign": permissions.can_assign(user),
            "moves": [
                {
                    "target": target.value,
                    "label": procedure.move_label(status, target),
                    "needs_reason": target in REASON_REQUIRED,
                }
                for target in moves
            ],
            "reply_form": ReplyForm(initial=seen),
            "move_form": MoveForm(initial=seen),
            "assign_form": AssignForm(ticket=ticket, initial={**seen, "officer": ticket.assignee_id}),
            "note_form": NoteForm(),
            "outcomes": ContactOutcome.choices,
            "whatsapp_url": rendering.whatsapp_to_visitor(ticket),
            "asks_outcome": _last_contact_has_no_outcome(history),
            "blocks": ticket_blocks.blocks_for(ticket, user),
            **extra,
        }

    def _held_by(self) -> str:
        ticket, user = self.ticket, self.request.user
        fresh = ticket.viewed_at and ticket.viewed_at > timezone.now() - HELD_FOR
        if ticket.viewer and ticket.viewer != user and fresh:
            return f"{ticket.viewer} sedang membuka tiket ini (sejak {format_datetime(ticket.viewed_at)})."
        if ticket.assignee and ticket.assignee != user:
            return f"Tiket ini dipegang {ticket.assignee}."
        return ""


class TicketAction(TicketView):
    """A change of the ticket by POST: checked, done by a service, and back to the page."""

    allowed = staticmethod(permissions.can_answer)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whoever signs in again or presses Enter in the address bar meets the ticket, not an error."""
        return redirect("ticket:detail", pk)

    def done(self, text: str) -> HttpResponse:
        """Back to the ticket with a message; the message holds nothing personal."""
        messages.success(self.request, text)
        return redirect("ticket:detail", self.ticket.pk)

    def failed(self, text: str) -> HttpResponse:
        """Back to the ticket with a refusal."""
        messages.error(self.request, text)
        return redirect("ticket:detail", self.ticket.pk)

    def changes(self, form: TicketForm) -> Changes:
        """What happened since the officer opened the page that he sent `form` from."""
        self.ticket.refresh_from_db()
        return changes_since(self.ticket, form.seen_then)

    def refused(self, name: str, form: TicketForm, changes: Changes, **extra: Any) -> HttpResponse:
        """The second of two officers: nothing is saved, what he typed stays, and what changed is shown."""
        context = self._context(**extra)
        data = {**form.data.dict(), **context["reply_form"].initial}  # pressing again is then a new decision
        context[name] = AssignForm(data, ticket=self.ticket) if isinstance(form, AssignForm) else type(form)(data)
        context["changes"], context["typed"] = changes, form.own_words
        # A colleague's move may have taken the box away: then the words are shown by themselves, to be copied.
        offered = {move["target"] for move in context["moves"]}
        context["homeless"] = {
            "reply_form": not context["can_reply"],
            "move_form": data.get("target") not in offered,
        }.get(name, False)
        return self.show(context, 409)


class ReplyView(TicketAction):
    """Send a reply."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, reply_form=form)
        body, sent = form.cleaned_data["body"], "Balasan terkirim. Pemohon dapat membacanya sekarang."
        try:
            services.reply(self.ticket, body, by=request.user, version=form.cleaned_data["version"])
        except services.StaleTicket:
            changes = self.changes(form)
            if changes.only_by(request.user) and any(message.body == body for message in changes.added):
                return self.done(sent)
            return self.refused("reply_form", form, changes)
        except services.IllegalMove:
            return self.failed("Tiket ini sudah ditutup. Buka lagi dulu sebelum membalas.")
        return self.done(sent)


class EditReplyView(TicketAction):
    """Change a reply that was sent; the former wording stays in the versions."""

    def get(self, request: HttpRequest, pk: int, message: int) -> HttpResponse:
        reply = self._reply(message)
        context = self._context()
        form = ReplyForm(initial={**context["reply_form"].initial, "body": reply.body})
        return self.page(editing=reply, edit_form=form)

    def post(self, request: HttpRequest, pk: int, message: int) -> HttpResponse:
        reply = self._reply(message)
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, editing=reply, edit_form=form)
        body, changed = form.cleaned_data["body"], "Balasan diubah. Pemohon melihat bahwa balasan ini pernah diubah."
        try:
            services.edit_reply(reply, body, by=request.user, version=form.cleaned_data["version"])
        except services.StaleTicket:
            changes = self.changes(form)
            reply.refresh_from_db()
            if changes.only_by(request.user) and reply.body == body:
                return self.done(changed)
            return self.refused("edit_form", form, changes, editing=reply)
        return self.done(changed)

    def _reply(self, pk: int) -> Message:
        return get_object_or_404(self.ticket.messages.filter(kind=MessageKind.REPLY), pk=pk)


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
            return self._wrong(form)
        target = Status(form.cleaned_data["target"])
        procedure, current = self.ticket.procedure, self.ticket.status
        if procedure.can_move(current, target) and target not in procedure.offered(current):
            return self.failed("Langkah ini dilakukan di layar pemeriksaan.")
        try:
            services.move(
                self.ticket,
                target,
                by=request.user,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except services.StaleTicket:
            changes = self.changes(form)
            if not (changes.only_by(request.user) and self.ticket.status == target):
                return self.refused("move_form", form, changes)
        except services.IllegalMove:
            current = Status(self.ticket.status).label
            return self.failed(f"Tiket berstatus {current} tidak dapat langsung menjadi {target.label}.")
        except services.ReasonMissing:
            form.add_error("reason", "Tulis alasan penolakan. Pemohon akan membacanya.")
            return self._wrong(form)
        return self.done(f"Status tiket sekarang {target.label}.")

    def _wrong(self, form: MoveForm) -> HttpResponse:
        """What is to be mended, beside the reason; by itself when the ticket has no box for one any more."""
        context = self._context(move_form=form)
        context["lost_reason"] = not any(move["needs_reason"] for move in context["moves"])
        return self.show(context, 422)


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
            changes = self.changes(form)
            if not (changes.only_by(request.user) and self.ticket.assignee == officer):
                return self.refused("assign_form", form, changes)
        return self.done(f"Tiket didisposisikan kepada {officer}." if officer else "Disposisi dibatalkan.")


class PinView(TicketAction):
    """Issue a new PIN, shown once in the answer to this very request and kept nowhere in clear."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            pin = services.issue_pin(self.ticket, by=request.user)
        except services.NothingToOpen:
            return self.failed("Data pribadi tiket ini sudah dihapus. PIN baru tidak akan membuka apa pun.")
        self.ticket.refresh_from_db()
        return self.page(new_pin=pin)


class RevealNikView(TicketAction):
    """Show all digits of a NIK once, in the answer to this very request; that they were read is recorded."""

    allowed = staticmethod(permissions.can_reveal_nik)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = request.POST.get("key", "")
        try:
            digits = services.reveal_nik(self.ticket, key, by=request.user)
        except services.NothingToReveal:
            return self.failed("Tiket ini tidak memuat NIK itu.")
        except Unreadable:
            return self.failed("NIK ini tidak dapat dibaca karena kuncinya hilang. Beri tahu pengelola sistem.")
        return self.page(revealed_key=key, revealed_nik=nik.grouped(digits))


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


def _last_contact_has_no_outcome(history: list) -> bool:
    contacts = [event.kind for event in history if event.kind in (EventKind.WHATSAPP_OPENED, EventKind.CONTACT_OUTCOME)]
    return bool(contacts) and contacts[-1] == EventKind.WHATSAPP_OPENED
