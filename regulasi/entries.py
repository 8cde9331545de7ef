"""What becomes public of regulations, and what is taken back: the only writer of RegulationEntry.

Promises:
- a regulation has a listed entry exactly while its page is published;
- publishing, hiding or deleting one changes, in the same transaction, the entries of all that it is related to;
- an entry holds nothing of a page that is not published but the short name of one that acts on it.

Wagtail publishes in several places (editor, workflow, schedule, in bulk); its signals lead here (regulasi.signals).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from regulasi import composition, relations, status
from regulasi.enums import Act
from regulasi.models import (
    DailyReading,
    Initiator,
    LegalField,
    RegulationEntry,
    RegulationKind,
    RegulationPage,
    RegulationStub,
    Subject,
)
from regulasi.relations import Related
from siptenan.common.generation import bump

AT_ONCE = 200  # pages whose rows are written together
VIEWS_DAYS = 30


@transaction.atomic
def refresh(pks: Iterable[int]) -> None:
    """Let the list show these pages as they are published now, or hide them; their neighbours follow.

    A constant number of queries for every AT_ONCE pages. `pks` may name pages that are deleted.
    """
    wanted = set(pks)
    _claim_stubs(wanted)
    before = _neighbours(RegulationEntry.objects.filter(pk__in=wanted))
    after: set[int] = set()
    for some in _batches(wanted):
        after |= _write(some)
    for some in _batches((before | after) - wanted):
        _write(some)
    bump()


def refresh_all() -> int:
    """Write every entry anew, as after a change of the rules; return how many pages there are."""
    pks = set(RegulationPage.objects.values_list("pk", flat=True))
    refresh(pks | set(RegulationEntry.objects.values_list("pk", flat=True)))
    return len(pks)


def stub_changed(stub: RegulationStub) -> None:
    """A regulation outside was renamed, or is held here under another name: who is related to it follows."""
    found = RegulationPage.objects.public().same_as(stub).first()
    RegulationStub.objects.filter(pk=stub.pk).update(held_as=found)
    rows = relations.pages_naming(stub.pk)
    refresh(rows | {pk for pk in (stub.held_as_id, found.pk if found else None) if pk})


def vocabulary_changed(row: RegulationKind | Initiator | LegalField | Subject) -> int:
    """A row of a reference table was renamed; return how many published regulations show it."""
    field = {RegulationKind: "kind", Initiator: "initiator", LegalField: "legal_field", Subject: "subjects"}[type(row)]
    pks = set(RegulationPage.objects.public().filter(**{field: row.pk}).values_list("pk", flat=True))
    refresh(pks)
    return len(pks)


@transaction.atomic
def sum_views() -> int:
    """Chore of the night: give the list the views of the last VIEWS_DAYS days; return how many entries changed."""
    since = timezone.localdate() - dt.timedelta(days=VIEWS_DAYS)
    rows = DailyReading.objects.filter(day__gt=since).values("regulation").annotate(total=Sum("views"))
    totals = dict(rows.values_list("regulation", "total"))
    changed = []
    for entry in RegulationEntry.objects.listed().only("views").iterator():
        if entry.views != totals.get(entry.pk, 0):
            entry.views, entry.version = totals.get(entry.pk, 0), time.time_ns()
            changed.append(entry)
    if changed:
        RegulationEntry.objects.bulk_update(changed, ["views", "version"], batch_size=AT_ONCE)
        bump()
    return len(changed)


def _batches(pks: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(pks)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _neighbours(entries: Any) -> set[int]:
    return {pk for pks in entries.values_list("neighbours", flat=True) for pk in pks}


def _write(pks: Collection[int]) -> set[int]:
    """Write the entries of these pages; return the pages that they are related to now."""
    pages = list(RegulationPage.objects.public().with_vocabulary().filter(pk__in=pks).prefetch_related("subjects"))
    related = relations.of_published([page.pk for page in pages])
    views = dict(
        DailyReading.objects.filter(regulation__in=pks, day__gt=timezone.localdate() - dt.timedelta(days=VIEWS_DAYS))
        .values_list("regulation")
        .annotate(Sum("views"))
    )
    rows = [RegulationEntry(**values(page, related[page.pk]), views=views.get(page.pk, 0)) for page in pages]
    hidden = set(pks) - {page.pk for page in pages}
    rows += [RegulationEntry(page_id=pk, version=time.time_ns()) for pk in hidden]
    fields = [field.name for field in RegulationEntry._meta.concrete_fields if not field.primary_key]
    RegulationEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page_id"], update_fields=fields, batch_size=AT_ONCE
    )
    return {pk for row in rows for pk in row.neighbours}


def values(page: RegulationPage, related: Related) -> dict[str, Any]:
    """Return what the entry of a published page holds, but how often it was read."""
    subjects = sorted(page.subjects.all(), key=lambda subject: subject.name)
    kind, initiator = page.kind, page.initiator
    ends = {end.page_id for edge in related.edges for end in (edge.source, edge.target)}
    words = [
        page.full_title, page.short_name, page.number, page.teu, page.source, page.subject_line, page.signatory,
        page.considering, page.legal_basis, page.main_points, page.notes, page.meaning, page.must_act,
        page.government_affair, kind.name if kind else "", kind.abbreviation if kind else "",
        initiator.name if initiator else "", initiator.short if initiator else "",
    ]  # fmt: skip
    return {
        "page_id": page.pk,
        "version": time.time_ns(),
        "is_listed": True,
        "slug": page.slug,
        "title": page.full_title,
        "name": page.short_name,
        "kind": kind.code if kind else "",
        "rank": kind.rank if kind else 0,
        "number": page.number,
        "number_order": composition.number_order(page.number),
        "year": page.year or 0,
        "about": page.about,
        "initiator": initiator.code if initiator else "",
        "subjects": [subject.code for subject in subjects],
        "summary": page.share_description,
        "enacted_on": page.enacted_on,
        "promulgated_on": page.promulgated_on,
        "effective_on": page.holds_from,
        "valid_until": page.valid_until,
        "valid_until_note": page.valid_until_note,
        "effects": status.to_store(related.suffered(Act.REVOKES, Act.AMENDS)),
        "neighbours": sorted(pk for pk in ends if pk and pk != page.pk),
        "metadata": metadata(page),
        "document_id": page.document_id,
        "file_name": page.file_name if page.document else "",
        "file_size": page.document.file_size if page.document else None,
        "text": "\n".join(word for word in words if word),
        "listed_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }


def metadata(page: RegulationPage) -> dict[str, str]:
    """Return the rest of the record, by the fields of JDIH; what a reference table says is written out."""
    return {
        "kind": page.kind.name if page.kind else "",
        "teu": page.teu,
        "abbreviation": page.abbreviation,
        "source": page.source,
        "place": page.place,
        "subjects": page.subject_line,
        "language": page.language,
        "location": page.location,
        "legal_field": page.legal_field.name if page.legal_field else "",
        "initiator": page.initiator.name if page.initiator else "",
        "signatory": page.signatory,
        "government_affair": page.government_affair,
        "abstract_file_name": page.abstract_file_name if page.has_abstract else "",
    }


def _claim_stubs(pks: Collection[int]) -> None:
    """Let pages take the place of regulations outside that are the same, and give it back when they are hidden."""
    pages = list(RegulationPage.objects.public().filter(pk__in=pks).select_related("kind", "initiator"))
    by_identity = {composition.identity(page): page for page in pages}
    years = {page.year for page in pages}
    stubs = RegulationStub.objects.filter(Q(held_as__in=pks) | Q(year__in=years)).select_related("kind", "initiator")
    for stub in stubs:
        page = by_identity.get(composition.identity(stub))
        if page is not None and stub.held_as_id != page.pk:
            RegulationStub.objects.filter(pk=stub.pk).update(held_as=page)
        elif page is None and stub.held_as_id in pks:
            RegulationStub.objects.filter(pk=stub.pk).update(held_as=None)
