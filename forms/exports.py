"""The inbox as a file: one row a ticket, every answer under the label of its own time, times in WIB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.http.response import HttpResponseBase

from forms import field_types, groups
from forms.models import FormSnapshot, Submission
from forms.questions import Question
from siptenan.common.dates import format_short
from siptenan.common.models import Channel
from siptenan.common.spreadsheets import csv_response, xlsx_response

Asked = tuple[str, list[Question]]  # the title of a form and its questions, as they were then

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}
CHUNK = 500  # rows fetched at a time

FACTS = ["Nomor", "Formulir", "Status", "Petugas", "Saluran", "Diterima (WIB)", "Batas jawaban (WIB)", "Dijawab (WIB)"]


def response(tickets: dict[int, int], file_format: str, *, name: str) -> HttpResponseBase:
    """Return tickets as a download; safe against formulas (siptenan.common.spreadsheets).

    `tickets`: their keys, in the order of the rows, each with the key of its snapshot. Exactly these leave, whatever
    comes in while the file is read.
    """
    asked = _asked(set(tickets.values()))
    labels = list(dict.fromkeys(groups.label_of(question) for _, questions in asked.values() for question in questions))
    return FORMATS[file_format](f"{name}.{file_format}", FACTS + labels, rows(tickets, asked, labels))


def _asked(snapshots: set[int]) -> dict[int, Asked]:
    """What was asked, by snapshot, oldest first: a handful, however many tickets there are."""
    found = FormSnapshot.objects.filter(pk__in=snapshots).order_by("pk")
    return {
        snapshot.pk: (
            snapshot.form_title,
            [question for question in snapshot.question_list() if field_types.get(question.type).is_question],
        )
        for snapshot in found
    }


def _read(keys: Iterable[int]) -> Iterator[Submission]:
    """Yield the tickets of these keys in their order, a chunk at a time."""
    tickets = Submission.objects.select_related("assignee").defer("search_text")
    remaining = iter(keys)
    while chunk := list(islice(remaining, CHUNK)):
        found = tickets.in_bulk(chunk)
        yield from (found[key] for key in chunk)


def rows(tickets: Iterable[int], asked: dict[int, Asked], labels: list[str]) -> Iterator[list[str]]:
    """Yield one row a ticket; two questions with the same label share a cell, on two lines.

    The copies of a repeated group have columns of their own: Harga, Harga (2).
    """
    channels = dict(Channel.objects.values_list("code", "name"))
    for ticket in _read(tickets):
        form_title, questions = asked[ticket.snapshot_id]
        cells: dict[str, list[str]] = {}
        for question in questions:
            answer = ticket.answers.get(question.key, "")
            if answer not in field_types.NOT_ANSWERED:
                cells.setdefault(groups.label_of(question), []).append(field_types.get(question.type).export(answer))
        yield [
            ticket.reference,
            form_title,
            ticket.get_status_display(),
            str(ticket.assignee or ""),
            channels.get(ticket.channel, ticket.channel),
            *(format_short(at) if at else "" for at in (ticket.submitted_at, ticket.due_at, ticket.first_answered_at)),
            *("\n".join(cells.get(label, [])) for label in labels),
        ]
