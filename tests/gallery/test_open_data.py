"""The public totals as a page with a map, a file and a Dataset."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from gallery import aggregates
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


@pytest.fixture
def frozen(businesses):
    with time_machine.travel(dt.datetime.fromisoformat("2026-10-01T00:30+07:00"), tick=False):
        aggregates.freeze()


def page() -> BeautifulSoup:
    response = Client().get("/gallery-ikm/data/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows() -> dict[str, list[str]]:
    response = Client().get("/gallery-ikm/data/unduh/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row[2]: row[3:] for row in csv.reader(io.StringIO(text), delimiter=";")}


def test_the_page_shows_what_may_be_told(frozen):
    found = page()
    table = {
        row.th.text: [cell.get_text(" ", strip=True) for cell in row.select("td")] for row in found.select("tbody tr")
    }
    assert table["Klego"] == ["4", "8", "4", "4"]
    assert {"Poncol", "Kauman"}.isdisjoint(table)
    told = [" ".join(text.text.split()) for text in found.select("section p.muted")]
    assert "2 kelurahan lainnya disembunyikan: Kauman, Poncol." in told
    assert table["Batik"] == ["8", "16", "8", "8"]
    assert "Data per 30 September 2026" in found.get_text(" ")
    assert found.title.text == "Industri kecil dan menengah dalam angka - SIPTENAN"


def test_the_file_says_the_same(frozen):
    found = rows()
    day = "2026-09-30"
    assert found["Kota Pekalongan"] == ["8", "16", "8", "8", day, day]
    assert found["Klego"] == ["4", "8", "4", "4", day, day]
    assert found["Poncol"] == found["Kauman"] == [*["disembunyikan"] * 4, day, ""]
    assert found["Setono"] == ["0", "0", "0", "0", day, day]


def test_workers_of_an_earlier_day_say_so(frozen):
    make_business(
        "Usaha Contoh Baru", kelurahan=Kelurahan.objects.get(name="Klego"),
        record={"nik": "", "workers_male": 777, "workers_female": 0},
    )  # fmt: skip
    with time_machine.travel(dt.datetime.fromisoformat("2027-01-01T00:30+07:00"), tick=False):
        aggregates.freeze()
    assert rows()["Klego"] == ["5", "8", "4", "4", "2026-12-31", "2026-09-30"]
    (row,) = [row for row in page().select("#menurut-kelurahan tbody tr") if row.th.text == "Klego"]
    assert [cell.get_text(" ", strip=True) for cell in row.select("td")][:2] == ["5", "8 per 30 September 2026"]


def test_search_engines_find_the_dataset(frozen):
    graph = json.loads(page().select_one('script[type="application/ld+json"]').text)["@graph"]
    (dataset,) = [thing for thing in graph if thing["@type"] == "Dataset"]
    (file,) = dataset["distribution"]
    assert file["contentUrl"].endswith("/gallery-ikm/data/unduh/")
    assert dataset["url"].endswith("/gallery-ikm/data/")
    assert dataset["dateModified"] == "2026-09-30"


def test_what_came_since_is_nowhere(frozen):
    make_business(
        "Usaha Contoh Tunggal",
        kelurahan=Kelurahan.objects.get(name="Tirto"),
        record={"nik": "", "workers_male": 777, "workers_female": 1},
    )
    assert "777" not in page().text
    assert "777" not in str(rows())


def test_before_the_first_quarter_it_says_so(catalogue, businesses):
    assert "Angkanya belum ada" in page().text
    assert rows() == {"Nama": rows()["Nama"]}


class TestMap:
    @pytest.fixture
    def svg(self, frozen):
        return page().select_one("figure.map > svg")

    def test_every_kelurahan_has_a_circle_and_its_name(self, svg):
        assert len(svg.select("circle")) == 27
        words = {" ".join(part.text for part in text.select("tspan")) for text in svg.select("text")}
        for name in Kelurahan.objects.values_list("name", flat=True):
            assert name in words or f"{name} 4" in words, name

    def test_the_more_the_larger_and_hidden_ones_tell_nothing(self, svg):
        def radius(kind: str) -> set[float]:
            return {float(circle["r"]) for circle in svg.select(f"circle.map-{kind}")}

        assert len(svg.select("circle.map-hidden")) == 2
        assert len(radius("hidden")) == 1
        assert max(radius("0")) < min(radius("4"))
        assert not any(text.text.startswith(("Poncol ", "Kauman ")) for text in svg.select("text"))

    def test_north_is_up_and_west_is_left(self, svg):
        at = {}
        for text in svg.select("text"):
            at[text.text.split()[0]] = (float(text.select_one("tspan")["x"]), float(text["y"]))
        assert at["Bandengan"][1] < at["Sokoduwet"][1]
        assert at["Tirto"][0] < at["Gamer"][0]

    def test_it_needs_no_style_and_says_what_it_is(self, svg):
        assert not svg.select("[style]")
        assert svg["role"] == "img"
        for part in svg["aria-labelledby"].split():
            assert svg.select_one(f"#{part}").text

    def test_no_name_covers_another(self, frozen):
        from gallery.views.open_data import _map

        drawn = _map()
        boxes = [label.box for label in drawn.labels]
        for number, box in enumerate(boxes):
            assert box.left >= 0
            assert box.right <= drawn.width
            assert all(box.overlap(other) == 0 for other in boxes[number + 1 :])

    def test_a_kelurahan_without_a_point_is_left_out(self, frozen):
        Kelurahan.objects.filter(name="Klego").update(latitude=None)
        Kelurahan.objects.get(name="Tirto").save()  # what the process remembers is of before
        assert len(page().select("figure.map > svg circle")) == 26


def test_the_page_is_found(frozen):
    assert 'href="/gallery-ikm/data/"' in Client().get("/gallery-ikm/").content.decode()
    assert "/gallery-ikm/data/</loc>" in Client().get("/sitemap.xml").content.decode()
