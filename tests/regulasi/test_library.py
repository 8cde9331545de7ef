"""The list of regulations as visitors see it: each once, filters with true counts, orders, pages."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulasi.library import listing
from regulasi.models import DailyReading, RegulationPage
from tests.factories.regulations import make_regulation, make_regulation_index, relate, relation
from tests.regulasi.reading_list import LIST, counts, soup, titles, urls, with_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(site):
    return make_regulation_index()


# --- What is listed ---------------------------------------------------------------------------------


def test_empty_list_says_so_and_offers_a_next_step(client):
    page = soup(client)
    assert page.select_one(".empty h2").text == "Belum ada regulasi yang tampil"
    assert page.select_one(".empty a")["href"]
    assert not page.select_one("#saring")


def test_every_published_one_once_and_no_draft(client):
    made = [make_regulation(number=str(number)) for number in range(1, 46)]
    draft = make_regulation(number="99999", live=False)  # no title has this number by chance
    seen = [url for number in (1, 2, 3) for url in urls(client, f"?page={number}")]
    assert sorted(seen) == sorted(f"{LIST}{page.slug}/" for page in made)
    assert titles(client, f"?q={draft.number}") == []
    assert client.get(f"{LIST}{draft.slug}/").status_code == 404


def test_unpublished_goes_from_the_list(client):
    page = make_regulation()
    assert len(titles(client)) == 1
    RegulationPage.objects.get(pk=page.pk).unpublish()
    assert titles(client) == []


def test_card_shows_badge_title_date_and_subject(client):
    page = make_regulation(about="Merek dan Indikasi Geografis", number="20")
    card = soup(client).select_one("li.card")
    assert card.select_one(".badge").text == "Berlaku"
    assert card.select_one(".card-title").text == page.full_title
    assert "25 November 2016" in card.text
    assert card.select_one("time")["datetime"] == "2016-11-25"
    assert "Merek" in card.select_one(".muted").text
    assert card.select_one(".regulation-name").text == "Undang-Undang Nomor 20 Tahun 2016 tentang"
    assert card.select_one(".regulation-about").text == page.about


# --- Facets -----------------------------------------------------------------------------------------


@pytest.fixture
def several():
    for number, (kind, year) in enumerate([("uu", 2016), ("uu", 2020), ("pp", 2020), ("perda", 2020)], 1):
        make_regulation(kind, number=str(number), year=year, subjects=("MEREK", "BATIK") if number < 3 else ("MEREK",))


def test_counts_are_what_choosing_shows(client, several):
    page = soup(client)
    for facet in ("jenis", "tahun", "status", "subjek", "pemrakarsa"):
        found = counts(page, facet)
        assert found, facet
        assert 0 not in found.values()
        for code, count in found.items():
            assert len(titles(client, f"?{facet}={code}")) == count, (facet, code)
    for facet in ("jenis", "tahun", "status", "pemrakarsa"):  # each regulation has one value
        assert sum(counts(page, facet).values()) == 4, facet


def test_or_within_a_facet_and_between_them(client, several):
    assert len(titles(client, "?jenis=uu&jenis=pp")) == 3
    assert len(titles(client, "?jenis=uu&jenis=pp&tahun=2020")) == 2
    page = soup(client, "?jenis=uu")
    assert counts(page, "jenis") == {"uu": 2, "pp": 1, "perda": 1}  # the own facet does not count
    assert counts(page, "tahun") == {"2020": 1, "2016": 1}


def test_unknown_values_are_left_out(client, several):
    assert len(titles(client, "?jenis=apa&tahun=%27&status=%25&subjek=&urut=mana")) == 4


def test_chips_take_one_choice_away(client, several):
    page = soup(client, "?q=merek&jenis=uu&jenis=pp&urut=terlama")
    chips = {
        chip.find(string=True, recursive=False).strip() or chip.text: chip["href"]
        for chip in page.select(".info-chips a")
    }
    assert any("jenis=pp" not in url and "jenis=uu" in url and "q=merek" in url for url in chips.values())
    assert page.select_one(".chip-reset")["href"] == LIST
    ticked = {tick["value"] for tick in page.select('input[name="jenis"][checked]')}
    assert ticked == {"uu", "pp"}


def test_status_facet_follows_the_calendar_without_an_edit(client):
    make_regulation(number="1", year=2026, enacted_on=dt.date(2026, 11, 1), promulgated_on=None,
                    effective_on=dt.date(2026, 12, 1))  # fmt: skip
    with time_machine.travel("2026-11-30T16:59:00Z", tick=False):  # 23.59 WIB
        assert counts(soup(client), "status") == {"belum-berlaku": 1}
        assert titles(client, "?status=berlaku") == []
        assert soup(client).select_one(".badge").text == "Belum berlaku"
    with time_machine.travel("2026-11-30T17:00:00Z", tick=False):
        assert counts(soup(client), "status") == {"berlaku": 1}
        assert len(titles(client, "?status=berlaku")) == 1
        assert soup(client).select_one(".badge").text == "Berlaku"


def test_revoked_one_is_not_in_force(client):
    old = make_regulation(number="1", year=2001)
    new = make_regulation(number="2", year=2016)
    relate(new, relation("mencabut", old))
    assert urls(client, "?status=berlaku") == [f"{LIST}{new.slug}/"]
    assert urls(client, "?status=tidak-berlaku") == [f"{LIST}{old.slug}/"]
    assert "Dicabut dengan UU 2/2016" in soup(client, "?status=tidak-berlaku").select_one("li.card").text
    relate(new)
    assert len(urls(client, "?status=berlaku")) == 2


# --- Orders and pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["relevansi", "terbaru", "terlama", "nomor", "terbanyak-dibaca"])
def test_orders_are_total(client, sort):
    kinds = ("uu", "pp", "perpres", "perda", "perwal", "permen", "kepmen", "se", "inpres")
    for number in range(25):
        make_regulation(kinds[number // 3], number=str(number % 3 + 1), year=2016)
    pages = [urls(client, f"?urut={sort}&q=contoh&page={number}") for number in (1, 2)]
    assert [len(page) for page in pages] == [20, 5]
    assert len({url for page in pages for url in page}) == 25
    assert pages[0] == urls(client, f"?urut={sort}&q=contoh&page=1")


def test_orders(client):
    make_regulation(number="10", year=2016)
    make_regulation(number="9", year=2020, enacted_on=dt.date(2020, 5, 1), promulgated_on=None)
    read = make_regulation(number="2", year=2018)

    def numbers(sort: str) -> list[str]:
        return [title.split("Nomor ")[1].split()[0] for title in titles(client, f"?urut={sort}")]

    assert numbers("terbaru") == ["9", "2", "10"]
    assert numbers("terlama") == ["10", "2", "9"]
    assert numbers("nomor") == ["2", "9", "10"]
    DailyReading.objects.create(regulation=read, day=dt.date.today(), views=3)
    RegulationPage.objects.get(pk=read.pk).save_revision().publish()
    assert numbers("terbanyak-dibaca")[0] == "2"


@pytest.mark.parametrize("page", ["999", "abc", "0", "-1", "1.5", "٣", ""])
def test_page_numbers_that_are_none(client, several, page):
    assert len(titles(client, f"?page={page}&halaman={page}")) == 4


def test_a_kind_by_its_abbreviation_and_words_of_the_title_come_before_records(client):
    wanted = make_regulation("uu", "3", 2014, "Perindustrian")
    make_regulation("uu", "23", 2015, "Pemerintahan Daerah", main_points="Perindustrian.")  # newer
    assert urls(client, "?q=uu perindustrian")[0] == wanted.url


def test_what_is_not_found_can_be_looked_for_in_the_whole_site_which_forgives_typos(client, several):
    link = soup(client, "?q=peraturn+mereq").select_one(".empty a[href^='/cari/']")
    assert link["href"] == "/cari/?q=peraturn%20mereq"
    assert client.get(link["href"]).status_code == 200
    assert not soup(client, "?jenis=pks&jenis=uu&status=tidak-berlaku").select(".empty a[href^='/cari/']")


def test_relevance_is_offered_with_a_query_only(client, several):
    assert not soup(client).select('#urut option[value="relevansi"]')
    assert soup(client, "?q=merek").select_one("#urut option[selected]").text == "Paling sesuai"


def test_who_chose_no_order_chooses_none_for_the_next_search(client, several):
    chosen = soup(client).select_one("#urut option[selected]")
    assert (chosen.text, chosen["value"]) == ("Terbaru", "")
    assert soup(client, "?q=merek&urut=").select_one("#urut option[selected]").text == "Paling sesuai"
    assert soup(client, "?q=merek&urut=terbaru").select_one("#urut option[selected]")["value"] == "terbaru"


# --- Machines ---------------------------------------------------------------------------------------


def test_filtered_lists_are_not_indexed(client, several):
    assert not soup(client).find("meta", attrs={"name": "robots"})
    for path in ("?jenis=uu", "?q=merek", "?urut=terlama"):
        page = soup(client, path)
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert page.find("link", rel="canonical")["href"].endswith(LIST)


def test_queries_do_not_grow(client):
    def measure(path: str) -> int:
        client.get(f"{LIST}{path}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{LIST}{path}")
        return len(queries)

    def all_paths() -> list[int]:
        return [measure(path) for path in ("", "?q=tembaga", '?q="malam+tembaga"', "?jenis=uu&tahun=2016", "?page=2")]

    for number in range(3):
        with_text(make_regulation(number=str(number + 1)), "malam tembaga", "tembaga")
    before = all_paths()
    for number in range(30):
        with_text(make_regulation(number=str(number + 10)), "malam tembaga", "tembaga")
    assert all_paths() == before
    assert max(before) <= 10


def test_first_search_after_a_change_is_one_query_more(client):
    with_text(make_regulation(), "tembaga", "malam")
    client.get(f"{LIST}?q=malam")
    with CaptureQueriesContext(connection) as known:
        client.get(f"{LIST}?q=malam")
    with CaptureQueriesContext(connection) as fresh:
        client.get(f"{LIST}?q=tembaga")
    assert len(fresh) == len(known) + 1
    assert len(fresh) <= 10


def test_listing_is_of_one_page(several):
    from django.http import QueryDict

    assert len(listing.listing(QueryDict("page=2")).cards) == 4
