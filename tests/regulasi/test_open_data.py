"""What machines read: the feed for JDIHN, Atom and tables of filtered lists, the sitemap; and the check in the CMS."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regulasi import jdihn
from regulasi.models import RegulationEntry
from siptenan.accounts import roles
from tests import factories
from tests.factories.regulations import make_regulation, make_regulation_index, relate, relation

pytestmark = pytest.mark.django_db
FEED = "/regulasi/jdihn.json"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def index(site):
    return make_regulation_index()


def body(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows(client) -> list[dict]:
    return json.loads(body(client.get(FEED)))


# --- JDIHN ------------------------------------------------------------------------------------------


def test_empty_site_gives_an_empty_array(client):
    response = client.get(FEED)
    assert rows(client) == []
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_one_valid_row_for_each_published_regulation(client):
    full = make_regulation(number="20", year=2016, main_points="Mengatur merek.", gazette="LN", gazette_number="252")
    bare = make_regulation(number="3", promulgated_on=None, subjects=(), page_count=None)
    make_regulation(live=False)
    found = rows(client)
    assert [row["idData"] for row in found] == [str(full.pk), str(bare.pk)]
    for row in found:
        assert len(row) == 28
        assert jdihn.failures(row) == []
        assert all(row[key] for key in jdihn.schema()["items"]["required"])
    first, second = found
    assert first["judul"] == full.full_title
    assert first["tanggal_penetapan"] == "2016-11-25"
    assert first["tahun_pengundangan"] == "2016"
    assert (first["operasi"], first["display"], first["bahasa"]) == ("4", "1", "Indonesia")
    assert first["singkatanJenis"] == "UU"
    assert first["sumber"].startswith("LN 2016 (252)")
    assert first["abstrak"] == full.abstract_file_name
    assert first["urlAbstrak"].endswith(f"/regulasi/{full.slug}/abstrak.pdf")
    assert first["urlDownload"].endswith(f"/regulasi/{full.slug}/dokumen/{full.file_name}")
    assert second["tanggal_pengundangan"] == second["tanggal_penetapan"]
    assert "abstrak belum diisi" in jdihn.remarks(second)


def test_status_follows_relations_and_calendar(client):
    old, new = make_regulation(year=2001), make_regulation(year=2016)
    relate(new, relation("mencabut", old))
    late = make_regulation(year=2026, enacted_on=dt.date(2026, 11, 1), promulgated_on=None,
                           effective_on=dt.date(2026, 12, 1))  # fmt: skip
    with time_machine.travel("2026-11-30T16:00:00Z", tick=False):
        tag = client.get(FEED)["ETag"]
        assert [row["status"] for row in rows(client)] == ["Tidak Berlaku", "Berlaku", "Tidak Berlaku"]
    with time_machine.travel("2026-11-30T18:00:00Z", tick=False):
        assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 200
        assert {row["idData"]: row["status"] for row in rows(client)}[str(late.pk)] == "Berlaku"


def test_etag_gzip_and_304(client):
    make_regulation()
    first = client.get(FEED)
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    packed = client.get(FEED, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert json.loads(gzip.decompress(body(packed))) == json.loads(body(first))
    make_regulation()
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert len(json.loads(body(again))) == 2


@pytest.mark.parametrize("url", [FEED, "/regulasi/data.csv", "/regulasi/feed/"])
def test_files_cost_the_same_queries_at_any_size(client, url):
    def measure() -> int:
        body(client.get(url))
        with CaptureQueriesContext(connection) as queries:
            body(client.get(url))
        return len(queries)

    make_regulation()
    before = measure()
    for _ in range(3):
        make_regulation()
    assert measure() == before


def test_checker_says_what_is_wrong(client):
    make_regulation()
    good = rows(client)[0]
    wrong = {
        "tahun_pengundangan": "16", "tanggal_penetapan": "25-11-2016", "status": "dicabut", "urlDownload": "-",
        "last_updated": "kemarin", "judul": "",
    }  # fmt: skip
    found = jdihn.failures({**good, **wrong})
    assert [line.split(":")[0] for line in found] == [key for key in good if key in wrong]
    assert jdihn.failures({key: value for key, value in good.items() if key != "idData"}) == ["idData: tidak ada"]
    assert jdihn.failures({**good, "lain": "x"}) == ["lain: kunci tidak dikenal"]


def test_schema_is_public(client):
    found = json.loads(body(client.get("/regulasi/jdihn.schema.json")))
    assert len(found["items"]["properties"]) == 28


# --- Filtered lists ---------------------------------------------------------------------------------


@pytest.fixture
def several():
    return [make_regulation(kind, number=str(number), year=2000 + number) for number, kind in
            enumerate(["uu", "uu", "pp", "uu"], 1)]  # fmt: skip


def table(client, query: str = "") -> list[dict]:
    text = body(client.get(f"/regulasi/data.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def atom_links(client, query: str = "") -> list[str]:
    root = ET.fromstring(body(client.get(f"/regulasi/feed/{query}")))
    return [entry.find(f"{ATOM}link").get("href") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(("query", "numbers"), [("", "4321"), ("?jenis=uu", "421"), ("?jenis=uu&urut=nomor", "124")])
def test_same_rows_as_the_list(client, several, query, numbers):
    wanted = [several[int(number) - 1] for number in numbers]
    assert [row["Nomor"] for row in table(client, query)] == list(numbers)
    links = atom_links(client, query)
    assert [link.rsplit("/", 2)[1] for link in links] == [page.slug for page in wanted]


def test_table_has_no_formula_and_opens_in_excel(client):
    make_regulation(about='=HYPERLINK("http://jahat","klik")')
    raw = body(client.get("/regulasi/data.csv"))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert table(client)[0]["Tentang"].startswith("'=")


def test_atom_goes_on_over_pages(client, several, monkeypatch):
    monkeypatch.setattr("regulasi.views.library.PER_FEED", 3)
    root = ET.fromstring(body(client.get("/regulasi/feed/")))
    following = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"]
    assert len(atom_links(client)) == 3
    assert following[0].endswith("/regulasi/feed/?page=2")
    assert len(atom_links(client, "?page=2")) == 1


def test_atom_304(client, several):
    tag = client.get("/regulasi/feed/")["ETag"]
    assert client.get("/regulasi/feed/", headers={"If-None-Match": tag}).status_code == 304


def test_sitemap_names_each_with_its_last_change(client, several):
    root = ET.fromstring(body(client.get("/sitemap.xml")))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {url.find(f"{space}loc").text: url.find(f"{space}lastmod") for url in root}
    for page in several:
        assert next(changed for url, changed in found.items() if url.endswith(f"/regulasi/{page.slug}/")) is not None
    assert next(changed for url, changed in found.items() if url.endswith("/regulasi/")) is not None
    assert not any("?" in url for url in found)


# --- In the CMS -------------------------------------------------------------------------------------


def test_check_counts_rows_and_says_why_one_fails(client, admin, several):
    RegulationEntry.objects.filter(pk=several[0].pk).update(enacted_on=None, promulgated_on=None)
    client.force_login(admin)
    response = client.get(reverse("regulation-jdihn"))
    text = response.content.decode()
    assert response.status_code == 200
    assert "4 baris" in text
    assert "tanggal_penetapan" in text
    assert reverse("wagtailadmin_pages:edit", args=[several[0].pk]) in text


def test_check_is_not_for_everybody(client):
    client.force_login(factories.make_staff(roles.OFFICER, "petugas-lain"))
    assert client.get(reverse("regulation-jdihn")).status_code in (302, 403)


def test_generated_ones_are_like_published_ones(client, index):
    from django.core.management import call_command

    from regulasi.models import RegulationIndexPage, RegulationPage

    call_command("generate_regulations", 3, pages=2, verbosity=0)
    call_command("generate_regulations", 2, pages=2, verbosity=0)
    assert RegulationPage.find_problems() == ([], [], [], [], [])
    assert RegulationIndexPage.objects.get(pk=index.pk).get_children().live().count() == 5
    assert len(rows(client)) == 5
    assert b"5 regulasi cocok" in body(client.get("/regulasi/?q=ketentuan"))
