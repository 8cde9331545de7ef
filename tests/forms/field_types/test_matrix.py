"""Matrix: several questions with the same choices; the answer keeps the words of rows and choices."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forms import field_types
from tests.forms.field_types.asked import (
    HOSTILE,
    answer,
    assert_every_control_is_named,
    assert_everything_sent_is_carried,
    assert_old_answers_stay,
    control,
    errors,
    row,
    sent,
)

MATRIX = field_types.get("matrix")
TABLE = {"rows": "Kecepatan\nKesopanan", "choices": "Kurang\nBaik, sekali"}
STORED = {"Kecepatan": "Kurang", "Kesopanan": "Baik, sekali"}
SHOWN = "Kecepatan: Kurang\nKesopanan: Baik, sekali"


def test_each_row_is_stored_under_its_words():
    given_answer = answer(sent("matrix", {"1": "Kurang", "2": "Baik, sekali"}, **TABLE))
    assert given_answer == STORED
    assert MATRIX.display(given_answer) == MATRIX.export(given_answer) == SHOWN


def test_required_means_every_row():
    assert errors(sent("matrix", {}, required=True, **TABLE)) == ["Isian: pilih jawaban untuk setiap baris."]
    assert errors(sent("matrix", {"2": "Kurang"}, required=True, **TABLE)) == ["Kecepatan belum dipilih."]
    assert answer(sent("matrix", {}, **TABLE)) == ""
    assert answer(sent("matrix", {"2": "Kurang"}, **TABLE)) == {"Kesopanan": "Kurang"}


@pytest.mark.parametrize("typed", ["Ungu", "1", *HOSTILE.values()])
def test_what_is_no_choice_is_refused_by_the_name_of_its_row(typed):
    form = sent("matrix", {"1": typed, "2": "Kurang"}, **TABLE)
    assert errors(form) == ["Kecepatan: Pilih salah satu jawaban yang tersedia."]
    form = sent("matrix", {"1": typed, "2": "Kurang"}, error_text="Nilai semua.", **TABLE)
    assert errors(form) == ["Nilai semua."]


def test_wrong_names_and_lists():
    assert answer(sent("matrix", {"": "Kurang", "0": "Kurang", "3": "Kurang", "Kecepatan": "Kurang"}, **TABLE)) == ""
    assert answer(sent("matrix", {"1": ["Kurang", "Baik, sekali"]}, **TABLE)) == {"Kecepatan": "Baik, sekali"}


def test_the_choices_are_still_chosen():
    shown = control(sent("matrix", {"1": "Kurang", "2": "Ungu"}, **TABLE))
    assert [(element["name"], element["value"]) for element in shown.select("[checked]")] == [("isian-1", "Kurang")]


def test_controls():
    form = sent("matrix", {"1": "Kurang"}, **TABLE)
    assert_everything_sent_is_carried(form)
    assert_every_control_is_named(form)
    groups = control(form).select("[role=group]")
    assert [control(form).find(id=group["aria-labelledby"]).get_text() for group in groups] == [
        "Kecepatan",
        "Kesopanan",
    ]
    identities = [element["id"] for element in control(form).select("[id]")]
    assert len(identities) == len(set(identities))


def test_the_summary_of_errors_finds_it():
    assert control(sent("matrix", {}, required=True, **TABLE)).find(id="id_isian_0") is not None


def test_what_machines_read():
    assert MATRIX.comparable(STORED) == ["Kurang", "Baik, sekali"]
    assert MATRIX.fingerprint(STORED) == STORED
    assert MATRIX.search_text(STORED) == ""


def test_old_answers_outlive_rows_and_choices():
    assert_old_answers_stay("matrix", STORED, SHOWN)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rows": ""}, "Isi paling sedikit satu baris."),
        ({"rows": "Kecepatan\nKecepatan "}, "Dua baris tidak boleh sama: jawabannya akan tertukar."),
        ({"choices": " "}, "Isi paling sedikit satu pilihan, satu per baris."),
    ],
)
def test_the_editor_is_told_what_is_wrong(values, words):
    with pytest.raises(ValidationError) as refusal:
        row("matrix", **{**TABLE, **values}).clean()
    assert refusal.value.messages == [words]
