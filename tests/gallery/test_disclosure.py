"""No sum that is told, nor any that follows from all of them, is of fewer than three members."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gallery.disclosure import FEWEST, tellable

Groups = list[frozenset[int]]


def rank(rows: list[list[int]]) -> int:
    """By Gauss with fractions; another way than that of the code."""
    matrix = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((row for row in range(found, len(matrix)) if matrix[row][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for row in range(found + 1, len(matrix)):
            factor = matrix[row][column] / matrix[found][column]
            matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[found], strict=True)]
        found += 1
    return found


def given_away(told: Groups) -> set[frozenset[int]]:
    """The sets of fewer than FEWEST members of whom something follows from the sums of all groups.

    What follows of S alone is what of the row space vanishes elsewhere: its dimension is the rank less the rank
    without the columns of S.
    """
    members = sorted(frozenset().union(*told))

    def rank_of(columns: list[int]) -> int:
        return rank([[int(member in group) for member in columns] for group in told if group])

    whole = rank_of(members)
    return {
        frozenset(few)
        for size in range(1, FEWEST)
        for few in combinations(members, size)
        if rank_of([member for member in members if member not in few]) < whole
    }


groups_of_members = st.lists(st.frozensets(st.integers(0, 9), max_size=10), max_size=7)


@settings(max_examples=100, deadline=None)
@given(groups_of_members)
def test_nothing_follows_of_one_or_two(groups):
    told = tellable(dict(enumerate(groups)))
    assert given_away([groups[key] for key in told]) == set()
    for key in set(range(len(groups))) - told:  # and nothing was kept back for no reason
        assert given_away([groups[key], *(groups[key] for key in told)])


@settings(max_examples=50, deadline=None)
@given(groups_of_members, groups_of_members)
def test_nothing_follows_together_with_what_was_told_before(first, second):
    before = [first[key] for key in tellable(dict(enumerate(first)))]
    told = tellable(dict(enumerate(second)), told=before)
    assert given_away([*before, *(second[key] for key in told)]) == set()
    assert {key for key, group in enumerate(second) if group in before} <= told  # nobody forgets


@st.composite
def cities(draw):
    """Businesses as (kelurahan, commodity); a kecamatan has three kelurahan."""
    return draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=14))


@settings(max_examples=60, deadline=None)
@given(cities())
def test_in_no_city_can_one_or_two_businesses_be_worked_out(city):
    where = {f"kelurahan {k}": lambda p, c, k=k: p == k for k in range(6)}
    where |= {f"kecamatan {k}": lambda p, c, k=k: p // 3 == k for k in range(2)}
    where |= {f"commodity {k}": lambda p, c, k=k: c == k for k in range(3)}
    groups = {"city": frozenset(range(len(city)))}
    groups |= {name: frozenset(n for n, cell in enumerate(city) if test(*cell)) for name, test in where.items()}
    told = [groups[key] for key in tellable(groups) if groups[key]]
    assert all(len(group) >= FEWEST for group in told)
    for one, other in combinations(told, 2):  # the attack of the audit: one group of place, one of commodity
        assert len(one ^ other) == 0 or len(one ^ other) >= FEWEST
    assert given_away(told) == set()


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"all": 9, "a": 5, "b": 4}, {"all", "a", "b"}),
        ({"all": 7, "a": 5, "b": 2}, {"all"}),  # a would leave b
        ({"all": 16, "a": 9, "b": 5, "c": 2}, {"all", "a"}),
        ({"all": 2, "a": 2}, set()),
        ({"all": 3, "a": 3, "b": 0}, {"all", "a", "b"}),
    ],
)
def test_parts_of_a_whole(groups, told):
    places = iter(range(100))
    parts = {key: frozenset(next(places) for _ in range(size)) for key, size in groups.items() if key != "all"}
    assert tellable({"all": frozenset().union(*parts.values()), **parts}) == told
    assert len(frozenset().union(*parts.values())) == groups["all"]


def test_one_more_is_not_told_to_who_remembers_the_sum_of_before():
    before = [frozenset(range(5))]
    assert tellable({"a": frozenset(range(6))}, told=before) == set()
    assert tellable({"a": frozenset(range(7))}, told=before) == set()
    assert tellable({"a": frozenset(range(8))}, told=before) == {"a"}
    assert tellable({"a": frozenset(range(1, 6))}, told=before) == set()  # one left, one came
