"""NIK: what is one, what it says, and that no word about a wrong one repeats it. Serials here are 0000 or invented."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from siptenan.common import nik

TODAY = dt.date(2026, 11, 23)
MAN = "3375010107900000"  # 1 July 1990
WOMAN = "3375014107900000"


def refusal(typed: str) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        nik.parse(typed, TODAY)
    return caught.value


def outcome(typed: str) -> int | str:
    """How many digits were understood, or why none."""
    try:
        return len(nik.parse(typed, TODAY).digits)
    except ValidationError as error:
        return error.code


class TestWhatItSays:
    def test_of_a_man(self):
        parsed = nik.parse(MAN, TODAY)
        assert (parsed.birth_date, parsed.is_female, parsed.province) == (dt.date(1990, 7, 1), False, "33")

    def test_of_a_woman(self):
        parsed = nik.parse(WOMAN, TODAY)
        assert (parsed.birth_date, parsed.is_female, parsed.serial) == (dt.date(1990, 7, 1), True, "0000")

    @pytest.mark.parametrize(
        ("date", "born"),
        [
            ("231126", dt.date(2026, 11, 23)),  # today
            ("241126", dt.date(1926, 11, 24)),  # not to come
            ("010100", dt.date(2000, 1, 1)),
            ("010127", dt.date(1927, 1, 1)),
            ("290200", dt.date(2000, 2, 29)),  # 1900 had none
            ("690224", dt.date(2024, 2, 29)),
            ("290228", dt.date(1928, 2, 29)),
            ("310199", dt.date(1999, 1, 31)),
            ("711299", dt.date(1999, 12, 31)),
        ],
    )
    def test_century(self, date, born):
        assert nik.parse(f"337501{date}0001", TODAY).birth_date == born

    @given(st.dates(dt.date(1927, 1, 1), TODAY), st.booleans(), st.sampled_from(sorted(nik.PROVINCES | {"99"})))
    def test_every_birthday_of_the_living(self, born, is_female, province):
        day = born.day + (40 if is_female else 0)
        parsed = nik.parse(f"{province}0101{day:02}{born:%m%y}0001", TODAY)
        assert parsed.is_female is is_female
        assert (parsed.birth_date.day, parsed.birth_date.month) == (born.day, born.month)
        assert (parsed.birth_date.year - born.year) in (0, 100)
        assert parsed.birth_date <= TODAY
        assert parsed.warnings == []


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        "typed",
        [
            "3375 0141 0790 0000",
            " 3375.01.410790.0000 ",
            "337501-410790-0000",
            "3375\u00a00141\u202f0790 0000",
            "3375\t014107\n900000",
        ],
    )
    def test_may_have_something_between_its_digits(self, typed):
        assert nik.parse(typed, TODAY).digits == WOMAN

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("", "too_short"),
            (WOMAN[:-1], "too_short"),
            (WOMAN + "1", "too_long"),
            ("9" * 1_000_000, "too_long"),
            ("33750141O7900000", "letters"),  # the letter O
            ("٣٣٧٥٠١٤١٠٧٩٠٠٠٠٠", "letters"),
            ("+3375014107900000", "letters"),
            ("3375014107900000\0", "letters"),
            ("3375010007900000", "date"),
            ("3375013207900000", "date"),
            ("3375014007900000", "date"),  # day 0 of a woman
            ("3375017207900000", "date"),
            ("3375010113900000", "date"),
            ("3375013102900000", "date"),
            ("3375012902230000", "date"),
            ("3375012902010000", "date"),
        ],
    )
    def test_is_refused_in_words_that_do_not_repeat_it(self, typed, code):
        error = refusal(typed)
        assert error.code == code
        assert error.message.endswith(".")
        assert not typed or typed[:4] not in error.message

    @given(st.text() | st.from_regex(r"[0-9]{16}", fullmatch=True) | st.from_regex(r"[0-9 .-]{10,24}", fullmatch=True))
    def test_is_a_nik_or_refused_whatever_it_is(self, typed):
        assert outcome(typed) in {nik.LENGTH, *nik.MESSAGES}


class TestWarnings:
    @pytest.mark.parametrize("province", ["65", "92", "93", "95", "96", "99", "33", "11"])
    def test_none_for_a_province_of_today_and_abroad(self, province):
        assert nik.parse(f"{province}01010107900001", TODAY).warnings == []

    @pytest.mark.parametrize("province", ["00", "10", "20", "54", "97", "83"])
    def test_an_unknown_province_is_accepted_with_one(self, province):
        assert nik.parse(f"{province}01010107900001", TODAY).warnings == [nik.UNKNOWN_PROVINCE]

    def test_so_is_the_serial_of_the_demo(self):
        assert nik.parse(MAN, TODAY).warnings == [nik.NO_SERIAL]


def test_shown_it_keeps_six_digits():
    assert nik.mask("3375010107900001") == "3375**********01"
    assert nik.grouped("3375010107900001") == "3375 0101 0790 0001"


def test_is_not_in_its_own_description():
    parsed = nik.parse(MAN, TODAY)
    assert MAN not in f"{parsed!r} {parsed}"
