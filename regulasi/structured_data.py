"""What search engines are told about a regulation: Legislation of schema.org, equal to what the page shows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from regulasi import citation, files
from regulasi.enums import Act, Status
from regulasi.models import RegulationPage
from regulasi.models.regulation import lines
from regulasi.relations import End, Related
from regulasi.status import Standing
from siptenan.common.addresses import absolute
from siptenan.common.head import trail_to
from siptenan.common.structured_data import Thing

SCHEMA = "https://schema.org"
FORCE = {
    Status.IN_FORCE: "InForce",
    Status.AMENDED: "InForce",
    Status.PARTLY_REVOKED: "PartiallyInForce",
    Status.NOT_YET: "NotInForce",
    Status.NOT_IN_FORCE: "NotInForce",
}
PROPERTY = {
    Act.REVOKES: "legislationRepeals",
    Act.AMENDS: "legislationAmends",
    Act.IMPLEMENTS: "legislationEnsuresImplementationOf",
    Act.REFERS: "citation",
}
PARTLY = "legislationChanges"  # what only a part is revoked of
COUNTRY = "Indonesia"


def of(page: RegulationPage, shown: Mapping[str, Any]) -> list[Thing]:
    """Return what is said of a page that shows this (regulasi.reading)."""
    return [breadcrumbs(page), legislation(page, shown)]


def breadcrumbs(page: RegulationPage) -> Thing:
    """The way from the front page over the list."""
    trail = [(crumb.title, absolute(crumb.url)) for crumb in trail_to(page)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate([*trail, (page.full_title, citation.permanent_url(page))], 1)
        ],
    }


def legislation(page: RegulationPage, shown: Mapping[str, Any]) -> Thing:
    """Return the regulation itself."""
    url, standing = citation.permanent_url(page), shown["standing"]
    kind, initiator = page.kind, page.initiator
    known: Thing = {
        "legislationType": kind.name if kind else "",
        "legislationDate": _day(page.enacted_on),
        "datePublished": _day(page.promulgated_on),
        "legislationDateOfApplicability": _day(page.holds_from),
        "temporalCoverage": _period(page, standing),
        "legislationPassedBy": _organisation(page.teu),
        "legislationResponsible": _organisation(initiator.name if initiator else ""),
        "legislationCountersignedBy": {"@type": "Person", "name": page.signatory} if page.signatory else None,
        "keywords": [subject.name for subject in shown["subjects"]],
        "about": page.about,
        "abstract": " ".join(lines(page.main_points)),
        "isBasedOn": [{"@type": "Legislation", "name": line} for line in lines(page.legal_basis)],
        "encoding": _encoding(page, shown["file_url"]),
        **_relations(shown["related"]),
    }
    return {
        "@type": "Legislation",
        "@id": f"{url}#regulasi",
        "url": url,
        "name": page.full_title,
        "legislationIdentifier": page.short_name,
        "legislationJurisdiction": {"@type": "AdministrativeArea", "name": _jurisdiction(page)},
        "legislationLegalForce": {"@id": f"{SCHEMA}/{FORCE[standing.status]}"},
        "inLanguage": "id",
        **{name: value for name, value in known.items() if value},
    }


def _relations(related: Related) -> Thing:
    """What it does to others, and under @reverse what they do to it."""
    active: dict[str, list[Thing]] = defaultdict(list)
    passive: dict[str, list[Thing]] = defaultdict(list)
    for item in related.items:
        name = PARTLY if item.edge.is_partial and item.edge.act is Act.REVOKES else PROPERTY[item.edge.act]
        (passive if item.is_passive else active)[name].append(_other(item.other))
    return {**active, "@reverse": dict(passive)}


def _other(end: End) -> Thing:
    thing: Thing = {"@type": "Legislation", "name": end.title, "legislationIdentifier": end.name}
    if end.is_public:
        url = absolute(end.url)
        return {**thing, "@id": f"{url}#regulasi", "url": url}
    return {**thing, "url": end.outside_url} if end.outside_url else thing


def _encoding(page: RegulationPage, file_url: str) -> Thing | None:
    """The PDF: a copy, which binds nobody."""
    if page.document is None or not file_url:
        return None
    thing = {
        "@type": "LegislationObject",
        "contentUrl": absolute(file_url),
        "encodingFormat": "application/pdf",
        "legislationLegalValue": {"@id": f"{SCHEMA}/UnofficialLegalValue"},
        "inLanguage": "id",
    }
    if page.document.file_size:
        thing["contentSize"] = f"{page.document.file_size} B"
    if digest := files.sha256(page.document):
        thing["sha256"] = digest
    return thing


def _period(page: RegulationPage, standing: Standing) -> str:
    """`2016-11-25/`, or with its last day when that is known; nothing when the first is not, or never came.

    `since` of what is not in force is the first day without it.
    """
    if page.holds_from is None:
        return ""
    start = page.holds_from.isoformat()
    if standing.status is not Status.NOT_IN_FORCE:
        return f"{start}/{page.valid_until.isoformat() if page.valid_until else ''}"
    if standing.since is None or standing.since <= page.holds_from:
        return ""
    return f"{start}/{(standing.since - dt.timedelta(days=1)).isoformat()}"


def _jurisdiction(page: RegulationPage) -> str:
    region = page.kind.region if page.kind else ""
    return region.replace("PROV.", "PROVINSI").title() if region else COUNTRY


def _organisation(name: str) -> Thing | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
