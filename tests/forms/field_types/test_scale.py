"""Scale: one grade of a survey such as the SKM, stored as number and word."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms import field_types
from tests.forms.field_types.asked import (
    HOSTILE,
    answer,
    assert_every_control_is_named,
    assert_everything_sent_is_carried,
    assert_old_answers_stay,
    control,
    errors,
    sent,
)

SCALE = field_types.get("scale")
GRADES = "Tidak mudah\nKurang mudah\nMudah\nSangat mudah"
WRONG = "Pilih salah satu jawaban yang tersedia."


@pytest.mark.parametrize(("grade", "label"), list(enumerate(GRADES.splitlines(), 1)))
def test_a_grade_is_stored_with_its_word(grade, label):
    given_answer = answer(sent("scale", str(grade), choices=GRADES))
    assert given_answer == {"value": grade, "label": label}
    assert SCALE.display(given_answer) == SCALE.export(given_answer) == f"{label} ({grade})"


@pytest.mark.parametrize("typed", ["0", "5", "-1", "1.0", "01", "Mudah", *HOSTILE.values()])
def test_what_is_no_grade_is_refused(typed):
    assert errors(sent("scale", typed, choices=GRADES)) == [WRONG]


def test_required_and_not():
    assert answer(sent("scale", choices=GRADES)) == answer(sent("scale", "", choices=GRADES)) == ""
    assert errors(sent("scale", choices=GRADES, required=True)) == ["Isian belum dipilih."]
    assert errors(sent("scale", "9", choices=GRADES, error_text="Pilih satu.")) == ["Pilih satu."]
    assert answer(sent("scale", {"": ["1", "3"]}, choices=GRADES))["value"] == 3


def test_the_grade_is_still_chosen():
    form = sent("scale", "3", choices=GRADES)
    assert [element["value"] for element in control(form).select("[checked]")] == ["3"]
    assert control(sent("scale", choices=GRADES)).select("[checked]") == []


def test_controls():
    form = sent("scale", "3", choices=GRADES)
    assert_everything_sent_is_carried(form)
    assert_every_control_is_named(form)
    assert form["isian"].use_fieldset


def test_what_machines_read():
    stored = {"value": 2, "label": "Kurang mudah"}
    assert SCALE.comparable(stored) == ["Kurang mudah", "2"]
    assert SCALE.rank(stored) == Decimal(2)
    assert SCALE.fingerprint(stored) == stored
    assert SCALE.search_text(stored) == ""
    assert_old_answers_stay("scale", stored, "Kurang mudah (2)")
