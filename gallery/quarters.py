"""Quarters of the calendar (triwulan), as Permenperin 13/2025 reports by them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

MONTHS = 3
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, by Jakarta's calendar."""

    year: int
    number: int  # 1 to 4

    def __str__(self) -> str:
        return f"triwulan {ROMAN[self.number]} {self.year}"

    @classmethod
    def of(cls, moment: dt.datetime) -> Quarter:
        """The quarter that a moment lies in."""
        day = timezone.localtime(moment)
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def now(cls) -> Quarter:
        """The one that is running."""
        return cls.of(timezone.now())

    @property
    def before(self) -> Quarter:
        """The one before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def starts_at(self) -> dt.datetime:
        """Its first moment."""
        return timezone.make_aware(dt.datetime(self.year, (self.number - 1) * MONTHS + 1, 1))

    @property
    def ends_at(self) -> dt.datetime:
        """The first moment after it."""
        return self.after.starts_at
