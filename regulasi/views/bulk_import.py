"""Impor regulasi: a table, or a ZIP of it with PDFs, is checked and shown; then the drafts that were shown are made."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from regulasi import permissions
from regulasi.bulk_import import columns, reading, storing
from regulasi.bulk_import.files import LIMITS, MAX_UPLOAD
from regulasi.models import RegulationIndexPage
from siptenan.accounts.models import User
from siptenan.accounts.permissions import Actor
from siptenan.common import import_views, staging
from siptenan.common.documents import MB
from siptenan.common.spreadsheets import xlsx_response
from siptenan.common.staging import NotStaged

PURPOSE = "regulation-import"


class UploadForm(import_views.UploadForm):
    """A table or a ZIP."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Berkas XLSX, CSV, atau ZIP"
        self.fields["file"].widget = forms.FileInput(attrs={"accept": ".xlsx,.csv,.zip"})


class ImportView(import_views.ImportView):
    """Between the two steps the file waits on the private storage, and the form carries the token that opens it."""

    page_title = "Impor regulasi"
    template_name = "regulasi/admin/import.html"
    form_class = UploadForm

    def allowed(self, user: Actor) -> bool:
        return permissions.can_import(user)

    @property
    def user(self) -> User:
        """Who imports: `allowed` has turned everybody else away."""
        return cast(User, self.request.user)

    def check(self, file: UploadedFile) -> dict[str, Any]:
        plan = reading.read(file)
        return {"plan": plan, "rows": staging.stage(file, PURPOSE, self.user.pk)}

    def save(self, token: str) -> HttpResponse:
        user, index = self.user, RegulationIndexPage.objects.first()
        if index is None or not index.permissions_for_user(user).can_add_subpage():
            raise PermissionDenied
        try:
            with staging.opened(token, PURPOSE, user.pk) as file:
                made = storing.store(reading.read(file, is_checked=True), index, user)
            staging.discard(token, PURPOSE)
        except NotStaged:
            messages.error(self.request, "Berkas itu sudah diimpor, atau terlalu lama menunggu. Unggah sekali lagi.")
            return redirect("regulation-import")
        messages.success(self.request, f"{len(made)} regulasi dibuat sebagai draf. Teks PDF-nya sedang dibaca.")
        return redirect("wagtailadmin_explore", index.pk)

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(
            headings=columns.HEADINGS,
            required=columns.REQUIRED,
            relations=list(columns.RELATIONS),
            max_rows=reading.MAX_ROWS,
            max_files=LIMITS.files - 1,
            max_mb=MAX_UPLOAD // MB,
            max_pdf_mb=LIMITS.one // MB,
            index=RegulationIndexPage.objects.first(),
            back_url=reverse("regulation-list"),
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict]:
        index = RegulationIndexPage.objects.first()
        listed = [{"url": reverse("wagtailadmin_explore", args=(index.pk,)), "label": index.title}] if index else []
        return [*super().get_breadcrumbs_items(), *listed, {"url": "", "label": self.page_title}]


def example(request: HttpRequest) -> HttpResponse:
    """A table to fill in: all headings, and rows that show how."""
    if not permissions.can_import(request.user):
        raise PermissionDenied
    rows = [[row.get(name, "") for name in columns.HEADINGS] for row in columns.EXAMPLES]
    return xlsx_response("contoh-impor-regulasi.xlsx", columns.HEADINGS, rows)
