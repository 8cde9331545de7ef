"""What the front page shows of the other rooms: services, the newest, figures when there are enough."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from forms.enums import Status
from forms.models import Submission
from forms.reports import FEWEST_TO_PUBLISH, duration_text
from gallery.models import GalleryIndexPage
from home.models import InfoIndexPage, InfoPage
from regulasi.models import RegulationIndexPage
from siptenan.common import generation
from siptenan.common.dates import WIB
from tests.factories import (
    make_business,
    make_product,
    make_regulation,
    make_regulation_index,
    make_ticket,
    text,
)
from tests.factories.site import publish

pytestmark = pytest.mark.django_db
MONDAY_9 = dt.datetime(2026, 11, 23, 9, tzinfo=WIB)
TUESDAY_9 = dt.datetime(2026, 11, 24, 9, tzinfo=WIB)

BODY = text("<p>Isi.</p>")


def page(client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/").content, "html.parser")


def answered(form, minutes: list[int]) -> None:
    """Tickets of Monday 9.00, answered so many minutes later the same day, before noon."""
    for wait in minutes:
        ticket = make_ticket(form)
        Submission.objects.filter(pk=ticket.pk).update(
            submitted_at=MONDAY_9, first_answered_at=MONDAY_9 + dt.timedelta(minutes=wait), status=Status.ANSWERED
        )


def shown(client) -> list[str]:
    with time_machine.travel(TUESDAY_9, tick=False):
        return [number.text for number in page(client).select(".figures dd")]


def test_figures_are_hidden_while_there_are_too_few(form_page, client):
    answered(form_page, [30] * (FEWEST_TO_PUBLISH - 1))
    assert shown(client) == []


def test_figures_are_those_of_the_tickets(form_page, client):
    """Half after 30 minutes, half after 90: the median is an hour. Open tickets and spam count nowhere."""
    answered(form_page, [30] * (FEWEST_TO_PUBLISH // 2) + [90] * (FEWEST_TO_PUBLISH // 2))
    make_ticket(form_page)
    spam = make_ticket(form_page)
    Submission.objects.filter(pk=spam.pk).update(status=Status.SPAM, first_answered_at=TUESDAY_9)
    assert shown(client) == [str(FEWEST_TO_PUBLISH), "1 jam"]


def test_tickets_older_than_a_year_do_not_count(form_page, client):
    answered(form_page, [30] * FEWEST_TO_PUBLISH)
    Submission.objects.update(submitted_at=MONDAY_9 - dt.timedelta(days=400))
    assert shown(client) == []


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 menit"), (59.4, "59 menit"), (60, "1 jam"), (61, "1 jam 1 menit"), (480, "8 jam")]
)
def test_working_time_in_words(minutes, words):
    assert duration_text(minutes) == words


def test_the_newest_entries_first_and_three_at_most(site, client):
    index = publish(site, InfoIndexPage(title="Info Lainnya", slug="info"))
    for day in range(1, 6):
        publish(index, InfoPage(title=f"Info {day}", summary="Ringkas.", date=dt.date(2026, 11, day), body=BODY))
    generation.forget()
    titles = [card.text.strip() for card in page(client).select("main .card-title")]
    assert [title for title in titles if title.startswith("Info")] == ["Info 5", "Info 4", "Info 3"]


def test_the_newest_products_four_at_most_until_they_are_hidden(site, client):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm"))
    business = make_business()
    products = [make_product(business, f"Kain {number}") for number in range(5)]
    titles = [card.text for card in page(client).select(".product-grid .card-title")]
    assert titles == ["Kain 4", "Kain 3", "Kain 2", "Kain 1"]
    products[4].unpublish()
    assert page(client).select_one(".product-grid .card-title").text == "Kain 3"
    business.refresh_from_db()
    business.unpublish()
    assert "Produk IKM terbaru" not in page(client).text


def test_what_is_empty_has_no_heading(site, client):
    headings = [heading.text for heading in page(client).select("main h2")]
    assert "Layanan KALINDRI" in headings
    assert "Info terbaru" not in headings
    assert "Layanan dalam angka" not in headings


class TestNewestRegulations:
    def cards(self, client) -> list:
        section = page(client).find("h2", string="Regulasi terbaru")
        return section.parent.select("li.card") if section else []

    def test_nothing_is_said_of_them_while_there_are_none(self, site, client):
        assert self.cards(client) == []
        make_regulation_index(site)
        make_regulation(live=False)
        assert self.cards(client) == []

    def test_the_newest_first_with_how_they_stand_and_a_way_to_all(self, site, client):
        make_regulation_index(site)
        made = [make_regulation(year=year) for year in (2016, 2019, 2014, 2020)]
        cards = self.cards(client)
        assert [card.h3.text for card in cards] == [made[number].full_title for number in (3, 1, 0)]
        assert [card.select_one(".badge").text for card in cards] == ["Berlaku"] * 3
        assert cards[0].find_parent("section").select_one("a[href='/regulasi/']").text == "Semua regulasi"
        assert client.get(cards[0].a["href"]).status_code == 200
        made[3].unpublish()
        assert [card.h3.text for card in self.cards(client)] == [made[number].full_title for number in (1, 0, 2)]

    def test_the_badge_is_of_the_day(self, site, client):
        make_regulation_index(site)
        make_regulation(year=2026, enacted_on=dt.date(2026, 11, 1), promulgated_on=None, effective_on=TUESDAY_9.date())
        badges = []
        for now in (MONDAY_9, TUESDAY_9):
            with time_machine.travel(now, tick=False):
                badges += [card.select_one(".badge").text for card in self.cards(client)]
        assert badges == ["Belum berlaku", "Berlaku"]

    def test_they_go_with_their_list(self, site, client):
        make_regulation_index(site)
        make_regulation()
        RegulationIndexPage.objects.get().unpublish()
        assert self.cards(client) == []
