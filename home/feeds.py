"""The Atom feed of Info lainnya."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import condition

from home import info
from home.plain import printable
from siptenan.common import generation
from siptenan.common.addresses import absolute

if TYPE_CHECKING:
    from home.models import InfoIndexPage

MOST_ENTRIES = 30
CATEGORIES = ("jenis", "kategori", "label")  # of home.info.FACETS


def _etag(request: HttpRequest, page: InfoIndexPage) -> str:
    return f'"{generation.current()}"'


def _changed_at(request: HttpRequest, page: InfoIndexPage) -> dt.datetime | None:
    """When any content last changed: a generation is numbered by its time, in nanoseconds."""
    number = generation.current()
    return dt.datetime.fromtimestamp(number // 10**9, dt.UTC) if number else None


@condition(etag_func=_etag, last_modified_func=_changed_at)
def info_feed(request: HttpRequest, page: InfoIndexPage) -> HttpResponse:
    """Return the newest entries that the filters in the address let through.

    A reader that asks again before any content of the site changed gets 304.
    """
    selection = info.Selection.of(request.GET)
    filters = [chip.label for chip in info.chips(selection)]
    here = absolute(info.index_url())
    feed = Atom1Feed(
        title=printable(" - ".join([page.title, *filters, settings.WAGTAIL_SITE_NAME])),
        link=here + selection.query(),
        description=printable(page.introduction),
        language="id",
        feed_url=f"{here}feed/{selection.query()}",
        author_name=settings.WAGTAIL_SITE_NAME,
    )
    for entry in selection.of_entries(info.entries())[:MOST_ENTRIES]:
        feed.add_item(
            title=printable(entry.title),
            link=absolute(entry.url),
            description=escape(printable(entry.summary)),  # Atom reads a summary as HTML
            unique_id=f"urn:uuid:{entry.uid}",
            updateddate=entry.updated_at,
            categories=[printable(term.name) for name in CATEGORIES for term in entry.terms[name]],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
