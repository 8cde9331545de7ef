"""How regulations hang together, read from either end of one entry: the only reader of RegulationRelation.

What editors enter as rows of a page becomes edges that always point from the regulation that acts. Promises:
- rows count while their page is public; hiding or deleting it undoes all they said, on every page;
- the same edge entered from both ends is one edge;
- a regulation outside that is held here by now is that page;
- the other end, while it is not public, gives its short name: no title, no address, no date of its own.

Public is what RegulationQuerySet.public() says: published, and not for staff only.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction

from regulasi import composition
from regulasi.addresses import regulation_url
from regulasi.enums import CHANGING_ACTS, Act, Verb
from regulasi.models import RegulationPage, RegulationRelation, RegulationStub

Key = tuple[str, int]  # ("page", 12) or ("stub", 3)
LONG_TEXTS = ("considering", "legal_basis", "main_points", "notes", "meaning", "judicial_review")
NEW: Key = ("page", 0)  # a page that has no key yet


@dataclass(frozen=True)
class End:
    """One of the two regulations of an edge."""

    key: Key
    name: str  # UU 20/2016
    title: str  # the full one; of a page that is not public only its name
    slug: str  # of a public page, else empty
    outside_url: str  # where a regulation outside can be read; may be empty
    year: int | None
    enacted_on: dt.date | None  # to tell who is older; shown nowhere
    holds_from: dt.date | None  # of a public page

    @property
    def page_id(self) -> int | None:
        """The key of its page, published or not."""
        return self.key[1] if self.key[0] == "page" else None

    @property
    def url(self) -> str:
        """The address of its page, or of the place outside; may be empty."""
        return regulation_url(self.slug) if self.slug else self.outside_url

    @property
    def is_public(self) -> bool:
        """Whether it can be read here."""
        return bool(self.slug)


class Arrow(NamedTuple):
    """An edge without words: who does what to whom."""

    act: Act
    source: Key
    target: Key


@dataclass(frozen=True)
class Edge:
    """`source` does `act` to `target`."""

    act: Act
    source: End
    target: End
    is_partial: bool
    on: dt.date | None  # as entered
    note: str
    entered_on: Key  # the page whose row says so

    @property
    def since(self) -> dt.date | None:
        """The first day that it holds: as entered, else when the acting regulation takes effect, if it is public here.

        None: always.
        """
        return self.on or self.source.holds_from

    @property
    def identity(self) -> Arrow:
        """What makes it the same edge, whoever entered it."""
        return Arrow(self.act, self.source.key, self.target.key)


@dataclass(frozen=True)
class Item:
    """An edge as one of its ends shows it."""

    other: End
    edge: Edge
    is_passive: bool


@dataclass(frozen=True)
class Group:
    """All that stands below one heading: "Mencabut", "Diubah dengan"."""

    label: str
    act: Act
    is_passive: bool
    items: Sequence[Item]


@dataclass(frozen=True)
class Related:
    """The edges of one regulation."""

    key: Key
    edges: tuple[Edge, ...] = field(default=())

    @cached_property
    def items(self) -> list[Item]:
        """Each edge with its other end; the newest regulation first."""
        items = [
            Item(edge.source, edge, True) if edge.target.key == self.key else Item(edge.target, edge, False)
            for edge in self.edges
        ]
        return sorted(items, key=lambda item: (-(item.other.year or 0), item.other.name))

    @cached_property
    def groups(self) -> list[Group]:
        """What the page shows, in a fixed order, whole before partial; none is empty."""
        found: dict[tuple, list[Item]] = defaultdict(list)
        for item in self.items:
            found[item.edge.act, item.is_passive, item.edge.is_partial].append(item)
        return [
            Group(act.words(passive=passive, is_partial=partial), act, passive, items)
            for act in Act
            for passive in (True, False)
            for partial in (False, True)
            if (items := found.get((act, passive, partial)))
        ]

    def suffered(self, *acts: Act) -> list[Edge]:
        """The edges that others do to it, of these acts."""
        return [item.edge for item in self.items if item.is_passive and item.edge.act in acts]


def of(page: RegulationPage) -> Related:
    """Return how a page hangs together with others; of a draft or preview by the rows that it has itself.

    Four queries at most, however many rows there are.
    """
    key = key_of(page)
    own = [(row, key) for row in page.relations.all()]
    elsewhere = _rows(_about([key]) & ~Q(page=page.pk)) if page.pk else []
    edges = _edges([*own, *elsewhere], {key: page})
    return Related(key, tuple(_merged(edge for edge in edges if edge)))


def of_published(pks: Collection[int]) -> dict[int, Related]:
    """Return the same for many public pages at once, in three queries."""
    rows = _rows(_touching([("page", pk) for pk in pks]))
    found: dict[Key, list[Edge]] = defaultdict(list)
    for edge in _merged(edge for edge in _edges(rows) if edge):
        found[edge.source.key].append(edge)
        found[edge.target.key].append(edge)
    return {pk: Related(("page", pk), tuple(found["page", pk])) for pk in pks}


def all_published() -> list[Edge]:
    """Return every edge that holds, as often as it was entered. Three queries."""
    return [edge for edge in _edges(_rows(Q())) if edge]


def entered_elsewhere(page: RegulationPage, others: Collection[Key], between: Collection[Key]) -> list[Edge]:
    """Return what other public pages say of this one, who revokes or amends `others`, and what is `between` keys.

    Three queries. The page is taken as it stands.
    """
    key = key_of(page)
    changing = [verb for verb in Verb if verb.act in CHANGING_ACTS]
    which = (Q(verb__in=changing) & _touching(others)) | (_entered_on(between) & _about(between))
    if page.pk:
        which = (which | _about([key])) & ~Q(page=page.pk)
    return [edge for edge in _edges(_rows(which), {key: page}) if edge]


def arrows(acts: Collection[Act], besides: RegulationPage) -> Iterator[Arrow]:
    """Return all edges of some acts as no more than keys, without those that are entered on one page. One query."""
    rows = RegulationRelation.objects.filter(_public("page__"), verb__in=[verb for verb in Verb if verb.act in acts])
    found = rows.exclude(page=besides.pk).values_list("verb", "page", "other", "stub", "stub__held_as")
    for name, page, other, stub, held_as in found.iterator():
        verb, own = Verb(name), ("page", page)
        end = ("stub", stub) if other is None and held_as is None else ("page", other or held_as)
        yield Arrow(verb.act, end, own) if verb.is_passive else Arrow(verb.act, own, end)


def edges_of_rows(page: RegulationPage, rows: Iterable[RegulationRelation]) -> list[Edge | None]:
    """Return the edge of each row that is entered on a page, in their order; None for one that names nothing yet."""
    key = key_of(page)
    return _edges([(row, key) for row in rows], {key: page})


def key_of(page: RegulationPage) -> Key:
    """How a page is told apart from others, even before it is stored."""
    return ("page", page.pk) if page.pk else NEW


def _public(page: str = "") -> Q:
    """What RegulationQuerySet.public() lets through, without the query that costs before; `page` leads to the page."""
    path = ExpressionWrapper(OuterRef(f"{page}path"), CharField())
    above = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return Q(~Exists(above), **{f"{page}live": True})


def _rows(which: Q) -> list[tuple[RegulationRelation, Key]]:
    """The rows of public pages."""
    rows = RegulationRelation.objects.filter(which, _public("page__")).order_by("page", "sort_order", "pk")
    return [(row, ("page", row.page_id)) for row in rows]


def _entered_on(keys: Collection[Key]) -> Q:
    """Rows of these pages."""
    return Q(page__in=[pk for kind, pk in keys if kind == "page"])


def _about(keys: Collection[Key]) -> Q:
    """Rows that name one of these, wherever they are entered."""
    pages = [pk for kind, pk in keys if kind == "page"]
    stubs = [pk for kind, pk in keys if kind == "stub"]
    return Q(other__in=pages) | Q(stub__held_as__in=pages) | Q(stub__in=stubs)


def _touching(keys: Collection[Key]) -> Q:
    return _entered_on(keys) | _about(keys)


def _edges(
    rows: Sequence[tuple[RegulationRelation, Key]], known: Mapping[Key, RegulationPage] | None = None
) -> list[Edge | None]:
    """Return an edge for each row. `known` are pages that are taken as they are, not as they are stored."""
    stubs = RegulationStub.objects.select_related("kind", "initiator").in_bulk(
        {row.stub_id for row, _ in rows} - {None}
    )
    wanted = {row.other_id for row, _ in rows} | {key[1] for _, key in rows}
    wanted |= {stub.held_as_id for stub in stubs.values()}
    stored = RegulationPage.objects.select_related("kind", "initiator").defer(*LONG_TEXTS)
    stored = stored.annotate(is_shown=ExpressionWrapper(_public(), BooleanField()))
    pages = stored.in_bulk(wanted - {None, *(key[1] for key in known or {})})
    ends: dict[Key, End] = {
        ("page", pk): end_of_page(page) if page.is_shown else _withheld(end_of_page(page)) for pk, page in pages.items()
    }
    ends |= {key: end_of_page(page, key) for key, page in (known or {}).items()}
    for pk, stub in stubs.items():
        held = ends.get(("page", stub.held_as_id or 0))
        ends["stub", pk] = held if held and held.is_public else end_of_stub(stub)
    edges: list[Edge | None] = []
    for row, key in rows:
        other = ends.get(("page", row.other_id) if row.other_id else ("stub", row.stub_id or 0))
        edges.append(_edge(row, ends[key], other) if other else None)
    return edges


def _edge(row: RegulationRelation, own: End, other: End) -> Edge:
    verb = Verb(row.verb)
    source, target = (other, own) if verb.is_passive else (own, other)
    return Edge(verb.act, source, target, row.is_partial, row.on, row.note, own.key)


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """Make one of each edge that was entered from both ends; what the acting regulation says counts first.

    Their order is the same whatever the order of the rows.
    """
    found: dict[tuple, Edge] = {}
    for edge in sorted(edges, key=lambda edge: edge.entered_on != edge.source.key):
        if edge.source.key == edge.target.key:
            continue
        first = found.setdefault(edge.identity, edge)
        found[edge.identity] = replace(first, on=first.on or edge.on, note=first.note or edge.note)
    return sorted(found.values(), key=lambda edge: edge.identity)


def end_of_page(page: RegulationPage, key: Key | None = None) -> End:
    """Return a page as the end of an edge, as if it were public."""
    return End(
        key=key or ("page", page.pk), name=page.short_name, title=page.full_title, slug=page.slug, outside_url="",
        year=page.year, enacted_on=page.enacted_on, holds_from=page.holds_from,
    )  # fmt: skip


def _withheld(end: End) -> End:
    """What others may tell of a page that is not public."""
    return replace(end, title=end.name, slug="", holds_from=None)


def end_of_stub(stub: RegulationStub) -> End:
    """Return a regulation outside as the end of an edge."""
    return End(
        key=("stub", stub.pk), name=composition.short_name(stub), title=composition.title(stub), outside_url=stub.url,
        slug="", year=stub.year, enacted_on=None, holds_from=None,
    )  # fmt: skip


def pages_naming(stub_id: int) -> set[int]:
    """Return the public pages that are related to a regulation outside."""
    rows = RegulationRelation.objects.filter(_public("page__"), stub=stub_id)
    return set(rows.values_list("page_id", flat=True))
