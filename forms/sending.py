"""What a visitor sends becomes a ticket: once a token, whatever the network and the visitor's finger do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from forms import casework, field_types, groups, outbox, questions, references, uploads
from forms.enums import AnswerRole, EventKind, MessageKind, Status
from forms.models import FormPage, FormSnapshot, Submission
from forms.office import office_clock
from forms.questions import Question
from forms.references import FormToken
from siptenan.common import generation
from siptenan.common.databases import Check, first_query, insert_together
from siptenan.common.throttle import Allowance, Exceeded

REFERENCE_ATTEMPTS = 5  # a clash of 8 random characters is a one in 8.5e11 event per stored ticket


def submit(
    form: FormPage,
    asked: tuple[Question, ...],
    answers: dict,
    token: FormToken,
    *,
    channel: str,
    spam_reasons: Iterable[str] = (),
    allowance: Allowance | None = None,
    at: dt.datetime | None = None,
) -> Submission:
    """Store what a visitor sent and return its ticket; for a token that was sent before, the ticket of then.

    A repeat with other answers is kept too, as an addition to the first: nothing a visitor sent is lost.
    Each send counts against `allowance`; beyond it throttle.Exceeded is raised, unless the very same was sent before.
    `at` is when it was sent, for demo content; everybody else sends now.
    """
    now = at or timezone.now()
    spam_reasons = list(spam_reasons)
    status = Status.SPAM if spam_reasons else Status.NEW
    due_at, due_reason = casework.promise(office_clock(), now, form.target)
    submission = Submission(
        form=form,
        token_digest=token.digest,
        answers_digest=questions.digest([field_types.fingerprints(asked, answers)]),
        status=status,
        spam_reasons=spam_reasons,
        channel=channel,
        answers=answers,
        submitted_at=now,
        target_value=form.target_value,
        target_unit=form.target_unit,
        due_at=due_at,
        due_reason=due_reason,
        **_columns(asked, answers),
    )
    follow: list[Model] = [casework.event(EventKind.SUBMITTED, after=status, at=now)]
    if not spam_reasons:
        follow += outbox.announcements(submission)
    counting = allowance.check() if allowance else None
    assumption = generation.check_assumption()
    checks = [check for check in (counting, assumption) if check]
    # The first answer to new questions stores their snapshot too, in one transaction with the ticket.
    known = FormSnapshot.known_id(form.title, asked)
    with transaction.atomic() if known is None else nullcontext():
        submission.snapshot_id = known or FormSnapshot.id_of(form.title, asked)
        for _ in range(REFERENCE_ATTEMPTS):
            _number(submission, references.new_reference(form.ticket_prefix), token, asked)
            try:
                # When it is the first query of the request, it may run twice: the token makes one ticket of it.
                insert = partial(_insert, submission, follow, checks, token, asked)
                answers_to_checks = first_query(insert) if assumption else insert()
            except IntegrityError:
                if (earlier := ticket_of(token)) is not None:
                    return _sent_again(earlier, submission.answers_digest, asked, answers, allowance)
            else:
                if assumption:
                    generation.confirm(answers_to_checks[-1])
                if allowance and submission.pk is None:
                    return _refused(token, submission.answers_digest, allowance.refusal(answers_to_checks[0]))
                return submission
    raise RuntimeError("No free ticket number was found.")


def _insert(
    submission: Submission, follow: list[Model], checks: list[Check], token: FormToken, asked: tuple[Question, ...]
) -> tuple[Any, ...]:
    """Store the ticket and what follows it, give it its files, and make of it what it is for."""
    ids = field_types.file_ids(asked, submission.answers)
    procedure = submission.procedure
    if not (ids or procedure.makes_something):
        return insert_together(submission, follow, "submission", checks)
    with transaction.atomic():
        answers_to_checks = insert_together(submission, follow, "submission", checks)
        if submission.pk is not None:
            uploads.claim(submission, ids, token)
            if submission.status != Status.SPAM:
                procedure.received(submission)
    return answers_to_checks


def _number(submission: Submission, reference: str, token: FormToken, asked: tuple[Question, ...]) -> None:
    """Give the ticket a number, and what follows from it."""
    submission.reference = reference
    submission.pin_hash = references.hash_pin(reference, references.pin_for_token(token.id))
    submission.link_digest = references.link_digest(references.link_secret(reference, 0))
    words = _search_text(asked, submission.answers)
    submission.search_text = f"{reference}\n{reference.replace('-', '')}\n{words}".lower()


def replace_answers(ticket: Submission, asked: tuple[Question, ...], answers: dict, token: FormToken) -> Submission:
    """What forms.services.correct does with the ticket itself."""
    submission = casework.locked(ticket.pk)
    uploads.claim(submission, field_types.file_ids(asked, answers), token)
    submission.snapshot_id = FormSnapshot.id_of(submission.form.title, asked)
    submission.answers = answers
    for name, value in _columns(asked, answers).items():
        setattr(submission, name, value)
    casework.make_searchable(submission, _search_text(asked, answers))
    casework.record(submission, EventKind.CORRECTED)
    casework.visitor_is_back(submission)
    return casework.save(submission)


def ticket_of(token: FormToken) -> Submission | None:
    """Return the ticket that a form token has made, if it has."""
    return Submission.objects.filter(token_digest=token.digest).first()


def token_of_a_ticket(raw_token: str, form: FormPage) -> FormToken | None:
    """A token of whatever age, when it made a ticket in its time: whose answer may have been lost."""
    token = references.read_token(raw_token, form.pk, max_age=None)
    return token if token and ticket_of(token) else None


def _refused(token: FormToken, digest: str, refusal: Exceeded) -> Submission:
    """Too many sends; one that only repeats another has been counted, and gets its ticket back all the same."""
    earlier = ticket_of(token)
    if earlier is None or earlier.answers_digest != digest:
        raise refusal
    return earlier


def _sent_again(
    earlier: Submission, digest: str, asked: tuple[Question, ...], answers: dict, allowance: Allowance | None
) -> Submission:
    """A second send with one token; the statement that found that out has taken its count back."""
    if allowance:
        verdict = allowance.hit()
        if not verdict.allowed and digest != earlier.answers_digest:
            raise Exceeded(verdict.retry_after)
    return _resent(earlier, digest, asked, answers)


def _resent(earlier: Submission, digest: str, asked: tuple[Question, ...], answers: dict) -> Submission:
    if digest == earlier.answers_digest:
        return earlier
    with transaction.atomic():
        submission = casework.locked(earlier.pk)
        body = "\n".join(
            f"{groups.label_of(question)}: {text}"
            for question in asked
            if (text := field_types.shown(question, answers))
        )
        if not submission.messages.filter(kind=MessageKind.ADDITION, body=body).exists():
            casework.add_message(submission, MessageKind.ADDITION, body)
            casework.record(submission, EventKind.RESENT)
            casework.make_searchable(submission, _search_text(asked, answers))
            casework.visitor_is_back(submission)
            casework.save(submission)
    return submission


def _columns(asked: tuple[Question, ...], answers: dict) -> dict[str, str]:
    """The inbox columns, taken from the answers by the role of their questions."""
    columns = {str(role): "" for role in (AnswerRole.BUSINESS, AnswerRole.CONTACT, AnswerRole.PHONE, AnswerRole.EMAIL)}
    for question in asked:
        if columns.get(question.role) == "":
            answer = answers.get(question.key) or ""
            text = answer if isinstance(answer, str) else field_types.shown(question, answers)
            columns[question.role] = " ".join(text.split())[:255]
    return columns


def _search_text(asked: tuple[Question, ...], answers: dict) -> str:
    found = [
        field_types.get(question.type).search_text(answers[question.key])
        for question in asked
        if answers.get(question.key) not in field_types.NOT_ANSWERED
    ]
    return "\n".join(text for text in found if text)
