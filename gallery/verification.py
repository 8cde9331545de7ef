"""What officers do with a registration: the only writer of checks and approvals. Each call is atomic, leaves an event.

What this module promises:
- nothing of a registration is public before `approve`, which asks for the whole checklist; `withdraw` hides all of it
  in the request that calls it;
- whoever acts on an old version of the ticket gets forms.services.StaleTicket and changes nothing;
- what a colleague has locked is neither changed nor published (gallery.locks.Locked); it can be hidden;
- name and number of the owner become public only as he has agreed, anew with each approval;
- pages say “Terverifikasi” of what was approved here, and of nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from forms import casework, services
from forms.enums import EventKind, Status
from forms.models import Submission
from gallery import drafts, locks, records
from gallery.enums import CheckItem
from gallery.models import Business, BusinessRecord, CheckMark, Product
from gallery.registration import start_workflow
from siptenan.accounts.models import User
from siptenan.common.dates import format_datetime

APPROVED = "Pendaftaran Anda disetujui. Produk Anda sekarang tampil di Gallery IKM. Tautannya ada di halaman tiket ini."
SCHEDULED = "Pendaftaran Anda disetujui. Produk Anda tampil di Gallery IKM mulai {}."
WITHDRAWN = "Produk Anda untuk sementara tidak tampil di Gallery IKM. Pendaftaran Anda diperiksa lagi. Alasannya:"
PLEASE_CORRECT = "Mohon perbaiki:"
HOW_TO_CORRECT = "Tekan “Perbaiki data” di halaman tiket ini. Data lain sudah terisi, jadi tidak perlu diketik lagi."
NOTE_MAX = 255


class NothingToVerify(LookupError):  # noqa: N818 - a refusal, not a fault
    """The ticket named no business or no kelurahan, so that nothing was made of it."""


class NotReady(Exception):  # noqa: N818 - as above
    """Something is missing for an approval; `reasons` says what, as officers read it."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Mark:
    """What an officer says of one item of the checklist; None: he has not looked yet."""

    is_ok: bool | None
    note: str = ""


@dataclass(frozen=True)
class Classified:
    """What an officer adds to a product that its owner cannot know."""

    commodity_id: int | None
    unit_id: int | None


def record_of(ticket: Submission) -> BusinessRecord:
    """Return what was made of a ticket. Raises NothingToVerify."""
    rows = BusinessRecord.objects.select_related("business__kelurahan", "business__commodity", "submission__form")
    record = rows.filter(submission=ticket).first()
    if record is None:
        raise NothingToVerify(ticket.reference)
    return record


# --- Looking at it --------------------------------------------------------------------------------


@transaction.atomic
def take_up(ticket: Submission, *, by: User, version: int | None = None) -> Submission:
    """Begin to examine a registration, or once more after a correction was asked for or it was rejected.

    The owner's photos come into the media library. Raises IllegalMove, StaleTicket.
    """
    submission = services.move(ticket, Status.EXAMINED, by=by, version=version)
    record = BusinessRecord.objects.select_related("business", "submission").filter(submission=submission).first()
    if record:
        drafts.take_photos(record, by=by, late=ticket.status == Status.NEW)
        for snippet in _snippets(record):
            start_workflow(snippet)
    return submission


@transaction.atomic
def take_photos(ticket: Submission, *, by: User) -> None:
    """Take photos into the media library that came after the registration was taken up. Raises NothingToVerify."""
    submission = casework.locked(ticket.pk)
    drafts.take_photos(record_of(submission), by=by, late=True)
    casework.record(submission, EventKind.RECORD_CHANGED, by, after="Foto produk")
    casework.save(submission)


@transaction.atomic
def save_checks(
    ticket: Submission, marks: Mapping[CheckItem, Mark], *, by: User, version: int | None = None
) -> list[CheckItem]:
    """Note what an officer found, item by item, and return which items are new; equal ones keep who and when.

    Raises StaleTicket, NothingToVerify.
    """
    submission = casework.locked(ticket.pk, version)
    record = record_of(submission)
    known = {mark.item: mark for mark in record.checks.all()}
    changed = []
    for item, mark in marks.items():
        before = known.get(item)
        note = mark.note.strip()[:NOTE_MAX]
        if (before.is_ok, before.note) == (mark.is_ok, note) if before else (mark.is_ok is None and not note):
            continue
        values = {"is_ok": mark.is_ok, "note": note, "by": by, "at": timezone.now()}
        CheckMark.objects.update_or_create(record=record, item=item, defaults=values)
        changed.append(item)
    if changed:
        casework.record(submission, EventKind.CHECKED, by, after=_summary({**_states(known), **marks}))
        casework.save(submission)
    return changed


def _states(known: Mapping[str, CheckMark]) -> dict[CheckItem, Mark]:
    return {CheckItem(item): Mark(mark.is_ok) for item, mark in known.items()}


def _summary(marks: Mapping[CheckItem, Mark]) -> str:
    fine = sum(mark.is_ok is True for mark in marks.values())
    wrong = sum(mark.is_ok is False for mark in marks.values())
    return f"{fine} dari {len(CheckItem)} sesuai" + (f", {wrong} tidak sesuai" if wrong else "")


@transaction.atomic
def classify(
    ticket: Submission,
    commodity_id: int | None,
    products: Mapping[int, Classified],
    *,
    by: User,
    version: int | None = None,
) -> None:
    """Say what the business makes, and of each product its commodity and unit. Raises StaleTicket, NothingToVerify."""
    submission = casework.locked(ticket.pk, version)
    record = record_of(submission)
    business = drafts.draft_of(record.business)
    changed, count = [], 0
    if business.commodity_id != commodity_id:
        business.commodity_id = commodity_id
        drafts.keep(business, by=by)
        changed.append("usaha")
    for product in record.business.products.filter(pk__in=products):
        draft, new = drafts.draft_of(product), products[product.pk]
        if (draft.commodity_id, draft.unit_id) != (new.commodity_id, new.unit_id):
            draft.commodity_id, draft.unit_id = new.commodity_id, new.unit_id
            drafts.keep(draft, by=by)
            count += 1
    if count:
        changed.append(f"{count} produk")
    if changed:  # no names: the history outlives them
        after = f"Komoditas dan satuan: {', '.join(changed)}"
        casework.record(submission, EventKind.RECORD_CHANGED, by, after=after)
        casework.save(submission)


# --- Deciding -------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_correction(
    ticket: Submission, labels: Iterable[str], text: str, *, by: User, version: int | None = None
) -> Submission:
    """Ask the owner to correct his answers: the named ones, in the officer's words.

    Raises IllegalMove, StaleTicket, and Locked: he could not correct what is locked, not even by who asks.
    """
    record = BusinessRecord.objects.select_related("business").filter(submission=ticket).first()
    for snippet in _snippets(record) if record else ():
        locks.check(snippet, None)
    named = ", ".join(labels)
    parts = [f"{PLEASE_CORRECT} {named}." if named else "", text.strip(), HOW_TO_CORRECT]
    services.reply(ticket, "\n\n".join(part for part in parts if part), by=by, version=version)
    return services.move(ticket, Status.NEEDS_CORRECTION, by=by)


@transaction.atomic
def reject(ticket: Submission, reason: str, *, by: User, version: int | None = None) -> Submission:
    """Reject a registration; its owner reads why. Raises IllegalMove, ReasonMissing, StaleTicket."""
    submission = services.move(ticket, Status.REJECTED, by=by, version=version, reason=reason)
    record = BusinessRecord.objects.select_related("business").filter(submission=submission).first()
    for snippet in _snippets(record) if record else ():
        drafts.cancel_workflow(snippet, by=by)
    return submission


def obstacles(record: BusinessRecord, products: Iterable[Product]) -> list[str]:
    """Return what an approval of these products still lacks; `products` and the business are looked at as drafts."""
    marks = {mark.item: mark.is_ok for mark in record.checks.all()}
    found = [f"Belum dinyatakan sesuai: {item.label}." for item in CheckItem if marks.get(item) is not True]
    business = drafts.draft_of(record.business)
    if business.commodity_id is None:
        found.append(f"Komoditas utama {business.name} belum dipilih.")
    chosen = [drafts.draft_of(product) for product in products]
    if not chosen:
        found.append("Belum ada produk yang dipilih untuk diterbitkan.")
    for product in chosen:
        if product.commodity_id is None:
            found.append(f"Komoditas {product.name} belum dipilih.")
        if not any(photo.image_id or photo.upload_id for photo in product.photos.all()):
            found.append(f"{product.name} belum punya foto.")
    for draft in (business, *chosen):
        if draft.expire_at and draft.expire_at <= timezone.now():  # it would be gone within a minute
            found.append(f"Jadwal tayang {draft.name} sudah berakhir. Ubah jadwalnya di penyuntingnya.")
    return found


@transaction.atomic
def approve(ticket: Submission, products: Iterable[int], *, by: User, version: int | None = None) -> Submission:
    """Publish the business and these of its products (primary keys), and tell the owner.

    Raises NotReady, NothingToVerify, IllegalMove, StaleTicket; nothing is public then.
    """
    submission = services.move(ticket, Status.APPROVED, by=by, version=version)
    record = record_of(submission)
    chosen = list(record.business.products.filter(pk__in=list(products)).order_by("pk"))
    if reasons := obstacles(record, chosen):
        raise NotReady(reasons)
    drafts.take_photos(record, by=by, late=False)
    records.show_as_agreed(record)
    Business.objects.filter(pk=record.business_id).update(verified_at=timezone.now())
    drafts.publish(Business.objects.get(pk=record.business_id), by=by)
    for product in Product.objects.filter(pk__in=[product.pk for product in chosen]).order_by("pk"):
        drafts.publish(product, by=by)
        drafts.confirmed(product)
    later = shown_from(record)
    services.reply(submission, SCHEDULED.format(format_datetime(later)) if later else APPROVED, by=by)
    return submission


def shown_from(record: BusinessRecord) -> dt.datetime | None:
    """Return when the first product of an approved registration comes onto the web; None when one is there."""
    business = Business.objects.get(pk=record.business_id)
    products = [_live_from(product) for product in business.products.all()]
    first = min((moment for moment in products if moment), default=None)
    own = _live_from(business)
    if first is None or own is None:
        return None
    shown = max(first, own)
    return shown if shown > timezone.now() else None


def _live_from(snippet: Business | Product) -> dt.datetime | None:
    """Return since or from when it is live: not after now if it is, None if no day is set."""
    if snippet.live:
        return timezone.now()
    scheduled = snippet.scheduled_revision
    return scheduled.approved_go_live_at if scheduled else None


@transaction.atomic
def withdraw(ticket: Submission, reason: str, note: str = "", *, by: User, version: int | None = None) -> Submission:
    """Take an approval back: business and products are hidden everywhere at once, and the owner reads why.

    `note` stays internal. Raises IllegalMove, ReasonMissing, StaleTicket.
    """
    if not reason.strip():
        raise services.ReasonMissing(Status.EXAMINED)
    submission = services.move(ticket, Status.EXAMINED, by=by, version=version)
    record = record_of(submission)
    for snippet in reversed(_snippets(record)):
        drafts.hide(snippet, by=by)
    Business.objects.filter(pk=record.business_id).update(verified_at=None)
    services.reply(submission, f"{WITHDRAWN}\n\n{reason.strip()}", by=by)
    if note.strip():
        services.add_note(submission, note, by=by)
    return submission


def _snippets(record: BusinessRecord) -> list[Business | Product]:
    """The business, then its products."""
    return [record.business, *record.business.products.order_by("pk")]
