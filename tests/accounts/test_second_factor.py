"""The second step of the sign-in: a code of the phone, or a recovery code."""

from __future__ import annotations

import datetime
import json
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.people import PASSWORD

from .helpers import error_text, is_signed_in, sign_in

SECURITY = "/cms/akun/keamanan/"
ACTIVATE = f"{SECURITY}aktifkan/"
SECOND_STEP = "/cms/login/kode/"
NOW = datetime.datetime(2026, 11, 23, 1, tzinfo=datetime.UTC)
PERIOD = 30  # seconds


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def code_of(secret: str, periods_ago: int = 0) -> str:
    """What the app on the phone shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD - periods_ago))


def confirm_password(client: Client, path: str) -> None:
    """Follow the way through `Pastikan ini Anda` to a screen of account security."""
    asked = client.get(path)
    assert asked["Location"].startswith("/cms/akun/konfirmasi/")
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == path


def switch_on(client: Client) -> tuple[str, list[str]]:
    """Switch the second factor on as a user does; return the secret and the recovery codes."""
    confirm_password(client, ACTIVATE)
    secret = BeautifulSoup(client.get(ACTIVATE).content, "html.parser").select_one("code").get_text()
    response = client.post(ACTIVATE, {"code": code_of(secret)}, follow=True)
    codes = [code.get_text() for code in BeautifulSoup(response.content, "html.parser").select("li code")]
    assert len(codes) == 10
    return secret, codes


@pytest.fixture
def enrolled(officer, clock) -> tuple[str, list[str]]:
    """An officer with the second factor, some minutes ago."""
    client = Client()
    sign_in(client, "petugas")
    result = switch_on(client)
    clock.shift(600)
    return result


def first_step(username: str = "petugas") -> Client:
    """A browser that has given the right password."""
    client = Client()
    assert sign_in(client, username)["Location"] == SECOND_STEP
    return client


def test_is_optional_and_found_from_the_account_page(client, officer):
    sign_in(client, "petugas")
    assert is_signed_in(client)
    link = BeautifulSoup(client.get("/cms/account/").content, "html.parser").select_one(f'a[href="{SECURITY}"]')
    assert link.get_text(strip=True) == "Keamanan akun"
    assert "belum aktif" in client.get(SECURITY).content.decode()


def test_password_alone_no_longer_opens_the_cms(enrolled):
    client = first_step()
    assert not is_signed_in(client)
    assert client.get("/cms/kotak-masuk/").status_code == 302


def test_password_and_code_do(enrolled):
    client = first_step()
    assert client.post(SECOND_STEP, {"code": code_of(enrolled[0])})["Location"] == "/cms/"
    assert is_signed_in(client)


def test_the_way_back_survives_the_second_step(enrolled):
    client = Client()
    client.post("/cms/login/", {"login": "petugas", "password": PASSWORD, "next": "/cms/kotak-masuk/"})
    assert client.post(SECOND_STEP, {"code": code_of(enrolled[0])})["Location"] == "/cms/kotak-masuk/"


def test_the_second_step_without_the_first_leads_to_the_first(client, enrolled):
    assert client.get(SECOND_STEP)["Location"] == "/cms/login/"
    assert client.post(SECOND_STEP, {"code": code_of(enrolled[0])})["Location"] == "/cms/login/"


@pytest.mark.parametrize("code", ["000000", "", "a\x00b", "9" * 100_000, "١٢٣٤٥٦"])
def test_wrong_code_is_an_error_on_the_form(enrolled, code):
    client = first_step()
    response = client.post(SECOND_STEP, {"code": code})
    assert response.status_code == 200
    assert error_text(response)
    assert not is_signed_in(client)


def test_a_code_of_the_last_period_still_fits_but_no_older_one(enrolled):
    client = first_step()
    assert error_text(client.post(SECOND_STEP, {"code": code_of(enrolled[0], periods_ago=2)}))
    assert client.post(SECOND_STEP, {"code": code_of(enrolled[0], periods_ago=1)}).status_code == 302


@pytest.mark.parametrize("seconds_later", [0, 29, 31])
def test_a_code_works_once_for_as_long_as_it_is_valid(enrolled, clock, seconds_later):
    code = code_of(enrolled[0])
    first_step().post(SECOND_STEP, {"code": code})
    clock.shift(seconds_later)
    assert error_text(first_step().post(SECOND_STEP, {"code": code}))


def test_the_code_that_switched_it_on_does_not_work_again(officer, clock):
    client = Client()
    sign_in(client, "petugas")
    secret, _ = switch_on(client)
    assert error_text(first_step().post(SECOND_STEP, {"code": code_of(secret)}))


def test_guessing_codes_is_throttled(enrolled):
    client = first_step()
    for number in range(5):
        client.post(SECOND_STEP, {"code": f"00000{number}"})
    response = client.post(SECOND_STEP, {"code": code_of(enrolled[0])})
    assert "Terlalu banyak percobaan yang gagal" in error_text(response)
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(enrolled):
    client = first_step()
    assert client.post(SECOND_STEP, {"code": enrolled[1][0]})["Location"] == "/cms/"
    assert error_text(first_step().post(SECOND_STEP, {"code": enrolled[1][0]}))
    assert "9 kode yang belum dipakai" in client.get(SECURITY).content.decode()


def test_new_recovery_codes_replace_the_old(enrolled):
    client = first_step()
    client.post(SECOND_STEP, {"code": code_of(enrolled[0])})
    confirm_password(client, f"{SECURITY}kode-pemulihan/baru/")
    page = client.post(f"{SECURITY}kode-pemulihan/baru/", follow=True).content.decode()
    assert enrolled[1][1] not in page
    assert error_text(first_step().post(SECOND_STEP, {"code": enrolled[1][1]}))
    download = client.get(f"{SECURITY}kode-pemulihan/unduh/")
    assert download.content.decode().count("\n") == 12
    assert "attachment" in download["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["aktifkan/", "matikan/", "kode-pemulihan/", "kode-pemulihan/baru/", "kode-pemulihan/unduh/"]
)
def test_an_unlocked_computer_is_not_enough_to_change_anything(officer, clock, path):
    client = Client()
    sign_in(client, "petugas")
    if path != "aktifkan/":
        switch_on(client)
        clock.shift(301)
    assert client.get(SECURITY + path)["Location"].startswith("/cms/akun/konfirmasi/")


def test_confirming_with_a_code_instead_of_the_password(enrolled, clock):
    client = first_step()
    client.post(SECOND_STEP, {"code": code_of(enrolled[0])})
    clock.shift(60)
    assert "Pakai kode dari aplikasi" in client.get("/cms/akun/konfirmasi/").content.decode()
    path = f"/cms/akun/konfirmasi/kode/?next={SECURITY}matikan/"
    assert client.post(path, {"code": code_of(enrolled[0])})["Location"] == f"{SECURITY}matikan/"


def test_wrong_password_confirms_nothing(officer):
    client = Client()
    sign_in(client, "petugas")
    response = client.post(f"/cms/akun/konfirmasi/?next={ACTIVATE}", {"password": "salah"})
    assert "Sandi tidak cocok" in error_text(response)
    assert client.get(ACTIVATE).status_code == 302


def test_a_wrong_first_code_keeps_the_secret_that_was_scanned(officer, clock):
    client = Client()
    sign_in(client, "petugas")
    confirm_password(client, ACTIVATE)
    secret = BeautifulSoup(client.get(ACTIVATE).content, "html.parser").select_one("code").get_text()
    response = client.post(ACTIVATE, {"code": "000000"})
    assert error_text(response)
    assert secret in response.content.decode()
    assert not Authenticator.objects.exists()


def test_the_code_image_is_in_the_page_and_allowed_there(officer, clock):
    client = Client()
    sign_in(client, "petugas")
    confirm_password(client, ACTIVATE)
    response = client.get(ACTIVATE)
    image = BeautifulSoup(response.content, "html.parser").select_one(".qr img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_switching_it_off(enrolled):
    client = first_step()
    client.post(SECOND_STEP, {"code": code_of(enrolled[0])})
    confirm_password(client, f"{SECURITY}matikan/")
    response = client.post(f"{SECURITY}matikan/", follow=True)
    assert "Verifikasi dua langkah dimatikan." in response.content.decode()
    assert not Authenticator.objects.exists()
    assert sign_in(Client(), "petugas")["Location"] == "/cms/"


def test_nothing_in_the_database_tells_the_secret(enrolled):
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert enrolled[0] not in stored
    assert not [code for code in enrolled[1] if code in stored]


def test_after_a_new_secret_key_with_the_old_as_fallback_codes_still_fit(enrolled, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, [settings.SECRET_KEY]
    client = first_step()
    assert client.post(SECOND_STEP, {"code": code_of(enrolled[0])})["Location"] == "/cms/"


@pytest.mark.parametrize("which", ["phone", "recovery"])
def test_when_the_key_is_lost_no_code_fits_and_nothing_breaks(enrolled, settings, caplog, which):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, []
    client = first_step()
    response = client.post(SECOND_STEP, {"code": code_of(enrolled[0]) if which == "phone" else enrolled[1][0]})
    assert response.status_code == 200
    assert error_text(response)
    assert "SECRET_KEY" in caplog.text


def test_a_stolen_first_step_expires(enrolled, clock):
    client = first_step()
    clock.shift(15 * 60 + 1)
    assert client.post(SECOND_STEP, {"code": code_of(enrolled[0])})["Location"] == "/cms/login/"


def test_an_admin_helps_whose_phone_is_lost(client, enrolled, officer, admin):
    client.force_login(admin)
    page = client.get(f"/cms/users/edit/{officer.pk}/").content.decode()
    assert "Matikan verifikasi dua langkah" in page
    client.post(
        f"/cms/users/edit/{officer.pk}/",
        {
            "username": "petugas", "first_name": "Petugas", "email": "petugas@example.id", "is_active": "on",
            "role": officer.groups.get().pk, "assigned_forms": [form.pk for form in officer.assigned_forms.all()],
            "reset_second_factor": "on",
        },
    )  # fmt: skip
    assert sign_in(Client(), "petugas")["Location"] == "/cms/"
