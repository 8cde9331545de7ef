"""From a registration to a product that buyers find, and back to its owner for a correction."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from gallery.models import Product
from tests.e2e.steps import Officer, Receipt, Visitor

pytestmark = pytest.mark.e2e

COMMODITY, UNIT = "Batik", "potong"
ITEMS = 5  # of the checklist


def register(owner: Visitor) -> Receipt:
    """Fill in the whole form and send it."""
    owner.fill_in_product_form(4)
    owner.press("Periksa jawaban")
    owner.press("Kirim Formulir")
    return owner.receipt()


def examine(clerk: Officer, receipt: Receipt) -> None:
    """From the ticket to the screen, and begin."""
    clerk.open_ticket(receipt)
    clerk.follow("Buka pemeriksaan")
    clerk.press("Mulai periksa")
    clerk.sees("Pendaftaran sedang Anda periksa.", "Kain Batik Contoh", "3375**********00")


def check_everything(clerk: Officer) -> None:
    """Every item is fine; commodities and units are chosen."""
    for number in range(ITEMS):
        clerk.page.get_by_label("Sesuai", exact=True).nth(number).check()
    for label in ("Komoditas utama Batik Contoh Uji", "Komoditas Kain Batik Contoh"):
        clerk.field(label).select_option(label=COMMODITY)
    clerk.field("Satuan harga Kain Batik Contoh").select_option(label=UNIT)
    clerk.press("Simpan pemeriksaan")
    clerk.sees("Pemeriksaan disimpan.", "Semua butir sesuai.")


def test_a_registration_becomes_public_when_an_officer_approves_it_and_vanishes_again(visitor, officer):
    owner, clerk = visitor(), officer()
    receipt = register(owner)
    product = Product.objects.order_by("-pk").first()
    public = f"/gallery-ikm/{product.slug}/"
    assert owner.page.goto(public).status == 404
    examine(clerk, receipt)
    check_everything(clerk)
    clerk.press("Setujui dan terbitkan")
    clerk.sees("Usaha dan produknya sekarang tampil di Gallery IKM.")
    owner.track(receipt)
    owner.sees("Disetujui")
    owner.follow("Lihat Kain Batik Contoh")
    expect(owner.page).to_have_url(re.compile(rf"{public}$"))
    owner.sees("Kain Batik Contoh", "Rp 150.000 / potong", "Batik Contoh Uji", "Kauman")
    owner.does_not_see("3375014508900000", "Jl. Uji Coba No. 5")
    clerk.field("Alasan, dibaca pemilik").fill("Foto milik orang lain.")
    clerk.press("Batalkan persetujuan")
    clerk.sees("Persetujuan dibatalkan.")
    assert owner.page.goto(public).status == 404
    owner.track(receipt)
    owner.sees("tidak tampil di Gallery IKM", "Foto milik orang lain.")


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_the_owner_corrects_what_the_officer_asks_for(visitor, officer, js):
    clerk = officer()
    receipt = register(visitor())
    examine(clerk, receipt)
    clerk.field("Penjelasan untuk pemilik").fill("Harga ini per meter atau per potong?")
    clerk.press("Kirim permintaan perbaikan")
    clerk.sees("Permintaan perbaikan terkirim.", "Menunggu perbaikan dari pemilik")
    owner = visitor(js=js)
    owner.track(receipt)
    owner.sees("Perlu Anda perbaiki", "Harga ini per meter atau per potong?")
    owner.follow("Perbaiki data")
    owner.sees("Langkah 1 dari 4", "Pesan petugas")
    expect(owner.field("Nama Lengkap")).to_have_value("Ibu Contoh Wijayakusuma")
    expect(owner.field("NIK")).to_have_value("")
    owner.press("Lanjut")
    owner.press("Lanjut")
    owner.sees("Langkah 3 dari 4", "Foto 1 sudah sampai")
    owner.fill_in({"Harga": "175.000"})
    owner.press("Lanjut")
    owner.press("Periksa jawaban")
    owner.sees("Rp 175.000", "3375**********00")
    owner.press("Kirim perbaikan")
    owner.sees("Perbaikan Anda sudah masuk", receipt.number)
    clerk.page.reload()
    clerk.sees("Ada perbaikan baru", "Perbaikan pemilik", "Rp 150.000", "Rp 175.000")


def test_a_change_leads_straight_back_to_the_page_for_checking(visitor):
    owner: Visitor = visitor()
    owner.fill_in_product_form(4)
    owner.press("Periksa jawaban")
    owner.press("Ubah Nama Lengkap")
    owner.sees("Langkah 1 dari 4")
    owner.fill_in({"Nama Lengkap": ""})
    owner.press("Simpan dan kembali ke pemeriksaan")
    owner.sees("Nama Lengkap belum diisi.")
    owner.fill_in({"Nama Lengkap": "Ibu Contoh Lain"})
    owner.press("Simpan dan kembali ke pemeriksaan")
    owner.sees("Periksa jawaban Anda", "Ibu Contoh Lain", "1 foto")
