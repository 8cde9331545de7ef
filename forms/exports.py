"""The inbox as a file: one row a ticket, every answer under the label of its own time, times in WIB."""

from __future__ import annotations

from collections.abc import Iterator

from django.http.response import HttpResponseBase

from forms import field_types
from forms.models import FormSnapshot
from forms.models.submission import SubmissionQuerySet
from forms.questions import Question
from siptenan.common.dates import format_short
from siptenan.common.models import Channel
from siptenan.common.spreadsheets import csv_response, xlsx_response

Asked = tuple[str, list[Question]]  # the title of a form and its questions, as they were then

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}
CHUNK = 500  # rows fetched at a time

FACTS = ["Nomor", "Formulir", "Status", "Petugas", "Saluran", "Diterima (WIB)", "Batas jawaban (WIB)", "Dijawab (WIB)"]


def response(tickets: SubmissionQuerySet, file_format: str, *, name: str) -> HttpResponseBase:
    """Return the tickets of a queryset as a download; safe against formulas (siptenan.common.spreadsheets)."""
    asked = _asked(tickets)
    labels = list(dict.fromkeys(question.label for _, questions in asked.values() for question in questions))
    return FORMATS[file_format](f"{name}.{file_format}", FACTS + labels, rows(tickets, asked, labels))


def _asked(tickets: SubmissionQuerySet) -> dict[int, Asked]:
    """What the tickets answered, by snapshot, oldest first: a handful, however many tickets there are."""
    snapshots = FormSnapshot.objects.filter(pk__in=tickets.order_by().values("snapshot")).order_by("pk")
    return {snapshot.pk: (snapshot.form_title, snapshot.question_list()) for snapshot in snapshots}


def rows(tickets: SubmissionQuerySet, asked: dict[int, Asked], labels: list[str]) -> Iterator[list[str]]:
    """Yield one row a ticket; two questions with the same label share a cell, on two lines."""
    channels = dict(Channel.objects.values_list("code", "name"))
    known = tickets.filter(snapshot__in=list(asked))  # a ticket that came in since waits for the next file
    for ticket in known.select_related("assignee").defer("search_text").iterator(chunk_size=CHUNK):
        form_title, questions = asked[ticket.snapshot_id]
        cells: dict[str, list[str]] = {}
        for question in questions:
            answer = ticket.answers.get(question.key, "")
            if answer not in ("", None, []):
                cells.setdefault(question.label, []).append(field_types.get(question.type).export(answer))
        yield [
            ticket.reference,
            form_title,
            ticket.get_status_display(),
            str(ticket.assignee or ""),
            channels.get(ticket.channel, ticket.channel),
            *(format_short(at) if at else "" for at in (ticket.submitted_at, ticket.due_at, ticket.first_answered_at)),
            *("\n".join(cells.get(label, [])) for label in labels),
        ]
