"""Quantity: a whole number with its unit, which an editor fixes or a person chooses."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from forms import field_types
from siptenan.common import generation
from siptenan.common.models import Unit
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

QUANTITY = field_types.get("quantity")
STORED = {"value": "1500", "unit": "x-kodi", "unit_name": "kodi contoh"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units():
    Unit.objects.create(code="x-kodi", name="kodi contoh")
    Unit.objects.create(code="x-kg", name="kilogram contoh")
    generation.forget()


def test_a_number_and_a_unit_that_was_chosen():
    given_answer = answer(sent("quantity", {"value": "1.500", "unit": "x-kodi"}))
    assert given_answer == STORED
    assert QUANTITY.display(given_answer) == QUANTITY.export(given_answer) == "1.500 kodi contoh"


def test_a_unit_that_the_editor_fixed():
    assert answer(sent("quantity", {"value": "1500", "unit": "x-kodi"}, unit="x-kodi")) == STORED
    options = control(sent("quantity", {}, unit="x-kodi")).select("option")
    assert [(option["value"], option.get_text()) for option in options] == [("x-kodi", "kodi contoh")]
    assert answer(sent("quantity", {"value": "", "unit": "x-kodi"}, unit="x-kodi")) == ""


def test_nobody_is_led_to_a_unit():
    """Chosen in advance, the wrong one would be sent."""
    first = control(sent("quantity", {})).select("option")[0]
    assert (first["value"], first.get_text()) == ("", "Pilih …")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "5"}, ["Satuan belum dipilih."]),
        ({"value": "5", "unit": ""}, ["Satuan belum dipilih."]),
        ({"value": "", "unit": "x-kodi"}, ["Jumlah belum diisi."]),
        ({"value": " ", "unit": "x-kodi"}, ["Jumlah belum diisi."]),
        ({"value": "5", "unit": "x-none"}, ["Satuan: Pilih satuan yang tersedia."]),
        (
            {"value": "lima", "unit": "x-kodi"},
            ["Jumlah: Tulis angka saja. Contoh: 1.500.000 atau 12,5."],
        ),
        ({"value": "5,5", "unit": "x-kodi"}, ["Jumlah: Tulis angka bulat, tanpa koma. Contoh: 1.500.000."]),
    ],
)
def test_refuses_in_these_words(typed, words):
    assert errors(sent("quantity", typed)) == words


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"value": "5"}, ["isian-unit"]),
        ({"unit": "x-kodi"}, ["isian-value"]),
        ({"value": "lima", "unit": "x-kodi"}, ["isian-value"]),
        ({"value": "lima"}, ["isian-value", "isian-unit"]),
        ({"value": "", "unit": ""}, ["isian-value", "isian-unit"]),
        ({"value": "5", "unit": "x-kodi"}, []),
    ],
)
def test_only_the_part_that_is_wrong_is_marked(typed, wrong):
    form = sent("quantity", typed, required=True)
    marked = control(form).select("[aria-invalid=true]")
    assert [element["name"] for element in marked] == wrong
    assert {element.get("aria-describedby") for element in control(form).select("input, select")} <= {
        None, "id_isian_error",
    }  # fmt: skip
    assert all(element["aria-describedby"] == "id_isian_error" for element in marked)
    assert "wrong_parts" not in str(form["isian"])


def test_the_summary_leads_to_the_part_that_is_wrong():
    def led_to(typed: dict[str, str], **values: str) -> list[tuple[str, str]]:
        form = sent("quantity", typed, **values)
        page = BeautifulSoup(render_to_string("components/error_summary.html", {"form": form}), "html.parser")
        return [(link["href"], link.get_text()) for link in page.select("a")]

    assert led_to({"value": "5"}) == [("#id_isian_1", "Isian: Satuan belum dipilih.")]
    assert led_to({"value": "x"}, error_text="Berapa kodi?") == [
        ("#id_isian_1", "Isian: Satuan belum dipilih."),
        ("#id_isian_0", "Isian: Berapa kodi?"),
    ]
    assert led_to({"unit": "x-kodi"}, label="Berapa?", clean_name="isian") == [
        ("#id_isian_0", "Berapa? Jumlah belum diisi.")
    ]


def test_required_and_not():
    assert answer(sent("quantity", {})) == ""
    assert answer(sent("quantity", {"value": " ", "unit": ""})) == ""
    assert errors(sent("quantity", {}, required=True)) == ["Isian belum diisi."]
    assert errors(sent("quantity", {"value": " ", "unit": ""}, required=True)) == ["Isian belum diisi."]


def test_the_editors_limits_and_words():
    typed = {"value": "1.000", "unit": "x-kodi"}
    assert errors(sent("quantity", typed, max_value=500)) == ["Jumlah: Isian paling banyak 500."]
    assert errors(sent("quantity", typed, min_value=5000)) == ["Jumlah: Isian paling sedikit 5.000."]
    assert errors(sent("quantity", {**typed, "value": "x"}, error_text="Berapa kodi?")) == ["Berapa kodi?"]
    assert errors(sent("quantity", {}, error_text="Berapa kodi?", required=True)) == ["Isian belum diisi."]


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_in_words(typed):
    for parts in ({"value": typed, "unit": "x-kodi"}, {"value": "5", "unit": typed}, {"value": typed, "unit": typed}):
        found = errors(sent("quantity", parts))
        assert found
        assert all(words.endswith(".") for words in found)


def test_wrong_names_and_lists():
    assert answer(sent("quantity", {"": "5", "weight": "5", "0": "5"})) == ""
    assert answer(sent("quantity", {"value": ["1", "1500"], "unit": ["x-kg", "x-kodi"]})) == STORED


def test_what_was_typed_is_still_there():
    shown = control(sent("quantity", {"value": "lima <b>", "unit": "x-kg"}))
    assert shown.input["value"] == "lima <b>"
    assert [option["value"] for option in shown.select("option[selected]")] == ["x-kg"]


def test_controls():
    form = sent("quantity", {"value": "5", "unit": "x-kg"})
    assert_everything_sent_is_carried(form)
    assert_every_control_is_named(form)
    assert control(form).input["inputmode"] == "numeric"


def test_what_machines_read():
    assert QUANTITY.comparable(STORED) == Decimal(1500)
    assert QUANTITY.fingerprint(STORED) == STORED
    assert "kodi contoh" in QUANTITY.search_text(STORED)


def test_an_old_answer_keeps_the_name_of_its_unit():
    Unit.objects.filter(code="x-kodi").update(name="dua puluh potong")
    generation.forget()
    assert_old_answers_stay("quantity", STORED, "1.500 kodi contoh")
    Unit.objects.filter(code="x-kodi").delete()
    generation.forget()
    assert_old_answers_stay("quantity", STORED, "1.500 kodi contoh")
