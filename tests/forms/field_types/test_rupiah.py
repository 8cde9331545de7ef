"""Rupiah: whole amounts in any writing, shown as money, exported as a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

RUPIAH = field_types.get("rupiah")
WRONG = "Tulis jumlah rupiah dengan angka. Contoh: 1.500.000."
WHOLE = "Tulis angka bulat, tanpa koma. Contoh: 1.500.000."
TOO_MUCH = "Isian terlalu besar: paling banyak Rp 10.000.000.000.000."


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("1500000", "1500000", "Rp 1.500.000"),
        ("1.500.000", "1500000", "Rp 1.500.000"),
        ("Rp 1.500.000,-", "1500000", "Rp 1.500.000"),
        ("Rp. 1.500.000,00", "1500000", "Rp 1.500.000"),
        ("1 500 000", "1500000", "Rp 1.500.000"),
        ("2.500", "2500", "Rp 2.500"),
        ("2500", "2500", "Rp 2.500"),
        ("0", "0", "Rp 0"),
        ("  ", "", ""),
    ],
)
def test_an_amount_in_any_writing(typed, stored, shown):
    given_answer = answer(sent("rupiah", typed))
    assert given_answer == stored
    assert RUPIAH.display(given_answer) == shown


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("satu juta", WRONG),
        ("1,5 juta", WRONG),
        ("USD 5", WRONG),
        ("1,500,000", WRONG),
        ("NaN", WRONG),
        ("2500,50", WHOLE),
        ("2.5", WHOLE),
        ("-5000", "Isian tidak boleh kurang dari Rp 0."),
        ("10.000.000.000.001", TOO_MUCH),
        ("9" * 30, TOO_MUCH),
    ],
)
def test_refuses_in_these_words(typed, words):
    form = sent("rupiah", typed)
    assert errors(form) == [words]
    assert control(form).input["value"] == typed


def test_the_editors_limits_are_money_too():
    assert errors(sent("rupiah", "999", min_value=1000)) == ["Isian paling sedikit Rp 1.000."]
    assert errors(sent("rupiah", "6.000.000", max_value=5_000_000)) == ["Isian paling banyak Rp 5.000.000."]
    assert errors(sent("rupiah", "x", error_text="Tulis modal Anda.")) == ["Tulis modal Anda."]
    assert errors(sent("rupiah", required=True, error_text="Tulis modal Anda.")) == ["Isian belum diisi."]
    assert answer(sent("rupiah")) == ""


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_in_words(typed):
    assert all(words.endswith(".") for words in errors(sent("rupiah", typed)))
    assert errors(sent("rupiah", typed))


def test_two_values_where_one_is_asked_for():
    assert answer(sent("rupiah", {"": ["1000", "2000"]})) == "2000"


def test_what_machines_read():
    assert RUPIAH.export("1500000") == "1500000"
    assert RUPIAH.comparable("1500000") == RUPIAH.rank("1500000") == Decimal(1_500_000)
    assert RUPIAH.fingerprint("1500000") == "1500000"
    assert "1.500.000" in RUPIAH.search_text("1500000")
    assert_old_answers_stay("rupiah", "1500000", "Rp 1.500.000")


def test_its_control_is_for_a_phone():
    form = sent("rupiah", "1")
    assert control(form).input["inputmode"] == "numeric"
    assert_everything_sent_is_carried(form)


def test_a_percent_sign_in_a_label_is_only_a_percent_sign():
    for kind, typed in (("rupiah", "-1"), ("rupiah", "9" * 15), ("number", "9"), ("singleline", "x" * 9000)):
        (said,) = errors(sent(kind, typed, label="Kapasitas 50% terpasang", clean_name="isian", max_value="5"))
        assert said.startswith("Kapasitas 50% terpasang ")
    assert errors(sent("number", "9", max_value="5", error_text="Paling 5% saja.")) == ["Paling 5% saja."]


@given(st.integers(min_value=0, max_value=10**13))
def test_an_amount_as_it_is_shown_can_be_typed_again(amount):
    assert answer(sent("rupiah", RUPIAH.display(str(amount)))) == str(amount)
