"""Businesses from a table: checked whole, imported whole or not at all."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from wagtail.models import ModelLogEntry

from gallery.models import Business, BusinessRecord, Product
from gallery.views.business_import import EXAMPLE
from siptenan.accounts import roles
from siptenan.common.encryption import encrypt
from tests.factories import make_business, make_gallery_form, make_staff
from tests.factories.gallery import FEMALE_NIK

pytestmark = pytest.mark.django_db
URL = "/cms/gallery/impor/"
SECOND = {**EXAMPLE, "nama produk": "Sarung Contoh Impor", "harga": ""}
OTHER = {**EXAMPLE, "nama usaha": "Tempe Contoh Impor", "nik": "", "kelurahan": "kalibaros", "komoditas": "Tempe"}


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form) -> Client:
    client = Client()
    client.force_login(make_staff(roles.OFFICER, "galeri", forms=[form]))
    return client


def xlsx(*rows: dict) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(EXAMPLE))
    for row in rows:
        book.active.append([row[name] for name in EXAMPLE])
    book.save(out)
    return out.getvalue()


def csv(*rows: dict) -> bytes:
    lines = [";".join(EXAMPLE), *(";".join(str(row[name]) for name in EXAMPLE) for row in rows)]
    return ("\ufeff" + "\r\n".join(lines)).encode()


def check(client: Client, content: bytes, name: str = "usaha.xlsx"):
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def confirm(client: Client, response):
    return client.post(URL, {"rows": page(response).select_one("[name=rows]")["value"]}, follow=True)


@pytest.mark.parametrize(("content", "name"), [(xlsx, "usaha.xlsx"), (csv, "usaha.csv")])
def test_nothing_is_stored_until_it_is_confirmed_and_then_all_of_it(clerk, content, name):
    response = check(clerk, content(EXAMPLE, SECOND, OTHER), name)
    assert response.status_code == 200
    assert "2 usaha akan diimpor" in page(response).text
    assert not Business.objects.exists()
    assert "2 usaha diimpor sebagai draf." in page(confirm(clerk, response)).text
    business = Business.objects.get(name="Batik Contoh Impor")
    assert [product.name for product in business.products.order_by("pk")] == [
        "Kain Batik Contoh Impor",
        "Sarung Contoh Impor",
    ]
    assert [product.price for product in business.products.order_by("pk")] == [150_000, None]
    record = business.record
    assert (record.nik, record.phone, record.workers_female) == (FEMALE_NIK, "+6281200000999", 4)
    assert (record.capacity, record.capacity_unit.code) == (10, "kodi")
    assert (business.contact_name, business.whatsapp) == ("Ibu Contoh Impor", "+6281200000999")
    assert Business.objects.get(name="Tempe Contoh Impor").kelurahan.name == "Kali Baros"
    assert not Business.objects.filter(live=True).exists()
    assert all(product.workflow_in_progress for product in Product.objects.all())


def test_each_business_has_a_history_of_its_own(clerk):
    confirm(clerk, check(clerk, xlsx(EXAMPLE, OTHER)))
    for business in Business.objects.all():
        (entry,) = ModelLogEntry.objects.for_instance(business).latest_by_uuid_and_action()  # as its history does
        assert (entry.action, entry.user.username) == ("wagtail.create", "galeri")


def test_the_nik_is_not_readable_in_between(clerk):
    response = check(clerk, xlsx(EXAMPLE))
    assert FEMALE_NIK.encode() not in response.content


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nama usaha": ""}, "nama usaha: belum diisi."),
        ({"kelurahan": "Bandung"}, "“Bandung” tidak dikenal"),
        ({"nik": "337501470890"}, "NIK harus 16 angka"),
        ({"nik": "3375019913900000"}, "bukan tanggal lahir"),
        ({"whatsapp": "12"}, "Nomor WhatsApp terlalu pendek"),
        ({"harga": "seratus"}, "harga: tulis dengan angka bulat"),
        ({"harga": "9" * 40}, "harga: angkanya terlalu besar"),
        ({"komoditas": "Roket"}, "“Roket” tidak dikenal"),
        ({"satuan": "gantang"}, "“gantang” tidak dikenal"),
        ({"satuan": "rupiah"}, "“rupiah” tidak dikenal"),
        ({"satuan harga": "orang"}, "“orang” tidak dikenal"),
        ({"tahun berdiri": "2199"}, "tahun berdiri: harus antara 1900 dan"),
        ({"tahun berdiri": "86"}, "tahun berdiri: harus antara 1900 dan"),
        ({"satuan": ""}, "kapasitas per bulan dan satuan harus diisi bersama."),
        ({"gender": "X"}, "tulis P atau L."),
        ({"setuju nama tampil": "mungkin"}, "tulis ya atau tidak."),
        ({"deskripsi": "=1+1", "nama produk": "x" * 161}, "terlalu panjang"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(clerk, changes, words):
    response = check(clerk, xlsx(EXAMPLE, {**OTHER, **changes}))
    assert response.status_code == 422
    text = page(response).text
    assert "Baris 3, " in text
    assert words in text
    assert page(response).select("[name=rows]") == []
    assert not Business.objects.exists()


def test_a_nik_that_excel_rounded_is_refused(clerk):
    text = page(check(clerk, xlsx({**EXAMPLE, "nik": 3375014708900123}))).text
    assert "Excel membulatkan angka sepanjang itu" in text
    assert "3375014708900123" not in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas ini kosong."),
        (b"PK\x03\x04 rusak", "bukan XLSX yang utuh"),
        (b"\xff\xfe\x00", "bukan XLSX dan bukan teks"),
        (b"nama usaha;kelurahan\nA;B", "Kolom “nama pemilik” tidak ada."),
        (csv(EXAMPLE).replace(b"gender;", b"agama;", 1), "Kolom “agama” tidak dikenal."),
        (csv(), "tidak berisi satu usaha pun"),
        (b"x" * 2_000_001, "lebih besar dari 2 MB"),
    ],
)
def test_what_is_no_table_is_refused_in_words(clerk, content, words):
    response = check(clerk, content, "usaha.csv")
    assert response.status_code == 422
    assert words in page(response).text


def test_too_many_rows_are_refused(clerk):
    rows = [{**OTHER, "nama usaha": f"Usaha Contoh {number}"} for number in range(501)]
    assert "Lebih dari 500 baris" in page(check(clerk, csv(*rows), "usaha.csv")).text


def test_a_business_of_the_register_is_passed_over(clerk):
    make_business("Batik Contoh Lama", record={"nik": FEMALE_NIK})
    response = check(clerk, xlsx(EXAMPLE, OTHER))
    assert "sudah tercatat sebagai Batik Contoh Lama" in page(response).text
    confirm(clerk, response)
    assert set(Business.objects.values_list("name", flat=True)) == {"Batik Contoh Lama", "Tempe Contoh Impor"}


def test_confirming_twice_adds_nothing_twice(clerk):
    response = check(clerk, xlsx(EXAMPLE, OTHER))
    confirm(clerk, response)
    confirm(clerk, response)
    assert Business.objects.count() == 2


def test_a_token_of_somebody_else_is_refused(clerk):
    response = clerk.post(URL, {"rows": "enc1.00000000.abc"}, follow=True)
    assert "Unggah berkasnya sekali lagi" in page(response).text
    assert not BusinessRecord.objects.exists()


def test_an_officer_of_another_service_may_not(officer, form):
    client = Client()
    client.force_login(officer)
    assert client.get(URL).status_code in (302, 403)
    assert check(client, xlsx(EXAMPLE)).status_code in (302, 403)
    assert client.get(f"{URL}contoh.xlsx").status_code in (302, 403)


def test_the_example_can_be_imported_as_it_is(clerk):
    content = clerk.get(f"{URL}contoh.xlsx").content
    response = check(clerk, content)
    assert "1 usaha akan diimpor" in page(response).text


@pytest.mark.parametrize("secret", [FEMALE_NIK, "teks", '{"entries": []}', '{"purpose": "lain", "entries": []}', "[1]"])
def test_a_token_of_something_else_is_refused_in_words(clerk, secret):
    """Every value that is encrypted in the database is a token of the same keys: a NIK was one that gave a 500."""
    response = clerk.post(URL, {"rows": encrypt(secret)}, follow=True)
    assert response.status_code == 200
    assert "Data yang diperiksa sudah tidak dapat dibaca. Unggah berkasnya sekali lagi." in response.content.decode()
    assert not Business.objects.exists()


def test_the_screen_lists_what_commodities_and_units_are_known(clerk):
    """Officers have no menu Referensi to look them up in."""
    response = check(clerk, xlsx({**EXAMPLE, "komoditas": "Roket", "satuan": "gantang"}))
    soup = page(response)
    lists = {found.summary.text: found for found in soup.select("main details") if found.summary}
    assert "Tempe" in [item.text for item in lists["Komoditas yang dikenal"].select("li")]
    assert "kg" in [item.text for item in lists["Satuan yang dikenal"].select("code")]
    errors = soup.select_one("main [role=alert]").text
    assert all(f"“{name}”" in errors for name in lists)
    assert "menu Referensi" not in soup.select_one("main").text
