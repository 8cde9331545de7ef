"""What a visitor sends becomes a ticket: once a token, whatever the network and the visitor's finger do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from forms import casework, field_types, outbox, questions, references
from forms.enums import AnswerRole, EventKind, MessageKind, Status
from forms.models import FormPage, FormSnapshot, Submission
from forms.models.mail import MailKind
from forms.office import office_clock
from forms.questions import Question
from forms.references import FormToken

REFERENCE_ATTEMPTS = 5  # a clash of 8 random characters is a one in 8.5e11 event per stored ticket


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
    due_at, due_reason = casework.promise(office_clock(), now, form.target)
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
                casework.record(submission, EventKind.SUBMITTED, after=submission.status, at=now)
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
        submission = casework.locked(earlier.pk)
        body = "\n".join(
            f"{question.label}: {text}"
            for question in asked
            if (text := field_types.get(question.type).display(answers.get(question.key, "")))
        )
        if not submission.messages.filter(kind=MessageKind.ADDITION, body=body).exists():
            casework.add_message(submission, MessageKind.ADDITION, body)
            casework.record(submission, EventKind.RESENT)
            casework.visitor_is_back(submission)
            casework.save(submission)
    return submission


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
