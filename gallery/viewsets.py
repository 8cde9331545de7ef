"""The screens of the CMS for businesses and products."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, StatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from forms.filters import ChosenFilter, CodesFilter
from forms.views.columns import LabelledColumn
from gallery.editing import business_links, with_links
from gallery.enums import Stock
from gallery.models import Business, Product
from siptenan.common.models import Commodity, Kelurahan


class ShownFilter(django_filters.ChoiceFilter):
    """Public or not."""

    def __init__(self, **kwargs: Any) -> None:
        choices = (("ya", "Tampil"), ("tidak", "Tidak tampil"))
        super().__init__(label="Gallery", choices=choices, widget=RadioSelect, empty_label="Semua", **kwargs)

    def filter(self, queryset: Any, value: str) -> Any:
        return queryset.filter(live=value == "ya") if value else queryset


class BusinessFilterSet(WagtailFilterSet):
    """Place, commodity, public or not."""

    kelurahan = ChosenFilter(label="Kelurahan", queryset=lambda request: Kelurahan.objects.all())
    commodity = ChosenFilter(label="Komoditas", queryset=lambda request: Commodity.objects.all())
    live = ShownFilter()

    class Meta:
        model = Business
        fields = ["kelurahan", "commodity", "live"]


class ProductFilterSet(WagtailFilterSet):
    """Place, commodity, stock, public or not."""

    kelurahan = ChosenFilter(
        label="Kelurahan", field_name="business__kelurahan", queryset=lambda request: Kelurahan.objects.all()
    )
    commodity = ChosenFilter(label="Komoditas", queryset=lambda request: Commodity.objects.all())
    stock = CodesFilter(label="Ketersediaan", choices=Stock.choices)
    live = ShownFilter()

    class Meta:
        model = Product
        fields = ["kelurahan", "commodity", "stock", "live"]


def _status(item: Business | Product) -> str:
    """Whether the public sees it. Words of Wagtail's page lists, without its query for the schedule of each row."""
    if item.live:
        return "tayang + draf" if item.has_unpublished_changes else "tayang"
    if item.expired:
        return "kedaluwarsa"
    return "ditarik" if item.first_published_at else "draf"


class StatusColumn(StatusTagColumn):
    """Live, draft or taken back."""

    def __init__(self) -> None:
        super().__init__(
            "live",
            label="Status",
            classname="cell-status",
            accessor=_status,
            primary=lambda item: item.live,
            sort_key="live",
        )


class GalleryIndexView(IndexView):
    """A list whose rows are cards on phones."""

    table_classname = "listing cards"


class BusinessIndexView(GalleryIndexView):
    """The list of businesses; each leads to its private record, too."""

    def get_base_queryset(self) -> QuerySet:
        return with_links(super().get_base_queryset(), self.request.user).select_related("kelurahan", "commodity")

    def get_list_more_buttons(self, instance: Business) -> list:
        more = [
            Button(link.label, url=link.url, icon_name=link.icon, priority=20 + at)
            for at, link in enumerate(business_links(instance, self.request.user))
        ]
        return [*super().get_list_more_buttons(instance), *more]


class ProductIndexView(GalleryIndexView):
    """The list of products."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("business", "commodity")


class BusinessCreateView(CreateView):
    """A business is recorded together with its private record."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("gallery-record-add")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("gallery-record-add")


class ProductCreateView(CreateView):
    """An empty product; `?business=` says whose."""

    def get_initial(self) -> dict:
        chosen = self.request.GET.get("business", "")
        return {**super().get_initial(), "business": chosen if chosen.isascii() and chosen.isdecimal() else None}


class BusinessViewSet(SnippetViewSet):
    """Usaha."""

    model = Business
    base_url_path = "gallery/usaha"
    icon = "group"
    menu_label = "Usaha"
    index_view_class = BusinessIndexView
    add_view_class = BusinessCreateView
    list_display = [
        "name",
        StatusColumn(),
        LabelledColumn("kelurahan", label="Kelurahan", sort_key="kelurahan"),
        LabelledColumn(
            "commodity", label="Komoditas", accessor=lambda item: item.commodity or "belum ada", sort_key="commodity"
        ),
        DateColumn("created_at", label="Dicatat", sort_key="created_at"),
    ]
    filterset_class = BusinessFilterSet
    search_fields = ["name", "contact_name"]
    search_backend_name = None
    copy_view_enabled = False


class ProductViewSet(SnippetViewSet):
    """Produk."""

    model = Product
    base_url_path = "gallery/produk"
    icon = "tag"
    menu_label = "Produk"
    index_view_class = ProductIndexView
    add_view_class = ProductCreateView
    list_display = [
        "name",
        StatusColumn(),
        LabelledColumn("business", label="Usaha", sort_key="business"),
        LabelledColumn(
            "commodity", label="Komoditas", accessor=lambda item: item.commodity or "belum ada", sort_key="commodity"
        ),
        DateColumn("created_at", label="Dicatat", sort_key="created_at"),
    ]
    filterset_class = ProductFilterSet
    search_fields = ["name", "business__name"]
    search_backend_name = None
    copy_view_enabled = False
