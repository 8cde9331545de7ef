"""“Laporan minat”: what an owner is told each month of how often his products were looked at."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum

from gallery.models import Business, DailyInterest
from siptenan.common import phones
from siptenan.common.dates import MONTHS


def text(business: Business, month: dt.date) -> str:
    """Return the message for the month that a day lies in; the figures are of products that are public now."""
    first = month.replace(day=1)
    rows = (
        DailyInterest.objects.filter(
            product__business=business, product__live=True, day__year=first.year, day__month=first.month
        )
        .values("product__name")
        .annotate(seen=Sum("views"), written=Sum("whatsapp"))
        .order_by("-seen", "product__name")
    )
    lines = [f"{row['product__name']}: dilihat {row['seen']} kali, {row['written']} menekan WhatsApp" for row in rows]
    name = f"{MONTHS[first.month - 1]} {first.year}"
    if not lines:
        return f"Laporan minat {business} di Gallery IKM, {name}: belum ada yang melihat produk Anda bulan ini."
    return "\n".join([f"Laporan minat {business} di Gallery IKM, {name}:", *lines])


def whatsapp(business: Business, month: dt.date) -> str:
    """Return the wa.me link with which an officer sends it; empty when the owner gave no number."""
    phone = business.record.phone if hasattr(business, "record") else ""
    return phones.whatsapp_url(phone, text(business, month)) if phone else ""
