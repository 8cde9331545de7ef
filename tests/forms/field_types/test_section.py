"""Section: begins a part of the form and asks nothing."""

from __future__ import annotations

import pytest

from forms import field_types
from forms.questions import Question
from tests.forms.field_types.asked import question, row, sent

SECTION = field_types.get("section")


def test_it_asks_nothing():
    form = sent("section", "something", required=True)
    assert form.is_valid()
    assert "isian" not in form.fields
    assert form.answers() == {}
    assert (form.asked_keys, form.carried({"isian"})) == (set(), [])
    with pytest.raises(TypeError):
        SECTION.form_field(question("section"))


def test_it_shows_no_answer_whatever_stands_in_the_ticket():
    assert not SECTION.is_question
    assert field_types.shown(question("section"), {}) == ""


def test_it_survives_its_way_through_json():
    section = question("section", help_text="Siapa Anda.", show_if_key="x", show_if_operator="filled")
    assert Question.from_json(section.as_json()) == section


def test_an_editor_needs_no_more_than_a_title():
    row("section").clean()
