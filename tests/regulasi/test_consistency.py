"""Relations that cannot be: refused while they are entered, listed when they arise all the same."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from regulasi.consistency import contradictions, refusals
from regulasi.models import RegulationPage
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


@pytest.mark.parametrize("verb", ["mencabut", "mengubah", "melaksanakan"])
@pytest.mark.parametrize("count", [3, 6])
def test_a_circle(site, verb, count):
    pages = [make_regulation("uu", str(number), 2016) for number in range(count)]
    for one, following in itertools.pairwise(pages):
        relate(one, relation(verb, following))
    first, last = pages[0], pages[-1]
    assert refusals(last, [relation("merujuk", first)]) == {}
    [(place, reason)] = refusals(last, [relation(verb, first)]).items()
    assert place == 0
    assert all(page.short_name in reason for page in pages)
    passive = {"mencabut": "dicabut", "mengubah": "diubah", "melaksanakan": "dilaksanakan"}[verb]
    assert list(refusals(first, [*first.relations.all(), relation(passive, last)])) == [1]
    assert codes() == []
    relate(last, relation(verb, first))
    [problem] = contradictions()
    assert (problem.code, set(problem.page_ids)) == ("circle", {page.pk for page in pages})


def test_a_circle_that_two_rows_of_one_page_close(site):
    one, other, third = (make_regulation("uu", str(number), 2016) for number in (1, 2, 3))
    relate(one, relation("melaksanakan", other))
    rows = [relation("melaksanakan", one), relation("dilaksanakan", other)]
    assert list(refusals(third, rows)) == [1]
    assert refusals(third, rows[:1]) == refusals(third, rows[1:]) == {}


def test_a_circle_over_a_regulation_outside_and_not_over_a_draft(site):
    stub = make_stub("uu", "9", 2016)
    one, other = make_regulation("uu", "1", 2016), make_regulation("uu", "2", 2016)
    relate(one, relation("mencabut", stub))
    draft = make_regulation("uu", "3", 2016, live=False, relations=(relation("dicabut", stub),))
    assert refusals(other, [relation("dicabut", stub), relation("mencabut", one)]).keys() == {1}
    assert refusals(one, [relation("dicabut", draft)]) == {}


def test_two_ways_to_one_are_no_circle(site):
    """Both implement the law, one of them the other as well."""
    law, one, other = (make_regulation("uu", str(number), 2016) for number in (1, 2, 3))
    relate(one, relation("melaksanakan", law))
    rows = [relation("melaksanakan", law), relation("melaksanakan", one)]
    assert refusals(other, rows) == {}
    relate(other, *rows)
    assert codes() == []


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


def test_what_another_page_says_of_the_same_regulation_counts(old, new):
    """What is gone by a third page is neither revoked again nor changed afterwards."""
    relate(new, relation("mencabut", old))
    later, earlier = make_regulation("uu", "6", 2023), make_regulation("uu", "5", 2010)
    [(_, reason)] = refusals(later, [relation("mencabut", old)]).items()
    assert "UU 20/2016" in reason
    assert list(refusals(later, [relation("mengubah", old)])) == [0]
    assert list(refusals(later, [relation("mencabut", old, is_partial=True)])) == [0]
    assert list(refusals(old, [relation("dicabut", later)])) == [0]
    assert refusals(earlier, [relation("mengubah", old)]) == {}
    assert list(refusals(earlier, [relation("mencabut", old)])) == [0]
    assert refusals(later, [relation("merujuk", old), relation("melaksanakan", old)]) == {}


def test_a_revocation_from_before_what_another_page_changed(old, new):
    relate(new, relation("mengubah", old))
    earlier = make_regulation("uu", "5", 2010)
    assert list(refusals(earlier, [relation("mencabut", old)])) == [0]
    assert refusals(make_regulation("uu", "6", 2023), [relation("mencabut", old)]) == {}


def test_what_is_revoked_by_a_draft_or_from_outside(old, new, site):
    draft = make_regulation("uu", "7", 2022, live=False, relations=(relation("mencabut", old),))
    later = make_regulation("uu", "6", 2023)
    assert refusals(later, [relation("mencabut", old)]) == {}
    relate(old, relation("dicabut", make_stub("uu", "8", 2020)))
    assert list(refusals(later, [relation("mencabut", old)])) == [0]
    assert list(refusals(draft, list(draft.relations.all()))) == [0]


def test_two_pages_of_one_regulation_are_listed(new):
    twin = make_regulation("uu", "20", 2016, live=False)
    RegulationPage.objects.filter(pk=twin.pk).update(live=True)  # past all checks
    make_regulation("pp", "20", 2016)
    assert [(problem.code, len(problem.page_ids)) for problem in contradictions()] == [("held_twice", 2)]


def test_a_row_that_names_nothing_yet_is_passed_over(new):
    from regulasi.models import RegulationRelation

    assert refusals(new, [RegulationRelation(verb="mencabut")]) == {}


@pytest.mark.parametrize("count", [2, 12])
def test_queries_of_refusing_do_not_grow(new, count, django_assert_max_num_queries):
    rows = [relation("mencabut", make_stub("pp", str(number), 2001)) for number in range(count)]
    for number in range(count):
        other = make_regulation("pp", f"{number}1", 2016)
        relate(make_regulation("pp", f"{number}2", 2016), relation("mencabut", other))
        rows += [relation("melaksanakan", other), relation("mencabut", other)]
    assert new.short_name, "it has its kind and initiator"
    with django_assert_max_num_queries(6):
        assert len(refusals(new, rows)) == count


@pytest.mark.parametrize("count", [2, 12])
def test_queries_do_not_grow(site, count, django_assert_max_num_queries):
    for _ in range(count):
        make_regulation("pp", "", 2018, relations=(relation("mencabut", make_regulation("pp", "", 2001)),))
    with django_assert_max_num_queries(6):
        assert contradictions() == []
