"""Import of regulations: ZIPs with something wrong, and what happens between checking and confirming."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connections
from django.test import Client

from regulasi.bulk_import import reading, storing
from regulasi.bulk_import.plan import Plan
from regulasi.models import RegulationIndexPage, RegulationPage
from siptenan.common.staging import FOLDER
from siptenan.common.tables import InvalidFile
from tests.factories.regulations import make_regulation, make_regulation_index
from tests.forms.upload_files import pdf
from tests.regulasi.test_document_checks import locked

from .imports import PERMEN, URL, UU, check, confirm, csv, in_store, said, staged, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


# --- The ZIP --------------------------------------------------------------------------------------

ROW = csv({**UU, "berkas": "uu.pdf"})


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("r.csv", ROW)], "Baris 2, berkas: “uu.pdf” tidak ada di dalam ZIP."),
        ([("r.csv", ROW), ("uu.pdf", b"")], "Baris 2, berkas: “uu.pdf” ditolak. Berkas ini kosong"),
        ([("r.csv", ROW), ("uu.pdf", b"<html>")], "Baris 2, berkas: “uu.pdf” ditolak. Isi berkas ini bukan PDF."),
        ([("r.csv", ROW), ("uu.pdf", b"%PDF-1.7\nx")], "ditolak. Dokumen ini rusak"),
        ([("r.csv", ROW), ("uu.pdf", locked())], "ditolak. Dokumen ini dikunci dengan kata sandi."),
        ([("r.csv", csv({**UU, "berkas": "uu.txt"})), ("uu.txt", pdf())], "bukan PDF menurut namanya"),
        ([("r.csv", csv({**UU, "berkas": "r.csv"}))], "“r.csv” tidak ada di dalam ZIP."),
        (
            [("r.csv", csv(*({**UU, "nomor": n, "berkas": "uu.pdf"} for n in "12"))), ("uu.pdf", pdf())],
            "Baris 3, berkas: “uu.pdf” sudah dipakai baris 2.",
        ),
        (
            [("r.csv", ROW), ("uu.pdf", pdf()), ("lain.pdf", pdf())],
            "“lain.pdf” ada di dalam ZIP, tetapi tidak disebut baris mana pun.",
        ),
        ([("uu.pdf", pdf())], "ZIP harus berisi tepat satu tabel XLSX atau CSV; yang ditemukan: tidak ada."),
        ([("r.csv", ROW), ("s.csv", ROW), ("uu.pdf", pdf())], "yang ditemukan: “r.csv”, “s.csv”."),
        ([("r.xlsx", b"bukan"), ("uu.pdf", pdf())], "Kolom “jenis” tidak ada."),
    ],
)
def test_a_zip_with_something_wrong_is_refused(desk, files, words):
    response = check(desk, zipped(*files), "regulasi.zip")
    assert response.status_code == 422
    assert words in said(response)
    assert in_store() == (0, 0, 0, 0)


def test_a_name_with_folders_leads_nowhere_else(desk, folders):
    """The name in a ZIP is a label: `../` writes nothing anywhere, the document gets the composed name."""
    content = zipped(("../../r.csv", csv({**UU, "berkas": "../../../etc/uu.pdf"})), ("../../../../tmp/uu.pdf", pdf()))
    confirm(desk, check(desk, content, "r.zip"))
    document = RegulationPage.objects.get().document
    assert document.file.name == "documents/2016uu020.pdf"
    assert document.file.path.startswith(str(folders))


# --- Between checking and confirming --------------------------------------------------------------


def test_confirming_twice_makes_no_second_set(desk):
    response = check(desk, zipped(("r.csv", ROW), ("uu.pdf", pdf())), "r.zip")
    assert len(staged()) == 1
    confirm(desk, response)
    before = in_store()
    assert "Berkas itu sudah diimpor, atau terlalu lama menunggu." in said(confirm(desk, response))
    assert in_store() == before == (1, 1, 0, 1)
    assert staged() == []


def test_two_that_were_checked_before_either_was_confirmed_do_not_both_count(desk):
    first, second = check(desk, csv(UU), "r.csv"), check(desk, csv(UU, PERMEN), "r.csv")
    confirm(desk, first)
    response = confirm(desk, second)
    assert "UU 20/2016 sudah punya halaman" in said(response)
    assert RegulationPage.objects.count() == 1


def test_a_regulation_that_appears_while_it_is_stored_undoes_everything(desk, monkeypatch, folders):
    """What the lock is for: between the last check and the transaction somebody else was faster."""
    content = zipped(("r.csv", csv({**UU, "berkas": "uu.pdf"}, PERMEN)), ("uu.pdf", pdf()))
    response = check(desk, content, "r.zip")
    real = storing.store
    monkeypatch.setattr(
        storing, "store", lambda *given: (make_regulation("uu", "20", 2016, live=False), real(*given))[1]
    )
    assert "sudah punya halaman" in said(confirm(desk, response))
    assert RegulationPage.objects.count() == 1


def test_a_fault_in_the_middle_leaves_neither_rows_nor_files(desk, monkeypatch, folders):
    content = zipped(
        ("r.csv", csv({**UU, "berkas": "uu.pdf", "mencabut": "UU 1/2001 tentang A"}, PERMEN)), ("uu.pdf", pdf())
    )
    response = check(desk, content, "r.zip")
    monkeypatch.setattr(storing, "_finish", lambda *given: 1 / 0)
    desk.raise_request_exception = False
    assert confirm(desk, response).status_code == 500
    assert in_store() == (0, 0, 0, 0)
    assert [path for path in (folders / "media").rglob("*") if path.is_file()] == []


def test_a_token_serves_its_own_user_only_and_not_for_ever(desk, admin):
    response = check(desk, csv(UU), "r.csv")
    other = Client()
    other.force_login(admin)
    assert "Unggah sekali lagi" in said(confirm(other, response))
    assert "Unggah sekali lagi" in said(desk.post(URL, {"rows": "buatan:sendiri"}, follow=True))
    assert RegulationPage.objects.count() == 0


def test_a_file_that_changed_while_it_waited_is_not_imported(desk):
    response = check(desk, csv(UU), "r.csv")
    with storages["private"].open(f"{FOLDER}/{staged()[0]}", "wb") as file:
        file.write(csv(PERMEN))
    assert "Unggah sekali lagi" in said(confirm(desk, response))
    assert RegulationPage.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_table_at_the_same_moment_make_one_set(desk, editor):
    """Both were checked, both found nothing in their way: the lock lets one of them store, the other sees it."""
    index, barrier = make_regulation_index(), threading.Barrier(2)
    plans = [reading.read(ContentFile(csv(UU, PERMEN), name="r.csv")) for _ in range(2)]

    def store(plan: Plan) -> str:
        try:
            barrier.wait(timeout=30)
            storing.store(plan, RegulationIndexPage.objects.get(pk=index.pk), editor)
        except InvalidFile as refusal:
            return " ".join(error.text for error in refusal.errors)
        finally:
            connections.close_all()
        return "stored"

    with ThreadPoolExecutor(2) as pool:
        first, second = sorted(pool.map(store, plans), key=len)
    assert first == "stored"
    assert "UU 20/2016 sudah punya halaman" in second
    assert RegulationPage.objects.count() == 2
