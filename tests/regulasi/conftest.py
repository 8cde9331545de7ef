"""Fixtures of the tests of regulations."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.regulations import make_regulation_index


@pytest.fixture
def folders(settings, tmp_path):
    """Private files and documents of this test alone."""
    private = {"BACKEND": "siptenan.common.private_files.PrivateDisk", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def desk(editor) -> Client:
    make_regulation_index()
    client = Client()
    client.force_login(editor)
    return client
