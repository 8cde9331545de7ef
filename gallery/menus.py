"""The menu "Gallery IKM" of the CMS."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from forms.views.inbox import MENU_COUNT_CAP
from gallery import permissions
from gallery.views.business_import import may_import
from gallery.views.registrations import waiting_count
from gallery.viewsets import BusinessViewSet, ProductViewSet
from siptenan.accounts.menus import ScreenMenuItem

SUBMENU = "register_gallery_menu_item"


class GalleryGroup(SnippetViewSetGroup):
    """Between the inbox and the regulations."""

    menu_label = "Gallery IKM"
    menu_name = "gallery-ikm"
    menu_icon = "pick"
    menu_order = 60
    submenu_hook = SUBMENU
    items = (BusinessViewSet, ProductViewSet)


class RegistrationsMenuItem(ScreenMenuItem):
    """Pendaftaran, with the number of those that wait for an officer."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = waiting_count(request.user)
        shown = f"{MENU_COUNT_CAP}+" if count > MENU_COUNT_CAP else str(count)
        label = f"{self.label} ({shown})" if count else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


def registrations() -> MenuItem:
    """The first item."""
    return RegistrationsMenuItem(
        "Pendaftaran",
        reverse_lazy("gallery-registrations"),
        name="gallery-pendaftaran",
        icon_name="tasks",
        order=0,
        allowed=permissions.can_work,
    )


def register_of_industries() -> MenuItem:
    """The private register."""
    return ScreenMenuItem(
        "Data industri",
        reverse_lazy("gallery-register"),
        name="gallery-data-industri",
        icon_name="table",
        order=10,
        allowed=permissions.can_work,
    )


def updates() -> MenuItem:
    """What owners sent, and what nobody has confirmed for a year."""
    return ScreenMenuItem(
        "Pembaruan",
        reverse_lazy("gallery-updates"),
        name="gallery-pembaruan",
        icon_name="rotate",
        order=20,
        allowed=permissions.can_work,
    )


def interest() -> MenuItem:
    """What owners can be told of last month."""
    return ScreenMenuItem(
        "Laporan minat",
        reverse_lazy("gallery-interest"),
        name="gallery-minat",
        icon_name="view",
        order=25,
        allowed=permissions.can_work,
    )


def business_import() -> MenuItem:
    """Businesses from a table."""
    return ScreenMenuItem(
        "Impor usaha",
        reverse_lazy("gallery-import"),
        name="gallery-impor",
        icon_name="upload",
        order=30,
        allowed=may_import,
    )
