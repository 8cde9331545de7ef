"""Postal address: six parts, of which street and city are needed."""

from __future__ import annotations

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

ADDRESS = field_types.get("address")
WHOLE = {
    "street": "Jl. Contoh No. 1",
    "rt_rw": "003/005",
    "village": "Contoh Lor",
    "district": "Contoh Timur",
    "city": "Kota Pekalongan",
    "postcode": "51111",
}
SHOWN = "Jl. Contoh No. 1, RT/RW 003/005, Contoh Lor, Contoh Timur, Kota Pekalongan, 51111"


def test_all_parts_are_stored_and_shown_in_the_order_of_an_envelope():
    given_answer = answer(sent("address", WHOLE))
    assert given_answer == WHOLE
    assert ADDRESS.display(given_answer) == ADDRESS.export(given_answer) == SHOWN


def test_parts_left_out_leave_no_trace():
    given_answer = answer(
        sent("address", {"street": " Jl. Contoh ", "city": "Pekalongan", "rt_rw": "", "district": " "})
    )
    assert given_answer == {"street": "Jl. Contoh", "city": "Pekalongan"}
    assert ADDRESS.display(given_answer) == "Jl. Contoh, Pekalongan"


@pytest.mark.parametrize("blank", [{}, {"street": "", "city": ""}, {"street": "  ", "city": "\t"}])
def test_required_and_not(blank):
    assert answer(sent("address", blank)) == ""
    assert errors(sent("address", blank, required=True)) == ["Isian belum diisi."]


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize(
    ("missing", "words"),
    [("street", "Jalan dan nomor belum diisi."), ("city", "Kota atau kabupaten belum diisi.")],
)
@pytest.mark.parametrize("typed", ["", "   "])
def test_half_an_address_is_none(required, missing, words, typed):
    assert errors(sent("address", {**WHOLE, missing: typed}, required=required)) == [words]


@pytest.mark.parametrize(
    ("part", "typed", "words"),
    [
        ("postcode", "5111", "Kode pos: terdiri dari 5 angka. Contoh: 51111."),
        ("postcode", "511111", "Kode pos: terdiri dari 5 angka. Contoh: 51111."),
        ("postcode", "\u0665\u0661\u0661\u0661\u0661", "Kode pos: terdiri dari 5 angka. Contoh: 51111."),
        ("street", "x" * 161, "Jalan dan nomor: terlalu panjang: paling banyak 160 huruf."),
        ("village", "x" * 81, "Kelurahan atau desa: terlalu panjang: paling banyak 80 huruf."),
    ],
)
def test_each_part_is_refused_by_name(part, typed, words):
    assert errors(sent("address", {**WHOLE, part: typed})) == [words]
    assert errors(sent("address", {**WHOLE, part: typed}, error_text="Tulis alamat surat.")) == ["Tulis alamat surat."]


def test_several_faults_are_named_together():
    assert errors(sent("address", {"rt_rw": "003/005", "postcode": "x"})) == [
        "Jalan dan nomor belum diisi.",
        "Kota atau kabupaten belum diisi.",
        "Kode pos: terdiri dari 5 angka. Contoh: 51111.",
    ]


@pytest.mark.parametrize("part", WHOLE)
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_stored_whole_or_refused_in_words(part, typed):
    form = sent("address", {**WHOLE, part: typed})
    if form.is_valid():
        assert answer(form)[part] == typed
    else:
        assert all(words.endswith(".") for words in errors(form))


def test_no_nul_byte_is_stored():
    assert errors(sent("address", {**WHOLE, "street": "Jl.\0Contoh"}))


def test_wrong_names_and_lists():
    assert answer(sent("address", {"": "Jl.", "country": "ID"})) == ""
    assert answer(sent("address", {**WHOLE, "street": ["Jl. Satu", "Jl. Dua"]}))["street"] == "Jl. Dua"


def test_what_was_typed_is_still_there():
    typed = {**WHOLE, "street": "</script>“Jl”", "postcode": "satu"}
    shown = {element["name"]: element["value"] for element in control(sent("address", typed)).select("input")}
    assert shown == {f"isian-{name}": text for name, text in typed.items()}


def test_controls():
    form = sent("address", WHOLE)
    assert_everything_sent_is_carried(form)
    assert_every_control_is_named(form)
    assert form["isian"].use_fieldset
    optional = [label.get_text(" ", strip=True) for label in control(form).select("label") if label.select(".optional")]
    assert optional == [f"{label} (tidak wajib)" for label in ("RT/RW", "Kelurahan atau desa", "Kecamatan", "Kode pos")]
    hints = {element["name"]: element.get("autocomplete") for element in control(form).select("input")}
    assert hints["isian-postcode"] == "postal-code"


def test_what_machines_read():
    assert ADDRESS.search_text(WHOLE) == SHOWN
    assert ADDRESS.fingerprint(WHOLE) == WHOLE
    assert ADDRESS.comparable(WHOLE) == [SHOWN]
    assert_old_answers_stay("address", WHOLE, SHOWN)
