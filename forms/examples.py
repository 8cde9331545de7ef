"""Invented answers and an invented ticket, for previews. Nothing here is ever stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from forms import conditions, field_types
from forms.clock import NoWorkingTime
from forms.enums import AnswerRole
from forms.models import FormPage, FormSnapshot, Submission
from forms.office import office_clock
from forms.questions import Question

NO_TICKET = 0  # the key of a ticket that does not exist
PIN = "482913"
USUAL_WAIT = dt.timedelta(days=2)  # where the office has no working hours to count


def example_answers(questions: Iterable[Question]) -> dict:
    """Return an example answer to every question, as it is stored; also to those that other answers hide."""
    asked = [(question, field_types.get(question.type)) for question in questions]
    return {question.key: kind.example(question) for question, kind in asked if kind.is_question}


def example_ticket(page: FormPage) -> Submission:
    """Return a ticket with example answers to what is asked, given the others; it has no row and makes none."""
    questions, now = page.questions(), timezone.now()
    answers = example_answers(questions)
    asked = conditions.visible_keys(questions, answers)
    due, reason = _promise(page, now)
    return Submission(
        pk=NO_TICKET,
        form=page,
        reference=f"{page.ticket_prefix}-7F3K-29QX",
        submitted_at=now,
        due_at=due,
        due_reason=reason,
        answers={key: answer for key, answer in answers.items() if key in asked},
        email=next((answers[question.key] for question in questions if question.role == AnswerRole.EMAIL), ""),
        snapshot=FormSnapshot(form_title=page.title, questions=[question.as_json() for question in questions]),
    )


def _promise(page: FormPage, now: dt.datetime) -> tuple[dt.datetime, str]:
    clock = office_clock()
    try:
        due = clock.due(now, page.target)
        return due, clock.explain(now, page.target, due)
    except NoWorkingTime:
        return now + USUAL_WAIT, ""
