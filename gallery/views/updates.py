"""Pembaruan: links for owners, what came through them, and listings that nobody has confirmed for a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.images.models import SourceImageIOError

from forms.field_types import get as question_type
from forms.views.privacy import seal
from gallery import interest_report, owner_updates, permissions
from gallery.enums import Stock
from gallery.locks import Locked
from gallery.models import Business, OwnerUpdate, Product, ProductChange
from siptenan.common.dates import format_short

ROWS = 100
REPORTS = 50  # on a page
SEEN = "dilihat-"  # beginning of the names of hidden fields
PHOTO = "max-480x480|format-webp"
NO_PRICE = "Hubungi penjual"


class OwnersView(WagtailAdminTemplateMixin, TemplateView):
    """What the screens about owners share: they are those of the officers of the Gallery, and are not cached."""

    page_title = "Pembaruan"
    header_icon = "rotate"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        response = seal(super().dispatch(request, *args, **kwargs))
        response["Referrer-Policy"] = "same-origin"  # or Django's CSRF check would refuse the forms
        return response

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class UpdatesView(OwnersView):
    """Everything that waits for an officer or an owner."""

    template_name = "gallery/admin/updates.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        updates = OwnerUpdate.objects.select_related("business", "created_by")
        return {
            **super().get_context_data(**kwargs),
            "waiting": updates.waiting()[:ROWS],
            "open": updates.open()[:ROWS],
            "stale": owner_updates.stale()[:ROWS],
        }


class BusinessOwnerView(OwnersView):
    """One business: make a link for its owner (shown once), and the monthly report of interest."""

    page_title = "Tautan pemilik dan laporan minat"
    header_icon = "link"
    template_name = "gallery/admin/owner.html"

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
        month = interest_report.last_month()
        report = interest_report.reports([self.business], month)[0]
        is_offered = report.seen or report.written or interest_report.was_shown(self.business, month)
        record = permissions.records_for(self.request.user).filter(business=self.business).first()
        return {
            "business": self.business,
            "record": record,
            "month": interest_report.name_of(month),
            "report": report if is_offered else None,
            **super().get_context_data(**kwargs),
            "page_subtitle": self.business.name,
        }


class InterestView(OwnersView):
    """“Laporan minat” of last month: whom it can be sent to, each with the text in one press."""

    page_title = "Laporan minat"
    header_icon = "view"
    template_name = "gallery/admin/interest.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        month = interest_report.last_month()
        page = Paginator(interest_report.with_interest(month), REPORTS).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "month": interest_report.name_of(month),
            "page": page,
            "reports": interest_report.reports(page, month),
        }


class UpdateView(OwnersView):
    """What an owner sent, field by field, and the two buttons."""

    template_name = "gallery/admin/update.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_work(request.user):
            raise PermissionDenied
        self.update = get_object_or_404(
            OwnerUpdate.objects.select_related("business", "decided_by").exclude(sent_at=None), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        action = request.POST.get("aksi", "")
        if action not in ("setujui", "tolak"):
            messages.error(request, "Pilih Setujui atau Tolak.")
            return redirect("gallery-update", pk)
        try:
            if action == "setujui":
                owner_updates.approve(self.update, by=request.user, seen=self._seen())
            else:
                owner_updates.reject(self.update, by=request.user)
        except owner_updates.AlreadyDecided:
            messages.error(request, "Petugas lain sudah memutuskan pembaruan ini.")
            return redirect("gallery-update", pk)
        except owner_updates.HasDraft as refusal:
            words = f"Produk “{refusal}” punya draf yang belum terbit. Terbitkan atau buang drafnya dulu."
            messages.error(request, words)
            return redirect("gallery-update", pk)
        except owner_updates.Moved as refusal:
            words = f"Belum disetujui: data di Gallery sudah berubah ({refusal}). Periksa kolom “Sekarang” sekali lagi."
            messages.error(request, words)
            return redirect("gallery-update", pk)
        except Locked as refusal:
            messages.error(request, str(refusal))
            return redirect("gallery-update", pk)
        messages.success(request, "Pembaruan diputuskan. Pemilik dapat melihat hasilnya di Gallery.")
        return redirect("gallery-updates")

    def _seen(self) -> dict[int, str]:
        """What stood under “Sekarang” on the page with the button, by change."""
        sent = {name.removeprefix(SEEN): value for name, value in self.request.POST.items() if name.startswith(SEEN)}
        return {int(key): value for key, value in sent.items() if key.isascii() and key.isdecimal()}

    def get_context_data(self, **kwargs: Any) -> dict:
        changes = self.update.changes.select_related("product").prefetch_related("product__photos__image")
        shown = [_difference(change, is_decided=self.update.decided_at is not None) for change in changes]
        return {
            **super().get_context_data(**kwargs),
            "page_subtitle": self.update.business.name,
            "update": self.update,
            "sent_text": format_short(self.update.sent_at),
            "changes": shown,
            "has_moved": any(change["has_moved"] for change in shown),
            "seen_prefix": SEEN,
        }


def _difference(change: ProductChange, *, is_decided: bool) -> dict:
    """What the owner changed, beside what is in the Gallery now; of a decided one, beside what was there then."""
    product = change.product
    stocks = dict(Stock.choices)
    price, stock = (change.price_before, change.stock_before) if is_decided else (product.price, product.stock)
    rows = []
    if change.is_of_price:
        rows.append(("Harga", _price(price), _price(change.price), _price(change.price_before)))
    if change.is_of_stock:
        rows.append(("Ketersediaan", stocks[stock], stocks[change.stock], stocks[change.stock_before]))
    return {
        "pk": change.pk,
        "product": product,
        "seen": owner_updates.standing(change).text,
        "has_moved": not is_decided and owner_updates.has_moved(change),
        "rows": [
            {"label": label, "before": before, "after": after, "then": then if then != before else ""}
            for label, before, after, then in rows
        ],
        "photo_url": reverse("gallery-update-photo", args=[change.pk]) if change.photo else "",
        "current_photo": _current_photo(product) if change.photo else None,
        "is_only_confirmed": change.is_only_confirmed,
    }


def _current_photo(product: Product) -> Any:
    """The first photo of a product as it is, small; None without one, or when its file is gone."""
    first = next(iter(product.photos.all()), None)
    if first is None or first.image is None:
        return None
    try:
        return first.image.get_rendition(PHOTO)
    except SourceImageIOError:
        return None


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
