"""Every block and every component in a real browser: axe, small screens, big letters, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from home.models import HomePage, StandardPage
from siptenan.common.blocks import content_blocks
from tests.e2e.everybody import faults
from tests.e2e.steps import DESKTOP, PHONE
from tests.factories.site import publish

pytestmark = [
    pytest.mark.e2e,
    # Wagtail does not close the file that it renders an image into.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]

FRAME = "/cms/komponen/bingkai/"


@pytest.fixture(scope="module")
def every_block(site_url):
    """The address of a page with the example of every content block."""
    examples = [(name, block.get_preview_value()) for name, block in content_blocks()]
    page = publish(HomePage.objects.get(), StandardPage(title="Semua blok", slug="semua-blok", body=examples))
    yield "/semua-blok/"
    StandardPage.objects.get(pk=page.pk).delete()


def test_every_block_is_for_everybody(visitor, every_block):
    somebody = visitor(PHONE)
    somebody.open(every_block)
    assert not (found := faults(somebody.page)), "\n".join(found)


def test_every_component_in_every_state_is_for_everybody(officer):
    editor = officer("editor")
    editor.page.goto(FRAME)
    assert not (found := faults(editor.page)), "\n".join(found)


def test_an_answer_opens_with_the_keyboard_and_without_javascript(visitor, every_block):
    somebody = visitor(PHONE, js=False)
    somebody.open(every_block)
    answer = somebody.page.get_by_text("Tidak. Layanan ini gratis.")
    expect(answer).to_be_hidden()
    somebody.page.get_by_text("Apakah konsultasi berbayar?").focus()
    somebody.page.keyboard.press("Enter")
    expect(answer).to_be_visible()


def test_a_wide_table_moves_under_its_title_and_the_page_stays(visitor, every_block):
    somebody = visitor({"width": 280, "height": 640})
    somebody.open(every_block)
    table = somebody.page.locator(".table-scroll")
    table.focus()
    somebody.page.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
    title = table.locator("caption span").bounding_box()
    assert title["x"] == table.bounding_box()["x"]
    assert somebody.page.evaluate("document.documentElement.scrollWidth") == 280


def test_paper_carries_the_text_all_answers_and_the_addresses_of_links(visitor, every_block):
    somebody = visitor(DESKTOP)
    somebody.open(every_block)
    page = somebody.page
    page.emulate_media(media="print")
    for gone in (".site-header", ".site-footer", ".breadcrumb", ".feature .button"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.get_by_text("Tidak. Layanan ini gratis.").evaluate("element => element.checkVisibility()")
    link = page.get_by_role("link", name="Cara mencari merek yang mirip")
    written = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert "https://www.youtube.com/" in written
