"""A buyer finds a product: with script, without it, by keyboard, and is led to the seller."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from gallery.models import Product
from siptenan.common.pdf_files import page_texts
from tests.e2e.steps import DESKTOP, PHONE, Visitor
from tests.e2e.test_keyboard import tab_to_control

pytestmark = pytest.mark.e2e

START = "/gallery-ikm/"
MARK = "window.sameDocument = true"
UNTIL_BACK = """new Promise((done) => {
  const look = () => (history.state === null ? done() : requestAnimationFrame(look));
  look();
})"""


def names(visitor: Visitor) -> list[str]:
    return visitor.page.locator("#katalog .card-title").all_inner_texts()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_filters_change_the_list_in_place_and_live_in_the_address(visitor, size):
    buyer = visitor(size)
    buyer.open(START)
    buyer.page.evaluate(MARK)
    everything = buyer.page.locator("#hasil").inner_text()
    if size is PHONE:
        buyer.page.locator("summary", has_text="Saring produk").click()
    tick = buyer.page.get_by_role("checkbox", name=re.compile("^Rp 100.000 sampai"))
    count = re.search(r"(\d+) produk", tick.locator("xpath=..").text_content())[1]
    tick.check()
    expect(buyer.page.locator("#hasil")).to_have_text(f"{count} produk cocok")
    expect(buyer.page).to_have_url(re.compile(r"\?.*harga=100rb-250rb"))
    expect(buyer.page.locator("[data-catalogue-status]")).to_have_text(f"{count} produk cocok")
    expect(buyer.page.locator("#harga-100rb-250rb")).to_be_focused()
    expect(buyer.page.locator("#harga-100rb-250rb")).to_be_visible()  # the panel stays open
    buyer.page.get_by_label("Urutkan").select_option("termurah")
    expect(buyer.page).to_have_url(re.compile("urut=termurah"))
    prices = [
        int(re.sub(r"\D", "", text.split("/")[0]))
        for text in buyer.page.locator("#katalog .product-price").all_inner_texts()
    ]
    assert prices == sorted(prices)
    assert buyer.page.evaluate("window.sameDocument") is True
    found = names(buyer)
    buyer.page.reload()
    assert names(buyer) == found
    buyer.page.get_by_role("link", name="Hapus saringan Rp 100.000").click()
    expect(buyer.page.locator("#hasil")).to_have_text(everything)
    buyer.page.go_back()
    expect(buyer.page.locator("#hasil")).to_have_text(f"{count} produk cocok")
    assert names(buyer) == found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(("path", "facet"), [(START, "Sertifikat"), ("/regulasi/", "Status")])
def test_a_tick_does_not_move_the_page(visitor, size, path, facet):
    """With the facet at the upper edge of the window, so that the browser has something to hold on to above it."""
    buyer = visitor(size)
    buyer.open(path)
    if size is PHONE:
        buyer.page.locator("#saringan > summary").click()
    heading = buyer.page.locator("summary", has_text=facet)
    heading.evaluate("summary => scrollBy(0, summary.getBoundingClientRect().top)")
    before = buyer.page.evaluate("scrollY")
    assert before > 100
    buyer.page.get_by_role("group", name=facet).get_by_role("checkbox").first.locator("xpath=..").click()
    expect(buyer.page.locator("#hasil")).to_contain_text("cocok")
    buyer.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert buyer.page.evaluate("scrollY") == pytest.approx(before, abs=5)


def test_the_next_page_begins_at_its_top(visitor):
    buyer = visitor(PHONE)
    buyer.open(START)
    first = names(buyer)
    buyer.page.evaluate(MARK)
    buyer.follow("Berikutnya")
    expect(buyer.page).to_have_url(re.compile(r"page=2"))
    expect(buyer.page.locator("#hasil")).to_be_focused()
    expect(buyer.page.locator("#hasil")).to_be_in_viewport()
    assert not set(names(buyer)) & set(first)
    assert buyer.page.evaluate("window.sameDocument") is True


def test_without_script_it_is_a_form_with_a_button(visitor):
    buyer = visitor(PHONE, js=False)
    buyer.open(START)
    buyer.page.locator("summary", has_text="Saring produk").click()
    buyer.page.locator("summary", has_text="Kategori").click()
    buyer.page.get_by_role("checkbox", name=re.compile("^Batik")).check()
    buyer.press("Terapkan")
    expect(buyer.page).to_have_url(re.compile("kategori=batik"))
    expect(buyer.page.locator("#hasil")).to_contain_text("produk cocok")
    buyer.page.get_by_label("Urutkan").select_option("nama")
    buyer.press("Urutkan")
    buyer.page.wait_for_load_state()
    found = names(buyer)
    assert found == sorted(found, key=str.casefold)
    buyer.page.locator(".product-card a").first.click()
    expect(buyer.page.locator("h1")).to_have_text(found[0])


def test_a_misspelt_word_finds_it_and_whatsapp_opens_with_its_name(visitor, watch):
    watch.expect_foreign("https://wa.me/")
    product = Product.objects.public().exclude(business__whatsapp="").first()
    buyer = visitor(PHONE)
    buyer.open(START)
    word = max(product.name.split(), key=len)
    buyer.page.get_by_label("Cari produk atau usaha").fill(f"{word[:3]}{word[4]}{word[3]}{word[5:]}")
    buyer.press("Cari")
    buyer.page.get_by_role("link", name=product.name, exact=True).click()
    expect(buyer.page.locator("h1")).to_have_text(product.name)
    asked = []
    buyer.page.context.on("request", lambda request: asked.append(request.url))
    with buyer.page.context.expect_page():
        buyer.page.get_by_role("link", name="Hubungi via WhatsApp").click()
    buyer.page.wait_for_timeout(500)
    assert any(url.endswith(f"/{product.slug}/wa/") for url in asked)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_photo_is_enlarged_in_the_page_and_closed_in_every_way(visitor, size):
    buyer = visitor(size)
    buyer.open(START)
    buyer.page.locator(".product-card a").first.click()
    expect(buyer.page).to_have_url(re.compile(r"/gallery-ikm/[a-z0-9-]+/$"))
    buyer.page.wait_for_load_state()
    product = buyer.page.url
    link = buyer.page.locator(".photo-track a").first
    dialog = buyer.page.get_by_role("dialog")

    def escape() -> None:
        buyer.page.keyboard.press("Escape")

    for close in (lambda: buyer.press("Tutup"), escape, buyer.page.go_back):
        link.click()
        expect(dialog.locator("img")).to_have_js_property("complete", True)
        shown = dialog.evaluate("({scrollWidth, scrollHeight}) => [scrollWidth, scrollHeight]")
        assert shown[0] >= size["width"]
        assert shown[1] > size["height"]
        if size is PHONE:
            assert shown[0] > 2 * size["width"], "the weave can be looked at"
            expect(dialog).not_to_have_js_property("scrollLeft", 0)  # it begins at the middle
        expect(dialog.get_by_role("button", name="Tutup")).to_be_focused()
        close()
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()
        buyer.page.evaluate(UNTIL_BACK)
        assert buyer.page.url == product
    buyer.page.go_back()
    expect(buyer.page).to_have_url(re.compile(f"{START}$"))


def test_without_script_a_photo_is_a_link_to_the_large_one(visitor):
    buyer = visitor(PHONE, js=False)
    buyer.open(START)
    buyer.page.locator(".product-card a").first.click()
    large = buyer.page.locator(".photo-track a").first.get_attribute("href")
    buyer.page.locator(".photo-zoom").first.click()
    expect(buyer.page).to_have_url(re.compile(re.escape(large)))


def test_paper_says_whose_page_it_is_and_leaves_the_goods_of_others_out(visitor):
    buyer = visitor(DESKTOP)
    buyer.open(START)
    buyer.page.locator(".product-card a").first.click()
    others = buyer.page.get_by_role("heading", name=re.compile("^Produk (lain|serupa)"))
    letterhead = buyer.page.locator(".letterhead")
    expect(others.first).to_be_visible()
    expect(letterhead).to_be_hidden()
    buyer.page.emulate_media(media="print")
    expect(others.first).to_be_hidden()
    expect(others.last).to_be_hidden()
    expect(letterhead).to_be_visible()
    expect(letterhead).to_contain_text("SIPTENAN · Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan")
    expect(letterhead).to_contain_text(re.compile(r"/gallery-ikm/[a-z0-9-]+/\s*$"))


def test_the_totals_fill_their_sheets_and_keep_heads_with_their_rows(visitor, tmp_path):
    reader = visitor(DESKTOP)
    reader.open(f"{START}data/")
    paper = tmp_path / "data.pdf"
    reader.page.pdf(path=paper, format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "10mm"))
    sheets = [" ".join(text.split()) for number, _, text in page_texts(paper) if number]
    assert "Peta usaha per kelurahan" in sheets[0]
    assert "Letak lingkaran" in sheets[0]
    for head, row in (
        ("kecamatan", "Pekalongan Utara"),
        ("kelurahan", "lainnya disembunyikan"),
        ("komoditas", "Batik"),
    ):
        (sheet,) = [sheet for sheet in sheets if f"Menurut {head}" in sheet and "Letak lingkaran" not in sheet]
        assert row in sheet.partition(f"Menurut {head}")[2], head


def test_what_is_hidden_of_the_totals_is_read_without_pushing_the_table(visitor):
    reader = visitor(PHONE)
    reader.open(f"{START}data/")
    told = reader.page.locator("#menurut-kelurahan > p")
    expect(told).to_contain_text("lainnya disembunyikan")
    assert told.evaluate("text => text.getBoundingClientRect().right") <= PHONE["width"]


def test_the_keyboard_alone_filters_and_opens_a_product(visitor):
    buyer = visitor(DESKTOP)
    buyer.open(START)
    tab_to_control(buyer, buyer.page.locator("#kecamatan-pekalongan-timur"))
    buyer.page.keyboard.press("Space")
    expect(buyer.page.locator("#hasil")).to_contain_text("produk cocok")
    tab_to_control(buyer, buyer.page.locator(".product-card a").first)
    buyer.page.keyboard.press("Enter")
    expect(buyer.page).to_have_url(re.compile(r"/gallery-ikm/[a-z0-9-]+/$"))
