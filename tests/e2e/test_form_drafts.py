"""The draft of a form on the phone: kept, brought back, and gone when it should be."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import GALLERY, HAKI, PRODUCT_STEPS, QUESTION, saved, stored

pytestmark = pytest.mark.e2e

NIK = PRODUCT_STEPS[0]["NIK"]
SHARED = "HP ini dipakai bersama: jangan simpan isian di sini"


def fill_three_steps(somebody) -> None:
    somebody.fill_in_product_form(3)
    saved(somebody.page, PRODUCT_STEPS[2]["Nama Produk"])


def test_text_comes_back_after_the_tab_died_but_no_nik_and_no_photo(visitor):
    somebody = visitor()
    fill_three_steps(somebody)
    kept = json.dumps(stored(somebody.page))
    assert NIK not in kept
    assert "nik" not in kept.lower().split()
    assert "kunci_formulir" not in kept
    context = somebody.page.context
    somebody.page.close()

    somebody.page = context.new_page()
    somebody.open(GALLERY)
    somebody.sees("Isian Anda yang tadi sudah kembali", "NIK, foto, dan dokumen tidak pernah disimpan di HP")
    first = {label: answer for label, answer in PRODUCT_STEPS[0].items() if label != "NIK"}
    assert somebody.typed(first) == first
    assert somebody.typed(["NIK"]) == {"NIK": ""}
    somebody.fill_in({"NIK": NIK})
    somebody.press("Lanjut ke langkah 3")
    somebody.sees("Langkah 3 dari 4")
    assert somebody.typed(PRODUCT_STEPS[2]) == PRODUCT_STEPS[2]
    somebody.press("Kembali")
    somebody.sees("Langkah 2 dari 4")
    assert somebody.typed(PRODUCT_STEPS[1]) == PRODUCT_STEPS[1]


def test_sending_wipes_the_draft_and_back_shows_nobodys_answers(visitor):
    somebody = visitor()
    fill_three_steps(somebody)
    somebody.press("Lanjut")
    somebody.fill_in(PRODUCT_STEPS[3])
    somebody.press("Periksa jawaban")
    somebody.sees("Periksa jawaban Anda", "1 foto")
    assert somebody.save()
    somebody.press("Kembali ke formulir")
    somebody.press("Periksa jawaban")
    somebody.sees("Periksa jawaban Anda", "1 foto")
    somebody.page.get_by_role("button", name="Kirim Formulir").last.click()
    somebody.receipt()
    assert stored(somebody.page) == {}
    for _ in range(4):
        somebody.page.go_back()
        expect(somebody.page.locator("form[data-live]")).to_be_visible()
        somebody.does_not_see("Ibu Contoh Wijayakusuma", "Kain Batik Contoh")
        typed = somebody.page.locator("form input:not([type=hidden]):not([type=checkbox]), form textarea")
        assert set(typed.evaluate_all("all => all.map(one => one.value)")) <= {""}
        expect(somebody.page).to_have_url(re.compile(GALLERY))


def test_the_next_person_at_the_phone_writes_a_ticket_of_their_own(visitor, ticket_of):
    somebody = visitor()
    somebody.fill_in_product_form(4)
    somebody.press("Periksa jawaban")
    somebody.page.get_by_role("button", name="Kirim Formulir").last.click()
    first = somebody.receipt()
    somebody.page.go_back()
    expect(somebody.page.locator("form[data-live]")).to_be_visible()
    somebody.walk_through_product_form(4)
    somebody.press("Periksa jawaban")
    somebody.page.get_by_role("button", name="Kirim Formulir").last.click()
    second = somebody.receipt()
    assert second.number != first.number
    assert ticket_of(second).uploads.count() == ticket_of(first).uploads.count() == 1


def test_a_draft_is_deleted_on_demand(visitor):
    somebody = visitor()
    somebody.open(HAKI)
    somebody.fill_in(QUESTION)
    saved(somebody.page, QUESTION["Pertanyaan"])
    somebody.page.on("dialog", lambda dialog: dialog.accept())
    somebody.page.get_by_role("button", name="Hapus draf").locator("visible=true").click()
    expect(somebody.field("Nama Lengkap")).to_have_value("")
    assert stored(somebody.page) == {}
    somebody.page.reload()
    assert set(somebody.typed(QUESTION).values()) == {""}


def test_a_shared_phone_keeps_nothing(visitor):
    somebody = visitor()
    somebody.open(HAKI)
    somebody.fill_in({"Nama Lengkap": QUESTION["Nama Lengkap"]})
    saved(somebody.page, QUESTION["Nama Lengkap"])
    somebody.page.get_by_label(SHARED).check()
    somebody.sees("Tidak ada yang disimpan di HP ini")
    somebody.fill_in(QUESTION)
    somebody.page.reload()
    assert set(somebody.typed(QUESTION).values()) == {""}
    assert "Wijayakusuma" not in json.dumps(stored(somebody.page))
    expect(somebody.page.get_by_label(SHARED)).to_be_checked()
    somebody.fill_in(QUESTION)
    somebody.send()
    somebody.receipt()
    assert "Wijayakusuma" not in json.dumps(stored(somebody.page))
    somebody.press("Tutup halaman ini")
    expect(somebody.page).to_have_url(re.compile("/kalindri/$"))
    for _ in range(2):
        somebody.page.go_back()
        somebody.does_not_see("Wijayakusuma")


def test_a_form_that_is_full_of_mistakes_keeps_its_draft(visitor):
    somebody = visitor()
    somebody.open(HAKI)
    somebody.fill_in({"Nama Lengkap": QUESTION["Nama Lengkap"]})
    somebody.send()
    somebody.sees("Ada yang perlu diperbaiki")
    somebody.open(HAKI)
    assert somebody.typed(["Nama Lengkap"]) == {"Nama Lengkap": QUESTION["Nama Lengkap"]}
