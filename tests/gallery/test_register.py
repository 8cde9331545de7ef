"""Data industri: the list, its sums, its file, and what SIINas asks for besides."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from gallery import register, siinas
from gallery.enums import ScaleClass
from gallery.models import BusinessRecord, Material, QuarterlyReport
from gallery.quarters import Quarter
from gallery.scale import scale_class
from siptenan.accounts import roles
from siptenan.common.models import Commodity, Kelurahan, Unit
from tests.factories import make_business, make_gallery_form, make_registration, make_staff
from tests.factories.gallery import FEMALE_NIK
from tests.gallery.browsing import siinas_fields

pytestmark = pytest.mark.django_db
URL = "/cms/gallery/data-industri/"


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form) -> Client:
    client = Client()
    client.force_login(make_staff(roles.OFFICER, "galeri", forms=[form]))
    return client


@pytest.fixture
def head(form) -> Client:
    client = Client()
    client.force_login(make_staff(roles.ADMIN, "kepala"))
    return client


@pytest.fixture
def three(form):
    """Two batik makers in Kauman, one tempe maker in Medono who is not public."""
    kodi, piece, kg = (Unit.objects.get(code=code) for code in ("kodi", "potong", "kg"))
    make_business(
        "Batik Contoh A",
        record={
            "workers_male": 2,
            "workers_female": 5,
            "investment": 40_000_000,
            "capacity": 10,
            "capacity_unit": kodi,
        },
    )
    make_business(
        "Batik Contoh B",
        record={
            "nik": "", "workers_male": 1, "workers_female": 0, "investment": 2_000_000_000, "capacity": 30,
            "capacity_unit": piece, "owner_name": "=HYPERLINK(1)",
        },
    )  # fmt: skip
    make_business(
        "Tempe Contoh C", live=False, kelurahan=Kelurahan.objects.get(name="Medono"),
        commodity=Commodity.objects.get(code="tempe"),
        record={"nik": "", "workers_male": 3, "workers_female": 4, "capacity": 500, "capacity_unit": kg},
    )  # fmt: skip


def shown(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [row.select_one(".title-wrapper").get_text(strip=True) for row in page.select("table.inbox tbody tr")]


def sums(response) -> dict[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    return {row.dt.get_text(strip=True): row.dd.get_text(strip=True) for row in page.select(".register-sums div")}


def test_list_and_sums_are_those_counted_by_hand(clerk, three):
    response = clerk.get(URL)
    assert shown(response) == ["Batik Contoh A", "Batik Contoh B", "Tempe Contoh C"]
    assert sums(response) == {
        "Usaha": "3",
        "Tenaga kerja laki-laki": "6",
        "Tenaga kerja perempuan": "9",
        "Investasi": "Rp 2.040.000.000",
        "Kapasitas per bulan": "500 kg, 230 pcs",  # 10 kodi of 20, and 30 pieces
    }


def recap(response, head: str) -> dict[str, list[str]]:
    """The figures of each group of a table, as text."""
    page = BeautifulSoup(response.content, "html.parser")
    (table,) = [table for table in page.select(".register-recap table") if table.th.text == head]
    return {row.th.text: [cell.a.text for cell in row.select("td")] for row in table.select("tbody tr")}


def counted(**where) -> list[str]:
    """The same by hand: every business is read, and added up one by one."""
    records = [record for record in BusinessRecord.objects.filter(**where) if record]
    capacity: dict[str, Decimal] = {}
    for record in records:
        if record.capacity is not None and record.capacity_unit and record.capacity_unit.factor:
            unit = record.capacity_unit.base_unit
            capacity[unit] = capacity.get(unit, Decimal(0)) + record.capacity * record.capacity_unit.factor
    investment = f"{sum(record.investment or 0 for record in records):,}".replace(",", ".")
    return [
        str(len(records)),
        str(sum(record.workers_male or 0 for record in records)),
        str(sum(record.workers_female or 0 for record in records)),
        f"Rp {investment}",
        ", ".join(f"{int(capacity[unit])} {unit}" for unit in sorted(capacity)) or "-",
    ]


class TestRecap:
    @pytest.fixture
    def four(self, three):
        """Besides the three, one that says nothing and has no commodity."""
        make_business("Usaha Contoh D", live=False, commodity=None, record={"nik": ""})

    def test_figures_of_each_kelurahan_are_those_counted_by_hand(self, clerk, four):
        assert recap(clerk.get(URL), "Kelurahan") == {
            name: counted(business__kelurahan__name=name) for name in ("Kauman", "Medono")
        }
        assert recap(clerk.get(URL), "Kelurahan")["Kauman"] == ["3", "3", "5", "Rp 2.040.000.000", "230 pcs"]

    def test_and_of_each_commodity(self, clerk, four):
        assert recap(clerk.get(URL), "Komoditas") == {
            "Batik": counted(business__commodity__code="batik"),
            "Tempe": counted(business__commodity__code="tempe"),
            "belum ada": counted(business__commodity=None),
        }

    def test_groups_of_one_are_told_to_officers(self, clerk, four):
        assert recap(clerk.get(URL), "Komoditas")["Tempe"] == ["1", "3", "4", "Rp 0", "500 kg"]

    def test_it_counts_the_filtered_list(self, clerk, four):
        response = clerk.get(f"{URL}?shown=ya&scale=kecil")
        assert recap(response, "Kelurahan") == {"Kauman": counted(business__name="Batik Contoh A")}

    def test_each_number_leads_to_the_list_that_it_counts(self, clerk, four):
        page = BeautifulSoup(clerk.get(f"{URL}?ordering=-business__name").content, "html.parser")
        rows = page.select(".register-recap tbody tr")
        assert [row.th.text for row in rows] == ["Medono", "Kauman", "Batik", "Tempe", "belum ada"]
        for row in rows:
            (address,) = {link["href"] for link in row.select("td a")}
            found = clerk.get(address)
            assert sums(found)["Usaha"] == row.select_one("td a").text
            assert len(row.select("td a")) == 5
        assert shown(found) == ["Usaha Contoh D"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("classified=tidak", []),
        ("kecamatan=Pekalongan Barat", ["Tempe Contoh C"]),
        ("shown=ya", ["Batik Contoh A", "Batik Contoh B"]),
        ("scale=kecil", ["Batik Contoh A"]),
        ("scale=menengah", ["Batik Contoh B"]),
        ("scale=besar", []),
        ("q=tempe", ["Tempe Contoh C"]),
        ("kelurahan=abc", []),
        ("ordering=-business__name", ["Tempe Contoh C", "Batik Contoh B", "Batik Contoh A"]),
    ],
)
def test_filters_search_and_order(clerk, three, query, names):
    response = clerk.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert shown(response) == names


def test_an_officer_without_the_permission_gets_no_file(clerk, three):
    assert clerk.get(f"{URL}?export=csv").status_code in (302, 403)
    assert "export=" not in clerk.get(URL).content.decode()


@pytest.fixture
def export(head, three):
    def get(file_format: str, query: str = "") -> list[dict[str, str]]:
        response = head.get(f"{URL}?{query}&export={file_format}")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if file_format == "csv":
            return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        heading, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return [dict(zip(heading, row, strict=True)) for row in rows]

    return get


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_file_equals_the_filtered_list(export, file_format):
    rows = export(file_format, "shown=ya")
    assert [row["Nama usaha"] for row in rows] == ["Batik Contoh A", "Batik Contoh B"]
    first = rows[0]
    assert (str(first["Tenaga kerja L"]), first["Kapasitas per bulan"], first["Satuan"]) == ("2", "10", "kodi")
    assert first["Kapasitas dalam satuan dasar"] == "200 pcs"
    assert first["Skala (Permenperin 64/2016)"] == "Industri kecil"
    assert first["KBLI 2025"] == "13133"
    assert first["WhatsApp"] == "0812-0000-0111"


def test_no_cell_is_a_formula(export):
    assert export("csv")[1]["Nama pemilik"] == "'=HYPERLINK(1)"


def test_the_nik_is_whole_only_for_who_may_and_asks_and_each_export_is_recorded(export, three):
    assert export("csv")[0]["NIK"] == "3375**********00"
    assert export("csv", "nik=lengkap")[0]["NIK"] == FEMALE_NIK  # the head of section may reveal it
    entries = ModelLogEntry.objects.filter(action="gallery.export")
    assert sorted((entry.user.username, entry.data["nik"]) for entry in entries) == [
        *[("kepala", False)] * 3, *[("kepala", True)] * 3,
    ]  # fmt: skip


def test_who_may_take_files_but_not_read_niks_gets_them_masked(form, three):
    clerk = make_staff(roles.OFFICER, "galeri", forms=[form])
    clerk.user_permissions.add(Permission.objects.get(codename="export_business"))
    client = Client()
    client.force_login(clerk)
    assert "nik=lengkap" not in client.get(URL).content.decode()
    assert b"3375**********00" in b"".join(client.get(f"{URL}?export=csv").streaming_content)
    assert client.get(f"{URL}?export=csv&nik=lengkap").status_code in (302, 403)
    assert ModelLogEntry.objects.filter(action="gallery.export").count() == 3


def test_each_look_at_what_siinas_asks_for_is_recorded(clerk, three):
    record = BusinessRecord.objects.get(business__name="Batik Contoh A")
    assert clerk.get(f"{URL}{record.pk}/siinas/").status_code == 200
    (entry,) = ModelLogEntry.objects.for_instance(record).filter(action="gallery.view_record")
    assert entry.user.username == "galeri"


def test_an_officer_of_another_service_sees_nothing(officer, three):
    client = Client()
    client.force_login(officer)
    record = BusinessRecord.objects.first()
    for url in (URL, f"{URL}?export=csv", f"{URL}hasil/", f"{URL}{record.pk}/siinas/"):
        assert client.get(url).status_code in (302, 403), url


def test_an_officer_of_one_gallery_form_sees_nothing_of_another(form, three):
    make_registration(form, nama_usaha="Usaha Contoh Lain")
    record = BusinessRecord.objects.get(business__name="Usaha Contoh Lain")
    second = make_gallery_form("gallery-kedua")
    client = Client()
    client.force_login(make_staff(roles.OFFICER, "kedua", forms=[second]))
    page = client.get(URL).content.decode()
    assert "Batik Contoh A" in page  # recorded by an officer: no form's
    assert "Usaha Contoh Lain" not in page
    assert b"Usaha Contoh Lain" not in b"".join(client.get(f"{URL}?export=csv"))
    assert client.get(f"{URL}{record.pk}/siinas/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows(clerk, form, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(100) as captured:
            assert clerk.get(URL).status_code == 200
        return len(captured)

    for number in range(2):
        make_business(f"Usaha Contoh {number}", record={"nik": ""})
    queries()
    two = queries()
    trades = list(Commodity.objects.all())
    for number, place in enumerate(Kelurahan.objects.all()[:18]):
        make_business(f"Usaha Contoh {place}", kelurahan=place, commodity=trades[number], record={"nik": ""})
    assert queries() == two


@pytest.mark.parametrize(
    ("workers", "investment", "scale"),
    [
        (19, 999_999_999, ScaleClass.SMALL),
        (19, 1_000_000_000, ScaleClass.MEDIUM),
        (20, 1, ScaleClass.MEDIUM),
        (20, 15_000_000_000, ScaleClass.MEDIUM),
        (20, 15_000_000_001, ScaleClass.LARGE),
        (0, 0, ScaleClass.SMALL),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_the_scale_is_that_of_the_regulation(workers, investment, scale):
    assert scale_class(workers, investment) == scale


def test_units_are_converted_where_they_can_be():
    assert str(register.in_base_unit(Decimal(3), Unit.objects.get(code="kodi"))) == "60 pcs"
    assert str(register.in_base_unit(Decimal("1.5"), Unit.objects.get(code="kuintal"))) == "150 kg"
    assert register.in_base_unit(Decimal(3), Unit.objects.get(code="piece")) is None


class TestSiinas:
    @pytest.fixture
    def record(self, form):
        return make_business(record={"workers_male": 1, "workers_female": 2, "capacity": 5}).record

    def test_it_counts_what_is_known_in_the_order_of_the_regulation(self, record):
        found = siinas.readiness(record)
        assert found.text == "2/11"
        assert found.known == ("Kapasitas produksi", "Tenaga kerja")
        assert found.missing[0] == "Nilai investasi tanpa tanah dan bangunan"
        Material.objects.create(record=record, kind="bakar", name="kayu")
        record.siinas = {"water_m3": "0"}
        assert siinas.readiness(record).text == "4/11"

    def test_an_officer_fills_in_the_rest(self, clerk, record):
        url = f"{URL}{record.pk}/siinas/"
        typed = {"seen": siinas_fields(clerk.get(url))["seen"], "water_m3": "1.500,5", "machines": "kompor 6"}
        response = clerk.post(url, typed, follow=True)
        assert "Pelengkap SIINas disimpan." in response.content.decode()
        record.refresh_from_db()
        assert record.siinas == {"water_m3": "1500.5", "machines": "kompor 6"}
        assert "4/11" in clerk.get(url).content.decode()
        entry = ModelLogEntry.objects.get(action="wagtail.edit", object_id=str(record.pk))
        assert "kompor" not in str(entry.data)

    def test_the_second_of_two_officers_loses_nothing_and_overwrites_nothing(self, clerk, record):
        url = f"{URL}{record.pk}/siinas/"
        then = siinas_fields(clerk.get(url))["seen"]
        clerk.post(url, {"seen": then, "electricity_kwh": "900"})
        answer = clerk.post(url, {"seen": then, "water_m3": "12"})
        page = BeautifulSoup(answer.content, "html.parser")
        record.refresh_from_db()
        assert (answer.status_code, record.siinas) == (409, {"electricity_kwh": "900"})
        assert "data ini berubah" in page.select_one("[role=alert]").text
        assert page.select_one("[name=water_m3]")["value"] == "12"
        assert clerk.post(url, {**siinas_fields(answer), "electricity_kwh": "900"}).status_code == 302
        record.refresh_from_db()
        assert record.siinas == {"electricity_kwh": "900", "water_m3": "12"}

    def test_production_of_a_quarter_that_is_over_is_a_change_too(self, clerk, record):
        quarter = Quarter.now().before
        QuarterlyReport.objects.create(record=record, year=quarter.year, quarter=quarter.number, data={})
        url = f"{URL}{record.pk}/siinas/"
        opened = siinas_fields(clerk.get(url))
        assert clerk.post(url, opened | {"last_production": "31"}).status_code == 302
        assert clerk.post(url, opened | {"water_m3": "7"}).status_code == 409
        assert siinas_fields(clerk.get(url))["last_production"] == "31"

    def test_a_double_press_is_no_conflict(self, clerk, record):
        typed = {"seen": siinas_fields(clerk.get(f"{URL}{record.pk}/siinas/"))["seen"], "water_m3": "12"}
        for _ in range(2):
            answer = clerk.post(f"{URL}{record.pk}/siinas/", typed, follow=True)
            assert "Pelengkap SIINas disimpan." in answer.content.decode()

    def test_numbers_are_typed_and_shown_as_people_here_write_them(self, clerk, record):
        url = f"{URL}{record.pk}/siinas/"
        clerk.post(
            url, {"seen": siinas_fields(clerk.get(url))["seen"], "land_and_building": "1.500.000", "water_m3": "2,5"}
        )
        record.refresh_from_db()
        assert record.siinas == {"land_and_building": "1500000", "water_m3": "2.5"}
        inputs = BeautifulSoup(clerk.get(url).content, "html.parser").select(".siinas form input:not([type=hidden])")
        shown = {field["name"]: field.get("value", "") for field in inputs}
        assert (shown["land_and_building"], shown["water_m3"]) == ("1.500.000", "2,5")
        assert {(field["type"], field["inputmode"]) for field in inputs} == {("text", "decimal")}
        clerk.post(url, {"seen": siinas_fields(clerk.get(url))["seen"], **shown})
        record.refresh_from_db()
        assert record.siinas == {"land_and_building": "1500000", "water_m3": "2.5"}
        assert ModelLogEntry.objects.filter(action="wagtail.edit", object_id=str(record.pk)).count() == 1

    @pytest.mark.parametrize("typed", ["-1", "abc", "9" * 30, "1e400", "\x00"])
    def test_wrong_numbers_are_explained_and_nothing_is_stored(self, clerk, record, typed):
        response = clerk.post(f"{URL}{record.pk}/siinas/", {"water_m3": typed, "machines": "kompor 6"})
        assert response.status_code in (400, 422)
        if response.status_code == 422:
            assert BeautifulSoup(response.content, "html.parser").select_one('[autofocus] a[href="#id_water_m3"]')
            assert "kompor 6" in response.content.decode()
        record.refresh_from_db()
        assert record.siinas == {}
