"""What the tests of `/cari/` share: a site with something of every kind, and how its answers are read."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin

from bs4 import BeautifulSoup
from django.test import Client

from gallery.models import GalleryIndexPage
from home.models import ContactPage, HomePage, InfoCategory, StandardPage
from home.models.info import InfoKind
from tests.factories import make_business, make_event, make_info, make_info_index, make_product, publish, text

URL = "/cari/"


def make_lists(site: HomePage) -> HomePage:
    """An empty list of info and an empty catalogue."""
    make_info_index(site)
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Karya pengusaha Pekalongan."))
    return site


def make_page(title: str, body: str = "<p>Isi.</p>") -> StandardPage:
    """A published page of text."""
    number = StandardPage.objects.count()
    return publish(HomePage.objects.get(), StandardPage(title=title, slug=f"biasa-{number}", body=text(body)))


def make_everything(site: HomePage) -> None:
    """Something of every kind, on a site that has the lists already."""
    make_page("Standar pelayanan", "<h2>Persyaratan</h2><p>Membawa kartu penduduk.</p>")
    publish(site, ContactPage(title="Contact", slug="contact", introduction="Datang atau telepon."))
    merek = InfoCategory.objects.create(name="Kekayaan intelektual", slug="ki")
    body = [
        ("steps", {"heading": "Urutan", "steps": [{"title": "Buat akun", "text": "<p>Unggah etiket.</p>"}]}),
        ("faq", {"heading": "", "questions": [{"question": "Berapa lama?", "answer": "<p>Dua belas purnama.</p>"}]}),
    ]
    make_info("Cara mendaftarkan merek", kind=InfoKind.GUIDE, category=merek, tags=("UMK",), body=body)
    make_event("Klinik pembatik", place="Gedung Jatayu")
    business = make_business("Batik Contoh Sekar", story="Membatik sejak zaman kakek.", contact_name="Ibu Terbuka")
    make_product(business, "Kain Jlamprang", description="Katun primisima, dua meter.")
    make_business("Tempe Contoh Murni", story="Ragi daun waru.")  # nothing of it is in the catalogue


def read(client: Client, url: str) -> BeautifulSoup:
    """A page that opens."""
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def ask(client: Client, q: str = "", **query: str) -> BeautifulSoup:
    """The page of a search, which opens."""
    return read(client, f"{URL}?{urlencode({'q': q, **query})}")


def said(page: BeautifulSoup) -> str:
    """What the page says."""
    return " ".join(page.main.get_text(" ").split())


def titles(page: BeautifulSoup) -> list[str]:
    """What is found, from the top; not what is only near."""
    return [] if page.select_one(".empty") else [hit.get_text() for hit in page.select(".search-hit .card-title")]


def groups(page: BeautifulSoup) -> dict[str, list[str]]:
    """The titles below each heading."""
    return {
        group.h2.contents[0].strip(): [hit.get_text() for hit in group.select(".card-title")]
        for group in page.select(".search-group")
    }


def tabs(page: BeautifulSoup) -> dict[str, tuple[int, str]]:
    """The kinds offered: how many hits each promises, and where it leads."""
    links = page.select("nav[aria-label='Jenis hasil'] a")
    return {link.contents[0].strip(): (int(link.span.contents[0]), urljoin(URL, link["href"])) for link in links}


def walk(client: Client, url: str) -> list[str]:
    """The titles of all pages of a list."""
    found = []
    while url:
        page = read(client, url)
        found += titles(page)
        following = page.select_one(".pagination a[rel=next]")
        url = following["href"] if following else ""
    return found
