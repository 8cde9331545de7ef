"""The Atom feed of Info lainnya."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.http import HttpResponse
from django.test import Client

from home.models import InfoCategory, InfoPage
from home.models.info import InfoKind
from tests.factories import make_info, make_info_index

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def index(site):
    """The list at /info/, empty."""
    return make_info_index(site)


def feed(client: Client, query: str = "") -> Element:
    """The feed, read as XML."""
    response = client.get(f"/info/feed/{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(response.content)


def texts(element: Element, path: str) -> list[str | None]:
    """The texts at a path."""
    return [found.text for found in element.findall(path, ATOM)]


def test_holds_what_a_feed_must_hold(index, client):
    category = InfoCategory.objects.create(name="Merek", slug="merek")
    page = make_info("Cara", kind=InfoKind.GUIDE, category=category, tags=("biaya",), summary="Dari awal.")
    root = feed(client)
    assert texts(root, "a:title") == ["Info Lainnya - SIPTENAN"]
    assert texts(root, "a:author/a:name") == ["SIPTENAN"]
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
    assert links == {"self": "http://testserver/info/feed/", "alternate": "http://testserver/info/"}
    assert len(texts(root, "a:id")) == len(texts(root, "a:updated")) == 1
    (entry,) = root.findall("a:entry", ATOM)
    assert texts(entry, "a:title") == ["Cara"]
    assert texts(entry, "a:summary") == ["Dari awal."]
    assert [link.get("href") for link in entry.findall("a:link", ATOM)] == [f"http://testserver{page.url}"]
    assert [term.get("term") for term in entry.findall("a:category", ATOM)] == ["Panduan", "Merek", "biaya"]
    assert dt.datetime.fromisoformat(entry.find("a:updated", ATOM).text).utcoffset() is not None


def test_an_entry_keeps_its_id_when_it_is_renamed_and_says_that_it_changed(index, client):
    page = make_info("Lama", slug="lama")
    before = feed(client).find("a:entry", ATOM)
    page.title, page.slug = "Baru", "baru"
    page.save_revision().publish()
    after = feed(client).find("a:entry", ATOM)
    assert texts(after, "a:title") == ["Baru"]
    assert after.find("a:link", ATOM).get("href") == "http://testserver/info/baru/"
    assert texts(after, "a:id") == texts(before, "a:id")
    assert texts(after, "a:updated") > texts(before, "a:updated")


def test_at_most_thirty_the_newest_first(index, client):
    for number in range(32):
        make_info(f"Info {number}")
    assert texts(feed(client), "a:entry/a:title") == [f"Info {number}" for number in range(31, 1, -1)]


def test_is_filtered_like_the_list_which_links_to_it(index, client):
    make_info("Panduan", kind=InfoKind.GUIDE)
    make_info("Berita", kind=InfoKind.NEWS)
    assert texts(feed(client, "?jenis=panduan"), "a:entry/a:title") == ["Panduan"]
    assert texts(feed(client, "?jenis=panduan"), "a:title") == ["Info Lainnya - Jenis: Panduan - SIPTENAN"]
    for query in ("", "?jenis=panduan"):
        page = BeautifulSoup(client.get(f"/info/{query}").content, "html.parser")
        link = page.select_one("head link[rel=alternate]")
        assert (link["type"], link["href"]) == ("application/atom+xml", f"/info/feed/{query}")


def test_nothing_found_is_an_empty_feed(index, client):
    assert feed(client, "?tahun=1900").findall("a:entry", ATOM) == []


def test_marks_and_stray_control_characters_do_not_break_it(index, client):
    make_info("Harga < 5 & > 1", summary="Tebal <b>bukan</b> \x0b& lainnya")
    entry = feed(client).find("a:entry", ATOM)
    assert texts(entry, "a:title") == ["Harga < 5 & > 1"]
    assert entry.find("a:summary", ATOM).get("type") == "html"
    assert texts(entry, "a:summary") == ["Tebal &lt;b&gt;bukan&lt;/b&gt; &amp; lainnya"]


class TestAskingAgain:
    def again(self, client: Client, first: HttpResponse, header: str, name: str) -> int:
        return client.get("/info/feed/", headers={header: first[name]}).status_code

    @pytest.mark.parametrize(("header", "name"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
    def test_nothing_new(self, index, client, header, name):
        make_info()
        assert self.again(client, client.get("/info/feed/"), header, name) == 304

    def test_something_new(self, index, client):
        make_info()
        first = client.get("/info/feed/")
        make_info()
        assert self.again(client, first, "If-None-Match", "ETag") == 200

    def test_something_taken_away(self, index, client):
        make_info()
        make_info("Ditarik")
        first = client.get("/info/feed/")
        InfoPage.objects.get(title="Ditarik").unpublish()
        assert self.again(client, first, "If-None-Match", "ETag") == 200


def test_is_read_only_and_has_no_pages_below(index, client):
    assert client.post("/info/feed/").status_code == 405
    assert client.get("/info/feed/lain/").status_code == 404
