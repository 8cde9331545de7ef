"""Outgoing mail: queued in the transaction of the change, sent by the worker, tried again when the server is down.

A claim is an UPDATE that only one worker can win, and gives the mail back after LEASE if that worker died:
the same on PostgreSQL and SQLite.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from forms.enums import EventKind
from forms.models import OutgoingMail, Submission, SubmissionEvent
from forms.models.mail import MailKind
from siptenan.common.dates import format_datetime

logger = logging.getLogger(__name__)

BATCH = 100  # mails a round
LEASE = dt.timedelta(minutes=5)  # longer than any SMTP conversation (EMAIL_TIMEOUT is 10 s)
BACKOFF = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 1440)]


def queue(submission: Submission, kind: MailKind, recipients: Iterable[str]) -> None:
    """Promise a mail to each address; empty addresses are nobody. Call it inside the change's transaction."""
    OutgoingMail.objects.bulk_create(mails(kind, recipients, submission=submission))


def announce(submission: Submission) -> None:
    """Promise the mails of a new ticket, unless they were promised before."""
    told = set(submission.mails.values_list("kind", flat=True))
    OutgoingMail.objects.bulk_create(mail for mail in announcements(submission) if mail.kind not in told)


def announcements(submission: Submission) -> list[OutgoingMail]:
    """Return the mails of a new ticket, not stored yet: to its officers and to a visitor who left an address."""
    return [
        *mails(MailKind.NEW_TICKET, submission.form.notify_addresses, submission=submission),
        *mails(MailKind.RECEIPT, [submission.email], submission=submission),
    ]


def mails(kind: MailKind, recipients: Iterable[str], **values) -> list[OutgoingMail]:
    """Return one mail for each address, not stored yet."""
    return [OutgoingMail(kind=kind, recipient=address, **values) for address in dict.fromkeys(recipients) if address]


def deliver_due(stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one after the other, until `stopping` says so; return how many were sent.

    A failure is kept for later and ends the round: with a silent server every mail takes EMAIL_TIMEOUT, and
    the worker has other things to do in between.
    """
    sent = 0
    for pk in list(OutgoingMail.objects.due().order_by("next_attempt_at").values_list("pk", flat=True)[:BATCH]):
        if stopping():
            break
        mail = _claim(pk)
        if mail is None:  # another worker was quicker
            continue
        if not _deliver(mail):
            break
        sent += 1
    return sent


def retry_now(mail: OutgoingMail) -> None:
    """Let the worker try a mail again at once, also one that was given up."""
    OutgoingMail.objects.filter(pk=mail.pk, sent_at=None).update(next_attempt_at=timezone.now(), given_up_at=None)


def _claim(pk: int) -> OutgoingMail | None:
    won = (
        OutgoingMail.objects.due()
        .filter(pk=pk)
        .update(next_attempt_at=timezone.now() + LEASE, attempts=F("attempts") + 1)
    )
    return OutgoingMail.objects.select_related("submission__form").get(pk=pk) if won else None


def _deliver(mail: OutgoingMail) -> bool:
    try:
        message(mail).send()
    except Exception as error:
        _failed(mail, error)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="")
    return True


def _failed(mail: OutgoingMail, error: Exception) -> None:
    now = timezone.now()
    # The class alone: the text of an SMTP refusal repeats the address.
    values: dict = {"last_error": type(error).__name__}
    if mail.attempts > len(BACKOFF):
        values["given_up_at"] = now
    else:
        values["next_attempt_at"] = now + BACKOFF[mail.attempts - 1]
    OutgoingMail.objects.filter(pk=mail.pk).update(**values)
    logger.warning("Mail %s was not sent (attempt %s): %s", mail.pk, mail.attempts, type(error).__name__)
    if mail.attempts == 1:
        SubmissionEvent.objects.create(
            submission=mail.submission,
            kind=EventKind.MAIL_FAILED,
            actor_name=SubmissionEvent.SYSTEM,
            after=mail.get_kind_display(),
        )


def message(mail: OutgoingMail) -> EmailMessage:
    """Render a mail; its words hold the number and a link, never an answer."""
    submission = mail.submission
    to_staff = mail.kind in (MailKind.NEW_TICKET, MailKind.ASSIGNED, MailKind.ADDED)
    url = (
        reverse("ticket:detail", args=[submission.pk])
        if to_staff
        else reverse("track-link", args=[submission.link_secret])
    )
    text = render_to_string(
        f"forms/mail/{mail.kind}.txt",
        {
            "submission": submission,
            "url": settings.BASE_URL + url,
            "due": format_datetime(submission.due_at),
        },
    )
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        to=[mail.recipient],
        headers={"Auto-Submitted": "auto-generated"},
    )
