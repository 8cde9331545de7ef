"""Days off that the library `holidays` knows. The CMS table of holidays (`Holiday`) lies over them.

It holds what the yearly joint decree of three ministers (SKB 3 Menteri) has fixed when the library was released;
later years have lunar dates marked "(perkiraan)" and no cuti bersama. Local days off it does not know.
"""

from __future__ import annotations

import datetime as dt
import functools

import holidays as library


@functools.lru_cache(maxsize=16)
def national_holidays(first_year: int, last_year: int) -> dict[dt.date, str]:
    """Return libur nasional and cuti bersama of the years, by their Indonesian names. Treat it as frozen."""
    return _known(first_year, last_year, "public", "government")


def knows_joint_leave(year: int) -> bool:
    """Whether the library has any cuti bersama of the year."""
    return bool(_known(year, year, "government"))


def _known(first_year: int, last_year: int, *categories: str) -> dict[dt.date, str]:
    years = range(first_year, last_year + 1)
    return dict(library.country_holidays("ID", years=years, categories=categories, language="id"))
