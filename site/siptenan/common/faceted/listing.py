"""What a list shows beside its rows: facets with counts, chips of what is chosen, orders; and how it is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from .index import ListIndex
from .selection import Selection

MANY_OPTIONS = 10  # more are folded away


@dataclass(frozen=True)
class Option:
    """A value of a facet, with the number of entries that choosing it shows; or an order."""

    code: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one facet that would find something, and those that are chosen."""

    code: str
    label: str
    options: Sequence[Option]

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded."""
        return len(self.options) <= MANY_OPTIONS or any(option.chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """Something chosen, and the address of the list without it."""

    label: str
    url: str


class Ranked:
    """What matches, one tier after the other and each in the same order, as something that a paginator can cut."""

    def __init__(self, index: ListIndex, sort: str, tiers: Sequence[BitMap]) -> None:
        """`tiers` have nothing in common; the most relevant comes first."""
        self.index, self.sort, self.tiers = index, sort, tiers

    def __len__(self) -> int:
        return sum(len(tier) for tier in self.tiers)

    def __getitem__(self, wanted: slice) -> list[int]:
        start, stop, _ = wanted.indices(len(self))
        pks: list[int] = []
        before = 0
        for tier in self.tiers:
            first, last = max(start - before, 0), min(stop - before, len(tier))
            if first < last:
                pks += self.index.in_order(tier, self.sort, first, last)
            before += len(tier)
        return pks


def chosen_sets(index: ListIndex, selection: Selection) -> dict[str, BitMap]:
    """Return what each facet of a selection lets through."""
    return {facet: index.having(facet, codes) for facet, codes in selection.values.items()}


def facets_of(
    index: ListIndex, selection: Selection, labels: Mapping[str, str], matching: BitMap, sets: Mapping[str, BitMap]
) -> list[Facet]:
    """Count the values of each facet in what the search (`matching`) and the other facets (`sets`) let through."""
    names = selection.facet_values()
    found = []
    for facet, label in labels.items():
        others = BitMap.intersection(matching, *(let for name, let in sets.items() if name != facet))
        chosen, having = selection.values.get(facet, ()), index.values[facet]
        options = [
            Option(code, name, others.intersection_cardinality(having[code]) if code in having else 0, code in chosen)
            for code, name in names[facet].items()
        ]
        if shown := [option for option in options if option.count or option.chosen]:
            found.append(Facet(facet, label, shown))
    return found


def chips_of(selection: Selection, url: str) -> list[Chip]:
    """Return what is chosen, each with the address of the list at `url` without it."""
    chips = []
    if selection.query:
        chips.append(Chip(f"Cari: {selection.query}", url + selection.without_query().as_query()))
    names = selection.facet_values()
    for facet, codes in selection.values.items():
        chips += [Chip(names[facet][code], url + selection.without(facet, code).as_query()) for code in codes]
    return chips


def sorts_of(selection: Selection) -> list[Option]:
    """Return the orders that can be chosen; the best first only where something is searched.

    The usual one has no code: it is not a choice that the next search in the same form should keep.
    """
    usual = selection.usual_sort(selection.query)
    return [
        Option("" if code == usual else code, name, 0, code == selection.sort)
        for code, name in selection.sort_labels.items()
        if code != selection.best or selection.query
    ]
