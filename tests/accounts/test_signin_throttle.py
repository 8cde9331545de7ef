"""Guessing passwords is slow: per user name from anywhere, and per address for any name."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from siptenan.settings import base

from .helpers import error_text, is_signed_in, sign_in

TOO_MANY = "Terlalu banyak percobaan yang gagal"
PER_NAME, PER_ADDRESS = 5, 20
DATABASE_CACHE = {
    **settings.CACHES,
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
}


def fail(times: int, username: str = "petugas", **extra) -> None:
    for _ in range(times):
        assert TOO_MANY not in error_text(sign_in(Client(), username, "salah", **extra))


def test_the_limits_are_counted_in_the_database_in_production():
    assert base.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_a_user_name_is_shut_whatever_the_address(officer):
    for number in range(PER_NAME):
        fail(1, REMOTE_ADDR=f"192.0.2.{number}")
    response = sign_in(Client(), "petugas", REMOTE_ADDR="198.51.100.7")
    assert response.status_code == 200
    assert TOO_MANY in error_text(response), "the right password does not help now"


def test_other_users_go_on(officer, admin):
    fail(PER_NAME)
    assert sign_in(Client(), "admin")["Location"] == "/cms/"


def test_an_unknown_name_is_shut_just_the_same(officer):
    fail(PER_NAME, "tidakada")
    assert TOO_MANY in error_text(sign_in(Client(), "tidakada", "salah"))


def test_an_address_is_shut_for_any_name(officer):
    for number in range(PER_ADDRESS):
        fail(1, f"orang{number}", REMOTE_ADDR="192.0.2.1")
    assert TOO_MANY in error_text(sign_in(Client(), "petugas", REMOTE_ADDR="192.0.2.1"))
    assert sign_in(Client(), "petugas", REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.parametrize("spelling", ["PETUGAS", " petugas ", "Petugas"])
def test_spelling_is_no_way_round(officer, spelling):
    fail(PER_NAME)
    assert TOO_MANY in error_text(sign_in(Client(), spelling))


def test_another_host_name_is_no_way_round(officer):
    fail(PER_NAME)
    assert TOO_MANY in error_text(sign_in(Client(), "petugas", headers={"Host": "localhost"}))


def test_a_forged_forwarded_address_is_no_way_round(officer):
    for number in range(PER_ADDRESS):
        fail(1, f"orang{number}", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert TOO_MANY in error_text(sign_in(Client(), "petugas", headers={"X-Forwarded-For": "203.0.113.99"}))


def test_behind_a_named_proxy_each_client_counts_for_himself(officer, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(PER_ADDRESS):
        fail(1, f"orang{number}", headers={"X-Forwarded-For": "203.0.113.5"})
    assert TOO_MANY in error_text(sign_in(Client(), "petugas", headers={"X-Forwarded-For": "203.0.113.5"}))
    assert sign_in(Client(), "petugas", headers={"X-Forwarded-For": "203.0.113.6"}).status_code == 302


def test_behind_a_unix_socket_there_is_no_address_and_no_crash(officer):
    assert sign_in(Client(), "petugas", REMOTE_ADDR="").status_code == 302


def test_right_passwords_are_not_counted(officer):
    for _ in range(PER_NAME + 1):
        assert sign_in(Client(), "petugas").status_code == 302


def test_a_right_password_between_wrong_ones_does_not_start_the_count_again(officer, admin):
    fail(PER_NAME - 1)
    sign_in(Client(), "petugas")
    fail(1)
    assert TOO_MANY in error_text(sign_in(Client(), "petugas"))


def test_after_five_minutes_it_opens_again(officer):
    with time_machine.travel(datetime.datetime(2026, 11, 23, 1, tzinfo=datetime.UTC), tick=False) as clock:
        fail(PER_NAME)
        clock.shift(299)
        assert TOO_MANY in error_text(sign_in(Client(), "petugas"))
        clock.shift(2)
        assert sign_in(Client(), "petugas").status_code == 302


def test_a_flood_from_one_address_is_429_in_words(officer):
    client = Client()
    for _ in range(30):
        client.post("/cms/login/", {})
    response = client.post("/cms/login/", {"login": "petugas", "password": "sandi-contoh-123"})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "no-store" in response.headers["Cache-Control"]
    assert "Mohon tunggu sebentar" in response.content.decode()
    assert client.get("/cms/login/").status_code == 200, "looking at the form is no guess"
    assert not is_signed_in(client)


def test_processes_count_together(officer, settings):
    settings.CACHES = DATABASE_CACHE
    call_command("createcachetable")
    for _ in range(PER_NAME):
        fail(1)
        caches.close_all()  # the next request is another process: all it shares with this one is the database
        del caches["default"]
    assert TOO_MANY in error_text(sign_in(Client(), "petugas"))
