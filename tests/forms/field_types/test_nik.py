"""The question type NIK: typed as people write it, encrypted as an answer, shown masked everywhere."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from bs4 import BeautifulSoup

from forms import field_types
from forms.builder import PublicForm, QuestionFormBuilder
from forms.field_types.identity import UNREADABLE, Nik
from forms.models import FormField
from siptenan.common import encryption, nik

WOMAN = "3375014107900000"
MASKED = "3375**********00"

pytestmark = pytest.mark.django_db  # a builder of forms may ask the reference tables


def form(typed: str, **values) -> PublicForm:
    """The form of one question for a NIK, sent with what was typed."""
    field = FormField(**{"label": "NIK", "field_type": "nik", "required": False, **values})
    return QuestionFormBuilder([field]).get_form_class()({"nik": typed})


def answer(typed: str) -> str:
    sent = form(typed)
    assert sent.errors.get("nik") is None
    return sent.answers()["nik"]


@pytest.fixture
def kind() -> Nik:
    return field_types.get("nik")


@pytest.mark.parametrize("typed", [WOMAN, " 3375 0141 0790 0000 ", "3375.01.410790.0000"])
def test_is_stored_encrypted_and_shown_masked(kind, typed):
    stored = answer(typed)
    assert encryption.decrypt(stored) == WOMAN
    assert kind.display(stored) == kind.export(stored) == MASKED
    assert WOMAN not in json.dumps(stored)


def test_is_found_by_no_search_and_kept_on_no_phone(kind):
    assert kind.search_text(answer(WOMAN)) == ""
    assert kind.is_private is True


def test_nothing_is_nothing(kind):
    stored = answer("")
    assert (stored, kind.display(stored), kind.fingerprint(stored), kind.warnings(stored)) == ("", "", "", [])


def test_two_sends_of_one_number_are_equal_though_their_tokens_are_not(kind):
    first, second, other = answer(WOMAN), answer("3375 0141 0790 0000"), answer("3375010107900000")
    assert first != second
    assert kind.fingerprint(first) == kind.fingerprint(second) != kind.fingerprint(other)
    assert WOMAN not in kind.fingerprint(first)


@pytest.mark.parametrize(
    ("typed", "code"), [("3375", "too_short"), (WOMAN + "1", "too_long"), ("NIK saya", "letters"), ("0" * 16, "date")]
)
def test_is_refused_in_words(typed, code):
    assert list(form(typed).errors["nik"]) == [nik.MESSAGES[code]]


def test_the_editor_may_word_the_refusal():
    sent = form("3375", error_text="Salin NIK dari KTP.", required=True)
    assert list(sent.errors["nik"]) == ["Salin NIK dari KTP."]
    assert list(form("", error_text="Salin NIK dari KTP.", required=True).errors["nik"]) == ["NIK belum diisi."]


def test_what_was_typed_wrongly_is_still_there_to_be_mended():
    control = BeautifulSoup(str(form("33750141079")["nik"]), "html.parser").input
    assert control["value"] == "33750141079"


def test_has_the_keyboard_of_numbers_and_no_memory():
    control = BeautifulSoup(str(form("", default_value=WOMAN)["nik"]), "html.parser").input
    assert (control["inputmode"], control["autocomplete"], control["type"]) == ("numeric", "off", "text")
    unbound = QuestionFormBuilder([FormField(label="NIK", field_type="nik", default_value=WOMAN)]).get_form_class()()
    assert WOMAN not in str(unbound["nik"])


def test_an_unknown_province_is_for_the_officer_to_see_not_for_the_visitor_to_mend(kind):
    assert kind.warnings(answer("9701014107900001")) == [nik.UNKNOWN_PROVINCE]
    assert kind.warnings(answer("3375014107900001")) == []


def test_a_lost_key_is_said_and_no_token_is_shown(kind, settings):
    stored = answer(WOMAN)
    settings.FIELD_KEYS = ["a-key-that-somebody-else-has-0123456789"]
    assert kind.display(stored) == kind.export(stored) == UNREADABLE
    [warning] = kind.warnings(stored)
    assert UNREADABLE in warning
    assert kind.fingerprint(stored)
    with pytest.raises(encryption.LostKey):
        kind.reveal(stored)


def test_what_is_no_token_is_never_shown_as_the_number(kind):
    assert kind.display(WOMAN) == UNREADABLE


def test_a_century_later_it_can_still_be_read(kind):
    """Warnings are worked out when the ticket is looked at, whenever that is."""
    stored = answer("3375012211260001")
    with time_machine.travel(dt.datetime(2040, 1, 1, tzinfo=dt.UTC)):
        assert kind.display(stored) == "3375**********01"
        assert kind.warnings(stored) == []
