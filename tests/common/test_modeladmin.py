"""The menu Referensi: who may enter, what an address can and cannot do, and which codes stay."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.log_actions import log
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from forms.models import Submission
from siptenan.common.modeladmin import ReferenceAdmin, ReferenceIndexView
from siptenan.common.models import Channel, Commodity, Holiday, Kelurahan, SiteImage, Unit
from tests.factories import make_ticket

TABLES = {
    "saluran": Channel,
    "hari-libur": Holiday,
    "kelurahan": Kelurahan,
    "komoditas": Commodity,
    "satuan": Unit,
}
# The entries of the menu. Those of regulations are kept by editors.
OF_THE_OFFICE = ["Saluran", "Hari libur", "Kelurahan", "Komoditas", "Satuan"]
OF_REGULATIONS = ["Jenis peraturan", "Pemrakarsa", "Bidang hukum", "Subjek regulasi"]


def url(table: str, action: str = "", pk: int | str = "") -> str:
    return "/".join(["/cms/referensi", table, *filter(None, (action, str(pk)))]) + "/"


def page(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(response) -> list[str]:
    """The first column of the list that a table shows."""
    return [row.select_one(".title-wrapper a").text for row in page(response).select(".result-list > table tbody tr")]


@pytest.fixture
def rows(site):
    """A row in each table; three of them are filled by the project itself."""
    Holiday.objects.create(date="2026-11-16", name="Hari Jadi", kind=Holiday.Kind.LOCAL)
    return {table: model.objects.first() for table, model in TABLES.items()}


@pytest.fixture
def cms(admin, client) -> Client:
    client.force_login(admin)
    return client


class TestWhoMayEnter:
    def every_url(self, rows) -> list[str]:
        urls = [url("hari-libur", "impor")]
        for table, row in rows.items():
            urls += [url(table), url(table, "create")]
            urls += [url(table, action, row.pk) for action in ("edit", "delete", "history")]
        return urls

    def test_admin_sees_every_screen(self, cms, rows):
        assert {address: cms.get(address).status_code for address in self.every_url(rows)} == dict.fromkeys(
            self.every_url(rows), 200
        )

    @pytest.mark.parametrize("role", ["editor", "officer"])
    def test_others_are_sent_away_and_change_nothing(self, role, rows, client, request):
        client.force_login(request.getfixturevalue(role))
        for address in self.every_url(rows):
            assert client.get(address).headers.get("Location") == "/cms/", address
            assert client.post(address).headers.get("Location") == "/cms/", address
        assert {table: model.objects.filter(pk=rows[table].pk).exists() for table, model in TABLES.items()} == (
            dict.fromkeys(TABLES, True)
        )

    def test_the_menu_stands_between_reports_and_settings(self, admin, rf):
        request = rf.get("/cms/")
        request.user = admin
        labels = [str(item.label) for item in sorted(admin_menu.menu_items_for_request(request), key=lambda i: i.order)]
        at = labels.index("Referensi")
        assert labels[at - 1 : at + 2] == ["Laporan", "Referensi", "Pengaturan"]

    def test_officers_have_no_such_menu(self, officer, rf):
        request = rf.get("/cms/")
        request.user = officer
        assert "Referensi" not in [item.label for item in admin_menu.menu_items_for_request(request)]

    @pytest.mark.parametrize(
        ("role", "names"),
        [("admin", [*OF_THE_OFFICE, *OF_REGULATIONS]), ("editor", OF_REGULATIONS)],
    )
    def test_its_entries_are_indonesian_and_those_of_the_role(self, role, names, rf, request):
        http = rf.get("/cms/")
        http.user = request.getfixturevalue(role)
        (group,) = [item for item in admin_menu.menu_items_for_request(http) if item.label == "Referensi"]
        assert [item.label for item in group.menu.menu_items_for_request(http)] == names
        assert group.icon_name == "list-ul"


# Each of these gave a 500 or an answer it must not give on the list of plain wagtail-modeladmin.
HOSTILE = [
    "assignee__password__startswith=pbkdf2",
    "id__lt=0",
    "pk=0",
    "name__startswith=zzz",
    "code__regex=(",
    "name__icontains=zzz",
    "date__gte=xx",
    "date__year=1999",
    "_connector=OR",
    "_negated=1",
    "bogus=1",
    "page=2",
    "p=abc",
    "p=-1",
    "p=99999999999999999999",
    f"p={'9' * 5000}",
    "o=abc",
    "o=99.-99.--1",
    f"o={'9' * 5000}",
    "e=1",
    "export=csv",
    "export=xlsx",
    "kecamatan=zzz",
    "kecamatan__startswith=zzz",
    "kecamatan=a&kecamatan=b",
    "dimensi[]=zzz",
    "tahun=abc",
    "tahun=-1",
    "tahun=99999",
    "tahun=٢٠٢٦",
    "q=%20%20",
    "q=",
]


class TestAddresses:
    @pytest.mark.parametrize("table", TABLES)
    def test_a_hostile_query_changes_nothing(self, table, cms, rows, time_machine):
        time_machine.move_to("2026-11-22 05:00 +0000")
        shown = sorted(titles(cms.get(url(table))))
        assert shown
        for query in HOSTILE:
            response = cms.get(f"{url(table)}?{query}")
            assert "Content-Disposition" not in response.headers, query
            assert sorted(titles(response)) == shown, query

    def test_the_attack_works_on_plain_modeladmin_and_not_here(self, ticket, officer, admin):
        """Guess the password hash of an officer through a foreign key, which no table of ours has."""
        Submission.objects.filter(pk=ticket.pk).update(assignee=officer)
        right, wrong = officer.password[:8], "nonsense"

        def found(view_class: type[IndexView], guess: str) -> int:
            class TicketAdmin(ModelAdmin):
                model = Submission
                index_view_class = view_class

            request = RequestFactory().get("/", {"assignee__password__startswith": guess})
            request.user = admin
            view = view_class(TicketAdmin())
            view.setup(request)
            return view.dispatch(request).context_data["result_count"]

        assert (found(IndexView, right), found(IndexView, wrong)) == (1, 0)
        assert (found(ReferenceIndexView, right), found(ReferenceIndexView, wrong)) == (1, 1)

    def test_a_table_with_a_foreign_key_is_refused(self):
        class ImageAdmin(ReferenceAdmin):
            model = SiteImage

        with pytest.raises(ImproperlyConfigured, match="uploaded_by_user"):
            ImageAdmin()

    @pytest.mark.parametrize("table", TABLES)
    def test_broken_bytes_are_a_bad_request(self, table, cms):
        assert cms.get(f"{url(table)}?q=%00").status_code == 400
        assert cms.get(f"{url(table)}?tahun=%ff").status_code == 400

    @pytest.mark.parametrize("action", ["edit", "delete", "history", "inspect"])
    def test_an_odd_row_is_not_found(self, action, cms):
        for pk in ("abc", "0", "-1", "1_0", "9" * 18, "9" * 30, "1.5", "٣"):
            for table in TABLES:
                assert cms.get(url(table, action, pk)).status_code == 404, (table, pk)

    def test_a_page_of_history_that_does_not_exist(self, cms, rows):
        for odd in ("2", "abc", "-1", "9" * 30):
            assert cms.get(f"{url('saluran', 'history', rows['saluran'].pk)}?page={odd}").status_code == 404

    def test_a_search_of_a_thousand_words(self, cms, rows):
        assert titles(cms.get(url("kelurahan"), {"q": "an " * 1500}))


class TestLists:
    def test_search(self, cms, site):
        assert titles(cms.get(url("kelurahan"), {"q": "banyu"})) == ["Banyurip"]
        assert titles(cms.get(url("kelurahan"), {"q": "51149"})) == ["Kandang Panjang"]

    def test_a_filter_it_offers(self, cms, site):
        response = cms.get(url("kelurahan"), {"kecamatan": "Pekalongan Barat"})
        assert len(titles(response)) == 7
        assert "7 dari 27" in page(response).select_one(".result-count").text
        assert "kodi" in titles(cms.get(url("satuan"), {"dimensi": "jumlah"}))
        assert "kilogram" not in titles(cms.get(url("satuan"), {"dimensi": "jumlah"}))

    def test_order(self, cms, site):
        down = titles(cms.get(url("saluran"), {"o": "-0"}))
        assert down == sorted(down, reverse=True)
        assert down != titles(cms.get(url("saluran")))

    def test_a_unit_shows_what_it_is_worth(self, cms, site):
        row = page(cms.get(url("satuan"), {"q": "yard"})).select_one(".result-list tbody tr")
        assert "0,9144 m" in row.text

    def test_history_names_who_changed_it(self, cms, admin, rows):
        log(rows["saluran"], "wagtail.edit", user=admin, content_changed=True)
        assert "Admin" in page(cms.get(url("saluran", "history", rows["saluran"].pk))).select_one("main").text


class TestForms:
    def test_add_change_and_delete(self, cms):
        cms.post(url("saluran", "create"), {"name": "Radio", "code": "radio"})
        radio = Channel.objects.get(code="radio")
        cms.post(url("saluran", "edit", radio.pk), {"name": "Radio Kota", "code": "radio-kota"})
        radio.refresh_from_db()
        assert (radio.name, radio.code) == ("Radio Kota", "radio-kota")
        response = cms.post(url("saluran", "delete", radio.pk), follow=True)
        assert "telah dihapus" in response.content.decode()
        assert not Channel.objects.filter(pk=radio.pk).exists()

    def test_a_code_twice(self, cms):
        response = cms.post(url("saluran", "create"), {"name": "Instagram dua", "code": "ig"})
        assert "sudah ada" in page(response).select_one(".error-message").text

    @pytest.mark.parametrize("code", ["web", "lain", "loket"])
    def test_a_code_the_project_needs_stays(self, code, cms):
        channel = Channel.objects.get(code=code)
        for response in (cms.get(url("saluran", "delete", channel.pk)), cms.post(url("saluran", "delete", channel.pk))):
            assert f"Kode “{code}” dipakai" in page(response).select_one("main").text
            assert not page(response).select_one("main form")
        response = cms.post(url("saluran", "edit", channel.pk), {"name": channel.name, "code": "baru"})
        assert "Kodenya tidak dapat diubah" in page(response).select_one(".error-message").text
        channel.refresh_from_db()
        assert channel.code == code

    def test_a_code_that_tickets_carry_stays_but_its_name_may_change(self, cms, form_page):
        ticket = make_ticket(form_page)
        Submission.objects.filter(pk=ticket.pk).update(channel="ig")
        instagram = Channel.objects.get(code="ig")
        response = cms.post(url("saluran", "delete", instagram.pk))
        assert "Kode “ig” dipakai oleh 1 tiket." in page(response).select_one("main").text
        response = cms.post(url("saluran", "edit", instagram.pk), {"name": "Instagram", "code": "insta"})
        assert "1 tiket" in page(response).select_one(".error-message").text
        cms.post(url("saluran", "edit", instagram.pk), {"name": "IG Dinas", "code": "ig"})
        instagram.refresh_from_db()
        assert (instagram.name, instagram.code) == ("IG Dinas", "ig")

    def test_a_date_is_written_as_the_office_writes_it(self, cms, rows):
        cms.post(url("hari-libur", "create"), {"date": "05/12/2026", "kind": "libur_daerah", "name": "Desember"})
        day = Holiday.objects.get(name="Desember")
        assert f"{day.date:%Y-%m-%d}" == "2026-12-05"
        field = page(cms.get(url("hari-libur", "edit", day.pk))).select_one("input[name=date]")
        assert field["value"] == "05/12/2026"

    def test_a_date_twice(self, cms, rows):
        response = cms.post(
            url("hari-libur", "create"), {"date": "2026-11-16", "kind": "libur_daerah", "name": "Dua kali"}
        )
        assert "sudah ada" in page(response).select_one(".error-message").text
        assert Holiday.objects.count() == 1


class TestHolidayList:
    @pytest.fixture(autouse=True)
    def _now(self, time_machine):
        time_machine.move_to("2026-11-22 05:00 +0000")

    def known(self, response) -> dict[str, str]:
        """The days of the second table, with their notes."""
        rows = page(response).select("section[aria-labelledby=known-days] tbody tr")
        return {row.select("td")[0].text.strip(): row.select("td")[2].text.strip() for row in rows}

    def test_shows_this_year_and_offers_the_next(self, cms, rows):
        Holiday.objects.create(date="2027-04-01", name="Hari Jadi 2027", kind=Holiday.Kind.LOCAL)
        response = cms.get(url("hari-libur"))
        assert titles(response) == ["Senin, 16 November 2026"]
        years = page(response).select("nav[aria-label=Tahun] a")
        assert [(a.text, a["href"], a.get("aria-current")) for a in years] == [
            ("2027", "?tahun=2027", None),
            ("2026", "?tahun=2026", "page"),
        ]
        assert titles(cms.get(url("hari-libur"), {"tahun": "2027"})) == ["Kamis, 1 April 2027"]

    def test_an_empty_year_says_so(self, cms, rows):
        assert (
            "Belum ada hari libur khusus untuk tahun 2027"
            in cms.get(url("hari-libur"), {"tahun": "2027"}).content.decode()
        )

    def test_tells_what_need_not_be_typed(self, cms, site):
        known = self.known(cms.get(url("hari-libur"), {"tahun": "2027"}))
        assert known["Rabu, 10 Maret 2027"] == ""
        assert "Jumat, 12 Maret 2027" in known, "cuti bersama is known, too"

    def test_tells_what_the_table_replaces(self, cms, site):
        Holiday.objects.create(date="2026-12-24", name="Buka", kind=Holiday.Kind.OPEN)
        known = self.known(cms.get(url("hari-libur")))
        assert known["Kamis, 24 Desember 2026"] == "Diganti: Buka (Tetap masuk)"
        assert known["Jumat, 25 Desember 2026"] == ""

    def test_warns_of_a_year_without_joint_leave(self, cms, site):
        assert "Cuti bersama 2027 belum diketahui" not in cms.get(url("hari-libur"), {"tahun": 2027}).content.decode()
        Holiday.objects.create(date="2029-04-01", name="Hari Jadi", kind=Holiday.Kind.LOCAL)
        assert "Cuti bersama 2029 belum diketahui" in cms.get(url("hari-libur"), {"tahun": 2029}).content.decode()

    def test_links_to_the_import(self, cms, site):
        assert page(cms.get(url("hari-libur"))).find("a", href=reverse("holiday-import"))
