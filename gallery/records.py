"""The private record of a business as officers write it, and businesses that an officer records himself.

The only writer besides gallery.registration and gallery.business_import. Each call is atomic and leaves an entry in the
history of the record (Laporan, Riwayat situs), and in that of its ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import ModelLogEntry

from forms import casework
from forms.enums import EventKind
from gallery import publishing
from gallery.models import Business, BusinessRecord, Material
from gallery.publishing import free_slug
from gallery.registration import start_workflow
from siptenan.accounts.models import User
from siptenan.common.models import Commodity, Kelurahan

VIEWED = "gallery.view_record"
LABEL_MAX = 255  # of Wagtail's log


class StaleRecord(Exception):  # noqa: N818 - a refusal, not a fault
    """Somebody else has changed the record since it was shown."""


def version(record: BusinessRecord) -> str:
    """Return what tells a state of a record from all others, to be sent back with a change."""
    return record.updated_at.isoformat()


def lock(record: BusinessRecord, seen: str) -> None:
    """Hold a record until the transaction ends. Raises StaleRecord when it is not as it was `seen`."""
    if version(BusinessRecord.objects.select_for_update().get(pk=record.pk)) != seen:
        raise StaleRecord(str(record.pk))


def register_log_actions(actions: LogActionRegistry) -> None:
    """Wagtail hook `register_log_actions`."""
    actions.register_action(VIEWED, "Lihat data industri", "Data industri dilihat")


def record_view(record: BusinessRecord, *, by: User) -> None:
    """Note that somebody looked at the private data of a business."""
    log(instance=record, action=VIEWED, user=by)


def record_views(seen: Iterable[BusinessRecord], *, by: User) -> None:
    """Note the same of several at once, in one statement."""
    kind = ContentType.objects.get_for_model(BusinessRecord)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(record.pk),
            label=str(record)[:LABEL_MAX],
            action=VIEWED,
            user=by,
            timestamp=timezone.now(),
        )
        for record in seen
    )


@transaction.atomic
def change(
    record: BusinessRecord, materials: Iterable[Material], changed: Sequence[str], *, by: User, seen: str
) -> None:
    """Store a record as an officer changed it, with its materials; `changed` are the labels of what he changed.

    Raises StaleRecord when somebody else changed it after it was `seen` (version); then nothing is changed.
    """
    if not changed:
        return
    submission = casework.locked(record.submission_id) if record.submission_id else None  # before it, as a correction
    lock(record, seen)
    record.save()
    _replace_materials(record, materials)
    _follow_consent(record)
    log(instance=record, action="wagtail.edit", user=by, data={"fields": list(changed)})
    if submission:
        after = ", ".join(changed)[: casework.NAME_MAX]
        casework.record(submission, EventKind.RECORD_CHANGED, by, after=after)
        casework.save(submission)


@transaction.atomic
def create(
    name: str,
    kelurahan: Kelurahan,
    commodity: Commodity | None,
    record: BusinessRecord,
    materials: Iterable[Material],
    *,
    by: User,
) -> Business:
    """Record a business that did not register itself: a draft in the workflow, with its private record."""
    business = Business.objects.create(
        name=name,
        slug=free_slug(Business, name),
        kelurahan=kelurahan,
        commodity=commodity,
        live=False,
        **agreed(record),
    )
    record.business = business
    record.save()
    _replace_materials(record, materials)
    log(instance=business, action="wagtail.create", user=by)
    business.save_revision(user=by, clean=False)
    start_workflow(business)
    return business


def _follow_consent(record: BusinessRecord) -> None:
    """Let name and number of the owner be public as he agrees now, at once if the business is public.

    A colleague's lock does not hold this up: whoever withdraws a consent has a right to it.
    """
    if record.submission_id and not Business.objects.get(pk=record.business_id).first_published_at:
        return  # the approval does it
    if show_as_agreed(record):
        publishing.business_changed(Business.objects.get(pk=record.business_id))


def show_as_agreed(record: BusinessRecord) -> bool:
    """Give the public part of a business what its owner agreed to show; return whether that was something else.

    The only writer of these two fields: revisions do not hold them (Business.with_content_json).
    """
    wanted = agreed(record)
    rows = Business.objects.filter(pk=record.business_id)
    return bool(rows.exclude(**wanted).update(**wanted))


def agreed(record: BusinessRecord) -> dict[str, str]:
    """Return what of an owner may be public, as the fields of his business."""
    return {
        "contact_name": record.owner_name if record.agrees_name else "",
        "whatsapp": record.phone if record.agrees_whatsapp else "",
    }


def _replace_materials(record: BusinessRecord, materials: Iterable[Material]) -> None:
    record.materials.all().delete()
    for material in materials:
        material.pk, material.record = None, record
    Material.objects.bulk_create(materials)
