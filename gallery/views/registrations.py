"""Pendaftaran: the registrations that wait, oldest first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from forms.enums import NEEDS_ACTION, Status
from forms.filters import ChosenFilter, CodesFilter
from forms.models import Submission
from forms.views.columns import DueColumn, LabelledColumn
from forms.views.inbox import MENU_COUNT_CAP, SEARCH_WORDS_MAX, CappedPaginator
from forms.views.privacy import seal
from gallery import duplicates, permissions
from gallery.procedure import Registration
from siptenan.accounts.models import User
from siptenan.common.models import Kelurahan

STATUSES = [(status.value, status.label) for status in Registration.moves if status != Status.SPAM]
DAY_S = 24 * 60 * 60


class RegistrationPaginator(CappedPaginator):
    """Counts registrations."""

    @cached_property
    def items_count_label(self) -> str:
        return super().items_count_label.replace("tiket", "pendaftaran")


class RegistrationFilterSet(WagtailFilterSet):
    """Status and place."""

    status = CodesFilter(label="Status", choices=STATUSES)
    kelurahan = ChosenFilter(
        label="Kelurahan",
        field_name="gallery_record__business__kelurahan",
        queryset=lambda request: Kelurahan.objects.all(),
    )

    class Meta:
        model = Submission
        fields = ["status", "kelurahan"]


class RegistrationColumn(LabelledColumn):
    """The business, with what the owner has done since."""

    cell_template_name = "gallery/admin/registration_cell.html"


def _kelurahan(ticket: Submission) -> str:
    record = getattr(ticket, "gallery_record", None)
    return record.business.kelurahan.name if record else "belum ada"


def _products(ticket: Submission) -> str:
    record = getattr(ticket, "gallery_record", None)
    return ", ".join(product.name for product in record.business.products.all()) if record else ""


def _age(ticket: Submission) -> str:
    days = int((timezone.now() - ticket.submitted_at).total_seconds() // DAY_S)
    return f"{days} hari" if days else "hari ini"


class RegistrationsView(BaseListingView):
    """The registrations a user may see."""

    model = Submission
    page_title = "Pendaftaran"
    header_icon = "tasks"
    template_name = "gallery/admin/registrations.html"
    results_template_name = "gallery/admin/registrations_results.html"
    paginator_class = RegistrationPaginator
    paginate_by = 25
    table_classname = "listing cards inbox"
    default_ordering = "submitted_at"
    is_searchable = True
    filterset_class = RegistrationFilterSet
    verbose_name = "pendaftaran"
    verbose_name_plural = "pendaftaran"
    index_url_name = "gallery-registrations"
    index_results_url_name = "gallery-registrations-results"
    only_waiting = True  # for an officer; the others are under "Semua"

    columns = [
        TitleColumn(
            "reference",
            label="Nomor",
            classname="cell-reference",
            get_url=lambda ticket: reverse("gallery-registration", args=[ticket.pk]),
        ),
        RegistrationColumn("business", label="Usaha", sort_key="business"),
        LabelledColumn("contact_name", label="Pemilik", sort_key="contact_name"),
        LabelledColumn("kelurahan", label="Kelurahan", accessor=_kelurahan),
        LabelledColumn("products", label="Produk", accessor=_products),
        StatusTagColumn(
            "status",
            label="Status",
            classname="cell-status",
            accessor="get_status_display",
            primary=lambda ticket: ticket.status in NEEDS_ACTION,
            sort_key="status",
        ),
        DueColumn("due_at", label="Batas jawaban", sort_key="due_at"),
        LabelledColumn("submitted_at", label="Umur", accessor=_age, sort_key="submitted_at"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        return seal(super().dispatch(request, *args, **kwargs))

    def get_base_queryset(self) -> QuerySet:
        mine = permissions.registrations_for(self.request.user).not_spam()
        return mine.needing_action() if self.only_waiting else mine

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "pk")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        # Wagtail would drop all filters when one is wrong, and list what nobody asked for.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.matching(" ".join(self.search_query.split()[:SEARCH_WORDS_MAX]))

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().for_inbox().select_related(None)
        rows = rows.select_related("form", "gallery_record__business__kelurahan")
        return duplicates.with_flag(rows).prefetch_related("gallery_record__business__products")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict:
        query = self.request.GET.copy()
        query.pop(self.page_kwarg, None)
        query.pop("_w_filter_fragment", None)
        asked = f"?{query.urlencode()}" if query else ""
        return {
            **super().get_context_data(*args, **kwargs),
            "tabs": [
                {"label": label, "url": reverse(name) + asked, "current": name == self.index_url_name}
                for name, label in (
                    ("gallery-registrations", "Menunggu petugas"),
                    ("gallery-registrations-all", "Semua"),
                )
            ],
            "everywhere_url": reverse("gallery-registrations-all") + asked,
            "wrong_filters": not self.filters.is_valid(),
            "only_waiting": self.only_waiting,
        }


def waiting_count(user: User) -> int:
    """How many registrations wait for this officer, counted to just over MENU_COUNT_CAP."""
    waiting = permissions.registrations_for(user).filter(status__in=NEEDS_ACTION)
    return waiting.values("pk")[: MENU_COUNT_CAP + 1].count()
