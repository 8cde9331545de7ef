"""A buyer finds a product: with script, without it, by keyboard, and is led to the seller."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from gallery.models import Product
from tests.e2e.steps import DESKTOP, PHONE, Visitor
from tests.e2e.test_keyboard import tab_to_control

pytestmark = pytest.mark.e2e

START = "/gallery-ikm/"
MARK = "window.sameDocument = true"


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


def test_the_keyboard_alone_filters_and_opens_a_product(visitor):
    buyer = visitor(DESKTOP)
    buyer.open(START)
    tab_to_control(buyer, buyer.page.locator("#kecamatan-pekalongan-timur"))
    buyer.page.keyboard.press("Space")
    expect(buyer.page.locator("#hasil")).to_contain_text("produk cocok")
    tab_to_control(buyer, buyer.page.locator(".product-card a").first)
    buyer.page.keyboard.press("Enter")
    expect(buyer.page).to_have_url(re.compile(r"/gallery-ikm/[a-z0-9-]+/$"))
