"""Searching the list of regulations: words of titles, records and PDFs, phrases, and what names a regulation (R2)."""

from __future__ import annotations

import threading
from urllib.parse import quote

import pytest
from pyroaring import BitMap

from home.models import HomePage
from regulasi import fulltext
from regulasi.library import index as index_module
from regulasi.library.words import terms
from regulasi.models import DocumentPageText
from siptenan.common.generation import bump
from tests.factories.regulations import make_regulation, make_regulation_index
from tests.home.searching import make_lists
from tests.regulasi.reading_list import LIST, soup, titles, urls, with_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(site):
    return make_regulation_index()


def test_word_inside_a_pdf_finds_it_with_page_and_marks(client):
    found = with_text(
        make_regulation(), "Halaman pembuka.", "Setiap <b>perajin</b> wajib memakai canting tembaga & malam."
    )
    with_text(make_regulation(), "Tidak ada apa-apa.")
    card = soup(client, "?q=canting").select("li.card")
    assert len(card) == 1
    assert card[0].select_one("mark").text == "canting"
    assert not card[0].select("b")
    link = card[0].select_one("a.text-link")
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


@pytest.mark.parametrize(
    ("phrase", "numbers"),
    [
        ("wajib lapor", {"1", "2", "3", "6"}),
        ("wajib lapor tahunan", {"1", "6"}),
        ("lapor tahunan wajib", {"6"}),
        ("wajib lapor tahunan wajib lapor", {"6"}),
        ("tahunan wajib", {"2", "6"}),
        ("lapor lapor", {"5"}),
        ("tahunan lapor", set()),
    ],
)
def test_words_of_a_phrase_stand_together_on_one_page(client, phrase, numbers):
    texts = {
        "1": ["Setiap perusahaan wajib lapor tahunan kepada dinas."],
        "2": ["lapor tahunan wajib", "wajib lapor kini", "tahunan"],  # all pairs, but never together
        "3": ["diatur wajib lapor", "tahunan oleh wali kota"],  # over the end of a page
        "4": ["wajib sekali lapor setiap tahunan"],
        "5": ["lapor lapor"],
        "6": ["kosong", "Wajib-lapor/tahunan. Wajib lapor"],
    }
    texts["2"][0] = "lapor tahunan, tahunan wajib"
    for number, pages in texts.items():
        with_text(make_regulation(number=number), *pages)
    found = {title.split("Nomor ")[1].split()[0] for title in titles(client, f'?q="{phrase}"&urut=nomor')}
    assert found == numbers


def test_a_phrase_is_found_in_text_that_came_in_several_pieces(client):
    page = with_text(make_regulation(), "wajib lapor tahunan")
    DocumentPageText.objects.create(document=page.document, number=2, text="sanksi administratif ringan")
    bump()
    for phrase in ("wajib lapor tahunan", "sanksi administratif ringan", "administratif ringan"):
        assert len(titles(client, f'?q="{phrase}"')) == 1
    DocumentPageText.objects.filter(number=1).update(text="wajib bayar retribusi")
    bump()
    assert titles(client, '?q="wajib lapor tahunan"') == []
    assert len(titles(client, '?q="wajib bayar retribusi"')) == 1


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


@pytest.mark.postgres
def test_indonesian_stems(client):
    with_text(make_regulation(), "Pemohon mendaftarkan mereknya.")
    assert len(titles(client, "?q=pendaftaran")) == 1
    assert soup(client, "?q=pendaftaran").select_one("mark").text == "mendaftarkan"


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        ("resume", "Résumé"), ("résumé", "Résumé"), ("naïf", "naïf"), ("naif", "naïf"), ("cafe", "CAFÉ"),
        ("dagang", "dagang"), ('"merek dagang"', "merek"), ("kualitas", "kualitas"), ("amp", "amp"),
    ],
)  # fmt: skip
def test_accents_and_angle_brackets_hide_no_word(client, query, mark):
    with_text(
        make_regulation(), "Pembuka.", "Lihat <merek dagang> dan R&D, Résumé naïf di CAFÉ: <b kualitas>&amp; mutu."
    )
    [card] = soup(client, f"?q={quote(query)}").select("li.card")
    assert card.select_one("mark").text.split()[0] == mark
    assert "<merek dagang> dan R&D, Résumé naïf di CAFÉ: <b kualitas>&amp; mutu" in card.text


@pytest.mark.postgres  # SQLite shows one stretch of a page
def test_a_snippet_of_two_places_is_as_it_is_written(client):
    filler = "peraturan ini mengatur hal lain " * 20
    with_text(make_regulation(), f"Café {filler} rèstoran <satu> {filler} akhir.")
    shown = soup(client, "?q=cafe+restoran").select_one("li.card")
    assert {mark.text for mark in shown.select("mark")} == {"Café", "rèstoran"}


def test_stray_marks_of_a_text_mark_nothing():
    assert (
        fulltext.marked("a \ue000b\ue001 \ue000c \x02d\x03 <e>") == "a \ue000b\ue001 \ue000c <mark>d</mark> &lt;e&gt;"
    )


@pytest.mark.parametrize("query", ['"፩ ፪"', "፩", '"dan yang"', "dan"])
def test_what_no_text_has_is_found_in_none(query):
    """Not in all, and not in an unknown number: signs that PostgreSQL takes for no words as well."""
    with_text(make_regulation(), "tembaga malam")
    assert fulltext.documents_with(terms(query)) == [BitMap()]


@pytest.mark.parametrize("url", [f"{LIST}?q=tembaga", f"{LIST}data.csv?q=tembaga", "/cari/?q=tembaga"])
def test_nobody_waits_for_the_search_of_another(client, monkeypatch, url):
    """While the database looks for words in PDFs, other threads read the list."""
    make_lists(HomePage.objects.get())
    with_text(make_regulation(), "tembaga")
    lock, asked = index_module._kept._lock, fulltext.documents_with
    free: list[bool] = []

    def try_to_read():
        if lock.acquire(blocking=False):
            lock.release()
            free.append(True)
        else:
            free.append(False)

    def slow(terms):
        if terms:
            other = threading.Thread(target=try_to_read)
            other.start()
            other.join()
        return asked(terms)

    monkeypatch.setattr(fulltext, "documents_with", slow)
    response = client.get(url)
    assert response.status_code == 200
    assert b"".join(response)
    assert free
    assert all(free)


ODD = (
    '"', '""', "'", "%", "_", "\\", "a'b\"c%d", "x" * 200, "merek " * 60, "🙂", "🙂 merek", "(", "a & b | !c",
    "NEAR(a b)", "*", "-", ":", "a:*", "AND", "dan yang", "<script>", "١٢", "ﷺ", "uu", "uu no", "no. /",
    "64/M-IND/PER/7/2016",
)  # fmt: skip


def test_odd_queries(client):
    with_text(make_regulation(), "merek & <batik>")
    make_regulation("permen", "6/M-IND/PER/1/2016", 2016)
    for query in (*ODD, "permenperin 6❹ 2016", "permenperin ➀ 2016", "permenperin ፩ 2016"):
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


@pytest.mark.parametrize("query", ["merek", "geografis+merek"])
def test_what_is_about_just_that_comes_before_newer_ones_that_name_it(client, query):
    named = make_regulation(kind="pp", number="22", year=2018, about="Pendaftaran Merek dan Indikasi Geografis")
    law = make_regulation(kind="uu", number="20", year=2016, about="Merek dan Indikasi Geografis")
    assert urls(client, f"?q={query}") == [f"{LIST}{law.slug}/", f"{LIST}{named.slug}/"]
    assert urls(client, f"?q={query}&urut=terbaru") == [f"{LIST}{named.slug}/", f"{LIST}{law.slug}/"]
    law.about = "Tata Cara Pemakaian Merek dan Indikasi Geografis"
    law.save_revision().publish()
    assert urls(client, f"?q={query}") == [f"{LIST}{named.slug}/", f"{LIST}{law.slug}/"]
