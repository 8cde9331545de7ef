"""Tickets that were closed long ago lose what is personal and keep what is counted (UU 27/2022, articles 42-44).

After `anonymise` nobody can tell whose ticket it was: names, contacts, answers, thread, photos and files are gone from
database and storage, and number, PIN and link open nothing. Status, form, channel, officer, times and kelurahan stay,
so that every report counts as before. The number itself stays too: the history under it proves what was deleted, when.
"""

from __future__ import annotations

import calendar
import datetime as dt
import logging
import secrets
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Coalesce
from django.utils import timezone

from forms import casework, field_types
from forms.enums import CLOSED, EventKind
from forms.models import FormPage, MessageRevision, Submission, SubmissionEvent
from forms.models.mail import MailKind
from forms.models.submission import SubmissionQuerySet
from siptenan.accounts.models import User

logger = logging.getLogger(__name__)

# What other rooms know of a ticket goes with it, in the same transaction; they add what does it when they are loaded.
FORGETTING: list[Callable[[Submission], None]] = []
DELETED = "Isi pesan ini sudah dihapus."  # in place of every message
ENDED_AT = Coalesce("closed_at", "submitted_at")  # what was born in the spam tray was never closed
TO_VISITOR = (MailKind.RECEIPT, MailKind.ANSWERED)


class StillOpen(Exception):  # noqa: N818 - a refusal, not a fault
    """Somebody still works on the ticket."""


def months_before(moment: dt.datetime, months: int) -> dt.datetime:
    """Return the same time of day so many months earlier; the 31st becomes the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def due(now: dt.datetime | None = None) -> SubmissionQuerySet:
    """The tickets that were closed longer ago than their form keeps them, and are not anonymous yet."""
    now = timezone.localtime(now)
    over = Q(pk__in=[])
    for form, months in FormPage.objects.values_list("pk", "retention_months"):
        over |= Q(form=form, ended_at__lt=months_before(now, months))
    closed = Submission.objects.filter(status__in=CLOSED).annotate(ended_at=ENDED_AT)
    return closed.filter(over).exclude(_anonymous(OuterRef("ended_at")))


def _anonymous(since: dt.datetime | OuterRef) -> Exists:
    """Whether it was done since the ticket ended; one that was opened and closed again may hold new words."""
    events = SubmissionEvent.objects.filter(submission=OuterRef("pk"), kind=EventKind.ANONYMISED, at__gte=since)
    return Exists(events)


def anonymise_due() -> int:
    """Anonymise what is due, a ticket at a time, and return how many; one that fails is tried again the next day."""
    count = 0
    for pk in list(due().order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                submission = casework.locked(pk)
                if due().filter(pk=pk).exists():  # nobody opened it this very moment
                    anonymise(submission)
                    count += 1
        except Exception as error:  # whatever it is must not keep the data of all the others
            # The class alone: the text of a database error repeats values.
            logger.error("Ticket %s was not anonymised: %s", pk, type(error).__name__)
    return count


@transaction.atomic
def anonymise(ticket: Submission, *, by: User | None = None) -> Submission:
    """Take everything personal out of a closed ticket, however old; raises StillOpen. Again, it changes nothing.

    Files go first: when something fails after that, the rows are still there and the next call ends what this began.
    """
    submission = casework.locked(ticket.pk)
    if submission.status not in CLOSED:
        raise StillOpen(submission.pk)
    since = submission.closed_at or submission.submitted_at
    if Submission.objects.filter(_anonymous(since), pk=submission.pk).exists():
        return submission
    _delete_files(submission)
    _empty_thread(submission)
    _empty_mails(submission)
    _empty_row(submission)
    submission.procedure.anonymised(submission)
    for forget in FORGETTING:
        forget(submission)
    casework.record(submission, EventKind.ANONYMISED, by)
    return casework.save(submission)


def _delete_files(submission: Submission) -> None:
    for rows in (submission.attachments, submission.uploads):
        for row in rows.all():
            _delete_file(row.file)
        rows.all().delete()


def _delete_file(file: FieldFile) -> None:
    if file.name:
        file.storage.delete(file.name)  # one that is gone already is no error, on disk as on S3


def _empty_thread(submission: Submission) -> None:
    MessageRevision.objects.filter(message__submission=submission).delete()
    submission.messages.update(body=DELETED)


def _empty_mails(submission: Submission) -> None:
    """Addresses of officers stay: they say nothing of the visitor, and the list of mails is a record."""
    mails = submission.mails.filter(kind__in=TO_VISITOR)
    mails.filter(sent_at=None, given_up_at=None).update(given_up_at=timezone.now())
    mails.update(recipient="")


def _empty_row(submission: Submission) -> None:
    counted = {code for code in field_types.codes() if field_types.get(code).is_counted}
    kept = {question.key for question in submission.snapshot.question_list() if question.type in counted}
    submission.answers = {key: answer for key, answer in submission.answers.items() if key in kept}
    submission.business = submission.contact_name = submission.phone = submission.email = ""
    submission.search_text = f"{submission.reference}\n{submission.reference.replace('-', '')}".lower()
    submission.has_news = False
    submission.answers_digest = ""  # short answers could be guessed from it
    # Nothing that a visitor holds fits any more: these are made from no token, no PIN and no key.
    submission.token_digest = secrets.token_hex(32)
    submission.link_digest = secrets.token_hex(32)
    submission.pin_hash = ""
    submission.pin_version += 1
