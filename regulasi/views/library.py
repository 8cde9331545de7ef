"""The list of regulations: as a page, as an Atom feed and as a table; routes of RegulationIndexPage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import condition

from regulasi import status
from regulasi.addresses import index_url, regulation_url
from regulasi.library import listing
from regulasi.library.index import today
from regulasi.library.labels import facet_values
from regulasi.models import RegulationEntry
from siptenan.common import generation
from siptenan.common.addresses import absolute
from siptenan.common.channels import channel_query
from siptenan.common.dates import format_day
from siptenan.common.faceted import chips_of
from siptenan.common.spreadsheets import UNWRITABLE, csv_response

if TYPE_CHECKING:
    from regulasi.models import RegulationIndexPage

PER_FEED = 100  # entries; the rest is on the next pages of the feed (RFC 5005)
AT_ONCE = 200  # rows of a table read together
COLUMNS = (
    "Jenis", "Nomor", "Tahun", "Tentang", "Judul", "Status", "Keterangan status", "Tanggal penetapan",
    "Tanggal pengundangan", "Mulai berlaku", "Pemrakarsa", "T.E.U.", "Subjek", "Bidang hukum", "Sumber", "Alamat",
    "PDF",
)  # fmt: skip


def page(request: HttpRequest, index: RegulationIndexPage) -> HttpResponseBase:
    """The list; a query that names one regulation and says nothing else leads there."""
    found = listing.listing(request.GET)
    if found.straight_to and not getattr(request, "is_preview", False):
        return _straight_to(request, f"{found.straight_to}{channel_query(request)}")
    return index.render(request, context_overrides={"listing": found})


def _straight_to(request: HttpRequest, url: str) -> HttpResponse:
    response: HttpResponse = HttpResponseRedirect(url)
    if "HX-Request" in request.headers:  # htmx would look for the list in what it is led to
        response = HttpResponse(headers={"HX-Redirect": url})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["HX-Request"])
    return response


def etag(request: HttpRequest, *args: Any) -> str:
    """Content and day: how a regulation stands can change at midnight. Weak, since it may be sent compressed."""
    return f'W/"{generation.current()}-{today():%Y%m%d}"'


class _PagedFeed(Atom1Feed):
    """Atom with links to the pages of the feed before and after (RFC 5005)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, url in self.feed["page_links"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": url})


@condition(etag_func=etag)
def feed(request: HttpRequest, index: RegulationIndexPage) -> HttpResponse:
    """What the filters in the address let through, in the order of the list."""
    selection, pks, day = listing.selected(request.GET)
    filters = selection.as_query(with_channel=False)
    here = f"{absolute(index_url())}feed/{filters}"
    current = Paginator(pks, PER_FEED).get_page(request.GET.get("page"))
    mark = "&" if filters else "?"
    links = {}
    if current.has_next():
        links["next"] = f"{here}{mark}page={current.next_page_number()}"
    if current.has_previous():
        links["previous"] = f"{here}{mark}page={current.previous_page_number()}"
    names = [chip.label for chip in chips_of(selection, index_url())]
    atom = _PagedFeed(
        title=_printable(" - ".join([index.title, *names, settings.WAGTAIL_SITE_NAME])),
        link=f"{absolute(index_url())}{filters}",
        description=_printable(index.introduction),
        language="id",
        feed_url=here if current.number == 1 else f"{here}{mark}page={current.number}",
        author_name=settings.WAGTAIL_SITE_NAME,
        page_links=links,
    )
    known = facet_values()
    for entry in _in_order(list(current.object_list)):
        url = absolute(regulation_url(entry.slug))
        subjects = [known["subjek"].get(code, code) for code in entry.subjects]
        atom.add_item(
            title=_printable(entry.title),
            link=url,
            description=escape(_printable(entry.summary)),  # Atom reads a summary as HTML
            unique_id=f"tag:{url.split('/')[2].split(':')[0]},2026:regulasi/{entry.pk}",
            updateddate=status.changed_at(entry, day) or timezone.now(),
            pubdate=entry.listed_at,
            categories=[_printable(name) for name in (known["jenis"].get(entry.kind, ""), *subjects) if name],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def csv(request: HttpRequest, index: RegulationIndexPage) -> HttpResponseBase:
    """What the filters in the address let through, in the order of the list."""
    _, pks, day = listing.selected(request.GET)

    start_url = absolute(index_url())  # once: a stream is made outside of a request, where asking costs a query

    def rows() -> Iterator[list[Any]]:
        for start in range(0, len(pks), AT_ONCE):
            for entry in _in_order(pks[start : start + AT_ONCE]):
                yield _row(entry, day, start_url)

    response = csv_response(f"regulasi-{day:%Y-%m-%d}.csv", COLUMNS, rows())
    response["X-Robots-Tag"] = "noindex"
    return response


def _row(entry: RegulationEntry, day: dt.date, start_url: str) -> list[Any]:
    standing = status.of(entry, day)
    dates = (entry.enacted_on, entry.promulgated_on, entry.effective_on)
    record, url = entry.metadata, f"{start_url}{entry.slug}/"
    return [
        record.get("kind", ""), entry.number, entry.year, entry.about, entry.title, standing.label, standing.reason,
        *(format_day(date) if date else "" for date in dates),
        record.get("initiator", ""), record.get("teu", ""), record.get("subjects", ""), record.get("legal_field", ""),
        record.get("source", ""), url,
        f"{url}dokumen/{entry.file_name}" if entry.file_name else "",
    ]  # fmt: skip


def _in_order(pks: Sequence[int]) -> list[RegulationEntry]:
    by_pk = {entry.pk: entry for entry in RegulationEntry.objects.listed().filter(pk__in=pks).defer("text")}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _printable(text: str) -> str:
    """A text without what XML forbids; word processors leave some behind."""
    return UNWRITABLE.sub("", text)
