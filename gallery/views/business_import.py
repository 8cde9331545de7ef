"""Impor usaha: a file is checked and shown, then what was shown is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.log_actions import LogContext, log

from forms.views.privacy import seal
from gallery import business_import, permissions
from gallery.units import of_goods
from siptenan.accounts.models import User
from siptenan.common import import_views
from siptenan.common.encryption import Unreadable
from siptenan.common.models import Commodity
from siptenan.common.spreadsheets import xlsx_response


def may_import(user: User) -> bool:
    """Whether somebody may enter businesses without a registration."""
    return permissions.can_work(user) and user.has_perms(["gallery.add_business", "gallery.add_product"])


class ImportView(import_views.ImportView):
    """Nothing is kept between the two steps: what was checked travels in the form, encrypted."""

    page_title = "Impor usaha"
    template_name = "gallery/admin/import.html"

    def allowed(self, user: User) -> bool:
        return may_import(user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = seal(super().dispatch(request, *args, **kwargs))
        response["Referrer-Policy"] = "same-origin"  # or Django's CSRF check would refuse the form
        return response

    def check(self, file: UploadedFile) -> dict[str, Any]:
        entries = business_import.read(file.read())
        fresh = [entry for entry in entries if not entry.known]
        return {
            "entries": entries,
            "fresh": len(fresh),
            "rows": business_import.sealed(fresh) if fresh else "",
        }

    def save(self, token: str) -> HttpResponse:
        try:
            entries = business_import.unsealed(token)
        except Unreadable:
            messages.error(self.request, "Data yang diperiksa sudah tidak dapat dibaca. Unggah berkasnya sekali lagi.")
            return redirect("gallery-import")
        made = business_import.store(entries)
        for business in made:
            with LogContext(self.request.user):  # of one context Wagtail's history shows one entry of an action
                log(instance=business, action="wagtail.create", user=self.request.user)
        skipped = f" {len(entries) - len(made)} sudah tercatat dan dilewati." if len(made) < len(entries) else ""
        messages.success(self.request, f"{len(made)} usaha diimpor sebagai draf.{skipped}")
        return redirect("gallery-register")

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(
            headings=list(business_import.HEADINGS),
            required=business_import.REQUIRED,
            max_rows=business_import.MAX_ROWS,
            commodities=Commodity.objects.all(),
            units=of_goods(),
            back_url=reverse("gallery-register"),
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("gallery-register"), "label": "Data industri"},
            {"url": "", "label": self.page_title},
        ]


EXAMPLE = {
    "nama usaha": "Batik Contoh Impor", "kelurahan": "Kauman", "nama pemilik": "Ibu Contoh Impor",
    "nama produk": "Kain Batik Contoh Impor", "nik": "3375014708900000", "gender": "P", "whatsapp": "081200000999",
    "alamat": "Jl. Contoh 9", "tahun berdiri": "2010", "komoditas": "Batik", "modal awal": "10.000.000",
    "investasi": "25.000.000", "tenaga kerja l": "2", "tenaga kerja p": "4", "produk yang dihasilkan": "kain batik cap",
    "pendapatan per bulan": "15.000.000", "kapasitas per bulan": "10", "satuan": "kodi", "harga": "150.000",
    "satuan harga": "lembar", "deskripsi": "Katun primisima, 2,4 meter.", "setuju nama tampil": "ya",
    "setuju whatsapp tampil": "ya",
}  # fmt: skip


def example(request: HttpRequest) -> HttpResponse:
    """A file to fill in: all headings and one invented business."""
    if not may_import(request.user):
        raise PermissionDenied
    headings = list(business_import.HEADINGS)
    return xlsx_response("contoh-impor-usaha.xlsx", headings, [[EXAMPLE[name] for name in headings]])
