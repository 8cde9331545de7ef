"""“Satu IKM”: one screen for all of a small industry, and the buttons that say what belongs to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from wagtail.admin.ui.components import Component

from forms import permissions as casework
from forms.models import Submission
from forms.views.privacy import seal
from gallery import links, one_ikm, permissions, records
from gallery.links import Contradiction
from gallery.models import BusinessRecord
from gallery.one_ikm import Thread
from siptenan.accounts.models import User

ANSWERS = {"sama": True, "bukan": False}
NOT_FOUND = "Tiket atau usaha itu tidak ada, atau bukan bagian Anda."
SAID = {
    True: "Dihubungkan: keduanya sekarang tampil sebagai satu IKM.",
    False: "Dicatat: bukan IKM yang sama. Tidak akan diusulkan lagi.",
}


class IkmView(View):
    """The IKM that a business is; each look at its private data is recorded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_allowed(request.user):
            raise PermissionDenied
        response = seal(super().dispatch(request, *args, **kwargs))
        # With no-referrer a browser would send its forms as from nowhere, and Django's CSRF check refuse them.
        response["Referrer-Policy"] = "same-origin"
        return response

    def is_allowed(self, user: User) -> bool:
        """Whether the screen is this person's at all."""
        return permissions.can_see_records(user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(permissions.records_for(request.user), pk=pk)
        return self._page(one_ikm.thread_of_record(record, request.user))

    def _page(self, thread: Thread) -> HttpResponse:
        user = self.request.user
        records.record_views([shown.record for shown in thread.businesses if shown.record], by=user)
        title = thread.name or "IKM tanpa nama"
        context = {
            "page_title": f"Satu IKM: {title}",
            "header_title": f"Satu IKM: {title}",
            "header_icon": "group",
            "breadcrumbs_items": [
                {"url": reverse("gallery-register"), "label": "Data industri"}
                if permissions.can_work(user)
                else {"url": reverse("inbox:terbuka"), "label": "Kotak masuk"},
                {"url": "", "label": f"Satu IKM: {title}"},
            ],
            "thread": thread,
            "here": self.request.path,
            "can_fill_in": permissions.can_change_records(user),
        }
        return TemplateResponse(self.request, "gallery/admin/one_ikm.html", context)


class TicketIkmView(IkmView):
    """The IKM that a ticket of any form is of, for those who may see the ticket."""

    def is_allowed(self, user: User) -> bool:
        return casework.can_use_inbox(user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        tickets = casework.tickets_for(request.user).select_related("form", "snapshot")
        return self._page(one_ikm.thread_of_ticket(get_object_or_404(tickets, pk=pk), request.user))


class DecideView(View):
    """“Memang IKM yang sama”, “Bukan”, and taking that back: by who may see both."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (permissions.can_verify(request.user) and permissions.can_see_records(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whoever signs in again or presses Enter in the address bar meets the register, not an error."""
        return redirect("gallery-register")

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            self._decide(request.POST)
        except (Http404, ValueError):
            messages.error(request, NOT_FOUND)
        except Contradiction as refusal:
            messages.error(request, str(refusal))
        return redirect(_back(request))

    def _decide(self, data: Any) -> None:
        user = self.request.user
        if data.get("batal"):
            link = one_ikm.link_for(user, _key(data["batal"]))
            if link is None:
                raise Http404
            links.undo(link, by=user)
            messages.success(self.request, "Pernyataan dibatalkan. Keduanya dapat diusulkan lagi.")
            return
        answer = ANSWERS.get(data.get("jawaban", ""))
        if answer is None:
            raise Http404
        mine = permissions.records_for(user)
        record = get_object_or_404(mine, pk=_key(data.get("usaha")))
        other: Submission | BusinessRecord
        if data.get("tiket"):
            other = get_object_or_404(casework.tickets_for(user), pk=_key(data["tiket"]))
        else:
            other = get_object_or_404(mine, pk=_key(data.get("usaha_lain")))
        links.decide(record, other, is_same=answer, by=user)
        messages.success(self.request, SAID[answer])


def _key(text: Any) -> int:
    """A primary key as it was sent; raises ValueError for what is none."""
    text = str(text or "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise ValueError
    return int(text)


def _back(request: HttpRequest) -> str:
    """The screen that the button was on."""
    url = request.POST.get("kembali", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours else reverse("gallery-register")


class TicketBlock(Component):
    """On the page of a ticket: the IKM it is of, else those it may be of."""

    template_name = "gallery/admin/one_ikm_block.html"

    def __init__(self, ticket: Submission, name: str, is_linked: bool, proposals: list[one_ikm.Proposal]) -> None:
        self.ticket, self.name, self.is_linked, self.proposals = ticket, name, is_linked, proposals

    def get_context_data(self, parent_context: Any = None) -> dict:
        return {
            "ticket": self.ticket,
            "name": self.name,
            "is_linked": self.is_linked,
            "proposals": self.proposals,
            "here": reverse("ticket:detail", args=[self.ticket.pk]),
            "csrf_token": (parent_context or {}).get("csrf_token", ""),
        }


def block(ticket: Submission, user: User) -> TicketBlock | None:
    """Return what the page of a ticket shows of its IKM (forms.ticket_blocks); None when that is nothing."""
    record_id = links.record_id_of(ticket)
    if record_id is None:
        proposals = one_ikm.proposals_for_ticket(ticket, user)
        return TicketBlock(ticket, "", False, proposals) if proposals else None
    record = permissions.records_for(user).select_related("business").filter(pk=record_id).first()
    return TicketBlock(ticket, record.business.name if record else "", True, [])
