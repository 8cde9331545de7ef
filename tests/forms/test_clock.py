"""The office clock against a calendar counted by hand (F3, C4 of acceptance.md) and its own laws."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from forms.clock import Hours, HoursRow, NoWorkingTime, OfficeClock, Schedule, Target, TargetUnit
from siptenan.common.dates import WIB

MON, THU, FRI = 0, 3, 4
HOURS, DAYS = TargetUnit.HOURS, TargetUnit.DAYS

# The manual's hours: 270 + 210 = 480 minutes Monday to Thursday, 240 + 90 = 330 on Friday, 37.5 hours a week.
MANUAL = (
    HoursRow(MON, THU, Hours(time(7, 30), time(16, 30), time(12), time(13)), name="Hari biasa"),
    HoursRow(FRI, FRI, Hours(time(7, 30), time(14, 30), time(11, 30), time(13)), name="Jumat"),
)
# Ramadan 1447 H, after Perpres 21/2023: 240 + 150 = 390 minutes, Friday 210 + 180 = 390, 32.5 hours a week.
RAMADAN_HOURS = Hours(time(8), time(15), time(12), time(12, 30))
RAMADAN_FRIDAY = Hours(time(8), time(15, 30), time(11, 30), time(12, 30))
RAMADAN = (
    HoursRow(MON, THU, RAMADAN_HOURS, date(2026, 2, 19), date(2026, 3, 20), "Ramadan 1447 H"),
    HoursRow(FRI, FRI, RAMADAN_FRIDAY, date(2026, 2, 19), date(2026, 3, 20), "Ramadan 1447 H"),
)
# SKB 3 Menteri for 2026 and 2027, the days these tests walk over (shared/data/libur.csv).
HOLIDAYS = {
    date(2026, 2, 16): "Cuti Bersama Tahun Baru Imlek",
    date(2026, 2, 17): "Tahun Baru Imlek",
    date(2026, 3, 18): "Cuti Bersama Hari Suci Nyepi",
    date(2026, 3, 19): "Hari Suci Nyepi",
    date(2026, 3, 20): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 3, 21): "Hari Raya Idul Fitri",
    date(2026, 3, 23): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 3, 24): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 8, 17): "Hari Kemerdekaan Republik Indonesia",
    date(2026, 12, 24): "Cuti Bersama Hari Raya Natal",
    date(2026, 12, 25): "Hari Raya Natal",
    date(2027, 1, 1): "Tahun Baru Masehi",
}
CLOCK = OfficeClock(MANUAL + RAMADAN, HOLIDAYS)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        # Friday 15:50: closed since 14:30; Monday 07:30 + 60 min
        ("2026-11-20 15:50", 60, "2026-11-23 08:30"),
        # before opening: Monday 07:30 + 120 min
        ("2026-11-23 06:10", 120, "2026-11-23 09:30"),
        # in lunch: it ends 13:00, + 30 min
        ("2026-11-23 12:20", 30, "2026-11-23 13:30"),
        # across lunch: 60 min to 12:00, 60 more from 13:00
        ("2026-11-23 11:00", 120, "2026-11-23 14:00"),
        # up to lunch: 120 min are full as lunch begins, so not 13:00
        ("2026-11-23 10:00", 120, "2026-11-23 12:00"),
        # the closing minute: at 16:30 nothing is left of Monday; Tuesday 07:30 + 60 min
        ("2026-11-23 16:30", 60, "2026-11-24 08:30"),
        # the minute before closing: 1 min to 16:30, the second one is Tuesday's first
        ("2026-11-23 16:29", 2, "2026-11-24 07:31"),
        # exactly one day: 270 + 210 = 480 is full at closing, so not Tuesday 07:30
        ("2026-11-23 07:30", 480, "2026-11-23 16:30"),
        # one day and a minute: 480 + Tuesday's first minute
        ("2026-11-23 07:30", 481, "2026-11-24 07:31"),
        # exactly one week: 4 x 480 + 330 = 2250 min = 37.5 h
        ("2026-11-23 07:30", 2250, "2026-11-27 14:30"),
        # across Friday prayer: 30 min to the prayer break at 11:30, 30 more from 13:00
        ("2026-11-20 11:00", 60, "2026-11-20 13:30"),
        # in Friday prayer, to closing: the break ends 13:00, + 90 min is closing time
        ("2026-11-20 12:15", 90, "2026-11-20 14:30"),
        # Saturday: all of Monday, 480 min
        ("2026-11-21 10:00", 480, "2026-11-23 16:30"),
        # holiday Monday: Friday 30 min to 14:30; Monday 17 August is free; Tuesday 07:30 + 30 min
        ("2026-08-14 14:00", 60, "2026-08-18 08:00"),
        # on a holiday: nothing counts on 17 August; Tuesday 07:30 + 15 min
        ("2026-08-17 10:00", 15, "2026-08-18 07:45"),
        # into Ramadan: Wednesday 30 min to 16:30; Ramadan's first Thursday opens 08:00, + 30 min
        ("2026-02-18 16:00", 60, "2026-02-19 08:30"),
        # in Ramadan: Thursday 15 to 12:00 + 150 from 12:30 to 15:00; Friday 210 to 11:30; 15 from 12:30
        ("2026-02-19 11:45", 390, "2026-02-20 12:45"),
        # Ramadan, cuti bersama, normal hours: Tuesday 30 min to 15:00; Wed 18 to Tue 24 March are free;
        # Wed 07:30 + 30 min
        ("2026-03-17 14:30", 60, "2026-03-25 08:00"),
        # cuti bersama: Wednesday 30 min; Thursday to Sunday are free; Monday 07:30 + 30 min
        ("2026-12-23 16:00", 60, "2026-12-28 08:00"),
        # across the new year: Thursday 30 min; Friday is free; Monday 270 to 12:00 + 180 from 13:00
        ("2026-12-31 16:00", 480, "2027-01-04 16:00"),
        # 0 minutes, open: nothing to count
        ("2026-11-23 09:17", 0, "2026-11-23 09:17"),
        # 0 minutes, shut: nothing to count, from the opening on
        ("2026-11-21 09:17", 0, "2026-11-23 07:30"),
        # seconds are kept: 30 s left of Monday, 30 s of Tuesday
        ("2026-11-23 16:29:30", 1, "2026-11-24 07:30:30"),
    ],
)
def test_working_minutes_as_counted_by_hand(start, minutes, due):
    assert CLOCK.add_minutes(wib(start), minutes) == wib(due)
    assert CLOCK.minutes_between(wib(start), wib(due)) == minutes


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        # Friday 15:00 (C4): Monday 1, Tuesday 2
        ("2026-11-20 15:00", 2, "2026-11-24 16:30"),
        # Friday 10:00: the same, the day of sending never counts
        ("2026-11-20 10:00", 2, "2026-11-24 16:30"),
        # Friday midnight
        ("2026-11-20 00:00", 2, "2026-11-24 16:30"),
        # holiday Monday (C4): Monday is a holiday, Tuesday 1, Wednesday 2
        ("2026-08-14 15:00", 2, "2026-08-19 16:30"),
        # due on a Friday: Friday 1, which closes earlier
        ("2026-11-19 09:00", 1, "2026-11-20 14:30"),
        # Saturday: Monday 1
        ("2026-11-21 10:00", 1, "2026-11-23 16:30"),
        # sent on a holiday: Tuesday 1
        ("2026-08-17 10:00", 1, "2026-08-18 16:30"),
        # into Ramadan: Thursday 1, in Ramadan hours
        ("2026-02-18 09:00", 1, "2026-02-19 15:00"),
        # cuti bersama: Wed-Fri, weekend, Mon-Tue are free; Wednesday 1
        ("2026-03-17 09:00", 1, "2026-03-25 16:30"),
        # across the new year: Thursday 31 December 1, Friday 1 January free, Monday 2
        ("2026-12-30 09:00", 2, "2027-01-04 16:30"),
    ],
)
def test_working_days_as_counted_by_hand(start, days, due):
    assert CLOCK.add_days(wib(start), days) == wib(due)
    assert CLOCK.due(wib(start), Target(days, DAYS)) == wib(due)


def test_a_target_in_hours_counts_hours():
    assert CLOCK.due(wib("2026-11-20 15:50"), Target(9, HOURS)) == wib("2026-11-24 08:30")


def test_the_calendar_day_is_that_of_the_office():
    after_midnight = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)  # Friday 01:00 in Pekalongan
    assert CLOCK.add_days(after_midnight, 1) == wib("2026-11-23 16:30")
    assert CLOCK.add_minutes(after_midnight, 1).isoformat() == "2026-11-20T07:31:00+07:00"


def test_adding_a_holiday_moves_the_due_time():
    start, target = wib("2026-11-20 15:00"), Target(2, DAYS)
    moved = OfficeClock(MANUAL, {date(2026, 11, 23): "Hari Contoh"})
    assert CLOCK.due(start, target) == wib("2026-11-24 16:30")
    assert moved.due(start, target) == wib("2026-11-25 16:30")


def test_time_spent_waiting_for_the_applicant_can_be_left_out():
    sent, asked, back, answered = map(
        wib, ("2026-11-23 09:00", "2026-11-23 10:00", "2026-11-25 10:00", "2026-11-25 10:30")
    )
    before = CLOCK.minutes_between(sent, asked)
    assert before == 60
    assert before + CLOCK.minutes_between(back, answered) == 90


@pytest.mark.parametrize(
    ("at", "is_open", "next_opening", "closes_at"),
    [
        ("2026-11-23 07:29:59", False, "2026-11-23 07:30", "2026-11-23 16:30"),
        ("2026-11-23 07:30", True, "2026-11-23 07:30", "2026-11-23 16:30"),
        ("2026-11-23 12:00", False, "2026-11-23 13:00", "2026-11-23 16:30"),
        ("2026-11-23 16:29:59", True, "2026-11-23 16:29:59", "2026-11-23 16:30"),
        ("2026-11-23 16:30", False, "2026-11-24 07:30", "2026-11-24 16:30"),
        ("2026-11-20 14:30", False, "2026-11-23 07:30", "2026-11-23 16:30"),
        ("2026-12-24 10:00", False, "2026-12-28 07:30", "2026-12-28 16:30"),
        ("2026-02-19 07:45", False, "2026-02-19 08:00", "2026-02-19 15:00"),
    ],
)
def test_when_the_office_is_open(at, is_open, next_opening, closes_at):
    assert CLOCK.is_open(wib(at)) is is_open
    assert CLOCK.next_opening(wib(at)) == wib(next_opening)
    assert CLOCK.closes_at(wib(at)) == wib(closes_at)


def test_minutes_are_rounded_down_once_for_the_whole_time():
    assert CLOCK.minutes_between(wib("2026-11-23 16:29:30"), wib("2026-11-24 07:30:29.999999")) == 0
    assert CLOCK.minutes_between(wib("2026-11-23 16:29:30"), wib("2026-11-24 07:30:30")) == 1


@pytest.mark.parametrize("end", ["2026-11-23 10:00", "2026-11-23 09:59", "2026-11-20 10:00"])
def test_no_time_passes_backwards(end):
    assert CLOCK.minutes_between(wib("2026-11-23 10:00"), wib(end)) == 0


@pytest.mark.parametrize(
    ("start", "target", "reason"),
    [
        # the weekend goes without saying
        ("2026-11-20 10:00", Target(2, DAYS), "2 hari kerja setelah Jumat, 20 November 2026."),
        # sent after closing
        (
            "2026-11-20 15:00",
            Target(2, DAYS),
            "2 hari kerja setelah Jumat, 20 November 2026. Sabtu dan Minggu tidak dihitung.",
        ),
        # sent after closing, no weekend between
        ("2026-11-23 18:00", Target(2, DAYS), "2 hari kerja setelah Senin, 23 November 2026."),
        # holiday Monday
        (
            "2026-08-14 10:00",
            Target(2, DAYS),
            "2 hari kerja setelah Jumat, 14 Agustus 2026. "
            "Senin, 17 Agustus 2026 tidak dihitung: Hari Kemerdekaan Republik Indonesia.",
        ),
        # the day of sending is not counted anyway
        ("2026-08-17 10:00", Target(1, DAYS), "1 hari kerja setelah Senin, 17 Agustus 2026."),
        # hours
        (
            "2026-11-23 07:30",
            Target(8, HOURS),
            "8 jam kerja dihitung sejak Senin, 23 November 2026, 07.30 WIB.",
        ),
        # hours, sent on Saturday
        (
            "2026-11-21 10:00",
            Target(8, HOURS),
            "8 jam kerja dihitung sejak Senin, 23 November 2026, 07.30 WIB. Sabtu dan Minggu tidak dihitung.",
        ),
        # hours, sent on cuti bersama
        (
            "2026-12-24 10:00",
            Target(1, HOURS),
            "1 jam kerja dihitung sejak Senin, 28 Desember 2026, 07.30 WIB. "
            "Kamis, 24 Desember 2026 tidak dihitung: Cuti Bersama Hari Raya Natal. "
            "Jumat, 25 Desember 2026 tidak dihitung: Hari Raya Natal. "
            "Sabtu dan Minggu tidak dihitung.",
        ),
        # a holiday on Saturday is just a Saturday, Ramadan is over
        (
            "2026-03-19 10:00",
            Target(1, DAYS),
            "1 hari kerja setelah Kamis, 19 Maret 2026. "
            "Jumat, 20 Maret 2026 tidak dihitung: Cuti Bersama Hari Raya Idul Fitri. "
            "Senin, 23 Maret 2026 tidak dihitung: Cuti Bersama Hari Raya Idul Fitri. "
            "Selasa, 24 Maret 2026 tidak dihitung: Cuti Bersama Hari Raya Idul Fitri. "
            "Sabtu dan Minggu tidak dihitung.",
        ),
        # hours, into Ramadan
        (
            "2026-02-18 16:00",
            Target(1, HOURS),
            "1 jam kerja dihitung sejak Rabu, 18 Februari 2026, 16.00 WIB. Berlaku jam kerja khusus: Ramadan 1447 H.",
        ),
        # hours, two rows of one name
        (
            "2026-02-19 08:00",
            Target(8, HOURS),
            "8 jam kerja dihitung sejak Kamis, 19 Februari 2026, 08.00 WIB. Berlaku jam kerja khusus: Ramadan 1447 H.",
        ),
        # days, due in Ramadan
        (
            "2026-02-18 10:00",
            Target(1, DAYS),
            "1 hari kerja setelah Rabu, 18 Februari 2026. Berlaku jam kerja khusus: Ramadan 1447 H.",
        ),
    ],
)
def test_the_reason_the_visitor_reads(start, target, reason):
    assert CLOCK.explain(wib(start), target, CLOCK.due(wib(start), target)) == reason


@pytest.mark.parametrize("target", [Target(1, HOURS), Target(1, DAYS)])
def test_ramadan_is_no_reason_for_what_is_sent_as_it_ends(target):
    sent = wib("2026-03-17 15:00")  # the last working day of Ramadan closes at this minute
    reason = CLOCK.explain(sent, target, CLOCK.due(sent, target))
    assert "Hari Suci Nyepi" in reason
    assert "Ramadan" not in reason


def test_special_hours_on_a_holiday_are_no_reason():
    monday = date(2026, 11, 23)
    ceremony = HoursRow(MON, MON, Hours(time(10), time(12)), monday, monday, "Upacara")
    clock = OfficeClock((*MANUAL, ceremony), {monday: "Hari Contoh"})
    sent, target = wib("2026-11-20 14:00"), Target(1, HOURS)
    assert clock.explain(sent, target, clock.due(sent, target)) == (
        "1 jam kerja dihitung sejak Jumat, 20 November 2026, 14.00 WIB. "
        "Senin, 23 November 2026 tidak dihitung: Hari Contoh."
    )


def test_the_reason_speaks_of_the_day_in_wib():
    sent = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    reason = CLOCK.explain(sent, Target(1, DAYS), CLOCK.add_days(sent, 1))
    assert reason == "1 hari kerja setelah Senin, 23 November 2026."


def test_a_dated_row_wins_only_on_its_dates_and_weekdays():
    only_friday = OfficeClock((RAMADAN[1], *MANUAL), {})
    assert only_friday.hours_on(date(2026, 2, 19)) == MANUAL[0].hours
    assert only_friday.hours_on(date(2026, 2, 20)) == RAMADAN_FRIDAY
    assert only_friday.hours_on(date(2026, 3, 20)) == RAMADAN_FRIDAY
    assert only_friday.hours_on(date(2026, 3, 27)) == MANUAL[1].hours
    assert only_friday.hours_on(date(2026, 3, 21)) is None


@pytest.mark.parametrize("reverse", [False, True])
def test_of_two_dated_rows_the_later_start_wins_in_any_order(reverse):
    short = replace(RAMADAN[0], hours=Hours(time(9), time(10)), valid_from=date(2026, 3, 2))
    until = replace(RAMADAN[0], hours=Hours(time(9), time(11)), valid_from=None)
    rows = [MANUAL[0], until, RAMADAN[0], short]
    schedule = Schedule(tuple(reversed(rows) if reverse else rows))
    assert schedule.row_on(date(2026, 2, 18)) == until
    assert schedule.row_on(date(2026, 2, 26)) == RAMADAN[0]
    assert schedule.row_on(date(2026, 3, 2)) == short
    assert schedule.row_on(date(2026, 3, 23)) == MANUAL[0]


def test_of_equal_rows_the_one_further_down_wins():
    late = replace(MANUAL[0], hours=Hours(time(9), time(15)))
    assert Schedule((*MANUAL, late)).row_on(date(2026, 11, 23)) == late


def test_a_holiday_has_a_name_on_any_weekday():
    assert CLOCK.holiday_on(date(2026, 3, 21)) == "Hari Raya Idul Fitri"
    assert CLOCK.holiday_on(date(2026, 3, 25)) is None
    assert CLOCK.hours_on(date(2026, 3, 20)) is None


def test_a_later_change_of_the_table_does_not_reach_the_clock():
    table = {}
    clock = OfficeClock(MANUAL, table)
    table[date(2026, 11, 23)] = "Hari Contoh"
    assert clock.hours_on(date(2026, 11, 23)) == MANUAL[0].hours


SHUT_SINCE_FRIDAY = OfficeClock([replace(MANUAL[0], valid_until=date(2026, 11, 20))], {})


@pytest.mark.parametrize("clock", [OfficeClock((), {}), SHUT_SINCE_FRIDAY], ids=["no rows", "rows that end"])
@pytest.mark.parametrize(
    ("method", "count"), [("next_opening", ()), ("closes_at", ()), ("add_minutes", (0,)), ("add_days", (1,))]
)
def test_a_calendar_without_work_is_given_up_in_plain_words(clock, method, count):
    with pytest.raises(NoWorkingTime, match="Tidak ada hari kerja dalam 400 hari"):
        getattr(clock, method)(wib("2026-11-23 09:00"), *count)


def test_a_calendar_without_work_still_measures_nothing():
    assert OfficeClock((), {}).minutes_between(wib("2026-01-01 00:00"), wib("2027-12-31 00:00")) == 0


def test_only_days_in_a_row_make_the_clock_give_up():
    mondays = OfficeClock([replace(MANUAL[0], last_weekday=MON)], {})
    assert mondays.add_days(wib("2026-11-23 09:00"), 100) == wib("2026-11-23 16:30") + timedelta(weeks=100)


def test_the_last_day_before_giving_up_still_counts():
    first = date(2026, 1, 1)
    shut = {first + timedelta(days=n): "Libur" for n in range(399)}
    every_day = HoursRow(0, 6, Hours(time(8), time(9)))
    reopening = first + timedelta(days=399)
    assert OfficeClock([every_day], shut).next_opening(wib("2026-01-01 10:00")).date() == reopening
    with pytest.raises(NoWorkingTime):
        OfficeClock([every_day], shut | {reopening: "Libur"}).next_opening(wib("2026-01-01 10:00"))


def test_holidays_ahead_are_those_that_cost_a_working_day():
    """21 March 2026 is a Saturday; the day asked about does not count itself."""
    assert CLOCK.holidays_after(date(2026, 3, 19), 3) == [
        (date(2026, 3, 20), "Cuti Bersama Hari Raya Idul Fitri"),
        (date(2026, 3, 23), "Cuti Bersama Hari Raya Idul Fitri"),
        (date(2026, 3, 24), "Cuti Bersama Hari Raya Idul Fitri"),
    ]
    assert CLOCK.holidays_after(date(2027, 1, 1), 3) == []
