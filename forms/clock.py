"""The office clock: working time between two instants, and the time by which an answer is due.

What it promises:
* Every datetime that goes in is aware (a naive one raises ValueError) and every one that comes out is in WIB.
* Time counts while the office is open, from the opening minute up to, not including, the closing minute.
  Breaks, holidays and days without a row of hours never count.
* Exact to the microsecond; only `minutes_between` rounds, down to whole minutes.
* Nothing loops for ever: after `PATIENCE` days in a row without work it raises NoWorkingTime.
* Pure: no database, no settings, no "now". A clock never changes; when hours or holidays do, make a new one.

Hours: 37.5 hours a week, Friday with a longer break, and the shorter hours of Ramadan are those of Perpres
21/2023 (working days and hours of government offices). Holidays: the yearly joint decree of three ministers
(SKB 3 Menteri), libur nasional and cuti bersama alike. Both are rows the office edits in the CMS. Messages
that an editor's own rows can cause are in Indonesian; those only a programmer can cause are in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, islice, pairwise

from siptenan.common.dates import WEEKDAYS, WIB, format_date, format_datetime, in_wib

PATIENCE = 400
"""Days in a row without work after which the clock gives up: more than any year of holidays."""

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class NoWorkingTime(Exception):  # noqa: N818 - it names the state of the calendar, as StopIteration does
    """The hours and holidays leave no working day to count on."""


class TargetUnit(StrEnum):
    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True)
class Target:
    """How soon an answer is promised: `value` (1 or more) working hours or working days after sending."""

    value: int
    unit: TargetUnit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", TargetUnit(self.unit))  # a value read from a database is a plain str
        if self.value < 1:
            raise ValueError("Target jawaban paling sedikit 1.")


@dataclass(frozen=True)
class Hours:
    """The hours of one working day, local time. Raises ValueError unless they follow each other."""

    opens: time
    closes: time
    break_starts: time | None = None
    break_ends: time | None = None

    def __post_init__(self) -> None:
        if (self.break_starts is None) != (self.break_ends is None):
            raise ValueError("Isi awal dan akhir istirahat, atau kosongkan keduanya.")
        if any(begins >= ends for begins, ends in pairwise(chain.from_iterable(self.stretches))):
            raise ValueError("Jam harus berurutan: buka, istirahat mulai, istirahat selesai, tutup.")

    @property
    def stretches(self) -> tuple[tuple[time, time], ...]:
        """The pieces of the day in which time counts, first to last, each without its end."""
        if self.break_starts is None or self.break_ends is None:
            return ((self.opens, self.closes),)
        return ((self.opens, self.break_starts), (self.break_ends, self.closes))


@dataclass(frozen=True)
class HoursRow:
    """The same hours on a run of weekdays (0 = Monday, both ends included), always or between two dates."""

    first_weekday: int
    last_weekday: int
    hours: Hours
    valid_from: date | None = None
    valid_until: date | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.first_weekday <= self.last_weekday <= 6:
            raise ValueError("Hari pertama tidak boleh sesudah hari terakhir (Senin sampai Minggu).")
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError("Tanggal mulai berlaku harus sebelum tanggal berakhir.")

    @property
    def is_dated(self) -> bool:
        return self.valid_from is not None or self.valid_until is not None

    def covers(self, day: date) -> bool:
        return (
            self.first_weekday <= day.weekday() <= self.last_weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True)
class Schedule:
    """All rows of hours. A dated row (Ramadan) wins over an undated one, of two dated rows the one that
    starts later; where that leaves a tie, the row further down the list."""

    rows: tuple[HoursRow, ...]

    def row_on(self, day: date) -> HoursRow | None:
        """The row that rules this date, holidays aside; None when the office does not work that weekday."""
        covering = [row for row in reversed(self.rows) if row.covers(day)]
        return max(covering, key=lambda row: (row.is_dated, row.valid_from or date.min), default=None)


class OfficeClock:
    """Counts working time by the given hours and holidays (date -> name; a holiday on which the office
    works after all is simply left out)."""

    def __init__(self, rows: Iterable[HoursRow], holidays: Mapping[date, str]) -> None:
        self.schedule = Schedule(tuple(rows))
        self._holidays = {_plain(day): name for day, name in holidays.items()}
        self._hours: dict[date, Hours | None] = {}

    def hours_on(self, day: date) -> Hours | None:
        """The hours of a date, None when the office is shut all day."""
        if _plain(day) not in self._hours:
            row = None if day in self._holidays else self.schedule.row_on(day)
            self._hours[day] = row.hours if row else None
        return self._hours[day]

    def holiday_on(self, day: date) -> str | None:
        """The name of the holiday on a date, on whatever weekday it falls."""
        return self._holidays.get(_plain(day))

    def holidays_after(self, day: date, count: int) -> list[tuple[date, str]]:
        """At most `count` holidays later than `day` on which the office would have worked, with their names."""
        later = (found for found in sorted(self._holidays) if found > _plain(day) and self.schedule.row_on(found))
        return [(found, self._holidays[found]) for found in islice(later, count)]

    def is_open(self, at: datetime) -> bool:
        """Whether time counts at this instant: False in the break and from the closing minute on."""
        at = in_wib(at)
        return any(opens <= at < closes for opens, closes in self._stretches_on(at.date()))

    def next_opening(self, at: datetime) -> datetime:
        """The first instant, `at` itself included, at which the office is open. Raises NoWorkingTime."""
        opening, _ = next(self._stretches_from(in_wib(at)))
        return opening

    def closes_at(self, at: datetime) -> datetime:
        """When the office closes for the day (not for the break), if shut: after the next opening.

        Raises NoWorkingTime.
        """
        day, hours = next(self._working_days(self.next_opening(at).date()))
        return datetime.combine(day, hours.closes, WIB)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The instant when so many working minutes (0 or more) have passed since `start`.

        Outside office hours counting begins at the next opening, so 0 minutes gives that opening. A count
        that is full exactly at a closing or a break ends there, not at the opening after it.
        Raises ValueError for negative minutes, NoWorkingTime.
        """
        if minutes < 0:
            raise ValueError(f"Working minutes are counted forward only, got {minutes}.")
        left = minutes * MINUTE
        stretches = self._stretches_from(in_wib(start))
        begins, ends = next(stretches)
        while left > ends - begins:
            left -= ends - begins
            begins, ends = next(stretches)
        return begins + left

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from `start` to `end`, rounded down; 0 when `end` is not after `start`."""
        start, end = in_wib(start), in_wib(end)
        worked = timedelta()
        for day in _days(start.date(), end.date()):
            for opens, closes in self._stretches_on(day):
                worked += max(min(closes, end) - max(opens, start), timedelta())
        return worked // MINUTE

    def add_days(self, start: datetime, days: int) -> datetime:
        """Closing time of the nth working day (1 or more) after the calendar day of `start` in WIB.

        The day of sending never counts, however early. Raises ValueError below 1 day, NoWorkingTime.
        """
        if days < 1:
            raise ValueError(f"Working days are counted from 1, got {days}.")
        day, hours = next(islice(self._working_days(in_wib(start).date() + DAY), days - 1, None))
        return datetime.combine(day, hours.closes, WIB)

    def due(self, start: datetime, target: Target) -> datetime:
        """When the answer to something sent at `start` is due. Raises NoWorkingTime."""
        if target.unit is TargetUnit.HOURS:
            return self.add_minutes(start, target.value * 60)
        return self.add_days(start, target.value)

    def explain(self, start: datetime, target: Target, due: datetime) -> str:
        """Why `due`, in Indonesian for the visitor: from when was counted and which days were not.

        Every holiday on a day the office would have worked is named, and every named dated row (Ramadan) that
        bore on the result. Weekends are mentioned only to those who sent outside office hours.
        Raises NoWorkingTime.
        """
        start, due = in_wib(start), in_wib(due)
        row_on = self.schedule.row_on
        if target.unit is TargetUnit.HOURS:
            opening = self.next_opening(start)
            sentences = [f"{target.value} jam kerja dihitung sejak {format_datetime(opening)}."]
            passed, counted = _days(start.date(), due.date()), _days(opening.date(), due.date())
        else:
            sentences = [f"{target.value} hari kerja setelah {format_date(start)}."]
            passed, counted = _days(start.date() + DAY, due.date()), [due.date()]
        for day in passed:
            if (holiday := self.holiday_on(day)) and row_on(day):
                sentences.append(f"{format_date(day)} tidak dihitung: {holiday}.")
        free = {day.weekday() for day in _days(start.date(), due.date()) if row_on(day) is None}
        if free and not self.is_open(start):
            sentences.append(f"{' dan '.join(WEEKDAYS[weekday] for weekday in sorted(free))} tidak dihitung.")
        rows = [row for day in counted if self.hours_on(day) and (row := row_on(day))]
        for name in dict.fromkeys(row.name for row in rows if row.is_dated and row.name):
            sentences.append(f"Berlaku jam kerja khusus: {name}.")
        return " ".join(sentences)

    def _stretches_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        hours = self.hours_on(day)
        for opens, closes in hours.stretches if hours else ():
            yield datetime.combine(day, opens, WIB), datetime.combine(day, closes, WIB)

    def _stretches_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the working time from `at` on, without end."""
        for day, _ in self._working_days(at.date()):
            for opens, closes in self._stretches_on(day):
                if at < closes:
                    yield max(opens, at), closes

    def _working_days(self, day: date) -> Iterator[tuple[date, Hours]]:
        """The working days from `day` on, without end."""
        idle = 0
        while idle < PATIENCE:
            if hours := self.hours_on(day):
                idle = 0
                yield day, hours
            else:
                idle += 1
            day += DAY
        raise NoWorkingTime(
            f"Tidak ada hari kerja dalam {PATIENCE} hari sebelum {format_date(day)}. "
            "Periksa jam kerja dan hari libur di CMS."
        )


def _plain(day: date) -> date:
    """Guards against a datetime, which Python counts as a date but which equals none."""
    if isinstance(day, datetime):
        raise ValueError(f"Pass a date, not the datetime {day!r}.")
    return day


def _days(first: date, last: date) -> list[date]:
    """Each date from `first` to `last`, both included; none when `last` is earlier."""
    return [first + n * DAY for n in range((last - first).days + 1)]
