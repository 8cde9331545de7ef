"""The quarterly report to SIINas: kept at the end of a quarter, compared with the last, taken out as a file (Y7)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from forms import retention, worker
from forms.enums import Status
from forms.models import Submission
from gallery import quarterly, siinas
from gallery.models import BusinessRecord, Material, QuarterlyReport
from gallery.quarters import Quarter
from siptenan.accounts import roles
from siptenan.accounts.models import User
from siptenan.common.models import Unit
from tests.factories import make_business, make_gallery_form, make_registration, make_staff
from tests.factories.gallery import FEMALE_NIK
from tests.gallery.browsing import siinas_fields

pytestmark = pytest.mark.django_db
URL = "/cms/gallery/data-industri/triwulan/"


def at(moment: str):
    return time_machine.travel(dt.datetime.fromisoformat(f"{moment}+07:00"), tick=False)


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form) -> Client:
    """An officer of the Gallery, who may not export."""
    client = Client()
    client.force_login(make_staff(roles.OFFICER, "galeri", forms=[form]))
    return client


@pytest.fixture
def head(form) -> Client:
    client = Client()
    client.force_login(make_staff(roles.ADMIN, "kepala"))
    return client


@pytest.fixture
def batik(form) -> BusinessRecord:
    """All figures known, in July."""
    with at("2026-07-10T09:00"):
        record = make_business(
            "=Batik Contoh A",
            live=False,
            record={
                "workers_male": 2, "workers_female": 5, "investment": 40_000_000, "capacity": 10,
                "capacity_unit": Unit.objects.get(code="kodi"), "nib": "1299912999129",
                "siinas": {
                    "installed_capacity": "150", "production": "28.5", "land_and_building": "90000000",
                    "water_m3": "12.5", "electricity_kwh": "300", "machines": "kompor 6, meja cap 2",
                },
            },
        ).record  # fmt: skip
        record.created_at = dt.datetime.fromisoformat("2026-07-10T09:00+07:00")
        record.save()
    kg, gram = Unit.objects.get(code="kg"), Unit.objects.get(code="g")
    for kind, name, value, quantity, unit in (
        ("baku", "mori", 5_000_000, 3, kg),
        ("baku", "malam", 1_500_000, 500, gram),
        ("penolong", "pewarna", 700_000, None, None),
        ("bakar", "gas", None, 24, kg),
    ):
        Material.objects.create(record=record, kind=kind, name=name, value=value, quantity=quantity, unit=unit)
    return record


def values(report: QuarterlyReport) -> dict[str, str]:
    return {
        key: f"{found.get('value', found.get('text'))} {found.get('unit', '')}".strip()
        for key, found in report.data.items()
    }


ALL = {
    "investment": "40000000",
    "capacity": "200 pcs",  # 10 kodi
    "installed_capacity": "3000 pcs",
    "production": "570 pcs",
    "raw_value": "6500000",
    "raw_quantity": "3.5 kg",
    "land_and_building": "90000000",
    "workers_male": "2",
    "workers_female": "5",
    "water_m3": "12.5",
    "fuel_quantity": "24 kg",
    "electricity_kwh": "300",
    "machines": "kompor 6, meja cap 2",
}


def test_figures_are_in_the_order_of_the_regulation():
    """Those of siinas.DATA, each as one figure or two."""
    of_law = [
        "Nilai investasi tanpa tanah dan bangunan", "Kapasitas produksi", "Kapasitas terpasang", "Produksi",
        "Bahan baku", "Bahan baku", "Nilai tanah dan bangunan", "Tenaga kerja", "Tenaga kerja", "Air", "Bahan bakar",
        "Bahan bakar", "Listrik", "Mesin dan peralatan",
    ]  # fmt: skip
    order = [datum.name for datum in siinas.DATA]
    assert [figure.key for figure in quarterly.FIGURES] == [
        "investment", "capacity", "installed_capacity", "production", "raw_value", "raw_quantity", "land_and_building",
        "workers_male", "workers_female", "water_m3", "fuel_value", "fuel_quantity", "electricity_kwh", "machines",
    ]  # fmt: skip
    places = [order.index(name) for name in of_law]
    assert places == sorted(places)
    assert set(places) == set(range(11))


class TestKeeping:
    def test_the_worker_keeps_a_quarter_when_it_is_over(self, batik):
        assert worker.CHORES[quarterly.keep_ended] == worker.HOUR_S
        with at("2026-09-30T23:59"):
            assert quarterly.keep_ended() == 0  # the second quarter is long over
        with at("2026-10-01T00:20"):
            assert quarterly.keep_ended() == 1
            assert quarterly.keep_ended() == 0
        report = QuarterlyReport.objects.get()
        assert quarterly.quarter_of(report) == Quarter(2026, 3)
        assert values(report) == ALL

    def test_a_new_quarter_begins_without_production(self, batik):
        with at("2026-10-01T00:20"):
            quarterly.keep_ended()
        batik.refresh_from_db()
        assert "production" not in batik.siinas
        assert batik.siinas["water_m3"] == "12.5"
        assert "Produksi" in siinas.readiness(batik).missing

    def test_what_changes_afterwards_changes_no_report(self, batik):
        with at("2026-10-01T00:20"):
            quarterly.keep_ended()
        BusinessRecord.objects.update(workers_male=9)
        with at("2026-10-05T00:20"):
            assert quarterly.keep_ended() == 0
        assert QuarterlyReport.objects.get().data["workers_male"] == {"value": "2"}

    def test_who_came_later_has_no_report(self, form, batik):
        with at("2026-10-01T00:05"):
            make_business("Batik Contoh B", live=False, record={"nik": ""})
            assert quarterly.keep_ended() == 1

    def test_a_worker_that_was_down_too_long_invents_nothing(self, batik):
        with at("2026-10-20T08:00"):
            assert quarterly.keep_ended() == 0

    def test_more_than_a_batch(self, form, monkeypatch):
        monkeypatch.setattr(quarterly, "BATCH", 2)
        with at("2026-08-01T08:00"):
            for number in range(5):
                make_business(f"Usaha Contoh {number}", live=False, record={"nik": ""})
        with at("2026-10-01T00:20"):
            assert quarterly.keep_ended() == 5
        assert QuarterlyReport.objects.count() == 5

    def test_an_officer_keeps_the_running_quarter_and_its_end_replaces_that(self, clerk, batik):
        with at("2026-08-20T10:00"):
            clerk.force_login(User.objects.get(username="galeri"))
            page = clerk.post(URL, follow=True).content.decode()
        assert "Keadaan triwulan III 2026 disimpan: 1 usaha." in page
        report = QuarterlyReport.objects.get()
        assert (report.year, report.quarter) == (2026, 3)
        batik.refresh_from_db()
        assert batik.siinas["production"] == "28.5"  # the quarter goes on
        entry = ModelLogEntry.objects.get(action="gallery.quarter")
        assert (entry.user.username, entry.data) == ("galeri", {"quarter": "triwulan III 2026"})
        BusinessRecord.objects.update(workers_male=4)
        with at("2026-10-01T00:20"):
            assert quarterly.keep_ended() == 1
        report = QuarterlyReport.objects.get()
        assert report.data["workers_male"] == {"value": "4"}

    def test_materials_in_different_units_are_not_added(self, batik):
        Material.objects.create(
            record=batik, kind="baku", name="kain", quantity=5, unit=Unit.objects.get(code="m"), value=None
        )
        found = quarterly.figures_of(batik)
        assert "raw_quantity" not in found
        assert found["raw_value"] == {"value": "6500000"}

    def test_unknown_figures_are_not_zero(self, form):
        record = make_business(live=False, record={"nik": "", "workers_male": 0}).record
        assert quarterly.figures_of(record) == {"workers_male": {"value": "0"}}

    def test_the_number_of_queries_does_not_grow(self, form, django_assert_max_num_queries):
        chief = make_staff(roles.ADMIN, "kepala")

        def queries() -> int:
            with django_assert_max_num_queries(60) as captured:
                quarterly.keep_running(by=chief)
            return len(captured)

        for number in range(2):
            make_business(f"Usaha Contoh {number}", live=False, record={"nik": ""})
        queries()
        two = queries()
        for number in range(2, 12):
            make_business(f"Usaha Contoh {number}", live=False, record={"nik": ""})
        assert queries() == two


@pytest.fixture
def two_quarters(form, batik) -> None:
    """The batik maker has two quarters, a tempe maker only the last of them."""
    with at("2026-10-01T00:20"):
        quarterly.keep_ended()
    batik.refresh_from_db()
    batik.workers_female, batik.investment, batik.capacity = 3, None, 15
    batik.siinas = {**batik.siinas, "production": "30", "water_m3": "10", "machines": "kompor 7"}
    batik.save()
    batik.materials.filter(name="gas").update(unit=Unit.objects.get(code="l"))
    with at("2026-11-02T08:00"):
        make_business("Tempe Contoh B", live=False, record={"nik": "", "workers_male": 1, "workers_female": 1})
    with at("2027-01-01T00:20"):
        quarterly.keep_ended()


@pytest.fixture
def export(head, two_quarters):
    def get(file_format: str, quarter: str = "2026-4") -> list[dict[str, str]]:
        response = head.get(f"{URL}{quarter}.{file_format}")
        assert response.status_code == 200
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if file_format == "csv":
            return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        heading, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return [dict(zip(heading, row, strict=True)) for row in rows]

    return get


def told(row: dict, name: str) -> list:
    return [row[f"{name}: {part}"] for part in ("IV 2026", "III 2026", "selisih")]


class TestFile:
    def test_each_figure_stands_beside_that_of_the_last_quarter_with_the_difference(self, export):
        batik = export("xlsx")[0]
        assert batik["Nama usaha"] == "=Batik Contoh A"
        assert told(batik, "Tenaga kerja P") == [3, 5, -2]
        assert told(batik, "Tenaga kerja L") == [2, 2, 0]
        assert told(batik, "Produksi triwulan") == [600, 570, 30]
        assert batik["Produksi triwulan: satuan"] == "pcs"
        assert told(batik, "Kapasitas produksi per bulan") == [300, 200, 100]
        assert told(batik, "Air per bulan (m³)") == [10, 12.5, -2.5]
        assert told(batik, "Investasi tanpa tanah dan bangunan (Rp)") == [None, 40_000_000, None]
        assert told(batik, "Jumlah bahan bakar per bulan") == [24, 24, "satuan berbeda"]
        assert told(batik, "Mesin dan peralatan") == ["kompor 7", "kompor 6, meja cap 2", "berubah"]

    def test_a_business_without_the_last_quarter_has_no_difference(self, export):
        tempe = export("xlsx")[1]
        assert told(tempe, "Tenaga kerja L") == [1, None, None]
        assert tempe["Dicatat III 2026"] is None
        assert {value for heading, value in tempe.items() if heading.endswith("selisih")} == {None}

    def test_the_csv_says_the_same_and_no_cell_is_a_formula(self, export):
        batik, tempe = export("csv")
        assert batik["Nama usaha"] == "'=Batik Contoh A"
        assert told(batik, "Air per bulan (m³)") == ["10", "12,5", "-2,5"]
        assert told(batik, "Tenaga kerja P") == ["3", "5", "-2"]
        assert told(tempe, "Tenaga kerja L") == ["1", "", ""]

    def test_the_first_quarter_has_no_last(self, export):
        (batik,) = export("xlsx", "2026-3")
        assert batik["Tenaga kerja P: III 2026"] == 5
        assert batik["Tenaga kerja P: II 2026"] is None

    def test_columns_are_in_the_order_of_the_regulation_and_none_is_private(self, export):
        headings = list(export("xlsx")[0])
        places = [headings.index(f"{figure.name}: selisih") for figure in quarterly.FIGURES]
        assert places == sorted(places)
        assert not any("NIK" in heading or "pemilik" in heading for heading in headings)
        assert FEMALE_NIK not in str(export("csv"))
        assert "Ibu Contoh" not in str(export("csv"))

    def test_each_export_is_recorded_of_each_business(self, export):
        export("xlsx")
        entries = ModelLogEntry.objects.filter(action="gallery.export")
        assert entries.count() == 2
        assert {entry.data["quarter"] for entry in entries} == {"triwulan IV 2026"}
        assert {entry.data["nik"] for entry in entries} == {False}

    @pytest.mark.parametrize("address", ["2026-2.xlsx", "2026-9.csv", "2026-4.pdf", f"{10**30}-1.csv"])
    def test_a_quarter_that_was_not_kept_is_not_there(self, head, two_quarters, address):
        assert head.get(f"{URL}{address}").status_code == 404


class TestScreens:
    def test_quarters_are_listed_with_their_files(self, head, two_quarters):
        with at("2027-01-05T09:00"):
            head.force_login(User.objects.get(username="kepala"))
            page = BeautifulSoup(head.get(URL).content, "html.parser")
        rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]
        assert [row[:2] for row in rows] == [["Triwulan IV 2026", "2"], ["Triwulan III 2026", "1"]]
        assert [link["href"] for link in page.select("tbody a")][:2] == [f"{URL}2026-4.xlsx", f"{URL}2026-4.csv"]

    def test_an_officer_without_the_permission_gets_no_file(self, clerk, two_quarters):
        assert clerk.get(URL).status_code == 200
        assert "2026-4.xlsx" not in clerk.get(URL).content.decode()
        assert clerk.get(f"{URL}2026-4.xlsx").status_code in (302, 403)

    def test_an_officer_of_another_service_sees_nothing(self, officer, two_quarters):
        client = Client()
        client.force_login(officer)
        for response in (client.get(URL), client.post(URL), client.get(f"{URL}2026-4.csv")):
            assert response.status_code in (302, 403)
        assert QuarterlyReport.objects.count() == 3

    def test_the_register_leads_there(self, clerk, two_quarters):
        assert f'href="{URL}"' in clerk.get("/cms/gallery/data-industri/").content.decode()

    def test_an_officer_sees_the_change_and_adds_the_production_of_the_last_quarter(self, clerk, batik, two_quarters):
        url = f"/cms/gallery/data-industri/{batik.pk}/siinas/"
        with at("2027-01-20T09:00"):
            clerk.force_login(User.objects.get(username="galeri"))  # nobody stays signed in that long
            answer = clerk.get(url)
            page = BeautifulSoup(answer.content, "html.parser")
            (row,) = [row for row in page.select("tbody tr") if row.th.get_text(strip=True) == "Tenaga kerja P"]
            assert [cell.text for cell in row.select("td")] == ["3", "3", "0"]
            assert page.select_one("[name=last_production]")["value"] == "30"
            assert "Produksi triwulan IV 2026" in page.text
            changes = {"last_production": "31,5", "machines": "kompor 7", "production": "4"}
            clerk.post(url, siinas_fields(answer) | changes)
        batik.refresh_from_db()
        assert batik.siinas["production"] == "4"
        assert "last_production" not in batik.siinas
        report = batik.quarters.get(year=2026, quarter=4)
        assert report.data["production"] == {"value": "630", "unit": "pcs"}
        assert quarterly.produced(report) == Decimal("31.50")
        fields = [entry.data["fields"] for entry in ModelLogEntry.objects.filter(action="wagtail.edit")]
        assert ["Produksi triwulan IV 2026"] in fields

    def test_a_page_from_before_the_end_of_a_quarter_says_nothing_of_the_next_one(self, clerk, batik, two_quarters):
        url = f"/cms/gallery/data-industri/{batik.pk}/siinas/"
        with at("2027-03-31T23:00"):
            clerk.force_login(User.objects.get(username="galeri"))
            typed = siinas_fields(clerk.get(url)) | {"production": "500"}
        with at("2027-04-01T01:00"):
            answer = clerk.post(url, typed)
            assert (answer.status_code, siinas_fields(answer)["production"]) == (409, "")
            assert clerk.post(url, siinas_fields(answer) | {"water_m3": "7"}).status_code == 302
        batik.refresh_from_db()
        assert (batik.siinas["water_m3"], batik.siinas.get("production")) == ("7", None)

    def test_without_a_last_quarter_nothing_is_compared(self, clerk, batik):
        page = clerk.get(f"/cms/gallery/data-industri/{batik.pk}/siinas/").content.decode()
        assert "belum ada pembandingnya" in page
        assert "last_production" not in page


def test_reports_go_with_the_business(two_quarters, batik):
    batik.business.delete()
    assert QuarterlyReport.objects.count() == 1


@pytest.mark.parametrize(("status", "left"), [(Status.REJECTED, 0), (Status.APPROVED, 1)])
def test_reports_of_a_forgotten_registration_go_and_those_of_the_register_stay(form, status, left):
    ticket = make_registration(form)
    assert quarterly.keep_running(by=make_staff(roles.ADMIN, "kepala")) == 1
    Submission.objects.filter(pk=ticket.pk).update(status=status, closed_at=timezone.now())
    ticket.refresh_from_db()
    retention.anonymise(ticket)
    assert QuarterlyReport.objects.count() == left


@pytest.mark.parametrize(
    ("moment", "quarter", "text"),
    [
        ("2026-01-01T00:00+07:00", (2026, 1), "triwulan I 2026"),
        ("2025-12-31T17:30+00:00", (2026, 1), "triwulan I 2026"),  # Jakarta is seven hours ahead
        ("2026-12-31T23:59+07:00", (2026, 4), "triwulan IV 2026"),
    ],
)
def test_quarters_are_those_of_jakarta(moment, quarter, text):
    found = Quarter.of(dt.datetime.fromisoformat(moment))
    assert (found.year, found.number) == quarter
    assert str(found) == text
    assert found.before.after == found
    assert found.ends_at == found.after.starts_at
