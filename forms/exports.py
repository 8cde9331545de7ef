"""The inbox as a file: one row a ticket, every answer under the label of its own time, times in WIB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from siptenan.common.dates import format_short
from siptenan.common.models import Channel
from siptenan.common.spreadsheets import csv_response, xlsx_response

from forms import field_types
from forms.models import FormSnapshot, Submission

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}
CHUNK = 500  # rows fetched at a time

FACTS = ["Nomor", "Formulir", "Status", "Petugas", "Saluran", "Diterima (WIB)", "Batas jawaban (WIB)", "Dijawab (WIB)"]


def response(tickets, file_format: str, *, name: str) -> HttpResponse:
    """Return the tickets of a queryset as a download; safe against formulas (siptenan.common.spreadsheets)."""
    labels = answer_labels(tickets)
    return FORMATS[file_format](f"{name}.{file_format}", FACTS + labels, rows(tickets, labels))


def answer_labels(tickets) -> list[str]:
    """Return the labels of all answers in the tickets: one column for each wording, in the order of the forms."""
    snapshots = FormSnapshot.objects.filter(pk__in=tickets.order_by().values("snapshot")).order_by("pk")
    labels = dict.fromkeys(question.label for snapshot in snapshots for question in snapshot.question_list())
    return list(labels)


def rows(tickets, labels: list[str]) -> Iterator[list[str]]:
    """Yield one row a ticket; two questions with the same label share a cell, on two lines."""
    channels = dict(Channel.objects.values_list("code", "name"))
    for ticket in tickets.select_related("assignee", "snapshot").iterator(chunk_size=CHUNK):
        cells: dict[str, list[str]] = {}
        for label, text in _answers(ticket):
            cells.setdefault(label, []).append(text)
        yield [
            ticket.reference,
            ticket.snapshot.form_title,
            ticket.get_status_display(),
            str(ticket.assignee or ""),
            channels.get(ticket.channel, ticket.channel),
            *(_time(at) for at in (ticket.submitted_at, ticket.due_at, ticket.first_answered_at)),
            *("\n".join(cells.get(label, [])) for label in labels),
        ]


def _answers(ticket: Submission) -> Iterable[tuple[str, str]]:
    for question in ticket.snapshot.question_list():
        answer = ticket.answers.get(question.key, "")
        if answer in ("", None, []):
            continue
        yield question.label, field_types.get(question.type).export(answer)


def _time(at) -> str:
    return format_short(at) if at else ""
