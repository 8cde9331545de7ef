"""What machines read: the feed for JDIHN, Atom and tables of filtered lists, the sitemap; and the check in the CMS."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regulasi import extraction, feed_links, jdihn
from regulasi.models import RegulationEntry
from siptenan.accounts import roles
from siptenan.common.dates import WIB
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
        assert not [key for key in jdihn.schema()["items"]["required"][:21] if row[key] in ("", "-")]
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
    assert (second["abstrak"], second["sumber"]) == (bare.abstract_file_name, "UU 3/2016")
    for row in found:
        assert client.get(row["urlAbstrak"].removeprefix("http://testserver"))["Content-Type"] == "application/pdf"
    missing = jdihn.remarks(RegulationEntry.objects.get(page_id=bare.pk))
    assert missing == ["sumber belum diisi", "subjek belum diisi", "abstrak belum diisi"]


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


LONG_AGO = dt.datetime(2026, 3, 1, 9, tzinfo=WIB)


def told_as_changed(client, page) -> set[dt.date]:
    """The day of the last change, as JDIHN, Atom and sitemap have it."""
    [row] = [row for row in rows(client) if row["idData"] == str(page.pk)]
    atom = ET.fromstring(body(client.get("/regulasi/feed/")))
    [entry] = [entry for entry in atom.iter(f"{ATOM}entry") if page.slug in entry.find(f"{ATOM}link").get("href")]
    sitemap = ET.fromstring(body(client.get("/sitemap.xml")))
    [url] = [url for url in sitemap if url.findtext("{*}loc").endswith(f"/regulasi/{page.slug}/")]
    times = [row["last_updated"], entry.findtext(f"{ATOM}updated")]
    days = {dt.datetime.fromisoformat(at).astimezone(WIB).date() for at in times}
    return days | {dt.date.fromisoformat(url.findtext("{*}lastmod"))}


def test_last_change_moves_when_another_one_changes_the_status(client):
    with time_machine.travel(LONG_AGO, tick=False):
        old, other = make_regulation("uu", "1", 2001), make_regulation("uu", "2", 2001)
        new = make_regulation("uu", "3", 2016)
        assert told_as_changed(client, old) == {LONG_AGO.date()}
    with time_machine.travel(LONG_AGO + dt.timedelta(days=9), tick=False):
        relate(new, relation("mencabut", old))
        assert told_as_changed(client, old) == {dt.date(2026, 3, 10)}
        assert told_as_changed(client, other) == {LONG_AGO.date()}


def test_last_change_moves_on_the_day_that_changes_the_status(client):
    with time_machine.travel(LONG_AGO, tick=False):
        old = make_regulation("uu", "1", 2001)
        make_regulation("uu", "2", 2026, effective_on=dt.date(2026, 4, 1), relations=(relation("mencabut", old),),
                        enacted_on=dt.date(2026, 2, 1), promulgated_on=dt.date(2026, 2, 1))  # fmt: skip
        over = make_regulation("uu", "3", 2001, valid_until=dt.date(2026, 4, 9))
        begins = make_regulation("uu", "4", 2026, effective_on=dt.date(2026, 4, 20), promulgated_on=None)
    days = {old: dt.date(2026, 4, 1), over: dt.date(2026, 4, 10), begins: dt.date(2026, 4, 20)}
    for page, day in days.items():
        with time_machine.travel(dt.datetime.combine(day, dt.time(0, 0), WIB) - dt.timedelta(minutes=1), tick=False):
            assert told_as_changed(client, page) == {LONG_AGO.date()}
        with time_machine.travel(dt.datetime.combine(day, dt.time(0, 1), WIB), tick=False):
            assert told_as_changed(client, page) == {day}
    with time_machine.travel("2026-07-01T03:00:00Z", tick=False):
        assert told_as_changed(client, old) == {days[old]}
        relate(over)
        assert told_as_changed(client, over) == {dt.date(2026, 7, 1)}


def test_sitemap_asks_once_when_its_pages_changed(client):
    make_regulation()
    make_regulation()
    with CaptureQueriesContext(connection) as queries:
        body(client.get("/sitemap.xml"))
    assert sum("regulasi_regulationentry" in query["sql"] for query in queries) == 1


def test_etag_gzip_and_304(client):
    make_regulation()
    first = client.get(FEED)
    unchanged = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304
    assert "Accept-Encoding" in unchanged["Vary"]
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


@pytest.mark.parametrize(
    "query",
    ["", "?jenis=uu", "?jenis=pp&jenis=uu&tahun=2003", "?status=tidak-berlaku", "?q=contoh&urut=terlama", "?q=uu"],
)
def test_table_and_atom_are_the_list_as_it_is_shown(client, several, query):
    relate(several[3], relation("mencabut", several[0]))
    found = BeautifulSoup(body(client.get(f"/regulasi/{query}")), "html.parser")
    slugs = {page.slug for page in several}
    links = [link["href"].rstrip("/").rsplit("/", 1)[1] for link in found.select("main a[href^='/regulasi/']")]
    shown = list(dict.fromkeys(slug for slug in links if slug in slugs))
    assert shown, "nothing would prove nothing"
    assert [link.rsplit("/", 2)[1] for link in atom_links(client, query)] == shown
    assert [row["Alamat"].rsplit("/", 2)[1] for row in table(client, query)] == shown


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
    assert feed_links.check() == []
    assert [client.get(urlsplit(row["urlDownload"]).path).status_code for row in rows(client)] == [200] * 5
    assert extraction.sweep() == 0, "the worker would find that the files say something else"
