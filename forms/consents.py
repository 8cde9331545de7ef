"""The texts that visitors consented to: every version, since when, and how many tickets gave it.

A ticket holds the version and the time, the snapshot of its questions the text: an editor who changes the text loses
nothing. A ticket that became anonymous (forms.retention) holds no consent any more, and is not counted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from forms import field_types
from forms.enums import Status
from forms.field_types.consent import text_version
from forms.models import FormPage, FormSnapshot, Submission
from forms.questions import Question


@dataclass(frozen=True)
class ConsentText:
    """One version of one text. Times are of the first and the last ticket that gave it; None while none did."""

    label: str
    version: str
    text: str
    is_current: bool  # the published form asks for it
    tickets: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None


def of_form(form: FormPage) -> list[ConsentText]:
    """Return every version that was asked for: those of today as they are asked, then the latest. No spam counts.

    Two queries, and one for each question that ever asked for a consent.
    """
    asked_today = _by_version(form.questions())
    asked: dict[tuple[str, str], Question] = {}
    mine = Submission.objects.filter(form=form).exclude(status=Status.SPAM)
    for snapshot in FormSnapshot.objects.filter(pk__in=mine.values("snapshot")).order_by("created_at", "pk"):
        asked |= _by_version(tuple(snapshot.question_list()))
    asked = asked_today | asked
    given = {}
    for key in sorted({key for key, _ in asked}):
        version = KeyTextTransform("version", KeyTransform(key, "answers"))
        rows = mine.annotate(given=version).filter(given__isnull=False).values_list("given").order_by()
        for name, *facts in rows.annotate(Count("pk"), Min("submitted_at"), Max("submitted_at")):
            given[key, name] = facts
    found = [
        ConsentText(question.label, at[1], question.text.strip(), at in asked_today, *given.get(at, ()))
        for at, question in asked.items()
    ]
    former = [row for row in found if not row.is_current]
    return [
        *(row for row in found if row.is_current),
        *sorted(former, key=lambda row: row.last.timestamp() if row.last else 0, reverse=True),
    ]


def _by_version(questions: tuple[Question, ...]) -> dict[tuple[str, str], Question]:
    consents = {code for code in field_types.codes() if field_types.get(code).is_consent}
    return {(row.key, text_version(row.text)): row for row in questions if row.type in consents}
