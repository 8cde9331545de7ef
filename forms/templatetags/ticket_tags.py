"""Filters of the ticket screens."""

from __future__ import annotations

import datetime as dt

from django import template

from forms.enums import EventKind, Status
from forms.models import SubmissionEvent
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


@register.filter
def change(event: SubmissionEvent) -> str:
    """What an event changed, from and to: `Baru → Diproses`; nothing for those that only happened."""
    before, after = event.before, event.after
    if event.kind == EventKind.DUE_CHANGED:
        before, after = (format_short(dt.datetime.fromisoformat(at)) for at in (before, after))
    elif event.kind == EventKind.ASSIGNED:
        before, after = before or "belum ada", after or "belum ada"
    elif event.kind == EventKind.SUBMITTED and after in Status.values:
        after = Status(after).label
    return f"{before} → {after}" if before else after
