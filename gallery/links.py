"""Officers say which tickets and businesses are one IKM: the only writer of IkmLink. Nothing is ever merged.

Promises:
- a link exists because somebody confirmed it; “Bukan” is kept as well, so that it is not proposed again;
- what contradicts an earlier decision is refused in words, and changes nothing;
- each decision leaves an entry in the history of the ticket and of the record. It does not say with what: a history
  outlives the names in a ticket (forms.retention), and would lead from a ticket without a name to its owner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, LogContext, log

from forms import casework
from forms.enums import EventKind
from forms.models import Submission
from gallery.models import BusinessRecord, IkmLink
from siptenan.accounts.models import User

SAME, DIFFERENT, UNDONE = "gallery.same_ikm", "gallery.different_ikm", "gallery.link_undone"
WORDS = {
    SAME: "dinyatakan satu IKM dengan tiket atau usaha lain",
    DIFFERENT: "dinyatakan bukan satu IKM dengan tiket atau usaha lain",
    UNDONE: "pernyataan satu IKM atau bukan dibatalkan",
}
# All businesses that are one IKM, however many confirmed links lie between them, in one statement.
SIBLINGS = """
    WITH RECURSIVE same(pk) AS (
        SELECT CAST(%s AS bigint)
        UNION
        SELECT CASE WHEN link.record_id = same.pk THEN link.other_id ELSE link.record_id END
        FROM gallery_ikmlink link JOIN same ON same.pk IN (link.record_id, link.other_id)
        WHERE link.other_id IS NOT NULL AND link.is_same AND link.undone_at IS NULL
    )
    SELECT pk FROM same
"""


class Contradiction(Exception):  # noqa: N818 - a refusal, not a fault
    """It cannot be so, since an earlier decision says otherwise; its text is for officers."""


def register_log_actions(actions: LogActionRegistry) -> None:
    """Wagtail hook `register_log_actions`."""
    for action, words in WORDS.items():
        actions.register_action(action, "Satu IKM", words.capitalize())


def siblings(record_id: int) -> set[int]:
    """Return the keys of all businesses that are one IKM with this one, itself among them."""
    with connection.cursor() as cursor:
        cursor.execute(SIBLINGS, [record_id])
        return {row[0] for row in cursor.fetchall()}


@dataclass(frozen=True)
class Decisions:
    """What was said of other businesses and tickets, by their keys: the same IKM, or not."""

    businesses: dict[int, bool] = field(default_factory=dict)
    tickets: dict[int, bool] = field(default_factory=dict)


def decisions_about(keys: set[int]) -> Decisions:
    """Return what was decided about the businesses of one IKM (`siblings`), in one query."""
    found = Decisions(businesses=dict.fromkeys(keys, True))
    for link in IkmLink.objects.current().filter(Q(record__in=keys) | Q(other__in=keys)):
        if link.ticket_id:
            found.tickets[link.ticket_id] = link.is_same
        else:
            found.businesses[link.other_id if link.record_id in keys else link.record_id] = link.is_same
    found.businesses.update(dict.fromkeys(keys, True))
    return found


def record_id_of(ticket: Submission) -> int | None:
    """Return the key of a business that a ticket belongs to: made of it, or linked with it."""
    own = BusinessRecord.objects.filter(submission=ticket).values_list("pk", flat=True).first()
    return own or IkmLink.objects.same().filter(ticket=ticket).values_list("record_id", flat=True).first()


@transaction.atomic
def decide(record: BusinessRecord, other: Submission | BusinessRecord, *, is_same: bool, by: User) -> None:
    """Say that a business and a ticket, or two businesses, are one IKM or are not. Raises Contradiction.

    A second press, in sequence or in parallel, changes nothing.
    """
    if isinstance(other, Submission) and (made := BusinessRecord.objects.filter(submission=other).first()):
        other = made
    if isinstance(other, BusinessRecord) and other.pk < record.pk:
        record, other = other, record
    if other == record:
        raise Contradiction("Ini usaha yang sama.")
    ticket = other if isinstance(other, Submission) else None
    second = other if isinstance(other, BusinessRecord) else None
    keys = [row.pk for row in (record, second) if row]
    # Two officers who decide on the same business wait for each other.
    list(BusinessRecord.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    known = IkmLink.objects.current().filter(record=record, ticket=ticket, other=second).first()
    if known and known.is_same == is_same:
        return
    if known:
        who = casework.name_of(known.by) or "Petugas lain"
        said = "IKM yang sama" if known.is_same else "bukan IKM yang sama"
        raise Contradiction(f"{who} sudah menyatakan keduanya {said}. Batalkan pernyataan itu dulu.")
    if _is_told(record, ticket, second, is_same):
        return
    IkmLink.objects.create(record=record, ticket=ticket, other=second, is_same=is_same, by=by)
    _remember(record, ticket, second, SAME if is_same else DIFFERENT, by)


@transaction.atomic
def undo(link: IkmLink, *, by: User) -> None:
    """Take a decision back: what it was about may be proposed again. A second press changes nothing."""
    link = IkmLink.objects.select_for_update(of=("self",)).select_related("record", "ticket", "other").get(pk=link.pk)
    if link.undone_at:
        return
    link.undone_at, link.undone_by = timezone.now(), by
    link.save(update_fields=["undone_at", "undone_by"])
    _remember(link.record, link.ticket, link.other, UNDONE, by)


def forget(ticket: Submission) -> None:
    """A ticket becomes anonymous (forms.retention): nothing leads from it to an owner any more."""
    IkmLink.objects.filter(ticket=ticket).delete()


def _is_told(record: BusinessRecord, ticket: Submission | None, second: BusinessRecord | None, is_same: bool) -> bool:
    """Whether it follows from what was decided already. Raises Contradiction when the opposite does."""
    of_record = siblings(record.pk)
    linked = (
        IkmLink.objects.same().filter(ticket=ticket).values_list("record_id", flat=True).first() if ticket else None
    )
    of_other = siblings(second.pk) if second else siblings(linked) if linked else set()
    is_one = bool(of_record & of_other)
    if is_one and not is_same:
        raise Contradiction("Keduanya sudah dinyatakan IKM yang sama lewat usaha lain. Batalkan pernyataan itu dulu.")
    if not is_same or is_one:
        return is_one
    if linked:
        raise Contradiction(
            "Tiket ini sudah dihubungkan dengan usaha lain. Batalkan dulu, atau nyatakan kedua usaha itu satu IKM."
        )
    together = of_record | of_other
    tickets = set(IkmLink.objects.same().filter(record__in=together).values_list("ticket_id", flat=True)) - {None}
    tickets |= {ticket.pk} if ticket else set()
    denied = IkmLink.objects.different().filter(record__in=together)
    if denied.filter(Q(other__in=together) | Q(ticket__in=tickets)).exists():
        raise Contradiction("Sebagian sudah dinyatakan bukan IKM yang sama. Batalkan pernyataan itu dulu.")
    return False


def _remember(
    record: BusinessRecord, ticket: Submission | None, second: BusinessRecord | None, action: str, by: User
) -> None:
    records = [row for row in (record, second) if row]
    for row in records:
        with LogContext(by):  # of one context Wagtail's history shows one entry of an action
            log(instance=row, action=action, user=by)
    tickets = {row.submission_id for row in records} | {ticket.pk if ticket else None}
    for pk in sorted(pk for pk in tickets if pk):
        casework.record(casework.locked(pk), EventKind.LINKED, by, after=WORDS[action])
