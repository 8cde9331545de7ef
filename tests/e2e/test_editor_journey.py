"""An editor makes a form without code, and it works at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from home.models import KalindriPage

pytestmark = pytest.mark.e2e

TITLE = "Form Pelatihan Membatik"


def test_a_new_form_reaches_visitors_and_the_inbox(officer, visitor):
    editor = officer("editor")
    editor.open(f"/cms/pages/{KalindriPage.objects.get().pk}/")
    editor.page.get_by_role("link", name="Tambah subhalaman").first.click()
    page = editor.page
    editor.follow("Mulai kosong")
    page.get_by_placeholder("Judul halaman").fill(TITLE)
    add_question(page, 0, "Nama Peserta", role="Nama pemohon")
    add_question(page, 1, "Jenis pelatihan", kind="Pilihan (dropdown)", choices="Batik tulis\nBatik cap, warna alam")
    publish(page)
    # A9: nobody may be left without an answer to "and now?" and "whom can I ask?".
    editor.sees(
        "Isi dulu “Apa yang terjadi selanjutnya” sebelum menerbitkan.", "Isi dulu “Kontak bantuan” sebelum menerbitkan."
    )
    early = visitor()
    early.open("/kalindri/")
    early.does_not_see(TITLE)

    page.get_by_label("Apa yang terjadi selanjutnya").fill("Kami menelepon Anda.")
    page.get_by_label("Kontak bantuan").fill("Telepon (0285) 421731")
    publish(page)
    editor.sees(f"Halaman '{TITLE}' telah dibuat dan diterbitkan")

    asker = visitor()
    asker.open("/kalindri/")
    asker.follow(TITLE)
    assert asker.field("Jenis pelatihan").locator("option").all_inner_texts() == [
        "Pilih …",
        "Batik tulis",
        "Batik cap, warna alam",
    ]
    asker.send()
    asker.sees("Jenis pelatihan belum dipilih.")
    asker.fill_in({"Nama Peserta": "Bapak Contoh Peserta", "Jenis pelatihan": "Batik cap, warna alam"})
    asker.send()
    receipt = asker.receipt()
    assert receipt.number.startswith("TIKET-")
    asker.sees("Kami menelepon Anda.")

    head = officer("admin")
    head.open("/cms/kotak-masuk/")
    head.search(receipt.number)  # other tests send, too: it may stand on page 2
    row = head.rows().filter(has_text=receipt.number)
    expect(row).to_contain_text(TITLE)
    row.get_by_role("link", name=receipt.number).click()
    head.sees("Jenis pelatihan", "Batik cap, warna alam")
    clerk = officer("petugas")  # nobody has given him this form
    clerk.open("/cms/kotak-masuk/semua/")
    clerk.search(receipt.number)
    clerk.sees("Tidak ada tiket yang cocok")


def add_question(page: Page, number: int, label: str, *, kind: str = "", role: str = "", choices: str = "") -> None:
    """Add a question to the form that is being edited."""
    page.locator("#id_form_fields-ADD").click()
    field = f"#id_form_fields-{number}-"
    page.locator(f"{field}label").fill(label)
    if kind:
        page.locator(f"{field}field_type").select_option(label=kind)
    if role:
        page.locator(f"{field}role").select_option(label=role)
    if choices:
        page.locator(f"{field}choices").fill(choices)


def publish(page: Page) -> None:
    """Choose "Terbitkan" from the menu beside "Simpan draf"."""
    page.get_by_role("button", name="Tindakan lain").click()
    page.get_by_role("button", name="Terbitkan", exact=True).click()
