"""Info lainnya in the CMS: an editor writes entries and events, and keeps the categories."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils import form_data

from home.models import EventPage, InfoCategory, InfoPage
from home.models.info import InfoKind
from tests.factories import make_event, make_info, make_info_index
from tests.forms.cms_forms import fields_of

pytestmark = pytest.mark.django_db

CATEGORIES = reverse("wagtailsnippets_home_infocategory:list")


@pytest.fixture
def index(site):
    """The list at /info/, empty."""
    return make_info_index(site)


@pytest.fixture
def cms(client, editor) -> Client:
    """The browser of an editor."""
    client.force_login(editor)
    return client


@pytest.fixture
def merek(db):
    """A category."""
    return InfoCategory.objects.create(name="Merek", slug="merek")


def add(cms: Client, index, model: str, **values) -> HttpResponse:
    """Open the form of a new page, fill it in and publish."""
    url = reverse("wagtailadmin_pages:add", args=["home", model, index.pk])
    body = form_data.streamfield([("paragraph", form_data.rich_text("<p>Isi.</p>"))])
    typed = form_data.nested_form_data(
        {"title": "Judul", "slug": "judul", "summary": "Ringkas.", "body": body, **values}
    )
    return cms.post(url, {**fields_of(cms.get(url).content), **typed, "action-publish": "1"}, follow=True)


def said(response: HttpResponse) -> str:
    """All that a screen says."""
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestWriting:
    def test_an_entry_is_public_at_once(self, cms, index, merek):
        add(
            cms,
            index,
            "infopage",
            kind="panduan",
            category=merek.pk,
            tags='"surat rekomendasi", UMK',
            source="UU 20/2016",
        )
        page = InfoPage.objects.get(slug="judul")
        assert (page.kind, page.category, page.live) == (InfoKind.GUIDE, merek, True)
        assert set(page.tags.names()) == {"surat rekomendasi", "UMK"}
        assert "UU 20/2016" in said(Client().get("/info/judul/"))
        assert "Judul" in said(Client().get("/info/?label=surat-rekomendasi"))

    def test_an_event_gets_its_kind_by_itself(self, cms, index):
        add(cms, index, "eventpage", starts_at="02-03-2027 09.00", ends_at="02-03-2027 12.00", place="Aula")
        page = EventPage.objects.get(slug="judul")
        assert page.kind == InfoKind.EVENT
        assert "Selasa, 2 Maret 2027, 09.00 sampai 12.00 WIB" in said(Client().get("/info/judul/"))
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = BeautifulSoup(cms.get(edit).content, "html.parser").find("form", id="page-edit-form")
        assert form.find(attrs={"name": "starts_at"}) is not None
        assert form.find(attrs={"name": "kind"}) is None

    @pytest.mark.parametrize("model", ["infopage", "eventpage"])
    def test_everything_that_the_editor_loads_exists(self, cms, index, model):
        """A missing script is a 500 where static files carry the digest of their content."""
        url = reverse("wagtailadmin_pages:add", args=["home", model, index.pk])
        page = BeautifulSoup(cms.get(url).content, "html.parser")
        loaded = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[rel=stylesheet]")]
        local = [urlsplit(address).path for address in loaded if address.startswith("/static/")]
        files = [path.removeprefix("/static/") for path in local]
        assert len(files) > 10
        assert [name for name in files if finders.find(name) is None] == []

    @pytest.mark.parametrize(
        ("model", "values", "words"),
        [
            ("infopage", {"kind": "agenda"}, "Agenda punya halaman sendiri"),
            ("infopage", {"slug": "feed"}, "Alamat ini sudah dipakai sistem."),
            ("infopage", {"date": "02/03/2027", "valid_until": "01/03/2027"}, "Tanggal ini sebelum tanggal info."),
            (
                "eventpage",
                {"starts_at": "02-03-2027 09.00", "ends_at": "02-03-2027 09.00", "place": "Aula"},
                "Waktu selesai harus sesudah waktu mulai.",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, cms, index, model, values, words):
        assert words in said(add(cms, index, model, **values))
        assert not InfoPage.objects.exists()

    @pytest.mark.parametrize("make", [make_info, make_event])
    def test_an_entry_can_be_previewed_while_it_is_written(self, cms, index, make):
        page = make("Lama")
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        fields = fields_of(cms.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content)
        body = form_data.nested_form_data(
            {"body": form_data.streamfield([("paragraph", form_data.rich_text("<p>x</p>"))])}
        )
        assert cms.post(url, {**fields, **body, "title": "Judul baru"}).json()["is_valid"]
        assert "Judul baru" in said(cms.get(url))


class TestExplorer:
    def rows(self, cms: Client, index, query: str = "") -> str:
        response = cms.get(reverse("wagtailadmin_explore", args=[index.pk]) + query)
        assert response.status_code == 200
        return said(response)

    def test_shows_kind_and_day_and_filters_by_kind(self, cms, index):
        make_info("Satu", kind=InfoKind.GUIDE, date=dt.date(2026, 11, 20))
        make_event("Dua")
        rows = self.rows(cms, index)
        assert "Panduan" in rows
        assert "Agenda" in rows
        filtered = self.rows(cms, index, "?kind=panduan")
        assert "Satu" in filtered
        assert "Dua" not in filtered

    @pytest.mark.parametrize("ordering", ["kind", "-date", "title", "tidak-ada"])
    def test_search_filter_and_order_go_together(self, cms, index, merek, ordering):
        make_info("Biaya merek", kind=InfoKind.GUIDE, category=merek)
        query = f"?q=biaya&kind=panduan&category={merek.pk}&ordering={ordering}"
        assert "Biaya merek" in self.rows(cms, index, query)

    def test_a_row_costs_no_query(self, cms, index):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                self.rows(cms, index)
            return len(captured)

        make_info()
        make_event()
        self.rows(cms, index)
        few = queries()
        for _ in range(10):
            make_info()
        assert queries() == few


class TestCategories:
    def test_an_editor_adds_and_renames_one(self, cms):
        url = reverse("wagtailsnippets_home_infocategory:add")
        cms.post(url, {"name": "SIINas", "slug": "siinas"})
        category = InfoCategory.objects.get()
        edit = reverse("wagtailsnippets_home_infocategory:edit", args=[category.pk])
        cms.post(edit, {"name": "Laporan SIINas", "slug": "siinas"})
        category.refresh_from_db()
        assert category.name == "Laporan SIINas"

    def delete(self, cms: Client, *categories: InfoCategory) -> HttpResponse:
        """Delete one by its own screen, several by the screen for many."""
        url = reverse("wagtailsnippets_home_infocategory:delete", args=[categories[0].pk])
        if len(categories) > 1:
            ids = "&".join(f"id={category.pk}" for category in categories)
            url = reverse("wagtail_bulk_action", args=["home", "infocategory", "delete"]) + f"?{ids}"
        return cms.post(url, follow=True)

    def test_one_that_nobody_uses_goes(self, cms, merek):
        self.delete(cms, merek)
        assert not InfoCategory.objects.exists()

    def test_one_in_use_stays_and_the_screen_says_why(self, cms, index, merek):
        make_info(category=merek)
        make_info(category=merek)
        assert "“Merek” dipakai 2 info, jadi tidak dapat dihapus." in said(self.delete(cms, merek))
        assert InfoCategory.objects.get() == merek

    def test_nor_can_it_be_deleted_together_with_others(self, cms, index, merek):
        other = InfoCategory.objects.create(name="Lain", slug="lain")
        make_info(category=merek)
        assert "“Merek” dipakai 1 info" in said(self.delete(cms, merek, other))
        assert InfoCategory.objects.count() == 2

    def test_a_draft_uses_it_too(self, cms, index, merek):
        page = make_info()
        page.category = merek
        page.save_revision()
        assert "“Merek” dipakai 1 info" in said(self.delete(cms, merek))

    def test_an_old_revision_that_names_a_deleted_one_can_still_be_opened(self, cms, index, merek):
        page = make_info(category=merek)
        old = page.latest_revision
        page.category = None
        page.save_revision().publish()
        self.delete(cms, merek)
        assert not InfoCategory.objects.exists()
        url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
        assert cms.get(url).status_code == 200

    def test_the_menu_leads_there(self, cms):
        assert CATEGORIES in cms.get("/cms/").content.decode()
