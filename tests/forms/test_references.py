"""Numbers, PINs, links and form tokens."""

from __future__ import annotations

import re
import time
from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from forms import references
from forms.references import ReceiptPass

DAY = 24 * 3600


# --- Numbers --------------------------------------------------------------------------------------


def test_a_number_can_be_read_aloud():
    numbers = {references.new_reference("HAKI") for _ in range(2_000)}
    assert len(numbers) == 2_000
    assert all(re.fullmatch(r"HAKI-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", number) for number in numbers)
    assert not set("IL01O") & set(references.ALPHABET)


def test_numbers_do_not_follow_each_other():
    """Neither rising nor falling: the order of sending cannot be read from them."""
    numbers = [references.new_reference("HAKI") for _ in range(50)]
    assert numbers not in (sorted(numbers), sorted(numbers, reverse=True))


@pytest.mark.parametrize(
    "typed",
    [
        "HAKI-7F3K-29QX",
        "haki 7f3k 29qx",
        " HAKI7F3K29QX ",
        "Haki.7f3k.29qx",
        "haki\u20137f3k\u201329qx",
        "h a k i 7f3k29qx",
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed):
    assert references.normalise_reference(typed) == "HAKI-7F3K-29QX"


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_number(typed):
    found = references.normalise_reference(typed)
    assert references.normalise_reference(found) == found
    assert re.fullmatch(r"[A-Z0-9-]*", found)


# --- PIN ------------------------------------------------------------------------------------------


def test_the_same_token_gives_the_same_pin():
    assert references.pin_for_token("abc") == references.pin_for_token("abc")
    pins = {references.pin_for_token(str(number)) for number in range(500)}
    assert len(pins) > 490
    assert all(re.fullmatch(r"\d{6}", pin) for pin in pins)


@pytest.mark.parametrize("typed", ["123456", "123 456", " 12-34-56 "])
def test_a_pin_may_be_typed_with_blanks(typed):
    assert references.pin_matches("HAKI-7F3K-29QX", typed, references.hash_pin("HAKI-7F3K-29QX", "123456"))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "123457", "١٢٣٤٥٦", "abcdef"])
def test_any_other_pin_is_wrong(typed):
    assert not references.pin_matches("HAKI-7F3K-29QX", typed, references.hash_pin("HAKI-7F3K-29QX", "123456"))


def test_the_hash_of_a_pin_belongs_to_its_number_and_to_the_key(settings):
    stored = references.hash_pin("HAKI-7F3K-29QX", "123456")
    assert "123456" not in stored
    assert not references.pin_matches("HAKI-7F3K-29QY", "123456", stored)
    settings.TICKET_KEY = "another key"
    assert not references.pin_matches("HAKI-7F3K-29QX", "123456", stored)


# --- Link -----------------------------------------------------------------------------------------


def test_a_new_pin_gives_a_new_link():
    secrets = {references.link_secret("HAKI-7F3K-29QX", version) for version in range(3)}
    assert len(secrets) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", secret) for secret in secrets)
    assert not any(secret in references.link_digest(secret) for secret in secrets)


# --- Form token -----------------------------------------------------------------------------------


def test_a_token_is_read_by_its_own_form_only():
    raw = references.issue_token(7)
    token = references.read_token(raw, 7)
    assert token.form_id == 7
    assert 0 <= token.age_s < 5
    assert references.read_token(raw, 8) is None


@pytest.mark.parametrize("raw", ["", "x", "a:b:c", "\0", "a" * 100_000, "😀", "WyJhIl0:1x:abc"])
def test_a_forged_token_is_none(raw):
    assert references.read_token(raw, 7) is None
    assert references.read_token(references.issue_token(7) + raw[:1], 7) is None or raw == ""


def test_a_token_signed_for_something_else_is_none():
    token = references.read_token(references.issue_token(7), 7)
    passes = {kind: references.issue_receipt_pass(kind, token) for kind in ReceiptPass}
    assert [references.read_token(raw, 7) for raw in passes.values()] == [None, None]
    for kind, raw in passes.items():
        assert [other for other in ReceiptPass if references.read_receipt_pass(other, raw, 7)] == [kind]
        assert references.read_receipt_pass(kind, raw, 7) == token


def test_no_letter_of_a_token_can_be_changed():
    raw = references.issue_token(7)
    for place, letter in enumerate(raw):
        changed = f"{raw[:place]}{'1' if letter != '1' else '2'}{raw[place + 1 :]}"
        assert references.read_token(changed, 7) is None


def test_a_token_of_another_key_is_none(settings):
    raw = references.issue_token(7)
    settings.SECRET_KEY = "another key"
    assert references.read_token(raw, 7) is None


def test_what_opens_a_receipt_stands_in_an_address_and_a_cookie_as_it_is():
    token = references.read_token(references.issue_token(7), 7)
    raw = references.issue_receipt_pass(ReceiptPass.KEY, token)
    assert quote(raw) == raw == SimpleCookie({"k": raw})["k"].coded_value


def test_a_token_grows_too_old_and_its_renewal_remembers_when_it_was_rendered():
    with time_machine.travel(time.time() - 8 * DAY):
        raw = references.issue_token(7)
    assert references.read_token(raw, 7) is None
    renewed = references.read_token(references.renew_token(raw, 7), 7)
    assert renewed.age_s > 7 * DAY


@pytest.mark.parametrize("form_id", [7, 8])
def test_the_renewal_of_anything_else_is_as_young_as_it_is(form_id):
    raw = references.issue_token(8) if form_id == 7 else "forged"
    with time_machine.travel(time.time() + 600):
        assert references.read_token(references.renew_token(raw, 7), 7).age_s < 5


def test_the_age_of_a_token_is_not_rounded_up():
    """A bot that answers in 2.5 seconds must not pass for three because the clock was cut to whole seconds."""
    with time_machine.travel(1_000_000_000.9, tick=False):
        raw = references.issue_token(7)
    with time_machine.travel(1_000_000_003.4, tick=False):
        assert references.read_token(raw, 7).age_s < 3
