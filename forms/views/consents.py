"""Teks persetujuan: what visitors of a form consented to, for those who answer for it. Read-only, nothing personal."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms import consents, permissions

TITLE = "Teks persetujuan"


class _ConsentView(WagtailAdminTemplateMixin, TemplateView):
    page_title = TITLE
    header_icon = "doc-full"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_read_consent_texts(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FormsView(_ConsentView):
    """The forms to choose from."""

    template_name = "forms/admin/consent_forms.html"

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict:
        chosen = permissions.forms_with_consent_texts(self.request.user).order_by("title", "pk")
        return {**super().get_context_data(**kwargs), "form_pages": chosen}


class TextsView(_ConsentView):
    """Every version of the texts of one form."""

    template_name = "forms/admin/consent_texts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form_page = None
        if permissions.can_read_consent_texts(request.user):
            forms = permissions.forms_with_consent_texts(request.user)
            self.form_page = get_object_or_404(forms, pk=kwargs["form"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("consent-forms"), "label": TITLE},
            {"url": "", "label": f"Persetujuan: {self.form_page.title}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict:
        return {**super().get_context_data(**kwargs), "texts": consents.of_form(self.form_page)}
