"""The screen where officers examine a registration, and what they can do there.

Every view starts at permissions.registrations_for(user): a registration that is not his is not found.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from forms import permissions as casework
from forms import rendering, services
from forms.encrypted_answers import encrypted_answers
from forms.enums import Status
from forms.views.conflict import LOOKS, Seen, changes_since
from forms.views.ticket import TicketView
from forms.views.ticket_forms import TicketForm
from gallery import drafts, duplicates, examination, permissions, verification
from gallery.enums import CheckItem
from gallery.locks import Locked
from gallery.models import BusinessRecord, Correction
from gallery.views import verification_forms as screen_forms
from siptenan.common import nik
from siptenan.common.dates import format_datetime
from siptenan.common.encryption import Unreadable

LIST = "gallery-registrations"
NOTHING_MADE = "Tiket ini tidak menyebut nama usaha atau kelurahan, jadi belum ada usaha yang dapat diperiksa."


class RegistrationView(TicketView):
    """A registration: public side, private side, checklist with hints, twins, corrections. A look is recorded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        get_object_or_404(permissions.registrations_for(request.user).only("pk"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def show(self, context: dict, status: int) -> TemplateResponse:
        context["is_refused"] = status >= HTTPStatus.BAD_REQUEST
        response = TemplateResponse(self.request, "gallery/admin/registration.html", context, status=status)
        response.render()  # before the look is recorded, as on the ticket page
        if self.request.method != "POST" or not self._has_just_looked(context["looks"]):
            services.record_view(self.ticket, by=self.request.user)
        return response

    def _context(self, **extra: Any) -> dict:
        ticket, user = self.ticket, self.request.user
        status = Status(ticket.status)
        history = list(ticket.events.order_by("at", "pk"))
        thread = list(ticket.messages.prefetch_related("revisions"))
        seen = {"version": ticket.version, "seen": Seen.on_page(history, thread)}
        may_move = set(ticket.procedure.moves.get(status, ())) if permissions.can_verify(user) else set()
        can_write = casework.can_answer(user)
        context = {
            "page_title": ticket.reference,
            "header_title": ticket.business or ticket.reference,
            "header_icon": "tasks",
            "breadcrumbs_items": [
                {"url": reverse(LIST), "label": "Pendaftaran"},
                {"url": "", "label": ticket.business or ticket.reference},
            ],
            "ticket": ticket,
            "status_level": rendering.STATUS_LEVELS[status],
            "held_by": self._held_by(),
            "history": [event for event in history if event.kind not in LOOKS],
            "looks": [event for event in history if event.kind in LOOKS],
            "corrections": list(Correction.objects.filter(submission=ticket).order_by("-at", "-pk")),
            "encrypted_answers": encrypted_answers(ticket),
            "can_reveal_nik": permissions.can_reveal_nik(user),
            "earlier_tickets": duplicates.earlier_tickets(ticket, _record(ticket), user),
            "here": reverse("gallery-registration", args=[ticket.pk]),
            "whatsapp_url": rendering.whatsapp_to_visitor(ticket) if can_write else None,
            "last_reply": next((message for message in reversed(thread) if message.kind == "reply"), None),
            "can_take_up": Status.EXAMINED in may_move and status != Status.APPROVED,
            "can_check": status == Status.EXAMINED,
            "can_ask": can_write and Status.NEEDS_CORRECTION in may_move,
            "can_approve": can_write and Status.APPROVED in may_move and status == Status.EXAMINED,
            "can_reject": Status.REJECTED in may_move,
            "can_withdraw": status == Status.APPROVED and bool(may_move),
            "nothing_made": NOTHING_MADE,
            "take_up_form": screen_forms.TakeUpForm(initial=seen),
            "request_form": screen_forms.CorrectionRequestForm(initial=seen, labels=screen_forms.labels_of(ticket)),
            "reject_form": screen_forms.RejectForm(initial=seen),
            "withdraw_form": screen_forms.WithdrawForm(initial=seen),
        }
        record = _record(ticket)
        if record is None:
            return {**context, "can_approve": False, "can_check": False, "can_withdraw": False, **extra}
        shown, twins = examination.products(record), duplicates.twins(record, user)
        marks = {mark.item: mark for mark in record.checks.select_related("by")}
        business = drafts.draft_of(record.business)
        checks_form = extra.pop("checks_form", None) or screen_forms.ChecksForm(
            initial=seen, business=business, products=shown, marks=marks.values()
        )
        found = examination.hints(record, shown, twins)
        approve_form = extra.pop("approve_form", None) or screen_forms.ApproveForm(initial=seen, products=shown)
        return {
            **context,
            "record": record,
            "business": business,
            "business_url": examination.edit_url(record.business),
            "products": shown,
            "private_rows": examination.private_rows(record),
            "twins": twins,
            "shown_from": verification.shown_from(record) if status == Status.APPROVED else None,
            "has_late_photos": status == Status.EXAMINED and drafts.has_late_photos(record),
            "checks": [
                {
                    "label": item.label,
                    "hints": found[item],
                    "mark": marks.get(item),
                    "found": checks_form[f"{item}_found"],
                    "note": checks_form[f"{item}_note"],
                }
                for item in CheckItem
            ],
            "checks_form": checks_form,
            "approve_form": approve_form,
            "obstacles": verification.obstacles(record, [product.row for product in shown]),
            **extra,
        }


class RegistrationPost(RegistrationView):
    """Something that is done by POST, by those who may."""

    allowed = staticmethod(permissions.can_verify)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whoever signs in again or presses Enter in the address bar meets the registration, not an error."""
        return redirect("gallery-registration", pk)

    def _back(self, text: str, *, good: bool = False) -> HttpResponse:
        (messages.success if good else messages.error)(self.request, text)
        return redirect("gallery-registration", self.ticket.pk)


class RegistrationAction(RegistrationPost, ABC):
    """A change by POST: checked, done by the service, and back to the screen."""

    form_name = "take_up_form"
    said = ""
    reached: Status | None = None  # the status after it, by which a second press is known

    def form(self, data: Any) -> TicketForm:
        """Return the bound form."""
        return screen_forms.TakeUpForm(data)

    def told(self) -> str:
        """Return what the officer reads after it."""
        return self.said

    @abstractmethod
    def act(self, form: TicketForm) -> None:
        """Do it. Raises what the services raise."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(status=422, wrong_form=form, **{self.form_name: form})
        try:
            self.act(form)
        except services.StaleTicket:
            return self._stale(form)
        except services.IllegalMove:
            self.ticket.refresh_from_db()
            current = Status(self.ticket.status).label
            return self._back(f"Tidak dapat dilakukan: pendaftaran ini berstatus {current}.")
        except verification.NothingToVerify:
            return self._back(NOTHING_MADE)
        except verification.NotReady as refusal:
            self.ticket.refresh_from_db()
            return self.page(status=422, refusals=refusal.reasons, **{self.form_name: form})
        except Locked as refusal:
            self.ticket.refresh_from_db()
            title = "Belum disimpan"
            return self.page(status=409, refusals=[str(refusal)], refused_title=title, **{self.form_name: form})
        return self._back(self.told(), good=True)

    def _stale(self, form: TicketForm) -> HttpResponse:
        """The second of two officers: nothing is saved, what he typed stays, and what changed is shown."""
        self.ticket.refresh_from_db()
        changes = changes_since(self.ticket, form.seen_then)
        if self.reached and changes.only_by(self.request.user) and self.ticket.status == self.reached:
            return self._back(self.told(), good=True)
        if self.reached is None and changes.only_by(self.request.user) and self.ticket.status == Status.EXAMINED:
            form.cleaned_data["version"] = self.ticket.version  # he pressed twice, or came back to an older page
            self.act(form)
            return self._back(self.told(), good=True)
        fresh = self._context()["take_up_form"].initial
        again = self.form({**_plain(form.data), **fresh})  # pressing again is then a new decision
        context = self._context(**{self.form_name: again})
        offered = {"request_form": "can_ask", "reject_form": "can_reject", "withdraw_form": "can_withdraw"}
        homeless = not context.get(offered.get(self.form_name, ""), True)
        return self.show({**context, "changes": changes, "typed": form.own_words, "homeless": homeless}, 409)

    def must_be(self, status: Status, form: TicketForm) -> None:
        """Refuse what is not offered in another status; that somebody else changed it comes first."""
        if self.ticket.version != form.cleaned_data["version"]:
            raise services.StaleTicket(self.ticket.reference)
        if self.ticket.status != status:
            raise services.IllegalMove(self.ticket.status)

    def given(self, form: TicketForm) -> dict:
        """What every service is told: who acts, and on which version."""
        return {"by": self.request.user, "version": form.cleaned_data["version"]}

    def shown(self) -> tuple[Any, list[examination.ShownProduct]]:
        """The business and the products that a form offers; nothing for a ticket that made none."""
        record = _record(self.ticket)
        if record is None:
            raise PermissionDenied
        return drafts.draft_of(record.business), examination.products(record)


def _record(ticket: Any) -> BusinessRecord | None:
    try:
        return verification.record_of(ticket)
    except verification.NothingToVerify:
        return None


def _plain(data: Any) -> Any:
    """What was sent, in a form that can be sent once more: lists stay lists."""
    copy = {name: values if len(values) > 1 else values[0] for name, values in data.lists()}
    for name in ("labels", "products"):
        if name in copy:
            copy[name] = data.getlist(name)
    return copy


class TakeUpView(RegistrationAction):
    """Begin to examine, or go on with it."""

    said, reached = "Pendaftaran sedang Anda periksa.", Status.EXAMINED

    def act(self, form: TicketForm) -> None:
        verification.take_up(self.ticket, **self.given(form))


class TakePhotosView(RegistrationAction):
    """Take late photos along."""

    said = "Foto pemilik sudah masuk ke draf produk."

    def act(self, form: TicketForm) -> None:
        verification.take_photos(self.ticket, by=self.request.user)


class ChecksView(RegistrationAction):
    """Save the checklist, and commodities and units with it: none of it is lost when the page is sent."""

    said, form_name = "Pemeriksaan disimpan.", "checks_form"

    def form(self, data: Any) -> TicketForm:
        business, products = self.shown()
        return screen_forms.ChecksForm(data, business=business, products=products)

    @transaction.atomic
    def act(self, form: TicketForm) -> None:
        self.must_be(Status.EXAMINED, form)
        verification.save_checks(self.ticket, form.marks(), **self.given(form))
        if form.reclassifies:
            verification.classify(self.ticket, form.cleaned_data["business"], form.products(), by=self.request.user)


class AskView(RegistrationAction):
    """Ask the owner for a correction."""

    said, form_name, reached = "Permintaan perbaikan terkirim.", "request_form", Status.NEEDS_CORRECTION

    def form(self, data: Any) -> TicketForm:
        return screen_forms.CorrectionRequestForm(data, labels=screen_forms.labels_of(self.ticket))

    def act(self, form: TicketForm) -> None:
        given = form.cleaned_data
        verification.ask_for_correction(self.ticket, given["labels"], given["text"], **self.given(form))


class ApproveView(RegistrationAction):
    """Approve."""

    said, form_name, reached = (
        "Disetujui. Usaha dan produknya sekarang tampil di Gallery IKM.",
        "approve_form",
        Status.APPROVED,
    )

    def form(self, data: Any) -> TicketForm:
        return screen_forms.ApproveForm(data, products=self.shown()[1])

    def act(self, form: TicketForm) -> None:
        self.must_be(Status.EXAMINED, form)
        verification.approve(self.ticket, form.cleaned_data["products"], **self.given(form))

    def told(self) -> str:
        later = verification.shown_from(verification.record_of(self.ticket))
        if later is None:
            return self.said
        return f"Disetujui. Usaha dan produknya tampil di Gallery IKM mulai {format_datetime(later)}."


class RejectView(RegistrationAction):
    """Reject."""

    said, form_name, reached = "Pendaftaran ditolak. Pemilik dapat membaca alasannya.", "reject_form", Status.REJECTED

    def form(self, data: Any) -> TicketForm:
        return screen_forms.RejectForm(data)

    def act(self, form: TicketForm) -> None:
        verification.reject(self.ticket, form.cleaned_data["reason"], **self.given(form))


class WithdrawView(RegistrationAction):
    """Take an approval back."""

    said, form_name, reached = (
        "Persetujuan dibatalkan. Usaha dan produknya tidak tampil lagi. Pemilik dapat membaca alasannya.",
        "withdraw_form",
        Status.EXAMINED,
    )

    def form(self, data: Any) -> TicketForm:
        return screen_forms.WithdrawForm(data)

    def act(self, form: TicketForm) -> None:
        self.must_be(Status.APPROVED, form)
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        verification.withdraw(self.ticket, reason, note, **self.given(form))


class RevealNikView(RegistrationPost):
    """Show all digits of the NIK once, in the answer to this very request; that they were read is recorded."""

    allowed = staticmethod(permissions.can_reveal_nik)

    def act(self, form: TicketForm) -> None:
        """Nothing: there is no form, and `post` shows what it reveals."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = request.POST.get("key", "")
        try:
            digits = services.reveal_nik(self.ticket, key, by=request.user)
        except services.NothingToReveal:
            return self._back("Pendaftaran ini tidak memuat NIK itu.")
        except Unreadable:
            return self._back("NIK ini tidak dapat dibaca karena kuncinya hilang. Beri tahu pengelola sistem.")
        return self.page(revealed_key=key, revealed_nik=nik.grouped(digits))
