"""Kelurahan: one of the table, in groups by kecamatan; the answer keeps the names of its day."""

from __future__ import annotations

import pytest

from forms import field_types
from siptenan.common import generation
from siptenan.common.models import Kelurahan
from tests.forms.field_types.asked import (
    HOSTILE,
    answer,
    assert_everything_sent_is_carried,
    assert_old_answers_stay,
    control,
    errors,
    sent,
)

KELURAHAN = field_types.get("kelurahan")
CODE = "99.99.01.1001"
STORED = {"code": CODE, "name": "Contoh Lor", "kecamatan": "Contoh Timur"}
SHOWN = "Contoh Lor, Kecamatan Contoh Timur"
WRONG = "Pilih salah satu kelurahan di daftar."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def table():
    Kelurahan.objects.all().delete()
    Kelurahan.objects.create(code="99.99.02.1001", name="Contoh Kidul", kecamatan="Contoh Barat")
    Kelurahan.objects.create(code=CODE, name="Contoh Lor", kecamatan="Contoh Timur")
    generation.forget()


def test_the_answer_has_code_name_and_kecamatan():
    given_answer = answer(sent("kelurahan", CODE))
    assert given_answer == STORED
    assert KELURAHAN.display(given_answer) == KELURAHAN.export(given_answer) == SHOWN


def test_the_list_is_grouped_and_nothing_is_chosen_in_advance():
    shown = control(sent("kelurahan"))
    assert [group["label"] for group in shown.select("optgroup")] == [
        "Kecamatan Contoh Barat",
        "Kecamatan Contoh Timur",
    ]
    assert shown.select("option")[0].get_text() == "Pilih kelurahan …"
    assert [option["value"] for option in shown.select("[selected]")] in ([], [""])


@pytest.mark.parametrize("typed", ["Contoh Lor", "99.99.01.9999", "99.99.01", *HOSTILE.values()])
def test_what_is_not_in_the_list_is_refused(typed):
    assert errors(sent("kelurahan", typed)) == [WRONG]


def test_required_and_not():
    assert answer(sent("kelurahan")) == answer(sent("kelurahan", "")) == ""
    assert errors(sent("kelurahan", required=True)) == ["Isian belum dipilih."]
    assert errors(sent("kelurahan", "x", error_text="Pilih dari daftar, ya.")) == ["Pilih dari daftar, ya."]


def test_the_choice_is_still_chosen():
    form = sent("kelurahan", {"": ["99.99.02.1001", CODE]})
    assert [option["value"] for option in control(form).select("[selected]")] == [CODE]
    assert_everything_sent_is_carried(form)


def test_what_machines_read():
    assert KELURAHAN.comparable(STORED) == ["Contoh Lor", "Contoh Timur", CODE]
    assert KELURAHAN.fingerprint(STORED) == STORED
    assert "Contoh Lor" in KELURAHAN.search_text(STORED)


def test_an_old_answer_outlives_its_kelurahan():
    Kelurahan.objects.filter(code=CODE).update(name="Nama Baru", kecamatan="Lain")
    generation.forget()
    assert_old_answers_stay("kelurahan", STORED, SHOWN)
    Kelurahan.objects.all().delete()
    generation.forget()
    assert_old_answers_stay("kelurahan", STORED, SHOWN)
