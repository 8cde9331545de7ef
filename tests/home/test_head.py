"""What a page says about itself to browsers, search engines and those who are sent its address."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from forms.models import FormPage
from home.info import PER_PAGE
from home.models import HomePage, KalindriPage, StandardPage
from siptenan.common.models.pages import DESCRIPTION_LETTERS
from tests.factories import make_every_type, make_info, make_info_index, open_form, publish, send, text

HAKI = "/kalindri/konsultasi-haki/"

pytestmark = pytest.mark.django_db


def soup_of(client: Client, url: str) -> BeautifulSoup:
    """The page at an address."""
    return BeautifulSoup(client.get(url).content, "html.parser")


def meta(soup: BeautifulSoup) -> dict[str, str]:
    """Every meta element by its name or property; each may be there once."""
    found = [(tag.get("name") or tag.get("property"), tag["content"]) for tag in soup.find_all("meta", content=True)]
    assert len(found) == len(dict(found))
    return dict(found)


def canonical(soup: BeautifulSoup) -> str:
    """The address that the page goes by."""
    return soup.find("link", rel="canonical")["href"]


def edit(page: Page, **values) -> None:
    """Change a page and publish it."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


# --- Every page -----------------------------------------------------------------------------------


def test_every_type_has_a_whole_head(site, client):
    for page in make_every_type(site):
        soup = soup_of(client, page.url)
        said = meta(soup)
        assert soup.title.get_text(strip=True).endswith("SIPTENAN") or page.depth == 2, page.url
        assert 0 < len(said["description"]) <= 160, page.url
        assert canonical(soup) == said["og:url"] == f"http://testserver{page.url}"
        assert said["og:title"]
        assert said["og:description"] == said["description"]
        assert said["og:image"].startswith("http://testserver/")
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert said["og:image:alt"] == f"SIPTENAN: {said['og:title']}"
        assert (said["og:locale"], said["og:site_name"]) == ("id_ID", "SIPTENAN")
        assert said["twitter:card"] == "summary_large_image"
        assert said["theme-color"] == "#111111"
        assert "robots" not in said, page.url


def test_the_front_page_is_shared_by_what_it_offers(site, client):
    said = meta(soup_of(client, "/"))
    assert said["og:title"] == "Tanya soal merek dan SIINas, dijawab petugas."
    assert said["description"].startswith("Klinik industri kecil dan menengah")
    edit(HomePage.objects.get(), seo_title="SIPTENAN Pekalongan", search_description="Layanan kami.")
    soup = soup_of(client, "/")
    assert soup.title.get_text(strip=True) == meta(soup)["og:title"] == "SIPTENAN Pekalongan"
    assert meta(soup)["description"] == "Layanan kami."


def test_icons_and_manifest_are_named(site, client):
    soup = soup_of(client, "/")
    assert soup.find("link", rel="icon")["href"].endswith("favicon.svg")
    assert soup.find("link", rel="apple-touch-icon")["href"].endswith(".png")
    assert client.get(soup.find("link", rel="manifest")["href"]).status_code == 200


# --- Description and title --------------------------------------------------------------------------


def test_the_editors_own_words_come_first(site, client):
    edit(
        FormPage.objects.get(),
        seo_title="Tanya merek",
        search_description="Kata editor.",
        summary="Ringkasan.",
        introduction="Pembuka.",
    )
    soup = soup_of(client, HAKI)
    assert soup.title.get_text() == "Tanya merek - SIPTENAN"
    assert meta(soup)["og:title"] == "Tanya merek"
    assert meta(soup)["description"] == "Kata editor."


def test_else_the_summary_else_the_introduction(site, client):
    form = FormPage.objects.get()
    edit(form, search_description="", summary="Ringkasan.", introduction="Pembuka.")
    assert meta(soup_of(client, HAKI))["description"] == "Ringkasan."
    edit(form, summary="", introduction="Pembuka\n\ndua alinea.")
    assert meta(soup_of(client, HAKI))["description"] == "Pembuka dua alinea."


def test_a_page_without_any_is_described_by_the_site(site, client):
    publish(site, StandardPage(title="Tanpa kata", slug="tanpa", body=text("<p>Isi.</p>")))
    assert "Dinas Perindustrian dan Tenaga Kerja" in meta(soup_of(client, "/tanpa/"))["description"]


def test_a_long_introduction_is_cut_after_a_whole_word(site, client):
    words = "Kami membantu pemilik usaha kecil mendaftarkan merek, " * 6
    edit(KalindriPage.objects.get(), introduction=words)
    said = meta(soup_of(client, "/kalindri/"))["description"]
    assert said.endswith("…")
    assert DESCRIPTION_LETTERS - 20 < len(said) <= DESCRIPTION_LETTERS + 1
    assert words.startswith(said[:-1])
    assert words[len(said) - 1] in " ,"


def test_quotes_and_markup_stay_text(site, client):
    edit(KalindriPage.objects.get(), title='KALINDRI "baru" <b>', search_description='"><script>alert(1)</script>')
    html = client.get("/kalindri/").content.decode()
    assert "<script>alert" not in html
    assert meta(BeautifulSoup(html, "html.parser"))["og:title"] == 'KALINDRI "baru" <b>'


# --- Canonical address ------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["?ch=ig", "?utm_source=wa&fbclid=x", "?page=1", "?page=0", "?page=dua", "?page=²"])
def test_the_canonical_address_has_no_query(site, client, query):
    assert canonical(soup_of(client, f"/kalindri/{query}")) == "http://testserver/kalindri/"


@pytest.mark.parametrize("query", ["?page=2", "?ch=ig&page=2", "?page=9"])
def test_but_the_page_of_a_list(site, client, query):
    """Beyond the last page the last one is shown."""
    make_info_index(site)
    for _ in range(PER_PAGE + 2):
        make_info()
    soup = soup_of(client, f"/info/{query}")
    assert canonical(soup) == "http://testserver/info/?page=2"
    assert soup.title.get_text() == "Info Lainnya, halaman 2 - SIPTENAN"


def test_a_filtered_list_is_the_list_itself(site, client):
    make_info_index(site)
    soup = soup_of(client, "/info/?jenis=berita&page=2")
    assert canonical(soup) == "http://testserver/info/"


def test_it_is_of_the_sites_own_name_whatever_host_was_asked(site, client, settings):
    settings.BASE_URL = "https://siptenan.example"
    soup = soup_of(client, "/kalindri/")
    assert canonical(soup) == "https://siptenan.example/kalindri/"
    assert meta(soup)["og:image"].startswith("https://siptenan.example/")


# --- Private pages and errors -----------------------------------------------------------------------


def assert_tells_nobody(soup: BeautifulSoup) -> None:
    """The head says that the page is not to be found, and nothing else."""
    assert set(meta(soup)) <= {"viewport", "color-scheme", "theme-color", "robots"}
    assert meta(soup)["robots"] == "noindex"
    assert soup.find("link", rel="canonical") is None
    assert soup.find("script", type="application/ld+json") is None


def test_the_receipt_and_the_status_page_tell_nobody_anything(site, client):
    receipt = BeautifulSoup(send(client).content, "html.parser")
    assert receipt.title.get_text(strip=True) == "Kiriman diterima - SIPTENAN"
    assert_tells_nobody(receipt)
    link = receipt.select_one(".secret-link a")["href"]
    status = BeautifulSoup(client.get(link, follow=True).content, "html.parser")
    assert status.title.get_text(strip=True) == "Status tiket - SIPTENAN"
    assert_tells_nobody(status)


def test_a_form_with_errors_keeps_what_was_typed_out_of_its_head(site, client):
    fields = {**open_form(client), "nama_lengkap": "Ibu Rahasia", "pertanyaan": ""}
    soup = BeautifulSoup(client.post(HAKI, fields).content, "html.parser")
    assert soup.find(id="id_nama_lengkap")["value"] == "Ibu Rahasia"
    assert "Ibu Rahasia" not in str(soup.head)


def test_an_error_page_is_not_to_be_found(site, client):
    assert_tells_nobody(soup_of(client, "/tidak-ada/"))


# --- Where one is -----------------------------------------------------------------------------------


def crumbs(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """The pages above, by title and address."""
    return [(link.get_text(), link["href"]) for link in soup.select("nav.breadcrumb a")]


def test_every_page_below_the_front_page_says_what_is_above_it(site, client):
    assert soup_of(client, "/").select("nav.breadcrumb") == []
    assert crumbs(soup_of(client, "/kalindri/")) == [("Home", "/")]
    assert crumbs(soup_of(client, HAKI)) == [("Home", "/"), ("KALINDRI", "/kalindri/")]
    assert crumbs(soup_of(client, "/kalindri/lacak/")) == [("Home", "/"), ("KALINDRI", "/kalindri/")]
    for page in make_every_type(site):
        if page.depth > 2:
            assert crumbs(soup_of(client, page.url))[0] == ("Home", "/"), page.url


def test_the_channel_goes_back_up_with_the_visitor(site, client):
    soup = soup_of(client, f"{HAKI}?ch=ig")
    assert crumbs(soup) == [("Home", "/?ch=ig"), ("KALINDRI", "/kalindri/?ch=ig")]
    assert soup.select_one(".brand")["href"] == "/?ch=ig"


def test_a_page_above_that_is_not_published_is_left_out(site, client):
    soup_of(client, HAKI)
    KalindriPage.objects.get().unpublish()
    assert crumbs(soup_of(client, HAKI)) == [("Home", "/")]


def test_a_renamed_page_is_renamed_in_the_breadcrumb_at_once(site, client):
    soup_of(client, HAKI)
    edit(KalindriPage.objects.get(), title="Klinik")
    assert crumbs(soup_of(client, HAKI))[-1] == ("Klinik", "/kalindri/")


@pytest.mark.parametrize(("url", "current"), [("/kalindri/", "page"), (HAKI, "true"), ("/kalindri/lacak/", "true")])
def test_the_menu_marks_where_one_is_below_it_too(site, client, url, current):
    soup = soup_of(client, url)
    for menu in soup.select("header nav"):
        marked = menu.select("[aria-current]")
        assert [(link.get_text(strip=True), link["aria-current"]) for link in marked] == [("KALINDRI", current)]


def test_the_menu_of_narrow_screens_opens_without_javascript(site, client):
    menu = soup_of(client, "/").select_one("header nav.nav-narrow > details")
    assert menu.summary.get_text(strip=True) == "Menu"
    assert len(menu.find_all("a")) >= 3
