"""Info lainnya as visitors see it: the list with its filters and counts, what comes next, what is related.

All lists are cut from one table of the public entries, which each process remembers until content changes. So a
list of 200 entries asks the database no more than a list of 2, and no filter in an address reaches a query.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from home.agenda import period
from home.models import InfoIndexPage, InfoPage
from home.models.info import InfoKind, TaggedInfo
from siptenan.common.addresses import absolute
from siptenan.common.dates import WIB, format_date
from siptenan.common.generation import per_generation

PER_PAGE = 12
MOST_PINNED = 3  # announcements in force, above the list
MOST_NEAR = 3  # events in "Agenda terdekat"
MOST_RELATED = 3
MOST_TAGS = 12  # offered as filters; every tag can be reached from its entries
MAX_VALUE = 100  # letters of a value in the address

# What entries are filtered by: the parameter in the address and its name on the page, in this order.
FACETS = {"jenis": "Jenis", "kategori": "Kategori", "label": "Label", "tahun": "Arsip tahun"}


@dataclass(frozen=True, order=True)
class Term:
    """One value to filter by."""

    name: str
    slug: str


@dataclass(frozen=True, eq=False)
class Entry:
    """A public entry, with all that cards, filters and the feed show of it."""

    pk: int
    uid: str
    title: str
    url: str
    summary: str
    kind: InfoKind
    date: dt.date
    updated_at: dt.datetime
    terms: Mapping[str, tuple[Term, ...]]  # by the names of FACETS
    over_at: dt.datetime | None
    starts_at: dt.datetime | None = None
    when: str = ""
    place: str = ""

    @property
    def is_over(self) -> bool:
        """Whether its validity or the event has ended."""
        return self.over_at is not None and self.over_at < timezone.now()

    @property
    def is_in_force(self) -> bool:
        """Whether it is an announcement that holds now."""
        return self.kind == InfoKind.ANNOUNCEMENT and not self.is_over

    @property
    def date_text(self) -> str:
        """Its date in words."""
        return format_date(self.date)


@per_generation
def index_url() -> str:
    """The path of the list; empty while it is not published."""
    page = InfoIndexPage.objects.live().first()
    return (page.url or "") if page else ""


@per_generation
def entries() -> tuple[Entry, ...]:
    """Every public entry, the newest first; none while the list itself is not published."""
    start = index_url()
    if not start:
        return ()
    tags = defaultdict(list)
    for link in TaggedInfo.objects.exclude(tag__slug="").select_related("tag").order_by("tag__name"):
        tags[link.content_object_id].append(Term(link.tag.name, link.tag.slug))
    pages = InfoPage.objects.newest().defer_streamfields()
    return tuple(_entry(page, start, tuple(tags[page.pk])) for page in pages)


def _entry(page: InfoPage, start: str, tags: tuple[Term, ...]) -> Entry:
    event = getattr(page, "eventpage", None)
    kind, year = InfoKind(page.kind), str(page.date.year)
    return Entry(
        pk=page.pk,
        uid=str(page.translation_key),
        title=page.title,
        url=f"{start}{page.slug}/",
        summary=page.summary,
        kind=kind,
        date=page.date,
        updated_at=page.last_published_at or dt.datetime.combine(page.date, dt.time.min, WIB),
        terms={
            "jenis": (Term(kind.label, kind.value),),
            "kategori": (Term(page.category.name, page.category.slug),) if page.category else (),
            "label": tags,
            "tahun": (Term(year, year),),
        },
        over_at=(event or page).over_at,
        starts_at=event.starts_at if event else None,
        when=period(event.starts_at, event.ends_at) if event else "",
        place=event.place if event else "",
    )


@dataclass(frozen=True)
class Selection:
    """What a visitor filters by. A value that nobody knows matches nothing, and can be taken away like any other."""

    values: Mapping[str, str]  # by the names of FACETS, in their order

    @classmethod
    def of(cls, query: QueryDict) -> Selection:
        """Return the filters in an address; empty ones and other parameters do not count."""
        given = {name: query.get(name, "").strip()[:MAX_VALUE] for name in FACETS}
        return cls({name: value for name, value in given.items() if value})

    def of_entries(self, candidates: Iterable[Entry]) -> list[Entry]:
        """Return the entries that every filter lets through."""
        found = list(candidates)
        for name, value in self.values.items():
            found = [entry for entry in found if any(term.slug == value for term in entry.terms[name])]
        return found

    def without(self, name: str) -> Selection:
        """Return the other filters."""
        return Selection({other: value for other, value in self.values.items() if other != name})

    def query(self, **changes: str) -> str:
        """Return the filters as `?jenis=...`, with changes; an empty value takes a filter away. Empty without any."""
        merged = {**self.values, **changes}
        kept = {name: merged[name] for name in FACETS if merged.get(name)}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class Option:
    """A value of a facet as a link: choose it, or take it away again."""

    name: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one filter that would find something."""

    label: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Chip:
    """A link that filters the list, or takes a filter away."""

    label: str
    url: str


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    page_obj: Page
    pinned: Sequence[Entry]
    near: Sequence[Entry]
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    total: int
    all_url: str
    feed_url: str


def listing(query: QueryDict) -> Listing:
    """Return the page of the list that an address asks for; the nearest one for a page number that is none.

    What is over comes after the rest; in the agenda the order is that of the events. Announcements in force and,
    unless something is filtered, the next events stand on top of the first page; the list below, on this page and
    the others, leaves them out.
    """
    selection = Selection.of(query)
    found = in_order(selection)
    pinned = [entry for entry in found if entry.is_in_force][:MOST_PINNED]
    near = [] if selection.values else next_events()
    rest = [entry for entry in found if entry not in pinned and entry not in near]
    page_obj = Paginator(rest, PER_PAGE).get_page(query.get("page"))
    is_first = page_obj.number == 1
    return Listing(
        page_obj=page_obj,
        pinned=pinned if is_first else [],
        near=near if is_first else [],
        facets=facets(selection),
        chips=chips(selection),
        total=len(found),
        all_url=index_url(),
        feed_url=f"{index_url()}feed/{selection.query()}",
    )


def in_order(selection: Selection) -> list[Entry]:
    """Return the chosen entries as they are listed: what is over last, else the newest first.

    Of the agenda: what comes next first, then what was, the latest first. When it was posted matters to nobody.
    """
    found = sorted(selection.of_entries(entries()), key=lambda entry: entry.is_over)
    if selection.values.get("jenis") != InfoKind.EVENT:
        return found
    over = [entry for entry in found if entry.is_over]
    return _by_start(entry for entry in found if not entry.is_over) + _by_start(over)[::-1]


def _by_start(events: Iterable[Entry]) -> list[Entry]:
    """Return the entries that have a beginning, in its order."""
    return [entry for _, _, entry in sorted((entry.starts_at, entry.pk, entry) for entry in events if entry.starts_at)]


def next_events() -> list[Entry]:
    """Return the events that are coming or going on, the nearest first."""
    return _by_start(entry for entry in entries() if not entry.is_over)[:MOST_NEAR]


def facets(selection: Selection) -> list[Facet]:
    """Return what can be filtered by beside what is filtered already, each value with the entries it would show."""
    found = []
    for name, label in FACETS.items():
        counts = _counts(name, selection.without(name))
        options = [
            Option(
                name=term.name,
                count=counts[term],
                url=_link(selection, **{name: "" if selection.values.get(name) == term.slug else term.slug}),
                chosen=selection.values.get(name) == term.slug,
            )
            for term in _in_order(name, counts)
        ]
        if options:
            found.append(Facet(label, options))
    return found


def _counts(name: str, others: Selection) -> Counter[Term]:
    """How many entries each value of a facet would leave of what the other filters let through."""
    if not others.values:
        return _counts_of_all()[name]
    return _count(name, others.of_entries(entries()))


@per_generation
def _counts_of_all() -> dict[str, Counter[Term]]:
    return {name: _count(name, entries()) for name in FACETS}


def _count(name: str, candidates: Iterable[Entry]) -> Counter[Term]:
    return Counter(term for entry in candidates for term in entry.terms[name])


def _in_order(name: str, counts: Counter[Term]) -> list[Term]:
    """Kinds as they are defined, years backwards, the tags used most, categories by name."""
    if name == "jenis":
        return sorted(counts, key=lambda term: InfoKind.values.index(term.slug))
    if name == "tahun":
        return sorted(counts, reverse=True)
    by_name = sorted(counts, key=lambda term: (term.name.casefold(), term.slug))
    if name == "label":
        most_used = sorted(by_name, key=lambda term: -counts[term])[:MOST_TAGS]
        return [term for term in by_name if term in most_used]
    return by_name


def chips(selection: Selection) -> list[Chip]:
    """Return the filters in use, each to be taken away."""
    return [
        Chip(f"{FACETS[name]}: {_name_of(name, value)}", _link(selection, **{name: ""}))
        for name, value in selection.values.items()
    ]


def _name_of(facet: str, slug: str) -> str:
    found = (term.name for entry in entries() for term in entry.terms[facet] if term.slug == slug)
    return next(found, "tidak dikenal")


def _link(selection: Selection, **changes: str) -> str:
    """A relative address with changed filters, always back to the first page."""
    return selection.query(**changes) or index_url()


def detail(page: InfoPage, request: HttpRequest) -> dict:
    """Return what the page of one entry shows besides its own fields; also in the preview of a draft."""
    url = absolute(page.get_url(request) or "")
    terms = [("kategori", page.category)] if page.category else []
    terms += [("label", tag) for tag in page.tags.all() if tag.slug]  # "???" has none, so nothing to filter by
    return {
        "share_url": url,
        "whatsapp_url": f"https://wa.me/?text={quote(f'{page.title} {url}', safe='')}",
        "terms": [
            Chip(f"#{term.name}" if name == "label" else term.name, index_url() + Selection({name: term.slug}).query())
            for name, term in terms
        ],
        "related": related(page.pk, {(name, term.slug) for name, term in terms}),
    }


def related(pk: int, terms: Collection[tuple[str, str]]) -> list[Entry]:
    """Return the entries that share most categories and tags with another one; what is over comes last."""
    shared = {
        entry: sum((name, term.slug) in terms for name in ("kategori", "label") for term in entry.terms[name])
        for entry in entries()
        if entry.pk != pk
    }
    fitting = [entry for entry, count in shared.items() if count]
    return sorted(fitting, key=lambda entry: (entry.is_over, -shared[entry]))[:MOST_RELATED]
