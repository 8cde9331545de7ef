"""Answers that are encrypted inside the JSON of a ticket: which there are, and how their keys are changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from forms import field_types, groups
from forms.field_types.identity import Encrypted
from forms.models import FormSnapshot, Submission
from forms.questions import Question
from siptenan.common.key_rotation import Tally


@dataclass(frozen=True)
class EncryptedAnswer:
    """One as the ticket page shows it; the number itself comes from forms.services.reveal_nik."""

    key: str
    label: str
    shown: str
    warnings: list[str]


def encrypted_questions(snapshot: FormSnapshot) -> Iterator[tuple[Question, Encrypted]]:
    """Yield the questions of a snapshot whose answers are tokens, each with its type."""
    for question in snapshot.question_list():
        if isinstance(kind := field_types.get(question.type), Encrypted):
            yield question, kind


def encrypted_answers(ticket: Submission) -> list[EncryptedAnswer]:
    """Return what the ticket page says of them; of questions that were answered only."""
    return [
        EncryptedAnswer(question.key, groups.label_of(question), kind.display(answer), kind.warnings(answer))
        for question, kind in encrypted_questions(ticket.snapshot)
        if (answer := ticket.answers.get(question.key))
    ]


class TicketAnswers:
    """All of them, as siptenan.common.key_rotation asks for them."""

    label = "forms.Submission.answers"

    def rotate(self, *, write: bool) -> Tally:
        """Look at each answer; with `write` encrypt the old ones anew, a ticket at a time."""
        tally = Tally()
        keys = {
            snapshot.pk: [question.key for question, _ in encrypted_questions(snapshot)]
            for snapshot in FormSnapshot.objects.all()
        }
        holding = [pk for pk, found in keys.items() if found]
        tickets = Submission.objects.filter(snapshot__in=holding).order_by("pk")
        for pk, snapshot in tickets.values_list("pk", "snapshot_id").iterator():
            with transaction.atomic():
                row = Submission.objects.filter(pk=pk)
                answers = (row.select_for_update() if write else row).values_list("answers", flat=True).get()
                tokens = {key: token for key in keys[snapshot] if (token := answers.get(key))}
                renewed = {key: new for key, token in tokens.items() if (new := tally.renew(token))}
                if renewed and write:
                    row.update(answers={**answers, **renewed})
        return tally
