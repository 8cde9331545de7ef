"""Events of the agenda: in words, and as files for calendars (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from icalendar import Calendar, Event

from home.plain import printable
from siptenan.common.addresses import absolute
from siptenan.common.dates import format_date, format_datetime, in_wib

if TYPE_CHECKING:
    from home.models import EventPage

PRODUCT = "-//SIPTENAN//Agenda//ID"


def period(starts_at: dt.datetime, ends_at: dt.datetime | None) -> str:
    """`Selasa, 24 November 2026, 09.00 sampai 12.00 WIB`; over several days both are written in full."""
    if ends_at is None:
        return format_datetime(starts_at)
    starts, ends = in_wib(starts_at), in_wib(ends_at)
    if starts.date() == ends.date():
        return f"{format_date(starts)}, {starts:%H.%M} sampai {ends:%H.%M} WIB"
    return f"{format_datetime(starts)}, sampai {format_datetime(ends)}"


def calendar_response(event: EventPage) -> HttpResponse:
    """Return the event as a file to save, named like its page."""
    return HttpResponse(
        calendar_file(event),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, f"{event.slug}.ics")},
    )


def calendar_file(event: EventPage) -> bytes:
    """Return the event as iCalendar, times in UTC. Its UID stays when the page is renamed or changed."""
    url = absolute(event.url or "")
    changed_at = event.last_published_at or timezone.now()
    entry = Event()
    entry.add("uid", str(event.translation_key))
    entry.add("dtstamp", changed_at.astimezone(dt.UTC))
    entry.add("last-modified", changed_at.astimezone(dt.UTC))
    entry.add("dtstart", event.starts_at.astimezone(dt.UTC))
    if event.ends_at:
        entry.add("dtend", event.ends_at.astimezone(dt.UTC))
    entry.add("summary", printable(event.title))
    entry.add("location", printable(event.place))
    organiser = f"Penyelenggara: {event.organiser}" if event.organiser else ""
    lines = [printable(line) for line in (event.summary, organiser, url) if line]
    entry.add("description", "\n".join(lines))
    entry.add("url", url)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical()
