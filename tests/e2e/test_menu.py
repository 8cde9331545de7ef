"""The menu of narrow screens, with fingers and by keyboard, with JavaScript and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import PHONE

pytestmark = pytest.mark.e2e

OPEN = "details.menu[open]"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def page(open_browser, request) -> Page:
    """The front page on a phone."""
    page = open_browser(PHONE, js=request.param).new_page()
    page.goto("/")
    return page


def test_it_leads_on(page):
    page.get_by_label("Menu utama").locator("summary").click()
    page.get_by_role("link", name="CONTACT").click()
    expect(page).to_have_url("/contact/")


def test_it_opens_and_closes_by_keyboard(page):
    page.keyboard.press("Tab")  # to the content
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_have_count(0)


def test_escape_closes_it_and_gives_the_focus_back(open_browser):
    page = open_browser(PHONE).new_page()
    page.goto("/")
    menu = page.locator("details.menu")
    menu.locator("summary").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(menu.locator("summary")).to_be_focused()


def test_it_does_not_stay_open_over_what_has_the_focus(open_browser):
    page = open_browser(PHONE).new_page()
    page.goto("/")
    menu = page.locator("details.menu")
    menu.locator("summary").press("Enter")
    menu.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.get_by_role("link", name="SIPTENAN", exact=True)).to_be_focused()
