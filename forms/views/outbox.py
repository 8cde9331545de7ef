"""Surel keluar: mail that could not be sent yet, so that staff see it and can have it tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from siptenan.common.dates import format_short
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from forms import outbox, permissions
from forms.models import OutgoingMail


def troubled_for(user):
    """The mails in trouble of the tickets a user may see."""
    return OutgoingMail.objects.troubled().filter(submission__in=permissions.tickets_for(user))


class RetryColumn(Column):
    cell_template_name = "forms/admin/retry_cell.html"


class OutboxView(BaseListingView):
    """The list; sent mail is not in it."""

    model = OutgoingMail
    page_title = "Surel keluar"
    header_icon = "mail"
    index_url_name = "outgoing-mail"
    paginate_by = 25
    verbose_name_plural = "surel"
    default_ordering = "-created_at"
    columns = [
        TitleColumn(
            "submission", label="Tiket", get_url=lambda mail: reverse("ticket:detail", args=[mail.submission_id])
        ),
        Column("kind", label="Jenis", accessor="get_kind_display"),
        Column("attempts", label="Percobaan"),
        Column("last_error", label="Kesalahan terakhir"),
        Column(
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
        return troubled_for(self.request.user).select_related("submission")


class RetryView(View):
    """Let the worker try one mail again at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not permissions.can_answer(request.user):
            raise PermissionDenied
        outbox.retry_now(get_object_or_404(troubled_for(request.user), pk=pk))
        messages.success(request, "Surel akan dicoba lagi sekarang.")
        return redirect("outgoing-mail")
