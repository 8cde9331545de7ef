"""Items of the CMS menu for regulations."""

from __future__ import annotations

from django.urls import reverse, reverse_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from regulasi import permissions
from regulasi.models import RegulationIndexPage
from regulasi.viewsets import RegulationStubViewSet
from siptenan.accounts.menus import ScreenMenuItem
from siptenan.accounts.permissions import Actor, edits_content

SUBMENU = "register_regulation_menu_item"


class RegulationGroup(SnippetViewSetGroup):
    """Between the Gallery and the pages."""

    menu_label = "Regulasi"
    menu_name = "regulasi"
    menu_icon = "doc-full"
    menu_order = 70
    submenu_hook = SUBMENU
    items = (RegulationStubViewSet,)


def all_regulations() -> MenuItem:
    """The first item: their pages."""
    return ScreenMenuItem(
        "Semua regulasi",
        reverse_lazy("regulation-list"),
        name="regulasi-semua",
        icon_name="list-ul",
        order=0,
        allowed=edits_content,
    )


def bulk_import() -> MenuItem:
    """Many at once, from a table."""
    return ScreenMenuItem(
        "Impor",
        reverse_lazy("regulation-import"),
        name="regulasi-impor",
        icon_name="upload",
        order=10,
        allowed=permissions.can_import,
    )


def import_button(page: Page, user: Actor, view_name: str, next_url: str | None = None) -> list[Button]:
    """Wagtail hook `register_page_header_buttons`: the same above the list of regulations."""
    if not (isinstance(page, RegulationIndexPage) and permissions.can_import(user)):
        return []
    return [Button("Impor", reverse("regulation-import"), icon_name="upload", priority=12)]


def texts() -> MenuItem:
    """Laporan, Teks PDF."""
    return ScreenMenuItem(
        "Teks PDF",
        reverse_lazy("regulation-texts"),
        name="regulasi-teks-pdf",
        icon_name="doc-full",
        order=400,
        allowed=permissions.can_see_reports,
    )


def contradictions() -> MenuItem:
    """Laporan, Pertentangan regulasi."""
    return ScreenMenuItem(
        "Pertentangan regulasi",
        reverse_lazy("regulation-contradictions"),
        name="regulasi-pertentangan",
        icon_name="warning",
        order=410,
        allowed=permissions.can_see_reports,
    )


def jdihn_check() -> MenuItem:
    """Laporan, Pemeriksaan JDIHN."""
    return ScreenMenuItem(
        "Pemeriksaan JDIHN",
        reverse_lazy("regulation-jdihn"),
        name="regulasi-jdihn",
        icon_name="tasks",
        order=420,
        allowed=permissions.can_see_reports,
    )
