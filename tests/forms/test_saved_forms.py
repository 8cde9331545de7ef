"""Saving a form (B4): what is kept, for how long, and what the page with the code says."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict

from forms import references, saved_forms
from forms.builder import TOKEN_FIELD
from forms.models import FormPage, SavedForm
from forms.references import FormToken
from forms.views import resume as views
from siptenan.common.throttle import Limit
from tests.factories import make_form, open_form
from tests.forms.long_form import URL, ask
from tests.forms.phone import Phone
from tests.forms.saving import (
    NIK,
    RESUME,
    make_long_form,
    on_the_second_step,
    save,
)
from tests.forms.upload_files import photo, sent
from tests.forms.visitors import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_form(site) -> FormPage:
    return make_long_form()


@pytest.fixture
def token(long_form) -> FormToken:
    return FormToken("x" * 20, long_form.pk, time.time())


# --- The module -----------------------------------------------------------------------------------


class TestService:
    def save(self, long_form: FormPage, token: FormToken, **typed: str) -> tuple[str, SavedForm]:
        data = QueryDict(mutable=True)
        data.update(typed)
        return saved_forms.save(long_form, data, token, dt.datetime(2026, 12, 1, 3, 0, 20, tzinfo=dt.UTC))

    def test_a_code_can_be_read_aloud_and_is_typed_as_one_likes(self):
        codes = {saved_forms.new_code() for _ in range(50)}
        assert len(codes) == 50
        assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{3}-[A-HJKMNP-Z2-9]{3}", code) for code in codes)
        assert {saved_forms.normalise_code(typed) for typed in (" 7f3k 29q.xhm ", "7F3K-29Q-XHM")} == {"7F3K29QXHM"}

    def test_neither_code_nor_answers_can_be_read_in_the_database(self, long_form, token):
        code, _ = self.save(long_form, token, nama="Ibu Contoh", catatan="Rahasia usaha")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM forms_savedform")
            [row] = cursor.fetchall()
        stored = " ".join(str(value) for value in row)
        for secret in (code, code.replace("-", ""), "Ibu Contoh", "Rahasia", "nama"):
            assert secret not in stored

    def test_only_answers_are_kept_and_neither_nik_nor_consent(self, long_form, token):
        typed = {"nama": "Ibu", "nik": NIK, "setuju": "on", "tahun": "dua ribu", "ch": "ig", "jahat": "x", "foto": "a"}
        _, saved = self.save(long_form, token, **typed)
        saved = SavedForm.objects.get()
        assert saved.typed == {"nama": ["Ibu"], "tahun": ["dua ribu"], "foto": ["a"], "ch": ["ig"]}

    def test_it_expires_with_the_stated_minute(self, long_form, token):
        code, saved = self.save(long_form, token, nama="Ibu")
        assert saved.expires_at == dt.datetime(2026, 12, 4, 3, 1, tzinfo=dt.UTC)
        with time_machine.travel(saved.expires_at - dt.timedelta(seconds=1), tick=False):
            assert saved_forms.restore(code) == saved
        with time_machine.travel(saved.expires_at, tick=False), pytest.raises(saved_forms.UnknownCode):
            saved_forms.restore(code)

    def test_more_than_the_limit_is_refused_whole(self, long_form, token):
        with pytest.raises(saved_forms.TooLarge):
            self.save(long_form, token, catatan="é" * (saved_forms.MAX_BYTES // 2))
        assert not SavedForm.objects.exists()
        self.save(long_form, token, catatan="e" * (saved_forms.MAX_BYTES - 100))

    def test_codes_outlive_a_new_key_and_answers_the_old_one(self, long_form, token, settings):
        old, new = "the-old-key-of-these-tests-0123456789", "the-new-key-of-these-tests-0123456789"
        settings.FIELD_KEYS = [old]
        with time_machine.travel(dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC)):
            code, _ = self.save(long_form, token, nama="Ibu Contoh")
            settings.FIELD_KEYS = [new, old]
            assert saved_forms.restore(code).typed == {"nama": ["Ibu Contoh"]}
            call_command("rotate_field_keys", verbosity=0)
            assert saved_forms.restore(code).typed == {"nama": ["Ibu Contoh"]}
        settings.FIELD_KEYS = [new]
        assert SavedForm.objects.get().typed == {"nama": ["Ibu Contoh"]}

    def test_what_cannot_be_decrypted_is_unknown_and_leaves_a_line_in_the_log(self, long_form, token, caplog):
        with time_machine.travel(dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC)):
            code, saved = self.save(long_form, token, nama="Ibu Contoh")
            with connection.cursor() as cursor:
                cursor.execute("UPDATE forms_savedform SET answers = 'rusak'")
            with pytest.raises(saved_forms.UnknownCode):
                saved_forms.restore(code)
        assert caplog.messages == [f"Saved form {saved.pk} cannot be read: Tampered"]

    def test_a_reference_that_is_none_takes_nothing_over(self, long_form, token):
        self.save(long_form, token, nama="Ibu")
        other = FormToken("y" * 20, long_form.pk, time.time())
        for reference in ("", "x", references.issue_token(long_form.pk)):
            saved_forms.take_over(reference, other)
        elsewhere = FormToken("z" * 20, long_form.pk + 1, time.time())
        with time_machine.travel(dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC)):
            saved_forms.take_over(saved_forms.reference_of(SavedForm.objects.get()), elsewhere)
        assert SavedForm.objects.get().token_digest == token.digest


# --- The page ---------------------------------------------------------------------------------------


def test_the_button_is_on_long_forms_only(form_page, long_form, client):
    def buttons(url: str) -> int:
        return len(page_of(client.get(url)).select("button[value=simpan]"))

    many = [ask(f"Isian {number}") for number in range(9)]
    assert buttons(form_page.url) == 0
    assert buttons(long_form.url) == 1
    assert buttons(make_form("delapan", many[:8]).url) == 0
    assert buttons(make_form("sembilan", many).url) == 1
    assert buttons(make_form("foto", [ask("Nama"), ask("Foto", "photo")]).url) == 1
    link = page_of(client.get(long_form.url)).find("a", string="Punya kode? Lanjutkan isian")
    assert link["href"] == RESUME
    assert not page_of(client.get(form_page.url)).find("a", href=RESUME)


def test_short_forms_save_nothing(form_page, client):
    fields = open_form(client)
    assert client.post(form_page.url, {**fields, "aksi": "simpan"}).status_code == 422
    assert not SavedForm.objects.exists()


def test_the_page_with_the_code_says_what_there_is_to_know(long_form):
    phone = on_the_second_step()
    with time_machine.travel(dt.datetime(2026, 11, 23, 2, 14, 5, tzinfo=dt.UTC)):
        phone = on_the_second_step()
        save(phone, tahun="dua", foto=sent(photo(), "a.jpg"))
    text = phone.page.select_one("main").get_text(" ", strip=True)
    assert "Kamis, 26 November 2026, 09.15 WIB" in text
    assert "NIK dan persetujuan tidak ikut disimpan, isi lagi nanti." in text
    assert "Foto dan dokumen yang sudah sampai." in text
    assert "Catat atau foto kode ini." in text
    assert phone.page.select_one("a.resume-address")["href"] == RESUME
    assert phone.page.select_one("a.resume-address").get_text() == f"testserver{RESUME}"
    assert phone.page.select(".qr svg")


def test_nobody_keeps_the_page_with_the_code(long_form):
    phone = on_the_second_step()
    save(phone)
    response = phone.response
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_saving_complains_of_nothing(long_form):
    phone = Phone(URL)
    save(phone, nama="", nik="12")
    assert not phone.page.select(".error-summary, .errorlist")


def test_back_to_the_form_goes_on_with_everything(long_form):
    phone = on_the_second_step()
    save(phone, tahun="dua", catatan="Baris satu\nBaris dua")
    button = phone.form.select_one("button")
    assert button.get_text() == "Kembali ke formulir"
    phone.press(button["value"])
    assert (phone.response.status_code, phone.heading, phone.errors) == (200, "Usaha", {})
    kept = phone.kept()
    assert (kept["tahun"], kept["nik"]) == (["dua"], [NIK])
    assert kept["catatan"][0].splitlines() == ["Baris satu", "Baris dua"]


@pytest.mark.parametrize("raw", ["", "x", "old"])
def test_without_a_good_token_nothing_is_stored(long_form, raw):
    phone = on_the_second_step()
    if raw == "old":
        with time_machine.travel(time.time() - 8 * 24 * 3600):
            raw = references.issue_token(long_form.pk)
    phone.press("simpan", **{TOKEN_FIELD: raw}, tahun="2015")
    assert phone.response.status_code == 422
    assert "Belum tersimpan" in phone.page.get_text()
    assert (phone.heading, phone.kept()["tahun"]) == ("Usaha", ["2015"])
    assert not SavedForm.objects.exists()
    save(phone)


def test_what_is_too_long_is_said_and_kept_on_the_page(long_form, monkeypatch):
    monkeypatch.setattr(saved_forms, "MAX_BYTES", 100)
    phone = on_the_second_step()
    phone.press("simpan", catatan="x" * 200)
    assert phone.response.status_code == 422
    assert "terlalu panjang untuk disimpan" in phone.page.get_text()
    assert phone.kept()["catatan"] == ["x" * 200]


@pytest.mark.usefixtures("_one_window")
@pytest.mark.parametrize("limit", ["SAVE_LIMIT", "SAVES_OF_ALL"])
def test_so_many_saves_and_no_more(long_form, monkeypatch, limit):
    monkeypatch.setattr(views, limit, Limit.parse("2/1h"))
    phone = on_the_second_step()
    for _ in range(2):
        save(phone)
    phone.press("simpan")
    assert phone.response.status_code == 429
    assert int(phone.response["Retry-After"]) > 0
    assert phone.kept()["nama"] == ["Ibu Contoh"]
    assert SavedForm.objects.count() == 2
