"""Regulations: real numbers of kinds that exist, with invented content and a PDF of a few bytes."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.core.files.base import ContentFile

from home.models import HomePage
from regulasi.models import (
    Initiator,
    LegalField,
    RegulationIndexPage,
    RegulationKind,
    RegulationPage,
    RegulationRelation,
    RegulationStub,
    Subject,
)
from siptenan.common.models import SiteDocument

from .site import publish

_numbers = itertools.count(1)

# A PDF of one empty page; a comment at its end makes each one differ.
SMALL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def make_regulation_index(home: HomePage | None = None) -> RegulationIndexPage:
    """Return the published list at /regulasi/, the one there is if there is one."""
    found = RegulationIndexPage.objects.first()
    return found or publish(home or HomePage.objects.get(), RegulationIndexPage(title="Regulasi", slug="regulasi"))


def make_document(title: str = "Peraturan contoh", content: bytes | None = None, name: str = "contoh.pdf"):
    """Return a PDF of the media library."""
    content = SMALL_PDF + b"%% %d\n" % next(_numbers) if content is None else content
    document = SiteDocument(title=title, file=ContentFile(content, name=name), file_size=len(content))
    document._set_document_file_metadata()
    document.save()
    return document


def make_regulation(
    kind: str = "uu", number: str = "", year: int = 2016, about: str = "", *, live: bool = True,
    subjects: tuple[str, ...] = ("MEREK",), relations: tuple[RegulationRelation, ...] = (), **values: Any,
) -> RegulationPage:  # fmt: skip
    """Return a regulation below the list; published unless `live` is false.

    `kind`, `initiator` and `legal_field` are codes, `subjects` names. Without a document it gets a small one.
    """
    serial = next(_numbers)
    kind_row = RegulationKind.objects.get(code=kind)
    initiator = values.pop("initiator", "kemenperin" if kind_row.is_of_initiator else "pemerintah-pusat")
    field = values.pop("legal_field", "administrasi-negara")
    document = values.pop("document") if "document" in values else make_document()
    page = RegulationPage(
        kind=kind_row,
        number=number or str(serial),
        year=year,
        about=about or f"Perihal Contoh {serial}",
        initiator=Initiator.objects.get(code=initiator),
        legal_field=LegalField.objects.get(code=field),
        document=document,
        **{"enacted_on": dt.date(year, 11, 25), "promulgated_on": dt.date(year, 11, 25), "page_count": 60, **values},
    )
    page.subjects = Subject.objects.filter(name__in=subjects)
    page.relations = [*relations]
    page.live = False
    make_regulation_index().add_child(instance=page)
    if live:
        page.save_revision().publish()
    return RegulationPage.objects.get(pk=page.pk)  # publishing changes another object than the one at hand


def make_stub(kind: str = "uu", number: str = "1", year: int = 2001, about: str = "Luar Contoh", **values: Any):
    """Return a regulation that the office does not hold."""
    initiator = Initiator.objects.get(code=values.pop("initiator")) if "initiator" in values else None
    return RegulationStub.objects.create(
        kind=RegulationKind.objects.get(code=kind), number=number, year=year, about=about, initiator=initiator, **values
    )


def relation(verb: str, other: RegulationPage | RegulationStub, **values: Any) -> RegulationRelation:
    """Return a row as an editor enters it: `mencabut`, `diubah` ..., another page or a stub."""
    end = {"stub": other} if isinstance(other, RegulationStub) else {"other": other}
    return RegulationRelation(verb=verb, **end, **values)


def relate(page: RegulationPage, *rows: RegulationRelation) -> RegulationPage:
    """Publish a page with these relations and no others."""
    page = RegulationPage.objects.get(pk=page.pk)
    page.relations = [*rows]
    page.save_revision().publish()
    return RegulationPage.objects.get(pk=page.pk)
