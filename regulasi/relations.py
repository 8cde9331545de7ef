"""How regulations hang together, read from either end of one entry: the only reader of RegulationRelation.

What editors enter as rows of a page becomes edges that always point from the regulation that acts. Promises:
- rows count while their page is published; unpublishing or deleting it undoes all they said, on every page;
- the same edge entered from both ends is one edge;
- a regulation outside that is held here by now is that page;
- the other end, while it is not published, gives its short name and no address.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q

from regulasi import composition
from regulasi.addresses import regulation_url
from regulasi.enums import Act, Verb
from regulasi.models import RegulationPage, RegulationRelation, RegulationStub

Key = tuple[str, int]  # ("page", 12) or ("stub", 3)
LONG_TEXTS = ("considering", "legal_basis", "main_points", "notes", "meaning", "judicial_review")
NEW: Key = ("page", 0)  # a page that has no key yet


@dataclass(frozen=True)
class End:
    """One of the two regulations of an edge."""

    key: Key
    name: str  # UU 20/2016
    title: str  # the full one; of a page that is not published only its name
    slug: str  # of a published page, else empty
    outside_url: str  # where a regulation outside can be read; may be empty
    year: int | None
    enacted_on: dt.date | None
    holds_from: dt.date | None

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
        """The first day that it holds: as entered, else when the acting regulation takes effect. None: always."""
        return self.on or self.source.holds_from

    @property
    def identity(self) -> tuple[Act, Key, Key]:
        """What makes it the same edge, whoever entered it."""
        return self.act, self.source.key, self.target.key


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
    edges = _edges([*own, *_rows_about(page.pk)], {key: page})
    return Related(key, tuple(_merged(edge for edge in edges if edge)))


def of_published(pks: Collection[int]) -> dict[int, Related]:
    """Return the same for many published pages at once, in three queries."""
    rows = _rows(Q(page__in=pks) | Q(other__in=pks) | Q(stub__held_as__in=pks))
    found: dict[Key, list[Edge]] = defaultdict(list)
    for edge in _merged(edge for edge in _edges(rows) if edge):
        found[edge.source.key].append(edge)
        found[edge.target.key].append(edge)
    return {pk: Related(("page", pk), tuple(found["page", pk])) for pk in pks}


def all_published() -> list[Edge]:
    """Return every edge that holds, as often as it was entered."""
    return [edge for edge in _edges(_rows(Q())) if edge]


def entered_elsewhere(page: RegulationPage) -> list[Edge]:
    """Return what other published pages say of this one."""
    return [edge for edge in _edges(_rows_about(page.pk), {key_of(page): page}) if edge]


def edges_of_rows(page: RegulationPage, rows: Iterable[RegulationRelation]) -> list[Edge | None]:
    """Return the edge of each row that is entered on a page, in their order; None for one that names nothing yet."""
    key = key_of(page)
    return _edges([(row, key) for row in rows], {key: page})


def key_of(page: RegulationPage) -> Key:
    """How a page is told apart from others, even before it is stored."""
    return ("page", page.pk) if page.pk else NEW


def _rows(which: Q) -> list[tuple[RegulationRelation, Key]]:
    rows = RegulationRelation.objects.filter(which, page__live=True).order_by("pk")
    return [(row, ("page", row.page_id)) for row in rows]


def _rows_about(pk: int | None) -> list[tuple[RegulationRelation, Key]]:
    """What other published pages enter about one."""
    return _rows((Q(other=pk) | Q(stub__held_as=pk)) & ~Q(page=pk)) if pk else []


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
    pages = stored.in_bulk(wanted - {None, *(key[1] for key in known or {})})
    ends: dict[Key, End] = {("page", pk): end_of_page(page) for pk, page in pages.items()}
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
    """Make one of each edge that was entered from both ends; what the acting regulation says counts first."""
    found: dict[tuple, Edge] = {}
    for edge in sorted(edges, key=lambda edge: edge.entered_on != edge.source.key):
        if edge.source.key == edge.target.key:
            continue
        first = found.setdefault(edge.identity, edge)
        found[edge.identity] = replace(first, on=first.on or edge.on, note=first.note or edge.note)
    return list(found.values())


def end_of_page(page: RegulationPage, key: Key | None = None) -> End:
    """Return a page as the end of an edge."""
    name = page.short_name
    return End(
        key=key or ("page", page.pk),
        name=name,
        title=page.full_title if page.live else name,
        slug=page.slug if page.live else "",
        outside_url="",
        year=page.year,
        enacted_on=page.enacted_on,
        holds_from=page.holds_from,
    )


def end_of_stub(stub: RegulationStub) -> End:
    """Return a regulation outside as the end of an edge."""
    return End(
        key=("stub", stub.pk), name=composition.short_name(stub), title=composition.title(stub), outside_url=stub.url,
        slug="", year=stub.year, enacted_on=None, holds_from=None,
    )  # fmt: skip


def pages_naming(stub_id: int) -> set[int]:
    """Return the published pages that are related to a regulation outside."""
    rows = RegulationRelation.objects.filter(stub=stub_id, page__live=True)
    return set(rows.values_list("page_id", flat=True))
