"""Dates and times as the public reads them: Indonesian words, western Indonesian time (WIB).

Written out here instead of with a locale, because the words must be the same on every machine, in every
thread, in a mail written by a worker as on a page. Pure: no Django, no clock, no settings.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def in_wib(at: datetime) -> datetime:
    """The same instant on the clock of the office.

    Raises ValueError for a naive datetime: nobody could say which instant it means.
    """
    if at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone, so it names no instant; pass an aware datetime.")
    return at.astimezone(WIB)


def format_date(day: date) -> str:
    """`Selasa, 24 November 2026`. An aware datetime gives its day in WIB; a naive one raises ValueError."""
    if isinstance(day, datetime):
        day = in_wib(day).date()
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def format_day(day: date) -> str:
    """`24 November 2026`, for a day that is long past: which weekday it was helps nobody."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_datetime(at: datetime) -> str:
    """`Selasa, 24 November 2026, 14.03 WIB`, seconds left out. A naive datetime raises ValueError."""
    at = in_wib(at)
    return f"{format_date(at)}, {at:%H.%M} WIB"


def format_short(at: datetime) -> str:
    """`24/11/2026 14.03`, in WIB, for tables and files. A naive datetime raises ValueError."""
    return f"{in_wib(at):%d/%m/%Y %H.%M}"


def read_date(text: str) -> date | None:
    """Return the day that a person wrote: `12/11/2020` (day first), `12 November 2020` or `2020-11-12`; else None."""
    for form, order in _WRITTEN:
        if found := form.fullmatch(text.strip().casefold()):
            year, month, day = (found[part] for part in order)
            try:
                return date(int(year), int(month) if month.isdecimal() else _MONTH_NUMBERS[month], int(day))
            except (KeyError, ValueError):
                return None
    return None


_MONTH_NUMBERS = {
    name: number for number, month in enumerate(MONTHS, 1) for name in (month.casefold(), month[:3].lower())
}
_MONTH_NUMBERS |= {"pebruari": 2, "agt": 8, "sept": 9, "nopember": 11, "nop": 11}
_WRITTEN = (
    (re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?: 00:00:00)?"), (1, 2, 3)),  # a date of Excel comes with a time
    (re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})"), (4, 3, 1)),
    (re.compile(r"(\d\d?) ([a-z]+)\.? (\d{4})", re.ASCII), (3, 2, 1)),
)
