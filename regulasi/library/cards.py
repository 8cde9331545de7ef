"""Regulations as cards of the list: read by their keys in one query, whatever the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from regulasi import status
from regulasi.addresses import regulation_url
from regulasi.fulltext import Snippet, snippets
from regulasi.library.labels import BADGE_LEVELS, facet_values
from regulasi.library.words import Term
from regulasi.models import RegulationEntry
from siptenan.common.dates import format_day

FIELDS = (
    "page_id", "slug", "title", "name", "about", "kind", "subjects", "summary", "enacted_on", "promulgated_on",
    "effective_on", "valid_until", "valid_until_note", "effects", "document_id", "file_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows."""

    title: str
    about: str  # how the title ends, unless an editor wrote another one
    url: str
    kind: str
    badge: str
    level: str
    reason: str
    date: dt.date | None
    date_text: str
    subjects: tuple[str, ...]
    summary: str
    snippet: SafeString | None = None
    snippet_page: int | None = None
    snippet_url: str = ""


def document_url(slug: str, file_name: str) -> str:
    """The path of the PDF of a published regulation."""
    return f"{regulation_url(slug)}dokumen/{file_name}"


def cards(pks: Sequence[int], terms: Sequence[Term], today: dt.date) -> list[Card]:
    """Return the cards of these regulations, in this order: one query, and one for what the PDFs have of a search."""
    if not pks:
        return []
    by_pk = {entry.pk: entry for entry in RegulationEntry.objects.listed().filter(pk__in=pks).only(*FIELDS)}
    found = snippets({entry.document_id for entry in by_pk.values() if entry.document_id}, terms)
    return [_card(by_pk[pk], found, today) for pk in pks if pk in by_pk]


def _card(entry: RegulationEntry, found: Mapping[int, Snippet], today: dt.date) -> Card:
    standing = status.of(entry, today)
    known = facet_values()
    snippet = found.get(entry.document_id) if entry.document_id else None
    return Card(
        title=entry.title,
        about=entry.about,
        url=regulation_url(entry.slug),
        kind=known["jenis"].get(entry.kind, entry.kind),
        badge=standing.label,
        level=BADGE_LEVELS[standing.status],
        reason="" if not standing.by else standing.reason,
        date=entry.enacted_on,
        date_text=format_day(entry.enacted_on) if entry.enacted_on else "",
        subjects=tuple(known["subjek"].get(code, code) for code in entry.subjects),
        summary="" if entry.summary == entry.title else entry.summary,
        snippet=snippet.marked if snippet else None,
        snippet_page=snippet.page if snippet else None,
        snippet_url=f"{document_url(entry.slug, entry.file_name)}#page={snippet.page}" if snippet else "",
    )
