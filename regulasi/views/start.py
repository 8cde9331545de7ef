"""Where the menu "Regulasi" of the CMS leads."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from regulasi.models import RegulationIndexPage
from siptenan.accounts.permissions import edits_content


def to_list(request: HttpRequest) -> HttpResponse:
    """Semua regulasi: Wagtail's own list of the pages; of all pages while there is no list of regulations."""
    if not edits_content(request.user):
        raise PermissionDenied
    index = RegulationIndexPage.objects.only("pk").first()
    return redirect("wagtailadmin_explore", index.pk) if index else redirect("wagtailadmin_explore_root")
