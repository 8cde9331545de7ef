"""Information: a text between the questions, shown as text."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forms import field_types
from forms.questions import Question
from tests.factories import make_form
from tests.forms.field_types.asked import question, row, sent
from tests.forms.visitors import page_of


def test_it_asks_nothing():
    form = sent("info", "something", required=True, text="Bacalah.")
    assert form.is_valid()
    assert form.answers() == {}
    assert not field_types.get("info").is_question


def test_it_survives_its_way_through_json():
    info = question("info", text="Bacalah.\n\nSampai akhir.")
    assert Question.from_json(info.as_json()) == info


def test_an_editor_must_write_a_text():
    row("info", text="Bacalah.").clean()
    with pytest.raises(ValidationError) as refusal:
        row("info", text=" \n").clean()
    assert refusal.value.messages == ["Isi teksnya."]


def test_its_text_is_text(site, client):
    make_form(
        "baca",
        [{"label": "Bacalah", "field_type": "info", "text": "Satu <b>\n\nDua"}, {"label": "Nama"}],
        title="Baca",
    )
    shown = page_of(client.get("/kalindri/baca/")).select_one(".field-text")
    assert shown.h3.get_text() == "Bacalah"
    assert [paragraph.get_text() for paragraph in shown.select("p")] == ["Satu <b>", "Dua"]
    assert shown.select("input") == []
