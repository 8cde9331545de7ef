"""Surel keluar: mail that could not be sent yet, so that staff see it and can have it tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from forms import outbox, permissions
from forms.models import OutgoingMail
from forms.views.columns import LabelledColumn, RetryColumn
from siptenan.common.dates import format_short

# What an exception of the mail backend means to staff; its name follows in brackets, for whoever mends it.
UNREACHABLE = "Server surel tidak dapat dihubungi"
CAUSES = {
    "ConnectionRefusedError": UNREACHABLE,
    "OSError": UNREACHABLE,
    "SMTPConnectError": UNREACHABLE,
    "SMTPServerDisconnected": UNREACHABLE,
    "TimeoutError": UNREACHABLE,
    "gaierror": UNREACHABLE,
    "SMTPAuthenticationError": "Server surel menolak kata sandi SIPTENAN",
    "SMTPRecipientsRefused": "Alamat penerima ditolak",
}


def in_words(error: str) -> str:
    """The cause of a failure as staff reads it, from the name of an exception."""
    return f"{CAUSES.get(error, 'Server surel menolak')} ({error})"


class OutboxView(BaseListingView):
    """The list; sent mail is not in it."""

    model = OutgoingMail
    page_title = "Surel keluar"
    header_icon = "mail"
    index_url_name = "outgoing-mail"
    paginate_by = 25
    table_classname = "listing cards"
    verbose_name_plural = "surel"
    default_ordering = ("-created_at", "-pk")
    columns = [
        TitleColumn(
            "submission",
            label="Tiket",
            classname="cell-reference",
            get_url=lambda mail: reverse("ticket:detail", args=[mail.submission_id]),
        ),
        LabelledColumn("kind", label="Jenis", accessor="get_kind_display"),
        LabelledColumn("attempts", label="Percobaan"),
        LabelledColumn("last_error", label="Sebab terakhir", accessor=lambda mail: in_words(mail.last_error)),
        LabelledColumn(
            "next_attempt_at",
            label="Dicoba lagi (WIB)",
            accessor=lambda mail: "dihentikan" if mail.given_up_at else format_short(mail.next_attempt_at),
        ),
        RetryColumn("retry", label="Tindakan"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_use_inbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def no_results_message(self) -> str:
        return "Semua surel terkirim. Surel yang gagal akan tampil di sini."

    def get_base_queryset(self):
        return permissions.troubled_mail_for(self.request.user).select_related("submission")


class RetryView(View):
    """Let the worker try one mail again at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not permissions.can_answer(request.user):
            raise PermissionDenied
        outbox.retry_now(get_object_or_404(permissions.troubled_mail_for(request.user), pk=pk))
        messages.success(request, "Surel akan dicoba lagi sekarang.")
        return redirect("outgoing-mail")
