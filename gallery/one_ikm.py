"""“Satu IKM”: everything of one small industry on one screen, and what may belong to it by telephone number or NIB.

Who looks sees what his permissions allow, row by row: tickets of his forms, private records if the Gallery is his,
and of the others what is public anyway. That something is left out is not told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.urls import reverse

from forms import field_types, rendering
from forms.enums import AnswerRole, Status
from forms.models import Submission
from forms.permissions import tickets_for
from gallery import duplicates, links, permissions, siinas
from gallery.catalogue.cards import business_url, index_url, product_url
from gallery.models import Business, BusinessRecord, IkmLink, Product
from gallery.models.link import IkmLinkQuerySet
from siptenan.accounts.models import User

NIB = "nib"  # pattern of a question (forms.patterns)
LINE_MAX = 160  # letters of a question
MOST = 8  # proposals of each kind


@dataclass(frozen=True)
class Entry:
    """A product, and whether it is public."""

    name: str
    is_shown: bool
    url: str


@dataclass(frozen=True)
class ShownBusiness:
    """A business as this officer may see it; `record` is None when only its public part is his."""

    business: Business
    state: str
    public_url: str
    products: list[Entry]
    record: BusinessRecord | None = None
    readiness: siinas.Readiness | None = None
    link: IkmLink | None = None  # with which it was said to be the same, if it can be undone here


@dataclass(frozen=True)
class ShownTicket:
    """A ticket as one line; `link` is None when it made the business."""

    ticket: Submission
    status_level: str
    question: str
    link: IkmLink | None


@dataclass(frozen=True)
class Consent:
    """A consent that was given with a ticket: its version and time are in the words."""

    reference: str
    label: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """A business or a ticket that may be the same IKM, and why; nothing is done before somebody confirms."""

    anchor: int  # key of the record that it would be linked with
    reasons: list[str]
    record: BusinessRecord | None = None
    ticket: Submission | None = None


@dataclass
class Thread:
    """All of one IKM that somebody may see."""

    businesses: list[ShownBusiness] = field(default_factory=list)
    tickets: list[ShownTicket] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    denied: list[IkmLink] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of its oldest business, or of the business that a ticket names."""
        names = [shown.business.name for shown in self.businesses] + [shown.ticket.business for shown in self.tickets]
        return next((name for name in names if name), "")


def thread_of_record(record: BusinessRecord, user: User) -> Thread:
    """Return the thread that a business lies in. Its queries do not depend on how much is in it."""
    return _thread(links.siblings(record.pk), [], user)


def thread_of_ticket(ticket: Submission, user: User) -> Thread:
    """Return the thread that a ticket lies in; a ticket that nobody has linked is alone, with proposals."""
    record_id = links.record_id_of(ticket)
    if record_id:
        return _thread(links.siblings(record_id), [], user)
    found = _thread(set(), [ticket.pk], user)
    found.proposals = proposals_for_ticket(ticket, user)
    found.denied = list(_decided(user).different().filter(ticket=ticket))
    return found


def _thread(keys: set[int], tickets: list[int], user: User) -> Thread:
    products = Prefetch("business__products", Product.objects.order_by("name", "pk"))
    rows = BusinessRecord.objects.filter(pk__in=keys).select_related("business__kelurahan", "submission")
    records = list(rows.prefetch_related(products, "materials").order_by("pk"))
    visible = set(permissions.records_for(user).filter(pk__in=keys).values_list("pk", flat=True))
    same = list(IkmLink.objects.same().filter(Q(record__in=keys) | Q(other__in=keys)).select_related("by"))
    of_ticket = {link.ticket_id: link for link in same if link.ticket_id}
    between = {link.other_id: link for link in same if link.other_id and {link.record_id, link.other_id} <= visible}
    wanted = {*tickets, *of_ticket, *(record.submission_id for record in records)} - {None}
    mine = tickets_for(user).filter(pk__in=wanted).select_related("form", "snapshot").order_by("submitted_at", "pk")
    shown = list(mine)
    found = Thread(
        businesses=[
            _business(record, between.get(record.pk), user)
            if record.pk in visible
            else ShownBusiness(record.business, "Tampil di Gallery IKM", *_public(record.business))
            for record in records
            if record.pk in visible or record.business.live
        ],
        tickets=[
            ShownTicket(
                ticket,
                rendering.STATUS_LEVELS[Status(ticket.status)],
                question_of(ticket),
                link if (link := of_ticket.get(ticket.pk)) and link.record_id in visible else None,
            )
            for ticket in shown
        ],
        consents=[consent for ticket in shown for consent in _consents(ticket)],
    )
    seen = [record for record in records if record.pk in visible]
    if seen:
        found.proposals = proposals_for_records(seen, keys, user)
        found.denied = list(_decided(user).different().filter(Q(record__in=keys) | Q(other__in=keys)))
    return found


def _business(record: BusinessRecord, link: IkmLink | None, user: User) -> ShownBusiness:
    business = record.business
    if business.live:
        state = "Tampil di Gallery IKM"
    elif record.submission:
        state = f"Belum tampil, pendaftaran {record.submission.get_status_display()}"
    else:
        state = "Belum tampil, draf petugas"
    url, entries = _public(business, drafts_too=True)
    return ShownBusiness(business, state, url, entries, record, siinas.readiness(record), link)


def _public(business: Business, *, drafts_too: bool = False) -> tuple[str, list[Entry]]:
    has_page = business.live and bool(index_url())
    entries = [
        Entry(product.name, is_shown, product_url(product.slug) if is_shown and has_page else "")
        for product in business.products.all()
        if (is_shown := product.live and business.live) or drafts_too
    ]
    return business_url(business.slug) if has_page else "", entries


def _consents(ticket: Submission) -> Iterable[Consent]:
    for question in ticket.snapshot.question_list():
        if field_types.get(question.type).is_consent and ticket.answers.get(question.key):
            given = field_types.shown(question, ticket.answers, for_officers=True)
            yield Consent(ticket.reference, question.label, given)


def question_of(ticket: Submission) -> str:
    """Return the first line of what a ticket asks."""
    asked = [row.key for row in ticket.snapshot.question_list() if row.role == AnswerRole.QUESTION]
    text = next((str(ticket.answers.get(key) or "").strip() for key in asked), "")
    line = text.partition("\n")[0].strip()
    return f"{line[: LINE_MAX - 1]}…" if len(line) > LINE_MAX else line


def _decided(user: User) -> IkmLinkQuerySet:
    """The decisions whose both ends a user may see."""
    records, tickets = permissions.records_for(user), tickets_for(user)
    rows = IkmLink.objects.filter(record__in=records).filter(Q(ticket__in=tickets) | Q(other__in=records))
    return rows.select_related("record__business", "other__business", "ticket__snapshot", "by")


def link_for(user: User, pk: int) -> IkmLink | None:
    """Return a decision that a user may undo: one whose both ends are his to see."""
    return _decided(user).current().filter(pk=pk).first()


# --- Proposals ------------------------------------------------------------------------------------


def nibs_of(ticket: Submission) -> set[str]:
    """Return the NIB that a ticket tells."""
    asked = [row.key for row in ticket.snapshot.question_list() if row.pattern == NIB]
    return {str(ticket.answers[key]) for key in asked if ticket.answers.get(key)}


def proposals_for_records(records: list[BusinessRecord], keys: set[int], user: User) -> list[Proposal]:
    """Return what may belong to one IKM: other businesses and tickets, by telephone number, NIB or NIK.

    `keys` are all its businesses, those among them that this officer may see `records`. What was decided is left out.
    """
    anchor, decided = records[0].pk, links.decisions_about(keys)
    phones = {record.phone for record in records} - {""}
    nibs = {record.nib for record in records} - {""}
    digests = {digest for record in records for digest in duplicates.digests_of(record)}
    alike = Q(phone__in=phones) | Q(nib__in=nibs) | Q(nik_digest__in=digests)
    others = permissions.records_for(user).filter(alike).exclude(pk__in=decided.businesses)
    found = [
        Proposal(anchor, _reasons(other, phones, nibs, digests), record=other)
        for other in others.select_related("business__kelurahan", "submission").order_by("pk")[:MOST]
    ]
    told = Q(phone__in=phones)
    for nib in nibs:
        told |= Q(search_text__contains=nib)
    tickets = tickets_for(user).not_spam().filter(told, gallery_record=None).exclude(pk__in=decided.tickets)
    rows = tickets.select_related("form", "snapshot").order_by("-submitted_at", "-pk")
    for ticket in rows[: 2 * MOST]:
        reasons = ["WhatsApp sama"] if ticket.phone in phones else []
        reasons += ["NIB sama"] if nibs & nibs_of(ticket) else []
        if reasons:  # the digits of a NIB may stand in any answer
            found.append(Proposal(anchor, reasons, ticket=ticket))
    return found


def proposals_for_ticket(ticket: Submission, user: User) -> list[Proposal]:
    """Return the businesses that a ticket may be of, by telephone number or NIB, those that this officer may see."""
    phones, nibs = {ticket.phone} - {""}, nibs_of(ticket)
    if not (phones or nibs):
        return []
    said_no = IkmLink.objects.different().filter(ticket=ticket).values("record")
    rows = permissions.records_for(user).filter(Q(phone__in=phones) | Q(nib__in=nibs)).exclude(pk__in=said_no)
    return [
        Proposal(record.pk, _reasons(record, phones, nibs, set()), record=record)
        for record in rows.select_related("business__kelurahan", "submission").order_by("pk")[:MOST]
    ]


def _reasons(record: BusinessRecord, phones: set[str], nibs: set[str], digests: set[str]) -> list[str]:
    same = {
        "NIK sama": record.nik_digest in digests,
        "WhatsApp sama": record.phone in phones,
        "NIB sama": record.nib in nibs,
    }
    return [reason for reason, is_so in same.items() if is_so]


def screen_url(record: BusinessRecord) -> str:
    """Return the address of the screen of the IKM that a business is."""
    return reverse("gallery-ikm", args=[record.pk])
