"""Whole journeys with Tab, Enter and Space only, at every stop with a focus that can be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.steps import DESKTOP, HAKI, PHONE, QUESTION, TICKET, Visitor
from tests.e2e.test_accessibility import tab_to

pytestmark = pytest.mark.e2e

LONG_WAY = 80  # presses of Tab: a page with everything that can be pressed on it


def tab_to_control(somebody: Visitor, control: Locator) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(LONG_WAY):
        somebody.page.keyboard.press("Tab")
        if control.evaluate("control => control === document.activeElement"):
            return
    pytest.fail(f"{control} cannot be reached with Tab")


def press(somebody: Visitor, key: str) -> None:
    """Press a key where the focus is."""
    somebody.page.keyboard.press(key)


def follow(somebody: Visitor, text: str, address: str) -> None:
    """Tab to a link and open it with Enter."""
    tab_to(somebody, text, LONG_WAY)
    press(somebody, "Enter")
    expect(somebody.page).to_have_url(re.compile(address))


def test_from_the_menu_of_a_phone_to_an_answered_ticket_with_more_to_say(visitor):
    """Home, menu, KALINDRI, form, receipt, status page, one more word: no mouse and no finger anywhere."""
    somebody = visitor(PHONE)
    somebody.open("/")
    tab_to(somebody, "Menu")
    press(somebody, "Space")
    expect(somebody.page.locator("details.menu[open]")).to_have_count(1)
    follow(somebody, "KALINDRI", "/kalindri/$")
    follow(somebody, "FORM KONSULTASI HAKI", f"{HAKI}$")
    for label, answer in QUESTION.items():
        tab_to_control(somebody, somebody.field(label))
        somebody.page.keyboard.type(answer)
    assert somebody.typed(QUESTION) == QUESTION
    tab_to(somebody, "Kirim Pertanyaan")
    press(somebody, "Space")
    receipt = somebody.receipt()

    follow(somebody, receipt.link.partition("://")[2].partition("/")[2], f"{TICKET}$")
    somebody.sees(receipt.number, "Belum ada jawaban")
    tab_to_control(somebody, somebody.field("Keterangan tambahan"))
    somebody.page.keyboard.type("Satu hal lagi.")
    tab_to(somebody, "Kirim keterangan")
    press(somebody, "Enter")
    somebody.sees("Keterangan Anda sudah masuk", "Satu hal lagi.")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_info_is_filtered_and_the_filter_taken_away(visitor, js):
    somebody = visitor(PHONE, js=js)
    somebody.open("/info/")
    tab_to(somebody, "Saring info")
    press(somebody, "Enter")
    follow(somebody, "Agenda", r"/info/\?jenis=agenda$")
    somebody.sees("info yang cocok")
    follow(somebody, "Jenis: Agenda", "/info/$")
    somebody.sees("Semua info")


def test_an_info_entry_and_its_calendar_are_reached(visitor):
    somebody = visitor(DESKTOP)
    somebody.open("/info/?jenis=agenda")
    title = somebody.page.locator(".card-title a").first.inner_text()
    tab_to(somebody, title, LONG_WAY)
    press(somebody, "Enter")
    expect(somebody.page.locator("h1")).to_have_text(title)
    calendar = somebody.page.locator("main a[href$='kalender.ics']")
    tab_to_control(somebody, calendar)
    with somebody.page.expect_download() as download:
        press(somebody, "Enter")
    assert download.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")
