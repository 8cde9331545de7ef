"""“Dasar hukum”: the regulations that a service or info page rests on, and where others find one by its name (Y4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regulasi.addresses import index_url, regulation_url
from regulasi.models import RegulationEntry, RegulationPage
from siptenan.common.companions import Named
from siptenan.common.generation import per_generation
from siptenan.common.models import BasePage


@dataclass(frozen=True)
class Basis:
    """A regulation as a chip."""

    name: str
    about: str
    url: str


@per_generation
def used_by() -> dict[int, tuple[Basis, ...]]:
    """Return the published regulations of each page that rests on some, the highest first; in one query."""
    if not index_url():
        return {}
    pages = RegulationPage.objects.public().filter(uses__isnull=False).select_related("kind", "initiator")
    found: dict[int, dict[str, Basis]] = {}
    for page in pages.order_by("kind__rank", "-year", "pk").prefetch_related("uses").distinct():
        basis = Basis(page.short_name, page.about, regulation_url(page.slug))
        for use in page.uses.all():
            found.setdefault(use.page_id, {})[basis.url] = basis
    return {pk: tuple(chips.values()) for pk, chips in found.items()}


@per_generation
def address_of(name: str) -> str:
    """Return the path of the published regulation of this short name; empty without one."""
    slug = RegulationEntry.objects.listed().filter(name=name).order_by("pk").values_list("slug", flat=True).first()
    return regulation_url(slug) if slug and index_url() else ""


def of(page: BasePage) -> list[Named]:
    """Return the regulations that a page rests on."""
    return [Named(basis.name, basis.url) for basis in used_by().get(page.pk, ())]


def below(page: BasePage) -> SafeString:
    """Return the chips of a page; nothing for one that rests on no regulation."""
    bases = used_by().get(page.pk, ())
    return render_to_string("regulasi/legal_basis.html", {"bases": bases}) if bases else SafeString()
