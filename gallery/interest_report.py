"""“Laporan minat”: what an owner is told each month of how often his products were looked at."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from gallery.models import Business, DailyInterest
from gallery.models.business import BusinessQuerySet
from siptenan.common import phones
from siptenan.common.dates import MONTHS

MOST_LINES = 15  # products that a message names; a link with more is too long for some telephones


@dataclass(frozen=True)
class Interest:
    """How often a product was looked at, and its seller written to."""

    product: str
    seen: int
    written: int


@dataclass(frozen=True)
class Report:
    """What one owner can be sent for a month."""

    business: Business
    seen: int
    written: int
    text: str
    whatsapp_url: str  # opens WhatsApp with the text; empty when the owner gave no number


def last_month() -> dt.date:
    """Return the first day of the month before this one."""
    return (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def name_of(month: dt.date) -> str:
    """ "November 2026" """
    return f"{MONTHS[month.month - 1]} {month.year}"


def text(business: Business, month: dt.date) -> str:
    """Return the message for the month that a day lies in; the figures are of products that are public now."""
    return _text(business, month, _interest([business.pk], month)[business.pk])


def whatsapp(business: Business, month: dt.date) -> str:
    """Return the wa.me link with which an officer sends it; empty when the owner gave no number."""
    return _link(business, text(business, month))


def was_shown(business: Business, month: dt.date) -> bool:
    """Whether a business was public by the end of the month that a day lies in; before that there is no report."""
    since = business.first_published_at
    return since is not None and timezone.localdate(since).replace(day=1) <= month.replace(day=1)


def with_interest(month: dt.date) -> BusinessQuerySet:
    """The public businesses that anybody looked at or wrote to in a month, those with the most views first."""
    during = {
        "products__live": True,
        "products__interest__day__year": month.year,
        "products__interest__day__month": month.month,
    }
    seen = (
        Business.objects.public()
        .filter(**during)
        .annotate(seen=Sum("products__interest__views"), written=Sum("products__interest__whatsapp"))
    )
    return seen.select_related("kelurahan", "record").order_by("-seen", "-written", "name", "pk")


def reports(businesses: Iterable[Business], month: dt.date) -> list[Report]:
    """Return the reports of these businesses, in one query at any number."""
    businesses = list(businesses)
    found = _interest([business.pk for business in businesses], month)
    made = []
    for business in businesses:
        rows = found[business.pk]
        words = _text(business, month, rows)
        seen, written = sum(row.seen for row in rows), sum(row.written for row in rows)
        made.append(Report(business, seen, written, words, _link(business, words)))
    return made


def _interest(businesses: list[int], month: dt.date) -> dict[int, list[Interest]]:
    rows = (
        DailyInterest.objects.filter(
            product__business__in=businesses, product__live=True, day__year=month.year, day__month=month.month
        )
        .values("product__business", "product", "product__name")
        .annotate(seen=Sum("views"), written=Sum("whatsapp"))
        .order_by("-seen", "product__name", "product")
    )
    found: dict[int, list[Interest]] = defaultdict(list)
    for row in rows:
        found[row["product__business"]].append(Interest(row["product__name"], row["seen"], row["written"]))
    return found


def _text(business: Business, month: dt.date, rows: list[Interest]) -> str:
    head = f"Laporan minat {business} di Gallery IKM, {name_of(month)}:"
    if not rows:
        return f"Laporan minat {business} di Gallery IKM: pada {name_of(month)} belum ada yang melihat produk Anda."
    lines = [f"{row.product}: dilihat {row.seen} kali, {row.written} menekan WhatsApp" for row in rows[:MOST_LINES]]
    if rest := rows[MOST_LINES:]:
        seen, written = sum(row.seen for row in rest), sum(row.written for row in rest)
        lines.append(f"{len(rest)} produk lain: dilihat {seen} kali, {written} menekan WhatsApp")
    return "\n".join([head, *lines])


def _link(business: Business, words: str) -> str:
    phone = business.record.phone if hasattr(business, "record") else ""
    return phones.whatsapp_url(phone, words) if phone else ""
