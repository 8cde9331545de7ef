"""What an officer does all day in the CMS, and two of them on one ticket."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import QUESTION

pytestmark = pytest.mark.e2e


def test_a_ticket_is_found_by_any_part_of_it_and_filters_combine(officer, sent):
    asked = {**QUESTION, "Nama Usaha/Perusahaan": "Sanggar Contoh Zamrud", "Nomor WhatsApp": "+6281299887766"}
    asked["Pertanyaan"] = "Bagaimana melindungi motif kawung kepompong?"
    haki, siinas = sent(asked), sent(asked, slug="konsultasi-siinas")
    clerk = officer()
    clerk.open("/cms/kotak-masuk/")
    for words in ("zamrud", haki.number.lower(), haki.number.replace("-", ""), "KEPOMPONG kawung", "081299887"):
        clerk.search(words)
        expect(clerk.rows().filter(has_text=haki.number)).to_have_count(1)
        expect(clerk.rows().filter(has_not_text="Zamrud")).to_have_count(0)
    clerk.search("zamrud")
    expect(clerk.rows()).to_have_count(2)
    clerk.filter("Formulir", "Form Konsultasi SIINas")
    expect(clerk.rows()).to_have_count(1)
    expect(clerk.rows()).to_contain_text([siinas.number])
    clerk.filter("Status", "Selesai")
    clerk.sees("Tidak ada tiket yang cocok")


def test_the_second_of_two_officers_is_refused_and_sees_what_changed(officer, sent):
    receipt = sent(QUESTION)
    first, second = officer("petugas"), officer("rekan")
    first.open_ticket(receipt)
    second.open_ticket(receipt)
    second.sees("Petugas Contoh sedang membuka tiket ini")
    second.field("Balasan").fill("Jawaban dari rekan.")
    first.reply("Jawaban pertama.")
    first.sees("Balasan terkirim")
    second.press("Kirim balasan")
    second.sees("Belum disimpan: tiket ini berubah sejak Anda membukanya", "Jawaban pertama.")
    expect(second.field("Balasan")).to_have_value("Jawaban dari rekan.")
    first.open_ticket(receipt)
    first.does_not_see("Jawaban dari rekan.")
    second.press("Kirim balasan")  # having read it, he may add to it
    second.sees("Balasan terkirim", "Jawaban dari rekan.", "Jawaban pertama.")


def test_note_status_and_handing_over(officer, visitor, sent):
    receipt = sent(QUESTION)
    clerk = officer()
    clerk.open_ticket(receipt)
    clerk.page.locator("summary", has_text="Tulis catatan internal").click()
    clerk.field("Catatan internal").fill("Sudah ditelepon, minta contoh label.")
    clerk.press("Simpan catatan")
    clerk.sees("Catatan internal disimpan", "Sudah ditelepon, minta contoh label.")
    assert offered_moves(clerk) >= {"Mulai proses"}
    assert not offered_moves(clerk) & {"Selesaikan", "Tunggu pemohon"}
    clerk.press("Mulai proses")
    clerk.sees("Status tiket sekarang Diproses")
    clerk.press("Tunggu pemohon")
    clerk.sees("Status tiket sekarang Menunggu pemohon", "Jam berhenti")
    clerk.field("Petugas").select_option(label="Rekan")
    clerk.field("Pesan untuk petugas").fill("Tolong lanjutkan.")
    clerk.press("Disposisikan")
    clerk.sees("Tiket didisposisikan kepada Rekan")

    colleague = officer("rekan")
    colleague.open("/cms/kotak-masuk/")
    colleague.page.get_by_role("link", name="Tugas saya").click()
    colleague.rows().get_by_role("link", name=receipt.number).click()
    colleague.sees("Tolong lanjutkan.", "Sudah ditelepon, minta contoh label.")

    asker = visitor()
    asker.track(receipt)
    asker.sees("Menunggu keterangan Anda")
    asker.does_not_see("ditelepon", "Tolong lanjutkan", "Rekan", "Petugas Contoh")


def offered_moves(clerk) -> set[str]:
    """The words of the status buttons."""
    return {text.strip() for text in clerk.page.locator("form.move button").all_inner_texts()}


def test_a_new_pin_replaces_the_old_one(officer, visitor, sent):
    receipt = sent(QUESTION)
    clerk = officer()
    clerk.open_ticket(receipt)
    clerk.page.locator("summary", has_text="Buat PIN baru").click()
    clerk.press("Buat PIN baru sekarang")
    clerk.sees(f"PIN baru untuk {receipt.number}")
    pin = re.sub(r"\D", "", clerk.page.locator(".ticket-pin strong").inner_text())
    assert len(pin) == 6
    clerk.open_ticket(receipt)
    clerk.does_not_see(f"{pin[:3]} {pin[3:]}")

    asker = visitor()
    asker.track(receipt)
    asker.sees("Nomor atau PIN tidak cocok")
    asker.open(receipt.link)
    asker.sees("Tautan ini tidak berlaku lagi")
    asker.track(receipt, pin)
    asker.sees(receipt.number, "Yang Anda kirim")


def test_whatsapp_opens_with_number_and_link_only(officer, visitor, sent, watch):
    receipt = sent({**QUESTION, "Nomor WhatsApp": "+6281234567890"})
    clerk = officer()
    clerk.open_ticket(receipt)
    watch.expect_foreign("https://wa.me/")
    with clerk.page.context.expect_event("request", lambda request: "wa.me" in request.url) as caught:
        clerk.press("Kirim jawaban via WhatsApp")
    address = urlsplit(caught.value.url)
    assert (address.netloc, address.path) == ("wa.me", "/6281234567890")
    [text] = parse_qs(address.query)["text"]
    assert receipt.number in text
    assert receipt.link in text
    for private in (*QUESTION.values(), receipt.pin):
        assert private not in text

    clerk.page.reload()
    clerk.sees("WhatsApp dibuka")  # it is in the history
    clerk.press("Nomor tidak aktif")
    clerk.sees("Hasil kontak dicatat", "Hasil kontak WhatsApp: Nomor tidak aktif")
    reader = visitor()
    reader.open(receipt.link)
    reader.sees(receipt.number)
