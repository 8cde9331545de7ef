"""Pages as the search finds them: entries of Info Lainnya, and all others. Both are kept until content changes."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from forms.models import FormPage
from home import info
from home.models import InfoPage
from regulasi.models import RegulationPage
from siptenan.common.finding import Document, Found, Query, Shelf
from siptenan.common.generation import per_generation
from siptenan.common.head import HOME_DEPTH
from siptenan.common.models import BasePage

# Page types that another kind of `home.search` finds.
ELSEWHERE: tuple[type[Page], ...] = (InfoPage, RegulationPage)

# Public pages that are not in the page tree: name of the address, title, what one does there.
OTHERS = (
    ("track", "Lacak tiket", "Lihat status dan jawaban petugas dengan nomor tiket dan PIN Anda."),
    ("resume", "Lanjutkan isian", "Buka formulir yang Anda simpan untuk dilanjutkan nanti, dengan kodenya."),
)


def pages(query: Query) -> Found:
    """Return the pages that a query finds: KALINDRI, forms, contact, lists, and pages of text."""
    return _pages().find(query)


def entries(query: Query) -> Found:
    """Return the entries of Info Lainnya that a query finds, the newest first."""
    return _entries().find(query)


@per_generation
def _pages() -> Shelf:
    """Title, opening and body of every public page below the front page, and what stands in OTHERS.

    The front page shows what is elsewhere, and a form that KALINDRI does not name is for those who know its address.
    """
    return Shelf([*_of_tree(), *(Document(title, reverse(name), text) for name, title, text in OTHERS)])


def _of_tree() -> Iterator[Document]:
    found = Page.objects.live().public().filter(depth__gt=HOME_DEPTH).not_type(*ELSEWHERE).order_by("path").specific()
    request = get_dummy_request(site=Site.objects.filter(is_default_site=True).first())
    for page in found:
        is_hidden = isinstance(page, FormPage) and not page.on_dashboard
        if isinstance(page, BasePage) and not is_hidden and (url := page.get_url(request)):
            yield Document(
                page.title, url, _text(page), f"{page.share_label} {page.search_description}", page.share_label
            )


@per_generation
def _entries() -> Shelf:
    """Every entry of the public list: title, summary and body, category, labels, and of an event when and where."""
    found = InfoPage.objects.in_bulk([entry.pk for entry in info.entries()])
    return Shelf(_of_entry(entry, found[entry.pk]) for entry in info.entries() if entry.pk in found)


def _of_entry(entry: info.Entry, page: InfoPage) -> Document:
    terms = " ".join(term.name for found in entry.terms.values() for term in found)
    return Document(
        title=entry.title,
        url=entry.url,
        text=_text(page),
        keywords=f"{terms} {entry.place} {page.search_description} {page.source}",
        label=entry.kind.label,
        facts=f"{entry.when}, {entry.place}" if entry.when else entry.date_text,
        over_at=entry.over_at,
    )


def _text(page: BasePage) -> str:
    """All that a page says in one line; headings and the like end with a full stop, too."""
    pieces = (" ".join(text.split()) for text in page.texts())
    return " ".join(piece if piece[-1] in ".,:;!?" else f"{piece}." for piece in pieces if piece)
