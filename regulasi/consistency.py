"""What cannot be true of relations: refused while an editor enters it, listed when it arises all the same.

It arises when two drafts are published that contradict each other, or when a year is corrected afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regulasi import composition, relations
from regulasi.enums import CHANGING_ACTS, Act
from regulasi.models import RegulationPage, RegulationRelation
from regulasi.relations import Edge, End, Key

ONE_WAY_ACTS = frozenset({Act.REVOKES, Act.AMENDS, Act.IMPLEMENTS})  # two may well refer to each other


@dataclass(frozen=True)
class Problem:
    """Something that cannot be, in words, with the pages to look at."""

    code: str
    message: str
    page_ids: tuple[int, ...]


def refusals(page: RegulationPage, rows: Sequence[RegulationRelation]) -> dict[int, str]:
    """Return why rows that are entered on a page are refused, by their place in `rows`; a row has one reason.

    `page` is taken as it stands, with what the editor has just typed. Three queries, however many rows.
    """
    entered = relations.edges_of_rows(page, rows)
    known = relations.entered_elsewhere(page)
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
        elif reason := _conflict(edge, known):
            found[place] = reason[1]
        else:
            known.append(edge)
    return found


def contradictions() -> list[Problem]:
    """Return all that is wrong with what is published now, for the report and the nightly check."""
    found: list[Problem] = []
    by_pair: dict[frozenset[Key], list[Edge]] = defaultdict(list)
    for edge in relations.all_published():
        pair = by_pair[frozenset({edge.source.key, edge.target.key})]
        if edge.source.key == edge.target.key:
            found.append(_problem("itself", f"{edge.source.name} berhubungan dengan dirinya sendiri.", edge))
        elif reason := _conflict(edge, pair):
            found.append(_problem(*reason, edge))
        else:
            pair.append(edge)
    consistent = [edge for edges in by_pair.values() for edge in edges]
    return [*found, *_of_the_revoked(consistent), *_held_twice()]


def _conflict(edge: Edge, known: Iterable[Edge]) -> tuple[str, str] | None:
    """Return why an edge cannot stand beside others: code and sentence."""
    verb = edge.act.value
    if edge.act in CHANGING_ACTS and _is_older(edge.source, edge.target):
        return "older", f"{edge.source.name} lebih tua daripada {edge.target.name}, jadi tidak dapat {verb}nya."
    for other in known:
        if other.identity == edge.identity:
            place = _page_of(other)
            return "twice", (
                f"Hubungan ini sudah tercatat di halaman {place}, jadi tidak perlu ditulis lagi."
                if other.entered_on != edge.entered_on
                else "Hubungan ini sudah ada di halaman ini."
            )
        ends = (other.source.key, other.target.key)
        if other.act is edge.act and edge.act in ONE_WAY_ACTS and ends == (edge.target.key, edge.source.key):
            return "opposite", (
                f"Bertentangan: {other.source.name} sudah tercatat {verb} {other.target.name}, "
                "jadi tidak dapat sebaliknya juga."
            )
        wholly = {one.act for one in (edge, other) if not (one.act is Act.REVOKES and one.is_partial)}
        if ends == (edge.source.key, edge.target.key) and wholly >= CHANGING_ACTS:
            return "revoked_and_amended", (
                f"Bertentangan: {edge.source.name} tidak dapat mencabut seluruh {edge.target.name} "
                "dan sekaligus mengubahnya."
            )
    return None


def _of_the_revoked(edges: Iterable[Edge]) -> Iterable[Problem]:
    """What is gone is neither revoked again nor changed."""
    suffered: dict[Key, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.act in CHANGING_ACTS:
            suffered[edge.target.key].append(edge)
    for suffering in suffered.values():
        revoked = [edge for edge in suffering if edge.act is Act.REVOKES and not edge.is_partial]
        if not revoked:
            continue
        first = min(revoked, key=lambda edge: edge.since or dt.date.min)
        for edge in suffering:
            if edge.identity == first.identity:
                continue
            if edge in revoked:
                message = f"{edge.target.name} tercatat dicabut dengan {first.source.name} dan {edge.source.name}."
                yield _problem("revoked_twice", message, first, edge)
            elif first.since and edge.since and edge.since > first.since:
                message = f"{edge.target.name} tercatat diubah dengan {edge.source.name} sesudah dicabut."
                yield _problem("amended_after", message, first, edge)


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


def _page_of(edge: Edge) -> str:
    """The name of the page that an edge was entered on."""
    return edge.source.name if edge.entered_on == edge.source.key else edge.target.name


def _problem(code: str, message: str, *edges: Edge) -> Problem:
    ids = [end.page_id for edge in edges for end in (edge.source, edge.target) if end.page_id]
    return Problem(code, message, tuple(dict.fromkeys(ids)))
