"""NIK, the number of a resident: how it is written, what it says, how it is shown.

16 digits (PP 40/2019, article 31): 6 of the place of first registration, 6 of the date of birth as DDMMYY with 40 added
to the day for women, 4 of a serial; no check digit. It never changes when its owner moves, so any place is accepted.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NoReturn

from django.core.exceptions import ValidationError

LENGTH = 16
WOMEN = 40  # added to the day of birth
OLDEST = 110  # years
ABROAD = "99"  # registered at a mission (article 32): country and mission follow
# Of Kepmendagri 300.2.2-2138/2025. A place keeps its old code in old numbers, so another one only gives a warning.
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")  # what people put between the digits

MESSAGES = {
    "letters": "NIK hanya boleh berisi angka.",
    "too_short": "NIK harus 16 angka. Ada angka yang kurang.",
    "too_long": "NIK harus 16 angka. Ada angka yang lebih.",
    "date": "NIK ini belum benar: angka ke-7 sampai ke-12 bukan tanggal lahir. Periksa kembali pada KTP Anda.",
}
UNKNOWN_PROVINCE = "Kode provinsi pada NIK ini tidak dikenal. Cocokkan dengan KTP pemohon."
NO_SERIAL = "Nomor urut NIK ini 0000, yang tidak pernah diterbitkan. Cocokkan dengan KTP pemohon."


@dataclass(frozen=True, repr=False)
class Nik:
    """A number that may be one; it has no repr, so that no log line or traceback shows it."""

    digits: str
    birth_date: dt.date
    is_female: bool

    @property
    def province(self) -> str:
        """Code of the province where its owner was first registered; 99 is abroad."""
        return self.digits[:2]

    @property
    def serial(self) -> str:
        """The last four digits."""
        return self.digits[12:]

    @property
    def warnings(self) -> list[str]:
        """What an officer should look at; none of it is a reason to refuse the number."""
        found = []
        if self.province not in PROVINCES | {ABROAD}:
            found.append(UNKNOWN_PROVINCE)
        if self.serial == "0000":
            found.append(NO_SERIAL)
        return found


def _refuse(code: str) -> NoReturn:
    raise ValidationError(MESSAGES[code], code=code)


def parse(typed: str, today: dt.date) -> Nik:
    """Return the NIK that a person typed, with spaces, dots or dashes between its digits.

    Raises ValidationError in words that do not repeat the number; its code is a key of MESSAGES.
    """
    digits = SEPARATORS.sub("", typed)
    if not re.fullmatch(r"[0-9]*", digits):
        _refuse("letters")
    if len(digits) != LENGTH:
        _refuse("too_short" if len(digits) < LENGTH else "too_long")
    day, month, year = (int(digits[at : at + 2]) for at in (6, 8, 10))
    is_female = day > WOMEN
    birth_date = _birth_date(day - WOMEN if is_female else day, month, year, today)
    if birth_date is None:
        _refuse("date")
    return Nik(digits, birth_date, is_female)


def _birth_date(day: int, month: int, year: int, today: dt.date) -> dt.date | None:
    """The newest date that is not to come, since the number has two digits of the year; None when there is none."""
    for century in (2000, 1900):
        try:
            date = dt.date(century + year, month, day)
        except ValueError:
            continue
        if date <= today and today.year - date.year <= OLDEST:
            return date
    return None


def mask(digits: str) -> str:
    """Return a NIK as it is shown: `3375**********01`."""
    return f"{digits[:4]}{'*' * (LENGTH - 6)}{digits[-2:]}"


def grouped(digits: str) -> str:
    """Return a NIK as it can be read aloud, four digits at a time."""
    return " ".join(digits[at : at + 4] for at in range(0, LENGTH, 4))
