"""The catalogue as a buyer uses it: search, facets, order, pages; all of it in the address."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gallery.catalogue import index, listing
from gallery.catalogue.cards import breakable
from gallery.enums import CertificateKind
from gallery.models import CatalogueEntry, Certificate, GalleryIndexPage, Product
from siptenan.common import generation
from siptenan.common.models import Commodity, Kelurahan
from tests.factories import make_business, make_product, publish
from tests.gallery.browsing import URL, counts, names, page

pytestmark = pytest.mark.django_db
WEAVING = "kerajinan-enceng-gondok-dan-anyaman"


@pytest.fixture(autouse=True)
def catalogue(site) -> GalleryIndexPage:
    return publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))


def kelurahan(name: str) -> Kelurahan:
    return Kelurahan.objects.get(name=name)


@pytest.fixture
def shop() -> None:
    """Five products of three businesses."""
    batik = make_business("Batik Contoh Sekar")
    Certificate.objects.create(business=batik, kind=CertificateKind.TRADEMARK)
    batik.save_revision().publish()
    make_product(batik, "Kain Jlamprang", price=150_000)
    make_product(batik, "Sarung Buketan", price=400_000)
    tempe = make_business(
        "Tempe Contoh Murni", kelurahan=kelurahan("Kali Baros"), commodity=Commodity.objects.get(code="tempe")
    )
    Certificate.objects.create(business=tempe, kind=CertificateKind.HALAL)
    Certificate.objects.create(
        business=tempe, kind=CertificateKind.PIRT, valid_until=timezone.localdate() - dt.timedelta(days=1)
    )
    tempe.save_revision().publish()
    make_product(tempe, "Keripik Tempe", price=20_000, description="Renyah, digoreng dengan minyak kelapa.")
    make_product(tempe, "Tempe Segar", price=None)
    craft = make_business(
        "Anyaman Contoh", kelurahan=kelurahan("Kandang Panjang"), commodity=Commodity.objects.get(code=WEAVING)
    )
    make_product(craft, "Tas Eceng Gondok", price=0)


# --- Search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jlamprang", {"Kain Jlamprang"}),
        ("JLAMPRANG kain", {"Kain Jlamprang"}),
        ("jlampran", {"Kain Jlamprang"}),
        ("jlamprnag", {"Kain Jlamprang"}),
        ("kripik", {"Keripik Tempe"}),
        ("minyak kelapa", {"Keripik Tempe"}),
        ("anyaman contoh", {"Tas Eceng Gondok"}),
        ("sekar", {"Kain Jlamprang", "Sarung Buketan"}),
        ("Kalibaros", {"Keripik Tempe", "Tempe Segar"}),
        ("kali baros", {"Keripik Tempe", "Tempe Segar"}),
        ("Kandangpanjang", {"Tas Eceng Gondok"}),
        ("kandang panjang", {"Tas Eceng Gondok"}),
        ("tempe jlamprang", set()),
        ("lamborghini", set()),
    ],
)
def test_search_finds_by_every_word_and_forgives_a_typo(shop, client, query, found):
    assert set(names(page(client, q=query))) == found


def test_what_has_the_word_in_its_name_comes_first(client):
    business = make_business()
    make_product(business, "Sarung Tenun")
    make_product(business, "Kain Panjang", description="Cocok dengan sarung.")
    assert names(page(client, q="sarung")) == ["Sarung Tenun", "Kain Panjang"]
    assert names(page(client, q="sarung", urut="terbaru")) == ["Kain Panjang", "Sarung Tenun"]


@pytest.mark.parametrize("query", ["%", "'", '"', "_", "\\", "😀", "x" * 300, "' OR 1=1 --", "<script>", "²", " "])
def test_no_query_breaks_the_page(shop, client, query):
    soup = page(client, q=query)
    assert soup.h1.text == "Gallery IKM"
    assert soup.find("script", string=True) is None or "alert" not in soup.text


def test_nothing_found_offers_a_way_out_and_what_is_near(shop, client):
    soup = page(client, q="tempe lamborghini")
    assert soup.select_one(".empty a")["href"] == URL
    near = {card.text for card in soup.select(".product-grid .card-title")}
    assert near == {"Keripik Tempe", "Tempe Segar"}
    assert heading_of_what_is_offered(soup) == "Produk yang mungkin cocok"
    chosen = page(client, q="lamborghini", kategori="tempe")
    assert heading_of_what_is_offered(chosen) == "Produk yang mungkin cocok"


def test_where_nothing_is_near_the_newest_are_called_so(shop, client):
    soup = page(client, q="lamborghini")
    assert heading_of_what_is_offered(soup) == "Produk terbaru"
    assert soup.select_one(".product-grid .card-title").text == "Tas Eceng Gondok"


def heading_of_what_is_offered(soup: BeautifulSoup) -> str:
    return soup.select_one(".info-results .section h2").text


@pytest.mark.parametrize("query", ["%", "%'\"😀", "_", "  … "])
def test_signs_alone_are_no_search(shop, client, query):
    soup = page(client, q=query, kategori="tempe")
    assert len(names(soup)) == 2
    assert [chip.text.split("✕")[0].split()[-1] for chip in soup.select(".info-chips a")] == ["Tempe"]
    usual = page(client, q=query)
    assert not usual.select(".info-chips")
    assert usual.find(id="hasil").text == "5 produk"


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("Pasirkratonkramat", "Pa-sir-kra-ton-kra-mat"),
        ("Noyontaansari", "No-yon-taan-sa-ri"),
        ("Kandangpanjangan", "Kan-dang-pan-ja-ngan"),
        ("Kuripan Kertoharjo", "Kuripan Kertoharjo"),
        ("", ""),
    ],
)
def test_long_names_on_cards_break_between_syllables(name, syllables):
    assert breakable(name).replace("\N{SOFT HYPHEN}", "-") == syllables


# --- Facets -----------------------------------------------------------------------------------------


def test_facets_count_what_choosing_them_shows(shop, client):
    soup = page(client)
    assert counts(soup, "kategori") == {"batik": 2, "tempe": 2, WEAVING: 1}
    assert counts(soup, "kecamatan") == {"pekalongan-timur": 4, "pekalongan-utara": 1}
    assert counts(soup, "kelurahan") == {"kali-baros": 2, "kandang-panjang": 1, "kauman": 2}
    assert counts(soup, "harga") == {"sampai-25rb": 1, "100rb-250rb": 1, "250rb-1jt": 1, "tanpa-harga": 2}
    assert counts(soup, "sertifikat") == {"merek": 2, "halal": 2}  # the PIRT has run out
    for facet in index.FACETS:
        for value, count in counts(soup, facet).items():
            assert len(names(page(client, **{facet: value}))) == count, (facet, value)


def test_or_within_a_facet_and_between_them(shop, client):
    both = page(client, kategori=["batik", "tempe"])
    assert len(names(both)) == 4
    narrowed = page(
        client, kategori=["batik", "tempe"], harga=["sampai-25rb", "100rb-250rb"], kecamatan="pekalongan-timur"
    )
    assert set(names(narrowed)) == {"Kain Jlamprang", "Keripik Tempe"}
    # Each facet counts with the others applied, not with itself.
    assert counts(narrowed, "harga") == {"sampai-25rb": 1, "100rb-250rb": 1, "250rb-1jt": 1, "tanpa-harga": 1}
    assert counts(narrowed, "kategori") == {"batik": 1, "tempe": 1}


def test_a_chosen_value_stays_although_it_finds_nothing(shop, client):
    soup = page(client, kategori="batik", sertifikat="halal")
    assert counts(soup, "kategori") == {"batik": 0, "tempe": 2}
    assert soup.select_one("input[value=batik]").has_attr("checked")


def test_what_is_chosen_can_be_taken_away_one_by_one(shop, client):
    soup = page(client, q="kain", kategori="batik", harga="100rb-250rb", urut="termurah")
    chips = {
        chip.text.split("✕")[0].replace("Hapus saringan", "").strip(): chip["href"]
        for chip in soup.select(".info-chips a")
    }
    assert chips["Batik"] == f"{URL}?q=kain&harga=100rb-250rb&urut=termurah"
    assert chips["Cari: kain"] == f"{URL}?kategori=batik&harga=100rb-250rb&urut=termurah"
    assert chips["Hapus semua"] == URL
    assert all("nofollow" in chip["rel"] for chip in soup.select(".info-chips a"))


def test_it_is_a_plain_form_that_keeps_what_is_chosen(shop, client):
    soup = page(client, q="kain", kategori="batik", urut="termahal", ch="ig")
    form = soup.find(id="saring")
    assert form["method"] == "get"
    assert form.find("button", string="Terapkan")["type"] == "submit"
    assert form.find(attrs={"name": "q"})["value"] == "kain"
    assert form.find(attrs={"name": "ch"})["value"] == "ig"
    assert soup.find(id="urut")["form"] == "saring"
    assert soup.select_one("#urut option[selected]")["value"] == "termahal"


def test_nonsense_in_the_address_is_ignored(shop, client):
    soup = page(client, kategori=["batu", "batik'"], harga="-1", urut="DROP", page="abc", sertifikat="\u202e")
    assert len(names(soup)) == 5
    assert not soup.select(".info-chips")


def test_filtered_lists_are_not_for_search_engines(shop, client):
    assert page(client).find("meta", attrs={"name": "robots"}) is None
    soup = page(client, kategori="batik")
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.find("link", rel="canonical")["href"].endswith(URL)


# --- Order and pages --------------------------------------------------------------------------------


def test_orders(shop, client):
    cheap = names(page(client, urut="termurah"))
    assert cheap[:3] == ["Keripik Tempe", "Kain Jlamprang", "Sarung Buketan"]
    assert set(cheap[3:]) == {"Tempe Segar", "Tas Eceng Gondok"}
    dear = names(page(client, urut="termahal"))
    assert dear[:3] == ["Sarung Buketan", "Kain Jlamprang", "Keripik Tempe"]
    assert dear[3:] == cheap[3:]
    assert names(page(client, urut="nama")) == sorted(cheap)
    assert names(page(client))[0] == "Tas Eceng Gondok"
    CatalogueEntry.objects.filter(name="Sarung Buketan").update(views=9, version=time.time_ns())
    generation.bump()
    assert names(page(client, urut="terpopuler"))[0] == "Sarung Buketan"


@pytest.mark.parametrize("sort", index.SORTS)
def test_the_pages_together_are_all_products_once(client, sort):
    generate(55)
    found = [name for number in (1, 2, 3) for name in links(page(client, urut=sort, page=number))]
    assert len(found) == len(set(found)) == 55
    assert set(found) == {f"{URL}{slug}/" for slug in CatalogueEntry.objects.values_list("slug", flat=True)}
    assert links(page(client, urut=sort, page=999)) == found[48:]


def links(soup: BeautifulSoup) -> list[str]:
    return [link["href"] for link in soup.select(".product-grid .card-title a")]


def test_a_list_asks_the_same_of_the_database_whatever_its_size(client):
    generate(3)
    few = queries(client)
    generate(60)
    assert queries(client) == few
    assert few <= 4


def queries(client) -> int:
    url = f"{URL}?kategori=batik&q=a&urut=nama"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


# --- A generated set --------------------------------------------------------------------------------


def generate(count: int) -> None:
    call_command("generate_products", count, pictures=0, stdout=io.StringIO())


def test_facet_counts_equal_counts_made_without_the_index():
    generate(400)
    rows = list(Product.objects.public().select_related("commodity", "business__kelurahan"))

    def values(product: Product) -> dict[str, set[str]]:
        place = product.business.kelurahan
        price = product.price
        bands = {
            "sampai-25rb": price and price <= 25_000,
            "25rb-100rb": price and 25_000 < price <= 100_000,
            "100rb-250rb": price and 100_000 < price <= 250_000,
            "250rb-1jt": price and 250_000 < price <= 1_000_000,
            "di-atas-1jt": price and price > 1_000_000,
            "tanpa-harga": not price,
        }
        return {
            "kategori": {product.commodity.code},
            "kecamatan": {place.kecamatan.lower().replace(" ", "-")},
            "kelurahan": {place.name.lower().replace(" ", "-")},
            "harga": {band for band, fits in bands.items() if fits},
            "sertifikat": {row.kind for row in product.business.certificates.all() if row.is_valid},
        }

    described = [values(product) for product in rows]
    chosen = {
        "kategori": {"batik", "tempe"},
        "kecamatan": {"pekalongan-timur", "pekalongan-barat"},
        "sertifikat": {"merek"},
    }
    for selection in ({}, {"kategori": {"batik"}}, chosen):
        shown = listing.listing(QueryDict(urlencode(selection, doseq=True)))
        fitting = [row for row in described if all(row[facet] & wanted for facet, wanted in selection.items())]
        assert shown.total == len(fitting)
        for facet in index.FACETS:
            others = {name: wanted for name, wanted in selection.items() if name != facet}
            expected = Counter(
                value
                for row in described
                if all(row[name] & wanted for name, wanted in others.items())
                for value in row[facet]
            )
            found = {
                option.code: option.count for each in shown.facets if each.code == facet for option in each.options
            }
            assert {code: count for code, count in found.items() if count} == expected, facet


def test_the_generator_leaves_real_products_alone():
    make_product(make_business())
    with pytest.raises(CommandError, match="--yes"):
        call_command("generate_products", 5)
    assert Product.objects.count() == 1


# --- The memory of a process ------------------------------------------------------------------------


def test_a_process_sees_what_is_published_hidden_and_changed(client):
    business = make_business()
    product = make_product(business, "Kain Merah")
    assert names(page(client)) == ["Kain Merah"]
    product.name = "Kain Hijau"
    product.save_revision().publish()
    assert names(page(client)) == ["Kain Hijau"]
    assert names(page(client, q="merah")) == []
    make_product(business, "Kain Dua")
    assert names(page(client, q="kain")) == ["Kain Dua", "Kain Hijau"]
    product.unpublish()
    assert names(page(client)) == ["Kain Dua"]
    assert names(page(client, q="hijau")) == []
    assert counts(page(client), "kategori") == {"batik": 1}


def test_many_changes_at_once_are_taken_over_too(client, monkeypatch):
    """Past MOST_INSERTED the orders are sorted anew; the outcome is the same."""
    generate(30)
    before = [links(page(client, urut=sort)) for sort in index.SORTS]
    monkeypatch.setattr("siptenan.common.faceted.index.MOST_INSERTED", 5)
    CatalogueEntry.objects.update(version=time.time_ns())
    generation.bump()
    assert [links(page(client, urut=sort)) for sort in index.SORTS] == before
    index.forget()
    assert [links(page(client, urut=sort)) for sort in index.SORTS] == before
