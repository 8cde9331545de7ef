"""Info lainnya as visitors see it: the list, its filters, and one entry."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import InfoCategory, InfoPage, InfoTag
from home.models.info import InfoKind
from siptenan.common import generation
from tests.factories import make_event, make_info, make_info_index, text

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def index(site):
    """The list at /info/, empty."""
    return make_info_index(site)


@pytest.fixture
def merek(db):
    """A category."""
    return InfoCategory.objects.create(name="Merek", slug="merek")


def soup(client: Client, url: str = "/info/") -> BeautifulSoup:
    """A page that opens."""
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def sections(page: BeautifulSoup) -> dict[str, list[str]]:
    """The titles of the cards below each heading."""
    return {
        section.h2.get_text(" ", strip=True): [card.get_text(strip=True) for card in section.select(".card-title")]
        for section in page.select("section")
        if section.h2
    }


def shown(page: BeautifulSoup) -> list[str]:
    """The titles of all cards, from the top."""
    return [card.get_text(strip=True) for card in page.select(".card-title")]


def card(page: BeautifulSoup, title: str) -> str:
    """What a card says."""
    return next(card.get_text(" ", strip=True) for card in page.select(".card") if title in card.get_text())


def options(page: BeautifulSoup) -> dict[str, tuple[int, str]]:
    """The filters offered: how many entries each promises, and where it leads."""
    found = {}
    for link in page.select(".info-facets li a"):
        count = int(link.select_one(".info-count").get_text().split()[0])
        found[link.contents[0].strip()] = (count, urljoin("/info/", link["href"]))
    return found


def ago(days: int) -> dt.date:
    """A day of the past, or with a negative number of the future."""
    return TODAY() - dt.timedelta(days=days)


class TestList:
    def test_an_empty_list_says_what_will_be_here_and_what_to_do_now(self, index, client):
        page = soup(client)
        assert "Belum ada info" in page.main.get_text()
        assert page.select_one(".empty a")["href"].startswith("/kalindri/")

    def test_the_newest_comes_first_and_of_one_day_the_one_written_last(self, index, client):
        for title, days in (("Lama", 9), ("Pagi", 2), ("Siang", 2), ("Baru", 0)):
            make_info(title, date=ago(days))
        assert shown(soup(client)) == ["Baru", "Siang", "Pagi", "Lama"]

    def test_twelve_a_page_and_every_entry_once(self, index, client):
        for number in range(30):
            make_info(f"Info nomor {number}", date=ago(number % 3))
        pages = [shown(soup(client, f"/info/?page={number}")) for number in (1, 2, 3)]
        assert [len(titles) for titles in pages] == [12, 12, 6]
        assert len({title for titles in pages for title in titles}) == 30

    def test_a_page_number_that_is_none_shows_the_nearest_page(self, index, client):
        for _ in range(13):
            make_info()
        first, last = shown(soup(client)), shown(soup(client, "/info/?page=2"))
        assert len(first) == 12
        assert len(last) == 1
        for number in ("999", "0", "-1", "9" * 400):
            assert shown(soup(client, f"/info/?page={number}")) == last
        for number in ("abc", "", "1.5", "9" * 5000):
            assert shown(soup(client, f"/info/?page={number}")) == first

    def test_drafts_are_not_shown_and_what_is_unpublished_is_gone_at_once(self, index, client):
        make_info("Terbit")
        draft = InfoPage(title="Draf", slug="draf", summary="x", body=text("<p>x</p>"), live=False)
        index.add_child(instance=draft)
        assert shown(soup(client)) == ["Terbit"]
        InfoPage.objects.get(title="Terbit").unpublish()
        assert "Belum ada info" in soup(client).main.get_text()

    def test_a_card_leads_to_its_entry_and_says_kind_day_and_summary(self, index, client):
        entry = make_info("Cara", kind=InfoKind.GUIDE, date=dt.date(2026, 11, 20), summary="Dari awal.")
        page = soup(client)
        assert page.select_one(".card-title a")["href"] == entry.url
        assert {"Panduan", "Jumat, 20 November 2026", "Dari awal."} <= set(page.select_one(".card").stripped_strings)

    def test_a_new_name_of_a_category_or_label_shows_at_once(self, index, client, merek):
        make_info(category=merek, tags=("biaya",))
        assert {"Merek", "biaya"} <= set(options(soup(client)))
        merek.name = "Merek dagang"
        merek.save()
        tag = InfoTag.objects.get()
        tag.name = "ongkos"
        tag.save()
        assert {"Merek dagang", "ongkos"} <= set(options(soup(client)))


class TestAnnouncements:
    def announce(self, title: str, valid_until: dt.date | None, days: int = 30) -> InfoPage:
        return make_info(title, kind=InfoKind.ANNOUNCEMENT, date=ago(days), valid_until=valid_until)

    def test_those_in_force_are_on_top_once_and_those_over_come_last_with_a_mark(self, index, client):
        self.announce("Masih", ago(-1))
        self.announce("Tanpa akhir", None)
        self.announce("Lewat", ago(1), days=2)
        make_info("Berita", date=ago(20))
        page = soup(client)
        found = sections(page)
        assert found["Pengumuman yang berlaku"] == ["Tanpa akhir", "Masih"]
        assert found["Semua info"] == ["Berita", "Lewat"]
        assert "Sudah lewat" in card(page, "Lewat")
        assert page.get_text().count("Sudah lewat") == 1

    def test_only_on_the_first_page_and_never_again_below(self, index, client):
        self.announce("Masih", ago(-1))
        for _ in range(14):
            make_info()
        assert shown(soup(client)).count("Masih") == 1
        second = soup(client, "/info/?page=2")
        assert "Pengumuman yang berlaku" not in sections(second)
        assert "Masih" not in shown(second)

    def test_the_last_day_still_counts_and_the_next_one_does_not(self, index, client):
        entry = self.announce("Sampai hari ini", TODAY())
        assert "Pengumuman yang berlaku" in sections(soup(client))
        assert "Berlaku sampai" in soup(client, entry.url).main.get_text()
        with time_machine.travel(dt.datetime.combine(ago(-1), dt.time(0, 5), timezone.get_current_timezone())):
            assert "Pengumuman yang berlaku" not in sections(soup(client))
            assert "Info ini berlaku sampai" in soup(client, entry.url).main.get_text()

    def test_the_end_of_the_calendar_is_no_error(self, index, client):
        entry = self.announce("Selamanya", dt.date.max)
        assert "31 Desember 9999" in soup(client, entry.url).main.get_text()


class TestNextEvents:
    def test_the_nearest_three_on_the_first_page(self, index, client):
        for days in (30, 2, 9, 16, -3):
            make_event(f"Acara {days}", days=days)
        make_info("Berita", date=ago(50))
        found = sections(soup(client))
        assert found["Agenda terdekat"] == ["Acara 2", "Acara 9", "Acara 16"]
        assert found["Semua info"] == ["Acara 30", "Berita", "Acara -3"]

    def test_not_on_the_second_page_and_not_in_a_filtered_list(self, index, client):
        make_event("Acara")
        for _ in range(13):
            make_info()
        assert "Agenda terdekat" not in sections(soup(client, "/info/?page=2"))
        filtered = soup(client, "/info/?jenis=agenda")
        assert "Agenda terdekat" not in sections(filtered)
        assert shown(filtered) == ["Acara"]


class TestAgenda:
    def test_filtered_by_agenda_what_comes_next_is_first_and_what_was_is_last(self, index, client):
        for title, days, posted in (
            ("Bulan depan", 30, 0), ("Minggu depan", 7, 9), ("Besok", 1, 3), ("Kemarin", -1, 1), ("Dulu", -20, 0),
        ):  # fmt: skip
            make_event(title, days=days, date=ago(posted))
        make_info("Berita", date=ago(0))
        page = soup(client, "/info/?jenis=agenda")
        assert shown(page) == ["Besok", "Minggu depan", "Bulan depan", "Kemarin", "Dulu"]
        assert "5 info yang cocok" in sections(page)

    def test_the_second_page_goes_on_where_the_first_one_ends(self, index, client):
        for number in range(15, 0, -1):
            make_event(f"Acara {number:02}", days=number)
        both = [title for number in (1, 2) for title in shown(soup(client, f"/info/?jenis=agenda&page={number}"))]
        assert both == [f"Acara {number:02}" for number in range(1, 16)]

    def test_other_filters_keep_the_order_of_the_days(self, index, client, merek):
        make_event("Besok", days=1, date=ago(5), category=merek)
        make_event("Minggu depan", days=7, date=ago(1), category=merek)
        assert shown(soup(client, "/info/?kategori=merek")) == ["Minggu depan", "Besok"]


@pytest.fixture
def shelf(index, merek):
    """Entries of several kinds, categories, labels and years."""
    siinas = InfoCategory.objects.create(name="SIINas", slug="siinas")
    make_info("A", kind=InfoKind.GUIDE, category=merek, tags=("biaya", "UMK"), date=dt.date(2026, 5, 1))
    make_info("B", kind=InfoKind.GUIDE, category=siinas, tags=("biaya",), date=dt.date(2026, 4, 1))
    make_info("C", kind=InfoKind.NEWS, category=merek, date=dt.date(2025, 3, 1))
    make_info("D", kind=InfoKind.FAQ, tags=("UMK",), date=dt.date(2024, 2, 1))


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("jenis=panduan", "AB"),
            ("kategori=merek", "AC"),
            ("label=biaya", "AB"),
            ("tahun=2025", "C"),
            ("jenis=panduan&kategori=merek", "A"),
            ("kategori=merek&label=umk&tahun=2026&jenis=panduan", "A"),
            ("kategori=merek&tahun=2024", ""),
            ("jenis=&kategori=%20&label=biaya", "AB"),
            ("tidak=dikenal", "ABCD"),
        ],
    )
    def test_all_filters_must_fit(self, shelf, client, query, titles):
        assert shown(soup(client, f"/info/?{query}")) == list(titles)

    @pytest.mark.parametrize("start", ["/info/", "/info/?jenis=panduan", "/info/?kategori=merek&tahun=2026"])
    def test_every_filter_offered_finds_as_many_as_it_says(self, shelf, client, start):
        offered = options(soup(client, start))
        assert len(offered) >= 4
        for name, (count, url) in offered.items():
            chosen = parse_qs(urlsplit(start).query).items() <= parse_qs(urlsplit(url).query).items()
            if chosen:  # the link of a filter in use takes it away, and its number is of the list as it is
                assert len(shown(soup(client, url))) == count, name

    def test_each_filter_can_be_taken_away_alone(self, shelf, client):
        page = soup(client, "/info/?jenis=panduan&kategori=merek")
        chips = {link.get_text(" ", strip=True): link["href"] for link in page.select(".info-chips a")}
        assert chips == {
            "Hapus saringan Jenis: Panduan ✕": "?kategori=merek",
            "Hapus saringan Kategori: Merek ✕": "?jenis=panduan",
        }
        last = soup(client, "/info/?kategori=merek").select_one(".info-chips a")
        assert last["href"] == "/info/"

    def test_the_chosen_value_is_marked_and_takes_itself_away(self, shelf, client):
        chosen = soup(client, "/info/?tahun=2026").select(".info-facets [aria-current=true]")
        assert [link.contents[0].strip() for link in chosen] == ["2026"]
        assert chosen[0]["href"] == "/info/"

    def test_the_archive_lists_the_years_backwards(self, shelf, client):
        assert [name for name in options(soup(client)) if name.isdecimal()] == ["2026", "2025", "2024"]

    def test_a_filter_begins_again_at_the_first_page_and_paging_keeps_the_filter(self, shelf, client):
        for _ in range(13):
            make_info(kind=InfoKind.NEWS)
        second = soup(client, "/info/?jenis=berita&page=2")
        assert all("page=" not in url for _, url in options(second).values())
        assert "jenis=berita" in second.select_one(".pagination a[rel=prev]")["href"]

    @pytest.mark.parametrize("name", ["jenis", "kategori", "label", "tahun"])
    def test_a_value_that_nobody_knows_finds_nothing_and_shows_the_way_back(self, shelf, client, name):
        script = "<script>alert(1)</script>"
        for value in ("tidak-ada", "x" * 5000, "' OR 1=1 --", "%F0%9F%92%A5", script, "٢٠٢٦", "-1", "1e400", "%%"):
            response = client.get(f"/info/?{name}={value}")
            assert response.status_code == 200, value
            page = BeautifulSoup(response.content, "html.parser")
            assert "Tidak ada info yang cocok" in page.main.get_text(), value
            assert page.select_one(".empty a")["href"] == "/info/"
            assert script not in response.content.decode()

    def test_broken_bytes_are_refused_in_words(self, shelf, client):
        assert client.get("/info/?label=%00").status_code == 400
        assert client.get("/info/?label=%ff").status_code == 400

    def test_search_engines_keep_out_of_filtered_lists(self, shelf, client):
        for query, expected in {
            "": False,
            "?page=2": False,
            "?ch=ig": False,
            "?jenis=panduan": True,
            "?label=x": True,
        }.items():
            robots = soup(client, f"/info/{query}").select_one("meta[name=robots]")
            assert (robots is not None and "noindex" in robots["content"]) == expected, query


class TestEntry:
    def test_says_what_it_is_when_it_was_written_and_where_it_comes_from(self, index, client, merek):
        days = {"date": dt.date(2026, 11, 20), "checked_on": dt.date(2026, 11, 22)}
        entry = make_info("Cara", kind=InfoKind.GUIDE, source="UU 20/2016", **days)
        said = soup(client, entry.url).main.get_text(" ", strip=True)
        for words in (
            "Panduan", "Jumat, 20 November 2026", "1 menit baca", "UU 20/2016", "Diperiksa Minggu, 22 November 2026",
        ):  # fmt: skip
            assert words in said

    def test_category_and_labels_lead_to_the_filtered_list(self, index, client, merek):
        entry = make_info("Cara", category=merek, tags=("biaya merek",))
        make_info("Lain")
        links = soup(client, entry.url).select(".info-terms a")
        assert [link.get_text() for link in links] == ["Merek", "#biaya merek"]
        for link in links:
            assert shown(soup(client, link["href"])) == ["Cara"]

    def test_can_be_shared_without_and_with_javascript(self, index, client):
        entry = make_info("Biaya & syarat merek")
        page = soup(client, entry.url)
        whatsapp = page.select_one("a[href^='https://wa.me/']")
        assert parse_qs(urlsplit(whatsapp["href"]).query) == {
            "text": [f"Biaya & syarat merek http://testserver{entry.url}"]
        }
        assert {"noopener", "noreferrer"} <= set(whatsapp["rel"])
        copy = page.select_one("button[data-copy]")
        assert copy["data-copy"] == f"http://testserver{entry.url}"
        assert copy.has_attr("hidden")  # site.js shows it

    @pytest.mark.parametrize(("words", "minutes"), [(1, 1), (200, 1), (201, 2), (1000, 5)])
    def test_reading_time_counts_the_words_of_all_blocks(self, index, client, words, minutes):
        half = words // 2
        body = [
            ("paragraph", f"<p>{'kata ' * (words - half)}</p>"),
            ("callout", {"level": "info", "title": "", "text": f"<p>{'kata ' * (half - 1)}</p>"}),
        ]
        entry = make_info(body=body if half else body[:1])  # the level of a callout is one word
        assert f"{minutes} menit baca" in soup(client, entry.url).main.get_text(" ", strip=True)

    def test_related_share_most_first_and_are_at_most_three(self, index, client, merek):
        entry = make_info("Ini", category=merek, tags=("biaya", "UMK"))
        make_info("Semuanya", category=merek, tags=("biaya", "UMK"), date=ago(90))
        make_info("Satu label", tags=("UMK",), date=ago(60))
        make_info("Kategori", category=merek, date=ago(80))
        make_info("Satu label lama", tags=("UMK",), date=ago(99))
        make_info("Tidak ada", tags=("foto",))
        assert sections(soup(client, entry.url))["Info terkait"] == ["Semuanya", "Satu label", "Kategori"]

    def test_what_is_over_is_the_last_to_be_related(self, index, client, merek):
        entry = make_info("Ini", category=merek, tags=("UMK",))
        make_info("Lewat", category=merek, tags=("UMK",), date=ago(9), valid_until=ago(2))
        make_info("Berlaku", category=merek)
        assert sections(soup(client, entry.url))["Info terkait"] == ["Berlaku", "Lewat"]

    def test_a_label_without_letters_harms_nothing(self, index, client):
        entry = make_info("Ini", tags=("???", "biaya"))
        assert "biaya" in options(soup(client))
        assert [link.get_text() for link in soup(client, entry.url).select(".info-terms a")] == ["#biaya"]

    def test_nothing_related_no_heading(self, index, client):
        entry = make_info("Ini")
        make_info("Itu")
        assert "Info terkait" not in sections(soup(client, entry.url))

    def test_the_preview_of_a_page_that_was_never_saved(self, index):
        page = InfoPage(title="Baru", slug="baru", summary="Ringkas.", body=text("<p>Isi.</p>"), kind=InfoKind.NEWS)
        page.depth, page.path = index.depth + 1, InfoPage._get_children_path_interval(index.path)[1]  # as Wagtail does
        page.set_url_path(index)
        response = page.make_preview_request()
        assert response.status_code == 200
        assert "Ringkas." in response.content.decode()


class TestCost:
    PAGES = ("/info/", "/info/?page=2", "/info/?label=biaya&jenis=berita", "/info/feed/", "/info/pertama/")

    def queries(self, client: Client, url: str, *, cold: bool) -> int:
        client.get(url)
        if cold:
            generation.forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def test_two_hundred_entries_cost_no_more_queries_than_two(self, index, client, merek):
        make_info("Pertama", slug="pertama", category=merek, tags=("biaya", "UMK"))
        make_event("Acara", tags=("biaya",))
        few = {(url, cold): self.queries(client, url, cold=cold) for cold in (True, False) for url in self.PAGES}
        for number in range(198):
            entry = InfoPage(
                title=f"Info {number}", slug=f"banyak-{number}", summary="x", body=[], category=merek,
                kind=InfoKind.values[number % 3], date=ago(number),
            )  # fmt: skip
            entry.tags.add("biaya", f"label {number % 20}")
            index.add_child(instance=entry)
        many = {(url, cold): self.queries(client, url, cold=cold) for cold in (True, False) for url in self.PAGES}
        assert many == few
        assert max(count for (_, cold), count in many.items() if not cold) <= 10
