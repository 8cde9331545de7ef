"""B4: a form that was begun on one device is finished on another, with a code from the screen and nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from forms.models import SavedForm
from tests.e2e.steps import DESKTOP, GALLERY, PHONE, PRODUCT_STEPS, RESUME, photo

pytestmark = pytest.mark.e2e

HALF = {"Produk yang dihasilkan": "batik", "Harga": "seratus ribu"}


def test_without_javascript_from_a_phone_to_another_device_and_into_a_ticket(visitor, ticket_of):
    others = SavedForm.objects.count()
    first = visitor(PHONE, js=False)
    first.open(GALLERY)
    for answers in PRODUCT_STEPS[:2]:
        first.fill_in(answers)
        first.press("Lanjut")
    first.fill_in(HALF)
    first.page.locator("[type=file]").set_input_files([photo()])
    code = first.save()
    first.sees("Berlaku sampai", "WIB", "NIK dan persetujuan tidak ikut disimpan, isi lagi nanti.", RESUME)
    first.does_not_see("Ada yang perlu diperbaiki")

    second = visitor(DESKTOP, js=False)
    second.open(GALLERY)
    second.follow("Punya kode? Lanjutkan isian")
    expect(second.page).to_have_url(re.compile(f"{RESUME}$"))
    second.fill_in({"Kode": "2222-222-222"})
    second.press("Buka isian saya")
    second.sees("Kode ini tidak dikenal atau sudah lewat waktunya.")
    assert second.typed({"Kode": ""}) == {"Kode": "2222-222-222"}
    second.fill_in({"Kode": code.lower().replace("-", " ")})
    second.press("Buka isian saya")
    second.sees("Isian Anda sudah kembali.", "Langkah 3 dari 4", "Foto 1 sudah sampai")
    assert second.typed(HALF) == HALF
    assert second.page.context.cookies() == []
    second.fill_in(PRODUCT_STEPS[2])
    second.press("Lanjut")
    second.sees("Langkah 1 dari 4", "NIK belum diisi.")
    first_step = {label: answer for label, answer in PRODUCT_STEPS[0].items() if label not in ("NIK", "Kelurahan")}
    assert second.typed(first_step) == first_step
    second.fill_in({"NIK": PRODUCT_STEPS[0]["NIK"]})
    for _ in range(3):
        second.press("Lanjut")
    second.fill_in(PRODUCT_STEPS[3])
    second.press("Periksa jawaban")
    second.sees("Periksa jawaban Anda", "1 foto", "Rp 150.000")
    second.page.get_by_role("button", name="Kirim Formulir", exact=True).last.click()
    ticket = ticket_of(second.receipt())
    assert (ticket.uploads.count(), ticket.spam_reasons) == (1, [])
    assert SavedForm.objects.count() == others

    third = visitor(PHONE, js=False)
    third.resume(code)
    third.sees("Kode ini tidak dikenal atau sudah lewat waktunya.")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_the_first_phone_goes_on_by_itself(visitor, js):
    asker = visitor(js=js)
    asker.open(GALLERY)
    asker.fill_in(PRODUCT_STEPS[0])
    asker.press("Lanjut")
    asker.fill_in({"Tahun Berdiri": "dua ribu"})
    code = asker.save()
    asker.press("Kembali ke formulir")
    asker.sees("Langkah 2 dari 4")
    assert asker.typed({"Tahun Berdiri": ""}) == {"Tahun Berdiri": "dua ribu"}
    asker.press("Kembali")
    asker.sees("Langkah 1 dari 4")
    assert asker.typed({"NIK": ""}) == {"NIK": PRODUCT_STEPS[0]["NIK"]}
    asker.page.go_back()
    asker.does_not_see(code)


def test_with_javascript_back_leads_to_the_step_before_and_saves_nothing_again(visitor):
    asker = visitor()
    asker.fill_in_product_form(3)
    before = SavedForm.objects.count()
    asker.save()
    asker.sees("Hapus draf", "HP ini dipakai bersama")
    asker.page.go_back()
    asker.sees("Langkah 2 dari 4")
    assert SavedForm.objects.count() == before + 1
