"""Dates as they are written of regulations: without the day of the week."""

from __future__ import annotations

import datetime as dt

from siptenan.common.dates import MONTHS


def in_words(day: dt.date) -> str:
    """`25 November 2016`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
