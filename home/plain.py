"""Text for formats that are stricter than HTML."""

from __future__ import annotations

import re

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def printable(text: str) -> str:
    """Return a text without control characters, which XML and iCalendar refuse; word processors leave some behind."""
    return CONTROLS.sub("", text)
