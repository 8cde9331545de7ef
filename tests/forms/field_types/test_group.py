"""Group: begins questions that are filled in several times, and asks nothing itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forms import field_types
from forms.questions import Question
from tests.forms.field_types.asked import question, row, sent

GROUP = field_types.get("group")


def test_it_asks_nothing():
    form = sent("group", "something", required=True)
    assert form.is_valid()
    assert "isian" not in form.fields
    assert form.answers() == {}
    with pytest.raises(TypeError):
        GROUP.form_field(question("group"))


def test_it_survives_its_way_through_json():
    group = question("group", help_text="Satu per satu.", max_repeats=7)
    assert group.repeats == 7
    assert Question.from_json(group.as_json()) == group


def test_only_a_group_repeats():
    assert question("singleline", max_repeats=7).repeats == 1
    assert question("section", max_repeats=7).repeats == 1


def test_an_editor_needs_no_more_than_a_title():
    row("group").clean()
    with pytest.raises(ValidationError) as refusal:
        row("group", role="business").clean()
    assert list(refusal.value.message_dict) == ["role"]


def test_the_editor_sees_how_often_for_groups_only():
    using = {code for code, columns in field_types.editor_columns().items() if "max_repeats" in columns}
    assert using == {"group"}
