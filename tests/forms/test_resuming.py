"""Going on with a saved form on another device (B4), for as long as stated and no longer."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from forms import references
from forms.builder import TOKEN_FIELD
from forms.enums import Status
from forms.models import FormPage, SavedForm, Submission
from siptenan.common import generation
from siptenan.common.dates import format_datetime
from siptenan.common.models import Unit
from tests.factories import make_form
from tests.forms.long_form import TYPED, URL, ask, make, walk
from tests.forms.phone import Phone, fields_of
from tests.forms.saving import (
    NEVER_GIVEN,
    NIK,
    RESUME,
    UNKNOWN,
    back_to_the_form,
    enter,
    errors,
    make_long_form,
    on_the_second_step,
    resumed,
    save,
)
from tests.forms.upload_files import photo, sent
from tests.forms.visitors import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_form(site) -> FormPage:
    return make_long_form()


# --- Answers -------------------------------------------------------------------------------------


def test_half_and_wrong_answers_are_back_on_another_device(long_form):
    code = save(on_the_second_step(), tahun="dua ribu", catatan=" Baris satu\nBaris dua ")
    phone = resumed(code.lower().replace("-", " "))
    assert "Isian Anda sudah kembali." in phone.page.get_text()
    assert (phone.heading, phone.progress, phone.errors) == ("Usaha", "Langkah 2 dari 2", {})
    assert phone.kept()["nama"] == ["Ibu Contoh"]
    assert phone.kept()["tahun"] == ["dua ribu"]
    assert phone.kept()["catatan"][0].splitlines() == [" Baris satu", "Baris dua "]
    assert phone.form["action"] == f"{URL}?kirim"


def test_everything_of_a_long_form_comes_back_but_the_consent(site):
    Unit.objects.create(code="x-kodi", name="kodi contoh")
    generation.forget()
    make()
    first = walk()
    first.press("kembali")
    first.press("ke:punya_nib", setuju="on")
    first.press("kembali")
    code = save(first, punya_nib="Tidak")  # what this hides is kept, too
    phone = resumed(code)
    expected = {**TYPED, "punya_nib": ["Tidak"]}
    del expected["setuju"]
    assert phone.kept() == expected
    phone.press("ke:punya_nib")
    phone.press("lanjut", punya_nib="Ya")
    assert phone.kept() == {**expected, "punya_nib": ["Ya"]}


def test_a_form_of_one_page_is_saved_too(site):
    make_form("langkah", [ask(f"Isian {number}") for number in range(9)])
    code = save(Phone(URL), isian_3="tiga")
    phone = resumed(code)
    assert phone.kept() == {"isian_3": ["tiga"]}


def test_the_nik_is_not_kept_and_the_page_says_so(long_form):
    code = save(on_the_second_step())
    phone = resumed(code)
    assert NIK not in phone.response.content.decode()
    assert "NIK dan persetujuan tidak ikut disimpan, isi lagi." in phone.page.get_text()
    phone.press("kirim", tahun="2015", setuju="on")
    assert phone.errors == {"#id_nik": "NIK belum diisi."}
    phone.press("kirim", nik=NIK)
    assert phone.response.status_code == 303


def test_who_sends_at_once_is_no_bot_and_nothing_that_was_saved_stays(long_form):
    first = on_the_second_step(tahun="2015")
    codes = [save(first), save(first)]
    phone = resumed(codes[0])
    phone.press("kirim", nik=NIK, setuju="on")
    assert phone.response.status_code == 303
    assert Submission.objects.get().status == Status.NEW
    assert not SavedForm.objects.exists()
    assert [enter(code).status_code for code in codes] == [422, 422]


def test_the_first_device_may_send_it_too(long_form):
    first = on_the_second_step(tahun="2015")
    code = save(first)
    back_to_the_form(first)
    first.press("kirim", setuju="on")
    assert Submission.objects.get().status == Status.NEW
    assert enter(code).status_code == 422


def test_a_refused_send_keeps_the_saved_form(long_form):
    code = save(on_the_second_step(tahun="2015"))
    phone = resumed(code)
    phone.press("kirim")
    assert phone.response.status_code == 422
    assert resumed(code).kept()["tahun"] == ["2015"]


def test_a_code_opens_its_form_again_and_saving_again_gives_another(long_form):
    code = save(on_the_second_step(tahun="2015"))
    second = resumed(code)
    other = save(second, tahun="2016")
    assert other != code
    assert resumed(code).kept()["tahun"] == ["2015"]
    assert resumed(other).kept()["tahun"] == ["2016"]


def test_each_opening_has_a_token_of_its_own(long_form):
    first = on_the_second_step()
    code = save(first)
    tokens = {fields_of(phone.form)[TOKEN_FIELD][0] for phone in (first, resumed(code), resumed(code))}
    assert len(tokens) == 3


def test_the_channel_goes_along(long_form):
    phone = Phone(f"{URL}?ch=ig")
    again = resumed(save(phone))
    assert fields_of(again.form)["ch"] == ["ig"]


# --- Refusals -------------------------------------------------------------------------------------


def test_unknown_expired_and_nonsense_get_the_same_words(long_form):
    phone = on_the_second_step()
    code = save(phone)
    saved = SavedForm.objects.get()
    with time_machine.travel(saved.expires_at - dt.timedelta(seconds=1), tick=False):
        assert enter(code).status_code == 200
    shown = format_datetime(saved.expires_at)
    assert shown in phone.page.get_text()
    with time_machine.travel(saved.expires_at, tick=False):
        expired = enter(code)
    for typed, response in {
        code: expired,
        NEVER_GIVEN: enter(NEVER_GIVEN),
        "?!": enter("?!"),
        "x" * 99: enter("x" * 99),
        code[:-1]: enter(code[:-1]),
    }.items():
        assert response.status_code == 422
        assert errors(response) == [UNKNOWN]
        assert page_of(response).select_one("[name=code]")["value"] == typed
        assert response["Cache-Control"] == "no-store, private"


def test_no_code_is_asked_for(site):
    response = enter("")
    assert response.status_code == 422
    assert errors(response) == ["Kode belum diisi."]


def test_guesses_at_codes_that_begin_alike_are_limited_wherever_they_come_from(long_form):
    with time_machine.travel(dt.datetime(2026, 12, 1, 3, 1, tzinfo=dt.UTC), tick=True):
        code = save(on_the_second_step())
        wrong = code[:4] + "-222-222"
        for attempt in range(9):
            assert enter(wrong, REMOTE_ADDR=f"192.0.2.{attempt}").status_code == 422
        assert enter(code, REMOTE_ADDR="192.0.2.100").status_code == 200, "the right one starts the count anew"
        for attempt in range(10):
            assert enter(wrong, REMOTE_ADDR=f"192.0.2.{attempt}").status_code == 422
        locked = enter(code, REMOTE_ADDR="192.0.2.100")
        assert locked.status_code == 429
        assert int(locked["Retry-After"]) > 30 * 60
        assert "Terlalu banyak kode dicoba" in locked.content.decode()
        assert enter(NEVER_GIVEN).status_code == 422, "other codes are not locked"


def test_an_address_has_so_many_guesses(site):
    with time_machine.travel(dt.datetime(2026, 12, 1, 3, 1, tzinfo=dt.UTC), tick=True):
        letters = references.ALPHABET
        answers = [enter(f"{letters[number]}222-222-222").status_code for number in range(21)]
        assert answers == [422] * 20 + [429]
        assert enter(NEVER_GIVEN, REMOTE_ADDR="192.0.2.1").status_code == 422


@pytest.mark.parametrize("how", ["closed", "unpublished"])
def test_a_form_that_has_closed_gives_back_what_was_typed(long_form, how):
    code = save(on_the_second_step(), tahun="dua ribu", foto=sent(photo(), "a.jpg"))
    if how == "closed":
        long_form.closes_at = long_form.first_published_at
        long_form.save_revision().publish()
    else:
        long_form.unpublish()
    response = enter(code)
    assert response.status_code == 200
    answers = page_of(response).select_one(".answers").get_text(" ", strip=True)
    assert all(words in answers for words in ("Ibu Contoh", "dua ribu", "1 foto"))
    assert response["Cache-Control"] == "no-store, private"
    assert SavedForm.objects.exists()


def test_a_question_that_is_gone_costs_nobody_the_others(long_form):
    code = save(on_the_second_step(), tahun="2015", catatan="Tetap ada")
    long_form.form_fields.set([field for field in long_form.form_fields.all() if field.label not in ("Tahun", "Usaha")])
    long_form.save_revision().publish()
    phone = resumed(code)
    assert (phone.heading, phone.kept()["catatan"]) == ("Diri", ["Tetap ada"])


def test_the_code_is_in_no_address_no_log_and_no_page_but_one(long_form, caplog):
    with caplog.at_level(logging.DEBUG):
        code = save(on_the_second_step())
        asked = Client().get(RESUME)
        phone = resumed(code)
        wrong = enter("9999-999-999")
    bare = code.replace("-", "")
    assert asked.status_code == 200
    assert not phone.response.cookies
    for text in (caplog.text, phone.response.content.decode(), asked.content.decode()):
        assert code not in text
        assert bare not in text
    assert "9999-999-999" not in caplog.text
    assert wrong.status_code == 422
    assert phone.response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-cache" in phone.response["Cache-Control"]


def test_the_saved_form_goes_with_its_page(long_form):
    save(on_the_second_step())
    long_form.delete()
    assert not SavedForm.objects.exists()


def test_no_form_can_take_the_address(long_form):
    long_form.slug = "lanjutkan"
    with pytest.raises(ValidationError, match="Lanjutkan isian"):
        long_form.full_clean()


def test_from_the_page_to_check_the_answers(long_form):
    phone = on_the_second_step()
    phone.press("lanjut" if "lanjut" in phone.buttons else "periksa", tahun="2015", catatan="Malam hari", setuju="on")
    assert phone.checked["Catatan"] == "Malam hari"
    assert phone.buttons[-2:] == ["kirim", "simpan"]
    code = save(phone)
    phone.press("ke:usaha")
    assert phone.progress == "Langkah 2 dari 2"
    assert phone.kept()["catatan"] == ["Malam hari"]
    other = resumed(code)
    assert (other.progress, other.errors) == ("Langkah 2 dari 2", {})
    assert (other.kept()["nama"], other.kept()["tahun"]) == (["Ibu Contoh"], ["2015"])


def test_a_short_form_that_is_checked_offers_no_saving(site):
    make(rows=[ask("Nama")], layout="single", check=True)
    phone = Phone(URL)
    phone.press("periksa", nama="Ibu Contoh")
    assert phone.checked == {"Nama": "Ibu Contoh"}
    assert "simpan" not in phone.buttons
