"""Screens of the CMS for Info lainnya: its categories, and its columns in the page explorer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import InfoCategory, InfoPage


class InfoCategoryViewSet(SnippetViewSet):
    """Kategori info, in the menu Pengaturan."""

    model = InfoCategory
    icon = "tag"
    menu_label = "Kategori info"
    add_to_settings_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    search_backend_name = None
    copy_view_enabled = False


def refuse_used_categories(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Wagtail hook `before_delete_snippet`: say who uses a category instead of deleting it.

    Wagtail's own check reads an index that the worker writes, so it may not know the newest page yet.
    """
    uses = {
        category: InfoPage.objects.using_category(category).count()
        for category in instances
        if isinstance(category, InfoCategory)
    }
    used = [f"“{category}” dipakai {count} info" for category, count in uses.items() if count]
    if not used:
        return None
    messages.error(request, f"Kategori {', '.join(used)}, jadi tidak dapat dihapus. Ganti dulu kategori info itu.")
    viewset = InfoCategory.snippet_viewset  # type: ignore[attr-defined]  # Wagtail sets it when it registers
    return HttpResponseRedirect(reverse(viewset.get_url_name("list")))


class InfoFilterSet(PageFilterSet):
    """Filters of the page explorer below the list of info."""

    class Meta:
        model = InfoPage
        fields = ["kind", "category"]


class InfoExplorerView(ExplorableIndexView):
    """The page explorer below the list of info: the newest first, with what visitors filter by."""

    default_ordering = "-date"


class InfoPageViewSet(PageViewSet):
    """How entries are listed in the CMS."""

    model = InfoPage
    index_view_class = InfoExplorerView
    filterset_class = InfoFilterSet
    columns = [
        *(column for column in ExplorableIndexView.base_columns if column.name not in ("type", "parent")),
        Column("kind", label="Jenis", accessor="get_kind_display", sort_key="kind", width="12%"),
        Column("date", label="Tanggal", accessor="date_text", sort_key="date", width="18%"),
    ]
