"""Statistik layanan: one row a form, for a period."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms import permissions, reports
from forms.filters import FIRST_DAY, LAST_DAY

COUNTS = ("received", "open", "answered", "overdue")


class DayField(forms.DateField):
    """A day that the inbox can be filtered by."""

    default_error_messages = {"required": "Isi tanggalnya.", "invalid": "Tanggal belum benar. Contoh: 31/12/2026."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
            **kwargs,
        )


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    use_required_attribute = False
    dari = DayField(label="Dari tanggal")
    sampai = DayField(label="Sampai tanggal")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("dari") and cleaned.get("sampai") and cleaned["dari"] > cleaned["sampai"]:
            self.add_error("sampai", "Tanggal akhir mendahului tanggal awal.")
        return cleaned


class StatisticsView(WagtailAdminTemplateMixin, TemplateView):
    """Counts and answer times of the forms a user may see."""

    page_title = "Statistik layanan"
    header_icon = "history"
    template_name = "forms/admin/statistics.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_see_statistics(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict:
        today = timezone.localdate()
        default = {"dari": today - dt.timedelta(days=29), "sampai": today}
        data = self.request.GET if {"dari", "sampai"} & self.request.GET.keys() else default
        form = PeriodForm(data)
        period = form.cleaned_data if form.is_valid() else default
        user = self.request.user
        rows = reports.figures(
            permissions.forms_for(user),
            permissions.tickets_for(user),
            period["dari"],
            period["sampai"],
            timezone.now(),
        )
        return {
            **super().get_context_data(**kwargs),
            "period_form": form,
            "period": period,
            "rows": [{"figures": row, "query": _query(period, form=row.form.pk)} for row in rows],
            "total": {name: sum(getattr(row, name) for row in rows) for name in COUNTS} if len(rows) > 1 else None,
            "total_query": _query(period),
        }


def _query(period: dict, **values: Any) -> str:
    """The filter of the inbox that lists the tickets of a period."""
    return urlencode({**values, "submitted_at_from": period["dari"], "submitted_at_to": period["sampai"]})
