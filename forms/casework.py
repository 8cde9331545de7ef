"""The small steps that every change of a ticket is made of; forms.services and forms.sending put them together.

Call them inside a transaction, on a row that `locked` returned. Nobody else writes casework state.
"""

from __future__ import annotations

import contextlib
import datetime as dt

from django.db.models import F
from django.utils import timezone

from forms.clock import NoWorkingTime, OfficeClock, Target, TargetUnit
from forms.enums import ANSWERS, CLOSED, PAUSED, EventKind, MessageKind, Status
from forms.models import Message, Submission, SubmissionEvent
from forms.office import office_clock
from siptenan.accounts.models import User

NAME_MAX = 150  # letters that the history keeps of a name; an officer's two may be twice as long
DAYS_WITHOUT_CLOCK = 7  # calendar days, when the CMS has no working hours at all


class StaleTicket(Exception):  # noqa: N818 - a refusal, not a fault
    """Somebody else changed the ticket since it was opened."""


def visitor_is_back(submission: Submission) -> None:
    """The visitor wrote again: mark it, and put the ticket back into the queue if its procedure says so."""
    submission.has_news = True
    procedure = submission.procedure
    if submission.status in procedure.reopens:
        transition(submission, procedure.taken_up, None)


def promise(clock: OfficeClock, start: dt.datetime, target: Target) -> tuple[dt.datetime, str]:
    """When an answer is due and why; an office without hours still takes tickets, due after calendar days."""
    try:
        due_at = clock.due(start, target)
        return due_at, clock.explain(start, target, due_at)
    except NoWorkingTime:
        return start + dt.timedelta(days=DAYS_WITHOUT_CLOCK), ""


def set_due(submission: Submission, clock: OfficeClock) -> None:
    """Work out when the ticket is due, from when its clock started and what a pause left of the promise.

    Raises NoWorkingTime when the CMS has no hours; the promise is unchanged then.
    """
    start = submission.clock_started_at or submission.submitted_at
    if submission.budget_minutes is not None:
        submission.due_at = clock.add_minutes(start, submission.budget_minutes)
        return
    target = Target(submission.target_value, TargetUnit(submission.target_unit))
    submission.due_at = clock.due(start, target)
    submission.due_reason = clock.explain(start, target, submission.due_at)


def _pause(submission: Submission, now: dt.datetime) -> None:
    submission.budget_minutes = office_clock().minutes_between(now, submission.due_at)


def _start_clock(submission: Submission, now: dt.datetime) -> None:
    submission.clock_started_at = now
    with contextlib.suppress(NoWorkingTime):
        set_due(submission, office_clock())


def _restart(submission: Submission, now: dt.datetime) -> None:
    submission.budget_minutes = None
    _start_clock(submission, now)


def locked(pk: int, version: int | None = None) -> Submission:
    """Return the row locked until the transaction ends. Raises StaleTicket when it is not the version expected."""
    submission = Submission.objects.select_for_update(of=("self",)).select_related("form", "assignee").get(pk=pk)
    if version is not None and submission.version != version:
        raise StaleTicket(submission.reference)
    return submission


def save(submission: Submission) -> Submission:
    """Save the row as a new version."""
    submission.version = F("version") + 1
    submission.save()
    submission.refresh_from_db(fields=["version"])
    return submission


def transition(submission: Submission, target: Status, by: User | None) -> None:
    """Change the status, the clock with it, and record the step. `by` None: the visitor made it happen."""
    now = timezone.now()
    before = Status(submission.status)
    if target in PAUSED:
        _pause(submission, now)
    elif before in PAUSED:
        _start_clock(submission, now)
    elif before == Status.SPAM:
        _restart(submission, now)  # held back by mistake: what was promised may be over already
    elif target == submission.procedure.taken_up and before != Status.NEW:
        _restart(submission, now)  # opened again: a new promise, not one that is broken already
    submission.status = target
    submission.closed_at = now if target in CLOSED else None
    if target in ANSWERS and submission.first_answered_at is None:
        submission.first_answered_at = now
        submission.answered_in_time = now <= submission.due_at
    if by is not None:
        submission.has_news = False
    record(submission, EventKind.MOVED, by, before=before.label, after=target.label, at=now)


def name_of(person: User | None) -> str:
    """Return the name that history and thread keep when the account is gone; nobody is the empty string."""
    return str(person)[:NAME_MAX] if person else ""


def record(submission: Submission, kind: EventKind, by: User | None = None, **values) -> None:
    """Append an event."""
    event(kind, by, submission=submission, **values).save()


def event(kind: EventKind, by: User | None = None, **values) -> SubmissionEvent:
    """Return an event that is not stored yet."""
    visitor = kind in (EventKind.SUBMITTED, EventKind.RESENT, EventKind.ADDED, EventKind.CORRECTED)
    return SubmissionEvent(
        kind=kind,
        actor=by,
        actor_name=name_of(by) or (SubmissionEvent.VISITOR if visitor else SubmissionEvent.SYSTEM),
        **values,
    )


def add_message(submission: Submission, kind: MessageKind, body: str, by: User | None = None) -> Message:
    """Append to the thread; without `by` it is the visitor's."""
    return Message.objects.create(
        submission=submission,
        kind=kind,
        body=body,
        author=by,
        author_name=name_of(by) or SubmissionEvent.VISITOR,
    )


def make_searchable(submission: Submission, text: str) -> None:
    """Let the inbox search find the ticket by words that came later, too; `save` stores them."""
    submission.search_text += f"\n{text.lower()}"
