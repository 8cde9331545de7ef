"""The abstract of a regulation as a PDF, in the form of Permenkumham 8/2019: head, abstract, notes."""

from __future__ import annotations

from django.utils import timezone

from regulasi import citation, relations, status
from regulasi.models import RegulationPage
from regulasi.models.regulation import lines
from regulasi.plain_pdf import Pages
from regulasi.relations import Item
from siptenan.common.dates import format_day

INDENT, HANG = 14, 14  # points


def pdf(page: RegulationPage) -> bytes:
    """Return the abstract; of a regulation that has none only the head and what is known besides."""
    paper = Pages(title=f"Abstrak {page.full_title}")
    _head(paper, page)
    parts = [
        ("Dasar menimbang", page.considering),
        ("Dasar hukum", page.legal_basis),
        ("Materi pokok", page.main_points),
    ]
    if any(lines(text) for _, text in parts):
        _title(paper, "ABSTRAK")
        for label, text in parts:
            if lines(text):
                paper.write(f"{label}:", bold=True, indent=INDENT)
                _list(paper, lines(text))
                paper.space(5)
    _title(paper, "CATATAN")
    _list(paper, _notes(page))
    paper.space(18)
    paper.write(citation.permanent_url(page), size=9)
    return paper.pdf()


def _head(paper: Pages, page: RegulationPage) -> None:
    if page.subject_line:
        paper.write(page.subject_line, bold=True)
    if page.year:
        paper.write(str(page.year), bold=True)
    paper.write(", ".join(part for part in (f"{page.abbreviation} NO. {page.number}", page.source) if part), bold=True)
    paper.space(6)
    paper.write(page.full_title.upper(), bold=True, size=12)


def _notes(page: RegulationPage) -> list[str]:
    """The notes of the editor, then what follows from dates and relations and is not said there."""
    related = relations.of(page)
    standing = status.of(page, timezone.localdate(), related)
    dates = [
        ("Ditetapkan di {place} pada {day}." if page.place else "Ditetapkan pada {day}.", page.enacted_on),
        ("Diundangkan pada {day}.", page.promulgated_on),
        ("Mulai berlaku pada {day}.", page.holds_from),
    ]
    found = [*lines(page.notes), f"Status: {standing.label}. {standing.reason}".strip()]
    found += [text.format(day=format_day(day), place=page.place) for text, day in dates if day]
    for group in related.groups:
        found.append(f"{group.label}: {'; '.join(_other(item) for item in group.items)}.")
    return found


def _other(item: Item) -> str:
    return f"{item.other.name} ({item.edge.note.rstrip('.')})" if item.edge.note else item.other.name


def _title(paper: Pages, text: str) -> None:
    paper.space(14)
    paper.write(f"{text}:", bold=True)
    paper.space(2)


def _list(paper: Pages, items: list[str]) -> None:
    for item in items:
        paper.write(item, indent=INDENT, hang=HANG, mark="-")
