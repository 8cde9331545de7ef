"""What the office clock refuses, and the laws it keeps on starts and lengths that nobody chose."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.clock import Hours, HoursRow, OfficeClock, Target, TargetUnit
from siptenan.common.dates import WIB

CLOCK = OfficeClock(
    [
        HoursRow(0, 3, Hours(time(7, 30), time(16, 30), time(12), time(13))),
        HoursRow(4, 4, Hours(time(7, 30), time(14, 30), time(11, 30), time(13))),
        HoursRow(0, 4, Hours(time(8), time(15)), date(2026, 2, 19), date(2026, 3, 20), "Ramadan"),
    ],
    {date(2026, 3, day): "Lebaran" for day in (18, 19, 20, 23, 24)} | {date(2027, 1, 1): "Tahun Baru"},
)

NOON = datetime(2026, 11, 23, 12, tzinfo=WIB)
NAIVE = NOON.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("is_open", (NAIVE,)),
        ("next_opening", (NAIVE,)),
        ("closes_at", (NAIVE,)),
        ("add_minutes", (NAIVE, 1)),
        ("add_days", (NAIVE, 1)),
        ("minutes_between", (NAIVE, NOON)),
        ("minutes_between", (NOON, NAIVE)),
        ("explain", (NAIVE, Target(1, TargetUnit.DAYS), NOON)),
        ("explain", (NOON, Target(1, TargetUnit.DAYS), NAIVE)),
    ],
)
def test_a_time_without_a_zone_is_refused(method, arguments):
    with pytest.raises(ValueError, match="no time zone"):
        getattr(CLOCK, method)(*arguments)


def test_a_datetime_is_never_taken_for_a_date():
    at = datetime(2026, 12, 25, tzinfo=WIB)
    for ask in (CLOCK.hours_on, CLOCK.holiday_on, lambda day: OfficeClock((), {day: "Natal"})):
        with pytest.raises(ValueError, match="Pass a date"):
            ask(at)


def test_counts_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="forward only"):
        CLOCK.add_minutes(NOON, -1)
    with pytest.raises(ValueError, match="counted from 1"):
        CLOCK.add_days(NOON, 0)
    with pytest.raises(ValueError, match="paling sedikit 1"):
        Target(0, TargetUnit.DAYS)
    with pytest.raises(ValueError, match="weeks"):
        Target(1, "weeks")


def test_a_unit_read_from_a_database_is_understood():
    assert Target(2, "days") == Target(2, TargetUnit.DAYS)
    assert Target(2, "hours").unit is TargetUnit.HOURS


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((time(16), time(8)), "berurutan"),
        ((time(8), time(8)), "berurutan"),
        ((time(8), time(16), time(13), time(12)), "berurutan"),
        ((time(8), time(16), time(8), time(9)), "berurutan"),
        ((time(8), time(16), time(15), time(16)), "berurutan"),
        ((time(8), time(16), time(12)), "kosongkan keduanya"),
        ((time(8), time(16), None, time(13)), "kosongkan keduanya"),
    ],
)
def test_hours_out_of_order_are_refused(hours, words):
    with pytest.raises(ValueError, match=words):
        Hours(*hours)


def test_midnight_is_an_opening_time_like_any_other():
    assert Hours(time(0), time(1)).stretches == ((time(0), time(1)),)
    with pytest.raises(ValueError, match="berurutan"):
        Hours(time(8), time(16), time(0), time(13))


@pytest.mark.parametrize(("first", "last"), [(4, 0), (-1, 3), (0, 7)])
def test_weekdays_out_of_order_are_refused(first, last):
    with pytest.raises(ValueError, match="Hari pertama"):
        HoursRow(first, last, Hours(time(8), time(16)))


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="Tanggal mulai"):
        HoursRow(0, 4, Hours(time(8), time(15)), date(2026, 2, 19), date(2026, 2, 18))


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 2, 1), timezones=st.sampled_from([WIB, UTC]))
whole_minutes = instants.map(lambda at: at.replace(second=0, microsecond=0))
minutes = st.integers(0, 5000)
reproducible = settings(deadline=None, derandomize=True, database=None)


@reproducible
@given(instants, minutes)
def test_what_was_added_is_what_is_measured(start, n):
    due = CLOCK.add_minutes(start, n)
    assert due >= start
    assert CLOCK.minutes_between(start, due) == n


@reproducible
@given(instants, instants, minutes, minutes)
def test_later_or_longer_is_never_due_earlier(one, other, n, more):
    early, late = sorted((one, other))
    assert CLOCK.add_minutes(early, n) <= CLOCK.add_minutes(late, n)
    assert CLOCK.add_minutes(early, n) <= CLOCK.add_minutes(early, n + more)
    assert CLOCK.add_days(early, 1 + n % 20) <= CLOCK.add_days(late, 1 + n % 20)


@reproducible
@given(instants, minutes, st.integers(1, 5000))
def test_counting_in_two_goes_is_counting_at_once(start, n, more):
    assert CLOCK.add_minutes(CLOCK.add_minutes(start, n), more) == CLOCK.add_minutes(start, n + more)


@reproducible
@given(whole_minutes, whole_minutes, whole_minutes)
def test_working_time_adds_up(a, b, c):
    a, b, c = sorted((a, b, c))
    assert CLOCK.minutes_between(a, c) == CLOCK.minutes_between(a, b) + CLOCK.minutes_between(b, c)


@settings(reproducible, max_examples=30)
@given(whole_minutes, st.integers(0, 4000))
def test_working_time_is_the_minutes_at_which_the_office_is_open(start, length):
    instants_between = [start + timedelta(minutes=n) for n in range(length)]
    end = start + timedelta(minutes=length)
    assert CLOCK.minutes_between(start, end) == sum(map(CLOCK.is_open, instants_between))
