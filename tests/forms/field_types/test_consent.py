"""Consent: never ticked in advance; stored with the version of its text and the time."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from forms import field_types
from forms.field_types.consent import text_version
from tests.forms.field_types.asked import (
    HOSTILE,
    answer,
    assert_everything_sent_is_carried,
    assert_old_answers_stay,
    control,
    errors,
    sent,
)

CONSENT = field_types.get("consent")
TEXT = "Data dipakai untuk memeriksa pendaftaran."
AT = dt.datetime(2026, 3, 12, 2, 30, tzinfo=dt.UTC)
STORED = {"version": text_version(TEXT), "at": AT.isoformat()}
SHOWN = "Setuju, Kamis, 12 Maret 2026, 09.30 WIB"
FOR_OFFICERS = f"{SHOWN} (teks versi {text_version(TEXT)})"


@time_machine.travel(AT, tick=False)
def test_a_tick_is_stored_with_version_and_time():
    given_answer = answer(sent("consent", "on", text=TEXT))
    assert given_answer == STORED
    assert CONSENT.display(given_answer) == SHOWN
    assert CONSENT.for_officers(given_answer) == CONSENT.export(given_answer) == FOR_OFFICERS


@pytest.mark.parametrize("typed", [None, "", "false", "False"])
def test_no_tick_is_no_consent(typed):
    assert answer(sent("consent", typed, text=TEXT)) == ""
    assert CONSENT.display("") == CONSENT.for_officers("") == ""
    assert errors(sent("consent", typed, text=TEXT, required=True)) == ["Centang dulu: Isian."]


def test_the_version_changes_with_a_letter_and_not_with_blanks_around():
    assert text_version(TEXT) == text_version(f"\n{TEXT} ")
    assert text_version(TEXT) != text_version(TEXT.replace("Data", "data"))
    assert len(text_version("")) == 8


@pytest.mark.parametrize("default", ["on", "True", "Ya"])
def test_never_ticked_in_advance(default):
    blank = sent("consent", text=TEXT, default_value=default)
    assert not control(type(blank)()).input.has_attr("checked")


def test_a_tick_stays_when_something_else_is_wrong():
    assert control(sent("consent", "on", text=TEXT)).input.has_attr("checked")
    assert not control(sent("consent", text=TEXT)).input.has_attr("checked")


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_nothing_of_what_was_sent_is_stored(typed):
    assert set(answer(sent("consent", typed, text=TEXT))) == {"version", "at"}
    assert answer(sent("consent", typed, text=TEXT))["version"] == text_version(TEXT)


def test_two_sends_of_one_consent_are_equal():
    """A repeat a minute later must not become an addition to the ticket."""
    later = {**STORED, "at": (AT + dt.timedelta(minutes=1)).isoformat()}
    assert CONSENT.fingerprint(STORED) == CONSENT.fingerprint(later)
    assert CONSENT.fingerprint(STORED) != CONSENT.fingerprint({**STORED, "version": "00000000"})
    assert CONSENT.fingerprint("") == ""


def test_what_machines_read():
    assert CONSENT.search_text(STORED) == ""
    assert CONSENT.comparable(STORED) == ["Ya"]
    assert_everything_sent_is_carried(sent("consent", "on", text=TEXT))


def test_an_old_consent_keeps_the_version_it_was_given_to():
    assert_old_answers_stay("consent", STORED, SHOWN)
