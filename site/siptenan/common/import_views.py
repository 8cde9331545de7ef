"""Screens of the CMS that take a file in: it is checked and shown, then what was shown is saved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from siptenan.common.tables import InvalidFile

MAX_ERRORS_SHOWN = 100


class UploadForm(forms.Form):
    """The file."""

    use_required_attribute = False
    file = forms.FileField(
        label="Berkas XLSX atau CSV",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Pilih berkasnya dulu.", "empty": "Berkas ini kosong."},
    )


class ImportView(ABC, WagtailAdminTemplateMixin, TemplateView):
    """Two steps; nothing is stored before the second. Between them, the form carries a token: `rows` of `check`.

    Templates extend common/import.html, which wants `headings`, `required` and `back_url` besides.
    """

    header_icon = "upload"
    form_class: type[forms.Form] = UploadForm
    _show_breadcrumbs = True

    @abstractmethod
    def allowed(self, user: Any) -> bool:
        """Whether somebody may import."""

    @abstractmethod
    def check(self, file: UploadedFile) -> dict[str, Any]:
        """Return what to show of a file before it is saved. Raises InvalidFile."""

    @abstractmethod
    def save(self, token: str) -> HttpResponse:
        """Save what was shown. Raises InvalidFile when that is no longer possible."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            if "rows" in request.POST:
                return self.save(request.POST["rows"])
            form = self.form_class(request.POST, request.FILES)
            if not form.is_valid():
                return self._show(422, form=form)
            return self._show(200, is_checked=True, **self.check(form.cleaned_data["file"]))
        except InvalidFile as refusal:
            errors, more = refusal.errors[:MAX_ERRORS_SHOWN], len(refusal.errors) - MAX_ERRORS_SHOWN
            return self._show(422, errors=errors, more=max(0, more))

    def _show(self, status: int, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_context_data(self, **kwargs: Any) -> dict:
        return {"form": self.form_class(), **super().get_context_data(**kwargs)}
