"""Items of the CMS menu for regulations."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail.admin.menu import MenuItem

from regulasi import permissions
from siptenan.accounts.permissions import Actor


class RegulationMenuItem(MenuItem):
    """A screen for those who may see it."""

    def __init__(self, *args, allowed: Callable[[Actor], bool], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        return self.allowed(request.user)


def texts() -> MenuItem:
    """Laporan, Teks PDF."""
    return RegulationMenuItem(
        "Teks PDF",
        reverse_lazy("regulation-texts"),
        name="regulasi-teks-pdf",
        icon_name="doc-full",
        order=400,
        allowed=permissions.can_see_reports,
    )


def contradictions() -> MenuItem:
    """Laporan, Pertentangan regulasi."""
    return RegulationMenuItem(
        "Pertentangan regulasi",
        reverse_lazy("regulation-contradictions"),
        name="regulasi-pertentangan",
        icon_name="warning",
        order=410,
        allowed=permissions.can_see_reports,
    )


def jdihn_check() -> MenuItem:
    """Laporan, Pemeriksaan JDIHN."""
    return RegulationMenuItem(
        "Pemeriksaan JDIHN",
        reverse_lazy("regulation-jdihn"),
        name="regulasi-jdihn",
        icon_name="tasks",
        order=420,
        allowed=permissions.can_see_reports,
    )
