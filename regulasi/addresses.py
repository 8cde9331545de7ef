"""Addresses of regulations without asking the page tree for each."""

from __future__ import annotations

from regulasi.models import RegulationIndexPage
from siptenan.common.generation import per_generation


@per_generation
def index_url() -> str:
    """The path of the list; empty while it is not published."""
    page = RegulationIndexPage.objects.live().first()
    return (page.url or "") if page else ""


def regulation_url(slug: str) -> str:
    """The path of a published regulation."""
    return f"{index_url()}{slug}/"
