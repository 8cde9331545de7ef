"""What becomes public of regulations, and what is taken back: the only writer of RegulationEntry.

Promises:
- a regulation has a listed entry exactly while its page is public;
- publishing, hiding or deleting one changes, right after and in one go, the entries of all that it is related to;
- an entry holds nothing of a page that is not public but the short name of one that acts on it;
- two that write do so one after the other, and what a fault left behind is mended in the night (`refresh_all`).

Wagtail publishes in several places (editor, workflow, schedule, in bulk); its signals lead here (regulasi.signals).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
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
from siptenan.common.models import Generation

_waiting: ContextVar[set[int] | None] = ContextVar("regulations_waiting", default=None)
AT_ONCE = 200  # pages whose rows are written together
VIEWS_DAYS = 30


# What of an entry nobody is shown as the regulation's own: a change of it is no news.
INTERNAL = frozenset({"page_id", "version", "views", "neighbours", "updated_at"})


def refresh(pks: Iterable[int]) -> None:
    """Let the list show these pages as they are published now, or hide them; their neighbours follow.

    A constant number of queries for every AT_ONCE pages. `pks` may name pages that are deleted.
    """
    wanted = set(pks)
    if (waiting := _waiting.get()) is not None:
        waiting |= wanted
        return
    with alone():
        _rewrite(wanted)
        bump()


def lock() -> None:
    """Wait until all others that write entries have ended their transaction, and let them wait for the end of this one.

    Who writes reads first how regulations hang together; two at once would each miss what the other publishes. The
    lock is the row of the generation, which publishing writes anyway. It is taken before rows of stubs and entries, so
    that nobody who has one of those waits for it. SQLite locks the whole file instead, as a transaction begins.
    """
    Generation.objects.select_for_update().get_or_create(pk=1, defaults={"number": time.time_ns()})


@contextmanager
def alone() -> Iterator[None]:
    """A transaction that has the lock."""
    with transaction.atomic():
        lock()
        yield


@contextmanager
def together() -> Iterator[None]:
    """Let all that is published or hidden inside reach the list at the end, in one go and in one transaction."""
    with transaction.atomic():
        waiting: set[int] = set()
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        refresh(waiting)


def refresh_all() -> int:
    """Chore of the night: mend every entry that is not as its page is; return how many were wrong.

    Some pages at a time, so that nobody who publishes meanwhile waits long. Views do not count.
    """
    pks = set(RegulationPage.objects.values_list("pk", flat=True))
    pks |= set(RegulationEntry.objects.values_list("pk", flat=True))
    wrong: set[int] = set()
    for some in _batches(pks):
        with alone():
            if found := _rewrite(set(some)):
                wrong |= found
                bump()
    return len(wrong)


def stub_changed(stub: RegulationStub) -> None:
    """A regulation outside was renamed, or is held here under another name: who is related to it follows."""
    with alone():
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


def sum_views() -> int:
    """Chore of the night: give the list the views of the last VIEWS_DAYS days; return how many entries changed."""
    changed = []
    with alone():
        totals = _views(DailyReading.objects.all())
        for entry in RegulationEntry.objects.listed().only("views").iterator():
            if entry.views != totals.get(entry.pk, 0):
                entry.views, entry.version = totals.get(entry.pk, 0), time.time_ns()
                changed.append(entry)
        if changed:
            RegulationEntry.objects.bulk_update(changed, ["views", "version"], batch_size=AT_ONCE)
            bump()
    return len(changed)


def _views(readings: QuerySet[DailyReading]) -> dict[int, int]:
    """How often regulations were read in the last VIEWS_DAYS days."""
    recent = readings.filter(day__gt=timezone.localdate() - dt.timedelta(days=VIEWS_DAYS))
    return dict(recent.values_list("regulation").annotate(Sum("views")))


def _batches(pks: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(pks)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _neighbours(entries: Any) -> set[int]:
    return {pk for pks in entries.values_list("neighbours", flat=True) for pk in pks}


def _rewrite(wanted: set[int]) -> set[int]:
    """Write the entries of these pages and of their neighbours, before and now; return which were not as they are."""
    wanted = wanted | _claim_stubs(wanted)
    before = _neighbours(RegulationEntry.objects.filter(pk__in=wanted))
    changed = [row for some in _batches(wanted) for row in _write(some)]
    after = {pk for row in changed for pk in row.neighbours}
    changed += [row for some in _batches((before | after) - wanted) for row in _write(some)]
    return {row.pk for row in changed}


def _write(pks: Collection[int]) -> list[RegulationEntry]:
    """Write the entries of these pages; return those that were not as the pages are."""
    pages = list(RegulationPage.objects.public().with_vocabulary().filter(pk__in=pks).prefetch_related("subjects"))
    related = relations.of_published([page.pk for page in pages])
    stored = RegulationEntry.objects.in_bulk(pks)
    views = _views(DailyReading.objects.filter(regulation__in=pks))
    rows = [RegulationEntry(**values(page, related[page.pk]), views=views.get(page.pk, 0)) for page in pages]
    hidden = stored.keys() - {page.pk for page in pages}
    rows += [RegulationEntry(page_id=pk, version=time.time_ns()) for pk in hidden]
    changed, counted = [], []
    for row in rows:
        entry = stored.get(row.pk)
        if entry and row.is_listed:
            row.updated_at = _updated_at(row, entry)
        if entry is None or _differs(row, entry, besides={"version", "views"}):
            changed.append(row)
        elif row.views != entry.views:
            counted.append(row)
    fields = [field.name for field in RegulationEntry._meta.concrete_fields if not field.primary_key]
    RegulationEntry.objects.bulk_create(
        changed + counted, update_conflicts=True, unique_fields=["page_id"], update_fields=fields, batch_size=AT_ONCE
    )
    return changed


def _updated_at(row: RegulationEntry, stored: RegulationEntry) -> dt.datetime | None:
    """When a listed regulation changed last: it was published anew, or what another one did to it shows now."""
    now = timezone.now() if _differs(row, stored, besides=INTERNAL) else None
    return max(filter(None, (row.updated_at, stored.updated_at, now)), default=None)


def _differs(row: RegulationEntry, stored: RegulationEntry, besides: Collection[str]) -> bool:
    names = (field.attname for field in RegulationEntry._meta.concrete_fields if field.attname not in besides)
    return any(getattr(row, name) != getattr(stored, name) for name in names)


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
        "abstract": "ada" if page.has_abstract else "",
        "abstract_file_name": page.abstract_file_name,
    }


def _claim_stubs(pks: Collection[int]) -> set[int]:
    """Let public pages take the place of regulations outside that are the same, for all that these pages may change.

    Return the pages that gained or lost such a place. Of several pages of one regulation the first has it.
    """
    public = RegulationPage.objects.public()
    listed = RegulationEntry.objects.listed().filter(pk__in=pks)
    years = {*public.filter(pk__in=pks).values_list("year", flat=True), *listed.values_list("year", flat=True)}
    found = RegulationStub.objects.filter(Q(held_as__in=pks) | Q(year__in=years)).select_related("kind", "initiator")
    stubs = list(found)
    first: dict[composition.Key, int] = {}
    if stubs:
        pages = public.filter(year__in={stub.year for stub in stubs}, kind__in={stub.kind_id for stub in stubs})
        for page in pages.select_related("kind", "initiator").defer(*relations.LONG_TEXTS).order_by("path").iterator():
            first.setdefault(composition.identity(page), page.pk)
    changed: set[int | None] = set()
    for stub in stubs:
        holder = first.get(composition.identity(stub))
        if holder != stub.held_as_id:
            RegulationStub.objects.filter(pk=stub.pk).update(held_as=holder)
            changed |= {holder, stub.held_as_id}
    return {pk for pk in changed if pk}
