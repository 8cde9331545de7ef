"""The list of regulations as visitors see it: each once, filters with true counts, orders, pages, words of PDFs."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulasi.library import listing
from regulasi.models import DailyReading, DocumentPageText, RegulationPage
from siptenan.common.generation import bump
from tests.factories.regulations import make_regulation, make_regulation_index, relate, relation

pytestmark = pytest.mark.django_db
LIST = "/regulasi/"


@pytest.fixture(autouse=True)
def index(site):
    return make_regulation_index()


def soup(client, path: str = "") -> BeautifulSoup:
    response = client.get(f"{LIST}{path}")
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def titles(client, path: str = "") -> list[str]:
    return [link.text for link in soup(client, path).select("li.card .card-title a")]


def urls(client, path: str = "") -> list[str]:
    return [link["href"] for link in soup(client, path).select("li.card .card-title a")]


def counts(page: BeautifulSoup, facet: str) -> dict[str, int]:
    return {
        tick["value"]: int(tick.parent.select_one(".info-count").find(string=True))
        for tick in page.select(f'input[name="{facet}"]')
    }


def with_text(page: RegulationPage, *texts: str) -> RegulationPage:
    DocumentPageText.objects.bulk_create(
        DocumentPageText(document=page.document, number=number, text=text) for number, text in enumerate(texts, 1)
    )
    bump()
    return page


# --- What is listed ---------------------------------------------------------------------------------


def test_empty_list_says_so_and_offers_a_next_step(client):
    page = soup(client)
    assert page.select_one(".empty h2").text == "Belum ada regulasi yang tampil"
    assert page.select_one(".empty a")["href"]
    assert not page.select_one("#saring")


def test_every_published_one_once_and_no_draft(client):
    made = [make_regulation(number=str(number)) for number in range(1, 46)]
    draft = make_regulation(number="99", live=False)
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
    assert card.select_one(".card-label").text == "Undang-Undang"


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
    for number in range(25):
        make_regulation(number=str(number % 3 + 1), year=2016)
    pages = [urls(client, f"?urut={sort}&q=contoh&page={number}") for number in (1, 2)]
    assert [len(page) for page in pages] == [20, 5]
    assert len({url for page in pages for url in page}) == 25
    assert pages[0] == urls(client, f"?urut={sort}&q=contoh&page=1")


def test_orders(client):
    make_regulation(number="10", year=2016)
    make_regulation(number="9", year=2020, enacted_on=dt.date(2020, 5, 1), promulgated_on=None)
    read = make_regulation(number="2", year=2018)
    numbers = lambda sort: [title.split("Nomor ")[1].split()[0] for title in titles(client, f"?urut={sort}")]  # noqa: E731
    assert numbers("terbaru") == ["9", "2", "10"]
    assert numbers("terlama") == ["10", "2", "9"]
    assert numbers("nomor") == ["2", "9", "10"]
    DailyReading.objects.create(regulation=read, day=dt.date.today(), views=3)
    RegulationPage.objects.get(pk=read.pk).save_revision().publish()
    assert numbers("terbanyak-dibaca")[0] == "2"


@pytest.mark.parametrize("page", ["999", "abc", "0", "-1", "1.5", "٣", ""])
def test_page_numbers_that_are_none(client, several, page):
    assert len(titles(client, f"?page={page}&halaman={page}")) == 4


def test_relevance_is_offered_with_a_query_only(client, several):
    assert not soup(client).select('#urut option[value="relevansi"]')
    assert soup(client, "?q=merek").select_one('#urut option[value="relevansi"]').has_attr("selected")


# --- Search -----------------------------------------------------------------------------------------


def test_word_inside_a_pdf_finds_it_with_page_and_marks(client):
    found = with_text(
        make_regulation(), "Halaman pembuka.", "Setiap <b>perajin</b> wajib memakai canting tembaga & malam."
    )
    with_text(make_regulation(), "Tidak ada apa-apa.")
    card = soup(client, "?q=canting").select("li.card")
    assert len(card) == 1
    assert card[0].select_one("mark").text == "canting"
    assert not card[0].select("b")
    link = card[0].select_one(".small a.text-link")
    assert link["href"] == f"{LIST}{found.slug}/dokumen/{found.file_name}#page=2"
    assert link.text.startswith("Buka PDF, halaman 2")


def test_words_may_stand_in_record_and_pdf(client):
    with_text(make_regulation(about="Merek Kolektif"), "tentang batik", "dan tembaga")
    assert len(titles(client, "?q=kolektif+tembaga+batik")) == 1
    assert titles(client, "?q=kolektif+tembaga+perunggu") == []


def test_phrase(client):
    with_text(make_regulation(number="1"), "pendaftaran merek dagang")
    with_text(make_regulation(number="2"), "merek yang belum melalui pendaftaran")
    assert len(titles(client, "?q=pendaftaran+merek")) == 2
    assert len(titles(client, '?q="pendaftaran+merek"')) == 1
    assert len(titles(client, "?q=“pendaftaran+merek”")) == 1


def test_draft_and_other_documents_are_not_searched(client):
    with_text(make_regulation(live=False), "rahasia")
    assert titles(client, "?q=rahasia") == []


def test_text_that_changes_is_searched_anew(client):
    page = with_text(make_regulation(), "tembaga")
    assert len(titles(client, "?q=tembaga")) == 1
    DocumentPageText.objects.filter(document=page.document).update(text="perunggu")
    bump()
    assert titles(client, "?q=tembaga") == []
    assert len(titles(client, "?q=perunggu")) == 1
    DocumentPageText.objects.filter(document=page.document).delete()
    bump()
    assert titles(client, "?q=perunggu") == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="stems are PostgreSQL's")
def test_indonesian_stems(client):
    with_text(make_regulation(), "Pemohon mendaftarkan mereknya.")
    assert len(titles(client, "?q=pendaftaran")) == 1
    assert soup(client, "?q=pendaftaran").select_one("mark").text == "mendaftarkan"


ODD = (
    '"', '""', "'", "%", "_", "\\", "a'b\"c%d", "x" * 200, "merek " * 60, "🙂", "🙂 merek", "(", "a & b | !c",
    "NEAR(a b)", "*", "-", ":", "a:*", "AND", "dan yang", "<script>", "١٢", "ﷺ", "uu", "uu no", "no. /",
    "64/M-IND/PER/7/2016",
)  # fmt: skip


def test_odd_queries(client):
    with_text(make_regulation(), "merek & <batik>")
    for query in ODD:
        assert client.get(LIST, {"q": query}).status_code == 200, query


def test_stop_words_do_not_hide_anything(client):
    with_text(make_regulation(about="Merek"), "tembaga")
    assert len(titles(client, "?q=merek+dan+tembaga")) == 1


def test_reference_leads_straight_there(client):
    page = make_regulation("perda", number="3", year=2020)
    make_regulation("perda", number="30", year=2020)
    make_regulation("uu", number="3", year=2019)
    for query in ("perda 3 2020", "Perda No. 3/2020", "perda nomor 3 tahun 2020"):
        response = client.get(LIST, {"q": query, "ch": "wa"})
        assert response.status_code == 302, query
        assert response["Location"] == f"{LIST}{page.slug}/?ch=wa"
    response = client.get(LIST, {"q": "perda 3 2020"}, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, f"{LIST}{page.slug}/")


def test_reference_comes_first(client):
    with_text(make_regulation("pp", number="7", year=2024, about="Pelaksanaan Perda 3 2020"), "retribusi")
    meant = with_text(make_regulation("perda", number="3", year=2020), "retribusi")
    assert urls(client, "?q=perda+3+2020+retribusi")[0] == f"{LIST}{meant.slug}/"
    assert len(urls(client, "?q=perda+3+2020&jenis=perda")) == 1  # filtered: the list, not the regulation


def test_title_comes_before_record_before_pdf(client):
    pdf = with_text(make_regulation(number="1", year=2024), "tembaga")
    record = make_regulation(number="2", year=2020, main_points="Mengatur tembaga.")
    title = make_regulation(number="3", year=2010, about="Tembaga")
    assert urls(client, "?q=tembaga") == [f"{LIST}{page.slug}/" for page in (title, record, pdf)]
    assert urls(client, "?q=tembaga&urut=terbaru") == [f"{LIST}{page.slug}/" for page in (pdf, record, title)]


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
