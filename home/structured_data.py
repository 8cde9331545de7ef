"""What search engines are told about entries of Info Lainnya; the rest is in siptenan.common.structured_data."""

from __future__ import annotations

from django.http import HttpRequest

from home.models.info import EventPage, InfoKind, InfoPage
from siptenan.common import share_images
from siptenan.common.dates import in_wib
from siptenan.common.structured_data import Thing, here, office_reference


def of_info(page: InfoPage, request: HttpRequest) -> list[Thing]:
    """An entry as an event, a news item or an article; a list of questions says enough by its questions."""
    if isinstance(page, EventPage):
        return [event(page, request)]
    return [] if page.kind == InfoKind.FAQ else [article(page, request)]


def article(page: InfoPage, request: HttpRequest) -> Thing:
    """A news item, a guide, an announcement or a download."""
    office = office_reference()
    thing = {
        "@type": "NewsArticle" if page.kind == InfoKind.NEWS else "Article",
        "headline": page.title,
        "description": page.share_description,
        "image": share_images.picture_url(page),
        "datePublished": page.date.isoformat(),
        "author": office,
        "publisher": office,
        "mainEntityOfPage": here(request),
        "inLanguage": "id",
    }
    if page.last_published_at:
        thing["dateModified"] = in_wib(page.last_published_at).isoformat()
    if page.valid_until:
        thing["expires"] = page.valid_until.isoformat()
    return thing


def event(page: EventPage, request: HttpRequest) -> Thing:
    """An event of the agenda."""
    thing = {
        "@type": "Event",
        "name": page.title,
        "description": page.share_description,
        "image": share_images.picture_url(page),
        "url": here(request),
        "startDate": in_wib(page.starts_at).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "Place", "name": page.place, "address": page.place},
        "organizer": {"@type": "Organization", "name": page.organiser} if page.organiser else office_reference(),
        "inLanguage": "id",
    }
    if page.ends_at:
        thing["endDate"] = in_wib(page.ends_at).isoformat()
    return thing
