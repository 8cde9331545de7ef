"""Regulations from a table or a ZIP: checked whole and shown, then made as drafts, all or none."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import PageLogEntry, PageSubscription

from regulasi.bulk_import.columns import EXAMPLES, HEADINGS
from regulasi.enums import Verb
from regulasi.models import DocumentText, RegulationPage, RegulationStub
from siptenan.common.models import SiteDocument
from tests.factories.regulations import make_regulation, make_regulation_index, make_stub
from tests.forms.upload_files import pdf

from .imports import PERMEN, URL, UU, check, confirm, csv, in_store, page, said, staged, xlsx, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
TEN = [{**UU, "nomor": str(number), "berkas": f"uu-{number}.pdf"} for number in range(1, 11)]


# --- What a good file becomes ---------------------------------------------------------------------


@pytest.mark.parametrize(("content", "name"), [(xlsx, "regulasi.xlsx"), (csv, "regulasi.csv")])
def test_nothing_is_stored_until_it_is_confirmed_and_then_drafts_of_all_rows(desk, editor, content, name):
    response = check(desk, content(UU, PERMEN), name)
    assert response.status_code == 200
    words = said(response)
    assert "2 regulasi akan dibuat sebagai draf, 0 dengan PDF." in words
    for composed in (
        "Undang-Undang Nomor 20 Tahun 2016 tentang Merek dan Indikasi Geografis",
        "Peraturan Menteri Perindustrian Nomor 13 Tahun 2025 tentang Tata Cara Penyampaian Data Industri",
        "Indonesia. Kementerian Perindustrian", "uu-20-2016", "permenperin-13-2025",
    ):  # fmt: skip
        assert composed in words
    assert in_store() == (0, 0, 0, 0)

    assert "2 regulasi dibuat sebagai draf." in said(confirm(desk, response))
    uu = RegulationPage.objects.get(slug="uu-20-2016")
    assert (uu.live, uu.has_unpublished_changes, uu.owner, uu.kind.code) == (False, True, editor, "uu")
    assert (uu.enacted_on, uu.legal_field.code) == (dt.date(2016, 11, 25), "kekayaan-intelektual")
    assert {subject.name for subject in uu.subjects.all()} == {"MEREK", "INDIKASI GEOGRAFIS"}
    permen = RegulationPage.objects.get(slug="permenperin-13-2025")
    assert (permen.initiator.code, permen.enacted_on) == ("kemenperin", dt.date(2020, 11, 12))
    assert uu.get_latest_revision().as_object().about == "Merek dan Indikasi Geografis"


def test_a_page_leaves_the_traces_of_one_that_the_editor_typed(desk, editor):
    confirm(desk, check(desk, xlsx(UU, PERMEN)))
    for regulation in RegulationPage.objects.all():
        entries = PageLogEntry.objects.filter(page=regulation.pk).latest_by_uuid_and_action()  # as its history does
        traces = [("wagtail.create", editor), ("wagtail.edit", editor)]
        assert [(entry.action, entry.user) for entry in entries.order_by("pk")] == traces
        assert [revision.user for revision in regulation.revisions.all()] == [editor]
        assert PageSubscription.objects.filter(page=regulation, user=editor, comment_notifications=True).exists()


@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_csv_of_excel_in_indonesia(desk, delimiter):
    row = {**PERMEN, "tahun": "2025,0" if delimiter == ";" else "2025.0", "tanggal penetapan": "12/11/2020",
           "tanggal pengundangan": "12 Nopember 2020", "jumlah halaman": "1.200"}  # fmt: skip
    confirm(desk, check(desk, csv(row, delimiter=delimiter), "regulasi.csv"))
    permen = RegulationPage.objects.get()
    assert (permen.year, permen.page_count) == (2025, 1200)
    assert permen.enacted_on == permen.promulgated_on == dt.date(2020, 11, 12)


@pytest.mark.parametrize(
    ("issuer", "code"), [("Pemerintah Kota Pekalongan", "perda"), ("Pemerintah Provinsi Jawa Tengah", "perda-prov")]
)
def test_who_issued_it_says_whose_perda_it_is(desk, issuer, code):
    row = {**UU, "jenis": "Perda", "pemrakarsa": issuer, "mencabut": ""}
    confirm(desk, check(desk, csv(row), "regulasi.csv"))
    assert RegulationPage.objects.get().kind.code == code


def test_cells_of_excel_with_numbers_dates_and_lines(desk):
    row = {
        **UU,
        "nomor": 20,
        "tahun": 2016,
        "tanggal penetapan": dt.datetime(2016, 11, 25),
        "materi pokok": "Satu.\n\nDua.",
    }
    confirm(desk, check(desk, xlsx(row)))
    uu = RegulationPage.objects.get()
    assert (uu.number, uu.year, uu.enacted_on) == ("20", 2016, dt.date(2016, 11, 25))
    assert uu.main_points == "Satu.\nDua."


def test_ten_rows_with_ten_pdfs_are_one_transaction_and_their_texts_are_left_to_the_worker(
    desk, editor, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    files = [(f"pdf/uu-{number}.pdf", pdf(kids=number)) for number in range(1, 11)]
    response = check(desk, zipped(("daftar/regulasi.xlsx", xlsx(*TEN)), *files), "regulasi.zip")
    assert "10 regulasi akan dibuat sebagai draf, 10 dengan PDF." in said(response)
    assert "uu-1.pdf, disimpan sebagai 2016uu001.pdf" in said(response)
    assert in_store() == (0, 0, 0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(desk, response)
    assert in_store() == (10, 10, 0, 10)
    third = RegulationPage.objects.get(number="3")
    with third.document.open_file() as file:
        assert file.read() == pdf(kids=3)
    assert (third.document.uploaded_by_user, third.document.file_size) == (editor, len(pdf(kids=3)))
    assert third.get_latest_revision().as_object().document == third.document
    assert set(DocumentText.objects.values_list("state", "document")) == {
        ("menunggu", document.pk) for document in SiteDocument.objects.all()
    }


def test_a_row_may_come_without_a_pdf(desk):
    rows = xlsx({**UU, "berkas": "uu.pdf"}, PERMEN)
    response = check(desk, zipped(("r.xlsx", rows), ("uu.pdf", pdf())), "r.zip")
    assert "2 regulasi akan dibuat sebagai draf, 1 dengan PDF." in said(response)


def test_what_computers_put_into_a_zip_is_passed_over(desk):
    litter = (("__MACOSX/._uu.pdf", b"x"), (".DS_Store", b"x"), ("PDF/Thumbs.db", b"x"))
    content = zipped(("r.csv", csv({**UU, "berkas": "PDF\\UU.PDF"})), ("PDF/uu.pdf", pdf()), *litter)
    assert "1 dengan PDF" in said(check(desk, content, "r.zip"))


def test_the_example_can_be_imported_as_it_is(desk):
    content = desk.get(f"{URL}contoh.xlsx").content
    assert [cell.value for cell in load_workbook(io.BytesIO(content)).active[1]] == list(HEADINGS)
    files = [(row["berkas"], pdf(kids=place)) for place, row in enumerate(EXAMPLES, 1)]
    assert "2 dengan PDF" in said(check(desk, zipped(("c.xlsx", content), *files), "c.zip"))


def test_the_number_of_queries_of_checking_does_not_grow_with_the_rows(desk):
    def queries(count: int) -> int:
        rows = [
            {**UU, "nomor": str(number), "mengubah": f"UU {number}/2001 tentang Satu"} for number in range(1, count + 1)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert check(desk, csv(*rows), "r.csv").status_code == 200
        return len(captured)

    queries(1)
    assert queries(2) == queries(20)


# --- Relations ------------------------------------------------------------------------------------


def test_relations_to_a_row_to_a_page_and_to_regulations_outside(desk):
    held = make_regulation("uu", "3", 2014, "Perindustrian")
    outside = make_stub("uu", "15", 2001, "Merek")
    rows = (
        {**UU, "mencabut": "UU 15/2001", "melaksanakan": "UU No. 3 Tahun 2014"},
        {**UU, "jenis": "PP", "nomor": "22", "tahun": "2018",
         "melaksanakan": "UU 20/2016; UU 11/2020 tentang Cipta Kerja"},
        {**UU, "jenis": "PP", "nomor": "23", "tahun": "2021",
         "mengubah": "PP 22/2018", "melaksanakan": "uu 11/2020 tentang Cipta Kerja"},
    )  # fmt: skip
    response = check(desk, xlsx(*rows))
    words = said(response)
    assert "Melaksanakan UU 20/2016 (baris 2)" not in words  # the words of the choice begin small
    assert "melaksanakan UU 20/2016 (baris 2)" in words
    assert "mencabut UU 15/2001 (regulasi luar)" in words
    assert "Juga ditambah ke Regulasi luar" in words
    assert RegulationStub.objects.count() == 1
    confirm(desk, response)
    uu, first, second = RegulationPage.objects.exclude(pk=held.pk).order_by("pk")
    new = RegulationStub.objects.exclude(pk=outside.pk).get()
    assert (new.kind.code, new.number, new.year, new.about) == ("uu", "11", 2020, "Cipta Kerja")
    expected = {
        uu: [(Verb.REVOKES, None, outside), (Verb.IMPLEMENTS, held, None)],
        first: [(Verb.IMPLEMENTS, uu, None), (Verb.IMPLEMENTS, None, new)],
        second: [(Verb.AMENDS, first, None), (Verb.IMPLEMENTS, None, new)],
    }
    for regulation, rows_of_it in expected.items():
        for stored in (regulation, regulation.get_latest_revision().as_object()):
            assert [(row.verb, row.other, row.stub) for row in stored.relations.all()] == rows_of_it


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mencabut": "peraturan lama"}, "mencabut: “peraturan lama” tidak dikenal. Tulis seperti UU 20/2016"),
        ({"mencabut": "UU 15"}, "mencabut: “UU 15” tidak dikenal."),
        ({"mencabut": "UU 15/2001"}, "“UU 15/2001” tidak ada di sini. Tulis jenis dan tentangnya juga"),
        ({"mencabut": "Perda 3/2001 tentang Satu"}, "tidak ada di sini. Tulis jenis dan tentangnya juga"),
        ({"mencabut": "Permen 3/2001 tentang Satu"}, "belum menyebut instansinya"),
        ({"mencabut": "UU 20/2016"}, "peraturan tidak dapat berhubungan dengan dirinya sendiri."),
        ({"mencabut": "UU 1/2020 tentang Yang Lebih Baru"}, "lebih tua daripada UU 1/2020"),
        ({"mencabut": "UU 1/2001 tentang A", "mengubah": "UU 1/2001 tentang A"}, "mencabut seluruh UU 1/2001"),
        ({"melaksanakan": "UU 1/2001 tentang A; UU 1/2001 tentang A"}, "sudah ada di halaman ini"),
    ],
)  # fmt: skip
def test_a_relation_that_is_unclear_or_cannot_be_is_refused(desk, changes, words):
    response = check(desk, xlsx(UU | changes))
    assert response.status_code == 422
    assert words in said(response)
    assert in_store() == (0, 0, 0, 0)


# --- Bad rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"jenis": ""}, "jenis: belum diisi."),
        ({"nomor": ""}, "nomor: belum diisi."),
        ({"tahun": ""}, "tahun: belum diisi."),
        ({"tentang": ""}, "tentang: belum diisi."),
        ({"jenis": "Peraturan Kerajaan"}, "jenis: “Peraturan Kerajaan” tidak dikenal."),
        ({"jenis": "Perda"}, "jenis: “Perda” dapat berarti Peraturan Daerah Kota atau Peraturan Daerah Provinsi."),
        ({"jenis": "Peraturan Menteri", "pemrakarsa": ""}, "pemrakarsa: belum diisi."),
        ({"jenis": "Permenperin", "pemrakarsa": "Kemendag"}, "lain dari yang disebut jenisnya"),
        ({"pemrakarsa": "Kementerian Sihir"}, "pemrakarsa: “Kementerian Sihir” tidak dikenal."),
        ({"status": "antah"}, "status: “antah” tidak dikenal."),
        ({"subjek": "MEREK; NAGA"}, "subjek: “NAGA” tidak ada di Referensi"),
        ({"bidang hukum": "Sihir"}, "bidang hukum: “Sihir” tidak dikenal."),
        ({"diundangkan di": "Koran"}, "diundangkan di: “Koran” tidak dikenal."),
        ({"tahun": "duaribu"}, "tahun: “duaribu” bukan angka bulat."),
        ({"tahun": "1700"}, "tahun: Tahun paling awal 1800."),
        ({"nomor": "9" * 61}, "nomor: "),
        ({"jumlah halaman": "1,5"}, "jumlah halaman: “1,5” bukan angka bulat."),
        ({"tanggal penetapan": "11/25/2016"}, "tanggal penetapan: “11/25/2016” bukan tanggal."),
        ({"tanggal penetapan": 42699}, "tanggal penetapan: “42699” bukan tanggal."),
        ({"tanggal pengundangan": "1 Januari 2016"}, "tanggal pengundangan: Tanggal ini sebelum tanggal penetapan."),
        ({"berkas": "uu.pdf"}, "berkas: “uu.pdf” tidak ikut diunggah."),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_nothing_is_imported(desk, changes, words):
    response = check(desk, xlsx(PERMEN, UU | changes))
    assert response.status_code == 422
    assert f"Baris 3, {words}" in said(response) or ("Baris 3, " in said(response) and words in said(response))
    assert page(response).select("[name=rows]") == []
    assert in_store() == (0, 0, 0, 0)
    assert staged() == []


def test_every_bad_row_is_told_at_once(desk):
    words = said(check(desk, xlsx({**UU, "nomor": ""}, {**UU, "jenis": "X"}, {**UU, "tahun": "nol"})))
    assert [f"Baris {row}, " in words for row in (2, 3, 4)] == [True] * 3


def test_a_regulation_that_is_held_or_there_twice_is_refused(desk):
    make_regulation("uu", "020", 2016, live=False)
    words = said(check(desk, xlsx(UU, PERMEN, {**PERMEN, "nomor": "013"})))
    assert "Baris 2, UU 20/2016 sudah punya halaman" in words
    assert "Baris 4, Permenperin 013/2025 sudah ada di baris 3." in words


def test_a_status_that_dates_and_relations_contradict_is_remarked(desk):
    rows = (
        {**UU, "status": "tidak berlaku"},
        {**PERMEN, "status": "Dicabut"},
        {**PERMEN, "nomor": "14", "mencabut": "Permenperin 13/2025"},
    )
    notes = page(check(desk, xlsx(*rows))).select(".import-rows strong")
    assert len(notes) == 1
    assert "Tertulis “Tidak berlaku”, padahal menurut tanggal dan hubungan di berkas ini “Berlaku”." in notes[0].text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas ini kosong."),
        (b"\xff\xfe\x00", "bukan XLSX dan bukan teks"),
        (b"jenis;nomor\nUU;1", "Kolom “tahun” tidak ada."),
        (csv({**UU, "warna": "biru"}), "Kolom “warna” tidak dikenal."),
        (csv(UU).split(b"\r\n")[0], "tidak berisi satu regulasi pun"),
        (b"x" * 2_000_001, "lebih besar dari 2 MB"),
        (csv(*({**UU, "nomor": str(number)} for number in range(201))), "Lebih dari 200 baris"),
    ],
)
def test_what_is_no_table_is_refused_in_words(desk, content, words):
    response = check(desk, content, "regulasi.csv")
    assert response.status_code == 422
    assert words in said(response)


# --- Who ------------------------------------------------------------------------------------------


def test_who_may_not_add_pages_may_not_import(site, officer):
    client = Client()
    client.force_login(officer)
    for response in (client.get(URL), check(client, csv(UU), "r.csv"), client.get(f"{URL}contoh.xlsx")):
        assert response.status_code in (302, 403)
    assert in_store() == (0, 0, 0, 0)
    assert staged() == []


def test_an_editor_finds_it_in_the_menu_and_above_the_list(desk):
    index = make_regulation_index()
    assert URL in desk.get("/cms/").content.decode()
    assert page(desk.get(f"/cms/pages/{index.pk}/")).select(f'a[href="{URL}"]') != []
    assert desk.get("/cms/regulasi/", follow=True).redirect_chain[-1][0] == f"/cms/pages/{index.pk}/"


def test_without_a_list_it_says_what_to_do_first(editor):
    client = Client()
    client.force_login(editor)
    assert "Daftar regulasi belum ada." in said(client.get(URL))
