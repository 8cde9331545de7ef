"""The only writers of casework state. Each call is atomic, leaves an event and queues the mail it promises.

What this module promises:
- one form token, one ticket: the unique `token_digest` decides, in sequence and in parallel;
- ticket, snapshot, first event and outgoing mail are written together or not at all;
- a move that forms.enums.MOVES does not list raises IllegalMove and changes nothing;
- whoever acts on an old version of a ticket gets StaleTicket and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from forms import field_types, outbox, questions, references
from forms.clock import NoWorkingTime, Target, TargetUnit
from forms.enums import (
    CLOSED,
    NEEDS_ACTION,
    REASON_REQUIRED,
    AnswerRole,
    ContactOutcome,
    EventKind,
    MessageKind,
    Status,
    can_move,
)
from forms.models import (
    Attachment,
    FormPage,
    FormSnapshot,
    Message,
    MessageRevision,
    Submission,
    SubmissionEvent,
)
from forms.models.mail import MailKind
from forms.office import build_clock, office_clock
from forms.questions import Question
from forms.references import FormToken
from siptenan.accounts.models import User
from siptenan.common import throttle
from siptenan.common.photos import SanitisedPhoto

DAYS_WITHOUT_CLOCK = 7  # calendar days, when the CMS has no working hours at all
REFERENCE_ATTEMPTS = 5  # a clash of 8 random characters is a one in 8.5e11 event per stored ticket


class IllegalMove(Exception):  # noqa: N818 - a refusal, not a fault
    """The status may not go there from here."""


class ReasonMissing(Exception):  # noqa: N818 - as above
    """A rejection must say why."""


class StaleTicket(Exception):  # noqa: N818 - as above
    """Somebody else changed the ticket since it was opened."""


# --- Sending --------------------------------------------------------------------------------------


def submit(
    form: FormPage,
    asked: tuple[Question, ...],
    answers: dict,
    token: FormToken,
    *,
    channel: str,
    spam_reasons: Iterable[str] = (),
    at: dt.datetime | None = None,
) -> Submission:
    """Store what a visitor sent and return its ticket; for a token that was sent before, the ticket of then.

    A repeat with other answers is kept too, as an addition to the first: nothing a visitor sent is lost.
    `at` is when it was sent, for demo content; everybody else sends now.
    """
    now = at or timezone.now()
    answers_digest = questions.digest([answers])
    spam_reasons = list(spam_reasons)
    values = _columns(asked, answers)
    due_at, due_reason = _promise(now, form.target)
    for _ in range(REFERENCE_ATTEMPTS):
        reference = references.new_reference(form.ticket_prefix)
        try:
            with transaction.atomic():
                submission = Submission.objects.create(
                    form=form,
                    snapshot_id=FormSnapshot.id_of(form.title, asked),
                    reference=reference,
                    token_digest=token.digest,
                    answers_digest=answers_digest,
                    pin_hash=references.hash_pin(reference, references.pin_for_token(token.id)),
                    link_digest=references.link_digest(references.link_secret(reference, 0)),
                    status=Status.SPAM if spam_reasons else Status.NEW,
                    spam_reasons=spam_reasons,
                    channel=channel,
                    answers=answers,
                    search_text=_search_text(reference, asked, answers),
                    submitted_at=now,
                    target_value=form.target_value,
                    target_unit=form.target_unit,
                    due_at=due_at,
                    due_reason=due_reason,
                    **values,
                )
                _record(submission, EventKind.SUBMITTED, after=submission.status, at=now)
                if not spam_reasons:
                    outbox.queue(submission, MailKind.NEW_TICKET, form.notify_addresses)
                    outbox.queue(submission, MailKind.RECEIPT, [submission.email])
            return submission
        except IntegrityError:
            earlier = ticket_of(token)
            if earlier is not None:
                return _resent(earlier, answers_digest, asked, answers)
    raise RuntimeError("No free ticket number was found.")


def ticket_of(token: FormToken) -> Submission | None:
    """Return the ticket that a form token has made, if it has."""
    return Submission.objects.filter(token_digest=token.digest).first()


def is_repeat(token: FormToken, answers: dict) -> bool:
    """Whether exactly these answers were sent with this token before."""
    return Submission.objects.filter(token_digest=token.digest, answers_digest=questions.digest([answers])).exists()


def _resent(earlier: Submission, digest: str, asked: tuple[Question, ...], answers: dict) -> Submission:
    if digest == earlier.answers_digest:
        return earlier
    with transaction.atomic():
        submission = _locked(earlier.pk)
        body = "\n".join(
            f"{question.label}: {text}"
            for question in asked
            if (text := field_types.get(question.type).display(answers.get(question.key, "")))
        )
        if not submission.messages.filter(kind=MessageKind.ADDITION, body=body).exists():
            _add_message(submission, MessageKind.ADDITION, body)
            _record(submission, EventKind.RESENT)
            _visitor_is_back(submission)
            _save(submission)
    return submission


def _promise(now: dt.datetime, target: Target) -> tuple[dt.datetime, str]:
    """When an answer is due and why; an office without hours still takes tickets, due after calendar days."""
    clock = office_clock()
    try:
        due_at = clock.due(now, target)
        return due_at, clock.explain(now, target, due_at)
    except NoWorkingTime:
        return now + dt.timedelta(days=DAYS_WITHOUT_CLOCK), ""


def _columns(asked: tuple[Question, ...], answers: dict) -> dict[str, str]:
    """The inbox columns, taken from the answers by the role of their questions."""
    columns = {str(role): "" for role in (AnswerRole.BUSINESS, AnswerRole.CONTACT, AnswerRole.PHONE, AnswerRole.EMAIL)}
    for question in asked:
        if columns.get(question.role) == "":
            answer = answers.get(question.key) or ""
            text = answer if isinstance(answer, str) else field_types.get(question.type).display(answer)
            columns[question.role] = " ".join(text.split())[:255]
    return columns


def _search_text(reference: str, asked: tuple[Question, ...], answers: dict) -> str:
    found = [reference, reference.replace("-", "")]
    found += [field_types.get(question.type).search_text(answers.get(question.key, "")) for question in asked]
    return "\n".join(text for text in found if text).lower()


# --- What officers do -----------------------------------------------------------------------------


@transaction.atomic
def move(ticket: Submission, target: str, *, by: User, version: int | None = None, reason: str = "") -> Submission:
    """Move a ticket to another status. Raises IllegalMove, ReasonMissing or StaleTicket."""
    submission = _locked(ticket.pk, version)
    if not can_move(submission.status, target):
        raise IllegalMove(f"{submission.status} -> {target}")
    if target in REASON_REQUIRED:
        if not reason.strip():
            raise ReasonMissing(target)
        _add_message(submission, MessageKind.REPLY, reason.strip(), by)
        outbox.queue(submission, MailKind.ANSWERED, [submission.email])
    _transition(submission, Status(target), by)
    return _save(submission)


@transaction.atomic
def reply(ticket: Submission, body: str, *, by: User, version: int | None = None) -> Message:
    """Send a reply that the visitor can read; the ticket is answered with it. Raises StaleTicket, IllegalMove.

    A new ticket is taken up first, so that the history shows every step.
    """
    submission = _locked(ticket.pk, version)
    if submission.status in CLOSED:
        raise IllegalMove(f"{submission.status} takes no reply")
    message = _add_message(submission, MessageKind.REPLY, body.strip(), by)
    if submission.status == Status.NEW:
        _transition(submission, Status.IN_PROGRESS, by)
    _record(submission, EventKind.REPLIED, by)
    if submission.status != Status.ANSWERED:
        _transition(submission, Status.ANSWERED, by)
    if submission.assignee_id is None:
        submission.assignee = by
    outbox.queue(submission, MailKind.ANSWERED, [submission.email])
    _save(submission)
    return message


@transaction.atomic
def edit_reply(message: Message, body: str, *, by: User, version: int | None = None) -> Message:
    """Change a sent reply; what it said before is kept and the visitor sees that it was edited."""
    submission = _locked(message.submission_id, version)
    message = Message.objects.get(pk=message.pk, kind=MessageKind.REPLY)
    if message.body == body.strip():
        return message
    MessageRevision.objects.create(message=message, body=message.body, replaced_by=by)
    message.body, message.edited_at = body.strip(), timezone.now()
    message.save(update_fields=["body", "edited_at"])
    _record(submission, EventKind.REPLY_EDITED, by)
    _save(submission)
    return message


@transaction.atomic
def add_note(ticket: Submission, body: str, *, by: User) -> Message:
    """Write an internal note. It needs no version: notes never contradict each other."""
    submission = _locked(ticket.pk)
    message = _add_message(submission, MessageKind.NOTE, body.strip(), by)
    _record(submission, EventKind.NOTED, by)
    _save(submission)
    return message


@transaction.atomic
def assign(
    ticket: Submission, officer: User | None, *, by: User, version: int | None = None, note: str = ""
) -> Submission:
    """Hand a ticket to an officer, who is told by mail; None takes it back. Raises StaleTicket."""
    submission = _locked(ticket.pk, version)
    before = str(submission.assignee) if submission.assignee else ""
    submission.assignee = officer
    _record(
        submission,
        EventKind.ASSIGNED,
        by,
        before=before,
        after=str(officer) if officer else "",
        detail=note.strip(),
    )
    if note.strip():
        _add_message(submission, MessageKind.NOTE, note.strip(), by)
    if officer is not None and officer != by:
        outbox.queue(submission, MailKind.ASSIGNED, [officer.email])
    return _save(submission)


@transaction.atomic
def issue_pin(ticket: Submission, *, by: User) -> str:
    """Give the ticket a new PIN and a new link; the old ones stop working. The PIN is returned, and only here."""
    submission = _locked(ticket.pk)
    pin = references.random_pin()
    submission.pin_version += 1
    submission.pin_hash = references.hash_pin(submission.reference, pin)
    submission.link_digest = references.link_digest(submission.link_secret)
    _record(submission, EventKind.PIN_ISSUED, by)
    _save(submission)
    throttle.reset(references.PIN_SCOPE, submission.reference)  # the old PIN may have been guessed at too often
    return pin


@transaction.atomic
def record_whatsapp(ticket: Submission, *, by: User) -> None:
    """Record that an officer opened WhatsApp for this visitor."""
    _record(_locked(ticket.pk), EventKind.WHATSAPP_OPENED, by)


@transaction.atomic
def record_contact(ticket: Submission, outcome: str, *, by: User) -> None:
    """Record how the attempt to reach the visitor ended."""
    _record(_locked(ticket.pk), EventKind.CONTACT_OUTCOME, by, after=ContactOutcome(outcome).label)


def record_view(submission: Submission, *, by: User) -> None:
    """Record that somebody looked at a ticket, and that he has it open now."""
    _record(submission, EventKind.VIEWED, by)
    Submission.objects.filter(pk=submission.pk).update(viewer=by, viewed_at=timezone.now())


def record_export(tickets: Iterable[int], *, by: User, file_format: str) -> None:
    """Record in each ticket that it left in a file."""
    now = timezone.now()
    SubmissionEvent.objects.bulk_create(
        (
            SubmissionEvent(
                submission_id=pk,
                kind=EventKind.EXPORTED,
                actor=by,
                actor_name=str(by),
                after=file_format,
                at=now,
            )
            for pk in tickets
        ),
        batch_size=1_000,
    )


# --- What visitors do -----------------------------------------------------------------------------


@transaction.atomic
def add_information(ticket: Submission, body: str, photo: SanitisedPhoto | None = None) -> Message:
    """Add what a visitor wrote on the status page; the ticket goes back into the queue. A second press adds nothing."""
    submission = _locked(ticket.pk)
    if (earlier := _pressed_before(submission, body.strip(), photo)) is not None:
        return earlier
    message = _add_message(submission, MessageKind.ADDITION, body.strip())
    if photo is not None:
        Attachment.store(submission, message, photo)
    _record(submission, EventKind.ADDED)
    _visitor_is_back(submission)
    _save(submission)
    addresses = [submission.assignee.email] if submission.assignee else submission.form.notify_addresses
    outbox.queue(submission, MailKind.ADDED, addresses)
    return message


def _pressed_before(submission: Submission, body: str, photo: SanitisedPhoto | None) -> Message | None:
    last = submission.messages.order_by("created_at", "pk").last()
    if last is None or last.kind != MessageKind.ADDITION or last.body != body:
        return None
    sizes = [attachment.size for attachment in last.attachments.all()]
    return last if sizes == ([len(photo.content)] if photo else []) else None


def _visitor_is_back(submission: Submission) -> None:
    submission.has_news = True
    if submission.status not in NEEDS_ACTION and submission.status != Status.SPAM:
        _transition(submission, Status.IN_PROGRESS, None)


# --- The clock ------------------------------------------------------------------------------------


def recalculate_due_dates() -> int:
    """Work out anew when open tickets are due, after hours or holidays changed; return how many moved.

    Tickets that are answered or closed keep the date that was promised.
    """
    clock = build_clock()
    moved = 0
    for pk in Submission.objects.filter(status__in=NEEDS_ACTION).values_list("pk", flat=True).iterator():
        with transaction.atomic():
            submission = Submission.objects.select_for_update(of=("self",)).get(pk=pk)
            if submission.status not in NEEDS_ACTION:
                continue
            before = submission.due_at
            _set_due(submission, clock)
            if submission.due_at != before:
                submission.save(update_fields=["due_at", "due_reason"])
                _record(
                    submission,
                    EventKind.DUE_CHANGED,
                    before=before.isoformat(),
                    after=submission.due_at.isoformat(),
                )
                moved += 1
    return moved


def _set_due(submission: Submission, clock) -> None:
    target = Target(submission.target_value, TargetUnit(submission.target_unit))
    if submission.budget_minutes is None:
        submission.due_at = clock.due(submission.submitted_at, target)
        submission.due_reason = clock.explain(submission.submitted_at, target, submission.due_at)
    else:
        submission.due_at = clock.add_minutes(submission.clock_started_at, submission.budget_minutes)


def _pause(submission: Submission, now: dt.datetime) -> None:
    submission.budget_minutes = office_clock().minutes_between(now, submission.due_at)
    submission.clock_started_at = None


def _resume(submission: Submission, now: dt.datetime) -> None:
    submission.clock_started_at = now
    submission.due_at = office_clock().add_minutes(now, submission.budget_minutes or 0)


# --- Shared ---------------------------------------------------------------------------------------


def _locked(pk: int, version: int | None = None) -> Submission:
    """Return the row locked until the transaction ends. Raises StaleTicket when it is not the version expected."""
    submission = Submission.objects.select_for_update(of=("self",)).select_related("form", "assignee").get(pk=pk)
    if version is not None and submission.version != version:
        raise StaleTicket(submission.reference)
    return submission


def _save(submission: Submission) -> Submission:
    submission.version = F("version") + 1
    submission.save()
    submission.refresh_from_db(fields=["version"])
    return submission


def _transition(submission: Submission, target: Status, by: User | None) -> None:
    now = timezone.now()
    before = Status(submission.status)
    if target == Status.WAITING:
        _pause(submission, now)
    elif before == Status.WAITING:
        _resume(submission, now)
    submission.status = target
    submission.closed_at = now if target in CLOSED else None
    if target == Status.ANSWERED and submission.first_answered_at is None:
        submission.first_answered_at = now
    if by is not None:
        submission.has_news = False
    _record(submission, EventKind.MOVED, by, before=before.label, after=target.label, at=now)


def _record(submission: Submission, kind: EventKind, by: User | None = None, **values) -> None:
    visitor = kind in (EventKind.SUBMITTED, EventKind.RESENT, EventKind.ADDED)
    SubmissionEvent.objects.create(
        submission=submission,
        kind=kind,
        actor=by,
        actor_name=str(by) if by else (SubmissionEvent.VISITOR if visitor else SubmissionEvent.SYSTEM),
        **values,
    )


def _add_message(submission: Submission, kind: MessageKind, body: str, by: User | None = None) -> Message:
    return Message.objects.create(
        submission=submission,
        kind=kind,
        body=body,
        author=by,
        author_name=str(by) if by else SubmissionEvent.VISITOR,
    )
