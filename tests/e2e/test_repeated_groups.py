"""Several products and materials in one form, with JavaScript and without: adding, taking out, photos, the draft."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from forms import groups
from forms.models import FormPage
from tests import factories
from tests.e2e.steps import GALLERY, PHONE, PRODUCT_STEPS, Visitor, photo

pytestmark = pytest.mark.e2e

SLUG = "alat-berulang"


def name(somebody: Visitor, value: str, number: int, key: str = "nama_produk") -> None:
    """Type into a copy of a question."""
    somebody.page.locator(f"[name={groups.copy_key(key, number)}]").fill(value)


def arrived(somebody: Visitor) -> list[int]:
    """How many photos stand in each product."""
    boxes = somebody.page.locator("fieldset[data-copy=produk]").all()
    return [box.locator(".kept-files li").count() for box in boxes]


@pytest.mark.parametrize("js", [True, False], ids=["with script", "without"])
def test_two_products_and_two_materials_reach_the_ticket(visitor, ticket_of, js):
    somebody: Visitor = visitor(PHONE, js=js)
    somebody.open(GALLERY)
    for answers in PRODUCT_STEPS[:2]:
        somebody.fill_in(answers)
        somebody.press("Lanjut")
    somebody.fill_in(PRODUCT_STEPS[2])
    somebody.page.locator("[name=foto_produk][type=file]").set_input_files(photo())
    for number, title in ((2, "Tas Contoh"), (3, "Baju Contoh")):
        somebody.press("Tambah produk lagi")
        fieldset = somebody.page.get_by_role("group", name=f"Produk {number}", exact=True)
        expect(fieldset).to_be_focused()
        name(somebody, title, number)
        name(somebody, f"{number}0.000", number, "harga")
        fieldset.locator("input[type=file]").set_input_files(photo())
    if js:
        expect(somebody.page.get_by_text("% terkirim")).to_have_count(0)
        somebody.page.on("dialog", lambda dialog: dialog.accept())
    somebody.press("Hapus Produk 2")
    expect(somebody.page.get_by_role("group", name="Produk 3", exact=True)).to_have_count(0)
    expect(somebody.page.locator("[name=nama_produk__2]")).to_have_value("Baju Contoh")
    assert arrived(somebody) == [1, 1]
    somebody.press("Lanjut")
    somebody.sees("Langkah 4 dari 4")
    name(somebody, "kain mori", 1, "bahan_baku")
    somebody.press("Tambah bahan lagi")
    name(somebody, "benang", 2, "bahan_baku")
    somebody.fill_in(PRODUCT_STEPS[3])
    somebody.press("Periksa jawaban")
    somebody.sees("Periksa jawaban Anda", "Produk 2", "Baju Contoh", "Bahan 2")
    somebody.page.get_by_role("button", name="Kirim Formulir").last.click()
    ticket = ticket_of(somebody.receipt())
    asked = ticket.snapshot.question_list()
    products = groups.copies(asked, ticket.answers, "produk")
    assert [product["nama_produk"] for product in products] == ["Kain Batik Contoh", "Baju Contoh"]
    assert [len(product["foto_produk"]) for product in products] == [1, 1]
    assert ticket.uploads.count() == 2
    assert [found["bahan_baku"] for found in groups.copies(asked, ticket.answers, "bahan")] == ["kain mori", "benang"]


def test_who_does_not_mean_it_loses_nothing(visitor):
    somebody: Visitor = visitor()
    somebody.fill_in_product_form(3)
    somebody.press("Tambah produk lagi")
    name(somebody, "Tas Contoh", 2)
    somebody.page.on("dialog", lambda dialog: dialog.dismiss())
    somebody.press("Hapus Produk 2")
    expect(somebody.page.locator("[name=nama_produk__2]")).to_have_value("Tas Contoh")


def test_enter_leads_on_and_takes_nothing_out(visitor):
    somebody: Visitor = visitor()
    somebody.fill_in_product_form(3)
    somebody.press("Tambah produk lagi")
    name(somebody, "Tas Contoh", 2)
    somebody.page.locator("[name=nama_produk__2]").press("Enter")
    somebody.sees("Ada yang perlu diperbaiki", "Produk 2: Foto Produk belum dipilih.")
    expect(somebody.page.locator("[name=nama_produk__2]")).to_have_value("Tas Contoh")


def kept(somebody: Visitor, text: str) -> None:
    """Wait until the draft on the phone has a text."""
    for _ in range(50):
        if text in json.dumps(somebody.page.evaluate("({...localStorage})")):
            return
        somebody.page.wait_for_timeout(100)
    pytest.fail(f"{text!r} was not stored.")


def reopen(somebody: Visitor, path: str, times: int = 1) -> None:
    """The tab dies; the form is opened anew."""
    for _ in range(times):
        context = somebody.page.context
        somebody.page.close()
        somebody.page = context.new_page()
        somebody.open(path)
        somebody.sees("Isian Anda yang tadi sudah kembali")


def test_a_draft_brings_the_products_of_a_later_step_back(visitor):
    somebody: Visitor = visitor()
    somebody.fill_in_product_form(3)
    somebody.press("Tambah produk lagi")
    name(somebody, "Tas Contoh", 2)
    kept(somebody, "Tas Contoh")
    reopen(somebody, GALLERY, times=2)  # the draft is written anew at the first step, and has both still
    somebody.fill_in({"NIK": PRODUCT_STEPS[0]["NIK"]})
    for step in (2, 3):
        somebody.press("Lanjut")
        somebody.sees(f"Langkah {step} dari 4")
    expect(somebody.page.locator("[name=nama_produk__2]")).to_have_value("Tas Contoh")
    expect(somebody.page.locator("[name=nama_produk]")).to_have_value("Kain Batik Contoh")


@pytest.fixture
def tool_form(site_url) -> FormPage:
    """A form of one page, whose group is there from the beginning."""
    if page := FormPage.objects.filter(slug=SLUG).first():
        return page
    rows = [
        {"label": "Nama", "field_type": "singleline"},
        {"label": "Alat", "field_type": "group", "max_repeats": 3},
        {"label": "Nama alat", "field_type": "singleline"},
    ]
    return factories.make_form(SLUG, rows, title="Alat berulang", on_dashboard=False)


def test_a_draft_brings_the_copies_of_a_form_of_one_page_back(visitor, tool_form):
    somebody: Visitor = visitor()
    path = f"/kalindri/{SLUG}/"
    somebody.open(path)
    somebody.fill_in({"Nama": "Ibu Contoh", "Nama alat": "Canting"})
    for number, tool in ((2, "Wajan"), (3, "Kompor")):
        somebody.press("Tambah alat lagi")
        name(somebody, tool, number, "nama_alat")
    somebody.sees("Sudah 3 alat, dan itu paling banyak")
    kept(somebody, "Kompor")
    reopen(somebody, path)
    expect(somebody.page.get_by_role("group", name=re.compile("^Alat"))).to_have_count(3)
    for number, tool in ((1, "Canting"), (2, "Wajan"), (3, "Kompor")):
        expect(somebody.page.locator(f"[name={groups.copy_key('nama_alat', number)}]")).to_have_value(tool)
    expect(somebody.field("Nama")).to_have_value("Ibu Contoh")


def test_an_empty_form_leaves_no_draft(visitor, tool_form):
    somebody: Visitor = visitor()
    somebody.open(f"/kalindri/{SLUG}/")
    somebody.sees("Isian disimpan di HP ini sampai terkirim")
    assert somebody.page.evaluate("({...localStorage})") == {}
