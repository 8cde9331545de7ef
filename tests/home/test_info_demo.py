"""Info lainnya of the demo: something of every kind, in plain words, each with its source, and only once."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from home.content_checks import hard_words, long_sentences, page_text
from home.models import InfoPage
from home.models.info import InfoKind

pytestmark = pytest.mark.django_db


def load() -> None:
    """What `make run` does before it serves."""
    call_command("load_demo", password="sandi-contoh-123", without_products=True, verbosity=0, stdout=StringIO())


@pytest.fixture
def pages(db) -> list[InfoPage]:
    """Every entry of the demo."""
    load()
    return list(InfoPage.objects.live().specific())


def test_loading_again_changes_nothing_and_fills_an_older_demo(pages):
    load()
    assert InfoPage.objects.count() == len(pages) >= 12
    for page in InfoPage.objects.all():
        page.delete()
    load()
    assert InfoPage.objects.count() == len(pages)


def test_shows_every_kind_and_state(pages, client):
    assert {page.kind for page in pages} == set(InfoKind.values)
    assert {page.is_over for page in pages if page.kind == InfoKind.ANNOUNCEMENT} == {True, False}
    assert sorted(page.is_over for page in pages if page.kind == InfoKind.EVENT) == [False, False, True]
    assert any(page.image for page in pages)
    said = client.get("/info/").content.decode()
    for words in ("Pengumuman yang berlaku", "Agenda terdekat", "Semua info", "Halaman 1 dari 2"):
        assert words in said


def test_says_where_it_comes_from_or_that_it_is_invented(pages):
    for page in pages:
        if page.source:
            assert page.checked_on == dt.date(2026, 11, 22), page.title
        else:
            assert page.title.startswith("Contoh"), page.title
            assert "Ini contoh" in page_text(page), page.title


def test_is_written_in_plain_words(pages):
    faults = {page.title: (hard_words(page_text(page)), long_sentences(page_text(page))) for page in pages}
    assert {title: found for title, found in faults.items() if found != ([], [])} == {}
