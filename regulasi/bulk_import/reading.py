"""Reads an upload into a plan, or says everything that is wrong with it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files import File
from django.utils import timezone

from regulasi import composition, relations, status
from regulasi.models import RegulationPage
from regulasi.models.regulation import RESERVED_SLUGS
from siptenan.common import tables
from siptenan.common.tables import InvalidFile, RowError

from . import columns
from .columns import FILE, HEADINGS, REQUIRED, STATUS, SUBJECTS, Reader
from .files import Upload
from .plan import Draft, Plan
from .relating import Relator

MAX_ROWS = 200


def read(file: File, *, is_checked: bool = False) -> Plan:
    """Return what importing a file would do. Raises InvalidFile with every error there is, in the order of rows.

    `is_checked`: these very bytes were read before, so their PDFs are not opened again.
    """
    upload = Upload(file, is_checked=is_checked)
    reader, errors = Reader(), []
    drafts: list[Draft] = []
    stated: dict[int, Any] = {}
    cells: dict[int, dict[str, Any]] = {}
    for row, given in tables.records(upload.table, HEADINGS, REQUIRED, max_rows=MAX_ROWS):
        page, wrong = reader.page(given)
        subjects, unknown = reader.subjects_of(given.get(SUBJECTS))
        stated[row], strange = columns.status_of(given.get(STATUS))
        errors += [RowError(row, text) for text in (*wrong, *unknown, *strange)]
        drafts.append(Draft(row, page, subjects, columns.file_of(given.get(FILE))))
        cells[row] = given
    if not drafts:
        errors.append(RowError(2, "Berkas ini tidak berisi satu regulasi pun."))
    errors += twins(drafts)
    relator = Relator(reader, drafts)
    errors += [RowError(row, text) for row, text in relator.relate(cells)]
    errors += upload.wrong_with((draft.row, draft.file) for draft in drafts if draft.file)
    if errors:
        raise InvalidFile(sorted(errors, key=lambda error: error.row))
    _give_addresses(drafts)
    for draft in drafts:
        _compare_status(draft, stated[draft.row], relator)
    return Plan(drafts, upload)


def twins(drafts: Iterable[Draft]) -> list[RowError]:
    """Return which rows are a regulation that is held already, or that an earlier row is. One query."""
    named = [draft for draft in drafts if draft.page.kind and draft.page.number and draft.page.year]
    known = RegulationPage.objects.filter(
        kind__in={draft.page.kind for draft in named}, year__in={draft.page.year for draft in named}
    )
    known = known.select_related("kind", "initiator").defer(*relations.LONG_TEXTS)
    held = {composition.identity(page): page.title for page in known}
    rows: dict[composition.Key, int] = {}
    found = []
    for draft in named:
        key, name = composition.identity(draft.page), draft.page.short_name
        if key in held:
            found.append(RowError(draft.row, f"{name} sudah punya halaman: “{held[key]}”. Hapus barisnya."))
        elif key in rows:
            found.append(RowError(draft.row, f"{name} sudah ada di baris {rows[key]}."))
        rows.setdefault(key, draft.row)
    return found


def _give_addresses(drafts: Sequence[Draft]) -> None:
    """Compose title and address as the page will when it is stored, in the same order."""
    taken = {*RESERVED_SLUGS, *RegulationPage.objects.values_list("slug", flat=True)}
    for draft in drafts:
        page = draft.page
        page.title = composition.cut(page.full_title)
        page.slug = page.composed_slug = composition.free_slug(composition.slug(page), taken)
        taken.add(page.slug)


def _compare_status(draft: Draft, stated: Any, relator: Relator) -> None:
    """Say when the table tells another status than dates and relations; the status itself is never stored."""
    edges = relator.suffered_by(draft)
    related = relations.Related(edges[0].target.key if edges else ("page", -draft.row), edges)
    derived = status.of(draft.page, timezone.localdate(), related).status
    if stated and derived.facet is not stated.facet:
        draft.notes.append(
            f"Tertulis “{stated.label}”, padahal menurut tanggal dan hubungan di berkas ini “{derived.label}”. "
            "Status tidak diketik: lengkapi tanggalnya, atau hubungan di peraturan yang mencabutnya."
        )
