"""Relations that cannot be: refused while they are entered, listed when they arise all the same."""

from __future__ import annotations

import datetime as dt

import pytest

from regulasi.consistency import contradictions, refusals
from tests.factories import make_regulation, make_stub, relate, relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(site):
    return make_regulation("uu", "15", 2001)


@pytest.fixture
def new(site):
    return make_regulation("uu", "20", 2016)


def codes() -> list[str]:
    return [problem.code for problem in contradictions()]


def test_what_is_fine(old, new):
    rows = [
        relation("mencabut", old),
        relation("merujuk", old),
        relation("diubah", make_stub("uu", "6", 2023)),
        relation("dilaksanakan", make_regulation("pp", "22", 2018)),
    ]
    assert refusals(new, rows) == {}
    relate(new, *rows)
    assert refusals(new, list(new.relations.all())) == {}
    assert codes() == []


def test_itself(new):
    same = make_stub("uu", "020", 2016)
    assert set(refusals(new, [relation("merujuk", new), relation("merujuk", same)])) == {0, 1}
    relate(new, relation("merujuk", new))
    assert codes() == ["itself"]


def test_the_same_twice_on_one_page(old, new):
    rows = [relation("mencabut", old), relation("mencabut", old, is_partial=True)]
    assert list(refusals(new, rows)) == [1]


def test_the_same_from_the_other_end(old, new):
    relate(new, relation("mencabut", old))
    [(place, reason)] = refusals(old, [relation("dicabut", new)]).items()
    assert place == 0
    assert "UU 20/2016" in reason
    relate(old, relation("dicabut", new))
    assert codes() == ["twice"]


def test_the_same_from_the_other_end_of_a_draft_is_no_obstacle(old, site):
    draft = make_regulation("uu", "20", 2016, live=False, relations=(relation("mencabut", old),))
    assert refusals(old, [relation("dicabut", draft)]) == {}


@pytest.mark.parametrize("verb", ["mencabut", "mengubah", "melaksanakan"])
def test_the_opposite(site, verb):
    one, other = make_regulation("uu", "1", 2016), make_regulation("uu", "2", 2016)
    relate(one, relation(verb, other))
    assert list(refusals(other, [relation(verb, one)])) == [0]
    relate(other, relation(verb, one))
    assert codes() == ["opposite"]


def test_two_may_refer_to_each_other(site):
    one, other = make_regulation("uu", "1", 2016), make_regulation("uu", "2", 2016)
    relate(one, relation("merujuk", other))
    assert refusals(other, [relation("merujuk", one)]) == {}


@pytest.mark.parametrize("verb", ["mencabut", "mengubah"])
def test_an_older_one_changes_no_younger_one(old, new, verb):
    assert list(refusals(old, [relation(verb, new)])) == [0]
    assert list(refusals(old, [relation(verb, make_stub("uu", "3", 2002))])) == [0]
    assert list(refusals(new, [relation("dicabut" if verb == "mencabut" else "diubah", old)])) == [0]
    relate(old, relation(verb, new))
    assert codes() == ["older"]


def test_in_one_year_the_day_decides(site):
    first = make_regulation("pp", "1", 2016, enacted_on=dt.date(2016, 1, 5))
    second = make_regulation("pp", "2", 2016, enacted_on=dt.date(2016, 3, 5))
    assert list(refusals(first, [relation("mencabut", second)])) == [0]
    assert refusals(second, [relation("mencabut", first)]) == {}


def test_an_old_one_may_still_implement_a_new_one(old, new):
    assert refusals(old, [relation("melaksanakan", new)]) == {}


def test_nothing_is_revoked_and_amended_by_the_same(old, new):
    assert list(refusals(new, [relation("mencabut", old), relation("mengubah", old)])) == [1]
    assert refusals(new, [relation("mencabut", old, is_partial=True), relation("mengubah", old)]) == {}


def test_revoked_twice_and_amended_afterwards_are_listed(old, new):
    relate(new, relation("mencabut", old))
    later = make_regulation("uu", "6", 2023, relations=(relation("mencabut", old),))
    assert codes() == ["revoked_twice"]
    relate(later, relation("mengubah", old))
    [problem] = contradictions()
    assert problem.code == "amended_after"
    assert set(problem.page_ids) == {old.pk, new.pk, later.pk}


def test_two_pages_of_one_regulation_are_listed(new):
    make_regulation("uu", "20", 2016)
    make_regulation("pp", "20", 2016)
    assert [(problem.code, len(problem.page_ids)) for problem in contradictions()] == [("held_twice", 2)]


def test_a_row_that_names_nothing_yet_is_passed_over(new):
    from regulasi.models import RegulationRelation

    assert refusals(new, [RegulationRelation(verb="mencabut")]) == {}


@pytest.mark.parametrize("count", [2, 12])
def test_queries_do_not_grow(site, count, django_assert_max_num_queries):
    for _ in range(count):
        make_regulation("pp", "", 2018, relations=(relation("mencabut", make_regulation("pp", "", 2001)),))
    with django_assert_max_num_queries(6):
        assert contradictions() == []
