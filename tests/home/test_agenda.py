"""Events: their pages and their calendar files."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from icalendar import Calendar, Event

from home.agenda import period
from siptenan.common.dates import WIB
from tests.factories import make_event, make_info, make_info_index

pytestmark = pytest.mark.django_db

NINE = dt.datetime(2027, 3, 2, 9, tzinfo=WIB)


@pytest.fixture
def index(site):
    """The list at /info/, empty."""
    return make_info_index(site)


def page(client: Client, url: str) -> BeautifulSoup:
    """The main part of a page that opens."""
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def calendar_event(client: Client, url: str) -> Event:
    """The one event in the calendar file of a page."""
    response = client.get(f"{url}kalender.ics")
    assert response.status_code == 200
    calendar = Calendar.from_ical(response.content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    (event,) = calendar.walk("VEVENT")
    return event


class TestWords:
    def test_one_day_many_days_and_no_end(self):
        assert period(NINE, NINE + dt.timedelta(hours=3)) == "Selasa, 2 Maret 2027, 09.00 sampai 12.00 WIB"
        assert period(NINE, None) == "Selasa, 2 Maret 2027, 09.00 WIB"
        long = "Selasa, 2 Maret 2027, 09.00 WIB, sampai Rabu, 3 Maret 2027, 11.00 WIB"
        assert period(NINE, NINE + dt.timedelta(hours=26)) == long

    def test_the_day_is_the_one_in_pekalongan(self):
        late = dt.datetime(2027, 3, 1, 23, tzinfo=dt.UTC)  # six in the morning
        assert period(late, None) == "Selasa, 2 Maret 2027, 06.00 WIB"


class TestPage:
    def test_says_when_where_who_and_how_to_register(self, index, client):
        where = {"place": "Aula Contoh", "organiser": "Dinas Contoh", "registration_url": "https://example.org/daftar"}
        event = make_event("Klinik", starts_at=NINE, ends_at=NINE + dt.timedelta(hours=3), **where)
        with time_machine.travel(NINE - dt.timedelta(days=1)):
            found = page(client, event.url)
        for words in ("Agenda", "Selasa, 2 Maret 2027, 09.00 sampai 12.00 WIB", "Aula Contoh", "Dinas Contoh"):
            assert words in found.get_text(" ", strip=True)
        assert found.select_one("a.button:not(.button-quiet)")["href"] == "https://example.org/daftar"
        assert found.find("a", string="Tambah ke kalender")["href"] == f"{event.url}kalender.ics"

    def test_one_that_is_over_says_so_and_offers_nothing_any_more(self, index, client):
        event = make_event(days=-3, registration_url="https://example.org/daftar")
        found = page(client, event.url)
        assert "Acara ini sudah selesai." in found.get_text()
        assert "Sudah lewat" in found.get_text()
        assert found.find("a", string="Daftar") is None
        assert found.find("a", string="Tambah ke kalender") is None

    def test_without_an_end_it_lasts_until_midnight(self, index, client):
        event = make_event(starts_at=NINE, ends_at=None)
        for at, over in ((NINE.replace(hour=23, minute=50), False), (NINE + dt.timedelta(days=1), True)):
            with time_machine.travel(at):
                assert ("Acara ini sudah selesai." in page(client, event.url).get_text()) == over

    def test_search_engines_are_told_of_the_event(self, index, client):
        event = make_event("Klinik", starts_at=NINE, ends_at=None)
        told = client.get(event.url).content.decode()
        assert '"@type": "Event"' in told
        assert '"startDate": "2027-03-02T09:00:00+07:00"' in told
        assert "endDate" not in told


class TestCalendarFile:
    def test_holds_the_event(self, index, client):
        event = make_event(
            "Klinik merek, gratis; datang!", starts_at=NINE, ends_at=NINE + dt.timedelta(hours=3), place="Aula Contoh",
            organiser="Dinas Contoh", summary="Bawa label.",
        )  # fmt: skip
        found = calendar_event(client, event.url)
        assert found["SUMMARY"] == "Klinik merek, gratis; datang!"
        assert found["LOCATION"] == "Aula Contoh"
        assert found["URL"] == f"http://testserver{event.url}"
        assert found["DESCRIPTION"].split("\n") == ["Bawa label.", "Penyelenggara: Dinas Contoh", found["URL"]]
        assert found.decoded("DTSTART") == NINE
        assert found.decoded("DTEND") == NINE + dt.timedelta(hours=3)
        assert found.decoded("DTSTART").utcoffset() == dt.timedelta(0)
        assert found.decoded("DTSTAMP") == event.last_published_at.replace(microsecond=0)

    def test_without_an_end(self, index, client):
        assert "DTEND" not in calendar_event(client, make_event(ends_at=None).url)

    def test_keeps_its_uid_when_the_page_moves(self, index, client):
        event = make_event("Lama")
        before = calendar_event(client, event.url)["UID"]
        assert uuid.UUID(before)
        event.title, event.slug = "Baru", "baru"
        event.save_revision().publish()
        assert calendar_event(client, "/info/baru/")["UID"] == before

    def test_is_saved_under_the_name_of_the_page_and_nothing_is_set(self, index, client):
        response = client.get(make_event(slug="klinik-merek").url + "kalender.ics")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="klinik-merek.ics"'
        assert not response.cookies

    def test_long_and_strange_words_are_folded_and_cleaned(self, index, client):
        event = make_event("Batik ✿ " * 20, place="Aula\x0b Contoh")
        content = client.get(f"{event.url}kalender.ics").content
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        found = calendar_event(client, event.url)
        assert found["SUMMARY"] == event.title
        assert found["LOCATION"] == "Aula Contoh"

    def test_only_events_that_are_published_have_one(self, index, client):
        info, event = make_info(), make_event()
        event.unpublish()
        for url in (info.url, event.url, "/info/", "/info/tidak-ada/", "/"):
            assert client.get(f"{url}kalender.ics").status_code == 404, url

    def test_is_read_only(self, index, client):
        url = make_event().url + "kalender.ics"
        assert client.post(url).status_code == 405
        assert client.head(url).status_code == 200
