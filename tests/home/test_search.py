"""`/cari/`: one search over everything public: what is found, what is not, and how it is shown."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from forms import services
from gallery.catalogue import index
from gallery.enums import CertificateKind
from gallery.models import Business, Certificate, GalleryIndexPage, Product
from home import search
from home.models import HomePage, InfoIndexPage, StandardPage
from home.models.info import InfoKind
from siptenan.common import generation
from siptenan.common.finding import Document, Shelf
from tests.factories import make_business, make_form, make_info, make_product, make_ticket, text
from tests.home.searching import (
    URL,
    ask,
    groups,
    make_everything,
    make_lists,
    make_page,
    read,
    said,
    tabs,
    titles,
    walk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(site) -> HomePage:
    return make_lists(site)


@pytest.fixture
def everything(home) -> None:
    make_everything(home)


FINDABLE = [
    ("standar", "Halaman", "Standar pelayanan"),
    ("kartu penduduk", "Halaman", "Standar pelayanan"),
    ("KALINDRI", "Halaman", "KALINDRI"),
    ("konsultasi haki", "Halaman", "Form Konsultasi HAKI"),
    ("pengusaha", "Halaman", "Gallery IKM"),
    ("majapahit", "Halaman", "Contact"),
    ("kontak", "Halaman", "Contact"),
    ("jam buka", "Halaman", "Contact"),
    ("lacak tiket", "Halaman", "Lacak tiket"),
    ("lanjutkan isian", "Halaman", "Lanjutkan isian"),
    ("mendaftarkan", "Info", "Cara mendaftarkan merek"),
    ("etiket", "Info", "Cara mendaftarkan merek"),
    ("purnama", "Info", "Cara mendaftarkan merek"),
    ("kekayaan intelektual", "Info", "Cara mendaftarkan merek"),
    ("umk", "Info", "Cara mendaftarkan merek"),
    ("jatayu", "Info", "Klinik pembatik"),
    ("jlamprang", "Produk", "Kain Jlamprang"),
    ("primisima", "Produk", "Kain Jlamprang"),
    ("kakek", "Usaha", "Batik Contoh Sekar"),
    ("ibu terbuka", "Usaha", "Batik Contoh Sekar"),
    ("waru", "Usaha", "Tempe Contoh Murni"),
]


def test_everything_public_is_found_by_its_words_and_leads_there(everything, client):
    for query, kind, title in FINDABLE:
        page = ask(client, query)
        assert title in groups(page)[kind], query
        link = next(link for link in page.select(".card-title a") if link.get_text() == title)
        assert title in said(read(client, link["href"])), query


@pytest.mark.parametrize("asked", ["sertifikat halal", "ID-CONTOH-0110"])
def test_a_product_is_found_by_its_certificate(everything, client, asked):
    business = make_business("Tempe Contoh Murni")
    Certificate.objects.create(business=business, kind=CertificateKind.HALAL, number="ID-CONTOH-0110")
    business.save_revision().publish()
    make_product(business, "Keripik Lapis")
    assert groups(ask(client, asked))["Produk"] == ["Keripik Lapis"]


def test_a_typo_another_case_and_a_root_find_it_too(everything, client):
    for query in ("mrek", "merk mendaftarkn", "medaftarkan", "MÉREK", "daftar merek", "dAFTAR"):
        assert "Cara mendaftarkan merek" in titles(ask(client, query)), query
    for query in ("jlamprnag", "kain jlampran", "primissima"):
        assert "Kain Jlamprang" in titles(ask(client, query)), query


def test_typos_are_forgiven_only_where_nothing_has_the_word_as_typed(home, client):
    make_page("Kontak kami")
    assert titles(ask(client, "kotak")) == ["Kontak kami"]
    assert "1 hasil yang mirip dengan “ kotak ”" in said(ask(client, "kotak"))
    make_product(make_business(), "Kotak hantaran")
    assert titles(ask(client, "kotak")) == ["Kotak hantaran"]
    assert "1 hasil untuk “ kotak ”" in said(ask(client, "kotak"))


def test_a_whole_question_is_understood_by_its_telling_words(everything, client):
    assert titles(ask(client, "bagaimana cara untuk mendaftarkan merek itu?")) == ["Cara mendaftarkan merek"]
    assert titles(ask(client, "SI INas yang apa")) == []


def test_every_word_must_be_there(everything, client):
    assert titles(ask(client, "mendaftarkan jatayu")) == []


def test_a_name_written_in_two_words_is_found_in_one(home, client):
    make_page("Akun SIINas")
    assert titles(ask(client, "si inas")) == ["Akun SIINas"]


def test_titles_come_first_and_what_is_over_last(client):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    make_info("Pameran", body=text("<p>Dengan undian.</p>"), date=yesterday)
    make_info("Undian lama", kind=InfoKind.ANNOUNCEMENT, valid_until=yesterday, date=yesterday)
    make_info("Undian baru", date=yesterday - dt.timedelta(days=30))
    page = ask(client, "undian")
    assert titles(page) == ["Undian baru", "Undian lama", "Pameran"]
    assert [hit.h3.get_text() for hit in page.select(".search-hit") if "Sudah lewat" in hit.get_text()] == [
        "Undian lama"
    ]


def test_what_is_new_is_found_at_once_and_what_is_gone_is_not(client):
    assert titles(ask(client, "pengaduan")) == []
    page = make_page("Pengaduan")
    assert titles(ask(client, "pengaduan")) == ["Pengaduan"]
    page.title = "Keluhan"
    page.save_revision().publish()
    assert titles(ask(client, "pengaduan")) == []
    assert titles(ask(client, "keluhan")) == ["Keluhan"]
    page.delete()
    assert titles(ask(client, "keluhan")) == []


# --- What is not found ------------------------------------------------------------------------------

SECRET = "Rahasiakan"


def assert_unknown(client: Client, word: str = SECRET) -> None:
    """Nobody finds it, and nothing but the own search box has the word."""
    for query in (word, f"{word} merek", word[:-1]):
        html = client.get(f"{URL}?{urlencode({'q': query})}").content.decode()
        assert "<strong>0 hasil</strong>" in html, query
        page = BeautifulSoup(html, "html.parser")
        for own in [*page.select("main input, bdi, title")]:
            own.decompose()
        assert word.lower() not in page.get_text().lower()


class TestNotPublic:
    def test_drafts_of_every_kind(self, home, client):
        home.add_child(instance=StandardPage(title=SECRET, slug="s", body=text(f"<p>{SECRET}</p>"), live=False))
        entry = make_info(SECRET)
        entry.unpublish()
        business = make_business(f"{SECRET} Jaya", live=False)
        make_product(business, f"Kain {SECRET}")
        make_product(make_business(), f"Tas {SECRET}", live=False)
        assert_unknown(client)

    def test_the_draft_of_a_public_page(self, client):
        page = make_page("Tarif", "<p>Gratis.</p>")
        page.title, page.body = f"Tarif {SECRET}", text(f"<p>{SECRET}</p>")
        page.save_revision()
        assert titles(ask(client, "tarif")) == ["Tarif"]
        assert_unknown(client)

    def test_private_pages_and_all_below_them(self, home, client):
        page = make_page(SECRET)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        make_info(SECRET)
        PageViewRestriction.objects.create(page=InfoIndexPage.objects.get(), restriction_type="login")
        assert_unknown(client)

    def test_a_form_for_those_who_know_its_address(self, client):
        make_form("uji", title=SECRET, on_dashboard=False)
        assert_unknown(client)

    def test_entries_while_their_list_is_hidden_and_products_while_the_catalogue_is(self, everything, client):
        for page in (InfoIndexPage.objects.get(), GalleryIndexPage.objects.get()):
            page.unpublish()
        for query in ("purnama", "jlamprang", "waru"):
            assert titles(ask(client, query)) == []

    def test_what_is_hidden_is_gone_in_the_request_that_hides_it(self, everything, client):
        assert titles(ask(client, "jlamprang")) == ["Kain Jlamprang"]
        Product.objects.get(name="Kain Jlamprang").unpublish()
        assert titles(ask(client, "jlamprang")) == []
        Business.objects.get(name="Batik Contoh Sekar").unpublish()
        assert titles(ask(client, "kakek")) == []

    def test_tickets_and_what_officers_write(self, form_page, officer, client):
        ticket = make_ticket(form_page, **{"Pertanyaan": f"{SECRET} soal", "Nama Lengkap": f"Ibu {SECRET}"})
        services.reply(ticket, f"{SECRET} juga.", by=officer)
        services.add_note(ticket, f"{SECRET} sekali.", by=officer)
        assert_unknown(client)
        assert titles(ask(client, ticket.reference)) == []

    def test_the_private_part_of_a_business(self, client):
        make_product(make_business(record={"owner_name": f"Ibu {SECRET}", "address": f"Jalan {SECRET}"}))
        assert_unknown(client)
        for private in ("3375014708900000", "81200000111"):
            assert titles(ask(client, private)) == []


# --- What the page shows ----------------------------------------------------------------------------


class TestEmpty:
    def test_says_what_to_do_with_examples_that_find_something(self, everything, client):
        page = ask(client)
        assert "Ketik apa yang Anda cari" in said(page)
        assert "halaman, info, regulasi, produk, dan usaha" in said(page)
        examples = page.select(".empty .info-chips a")
        assert 1 <= len(examples) <= 4
        for example in examples:
            assert titles(read(client, example["href"])), example.text

    def test_blanks_are_no_search(self, client):
        for query in ("", " ", "\t \n", "\u00a0"):
            assert "Ketik apa yang Anda cari" in said(ask(client, query, jenis="info", halaman="7"))


class TestKinds:
    @pytest.fixture
    def shelf(self, home) -> None:
        business = make_business("Batik Contoh Sekar", story="Membatik.")
        for number in range(14):
            make_product(business, f"Kain Batik Kotak {number:02}")
        for number in range(6):
            make_info(f"Info batik {number}")
        make_page("Tentang batik")

    def test_the_first_of_each_with_its_count_and_a_way_to_all(self, shelf, client):
        page = ask(client, "batik")
        assert {name: len(hits) for name, hits in groups(page).items()} == {
            "Halaman": 1, "Info": 4, "Produk": 4, "Usaha": 1,
        }  # fmt: skip
        assert "22 hasil untuk “ batik ”" in said(page)
        more = {link.get_text(): link["href"] for link in page.select(".search-group > p a")}
        assert set(more) == {"Lihat semua 6 hasil Info", "Lihat semua 14 hasil Produk"}
        assert len(walk(client, more["Lihat semua 14 hasil Produk"])) == 14

    def test_every_kind_has_as_many_as_it_says(self, shelf, client):
        offered = tabs(ask(client, "batik"))
        assert {name: count for name, (count, _) in offered.items()} == {
            "Semua": 22, "Halaman": 1, "Info": 6, "Produk": 14, "Usaha": 1,
        }  # fmt: skip
        for name, (count, url) in offered.items():
            if name != "Semua":
                assert len(walk(client, url)) == len(set(walk(client, url))) == count, name
                chosen = tabs(read(client, url))
                assert {kind: number for kind, (number, _) in chosen.items()} == {
                    kind: number for kind, (number, _) in offered.items()
                }

    def test_the_chosen_kind_is_marked_stays_in_the_form_and_can_be_left(self, shelf, client):
        page = ask(client, "batik", jenis="produk")
        chosen = page.select("nav[aria-label='Jenis hasil'] [aria-current=true]")
        assert [link.contents[0].strip() for link in chosen] == ["Produk"]
        assert page.select_one(".search-form input[name=jenis]")["value"] == "produk"
        assert len(groups(read(client, tabs(page)["Semua"][1]))) == 4

    def test_a_kind_that_has_nothing_shows_the_way_to_the_others(self, shelf, client):
        page = ask(client, "tentang", jenis="usaha")
        assert "Tidak ada Usaha yang cocok" in said(page)
        assert titles(read(client, page.select_one(".empty a")["href"]))

    def test_one_kind_alone_needs_no_choice(self, shelf, client):
        assert tabs(ask(client, "kotak")) == {}
        assert len(walk(client, f"{URL}?q=kotak")) == 14

    def test_an_unknown_kind_does_not_count(self, shelf, client):
        for kind in ("buku", "x" * 5000, "%", "<b>", "PRODUK", "produk "):
            assert set(groups(ask(client, "batik", jenis=kind))) == {"Halaman", "Info", "Produk", "Usaha"}, kind[:9]


class TestPages:
    @pytest.fixture(params=["info", "produk"])
    def kind(self, request, home) -> str:
        """Thirty things that nothing but their keys tells apart."""
        business = make_business()
        for _ in range(30):
            if request.param == "info":
                make_info("Lomba", summary="Lomba.", date=dt.date(2026, 11, 1))
            else:
                make_product(business, "Lomba")
        Product.objects.update(first_published_at=timezone.now())
        return request.param

    def hits(self, client: Client, kind: str, number: str) -> list[str]:
        page = ask(client, "lomba", jenis=kind, halaman=number)
        return [link["href"] for link in page.select(".search-hit a")]

    def links(self, client: Client, kind: str) -> list[list[str]]:
        return [self.hits(client, kind, number) for number in ("1", "2", "3")]

    def test_each_hit_is_on_one_page_and_stays_there(self, kind, client):
        pages = self.links(client, kind)
        assert [len(page) for page in pages] == [12, 12, 6]
        assert len({url for page in pages for url in page}) == 30
        generation.forget()
        index.forget()
        assert self.links(client, kind) == pages

    def test_the_address_keeps_search_kind_and_channel(self, kind, client):
        page = ask(client, "lomba", jenis=kind, halaman=2, ch="ig")
        assert "Halaman 2 dari 3" in said(page)
        for rel, number in (("prev", None), ("next", ["3"])):
            query = parse_qs(urlsplit(page.select_one(f".pagination a[rel={rel}]")["href"]).query)
            assert query.pop("halaman", None) == number
            assert query == {"q": ["lomba"], "jenis": [kind], "ch": ["ig"]}
        assert all(link["href"].endswith("?ch=ig") for link in page.select(".search-hit a"))
        assert page.select_one(".search-form input[name=ch]")["value"] == "ig"

    def test_a_page_number_that_is_none_shows_the_nearest_page(self, kind, client):
        first, _, last = self.links(client, kind)
        for number in ("999", "0", "-1", "9" * 400):
            assert self.hits(client, kind, number) == last, number[:9]
        for number in ("abc", "", "1.5", "9" * 5000):
            assert self.hits(client, kind, number) == first, number[:9]


class TestNothing:
    def test_offers_kalindri_and_the_ticket(self, client):
        page = ask(client, "lamborghini")
        assert "Tidak ada yang cocok" in said(page)
        ways = [link["href"] for link in page.select(".empty a")]
        assert ways[:2] == ["/kalindri/", "/kalindri/lacak/"]

    def test_what_has_some_of_the_words_is_near(self, everything, client):
        page = ask(client, "jlamprang lamborghini mendaftarkan")
        assert titles(page) == []
        assert set(groups(page)["Mungkin ini yang Anda cari"]) == {"Kain Jlamprang", "Cara mendaftarkan merek"}

    def test_a_title_like_the_words_is_near(self, everything, client):
        page = ask(client, "standarpelyanan")
        assert groups(page)["Mungkin ini yang Anda cari"] == ["Standar pelayanan"]

    def test_with_nothing_near_there_are_examples(self, everything, client):
        page = ask(client, "xyzzy")
        assert "Mungkin ini yang Anda cari" not in said(page)
        assert page.select(".empty .info-chips a")


def test_another_kind_plugs_in_with_one_line(everything, client, monkeypatch):
    books = Shelf([Document("Buku Merek", "/buku/merek/", "Tentang merek daerah.", label="Buku")])
    first, second, *others = search.KINDS
    monkeypatch.setattr(search, "KINDS", (first, second, search.Kind("buku", "Buku", books.find), *others))
    page = ask(client, "merek")
    assert list(groups(page)) == ["Info", "Buku"]
    assert tabs(page)["Buku"][0] == 1
    assert titles(ask(client, "merek daerah", jenis="buku")) == ["Buku Merek"]
    assert "halaman, info, buku, regulasi, produk, dan usaha" in said(ask(client))
