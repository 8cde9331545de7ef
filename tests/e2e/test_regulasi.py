"""The regulations as a visitor walks through them, and as an editor makes one and takes it away again."""

from __future__ import annotations

import hashlib
import re

import pytest
from playwright.sync_api import expect

from regulasi.models import RegulationIndexPage, RegulationPage
from tests.e2e.steps import DESKTOP, PHONE, Officer, Visitor
from tests.forms.upload_files import pdf

pytestmark = pytest.mark.e2e

START = "/regulasi/"
LAW, LAW_SLUG = "Undang-Undang Nomor 20 Tahun 2016 tentang Merek dan Indikasi Geografis", "uu-20-2016"
ONLY_IN_PDF = "peragaan"  # of the demo's PDFs, in no record
PROBLEM = "Tanggal penetapan pada halaman ini tidak sama dengan yang di PDF."
OLD, OLD_SLUG = "Undang-Undang Nomor 30 Tahun 2000 tentang Rahasia Dagang", "uu-30-2000"
NEW, NEW_SLUG = (
    "Peraturan Daerah Kota Pekalongan Nomor 77 Tahun 2026 tentang Pembinaan Perajin Canting",
    "perda-77-2026",
)
HEAD = (
    b"PERATURAN DAERAH KOTA PEKALONGAN",
    b"NOMOR 77 TAHUN 2026",
    b"TENTANG",
    b"PEMBINAAN PERAJIN CANTING",
    b"DENGAN RAHMAT TUHAN YANG MAHA ESA",
)


def names(visitor: Visitor) -> list[str]:
    return visitor.page.locator("#katalog .card-title").all_inner_texts()


def look_for(visitor: Visitor, words: str) -> None:
    visitor.open(START)
    visitor.page.get_by_label("Cari nomor, judul, atau isi peraturan").fill(words)
    visitor.press("Cari")


# --- The visitor ----------------------------------------------------------------------------------


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_a_visitor_filters_and_finds_what_only_a_pdf_says(visitor, js):
    reader = visitor(PHONE, js=js)
    reader.open(START)
    everything, first = reader.page.locator("#hasil").inner_text(), names(reader)
    reader.follow("Berikutnya")
    expect(reader.page).to_have_url(re.compile(r"page=2$"))
    cards = reader.page.locator("#katalog .card-title")
    expect(cards.first).not_to_have_text(first[0], use_inner_text=True)  # the address changes before the list
    assert names(reader)
    assert not set(names(reader)) & set(first)
    reader.page.go_back()
    expect(cards).to_have_text(first, use_inner_text=True)
    expect(reader.page.locator("#hasil")).to_have_text(everything)

    reader.page.locator("summary", has_text="Saring regulasi").click()
    tick = reader.page.get_by_role("checkbox", name=re.compile("^Tidak berlaku"))
    count = re.search(r"(\d+) regulasi", tick.locator("xpath=..").text_content())[1]
    tick.check()
    if not js:
        reader.press("Terapkan")
    expect(reader.page.locator("#hasil")).to_have_text(f"{count} regulasi cocok")
    expect(reader.page.locator(".regulation-card .badge")).to_have_text(["Tidak berlaku"] * int(count))
    reader.page.reload()
    expect(reader.page.locator("#hasil")).to_have_text(f"{count} regulasi cocok")
    reader.follow("Hapus saringan Tidak berlaku")
    expect(reader.page.locator("#hasil")).to_have_text(everything)

    look_for(reader, ONLY_IN_PDF)
    card = reader.page.locator(".regulation-card").first
    expect(card.locator("mark")).to_have_text(ONLY_IN_PDF)
    expect(reader.page.locator("#urut option:checked")).to_have_text("Paling sesuai")  # nobody chose another order
    link = card.get_by_role("link", name=re.compile("^Buka PDF, halaman 1"))
    link.click(trial=True)  # nothing of the card lies above it
    href = link.get_attribute("href")
    assert href.endswith(".pdf#page=1")
    assert reader.page.request.get(href).headers["content-type"] == "application/pdf"


def test_a_visitor_reads_downloads_cites_and_reports(visitor, officer):
    reader = visitor(PHONE, permissions=["clipboard-read", "clipboard-write"])
    look_for(reader, "uu 20 tahun 2016")
    expect(reader.page).to_have_url(re.compile(f"{START}{LAW_SLUG}/$"))  # the one that was named
    page = reader.page
    expect(page.locator("h1")).to_have_text(LAW)
    reader.sees("Berlaku, diubah", "Diubah dengan UU 11/2020.", "Apa artinya bagi IKM?")
    reader.sees("25 November 2016", "2 November 2020")
    reader.does_not_see("None")
    expect(page.get_by_role("link", name="Form Konsultasi HAKI")).to_be_visible()

    with page.expect_response(re.compile(r"/dokumen/2016uu020\.pdf$")) as shown:
        page.locator("summary", has_text="Baca di halaman ini").click()
    assert shown.value.headers["content-type"] == "application/pdf"
    assert shown.value.headers["content-disposition"].startswith("inline")
    expect(page.locator("iframe")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh", exact=True).click()
    law = RegulationPage.objects.get(slug=LAW_SLUG)
    assert download.value.suggested_filename == "UU 20-2016 Merek dan Indikasi Geografis.pdf"
    with law.document.file.open() as original:
        kept = hashlib.sha256(download.value.path().read_bytes()).digest()
        assert kept == hashlib.sha256(original.read()).digest()

    reader.press("Salin kutipan")
    expect(page.locator("body > [role=status]")).to_have_text("Kutipan tersalin")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(LAW)
    assert copied.endswith(f"{START}{LAW_SLUG}/")
    with page.expect_download() as download:
        reader.follow("BibTeX")
    assert download.value.path().read_text().startswith("@")

    reader.follow("Laporkan masalah pada halaman ini")
    reader.press("Kirim laporan")
    reader.sees("Tulis masalah yang Anda temukan.")
    reader.fill_in({"Apa masalahnya?": PROBLEM})
    reader.press("Kirim laporan")
    clerk = officer("rekan")
    clerk.open_ticket(reader.receipt())
    clerk.sees(PROBLEM, LAW)
    expect(clerk.page.locator(f"a[href$='{START}{LAW_SLUG}/']").first).to_be_visible()


# --- The editor -----------------------------------------------------------------------------------


def test_an_editor_makes_a_regulation_of_a_pdf_and_what_it_revokes_is_undone_with_it(officer, visitor):
    editor = officer("editor")
    page = editor.page
    editor.open(f"/cms/pages/add/regulasi/regulationpage/{RegulationIndexPage.objects.get().pk}/")
    tab(editor, "PDF")
    upload(editor)
    editor.press("Simpan draf")
    editor.sees("telah dibuat")
    page.wait_for_url("**/edit/")
    tab(editor, "PDF")
    for field in ("Jenis", "Pemrakarsa", "Nomor", "Tahun", "Tentang"):
        editor.press(f"Pakai usulan untuk {field}")
    expect(page.locator("[data-proposal-state]")).to_have_text(["Dipakai, belum disimpan"] * 5)
    tab(editor, "Identitas")
    expect(page.locator("#id_about")).to_have_value("Pembinaan Perajin Canting")
    page.locator("#id_legal_field").select_option(label="Hukum Administrasi Negara")
    tab(editor, "Tanggal")
    page.locator("#id_enacted_on").fill("20/11/2026")
    page.locator("#id_promulgated_on").fill("20/11/2026")
    page.locator("#id_effective_on").fill("31-02-2026")
    page.locator("#id_effective_on").press("Tab")
    expect(page.locator("#id_effective_on")).to_have_value("31-02-2026")  # not another day, nor today
    page.locator("#id_effective_on").fill("")
    tab(editor, "Identitas")  # which closes the calendar that would lie above the button
    publish(editor)
    editor.sees("telah diterbitkan")

    page.go_back()
    page.reload()
    tab(editor, "Hubungan")
    editor.press("Tambah hubungan")
    editor.press("Pilih halaman (Regulasi)")
    page.get_by_role("dialog").get_by_role("link", name=OLD).click()
    expect(page.locator(".chooser__title", has_text=OLD)).to_be_visible()
    publish(editor)
    editor.sees("telah diterbitkan")

    reader = visitor(DESKTOP)
    look_for(reader, "perda 77 2026")
    expect(reader.page.locator("h1")).to_have_text(NEW)
    related = reader.page.get_by_role("heading", name="Mencabut", exact=True).locator("+ ul")
    related.get_by_role("link", name=OLD).click()
    expect(reader.page.locator(".badge").first).to_have_text("Tidak berlaku")
    reader.sees("Dicabut dengan Perda Kota Pekalongan 77/2026 sejak 20 November 2026.")
    reader.open(f"{START}?status=tidak-berlaku")
    assert OLD in names_in_one_line(reader)

    new = RegulationPage.objects.get(slug=NEW_SLUG)
    editor.open(f"/cms/pages/{new.pk}/delete/")
    editor.press("Ya, hapus")
    editor.sees("telah dihapus")
    assert reader.page.goto(f"{START}{NEW_SLUG}/").status == 404
    reader.open(f"{START}{OLD_SLUG}/")
    expect(reader.page.locator(".badge").first).to_have_text("Berlaku")
    reader.does_not_see("Dicabut dengan")


def names_in_one_line(visitor: Visitor) -> list[str]:
    return [" ".join(name.split()) for name in names(visitor)]


def tab(editor: Officer, name: str) -> None:
    """Open a tab of the editor."""
    editor.page.get_by_role("tab", name=name, exact=True).click()


def upload(editor: Officer) -> None:
    """Upload the PDF in the chooser of documents."""
    drawing = b"BT /F1 12 Tf 20 180 Td " + b"".join(b"(%s) Tj 0 -14 Td " % line for line in HEAD) + b"ET"
    editor.press("Pilih dokumen")
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Unggah").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "naskah.pdf", "mimeType": "application/pdf", "buffer": pdf(content=drawing)}
    )
    dialog.get_by_label("Judul").fill("Naskah uji")
    dialog.get_by_role("button", name="Unggah").click()
    expect(editor.page.locator(".chooser__title", has_text="Naskah uji")).to_be_visible()


def publish(editor: Officer) -> None:
    """Choose "Terbitkan" from the menu beside "Simpan draf"."""
    editor.page.get_by_role("button", name="Tindakan lain").click()
    editor.page.get_by_role("button", name="Terbitkan", exact=True).click()
