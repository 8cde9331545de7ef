"""The office clock, set from the CMS: hours of OfficeSettings, holidays of the library and of the table."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from forms.clock import Hours, HoursRow, OfficeClock
from siptenan.common.generation import per_generation
from siptenan.common.models import Holiday, OfficeSettings
from siptenan.common.national_holidays import national_holidays

YEARS_BACK, YEARS_AHEAD = 2, 3


def days_off(first_year: int, last_year: int) -> dict[dt.date, str]:
    """Return the library's days with the CMS table laid over them: it adds days, and takes them away again."""
    days = dict(national_holidays(first_year, last_year))
    for holiday in Holiday.objects.filter(date__year__range=(first_year, last_year)):
        if holiday.kind == Holiday.Kind.OPEN:
            days.pop(holiday.date, None)
        else:
            days[holiday.date] = holiday.name
    return days


def build_clock() -> OfficeClock:
    """Return the clock as the CMS has it at this moment."""
    rows = [
        HoursRow(
            row.first_weekday,
            row.last_weekday,
            Hours(row.opens, row.closes, row.break_starts, row.break_ends),
            row.valid_from,
            row.valid_until,
            row.name,
        )
        for row in OfficeSettings.load().working_hours.all()
    ]
    year = timezone.localdate().year
    return OfficeClock(rows, days_off(year - YEARS_BACK, year + YEARS_AHEAD))


@per_generation
def office_clock() -> OfficeClock:
    """Return the clock, kept in the process until hours or holidays change."""
    return build_clock()
