"""Kotak masuk: one list for all forms, in tabs, with search, filters and export."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from forms import exports, permissions, services
from forms.enums import NEEDS_ACTION, OPEN, Status
from forms.filters import SubmissionFilterSet
from forms.models import Submission
from forms.views.columns import BusinessColumn, DueColumn, LabelledColumn
from siptenan.common.dates import format_short

COUNT_CAP = 10_000  # a list is counted no further: nobody pages that far, and counting all costs time in proportion
MENU_COUNT_CAP = 99
SEARCH_WORDS_MAX = 30  # each word is a condition, and databases take only so many


class Tab:
    """One tab of the inbox: a name in the address, a label and a condition."""

    def __init__(self, slug: str, label: str, condition) -> None:
        self.slug, self.label, self.condition = slug, label, condition


TABS = {
    tab.slug: tab
    for tab in (
        Tab("terbuka", "Terbuka", lambda tickets, user: tickets.open()),
        Tab("tugas-saya", "Tugas saya", lambda tickets, user: tickets.open().filter(assignee=user)),
        Tab("semua", "Semua", lambda tickets, user: tickets.not_spam()),
        Tab("spam", "Spam", lambda tickets, user: tickets.filter(status=Status.SPAM)),
    )
}
DEFAULT_TAB = "terbuka"


class CappedPaginator(WagtailPaginator):
    """A paginator whose count costs the same for two thousand rows and two hundred thousand."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:COUNT_CAP].count()

    @cached_property
    def items_count_label(self) -> str:
        return f"{self.count}{'+' if self.count == COUNT_CAP else ''} tiket"


class InboxView(BaseListingView):
    """The list of tickets a user may see, the oldest promise first."""

    model = Submission
    page_title = "Kotak masuk"
    header_icon = "mail"
    template_name = "forms/admin/inbox.html"
    results_template_name = "forms/admin/inbox_results.html"
    paginator_class = CappedPaginator
    paginate_by = 25
    table_classname = "listing cards inbox"
    default_ordering = "due_at"
    is_searchable = True
    filterset_class = SubmissionFilterSet
    verbose_name = "tiket"
    verbose_name_plural = "tiket"
    tab = DEFAULT_TAB

    columns = [
        TitleColumn(
            "reference",
            label="Nomor",
            classname="cell-reference",
            get_url=lambda ticket: reverse("ticket:detail", args=[ticket.pk]),
        ),
        LabelledColumn("form", label="Formulir", accessor="snapshot.form_title"),
        BusinessColumn("business", label="Usaha", sort_key="business"),
        LabelledColumn("contact_name", label="Nama", sort_key="contact_name"),
        StatusTagColumn(
            "status",
            label="Status",
            classname="cell-status",
            accessor="get_status_display",
            primary=lambda ticket: ticket.status in NEEDS_ACTION,
            sort_key="status",
        ),
        LabelledColumn("assignee", label="Petugas", accessor=lambda ticket: ticket.assignee or "belum ada"),
        DueColumn("due_at", label="Batas jawaban", sort_key="due_at"),
        LabelledColumn(
            "submitted_at",
            label="Diterima (WIB)",
            accessor=lambda ticket: format_short(ticket.submitted_at),
            sort_key="submitted_at",
        ),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_use_inbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file_format = request.GET.get("export")
        if file_format in exports.FORMATS:
            return self._export(file_format)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return TABS[self.tab].condition(permissions.tickets_for(self.request.user), self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "pk")  # the key makes it total: no ticket on two pages or none

    def filter_queryset(self, queryset):
        # Wagtail would drop all filters when one is wrong, and list (and export) what nobody asked for.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def get_queryset(self):
        return super().get_queryset().for_inbox()

    def search_queryset(self, queryset):
        return queryset.matching(" ".join(self.search_query.split()[:SEARCH_WORDS_MAX]))

    def get_index_url(self) -> str:
        return reverse(f"inbox:{self.tab}")

    def get_index_results_url(self) -> str:
        return reverse(f"inbox:{self.tab}-results")

    def _export(self, file_format: str) -> HttpResponse:
        if not permissions.can_export(self.request.user):
            raise PermissionDenied
        # Read once: what is recorded is what leaves, even when a ticket comes in meanwhile.
        tickets = dict(super().get_queryset().values_list("pk", "snapshot_id"))
        services.record_export(tickets, by=self.request.user, file_format=file_format)
        return exports.response(tickets, file_format, name=f"tiket-{timezone.localtime():%Y%m%d-%H%M}")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict:
        query = self.request.GET.copy()
        for key in (self.page_kwarg, "export", "_w_filter_fragment"):
            query.pop(key, None)
        asked = f"?{query.urlencode()}" if query else ""
        export_url = f"{self.index_url}{asked}{'&' if asked else '?'}export="
        return {
            **super().get_context_data(*args, **kwargs),
            "tab": self.tab,
            "tabs": [
                {"label": tab.label, "url": reverse(f"inbox:{tab.slug}") + asked, "current": tab.slug == self.tab}
                for tab in TABS.values()
            ],
            "everywhere_url": reverse("inbox:semua") + asked,
            "exports": [("Excel (XLSX)", f"{export_url}xlsx"), ("CSV", f"{export_url}csv")]
            if permissions.can_export(self.request.user)
            else [],
            "wrong_filters": not self.filters.is_valid(),
            "troubled_mail": permissions.troubled_mail_for(self.request.user)[: MENU_COUNT_CAP + 1].count(),
        }


def open_count(user) -> int:
    """How many open tickets a user may see, counted to just over MENU_COUNT_CAP."""
    return permissions.tickets_for(user).filter(status__in=OPEN).values("pk")[: MENU_COUNT_CAP + 1].count()
