"""Public totals tell nothing of a group of fewer than three, not even by subtraction."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery import aggregates
from gallery.aggregates import to_hide
from siptenan.common.models import Commodity, Kelurahan
from tests.factories import make_business, make_product


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 4}, set()),
        ({"a": 5, "b": 0}, set()),
        ({"a": 5, "b": 2, "c": 9}, {"a", "b"}),  # alone, b would be the total less a and c
        ({"a": 1, "b": 1, "c": 9, "d": 4}, {"a", "b", "d"}),  # together, a and b are two
        ({"a": 2, "b": 2, "c": 9}, {"a", "b"}),
        ({"a": 2}, {"a"}),
        ({}, set()),
    ],
)
def test_small_groups_take_others_with_them(sizes, hidden):
    assert to_hide(sizes) == hidden


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 6), max_size=9))
def test_no_group_under_three_follows_from_what_is_shown(sizes):
    """Whoever knows the total and all that is shown learns the sum of the rest, which is of three at least."""
    hidden = to_hide(sizes)
    assert all(size == 0 or size >= 3 for key, size in sizes.items() if key not in hidden)
    if hidden and sum(sizes.values()) >= 3:
        assert len(hidden) >= 2
        assert sum(sizes[key] for key in hidden) >= 3
    if not any(0 < size < 3 for size in sizes.values()):
        assert not hidden


@pytest.fixture
def city(db):
    """Kauman has 3 businesses, Poncol 1, Klego 4 (all in Timur), Medono 3 (Barat)."""
    batik, tempe = Commodity.objects.get(code="batik"), Commodity.objects.get(code="tempe")
    for place, count, commodity in (
        ("Kauman", 3, batik),
        ("Poncol", 1, tempe),
        ("Klego", 4, batik),
        ("Medono", 3, tempe),
    ):
        for number in range(count):
            business = make_business(
                f"Usaha Contoh {place} {number}",
                kelurahan=Kelurahan.objects.get(name=place),
                commodity=commodity,
                record={"nik": "", "workers_male": 2, "workers_female": number},
            )
            make_product(business)


def by_name(groups) -> dict:
    return {group.name: group for group in groups}


def test_sums_are_those_counted_by_hand(city):
    found = aggregates.totals()
    total = found.total
    assert (total.businesses, total.workers_male, total.workers_female, total.products) == (11, 22, 12, 11)
    assert (
        by_name(found.kecamatan)["Pekalongan Timur"].businesses,
        by_name(found.kecamatan)["Pekalongan Barat"].businesses,
    ) == (8, 3)
    assert by_name(found.commodities)["Batik"].workers_female == 9
    assert by_name(found.commodities)["Tempe"].businesses == 4


def test_a_kelurahan_with_one_business_is_hidden_and_cannot_be_subtracted(city):
    found = by_name(aggregates.totals().kelurahan)
    assert found["Poncol"].is_hidden
    assert found["Poncol"].workers_male is None
    assert found["Kauman"].is_hidden  # the smallest beside it
    assert found["Klego"].businesses == 4
    assert found["Setono"].businesses == 0


def test_drafts_count_nowhere(city):
    make_business("Usaha Contoh Draf", live=False, record={"nik": "", "workers_male": 500})
    assert aggregates.totals().total.workers_male == 22


def test_of_two_businesses_nothing_is_told(db):
    for number in range(2):
        make_business(f"Usaha Contoh {number}", record={"nik": "", "workers_male": 7})
    found = aggregates.totals()
    shown = [
        group for group in (found.total, *found.kecamatan, *found.kelurahan, *found.commodities) if group.businesses
    ]
    assert shown == []
    assert found.total.is_hidden


def test_every_shown_subset_of_the_rows_leaves_three_businesses(city):
    """The rest of the total after any subset of the shown kecamatan and kelurahan is nothing, or of three at least."""
    found = aggregates.totals()
    shown = [group.businesses for group in found.kelurahan if group.businesses]
    for size in range(len(shown) + 1):
        for subset in combinations(shown, size):
            assert found.total.businesses - sum(subset) in {0, *range(3, 12)}
