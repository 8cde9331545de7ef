"""The public totals as a page, a file and a Dataset."""

from __future__ import annotations

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gallery.models import GalleryIndexPage
from siptenan.common.models import Kelurahan
from tests.factories import make_business, make_product, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(site):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm"))


@pytest.fixture
def businesses(catalogue):
    """Four in Klego, one in Poncol, three in Kauman; 2 men and 1 woman each."""
    for place, count in (("Klego", 4), ("Poncol", 1), ("Kauman", 3)):
        for number in range(count):
            business = make_business(
                f"Usaha Contoh {place} {number}",
                kelurahan=Kelurahan.objects.get(name=place),
                record={"nik": "", "workers_male": 2, "workers_female": 1},
            )
            make_product(business)


def page() -> BeautifulSoup:
    response = Client().get("/gallery-ikm/data/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows() -> dict[str, list[str]]:
    response = Client().get("/gallery-ikm/data/unduh/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row[2]: row[3:] for row in csv.reader(io.StringIO(text), delimiter=";")}


def test_the_page_shows_what_may_be_told(businesses):
    table = {
        row.th.text: [cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page().select("tbody tr")
    }
    assert table["Klego"] == ["4", "8", "4", "4"]
    assert {"Poncol", "Kauman"}.isdisjoint(table)
    assert table["2 lainnya"] == ["disembunyikan: Kauman, Poncol"]
    assert table["Batik"] == ["8", "16", "8", "8"]


def test_the_file_says_the_same(businesses):
    found = rows()
    assert found["Kota Pekalongan"] == ["8", "16", "8", "8"]
    assert found["Klego"] == ["4", "8", "4", "4"]
    assert found["Poncol"] == found["Kauman"] == ["disembunyikan"] * 4
    assert found["Setono"] == ["0", "0", "0", "0"]


def test_search_engines_find_the_dataset(businesses):
    graph = json.loads(page().select_one('script[type="application/ld+json"]').text)["@graph"]
    (dataset,) = [thing for thing in graph if thing["@type"] == "Dataset"]
    (file,) = dataset["distribution"]
    assert file["contentUrl"].endswith("/gallery-ikm/data/unduh/")
    assert dataset["url"].endswith("/gallery-ikm/data/")


def test_hidden_figures_are_nowhere(businesses):
    make_business(
        "Usaha Contoh Tunggal", kelurahan=Kelurahan.objects.get(name="Tirto"), record={"nik": "", "workers_male": 777}
    )
    assert "777" not in page().text
    assert "777" not in str(rows())


def test_without_businesses_it_says_so(catalogue):
    assert "Belum ada usaha" in page().text


def test_of_two_businesses_it_tells_nothing(catalogue):
    for number in range(2):
        make_business(f"Usaha Contoh {number}", record={"nik": "", "workers_male": 777})
    assert "belum dapat ditampilkan" in page().text
    assert "777" not in page().text
    assert rows()["Kota Pekalongan"] == ["disembunyikan"] * 4
