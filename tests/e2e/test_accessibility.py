"""Every public page and each of its states: axe, small screens, big letters, big targets, Indonesian only."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.e2e.everybody import english_words, faults
from tests.e2e.states import STATES
from tests.e2e.steps import DESKTOP, HAKI, PHONE, QUESTION, TICKET, TRACK, Visitor

pytestmark = pytest.mark.e2e


@pytest.fixture
def closed_form(site_url):
    """A form whose time is over, taken away again after the test."""
    page = factories.make_form(
        "pendaftaran-ditutup", title="Form Pendaftaran Pameran", closes_at=timezone.now() - dt.timedelta(days=1)
    )
    yield page
    page.delete()


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_for_everybody(visitor, watch, sent, ticket_of, closed_form, state):
    somebody = visitor(PHONE)
    STATES[state](somebody, sent=sent, ticket_of=ticket_of, closed_form=closed_form, watch=watch)
    page = somebody.page
    page.wait_for_load_state()
    found = [f"English: {word}" for word in english_words(page)]
    if page.locator("h1").count() != 1 or page.locator("html[lang=id]").count() != 1:
        found.append("not exactly one h1, or not in Indonesian")
    found += faults(page)
    assert not found, "\n".join(found)


# --- Keyboard -------------------------------------------------------------------------------------


def test_the_keyboard_alone_leads_from_the_front_page_to_the_receipt(visitor):
    somebody = visitor(DESKTOP)
    somebody.open("/")
    somebody.page.keyboard.press("Tab")
    expect(somebody.focused()).to_have_text("Langsung ke isi")
    expect(somebody.focused()).to_be_in_viewport()
    somebody.page.keyboard.press("Enter")
    expect(somebody.page.locator("main")).to_be_focused()
    tab_to(somebody, "Mulai konsultasi")
    somebody.page.keyboard.press("Enter")
    expect(somebody.page).to_have_url(re.compile("/kalindri/$"))
    tab_to(somebody, "FORM KONSULTASI HAKI")
    somebody.page.keyboard.press("Enter")
    expect(somebody.page).to_have_url(re.compile(f"{HAKI}$"))
    tab_to(somebody, "Kirim Pertanyaan")
    somebody.page.keyboard.press("Enter")
    expect(somebody.page.get_by_role("alert")).to_be_focused()
    tab_to(somebody, "Nama Usaha/Perusahaan belum diisi.")
    somebody.page.keyboard.press("Enter")
    expect(somebody.field("Nama Usaha/Perusahaan")).to_be_focused()
    for answer in QUESTION.values():
        somebody.page.keyboard.type(answer)
        somebody.page.keyboard.press("Tab")
    assert somebody.typed(QUESTION) == QUESTION
    tab_to(somebody, "Kirim Pertanyaan")
    somebody.page.keyboard.press("Enter")
    somebody.receipt()
    tab_to(somebody, "Simpan sebagai gambar")


def tab_to(somebody: Visitor, text: str, presses: int = 40) -> None:
    """Press Tab until the focus is on that text; at every stop the focus can be seen."""
    somebody.page.wait_for_load_state()
    for _ in range(presses):
        somebody.page.keyboard.press("Tab")
        stop = somebody.focused()
        if not stop.count():
            continue  # the browser's own bar
        outline = stop.evaluate(
            "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).outlineWidth"
        )
        assert outline == "solid3px", f"no visible focus on {stop.inner_text()!r}: {outline}"
        assert stop.evaluate("element => element.getBoundingClientRect().width > 1"), (
            "the focus is where nobody sees it"
        )
        if text in stop.inner_text():
            return
    pytest.fail(f"{text!r} cannot be reached with Tab")


def test_the_ticket_page_asks_nothing_of_a_mouse(visitor, sent):
    somebody = visitor(DESKTOP)
    somebody.open(TRACK)
    given = sent(QUESTION)
    somebody.field("Nomor tiket").focus()
    somebody.page.keyboard.type(given.number.lower().replace("-", " "))
    somebody.page.keyboard.press("Tab")
    somebody.page.keyboard.type(f"{given.pin[:3]} {given.pin[3:]}")
    somebody.page.keyboard.press("Enter")
    expect(somebody.page).to_have_url(re.compile(f"{TICKET}$"))
    tab_to(somebody, "Tutup halaman ini")
