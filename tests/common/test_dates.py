from datetime import UTC, date, datetime

import pytest

from siptenan.common.dates import WIB, format_date, format_datetime, format_day, in_wib, read_date


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 23), "Senin, 23 November 2026"),
        (date(2026, 11, 24), "Selasa, 24 November 2026"),
        (date(2026, 8, 5), "Rabu, 5 Agustus 2026"),
        (date(2026, 1, 1), "Kamis, 1 Januari 2026"),
        (date(2026, 5, 1), "Jumat, 1 Mei 2026"),
        (date(2026, 2, 28), "Sabtu, 28 Februari 2026"),
        (date(2028, 12, 31), "Minggu, 31 Desember 2028"),
    ],
)
def test_a_date_is_written_in_indonesian(day, text):
    assert format_date(day) == text


def test_a_day_without_its_weekday():
    assert format_day(date(2026, 9, 30)) == "30 September 2026"


def test_every_month_has_its_name():
    months = [format_date(date(2026, month, 1)).split()[2] for month in range(1, 13)]
    assert months == [
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ]


def test_a_time_is_written_as_in_indonesia_without_seconds():
    assert format_datetime(datetime(2026, 11, 24, 14, 3, 59, tzinfo=WIB)) == "Selasa, 24 November 2026, 14.03 WIB"


def test_the_day_is_that_of_the_office_not_of_utc():
    late = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)
    assert format_datetime(late) == "Jumat, 1 Januari 2027, 00.05 WIB"
    assert format_date(late) == "Jumat, 1 Januari 2027"
    assert in_wib(late) == late


@pytest.mark.parametrize("function", [in_wib, format_date, format_datetime])
def test_a_time_without_a_zone_is_refused(function):
    with pytest.raises(ValueError, match="no time zone"):
        function(datetime(2026, 11, 24, 14, 3))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12/11/2020", date(2020, 11, 12)),
        ("1-2-2020", date(2020, 2, 1)),
        (" 12.11.2020 ", date(2020, 11, 12)),
        ("12 November 2020", date(2020, 11, 12)),
        ("12 nopember 2020", date(2020, 11, 12)),
        ("5 Agt. 2019", date(2019, 8, 5)),
        ("2020-11-12", date(2020, 11, 12)),
        ("2020-11-12 00:00:00", date(2020, 11, 12)),
        ("11/25/2020", None),
        ("31/2/2020", None),
        ("12/11/20", None),
        ("12/11-2020", None),
        ("12 Brumaire 2020", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(written, day):
    assert read_date(written) == day
