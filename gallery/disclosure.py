"""Which sums over groups may be told without telling of one or two of their members (docs/adr/0017).

Everybody may know who is in which group; what each member has is a secret. Whoever adds and subtracts told sums, in
any way, can work out exactly the row space of the matrix "which sum counts which member". So that space must hold no
vector, except zero, with fewer than FEWEST members in it. It is kept in reduced form, where such a vector is seen:

- it is made of the rows of those pivots only that are members of it, for every other row would bring its own pivot in;
- so with one or two members it is a row with nothing, or one column, beside its pivot, or it is two rows whose parts
  beside the pivots are the same but for a factor.

All numbers are whole, so nothing is rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from math import gcd
from typing import TypeVar

FEWEST = 3  # members that every sum, told or worked out, must count

Key = TypeVar("Key", bound=Hashable)
Members = frozenset[int]
Vector = dict[int, int]  # column -> factor; a column stands for members that are always counted together


def tellable(groups: Mapping[Key, Members], told: Iterable[Members] = ()) -> set[Key]:
    """Return the keys of the groups whose sums may be told, all of them, beside those `told` before.

    The largest come first, and of equals the first: each is told if what is told then still gives nobody away. An
    empty group is always told.
    """
    before = sorted({group for group in told if group}, key=len, reverse=True)
    # What follows from the sums of before is known already; taking it up first keeps what was once told.
    ordered = sorted(groups, key=lambda key: -len(groups[key]))
    rows, weights = _as_columns([*before, *(groups[key] for key in ordered)])
    system = _System(weights)
    for row in rows[: len(before)]:
        system.take(row)
    tellable = {key for key in ordered if not groups[key]}
    candidates = [(key, row) for key, row in zip(ordered, rows[len(before) :], strict=True) if row]
    for key, row in candidates:
        if system.implies(row):
            tellable.add(key)
    for key, row in candidates:
        if key not in tellable and system.take_if_safe(row):
            tellable.add(key)
    return tellable


def _as_columns(groups: list[Members]) -> tuple[list[Vector], list[int]]:
    """The groups as vectors over columns of members that are in the same groups, and how many each column has."""
    where: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for member in group:
            where[member].append(number)
    weights: dict[tuple[int, ...], int] = defaultdict(int)
    for found in where.values():
        weights[tuple(found)] += 1
    rows: list[Vector] = [{} for _ in groups]
    for column, numbers in enumerate(weights):
        for number in numbers:
            rows[number][column] = 1
    return rows, list(weights.values())


class _System:
    """What is told, in reduced form: each row has a pivot, a column that no other row has."""

    def __init__(self, weights: list[int]) -> None:
        self.weights = weights
        self.rows: dict[int, Vector] = {}  # by pivot

    def implies(self, vector: Vector) -> bool:
        """Whether a sum can be worked out from what is told."""
        return not self._rest(vector)

    def take(self, vector: Vector) -> None:
        """Tell one more."""
        self.rows = self._with(vector)

    def take_if_safe(self, vector: Vector) -> bool:
        """Tell one more, unless that gives fewer than FEWEST members away."""
        rows = self._with(vector)
        if self._gives_away(rows):
            return False
        self.rows = rows
        return True

    def _rest(self, vector: Vector) -> Vector:
        """What is left of a vector without all pivots."""
        for pivot in [column for column in vector if column in self.rows]:
            vector = _eliminate(vector, pivot, self.rows[pivot])
        return vector

    def _with(self, vector: Vector) -> dict[int, Vector]:
        rest = self._rest(vector)
        if not rest:
            return self.rows
        new = min(rest)
        rows = {pivot: _eliminate(row, new, rest) if new in row else row for pivot, row in self.rows.items()}
        return {**rows, new: rest}

    def _gives_away(self, rows: dict[int, Vector]) -> bool:
        seen: dict[frozenset, int] = {}
        for pivot, row in rows.items():
            beside = {column: factor for column, factor in row.items() if column != pivot}
            if len(beside) < 2 and sum(self.weights[column] for column in row) < FEWEST:
                return True
            if not beside or self.weights[pivot] > 1:  # of two columns, none can have more than one member
                continue
            if seen.setdefault(_direction(beside), pivot) != pivot:
                return True
        return False


def _eliminate(vector: Vector, pivot: int, row: Vector) -> Vector:
    """The vector without the pivot's column, by taking a multiple of the row from a multiple of it."""
    mine, theirs = vector[pivot], row[pivot]
    result = {column: factor * theirs for column, factor in vector.items()}
    for column, factor in row.items():
        if left := result.get(column, 0) - factor * mine:
            result[column] = left
        else:
            result.pop(column, None)
    divisor = gcd(*result.values())
    return {column: factor // divisor for column, factor in result.items()} if divisor > 1 else result


def _direction(vector: Vector) -> frozenset[tuple[int, int]]:
    """The same for all multiples of a vector."""
    divisor = gcd(*vector.values()) * (1 if vector[min(vector)] > 0 else -1)
    return frozenset((column, factor // divisor) for column, factor in vector.items())
