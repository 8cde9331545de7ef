"""Laporan triwulan: the quarters that were kept, a button that keeps the running one, and the file of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.views.privacy import seal
from gallery import permissions, quarterly, register
from gallery.quarters import Quarter


class QuartersView(WagtailAdminTemplateMixin, TemplateView):
    """The list; sending its form keeps the running quarter."""

    page_title = "Laporan triwulan"
    header_icon = "calendar-alt"
    template_name = "gallery/admin/quarters.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        response = seal(super().dispatch(request, *args, **kwargs))
        response["Referrer-Policy"] = "same-origin"  # or Django's CSRF check would refuse the form
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        if not permissions.can_change_records(request.user):
            raise PermissionDenied
        count = quarterly.keep_running(by=request.user)
        messages.success(request, f"Keadaan {Quarter.now()} disimpan: {count} usaha.")
        return redirect("gallery-quarters")

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("gallery-register"), "label": "Data industri"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict:
        running = Quarter.now()
        return {
            **super().get_context_data(**kwargs),
            "running": running,
            "quarters": [{**kept, "is_running": kept["quarter"] == running} for kept in quarterly.kept_quarters()],
            "figures": quarterly.FIGURES,
            "can_keep": permissions.can_change_records(self.request.user),
            "formats": {"xlsx": "Excel (XLSX)", "csv": "CSV"} if permissions.can_export(self.request.user) else {},
        }


def export(request: HttpRequest, year: int, number: int, file_format: str) -> HttpResponse:
    """The report of a quarter as a file; each business in it remembers that it left."""
    if not permissions.can_export(request.user):
        raise PermissionDenied
    if file_format not in register.FORMATS or not 1 <= number <= 4:
        raise Http404
    quarter = Quarter(year, number)
    reports = list(quarterly.reports(quarter))
    if not reports:
        raise Http404
    records = [report.record for report in reports]
    register.record_export(records, by=request.user, file_format=file_format, with_nik=False, quarter=str(quarter))
    return seal(quarterly.response(reports, quarter, file_format))
