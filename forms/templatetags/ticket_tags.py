"""Filters of the ticket screens."""

from __future__ import annotations

import datetime as dt

from django import template
from siptenan.common.dates import format_datetime, format_short
from siptenan.common.phones import national

register = template.Library()


@register.filter
def wib(at: dt.datetime | None) -> str:
    """`24/11/2026 14.03`."""
    return format_short(at) if at else ""


@register.filter
def wib_words(at: dt.datetime | None) -> str:
    """`Selasa, 24 November 2026, 14.03 WIB`."""
    return format_datetime(at) if at else ""


@register.filter
def phone(e164: str) -> str:
    """`0812-3456-7890`."""
    return national(e164) if e164 else ""
