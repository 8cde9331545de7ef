"""Year: four digits, never grouped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms import field_types
from tests.forms.field_types.asked import (
    HOSTILE,
    answer,
    assert_everything_sent_is_carried,
    assert_old_answers_stay,
    control,
    errors,
    sent,
)

YEAR = field_types.get("year")
WRONG = "Tulis tahun dengan empat angka. Contoh: 2015."
BEYOND = "Isian harus empat angka, antara 1900 dan 2199."


@pytest.mark.parametrize(("typed", "stored"), [("2015", "2015"), (" 2015 ", "2015"), ("1900", "1900"), ("", "")])
def test_a_year_is_stored_and_shown_as_it_is(typed, stored):
    given_answer = answer(sent("year", typed))
    assert given_answer == stored
    assert YEAR.display(given_answer) == YEAR.export(given_answer) == stored


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("dua ribu", WRONG),
        ("2.015", WRONG),
        ("2015,5", WRONG),
        ("12/2015", WRONG),
        ("15", BEYOND),
        ("0", BEYOND),
        ("-2015", BEYOND),
        ("20155", BEYOND),
    ],
)
def test_refuses_in_these_words(typed, words):
    form = sent("year", typed)
    assert errors(form) == [words]
    assert control(form).input["value"] == typed


def test_the_editors_limits():
    assert errors(sent("year", "2030", max_value=2026)) == ["Isian harus empat angka, antara 1900 dan 2026."]
    assert errors(sent("year", "1970", min_value=1980)) == ["Isian harus empat angka, antara 1980 dan 2199."]
    assert errors(sent("year", "1970", min_value=1980, error_text="Sejak 1980.")) == ["Sejak 1980."]
    assert errors(sent("year", required=True)) == ["Isian belum diisi."]


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_in_words(typed):
    assert errors(sent("year", typed)) in ([WRONG], [BEYOND])


def test_what_machines_read():
    assert YEAR.comparable("2015") == Decimal(2015)
    assert YEAR.fingerprint("2015") == YEAR.search_text("2015") == "2015"
    assert answer(sent("year", {"": ["2014", "2015"]})) == "2015"
    assert_old_answers_stay("year", "2015", "2015")


def test_its_control_is_for_a_phone():
    form = sent("year", "2015")
    assert (control(form).input["type"], control(form).input["inputmode"]) == ("text", "numeric")
    assert_everything_sent_is_carried(form)
