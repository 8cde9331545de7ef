"""Files that wait between two screens."""

from __future__ import annotations

import datetime as dt
import os

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from siptenan.common import staging
from siptenan.common.staging import FOLDER, KEPT, NotStaged


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    private = {"BACKEND": "siptenan.common.private_files.PrivateDisk", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path / FOLDER


def stage(content: bytes = b"isi") -> str:
    return staging.stage(ContentFile(content, name="daftar ibu contoh.zip"), "coba", 7)


def read(token: str, purpose: str = "coba", user: int = 7) -> bytes:
    with staging.opened(token, purpose, user) as file:
        return file.read()


def test_a_token_opens_its_file_as_often_as_needed_until_it_is_discarded(folder):
    token = stage()
    assert read(token) == read(token) == b"isi"
    assert "contoh" not in os.listdir(folder)[0]
    staging.discard(token, "coba")
    staging.discard(token, "coba")
    assert os.listdir(folder) == []
    with pytest.raises(NotStaged):
        read(token)


def test_no_address_leads_to_it(folder):
    stage()
    with pytest.raises(ValueError, match="not accessible via a URL"):
        storages["private"].url(f"{FOLDER}/{os.listdir(folder)[0]}")


@pytest.mark.parametrize(("purpose", "user"), [("lain", 7), ("coba", 8)])
def test_a_token_is_of_one_user_and_one_purpose(purpose, user):
    with pytest.raises(NotStaged):
        read(stage(), purpose, user)


def test_a_token_that_nobody_gave_opens_nothing():
    with pytest.raises(NotStaged):
        read("eyJuYW1lIjoiLi4vcmFoYXNpYSJ9:1abc:def")


def test_a_token_runs_out():
    token = stage()
    with time_machine.travel(timezone.now() + KEPT + dt.timedelta(seconds=1)), pytest.raises(NotStaged):
        read(token)


def test_another_file_in_its_place_is_not_opened(folder):
    token = stage()
    (folder / os.listdir(folder)[0]).write_bytes(b"lain")
    with pytest.raises(NotStaged):
        read(token)


def test_what_nobody_confirms_is_deleted_in_time(folder):
    assert staging.purge() == 0
    old, young = stage(b"lama"), stage(b"baru")
    path = next(path for path in folder.iterdir() if path.read_bytes() == b"lama")
    past = (timezone.now() - KEPT - dt.timedelta(minutes=1)).timestamp()
    os.utime(path, (past, past))
    assert staging.purge() == 1
    assert read(young) == b"baru"
    with pytest.raises(NotStaged):
        read(old)
