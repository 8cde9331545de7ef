"""What visitors see of each content block."""

from __future__ import annotations

import gc

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.test import RequestFactory
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from home.models import StandardPage
from siptenan.common.blocks import content_blocks
from siptenan.common.models import SiteDocument, SiteImage
from tests.factories.site import publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail does not close the file that it renders an image into.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]
BLOCKS = dict(content_blocks())


@pytest.fixture(autouse=True)
def _collect_images():
    yield
    gc.collect()


def shown(kind: str, value: object, **context: object) -> BeautifulSoup:
    """The HTML of a block as on a page; a request may be given."""
    block = BLOCKS[kind]
    html = block.render(block.normalize(value), {"request": RequestFactory().get("/"), **context})
    return BeautifulSoup(html, "html.parser")


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def published(parent: Page, title: str) -> Page:
    """A live page as it is in the database."""
    return Page.objects.get(pk=publish(parent, StandardPage(title=title, slug=title.lower())).pk)


@pytest.fixture
def image(db) -> SiteImage:
    """A photo larger than any size it is shown in."""
    return SiteImage.objects.create(title="Foto", file=get_test_image_file(size=(1600, 1000)))


class TestPictures:
    def test_a_figure_comes_in_the_size_of_the_screen_and_keeps_its_place(self, image):
        figure = shown("figure", {"image": image, "alt": "Ibu mencanting", "caption": "Bengkel di Kauman"})
        img = figure.select_one("figure > img")
        assert img["alt"] == "Ibu mencanting"
        assert words(figure.figcaption) == "Bengkel di Kauman"
        assert [entry.split()[1] for entry in img["srcset"].split(",")] == ["400w", "800w", "1360w"]
        assert all(entry.split()[0].endswith(".webp") for entry in img["srcset"].split(","))
        assert (img["width"], img["height"]) == ("400", "250")
        assert img["sizes"]

    def test_it_is_loaded_late_unless_it_comes_first(self, image):
        value = {"image": image, "alt": "", "caption": ""}
        assert shown("figure", value).img["loading"] == "lazy"
        assert shown("figure", value, eager=True).img["loading"] == "eager"

    def test_without_words_for_it_a_picture_is_decoration(self, image):
        assert shown("figure", {"image": image, "alt": "", "caption": ""}).img["alt"] == ""

    def test_a_deleted_picture_leaves_nothing(self):
        assert words(shown("figure", {"image": None, "alt": "Ibu", "caption": "Bengkel"})) == ""

    def test_a_gallery(self, image):
        pictures = [{"image": image, "alt": "Mencanting"}, {"image": image, "alt": "Melorod"}]
        gallery = shown("pictures", {"heading": "Bengkel", "pictures": pictures})
        assert words(gallery.h2) == "Bengkel"
        assert [img["alt"] for img in gallery.select("li img")] == ["Mencanting", "Melorod"]
        assert {(img["width"], img["height"]) for img in gallery.select("img")} == {("240", "180")}

    def test_a_video_is_a_link_and_loads_nothing_from_elsewhere(self, image):
        url = "https://www.youtube.com/watch?v=x"
        video = shown("video", {"title": "Cari merek", "url": url, "minutes": 4, "image": image})
        assert video.a["href"] == url
        assert words(video.select_one(".card-title")) == "Cari merek Video 4 menit di YouTube"
        assert not video.select("iframe, script")
        assert video.img["src"].startswith("/media/")


class TestLinks:
    def test_a_card_leads_to_a_page_or_elsewhere(self, site):
        page = published(site, "Biaya")
        cards = [
            {"title": "Biaya merek", "text": "Tarif UMK", "link": {"page": page}},
            {"title": "PDKI", "text": "", "link": {"url": "https://pdki-indonesia.dgip.go.id/"}},
            {"title": "Segera", "text": "", "link": {}},
        ]
        block = shown("cards", {"heading": "Dicari", "cards": cards})
        links = {words(card.h3): card.a and card.a["href"] for card in block.select("li.card")}
        assert links == {"Biaya merek": "/biaya/", "PDKI": "https://pdki-indonesia.dgip.go.id/", "Segera": None}

    def test_a_page_that_is_not_published_is_no_link(self, site):
        page = site.add_child(instance=StandardPage(title="Rahasia", slug="rahasia", live=False))
        block = shown("cards", {"heading": "", "cards": [{"title": "Kartu", "text": "", "link": {"page": page}}]})
        assert block.a is None

    @pytest.mark.parametrize(("heading", "levels"), [("", ["h2"]), ("Dicari", ["h2", "h3"])])
    def test_cards_leave_no_gap_in_the_headings(self, heading, levels):
        block = shown("cards", {"heading": heading, "cards": [{"title": "Kartu", "text": "", "link": {}}]})
        assert [title.name for title in block.find_all(["h2", "h3"])] == levels

    @pytest.mark.parametrize(
        ("link", "label"),
        [
            ({"text": "Baca caranya"}, "Baca caranya"),
            ({}, "Biaya"),
            ({"page": None, "url": "https://dgip.go.id/a"}, "dgip.go.id"),
        ],
    )
    def test_the_button_of_a_feature_always_says_where_it_leads(self, site, link, label):
        link = {"page": published(site, "Biaya"), **link}
        feature = shown("feature", {"title": "Merek", "text": "<p>Isi</p>", "image": None, "alt": "", "link": link})
        assert words(feature.select_one("a.button")) == label

    def test_the_addresses_of_links_cost_no_query_each(self, site, django_assert_num_queries):
        pages = [published(site, f"hal-{number}") for number in range(20)]
        request = RequestFactory().get("/")

        def render(count: int) -> None:
            cards = [{"title": "K", "text": "", "link": {"page": page}} for page in pages[:count]]
            shown("cards", {"heading": "", "cards": cards}, request=request)

        render(1)  # the request learns where the site begins
        with django_assert_num_queries(0):
            render(20)


class TestText:
    def test_steps_are_numbered_in_order(self):
        steps = [{"title": "Cari", "text": "<p>Di PDKI</p>"}, {"title": "Bayar", "text": ""}]
        block = shown("steps", {"heading": "Cara", "steps": steps})
        assert words(block.h2) == "Cara"
        assert [words(step) for step in block.select("ol > li")] == ["Cari Di PDKI", "Bayar"]

    def test_an_answer_can_be_opened_without_javascript(self):
        block = shown(
            "faq", {"heading": "", "questions": [{"question": "Gratis?", "answer": "<p>Ya, <b>gratis</b>.</p>"}]}
        )
        details = block.select_one("details")
        assert words(details.summary) == "Gratis?"
        assert words(details.select_one(".accordion-answer")) == "Ya, gratis ."
        assert block.find("h2") is None

    def test_a_callout_says_how_loud_it_is(self):
        block = shown("callout", {"level": "warn", "title": "Awas", "text": "<p>Bayar hari ini.</p>"})
        assert words(block.select_one(".notice-warn")) == "Awas Bayar hari ini."

    def test_a_quote_names_who_said_it(self):
        block = shown("quote", {"text": "Cepat.", "who": "Ibu Contoh"})
        assert (words(block.blockquote), words(block.figcaption)) == ("Cepat.", "Ibu Contoh")

    def test_numbers_stand_beside_their_meaning_and_source(self):
        value = {"heading": "", "numbers": [{"number": "45", "label": "kelas"}], "source": "UU 20/2016"}
        block = shown("statistics", value)
        assert (words(block.dd), words(block.dt)) == ("45", "kelas")
        assert "Sumber: UU 20/2016" in words(block)


class TestTable:
    def table(self, headings: list[str], rows: list[list[str]]) -> BeautifulSoup:
        columns = [{"type": "text", "heading": heading} for heading in headings]
        value = {"columns": columns, "rows": [{"values": row} for row in rows]}
        return shown("table", {"caption": "Biaya & tarif", "table": value})

    def test_it_has_a_title_and_heads_both_ways(self):
        table = self.table(["Jenis", "Biaya"], [["Umum", "Rp 1.800.000"], ["<UMK>", "Rp 500.000"]])
        assert words(table.caption) == "Biaya & tarif"
        assert [words(head) for head in table.select("th[scope=col]")] == ["Jenis", "Biaya"]
        assert [words(head) for head in table.select("th[scope=row]")] == ["Umum", "<UMK>"]
        assert [words(cell) for cell in table.select("td")] == ["Rp 1.800.000", "Rp 500.000"]

    def test_it_scrolls_in_itself_and_the_keyboard_reaches_it(self):
        region = self.table(["A"], [["b"]]).select_one("[role=region]")
        assert (region["tabindex"], region["aria-label"]) == ("0", "Biaya & tarif")

    def test_no_head_is_empty_and_an_empty_cell_says_so(self):
        table = self.table(["", "Biaya"], [["Umum", ""], ["", "Rp 0"]])
        assert all(words(head) for head in table.select("th"))
        assert [words(cell).endswith("kosong") for cell in table.select("tbody td")] == [True, True, False]

    def test_one_that_is_not_filled_in_yet_shows_nothing(self):
        assert words(shown("table", {"caption": "Kosong", "table": None})) == ""


class TestFiles:
    def test_kind_and_size_are_part_of_the_link(self):
        document = SiteDocument.objects.create(title="Formulir", file=ContentFile(b"%PDF-" + b"x" * 2043, "a.pdf"))
        rows = [{"document": document, "title": ""}, {"document": document, "title": "Nama sendiri"}]
        links = shown("files", {"heading": "Berkas", "files": rows}).select("li a")
        assert [" ".join(words(link).split()) for link in links] == [
            "Formulir (PDF, 2,0 KB)",
            "Nama sendiri (PDF, 2,0 KB)",
        ]
        assert links[0]["href"] == document.url

    def test_a_deleted_document_is_left_out(self):
        assert words(shown("files", {"heading": "Berkas", "files": [{"document": None, "title": "Hilang"}]})) == ""
