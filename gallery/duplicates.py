"""Who else may be the same owner or the same business. It only proposes: nothing is ever merged by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from rapidfuzz import fuzz, process, utils

from forms.models import Submission
from forms.permissions import tickets_for
from gallery import links
from gallery.models import BusinessRecord, IkmLink
from gallery.models.record import NIK_PURPOSE
from gallery.permissions import registrations_for
from siptenan.accounts.models import User
from siptenan.common.encryption import Unreadable, lookup_digests

SIMILAR = 88  # of 100: "Batik Sekar" and "Batik Sekarr" are, "Batik Sekar" and "Batik Melati" are not
MOST = 8  # of each: more are no help
# Words that half of all names begin with.
COMMON = re.compile(r"\b(?:batik|tempe|tahu|ud|cv|pt|usaha|toko|ikm|kerajinan)\b", re.IGNORECASE)


@dataclass
class Twin:
    """Another business, and why it is shown beside this one."""

    record: BusinessRecord
    reasons: list[str] = field(default_factory=list)
    url: str = ""  # of the screen where it is looked at, if the officer may
    is_same: bool | None = None  # as an officer decided (gallery.links)

    @property
    def products(self) -> str:
        """The names of its products."""
        return ", ".join(product.name for product in self.record.business.products.all())


@dataclass(frozen=True)
class EarlierTicket:
    """Another ticket of the same number; `is_asked` unless it is decided, or made a business that is asked about."""

    ticket: Submission
    is_same: bool | None
    is_asked: bool


def digests_of(record: BusinessRecord) -> list[str]:
    """Return what the NIK of a record is found by, under whichever key it was stored."""
    try:
        return lookup_digests(NIK_PURPOSE, record.nik) if record.nik else []
    except Unreadable:
        return [record.nik_digest]


def same_nik(record: BusinessRecord) -> QuerySet[BusinessRecord]:
    """The other records with this NIK."""
    return BusinessRecord.objects.filter(nik_digest__in=digests_of(record)).exclude(pk=record.pk)


def twins(record: BusinessRecord, user: User) -> list[Twin]:
    """Return the businesses that may be the same, those with the best reasons first."""
    found = [*_same(record), ("Nama usaha mirip di kelurahan yang sama", _alike(record))]
    return _twins(record, found, user)


def known(record: BusinessRecord, user: User) -> list[Twin]:
    """Return the businesses that have the NIK, number or NIB of a record, which need not be stored yet."""
    return _twins(record, _same(record), user)


def _same(record: BusinessRecord) -> list[tuple[str, Iterable[int]]]:
    found: list[tuple[str, Iterable[int]]] = [("NIK sama", same_nik(record).values_list("pk", flat=True)[:MOST])]
    others = BusinessRecord.objects.exclude(pk=record.pk)
    if record.phone:
        found.append(("WhatsApp sama", others.filter(phone=record.phone).values_list("pk", flat=True)[:MOST]))
    if record.nib:
        found.append(("NIB sama", others.filter(nib=record.nib).values_list("pk", flat=True)[:MOST]))
    return found


def _twins(record: BusinessRecord, found: Iterable[tuple[str, Iterable[int]]], user: User) -> list[Twin]:
    reasons: dict[int, list[str]] = {}
    for reason, keys in found:
        for pk in keys:
            reasons.setdefault(pk, []).append(reason)
    rows = BusinessRecord.objects.exclude(pk=record.pk).filter(pk__in=reasons)
    rows = rows.select_related("business__kelurahan", "submission").prefetch_related("business__products")
    seen = set(registrations_for(user).filter(gallery_record__in=reasons).values_list("pk", flat=True))
    decided = links.decisions_about(links.siblings(record.pk)).businesses if record.pk else {}
    shown = [Twin(row, reasons[row.pk], _screen(row, seen), decided.get(row.pk)) for row in rows]
    return sorted(shown, key=lambda twin: (-len(twin.reasons), list(reasons).index(twin.record.pk)))


def _alike(record: BusinessRecord) -> list[int]:
    """The businesses of the kelurahan whose names differ by no more than a slip, or the order of words."""
    neighbours = BusinessRecord.objects.filter(business__kelurahan=record.business.kelurahan_id).exclude(pk=record.pk)
    names = {pk: _bare(name) for pk, name in neighbours.values_list("pk", "business__name")}
    wanted = _bare(record.business.name)
    best = process.extract(wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR, limit=MOST)
    return [pk for _, _, pk in best]


def _bare(name: str) -> str:
    """A name without what many share; all of it when nothing else is left."""
    plain = utils.default_process(name)
    return " ".join(COMMON.sub(" ", plain).split()) or plain


def _screen(record: BusinessRecord, seen: set[int]) -> str:
    if record.submission_id in seen:
        return reverse("gallery-registration", args=[record.submission_id])
    return reverse("gallery-record", args=[record.pk])


def earlier_tickets(ticket: Submission, record: BusinessRecord | None, user: User) -> list[EarlierTicket]:
    """Return the other tickets of the same number that this officer may see, whatever form they came through."""
    if not ticket.phone:
        return []
    rows = tickets_for(user).filter(phone=ticket.phone).exclude(pk=ticket.pk).not_spam()
    found = list(rows.select_related("snapshot", "gallery_record").order_by("-submitted_at")[:MOST])
    decided = links.decisions_about(links.siblings(record.pk)) if record else links.Decisions()
    return [_earlier(row, decided) for row in found]


def _earlier(ticket: Submission, decided: links.Decisions) -> EarlierTicket:
    made = getattr(ticket, "gallery_record", None)
    is_same = decided.businesses.get(made.pk) if made else decided.tickets.get(ticket.pk)
    return EarlierTicket(ticket, is_same, is_asked=made is None and is_same is None)


def with_flag(tickets: QuerySet[Submission]) -> QuerySet[Submission]:
    """The same tickets, each with `has_twin`: whether another record has its NIK or number, and nobody has decided."""
    others = BusinessRecord.objects.exclude(submission=OuterRef("pk"))
    same = Q(phone=OuterRef("gallery_record__phone"), phone__gt="")
    same |= Q(nik_digest=OuterRef("gallery_record__nik_digest"), nik_digest__gt="")
    own = OuterRef(OuterRef("gallery_record__pk"))
    between = Q(record=OuterRef("pk"), other=own) | Q(other=OuterRef("pk"), record=own)
    decided = IkmLink.objects.current().filter(between)
    return tickets.annotate(has_twin=Exists(others.filter(same).exclude(Exists(decided))))
