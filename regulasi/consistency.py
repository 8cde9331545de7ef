"""What cannot be true of relations: refused while an editor enters it, listed when it arises all the same.

It arises when two drafts are published that contradict each other, or when a year is corrected afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from regulasi import composition, relations
from regulasi.enums import CHANGING_ACTS, Act
from regulasi.models import RegulationPage, RegulationRelation
from regulasi.relations import Arrow, Edge, End, Key

ONE_WAY_ACTS = frozenset({Act.REVOKES, Act.AMENDS, Act.IMPLEMENTS})  # two may well refer to each other


@dataclass(frozen=True)
class Problem:
    """Something that cannot be, in words, with the pages to look at."""

    code: str
    message: str
    page_ids: tuple[int, ...]


class Recorded:
    """Edges that are taken for true; says why another one cannot stand beside them."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        self.edges: list[Edge] = []
        self._by_pair: dict[frozenset[Key], list[Edge]] = defaultdict(list)
        self._steps: Steps = defaultdict(lambda: defaultdict(list))
        self._names: dict[Key, str] = {}
        for edge in edges:
            self.add(edge)

    def add(self, edge: Edge) -> None:
        """Take an edge for true."""
        self.edges.append(edge)
        self._by_pair[_pair(edge)].append(edge)
        self._steps[edge.act][edge.source.key].append(edge.target.key)
        self._names |= {end.key: end.name for end in (edge.source, edge.target)}

    def conflict(self, edge: Edge) -> Problem | None:
        """Return what an edge contradicts: the years of its ends, another edge of the two, or a way back."""
        if edge.source.key == edge.target.key:
            return _problem("itself", f"{edge.source.name} berhubungan dengan dirinya sendiri.", edge)
        if edge.act in CHANGING_ACTS and _is_older(edge.source, edge.target):
            message = f"{edge.source.name} lebih tua daripada {edge.target.name}, jadi tidak dapat {edge.act.value}nya."
            return _problem("older", message, edge)
        for other in self._by_pair[_pair(edge)]:
            if reason := _between_two(edge, other):
                return _problem(*reason, edge)
        return self._circle(edge) if edge.act in ONE_WAY_ACTS else None

    def conflict_of_revoked(self, edge: Edge) -> Problem | None:
        """Return what an edge contradicts in what is done to its target: what is gone is not changed."""
        if edge.act not in CHANGING_ACTS:
            return None
        suffered = [other for other in self.edges if other.target.key == edge.target.key and other.act in CHANGING_ACTS]
        found = _of_the_revoked([*suffered, edge])
        return next((problem for problem, edges in found if edge in edges), None)

    def _circle(self, edge: Edge) -> Problem | None:
        way = way_between(edge.target.key, edge.source.key, self._steps[edge.act])
        if not way:
            return None
        told = ", yang ".join(f"{edge.act.value} {self._names[key]}" for key in way[1:])
        message = f"Bertentangan: {edge.target.name} sudah tercatat {told}, jadi tidak dapat sebaliknya juga."
        return Problem("circle", message, tuple(pk for kind, pk in way if kind == "page"))


Steps = defaultdict[Act, defaultdict[Key, list[Key]]]  # by act: from whom to whom


def refusals(page: RegulationPage, rows: Sequence[RegulationRelation]) -> dict[int, str]:
    """Return why rows that are entered on a page are refused, by their place in `rows`; a row has one reason.

    `page` is taken as it stands, with what the editor has just typed. Six queries, however many rows.
    """
    entered = relations.edges_of_rows(page, rows)
    if not any(entered):
        return {}
    recorded = Recorded(_concerned(page, [edge for edge in entered if edge]))
    itself = composition.identity(page)
    found: dict[int, str] = {}
    for place, (row, edge) in enumerate(zip(rows, entered, strict=True)):
        if edge is None:
            continue
        is_itself = edge.source.key == edge.target.key or (
            row.stub is not None and composition.identity(row.stub) == itself
        )
        if is_itself:
            found[place] = "Peraturan tidak dapat berhubungan dengan dirinya sendiri."
        elif problem := recorded.conflict(edge) or recorded.conflict_of_revoked(edge):
            found[place] = problem.message
        else:
            recorded.add(edge)
    return found


def contradictions() -> list[Problem]:
    """Return all that is wrong with what is published now, for the report and the nightly check."""
    recorded, found = Recorded(), []
    for edge in relations.all_published():
        if problem := recorded.conflict(edge):
            found.append(problem)
        else:
            recorded.add(edge)
    suffered: dict[Key, list[Edge]] = defaultdict(list)
    for edge in recorded.edges:
        if edge.act in CHANGING_ACTS:
            suffered[edge.target.key].append(edge)
    found += [problem for edges in suffered.values() for problem, _ in _of_the_revoked(edges)]
    return [*found, *_held_twice()]


def way_between(start: Key, goal: Key, steps: Mapping[Key, Sequence[Key]]) -> list[Key]:
    """Return a way from one regulation to another, both included; empty if there is none. Depth first."""
    came_from: dict[Key, Key | None] = {start: None}
    open_ends = [start]
    while open_ends:
        key = open_ends.pop()
        if key == goal:
            way = [key]
            while (before := came_from[way[-1]]) is not None:
                way.append(before)
            return way[::-1]
        for following in steps.get(key, ()):
            if following not in came_from:
                came_from[following] = key
                open_ends.append(following)
    return []


def _concerned(page: RegulationPage, entered: Sequence[Edge]) -> list[Edge]:
    """What is published elsewhere that edges which are entered on a page may contradict."""
    steps: Steps = defaultdict(lambda: defaultdict(list))
    one_way: list[Arrow] = [edge.identity for edge in entered if edge.act in ONE_WAY_ACTS]
    for arrow in [*relations.arrows(ONE_WAY_ACTS, page), *one_way]:
        steps[arrow.act][arrow.source].append(arrow.target)
    ways = [way_between(arrow.target, arrow.source, steps[arrow.act]) for arrow in one_way]
    others = {end.key for edge in entered for end in (edge.source, edge.target)}
    return relations.entered_elsewhere(page, others, {key for way in ways for key in way})


def _between_two(edge: Edge, other: Edge) -> tuple[str, str] | None:
    """Return why two edges of the same regulations cannot both be: code and sentence."""
    verb = edge.act.value
    if other.identity == edge.identity:
        return "twice", (
            f"Hubungan ini sudah tercatat di halaman {_page_of(other)}, jadi tidak perlu ditulis lagi."
            if other.entered_on != edge.entered_on
            else "Hubungan ini sudah ada di halaman ini."
        )
    if other.source.key != edge.source.key:
        if other.act is edge.act and edge.act in ONE_WAY_ACTS:
            return "opposite", (
                f"Bertentangan: {other.source.name} sudah tercatat {verb} {other.target.name}, "
                "jadi tidak dapat sebaliknya juga."
            )
        return None
    wholly = {one.act for one in (edge, other) if not (one.act is Act.REVOKES and one.is_partial)}
    if wholly >= CHANGING_ACTS:
        return "revoked_and_amended", (
            f"Bertentangan: {edge.source.name} tidak dapat mencabut seluruh {edge.target.name} "
            "dan sekaligus mengubahnya."
        )
    return None


def _of_the_revoked(suffered: Sequence[Edge]) -> Iterator[tuple[Problem, tuple[Edge, Edge]]]:
    """What is gone is neither revoked again nor changed: what contradicts that in all that one suffers."""
    revoked = [edge for edge in suffered if edge.act is Act.REVOKES and not edge.is_partial]
    if not revoked:
        return
    first = min(revoked, key=lambda edge: edge.since or dt.date.min)
    for edge in suffered:
        if edge.identity == first.identity:
            continue
        if edge in revoked:
            message = f"{edge.target.name} tercatat dicabut dengan {first.source.name} dan {edge.source.name}."
            yield _problem("revoked_twice", message, first, edge), (first, edge)
        elif first.since and edge.since and edge.since > first.since:
            message = f"{edge.target.name} tercatat diubah dengan {edge.source.name} sesudah dicabut."
            yield _problem("amended_after", message, first, edge), (first, edge)


def _held_twice() -> Iterable[Problem]:
    """Two pages of one regulation."""
    found: dict[composition.Key, list[RegulationPage]] = defaultdict(list)
    pages = RegulationPage.objects.public().select_related("kind", "initiator").defer(*relations.LONG_TEXTS)
    for page in pages.order_by("pk").iterator():
        found[composition.identity(page)].append(page)
    for same in found.values():
        if len(same) > 1:
            message = f"{same[0].short_name} punya {len(same)} halaman."
            yield Problem("held_twice", message, tuple(page.pk for page in same))


def _is_older(one: End, other: End) -> bool:
    if one.enacted_on and other.enacted_on:
        return one.enacted_on < other.enacted_on
    return one.year is not None and other.year is not None and one.year < other.year


def _pair(edge: Edge) -> frozenset[Key]:
    return frozenset({edge.source.key, edge.target.key})


def _page_of(edge: Edge) -> str:
    """The name of the page that an edge was entered on."""
    return edge.source.name if edge.entered_on == edge.source.key else edge.target.name


def _problem(code: str, message: str, *edges: Edge) -> Problem:
    ids = [end.page_id for edge in edges for end in (edge.source, edge.target) if end.page_id]
    return Problem(code, message, tuple(dict.fromkeys(ids)))
