"""Marks what is probably spam. Nothing is refused: a marked ticket goes to the spam tray, where staff can see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
    if len(_LINK.findall(" ".join(_typed(answers.values())))) > MAX_LINKS:
        found.append("links")
    return found


def _typed(answers: Iterable) -> Iterator[str]:
    """The texts among the answers and their parts; what was chosen from a list is the editor's."""
    for answer in answers:
        if isinstance(answer, dict):
            yield from _typed(answer.values())
        elif isinstance(answer, str):
            yield answer
