"""Public totals are frozen, equal to a count by hand, and tell of no one or two businesses how many work there."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
import time_machine

from forms import worker
from gallery import aggregates
from gallery.aggregates import Group, Totals
from gallery.models import Business, BusinessRecord, Product, TotalsSnapshot
from siptenan.common.models import Commodity, Kelurahan
from tests.factories import make_business, make_product
from tests.gallery.test_disclosure import given_away

pytestmark = pytest.mark.django_db

THE_ONE = 777  # men, in the business that is alone in its kelurahan


def add(place: str, count: int, commodity: str | None, *, men: int | None = 2, women: int | None = 1) -> list[Business]:
    """Businesses with a product each."""
    kind = Commodity.objects.get(code=commodity) if commodity else None
    where = Kelurahan.objects.get(name=place)
    record = {"nik": "", "workers_male": men, "workers_female": women}
    made = [
        make_business(f"Usaha Contoh {place} {number}", live=False, kelurahan=where, commodity=kind, record=record)
        for number in range(count)
    ]
    for business in made:
        make_product(business, live=False)
    # Not one by one through Wagtail: that takes a second for each.
    Business.objects.filter(pk__in=[business.pk for business in made]).update(live=True)
    Product.objects.filter(business__in=made).update(live=True)
    return made


@pytest.fixture
def city() -> None:
    """Kauman 3 and Klego 4 make batik, Poncol 1 and Medono 3 tempe; Medono is in Barat, all others in Timur."""
    add("Kauman", 3, "batik")
    add("Poncol", 1, "tempe", men=THE_ONE)
    add("Klego", 4, "batik")
    add("Medono", 3, "tempe")


@pytest.fixture
def large_city() -> None:
    """Everything is large enough to be told."""
    for place in ("Kauman", "Klego", "Medono", "Tirto"):
        for commodity in ("batik", "tempe"):
            add(place, 3, commodity)


def frozen() -> Totals:
    aggregates.freeze()
    return aggregates.latest()


def by_name(groups) -> dict[str, Group]:
    return {group.name: group for group in groups}


def members_of(group: Group, *, stated: bool) -> frozenset[int]:
    """The businesses that a group counts, asked of the database anew."""
    where = {
        "kota": {},
        "kecamatan": {"kelurahan__kecamatan": group.key},
        "kelurahan": {"kelurahan__code": group.key},
        "komoditas": {"commodity__code": None if group.key == aggregates.UNGROUPED else group.key},
    }[group.level]
    rows = Business.objects.public().filter(**{k: v for k, v in where.items() if v is not None})
    if where.get("commodity__code", "") is None:
        rows = rows.filter(commodity=None)
    if stated:
        rows = rows.filter(record__workers_male__isnull=False, record__workers_female__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def test_sums_are_those_counted_by_hand(large_city):
    totals = frozen()
    total = totals.total
    assert (total.businesses, total.workers_male, total.workers_female, total.products) == (24, 48, 24, 24)
    assert {group.businesses for group in totals.kecamatan} == {12, 0}
    tirto = by_name(totals.kelurahan)["Tirto"]
    assert (tirto.businesses, tirto.workers_male, tirto.workers_female, tirto.products) == (6, 12, 6, 6)
    assert by_name(totals.commodities)["Tempe"].workers_male == 24
    setono = by_name(totals.kelurahan)["Setono"]
    assert (setono.businesses, setono.workers_male) == (0, 0)
    assert not any(group.is_hidden for group in totals.groups)


def test_a_kelurahan_with_one_business_is_not_told(city):
    places = by_name(frozen().kelurahan)
    assert places["Poncol"].is_hidden
    assert places["Poncol"].workers_male is None
    assert places["Kauman"].is_hidden  # the kecamatan less Kauman and Klego would be Poncol
    assert places["Klego"].businesses == 4


def test_place_and_commodity_together_do_not_tell_the_workers_of_one(city):
    """Tempe (4) less Pekalongan Barat (3, all tempe) was the one business of Poncol."""
    totals = frozen()
    told = [group for group in totals.groups if group.workers_male]
    assert told
    for one, other in combinations(told, 2):
        assert abs(one.workers_male - other.workers_male) != THE_ONE
    assert given_away([members_of(group, stated=True) for group in told]) == set()
    assert given_away([members_of(group, stated=False) for group in totals.groups if group.businesses]) == set()


def test_workers_that_nobody_stated_are_unknown_and_not_zero(city):
    BusinessRecord.objects.filter(business__kelurahan__name="Klego").update(workers_female=None)
    klego = by_name(frozen().kelurahan)["Klego"]
    assert klego.businesses == 4
    assert klego.workers_unstated
    assert (klego.workers_male, klego.workers_female) == (None, None)


@pytest.mark.parametrize(("stated", "workers"), [(1, None), (2, None), (3, 6), (4, 8)])
def test_only_who_stated_his_workers_counts_for_them(large_city, stated, workers):
    """Of the six businesses of Kauman only some said how many work there."""
    rows = BusinessRecord.objects.filter(business__kelurahan__name="Kauman").order_by("pk")
    BusinessRecord.objects.filter(pk__in=[row.pk for row in rows[stated:]]).update(workers_male=None)
    totals = frozen()
    kauman = by_name(totals.kelurahan)["Kauman"]
    assert (kauman.businesses, kauman.workers_male, kauman.workers_unstated) == (6, workers, False)
    told = [members_of(group, stated=True) for group in totals.groups if group.workers_male is not None]
    assert given_away([group for group in told if group]) == set()


def test_drafts_count_nowhere(large_city):
    make_business("Usaha Contoh Draf", live=False, record={"nik": "", "workers_male": 500, "workers_female": 0})
    assert frozen().total.workers_male == 48


def test_businesses_without_a_commodity_are_a_group(large_city):
    add("Kauman", 3, None)
    group = by_name(frozen().commodities)["Belum dikelompokkan"]
    assert (group.key, group.businesses, group.workers_male) == (aggregates.UNGROUPED, 3, 6)


def test_of_two_businesses_nothing_is_frozen():
    add("Kauman", 2, "batik")
    assert aggregates.freeze() is None
    assert aggregates.latest() is None
    assert aggregates.freeze_due() == 0


def on(day: str):
    return time_machine.travel(dt.datetime.fromisoformat(f"{day}+07:00"), tick=False)


class TestFreezing:
    @pytest.fixture(autouse=True)
    def first(self, large_city):
        with on("2026-10-01T00:40"):
            assert aggregates.freeze_due() == 1

    def test_it_is_the_worker_who_does_it(self):
        assert worker.CHORES[aggregates.freeze_due] == worker.HOUR_S

    def test_the_state_is_that_of_the_last_day_of_the_quarter(self):
        assert aggregates.latest().as_of == dt.date(2026, 9, 30)

    def test_what_happens_in_a_quarter_shows_at_its_end(self):
        with on("2026-11-20T12:00"):
            new = add("Kauman", 3, "batik", men=10)
            Business.objects.filter(pk=new[0].pk).update(live=False)
            assert aggregates.freeze_due() == 0
            assert aggregates.latest().total.businesses == 24
            Business.objects.filter(pk=new[0].pk).update(live=True)
        with on("2027-01-01T00:10"):
            assert aggregates.freeze_due() == 1
            assert aggregates.freeze_due() == 0
        totals = aggregates.latest()
        assert totals.as_of == dt.date(2026, 12, 31)
        assert (totals.total.businesses, totals.total.workers_male) == (27, 78)
        assert totals.total.workers_date is None

    def test_one_new_business_is_not_read_off_two_quarters(self):
        before = aggregates.latest()
        add("Kauman", 1, "batik", men=THE_ONE)
        with on("2027-01-01T00:10"):
            aggregates.freeze_due()
        after = aggregates.latest()
        assert after.total.businesses == 25  # that it came, the catalogue shows
        for level in ("kota", "kecamatan", "kelurahan", "komoditas"):
            for old, new in zip(before.at(level), after.at(level), strict=True):
                assert new.workers_male == old.workers_male
        assert after.total.workers_date == dt.date(2026, 9, 30)
        assert by_name(after.kelurahan)["Tirto"].workers_date is None  # the same businesses as before
        add("Kauman", 2, "batik")
        with on("2027-04-01T00:10"):
            aggregates.freeze_due()
        total = aggregates.latest().total
        assert (total.workers_male, total.workers_date) == (48 + THE_ONE + 4, None)

    def test_one_that_left_is_not_read_off_either(self):
        business = Business.objects.filter(kelurahan__name="Kauman").first()
        business.unpublish()
        with on("2027-01-01T00:10"):
            aggregates.freeze_due()
        kauman = by_name(aggregates.latest().kelurahan)["Kauman"]
        assert (kauman.businesses, kauman.workers_male) == (5, 12)
        assert kauman.workers_date == dt.date(2026, 9, 30)

    def test_all_that_was_ever_told_gives_nobody_away(self):
        told: list[frozenset[int]] = []
        for year in range(2027, 2031):
            add("Kauman", year % 3, "batik")
            add("Tirto", year % 2, "tempe")
            with on(f"{year}-01-01T00:10"):
                aggregates.freeze_due()
        for snapshot in TotalsSnapshot.objects.all():
            told += [frozenset(members) for members in snapshot.counted.values()]
        assert len(told) > 20
        assert given_away(list(set(told))) == set()

    def test_a_deleted_business_leaves_the_past_as_it_was(self):
        Business.objects.filter(kelurahan__name="Kauman").first().delete()
        assert aggregates.latest().total.workers_male == 48

    def test_two_workers_freeze_once(self):
        with on("2027-01-01T00:10"):
            assert aggregates.freeze() is not None
            assert aggregates.freeze() is None
        assert TotalsSnapshot.objects.count() == 2
