"""The reference tables start filled, once; what staff change stays changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps

from siptenan.common.models import Channel, Kelurahan, OfficeSettings, Unit, WorkingHours
from siptenan.common.reference_data import fill_empty_tables, rows

pytestmark = pytest.mark.django_db


def fill() -> None:
    fill_empty_tables(apps.get_app_config("common"), using="default")


def test_the_city_has_27_kelurahan_in_four_kecamatan():
    assert Kelurahan.objects.count() == 27
    assert set(Kelurahan.objects.values_list("kecamatan", flat=True)) == {
        "Pekalongan Barat",
        "Pekalongan Timur",
        "Pekalongan Utara",
        "Pekalongan Selatan",
    }
    assert all(code.startswith("33.75.") for code in Kelurahan.objects.values_list("code", flat=True))
    assert str(Kelurahan.objects.get(name="Podosugih")) == "Podosugih (Pekalongan Barat)"


def test_the_channels_that_the_forms_rely_on_are_there():
    codes = set(Channel.objects.values_list("code", flat=True))
    assert {Channel.DEFAULT_CODE, Channel.UNKNOWN_CODE, "loket", "ig", "wa"} <= codes


def test_units_convert_to_a_unit_of_the_table():
    codes = set(Unit.objects.values_list("code", flat=True))
    for unit in Unit.objects.exclude(factor=None):
        assert unit.factor > 0
        assert unit.base_unit in codes | {"IDR"}, unit.code
    assert Unit.objects.get(code="kodi").factor == 20
    assert Unit.objects.get(code="besek").factor is None


def test_the_hours_are_those_of_the_manual():
    lines = [str(row) for row in OfficeSettings.load().working_hours.all()]
    assert lines == ["Senin - Kamis: 07:30 - 16:30 WIB", "Jumat: 07:30 - 14:30 WIB"]
    friday = WorkingHours.objects.get(first_weekday=4)
    assert (friday.break_starts, friday.break_ends) == (dt.time(11, 30), dt.time(13, 0))


def test_a_second_migrate_changes_nothing():
    Channel.objects.filter(code="linktree").delete()
    Channel.objects.filter(code="ig").update(name="IG dinas")
    WorkingHours.objects.filter(first_weekday=4).delete()
    fill()
    assert not Channel.objects.filter(code="linktree").exists()
    assert Channel.objects.get(code="ig").name == "IG dinas"
    assert WorkingHours.objects.count() == 1
    assert (Kelurahan.objects.count(), Unit.objects.count()) == (27, 33)


def test_an_emptied_table_is_filled_again():
    Unit.objects.all().delete()
    OfficeSettings.objects.all().delete()
    fill()
    assert Unit.objects.count() == 33
    assert WorkingHours.objects.count() == 2


def test_empty_cells_of_a_file_stay_empty():
    besek = next(row for row in rows("units") if row["code"] == "besek")
    assert besek["factor"] is None
