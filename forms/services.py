"""The only writers of casework state. Each call is atomic, leaves an event and queues the mail it promises.

What this module promises:
- one form token, one ticket: the unique `token_digest` decides, in sequence and in parallel;
- ticket, snapshot, first event and outgoing mail are written together or not at all;
- a move that the procedure of the form does not list raises IllegalMove and changes nothing;
- whoever acts on an old version of a ticket gets StaleTicket and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from forms import casework, outbox, permissions, references
from forms.casework import NAME_MAX, StaleTicket
from forms.clock import NoWorkingTime
from forms.encrypted_answers import encrypted_questions
from forms.enums import (
    NEEDS_ACTION,
    REASON_REQUIRED,
    ContactOutcome,
    EventKind,
    MessageKind,
    Status,
)
from forms.models import (
    Attachment,
    Message,
    MessageRevision,
    Submission,
    SubmissionEvent,
)
from forms.models.mail import MailKind
from forms.office import build_clock
from forms.procedures import IllegalMove
from forms.questions import Question
from forms.references import FormToken
from forms.sending import replace_answers, submit, ticket_of, token_of_a_ticket
from siptenan.accounts.models import User
from siptenan.common import throttle
from siptenan.common.photos import SanitisedPhoto

__all__ = [
    "IllegalMove", "NothingToOpen", "NothingToReveal", "ReasonMissing", "StaleTicket", "add_information", "add_note",
    "assign", "correct", "edit_reply", "issue_pin", "move", "recalculate_due_dates", "record_contact", "record_export",
    "record_view", "record_whatsapp", "reply", "reveal_nik", "submit", "ticket_of", "token_of_a_ticket",
]  # fmt: skip


class NothingToOpen(LookupError):  # noqa: N818 - a refusal, not a fault
    """The ticket is anonymous: nothing of its visitor is left behind a PIN."""


class NothingToReveal(LookupError):  # noqa: N818 - as above
    """The ticket has no encrypted answer of that key."""


class ReasonMissing(Exception):  # noqa: N818 - as above
    """A rejection must say why."""


# --- What officers do -----------------------------------------------------------------------------


@transaction.atomic
def move(ticket: Submission, target: str, *, by: User, version: int | None = None, reason: str = "") -> Submission:
    """Move a ticket to another status. Raises IllegalMove, ReasonMissing or StaleTicket."""
    submission = casework.locked(ticket.pk, version)
    procedure = submission.procedure
    if not procedure.can_move(submission.status, target):
        raise IllegalMove(f"{submission.status} -> {target}")
    if target in REASON_REQUIRED:
        if not reason.strip():
            raise ReasonMissing(target)
        casework.add_message(submission, MessageKind.REPLY, reason.strip(), by)
        outbox.queue(submission, MailKind.ANSWERED, [submission.email])
    if submission.status == Status.SPAM:
        outbox.announce(submission)  # sending it told nobody
        procedure.received(submission)
    casework.transition(submission, Status(target), by)
    return casework.save(submission)


@transaction.atomic
def reply(ticket: Submission, body: str, *, by: User, version: int | None = None) -> Message:
    """Send a reply that the visitor can read; a consultation is answered with it. Raises StaleTicket, IllegalMove.

    A new ticket is taken up first, so that the history shows every step.
    """
    submission = casework.locked(ticket.pk, version)
    procedure = submission.procedure
    if not procedure.takes_reply(submission.status):
        raise IllegalMove(f"{submission.status} takes no reply")
    message = casework.add_message(submission, MessageKind.REPLY, body.strip(), by)
    if submission.status == Status.NEW:
        casework.transition(submission, procedure.taken_up, by)
    casework.record(submission, EventKind.REPLIED, by)
    if procedure.replied and submission.status != procedure.replied:
        casework.transition(submission, procedure.replied, by)
    if submission.assignee_id is None:
        submission.assignee = by
    outbox.queue(submission, MailKind.ANSWERED, [submission.email])
    casework.save(submission)
    return message


@transaction.atomic
def edit_reply(message: Message, body: str, *, by: User, version: int | None = None) -> Message:
    """Change a sent reply; what it said before is kept and the visitor sees that it was edited."""
    submission = casework.locked(message.submission_id, version)
    message = Message.objects.get(pk=message.pk, kind=MessageKind.REPLY)
    if message.body == body.strip():
        return message
    MessageRevision.objects.create(message=message, body=message.body, replaced_by=by)
    message.body, message.edited_at = body.strip(), timezone.now()
    message.save(update_fields=["body", "edited_at"])
    casework.record(submission, EventKind.REPLY_EDITED, by)
    casework.save(submission)
    return message


@transaction.atomic
def add_note(ticket: Submission, body: str, *, by: User) -> Message:
    """Write an internal note. It needs no version: notes never contradict each other."""
    submission = casework.locked(ticket.pk)
    message = casework.add_message(submission, MessageKind.NOTE, body.strip(), by)
    casework.record(submission, EventKind.NOTED, by)
    casework.save(submission)
    return message


@transaction.atomic
def assign(
    ticket: Submission, officer: User | None, *, by: User, version: int | None = None, note: str = ""
) -> Submission:
    """Hand a ticket to an officer, who is told by mail; None takes it back. Raises StaleTicket."""
    submission = casework.locked(ticket.pk, version)
    before, after = casework.name_of(submission.assignee), casework.name_of(officer)
    submission.assignee = officer
    casework.record(submission, EventKind.ASSIGNED, by, before=before, after=after)
    if note.strip():
        casework.add_message(submission, MessageKind.NOTE, note.strip(), by)
    if officer is not None and officer != by:
        outbox.queue(submission, MailKind.ASSIGNED, [officer.email])
    return casework.save(submission)


@transaction.atomic
def issue_pin(ticket: Submission, *, by: User) -> str:
    """Give the ticket a new PIN and a new link; the old ones stop working. The PIN is returned, and only here.

    Raises NothingToOpen when the ticket is anonymous.
    """
    submission = casework.locked(ticket.pk)
    if submission.is_anonymous:
        raise NothingToOpen(submission.pk)
    pin = references.random_pin()
    submission.pin_version += 1
    submission.pin_hash = references.hash_pin(submission.reference, pin)
    submission.link_digest = references.link_digest(submission.link_secret)
    casework.record(submission, EventKind.PIN_ISSUED, by)
    casework.save(submission)
    throttle.reset(references.PIN_SCOPE, submission.reference)  # the old PIN may have been guessed at too often
    return pin


@transaction.atomic
def reveal_nik(ticket: Submission, key: str, by: User) -> str:
    """Return all digits of the NIK that answers the question `key`; that it was read, and by whom, is recorded.

    Raises NothingToReveal when there is none, siptenan.common.encryption.Unreadable when its key is lost.
    """
    submission = casework.locked(ticket.pk)
    for question, kind in encrypted_questions(submission.snapshot):
        if question.key == key and (answer := submission.answers.get(key)):
            digits = kind.reveal(answer)
            casework.record(submission, EventKind.NIK_REVEALED, by, after=question.label[:NAME_MAX])
            return digits
    raise NothingToReveal(key)


@transaction.atomic
def record_whatsapp(ticket: Submission, *, by: User) -> None:
    """Record that an officer opened WhatsApp for this visitor."""
    casework.record(casework.locked(ticket.pk), EventKind.WHATSAPP_OPENED, by)


@transaction.atomic
def record_contact(ticket: Submission, outcome: str, *, by: User) -> None:
    """Record how the attempt to reach the visitor ended."""
    casework.record(casework.locked(ticket.pk), EventKind.CONTACT_OUTCOME, by, after=ContactOutcome(outcome).label)


def record_view(submission: Submission, *, by: User) -> None:
    """Record that somebody looked at a ticket, and that he has it open now."""
    casework.record(submission, EventKind.VIEWED, by)
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
                actor_name=casework.name_of(by),
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
    submission = casework.locked(ticket.pk)
    if (earlier := _pressed_before(submission, body.strip(), photo)) is not None:
        return earlier
    message = casework.add_message(submission, MessageKind.ADDITION, body.strip())
    if photo is not None:
        Attachment.store(submission, message, photo)
    casework.record(submission, EventKind.ADDED)
    casework.make_searchable(submission, message.body)
    casework.visitor_is_back(submission)
    casework.save(submission)
    outbox.queue(submission, MailKind.ADDED, _who_is_told(submission))
    return message


@transaction.atomic
def correct(ticket: Submission, asked: tuple[Question, ...], answers: dict, token: FormToken) -> Submission:
    """Put other answers in place of those of a ticket, as its visitor corrects them; it goes back into the queue.

    `asked` are the questions they answer; files that came with `token` become the ticket's. What the answers said
    before is for the caller to keep.
    """
    submission = replace_answers(ticket, asked, answers, token)
    outbox.queue(submission, MailKind.ADDED, _who_is_told(submission))
    return submission


def _who_is_told(submission: Submission) -> list[str]:
    """The address of the officer who holds the ticket, if he still answers it; else those of the form."""
    officer = submission.assignee
    if officer and officer.email and permissions.can_answer_ticket(officer, submission):
        return [officer.email]
    return submission.form.notify_addresses


def _pressed_before(submission: Submission, body: str, photo: SanitisedPhoto | None) -> Message | None:
    last = submission.messages.order_by("created_at", "pk").last()
    if last is None or last.kind != MessageKind.ADDITION or last.body != body:
        return None
    sizes = [attachment.size for attachment in last.attachments.all()]
    return last if sizes == ([len(photo.content)] if photo else []) else None


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
            try:
                casework.set_due(submission, clock)
            except NoWorkingTime:
                return moved  # an office without hours: what was promised stays promised
            if submission.due_at != before:
                submission.save(update_fields=["due_at", "due_reason"])
                casework.record(
                    submission,
                    EventKind.DUE_CHANGED,
                    before=before.isoformat(),
                    after=submission.due_at.isoformat(),
                )
                moved += 1
    return moved
