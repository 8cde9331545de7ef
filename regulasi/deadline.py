"""The day until which something has to be done, as a file for calendars (RFC 5545): a whole day."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from regulasi.citation import permanent_url
from regulasi.models import RegulationPage

PRODUCT = "-//SIPTENAN//Regulasi//ID"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
REMIND_BEFORE = dt.timedelta(days=7)


def calendar_file(page: RegulationPage) -> bytes:
    """Return the deadline of a regulation. Its UID stays when the regulation changes."""
    if page.deadline is None:
        raise ValueError(f"{page} has no deadline.")
    url = permanent_url(page)
    changed_at = (page.last_published_at or timezone.now()).astimezone(dt.UTC)
    summary = f"Tenggat: {CONTROLS.sub('', page.deadline_what)}"
    entry = Event()
    entry.add("uid", f"{page.translation_key}-tenggat")
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("dtstart", page.deadline)
    entry.add("dtend", page.deadline + dt.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")  # nobody is busy all that day
    entry.add("summary", summary)
    lines = [page.must_act and f"Yang harus bertindak: {page.must_act}", page.full_title, url]
    entry.add("description", "\n".join(CONTROLS.sub("", line) for line in lines if line))
    entry.add("url", url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -REMIND_BEFORE)
    entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical()
