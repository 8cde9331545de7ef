"""How a regulation stands, by dates and by what others do to it (R10, R11)."""

from __future__ import annotations

import datetime as dt

import pytest

from regulasi import status
from regulasi.enums import Status
from regulasi.models import RegulationEntry, RegulationPage
from regulasi.status import Standing
from tests.factories import make_regulation, make_stub, relate, relation

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 30)
TOMORROW, YESTERDAY = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)


def standing(page: RegulationPage, today: dt.date = TODAY) -> Standing:
    """How it stands: the page and its row of the list say the same."""
    of_page = status.of(RegulationPage.objects.get(pk=page.pk), today)
    assert status.of(RegulationEntry.objects.get(pk=page.pk), today) == of_page
    return of_page


def test_in_force_with_nothing_said(site):
    found = standing(make_regulation("uu", "20", 2016))
    assert (found.status, found.reason, found.label) == (
        Status.IN_FORCE, "Berlaku sejak 25 November 2016.", "Berlaku",
    )  # fmt: skip
    assert found.is_in_force
    assert (found.next_change, found.upcoming) == (None, "")


def test_not_yet_in_force_turns_in_force_without_an_edit(site):
    page = make_regulation("pp", "33", 2026, enacted_on=YESTERDAY, promulgated_on=YESTERDAY, effective_on=TOMORROW)
    today, tomorrow = standing(page), standing(page, TOMORROW)
    assert (today.status, today.reason) == (Status.NOT_YET, "Mulai berlaku 1 Desember 2026.")
    assert today.next_change == TOMORROW
    assert not today.is_in_force
    assert tomorrow.status is Status.IN_FORCE


def test_what_was_amended_before_it_takes_effect_is_announced_as_taking_effect(site):
    amended = relation("diubah", make_stub(), on=YESTERDAY)
    page = make_regulation("pp", "33", 2026, effective_on=TOMORROW, relations=(amended,))
    assert standing(page).upcoming == "Berlaku mulai 1 Desember 2026."


@pytest.mark.parametrize(
    ("effective", "promulgated", "enacted", "first"),
    [(3, 2, 1, 3), (None, 2, 1, 2), (None, None, 1, 1)],
)
def test_what_counts_without_a_date_of_effect(effective, promulgated, enacted, first):
    def day(number):
        return number and dt.date(2026, 12, number)

    page = RegulationPage(effective_on=day(effective), promulgated_on=day(promulgated), enacted_on=day(enacted))
    assert page.holds_from == day(first)


def test_without_any_date_it_holds():
    assert status.derive(status.Facts(None, None, "", ()), TODAY) == Standing(Status.IN_FORCE, "")


def test_revoked(site):
    old = make_regulation("permen", "2", 2019)
    new = make_regulation("permen", "13", 2025, relations=(relation("mencabut", old, on=dt.date(2025, 3, 1)),))
    found = standing(old)
    assert (found.status, found.label) == (Status.NOT_IN_FORCE, "Tidak berlaku")
    assert found.reason == "Dicabut dengan Permenperin 13/2025 sejak 1 Maret 2025."
    assert (found.by[0].url, found.since) == ("/regulasi/permenperin-13-2025/", dt.date(2025, 3, 1))
    assert standing(new).status is Status.IN_FORCE
    assert standing(old, dt.date(2025, 2, 28)).status is Status.IN_FORCE
    relate(new)
    assert standing(old).status is Status.IN_FORCE


def test_revoked_by_one_that_is_not_in_force_yet(site):
    old = make_regulation("pp", "5", 2021)
    make_regulation("pp", "28", 2026, effective_on=TOMORROW, relations=(relation("mencabut", old),))
    today = standing(old)
    assert today.status is Status.IN_FORCE
    assert today.upcoming == "Akan dicabut dengan PP 28/2026 mulai 1 Desember 2026."
    assert standing(old, TOMORROW).status is Status.NOT_IN_FORCE


def test_revoked_by_a_regulation_outside_without_a_date(site):
    old = make_regulation("uu", "15", 2001)
    relate(old, relation("dicabut", make_stub("uu", "20", 2016)))
    found = standing(old)
    assert (found.status, found.reason, found.since) == (Status.NOT_IN_FORCE, "Dicabut dengan UU 20/2016.", None)


def test_amended_and_partly_revoked_are_still_in_force(site):
    old = make_regulation("uu", "11", 2008)
    first = make_regulation("uu", "19", 2016, relations=(relation("mengubah", old),))
    found = standing(old)
    assert (found.status, found.label, found.reason) == (
        Status.AMENDED, "Berlaku, diubah", "Diubah dengan UU 19/2016.",
    )  # fmt: skip
    make_regulation("uu", "1", 2024, relations=(relation("mengubah", old),))
    assert standing(old).reason == "Diubah dengan UU 1/2024 dan UU 19/2016."
    make_regulation("uu", "6", 2023, relations=(relation("mencabut", old, is_partial=True),))
    found = standing(old)
    assert (found.status, found.is_in_force) == (Status.PARTLY_REVOKED, True)
    assert found.reason == "Sebagian dicabut dengan UU 6/2023. Diubah dengan UU 1/2024 dan UU 19/2016."
    assert {Status.AMENDED.facet, Status.PARTLY_REVOKED.facet} == {Status.IN_FORCE}
    assert standing(first).status is Status.IN_FORCE


def test_implementing_and_referring_change_nothing(site):
    uu = make_regulation("uu", "20", 2016)
    make_regulation("pp", "22", 2018, relations=(relation("melaksanakan", uu),))
    make_regulation("pp", "23", 2018, relations=(relation("merujuk", uu),))
    assert standing(uu).status is Status.IN_FORCE


def test_a_last_day(site):
    page = make_regulation("skb", "1/2025", 2025, valid_until=TODAY, valid_until_note="Hanya untuk tahun 2026")
    today, tomorrow = standing(page), standing(page, TOMORROW)
    assert (today.status, today.upcoming, today.next_change) == (
        Status.IN_FORCE, "Berlaku sampai 30 November 2026.", TOMORROW,
    )  # fmt: skip
    assert (tomorrow.status, tomorrow.since) == (Status.NOT_IN_FORCE, TOMORROW)
    assert tomorrow.reason == "Berlaku sampai 30 November 2026. Hanya untuk tahun 2026."


def test_revoked_before_it_ever_held(site):
    page = make_regulation("pp", "1", 2026, effective_on=TOMORROW)
    relate(page, relation("dicabut", make_stub("pp", "2", 2026), on=YESTERDAY))
    assert standing(page).status is Status.NOT_IN_FORCE


def test_a_row_of_the_list_costs_no_query(site, django_assert_num_queries):
    old = make_regulation("permen", "2", 2019)
    relate(old, relation("dicabut", make_stub("permen", "13", 2025, initiator="kemenperin")))
    entry = RegulationEntry.objects.get(pk=old.pk)
    with django_assert_num_queries(0):
        assert status.of(entry, TODAY).status is Status.NOT_IN_FORCE


def test_of_a_kind_that_is_promulgated_the_enactment_does_not_tell_since_when_it_holds(site):
    law = make_regulation("uu", "14", 2008, promulgated_on=None)
    assert status.of(law, TODAY) == Standing(Status.IN_FORCE, "")
    decree = make_regulation("keppres", "5", 2008, promulgated_on=None)
    assert status.of(decree, TODAY).reason == "Berlaku sejak 25 November 2008."
