"""Marks what is probably spam. Nothing is refused: a marked ticket goes to the spam tray, where staff can see it."""

from __future__ import annotations

import re

from forms.references import FormToken

MIN_AGE_S = 3.0  # seconds; nobody fills in four fields faster
MAX_LINKS = 2
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)

REASONS = {
    "honeypot": "Isian jebakan terisi",
    "too_fast": "Dikirim kurang dari 3 detik setelah halaman dibuka",
    "links": "Berisi banyak tautan",
}


def reasons(token: FormToken, honeypot: str, answers: dict) -> list[str]:
    """Return the codes of what looks like a bot; empty for a person."""
    found = []
    if honeypot.strip():
        found.append("honeypot")
    if token.age_s < MIN_AGE_S:
        found.append("too_fast")
    text = " ".join(value for value in answers.values() if isinstance(value, str))
    if len(_LINK.findall(text)) > MAX_LINKS:
        found.append("links")
    return found
