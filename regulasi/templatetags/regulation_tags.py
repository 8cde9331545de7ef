"""What templates ask about regulations."""

from __future__ import annotations

import datetime as dt

from django import template

from regulasi import dates

register = template.Library()


@register.filter
def tanggal(day: dt.date) -> str:
    """`25 November 2016`."""
    return dates.in_words(day)
