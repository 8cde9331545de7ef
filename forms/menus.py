"""What officers meet first: the inbox in the menu with its count, and their own tickets on the dashboard."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from forms import permissions
from forms.models import Submission
from forms.models.submission import SubmissionQuerySet
from forms.views.inbox import MENU_COUNT_CAP, open_count

PANEL_ROWS = 8


class InboxMenuItem(MenuItem):
    """Kotak masuk, with the number of open tickets this user may see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_use_inbox(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = open_count(request.user)
        shown = f"{MENU_COUNT_CAP}+" if count > MENU_COUNT_CAP else str(count)
        return LinkMenuItem(
            self.name,
            f"{self.label} ({shown})" if count else self.label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


class StatisticsMenuItem(MenuItem):
    """Statistik layanan, under Laporan."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_see_statistics(request.user)


class ConsentMenuItem(MenuItem):
    """Teks persetujuan, under Laporan."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_read_consent_texts(request.user)


class OutboxMenuItem(MenuItem):
    """Surel keluar, under Laporan."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_use_inbox(request.user)


class TicketsPanel(Component):
    """The dashboard's first panel: tickets of this officer and those that nobody has taken, the most urgent first."""

    order = 10
    template_name = "forms/admin/tickets_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context=None) -> dict:
        user = self.request.user
        tickets = permissions.tickets_for(user)
        return {
            "groups": [
                {
                    "title": "Tugas saya",
                    "tickets": _most_urgent(tickets.open().filter(assignee=user)),
                    "empty": "Tidak ada tiket yang didisposisikan kepada Anda.",
                    "all_url": reverse("inbox:tugas-saya"),
                },
                {
                    "title": "Belum ada petugas",
                    "tickets": _most_urgent(tickets.needing_action().filter(assignee=None)),
                    "empty": "Semua tiket terbuka sudah ada petugasnya.",
                    "all_url": f"{reverse('inbox:terbuka')}?held=belum",
                },
            ],
            "troubled_mail": permissions.troubled_mail_for(user)[:1].exists(),
        }


def _most_urgent(tickets: SubmissionQuerySet) -> list[Submission]:
    return list(tickets.for_inbox().order_by("due_at", "pk")[:PANEL_ROWS])


def add_panel(request: HttpRequest, panels: list) -> None:
    """Wagtail hook `construct_homepage_panels`."""
    if permissions.can_use_inbox(request.user):
        panels.append(TicketsPanel(request))


def hide_form_menu(request: HttpRequest, menu_items: list) -> None:
    """Wagtail hook `construct_main_menu`: Wagtail's own list of submissions is replaced by the inbox."""
    menu_items[:] = [item for item in menu_items if item.name != "forms"]
