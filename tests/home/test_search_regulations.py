"""`/cari/`: regulations, by what they are called, by their record and by the text of their PDFs."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import HomePage
from regulasi.library import index, search
from regulasi.models import DocumentPageText, RegulationIndexPage, RegulationPage
from siptenan.common import generation
from tests.factories import make_regulation, make_regulation_index, relate, relation
from tests.home.searching import ask, groups, make_lists, make_page, read, said, tabs, titles, walk

pytestmark = pytest.mark.django_db
BUDGET = 10


@pytest.fixture(autouse=True)
def home(site) -> HomePage:
    make_regulation_index(make_lists(site))
    return site


def make_read(page: RegulationPage, *texts: str) -> RegulationPage:
    """Give the PDF of a regulation pages of text, as the worker does."""
    DocumentPageText.objects.bulk_create(
        DocumentPageText(document=page.document, number=number, text=text) for number, text in enumerate(texts, 1)
    )
    generation.bump()
    return page


@pytest.fixture
def trademarks() -> RegulationPage:
    page = make_regulation(
        "uu", "20", 2016, "Merek dan Indikasi Geografis", main_points="Keberatan atas permohonan.",
        meaning="Usaha kecil membayar lebih murah.",
    )  # fmt: skip
    return make_read(page, "Pembukaan.", "Lisensi dapat dibuat dengan perjanjian tertulis.")


@pytest.fixture
def batik() -> RegulationPage:
    return make_regulation(
        "perda", "3", 2020, "Pelindungan Batik Pekalongan", subjects=("INDUSTRI",), initiator="kota-pekalongan"
    )


def found(client: Client, query: str) -> list[str]:
    """The regulations that a search finds; whether it says so in other places too does not count here."""
    return groups(ask(client, query)).get("Regulasi", [])


@pytest.mark.parametrize(
    "query",
    [
        "UU 20/2016", "uu no. 20 tahun 2016", "undang-undang nomor 20 tahun 2016", "merek geografis", "MÉREK",
        "bagaimana dengan indikasi itu", "keberatan", "murah", "lisensi", "perjanjian tertulis",
        '"perjanjian tertulis"', "merek lisensi", "UU 20/2016 lisensi", "indkasi", "geografsi merek",
    ],
)  # fmt: skip
def test_it_is_found_by_name_record_and_pdf_and_leads_there(trademarks, batik, client, query):
    page = ask(client, query)
    assert groups(page)["Regulasi"] == [trademarks.full_title]
    link = page.select_one(".search-hit a[href^='/regulasi/']")
    assert trademarks.full_title in said(read(client, link["href"]))


@pytest.mark.parametrize("query", ['"tertulis perjanjian"', "UU 21/2016", "lamborghini", "merek lamborghini"])
def test_what_it_does_not_have_does_not_find_it(trademarks, client, query):
    assert found(client, query) == []


def test_what_is_named_is_first_of_all_kinds(batik, client):
    for number in range(3):
        other = make_regulation(number=f"{number + 30}", about=f"Perda 3 Tahun 2020 Nomor {number}")
        make_read(other, "Perda 3 Tahun 2020.")
    make_page("Perda 3 Tahun 2020", "<p>Perda 3 2020 disahkan.</p>")
    for query in ("perda 3 2020", "Perda No. 3 Tahun 2020", "perda pekalongan 3/2020"):
        page = ask(client, query)
        assert titles(page)[0] == batik.full_title, query
    assert list(groups(ask(client, "perda 3 2020"))) == ["Regulasi", "Halaman"]
    assert list(groups(ask(client, "perda"))) == ["Halaman", "Regulasi"]


def test_a_subject_and_the_ministry_find_it(client):
    page = make_regulation("permen", "13", 2025, "Data", subjects=("SISTEM INFORMASI INDUSTRI NASIONAL",))
    for query in ("sistem informasi nasional", "permenperin 13/2025", "kementerian perindustrian"):
        assert found(client, query) == [page.full_title], query


def test_a_hit_says_how_it_stands_and_where_the_words_are(trademarks, client):
    hit = ask(client, "lisensi merek").select_one(".search-hit")
    assert hit.select_one(".card-label").text == "Undang-Undang"
    assert hit.select_one(".badge-ok").text == "Berlaku"
    assert "25 November 2016" in hit.get_text()
    assert [mark.text.lower() for mark in hit.h3.select("mark")] == ["merek"]
    assert "lisensi" in [mark.text.lower() for mark in hit.select("p mark")]
    place = hit.select_one("p a")
    assert place.contents[0] == "Buka PDF, halaman 2"
    assert place["href"].endswith(f"/dokumen/{trademarks.file_name}#page=2")
    assert client.get(place["href"].partition("#")[0])["Content-Type"] == "application/pdf"


def test_one_that_was_named_shows_what_it_says_not_where_its_number_stands(trademarks, client):
    make_read(make_regulation(number="21"), "UU 20 Tahun 2016.")
    hit = ask(client, "UU 20/2016").select_one(".search-hit")
    assert "Usaha kecil membayar lebih murah." in hit.get_text()
    assert not hit.select("p a")


def test_the_badge_is_of_today(trademarks, client):
    day = timezone.localdate() + dt.timedelta(days=1)
    make_regulation("uu", "9", 2025, "Merek Baru", effective_on=day)
    assert sorted(badge.text for badge in ask(client, "merek").select(".search-hit .badge")) == [
        "Belum berlaku", "Berlaku",
    ]  # fmt: skip
    newer = make_regulation("uu", "4", 2024, "Merek Lain")
    relate(newer, relation("mencabut", trademarks))
    hit = ask(client, "UU 20/2016").select_one(".search-hit")
    assert hit.select_one(".badge-error").text == "Tidak berlaku"
    assert "Dicabut dengan UU 4/2024" in hit.get_text()


def test_nobody_finds_it_twice(trademarks, client):
    assert titles(ask(client, "geografis")) == [trademarks.full_title]


class TestNotPublic:
    def test_drafts(self, client):
        make_read(make_regulation(about="Rahasiakan Ini", live=False), "Rahasiakan halaman ini.")
        page = ask(client, "rahasiakan")
        assert "0 hasil" in said(page)
        assert not page.select(".search-hit")

    def test_the_draft_of_a_public_one(self, trademarks, client):
        page = RegulationPage.objects.get(pk=trademarks.pk)
        page.about = "Rahasiakan"
        page.save_revision()
        assert found(client, "rahasiakan") == []
        assert found(client, "geografis") == [trademarks.full_title]

    def test_hidden_ones_and_all_while_their_list_is(self, trademarks, batik, client):
        trademarks.unpublish()
        for query in ("geografis", "lisensi", "UU 20/2016"):
            assert found(client, query) == [], query
        assert found(client, "batik") == [batik.full_title]
        RegulationIndexPage.objects.get().unpublish()
        assert found(client, "batik") == []
        assert batik.full_title not in said(ask(client, "batik pelindungan lamborghini"))

    def test_those_for_staff_only(self, trademarks, client):
        PageViewRestriction.objects.create(page=trademarks, restriction_type="login")
        for query in ("geografis", "lisensi", "UU 20/2016"):
            assert titles(ask(client, query)) == [], query


def test_with_nothing_found_those_with_most_of_the_words_in_their_title_are_near(trademarks, batik, client):
    near = groups(ask(client, "pelindungan batik lamborghini merek"))["Mungkin ini yang Anda cari"]
    assert near[-2:] == [batik.full_title, trademarks.full_title]


def test_every_one_is_on_one_page_of_its_kind(home, client):
    made = [make_regulation(about="Lomba").full_title for _ in range(15)]
    make_page("Lomba")
    count, url = tabs(ask(client, "lomba"))["Regulasi"]
    hits = walk(client, url)
    assert count == 15
    assert sorted(hits) == sorted(made)
    generation.forget()
    index.forget()
    assert walk(client, url) == hits


class TestTraces:
    def test_what_was_typed_is_a_question_to_the_database_and_kept_nowhere(self, trademarks, client, caplog):
        caplog.set_level(logging.DEBUG)
        with CaptureQueriesContext(connection) as captured:
            for query in ("lisensi rahasiaku", "rahasiaku", "merek rahasiaku"):
                ask(client, query)
        asked = [query["sql"] for query in captured if "rahasiaku" in query["sql"].lower()]
        assert 0 < len(asked) <= 3
        assert all(sql.startswith("SELECT") and "regulasi_" in sql for sql in asked)
        assert "rahasiaku" not in f"{search._remembered} {set(generation._remembered)}"
        logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
        assert [line for line in logged if "rahasiaku" in line.lower()] == []

    def test_nothing_in_a_title_or_pdf_is_markup(self, client):
        attack = '<script>alert("x")</script><img src=x onerror=alert(1)> sutra'
        make_read(make_regulation(about=attack, meaning=attack), attack)
        for query in ("sutra", "alert", "onerror"):
            page = ask(client, query)
            assert {tag.name for hit in page.select(".search-hit") for tag in hit.find_all(True)} <= {
                "h3", "a", "p", "span", "mark",
            }  # fmt: skip
            assert page.find("script", src=False) is None

    def test_nothing_that_is_typed_breaks_it(self, trademarks, client):
        for typed in ("%", "'", '"', '"a', "uu", "uu 20", "20/2016", "😀", "x" * 300, "a " * 20, "*", "NEAR(a b)"):
            assert ask(client, typed).h1.text == "Cari", typed


def test_many_cost_no_more_queries_than_two(home, client):
    def queries() -> dict[str, int]:
        counted = {}
        for query in ("lomba", "lomba&jenis=regulasi", "lisensi", "lomba+lamborghini", "UU+700/2016"):
            client.get(f"/cari/?q={query}")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/cari/?q={query}").status_code == 200
            counted[query] = len(captured)
        return counted

    for number in range(2):
        make_read(make_regulation(number=f"{700 + number}", about=f"Lomba {number}"), "Lomba dan lisensi.")
    few = queries()
    for number in range(2, 20):
        make_read(make_regulation(number=f"{700 + number}", about=f"Lomba {number}"), "Lomba dan lisensi.")
    assert queries() == few
    assert max(few.values()) <= BUDGET
    assert BeautifulSoup(client.get("/cari/?q=lomba").content, "html.parser").select(".search-hit .badge")
