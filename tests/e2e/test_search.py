"""Somebody looks for something: from the header, from a page that is not there, with fingers and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import DESKTOP, PHONE
from tests.e2e.test_keyboard import press, tab_to_control

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_from_the_header_to_what_was_meant(visitor, js):
    somebody = visitor(PHONE, js=js)
    somebody.open("/kalindri/?ch=ig")
    somebody.page.get_by_role("link", name="Cari", exact=True).click()
    expect(somebody.page).to_have_url(re.compile(r"/cari/\?ch=ig$"))
    somebody.page.get_by_label("Cari di situs ini").fill("mendaftarkan mrek")
    somebody.press("Cari")
    somebody.sees("hasil yang mirip dengan")
    somebody.page.get_by_role("link", name=re.compile("^Info ")).click()
    expect(somebody.page.locator(".search-hit mark").first).to_have_text("mendaftarkan")
    hit = somebody.page.locator(".search-hit a").first
    title = hit.inner_text()
    hit.click()
    expect(somebody.page.locator("h1")).to_have_text(title)
    expect(somebody.page).to_have_url(re.compile(r"/info/.*\?ch=ig$"))


def test_the_keyboard_alone_searches_and_turns_the_page(visitor):
    somebody = visitor(DESKTOP)
    somebody.open("/")
    tab_to_control(somebody, somebody.page.locator(".search-link"))
    press(somebody, "Enter")
    tab_to_control(somebody, somebody.page.get_by_label("Cari di situs ini"))
    somebody.page.keyboard.type("batik")
    press(somebody, "Enter")
    tab_to_control(somebody, somebody.page.get_by_role("link", name=re.compile("^Produk ")))
    press(somebody, "Enter")
    expect(somebody.page.locator(".search-hit")).to_have_count(12)
    first = somebody.page.locator(".search-hit a").all_inner_texts()
    tab_to_control(somebody, somebody.page.locator("a[rel=next]"))
    press(somebody, "Enter")
    expect(somebody.page).to_have_url(re.compile(r"q=batik&jenis=produk&halaman=2$"))
    assert not set(somebody.page.locator(".search-hit a").all_inner_texts()) & set(first)


def test_a_page_that_is_not_there_is_searched_for(visitor):
    somebody = visitor(PHONE, js=False)
    somebody.open("/tidak-ada/")
    somebody.page.get_by_label("Cari di situs ini").fill("zxqwv")
    somebody.press("Cari")
    somebody.sees("Tidak ada yang cocok")
    somebody.page.get_by_role("link", name="Tanyakan lewat KALINDRI").click()
    expect(somebody.page).to_have_url(re.compile("/kalindri/$"))


def test_where_one_goes_next_is_not_told_what_was_typed(visitor):
    somebody = visitor(PHONE)
    somebody.open("/cari/?q=merek")
    told = []
    somebody.page.on("request", lambda request: told.append(request.all_headers().get("referer", "")))
    somebody.page.locator(".search-hit a").first.click()
    expect(somebody.page).not_to_have_url(re.compile("/cari/"))
    assert told
    assert [referer for referer in told if "/cari/" in referer] == []
