"""Staff sign in through allauth, below /cms/, and in no other way."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import Resolver404, resolve

from siptenan.accounts.models import User
from siptenan.accounts.views import StaffLoginView

from .helpers import LOGIN, error_text, is_signed_in, sign_in

MISMATCH = "Nama pengguna atau sandi tidak cocok. Periksa lalu coba lagi."


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_right_password_leads_to_the_cms(client, officer):
    response = sign_in(client, "petugas")
    assert (response.status_code, response["Location"]) == (302, "/cms/")
    assert is_signed_in(client)


def test_the_way_from_a_screen_leads_back_to_it(client, officer):
    asked = client.get("/cms/kotak-masuk/")
    assert asked["Location"] == f"{LOGIN}?next=/cms/kotak-masuk/"
    form = BeautifulSoup(client.get(asked["Location"]).content, "html.parser").select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    response = client.post(form["action"], {**fields, "login": "petugas", "password": "sandi-contoh-123"})
    assert response["Location"] == "/cms/kotak-masuk/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_never_leads_to_another_site(client, officer, target):
    response = client.post(LOGIN, {"login": "petugas", "password": "sandi-contoh-123", "next": target})
    assert response["Location"] == "/cms/"


def test_wrong_password_and_unknown_user_look_the_same(client, officer):
    wrong, unknown = sign_in(client, "petugas", "salah"), sign_in(client, "tidakada", "salah")
    assert wrong.status_code == unknown.status_code == 200
    assert error_text(wrong) == error_text(unknown) == MISMATCH
    assert not is_signed_in(client)


def test_inactive_user_with_a_wrong_password_looks_the_same_too(client, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert error_text(sign_in(client, "petugas", "salah")) == MISMATCH


@pytest.mark.parametrize("change", [{"is_active": False}, {"groups": []}], ids=["inactive", "without a role"])
def test_right_password_but_no_access_is_told_so(client, officer, change):
    if "groups" in change:
        officer.groups.clear()
    else:
        User.objects.filter(pk=officer.pk).update(**change)
    response = client.get(sign_in(client, "petugas")["Location"])
    assert "Akun belum dapat dipakai" in response.content.decode()
    assert not is_signed_in(client)


def test_who_loses_the_role_while_signed_in_does_not_go_round_in_circles(client, officer):
    sign_in(client, "petugas")
    officer.groups.clear()
    response = client.get("/cms/", follow=True)
    assert response.redirect_chain[-1][0] == "/cms/akun/tidak-aktif/"
    assert "Keluar" in response.content.decode()


def test_who_is_switched_off_while_signed_in_is_out_at_once(client, officer):
    sign_in(client, "petugas")
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_user_name_may_be_typed_in_any_case(client, officer):
    assert sign_in(client, "PETUGAS")["Location"] == "/cms/"


def test_session_id_changes_at_sign_in(client, officer):
    client.get(LOGIN)
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["siptenan_cms"] = session.session_key
    sign_in(client, "petugas")
    assert client.cookies["siptenan_cms"].value not in ("", session.session_key)


def test_cookies_are_for_the_cms_alone(client, officer):
    sign_in(client, "petugas")
    client.get("/cms/")
    assert {cookie["path"] for cookie in client.cookies.values()} == {"/cms/"}
    assert client.cookies["siptenan_cms"]["httponly"]
    assert client.cookies["siptenan_cms"]["samesite"] == "Lax"


def test_session_ends_with_the_browser(client, officer):
    sign_in(client, "petugas")
    assert client.cookies["siptenan_cms"]["max-age"] == ""


def test_public_login_link_leads_here(client, db):
    assert client.get("/login/")["Location"] == LOGIN


def test_already_signed_in_is_sent_on(client, officer):
    sign_in(client, "petugas")
    assert client.get(LOGIN)["Location"] == "/cms/"


def test_sign_out_asks_and_then_does_it(client, officer):
    sign_in(client, "petugas")
    assert "Keluar dari CMS di perangkat ini?" in client.get("/cms/logout/").content.decode()
    assert is_signed_in(client), "a link alone must not sign anybody out"
    response = client.post("/cms/logout/", follow=True)
    assert "Anda sudah keluar." in response.content.decode()
    assert not is_signed_in(client)


def test_wagtails_own_sign_in_cannot_be_reached():
    assert resolve(LOGIN).func.view_class is StaffLoginView
    for path in ("/cms//login/", "/cms/login", "/cms/./login/"):
        try:
            name = resolve(path).view_name
        except Resolver404:
            continue
        assert name != "wagtailadmin_login", path


def test_wagtails_form_fields_sign_nobody_in(client, officer):
    response = client.post(LOGIN, {"username": "petugas", "password": "sandi-contoh-123"})
    assert response.status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "path",
    [
        "/cms/password_reset/", "/cms/password_reset/done/", "/cms/password_reset/complete/",
        "/cms/password_reset/confirm/MQ/a-b/", "/accounts/login/", "/accounts/signup/", "/admin/login/",
    ],
)  # fmt: skip
def test_there_is_no_other_door(client, site, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["signup", "email", "password/reset", "password/change", "confirm-email"])
@pytest.mark.parametrize("prefix", ["/cms/", "/cms/akun/"])
def test_allauth_offers_nothing_else(client, site, prefix, name):
    response = client.get(f"{prefix}{name}/")
    assert response.status_code == 302, "Wagtail sends every unknown address to the sign-in first"
    assert response["Location"].startswith(LOGIN)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("a\x00b", "x"),
        ("petugas", "x\x00y"),
        ("a" * 1_000_000, "x"),
        ("petugas", "x" * 1_000_000),
        ("", ""),
        ("👩‍🔧", "🔑"),
    ],
    ids=["NUL in name", "NUL in password", "long name", "long password", "empty", "emoji"],
)
def test_odd_input_is_an_error_on_the_form(client, officer, username, password):
    response = sign_in(client, username, password)
    assert response.status_code == 200
    assert error_text(response)
    assert not is_signed_in(client)


def test_broken_utf8_in_the_form_is_no_crash(client, officer):
    response = client.post(LOGIN, "login=%ff%fe&password=%ff", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


def test_missing_csrf_token_is_a_page_that_says_how_to_go_on(officer):
    response = sign_in(Client(enforce_csrf_checks=True), "petugas")
    assert response.status_code == 403
    assert "/login/" in response.content.decode()


def test_asking_as_a_script_gets_the_page_too(client, officer):
    response = sign_in(client, "petugas", "salah", headers={"X-Requested-With": "XMLHttpRequest"})
    assert response["Content-Type"].startswith("text/html")


PAGES = [LOGIN, "/cms/logout/", "/cms/akun/tidak-aktif/", "/cms/akun/keamanan/", "/cms/akun/konfirmasi/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_strict_private_and_indonesian(client, officer, path):
    if path != LOGIN:
        client.force_login(officer)
    response = client.get(path)
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "no-store" in response["Cache-Control"]
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.html["lang"] == "id"
    assert len(soup.select("h1")) == 1
    assert soup.select("script, style, [style]") == []
    assert not [attribute for tag in soup.find_all() for attribute in tag.attrs if attribute.startswith("on")]
    assert not re.search(r"\b(Sign|Password|Username|Log ?in|Submit|Cancel|Confirm|Code|Error)\b", soup.get_text())


def test_every_field_has_its_label(client, db):
    soup = BeautifulSoup(client.get(LOGIN).content, "html.parser")
    labels = {label["for"]: label.get_text(strip=True) for label in soup.select("label")}
    shown = {field["id"]: field for field in soup.select("main input:not([type=hidden])")}
    assert {name: labels[name] for name in shown} == {"id_login": "Nama pengguna", "id_password": "Sandi"}
    assert [field.get("placeholder") for field in shown.values()] == [None, None]
    assert shown["id_login"]["autocomplete"] == "username"
    assert shown["id_password"]["autocomplete"] == "current-password"


def test_password_is_never_sent_back(client, officer):
    assert b"salah-sekali" not in sign_in(client, "petugas", "salah-sekali").content
