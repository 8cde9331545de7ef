"""What search engines are told about pages, in the words of schema.org. Every value comes from the data of the site.

Page types offer it by `structured_data(request)`; the results are remembered, so treat them as frozen.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing

from siptenan.common import companions, phones
from siptenan.common.addresses import absolute, absolute_path
from siptenan.common.generation import per_generation
from siptenan.common.head import trail_to
from siptenan.common.models import BasePage, OfficeSettings, WorkingHours

CITY = "Kota Pekalongan"
PROVINCE = "Jawa Tengah"
LOGO = "siptenan/img/icon-512.png"
# As Python counts them: Monday is 0.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Inside a script element only these could end it; they are valid in JSON strings as escapes.
UNSAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})

Thing = dict[str, Any]


def block(things: Iterable[Thing]) -> SafeString:
    """Return the things as one JSON-LD block; nothing when there are none."""
    graph = list(things)
    if not graph:
        return SafeString()
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).translate(UNSAFE)
    safe = mark_safe(text)  # noqa: S308 - nothing in it can end the script element, see UNSAFE
    return format_html('<script type="application/ld+json">{}</script>', safe)


def here(request: HttpRequest) -> str:
    """The address of what is being shown."""
    return absolute_path(request.path)


def of_every_page(page: BasePage, request: HttpRequest) -> list[Thing]:
    """What is true of pages of any type: where they stand, and the questions they answer."""
    found = [breadcrumbs(page, request), faq(page)]
    return [thing for thing in found if thing]


def breadcrumbs(page: BasePage, request: HttpRequest) -> Thing | None:
    """The way from the front page to a page; None for the front page."""
    trail = [(crumb.title, absolute(crumb.url)) for crumb in trail_to(page)]
    if not trail:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate([*trail, (page.title, here(request))], 1)
        ],
    }


# --- The office and its services --------------------------------------------------------------------


def office_reference() -> Thing:
    """The office as part of something else."""
    office = government_office()
    return {name: office[name] for name in ("@type", "@id", "name", "url")}


@per_generation
def government_office() -> Thing:
    """The office: address, telephone, hours and other places on the web, from its settings."""
    office = OfficeSettings.load()
    known = {
        "telephone": _telephone(office.phone),
        "email": office.email,
        "hasMap": office.map_url,
        "sameAs": [office.instagram_url] if office.instagram_url else [],
        "openingHoursSpecification": [hours for row in office.working_hours.all() for hours in _opening_hours(row)],
    }
    return {
        "@type": "GovernmentOffice",
        "@id": absolute("/#kantor"),
        "name": office.office_name,
        "url": absolute("/"),
        "logo": absolute(static(LOGO)),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(line.strip() for line in office.address_lines.splitlines()),
            "addressLocality": CITY,
            "addressRegion": PROVINCE,
            "addressCountry": "ID",
        },
        "areaServed": {"@type": "City", "name": CITY},
        **{name: value for name, value in known.items() if value},
    }


def _telephone(number: str) -> str:
    """A telephone number of the office with its country code; fixed lines too, so `phones.normalise` is no help."""
    digits = phones.digits(number)
    return f"+{phones.INDONESIA}{digits[1:]}" if digits.startswith("0") else number


def _opening_hours(row: WorkingHours) -> list[Thing]:
    """The hours of one row: one stretch, or two round a break."""
    ends = [row.break_starts, row.closes] if row.break_starts else [row.closes]
    begins = [row.opens, row.break_ends] if row.break_ends else [row.opens]
    dates = {"validFrom": row.valid_from, "validThrough": row.valid_until}
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [DAYS[day] for day in row.weekdays],
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
            **{name: day.isoformat() for name, day in dates.items() if day},
        }
        for opens, closes in zip(begins, ends, strict=True)
    ]


def website() -> Thing:
    """The site as a whole, so that search engines show its name, and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#situs"),
        "name": settings.WAGTAIL_SITE_NAME,
        "url": absolute("/"),
        "inLanguage": "id",
        "publisher": office_reference(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute(reverse("search")) + "?q={kata}"},
            "query-input": "required name=kata",
        },
    }


def government_service(page: BasePage, request: HttpRequest) -> Thing:
    """A service that is asked for on a page of this site, and the regulations that it rests on."""
    terms = [absolute(basis.url) for basis in companions.bases_of(page)]
    return {
        "@type": "GovernmentService",
        "name": page.title,
        "description": page.share_description,
        "url": here(request),
        "provider": office_reference(),
        "areaServed": {"@type": "City", "name": CITY},
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": here(request), "availableLanguage": "id"},
        **({"termsOfService": terms} if terms else {}),
    }


# --- Questions and answers --------------------------------------------------------------------------


def faq(page: BasePage) -> Thing | None:
    """The questions that the body of a page answers; None without any."""
    questions = [
        {
            "@type": "Question",
            "name": entry["question"],
            "acceptedAnswer": {"@type": "Answer", "text": plain_text(entry["answer"].source)},
        }
        for part in _body(page)
        if part.block_type == "faq"
        for entry in part.value["questions"]
    ]
    return {"@type": "FAQPage", "mainEntity": questions} if questions else None


def _body(page: BasePage) -> Iterable[StreamValue.StreamChild]:
    body = getattr(page, "body", ())
    return body if isinstance(body, StreamValue) else ()


@functools.lru_cache(maxsize=500)
def plain_text(rich_text: str) -> str:
    """Return rich text without its markup, in one line."""
    return " ".join(get_text_for_indexing(rich_text).split())
