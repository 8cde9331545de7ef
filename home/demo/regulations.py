"""Loads the regulations of the demo: pages with their relations, and a PDF of each that says it is no official text."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from wagtail.models import Page

from home.demo.regulation_rows import ROWS, SINCE, STUBS, RegulationRow
from regulasi import entries
from regulasi.enums import Verb
from regulasi.models import (
    Initiator,
    LegalField,
    RegulationIndexPage,
    RegulationKind,
    RegulationPage,
    RegulationRelation,
    RegulationStub,
    RegulationUse,
    Subject,
)
from regulasi.plain_pdf import Pages
from siptenan.common.dates import format_day
from siptenan.common.models import SiteDocument

PARTLY = "Sebagian"  # a note that begins so says that the relation is to a part
NOTICE = "Salinan contoh, bukan naskah resmi"


def load(index: RegulationIndexPage) -> None:
    """Add every row below the list; those without a date of enactment stay drafts."""
    with entries.together():
        _load(index)


def _load(index: RegulationIndexPage) -> None:
    pages = {row.key: _page(row) for row in ROWS}
    for page in pages.values():
        index.add_child(instance=page)
    stubs = {f"{kind} {number}/{year}": _stub(kind, number, year, about) for kind, number, year, about in STUBS}
    for row in ROWS:
        page = pages[row.key]
        page.relations = [
            RegulationRelation(
                verb=verb,
                other=pages.get(key),
                stub=None if key in pages else stubs[key],
                is_partial=note.startswith(PARTLY),
                on=_day(SINCE.get(key, "")) if verb == Verb.AMENDED else None,
                note=note.removeprefix(PARTLY).lstrip("; "),
                sort_order=order,
            )
            for order, (verb, key, note) in enumerate(row.relations)
        ]
        used = Page.objects.filter(slug__in=row.uses).order_by("pk")
        page.uses = [RegulationUse(page=other, sort_order=order) for order, other in enumerate(used)]
        revision = page.save_revision(clean=bool(row.enacted))
        if row.enacted:
            revision.publish()


def _page(row: RegulationRow) -> RegulationPage:
    page = RegulationPage(
        kind=RegulationKind.objects.get(code=row.kind),
        initiator=Initiator.objects.get(code=row.initiator),
        legal_field=LegalField.objects.get(code=row.field),
        number=row.number,
        year=row.year,
        about=row.about,
        enacted_on=_day(row.enacted),
        promulgated_on=_day(row.promulgated),
        effective_on=_day(row.effective),
        gazette_number=row.gazette[0],
        supplement_number=row.gazette[1],
        main_points="\n".join(row.outline),
        meaning="\n".join(row.meaning),
        must_act=row.must_act,
        deadline=_day(row.deadline[0]),
        deadline_what=row.deadline[1],
        live=False,
    )
    page.subjects = Subject.objects.filter(name__in=row.subjects)
    page.document = _document(page, row)
    return page


def _document(page: RegulationPage, row: RegulationRow) -> SiteDocument:
    """A page or so with what is known of the regulation and an outline; no law text."""
    paper = Pages(page.full_title)
    paper.write(NOTICE, size=12, bold=True)
    paper.space(18)
    paper.write(page.full_title, size=16, bold=True)
    paper.space(12)
    known = [("Jenis", page.kind.name), ("Nomor", page.number), ("Tahun", str(page.year))] if page.kind else []
    known += [("T.E.U. badan", page.teu), ("Subjek", " - ".join(sorted(row.subjects)))]
    if page.enacted_on:
        known.append(("Tanggal penetapan", format_day(page.enacted_on)))
    for label, value in known:
        paper.write(f"{label}: {value}")
    paper.space(12)
    paper.write("Garis besar dengan kata-kata sendiri", size=13, bold=True)
    for line in row.outline:
        paper.write(line, hang=12, mark="-")
    paper.space(18)
    paper.write("Dibuat untuk situs peragaan SIPTENAN. Naskah resminya ada di JDIH instansi yang menerbitkannya.")
    content = paper.pdf()
    document = SiteDocument(
        title=f"{page.short_name} (salinan contoh)",
        file=ContentFile(content, name=f"contoh-{page.file_name}"),
        file_size=len(content),
    )
    document._set_document_file_metadata()
    document.save()
    return document


def _stub(kind: str, number: str, year: int, about: str) -> RegulationStub:
    row = RegulationKind.objects.get(code=kind)
    return RegulationStub.objects.get_or_create(kind=row, number=number, year=year, defaults={"about": about})[0]


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
