"""Pembaruan: links for owners, what came through them, and listings that nobody has confirmed for a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.field_types import get as question_type
from forms.views.privacy import seal
from gallery import interest_report, owner_updates, permissions
from gallery.models import Business, OwnerUpdate, ProductChange
from siptenan.common.dates import format_short

ROWS = 100
NO_PRICE = "Hubungi penjual"


class UpdatesView(WagtailAdminTemplateMixin, TemplateView):
    """Everything that waits for an officer or an owner."""

    page_title = "Pembaruan"
    header_icon = "rotate"
    template_name = "gallery/admin/updates.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        response = seal(super().dispatch(request, *args, **kwargs))
        response["Referrer-Policy"] = "same-origin"  # or Django's CSRF check would refuse the forms
        return response

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict:
        updates = OwnerUpdate.objects.select_related("business", "created_by")
        return {
            **super().get_context_data(**kwargs),
            "waiting": updates.waiting()[:ROWS],
            "open": updates.open()[:ROWS],
            "stale": owner_updates.stale()[:ROWS],
        }


class BusinessOwnerView(UpdatesView):
    """One business: make a link for its owner (shown once), and the monthly report of interest."""

    template_name = "gallery/admin/owner.html"
    secret = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        self.business = get_object_or_404(Business.objects.select_related("record"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.business.live:
            messages.error(request, "Usaha ini tidak tampil di Gallery, jadi tidak ada yang dapat diperbarui.")
            return redirect("gallery-owner", pk)
        update, secret = owner_updates.invite(self.business, by=request.user)
        return self.render_to_response(
            self.get_context_data(
                update=update,
                link=owner_updates.link(secret),
                whatsapp_url=owner_updates.whatsapp(update, secret),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict:
        today = timezone.localdate()
        last_month = today.replace(day=1) - dt.timedelta(days=1)
        return {
            "business": self.business,
            "report": interest_report.text(self.business, last_month),
            "report_url": interest_report.whatsapp(self.business, last_month),
            **super().get_context_data(**kwargs),
            "page_subtitle": self.business.name,
        }


class UpdateView(UpdatesView):
    """What an owner sent, field by field, and the two buttons."""

    template_name = "gallery/admin/update.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.update = get_object_or_404(
            OwnerUpdate.objects.select_related("business", "decided_by").exclude(sent_at=None), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        decide = {"setujui": owner_updates.approve, "tolak": owner_updates.reject}.get(request.POST.get("aksi", ""))
        if decide is None:
            messages.error(request, "Pilih Setujui atau Tolak.")
            return redirect("gallery-update", pk)
        try:
            decide(self.update, by=request.user)
        except owner_updates.AlreadyDecided:
            messages.error(request, "Petugas lain sudah memutuskan pembaruan ini.")
            return redirect("gallery-update", pk)
        except owner_updates.HasDraft as refusal:
            words = f"Produk “{refusal}” punya draf yang belum terbit. Terbitkan atau buang drafnya dulu."
            messages.error(request, words)
            return redirect("gallery-update", pk)
        messages.success(request, "Pembaruan diputuskan. Pemilik dapat melihat hasilnya di Gallery.")
        return redirect("gallery-updates")

    def get_context_data(self, **kwargs: Any) -> dict:
        return {
            **super().get_context_data(**kwargs),
            "page_subtitle": self.update.business.name,
            "update": self.update,
            "sent_text": format_short(self.update.sent_at),
            "changes": [_difference(change) for change in self.update.changes.select_related("product")],
        }


def _difference(change: ProductChange) -> dict:
    rows = [
        ("Harga", _price(change.price_before), _price(change.price)),
        ("Ketersediaan", change.get_stock_before_display(), change.get_stock_display()),
    ]
    photo_url = reverse("gallery-update-photo", args=[change.pk]) if change.photo else ""
    return {
        "product": change.product,
        "rows": [
            {"label": label, "before": before, "after": after} for label, before, after in rows if before != after
        ],
        "photo_url": photo_url,
        "is_only_confirmed": change.is_only_confirmed,
    }


def _price(price: int | None) -> str:
    return question_type("rupiah").display(str(price)) if price else NO_PRICE


def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo that an owner sent, for officers of the Gallery only."""
    if not permissions.can_work(request.user):
        raise PermissionDenied
    change = get_object_or_404(ProductChange.objects.select_related("update__business"), pk=pk)
    if not change.photo:
        raise Http404
    with change.photo.open("rb") as file:
        return seal(HttpResponse(file.read(), content_type="image/jpeg"))
