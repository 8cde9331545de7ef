"""`/cari/`: marks, what may be typed, what it costs and leaves behind, and where visitors find it."""

from __future__ import annotations

import logging
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import EventPage, HomePage, InfoIndexPage, InfoPage, StandardPage
from siptenan.common import generation
from tests.factories import make_business, make_form, make_info, make_product, publish, text
from tests.home.searching import URL, ask, make_everything, make_lists, make_page, said, titles

pytestmark = pytest.mark.django_db
BUDGET = 10
READS = re.compile(r"(DECLARE \S+ NO SCROLL CURSOR FOR )?SELECT\b")  # PostgreSQL reads long lists with a cursor


@pytest.fixture(autouse=True)
def home(site) -> HomePage:
    return make_lists(site)


@pytest.fixture
def everything(home) -> None:
    make_everything(home)


class TestMarks:
    def test_words_are_marked_in_title_and_excerpt(self, everything, client):
        page = ask(client, "mendaftarkan etiket")
        hit = page.select_one(".search-hit")
        assert [mark.text for mark in hit.h3.select("mark")] == ["mendaftarkan"]
        assert [mark.text for mark in hit.select("p mark")] == ["etiket"]

    def test_a_misspelt_word_marks_what_it_stands_for(self, everything, client):
        assert [mark.text for mark in ask(client, "jlamprnag").select("h3 mark")] == ["Jlamprang"]
        assert [mark.text for mark in ask(client, "mrek").select("h3 mark")] == ["merek"]

    def test_an_excerpt_is_cut_round_the_words(self, client):
        make_page("Panjang", f"<p>{'awal ' * 300} kata sandinya tembakau di sini {'akhir ' * 300}</p>")
        excerpt = ask(client, "tembakau").select(".search-hit p")[-1].get_text()
        assert "kata sandinya tembakau di sini" in excerpt
        assert excerpt.startswith("… awal")
        assert excerpt.endswith("akhir …")
        assert len(excerpt) < 200

    def test_nothing_that_an_editor_or_seller_typed_is_markup(self, client):
        attack = '<script>alert("x")</script><img src=x onerror=alert(1)> & sutra'
        make_info(attack, summary=attack, body=[("quote", {"text": attack, "who": attack})])
        make_product(make_business(attack, story=attack), attack, description=attack)
        for query in ("sutra", "script", "alert", "img onerror", "amp", "sutra lamborghini"):
            page = ask(client, query)
            hits = page.select(".search-hit")
            if query not in ("amp",):
                assert len(hits) >= 2, query
            tags = {tag.name for hit in hits for tag in hit.find_all(True)}
            assert tags <= {"h3", "a", "p", "span", "mark"}, query
            assert page.find("script", src=False) is None

    def test_nothing_that_the_visitor_typed_is_markup(self, client):
        attack = "\"><script>alert(1)</script><mark onload='x'>"
        page = ask(client, attack, ch=attack)
        assert page.select_one(".search-form input[type=search]")["value"] == attack
        assert page.find("script", src=False) is None
        assert page.select("mark") == []


# --- What may be typed ------------------------------------------------------------------------------

TYPED = [
    "%", "%%", "_", "'", '"', "''", "\\", "`", "' OR 1=1 --", "<script>", "😀", "👩\u200d👩\u200d👧", "²", "½",
    "\ufb01", "\u0130", "ß", "\u202eabc", "a\u0301", "مرحبا", "中文", "+", "&", "#", "?q=", "*", "(", "[a", "-merek",
    "x" * 39, "x" * 5000, "merek " * 500, "😀" * 300, "1e400", "\u0662\u0660", "\x01", "\u2028",
    "merek\r\nSet-Cookie: a=b",
]  # fmt: skip


def test_nothing_that_is_typed_breaks_the_page(everything, client):
    for typed in TYPED:
        for more in ({}, {"jenis": "produk", "halaman": "2"}, {"jenis": typed, "halaman": typed, "ch": typed}):
            page = ask(client, typed, **more)
            assert page.h1.text == "Cari"
            assert "None" not in said(page)


def test_broken_bytes_are_refused_in_words(client):
    for broken in ("%00", "%ff", "merek%00"):
        assert client.get(f"{URL}?q={broken}").status_code == 400


def test_a_long_text_is_cut_after_a_whole_word_and_the_page_says_so(everything, client):
    page = ask(client, "mendaftarkan " + "merek " * 60)
    kept = page.select_one(".search-form input[type=search]")["value"]
    assert len(kept) <= 200
    assert kept.endswith(" merek")
    assert "terlalu panjang" in said(page)
    assert titles(page) == ["Cara mendaftarkan merek"]
    assert "terlalu panjang" in said(ask(client, "satu dua tiga empat lima enam tujuh delapan sembilan"))
    assert "terlalu panjang" not in said(ask(client, "mendaftarkan merek"))
    assert len(ask(client, "x" * 300).select_one(".search-form input[type=search]")["value"]) == 200


# --- What it costs, and what it leaves behind -------------------------------------------------------


class TestTraces:
    def test_robots_caches_and_other_pages(self, everything, client):
        for query in ("", "?q=merek", "?q=xyzzy"):
            response = client.get(f"{URL}{query}")
            robots = BeautifulSoup(response.content, "html.parser").select("meta[name=robots]")
            assert [tag["content"] for tag in robots] == ["noindex, follow"]
            assert response["Cache-Control"] == "private"
            assert response["Referrer-Policy"] == "no-referrer"
            assert not response.cookies
        assert URL.encode() not in client.get("/sitemap.xml").content

    def test_it_is_for_looking_only(self, client):
        assert client.post(URL, {"q": "merek"}).status_code == 405
        assert client.head(f"{URL}?q=merek").status_code == 200

    def test_nothing_is_written_and_what_was_typed_reaches_neither_database_nor_log(self, everything, client, caplog):
        caplog.set_level(logging.DEBUG)
        with CaptureQueriesContext(connection) as captured:
            for query in ("q=jlamprang+rahasiaku", "q=rahasiaku&jenis=produk", "q=jlamprang", "q=rahasiaku%00"):
                client.get(f"{URL}?{query}")
            client.post(f"{URL}?q=rahasiaku")
        assert len(captured) > 3
        assert [query["sql"] for query in captured if not READS.match(query["sql"])] == []
        assert "rahasiaku" not in " ".join(query["sql"] for query in captured).lower()
        logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
        assert [line for line in logged if "rahasiaku" in line.lower()] == []

    def test_no_search_is_remembered(self, everything, client):
        ask(client, "merek")
        before = set(generation._remembered)
        for number in range(30):
            ask(client, f"merek {number}")
        assert set(generation._remembered) == before


class TestCost:
    QUERIES = (
        "",
        "?q=lomba",
        "?q=lomba&jenis=info",
        "?q=lomba&jenis=produk&halaman=2",
        "?q=lomb+lamborghini",
        "?q=xyzzy",
    )

    def queries(self, client: Client, *, cold: bool) -> dict[str, int]:
        found = {}
        for query in self.QUERIES:
            client.get(URL + query)
            if cold:
                generation.forget()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(URL + query).status_code == 200
            found[query] = len(captured)
        return found

    def add(self, home: HomePage, first: int, last: int) -> None:
        parent = InfoIndexPage.objects.get()
        for number in range(first, last):
            for model, values in ((InfoPage, {}), (EventPage, {"starts_at": timezone.now(), "place": "Aula"})):
                slug = f"{model.__name__.lower()}-{number}"
                entry = model(title=f"Lomba {number}", slug=slug, summary="x", body=text("<p>Lomba.</p>"), **values)
                parent.add_child(instance=entry)
            make_page(f"Lomba {number}")
            make_form(f"lomba-{number}", title=f"Lomba {number}")
            make_product(make_business(f"Lomba {number}"), f"Lomba {number}")

    def test_many_things_cost_no_more_queries_than_two(self, home, client):
        self.add(home, 0, 2)
        few = {cold: self.queries(client, cold=cold) for cold in (True, False)}
        self.add(home, 2, 24)
        many = {cold: self.queries(client, cold=cold) for cold in (True, False)}
        assert many == few
        assert max(many[False].values()) <= BUDGET

    def test_pictures_and_links_of_blocks_are_not_looked_up(self, home, client):
        def cold() -> int:
            generation.forget()
            with CaptureQueriesContext(connection) as captured:
                ask(client, "lomba")
            return len(captured)

        make_info("Lomba")
        cold()
        before = cold()
        target = make_page("Tujuan")
        card = {"title": "Lomba", "text": "", "link": {"page": target.pk, "url": "", "text": ""}}
        block = StandardPage._meta.get_field("body").stream_block
        for number in range(5):
            body = block.to_python([{"type": "cards", "value": {"heading": "", "cards": [card]}}])
            publish(home, StandardPage(title=f"Kartu {number}", slug=f"kartu-{number}", body=body))
        assert len(titles(ask(client, "lomba", jenis="halaman"))) == 5
        # One more for a type of page that was not there before.
        assert cold() <= before + 1


# --- Where visitors find it -------------------------------------------------------------------------


def test_the_header_and_the_footer_lead_to_it_and_keep_the_channel(site, client):
    page = BeautifulSoup(client.get("/?ch=ig").content, "html.parser")
    link = page.select_one(".site-header .search-link")
    assert (link["href"], link.get_text(strip=True)) == ("/cari/?ch=ig", "Cari")
    assert page.select_one(".site-footer a[href^='/cari/']").get_text() == "Cari di situs ini"


def test_a_page_that_is_not_there_offers_the_search(site, client):
    form = BeautifulSoup(client.get("/tidak-ada/").content, "html.parser").select_one("main form[role=search]")
    assert (form["action"], form["method"]) == (URL, "get")
    assert form.select_one("input[name=q]")
    assert form.select_one("label")["for"] == form.select_one("input[name=q]")["id"]


def test_an_address_without_its_last_slash_leads_there_with_its_words(client):
    response = client.get("/cari?q=merek")
    assert response.status_code == 301
    assert response["Location"] == "/cari/?q=merek"
