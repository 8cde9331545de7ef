"""Every type of public page with the browser's zoom at 400 %, for eyes and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from home.models import EventPage, InfoPage
from tests.e2e.everybody import sticking_out
from tests.e2e.steps import DESKTOP, GALLERY, HAKI, PHONE, QUESTION, RESUME, SIINAS, TRACK

pytestmark = pytest.mark.e2e

# A window of 1280 by 1024 pixels at 400 %: a quarter of the width and of the height is left (WCAG 2.2, 1.4.10).
ZOOMED = {"width": 320, "height": 256}
ZOOM = 4

PATHS = (
    "/", "/kalindri/", HAKI, SIINAS, GALLERY, TRACK, RESUME, "/gallery-ikm/", "/regulasi/", "/info/",
    "/info/?jenis=agenda", "/contact/", "/standar-pelayanan/", "/privasi/", "/aksesibilitas/", "/tidak-ada/",
    "/regulasi/?jenis=uu&q=merek", "/regulasi/?q=zxqwv", "/regulasi/uu-20-2016/", "/regulasi/uu-20-2016/lapor/",
    "/cari/", "/cari/?q=merek", "/cari/?q=batik&jenis=produk", "/cari/?q=tempe+zxqwv",
)  # fmt: skip

# Words that are cut off: a box that hides what does not fit. What only screen readers shall have is cut off on purpose.
CUT_OFF = """() => [...document.querySelectorAll('body *')]
  .filter(element => element.checkVisibility() && !element.closest('.visually-hidden, .skip-link, svg'))
  .filter(element => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX))
  .filter(element => element.scrollWidth > element.clientWidth + 1)
  .map(element => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`)"""

# What keeps its place while the page scrolls down would leave nothing of so low a window.
FIXED = """() => [...document.querySelectorAll('body *')]
  .filter(element => {
    const { position, top, bottom } = getComputedStyle(element);
    return position === 'fixed' || (position === 'sticky' && (top !== 'auto' || bottom !== 'auto'));
  })
  .map(element => `${element.tagName}.${element.className}`)"""

PRESSED = frozenset({
    "link", "button", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "radiogroup", "spinbutton",
    "slider", "switch", "menuitem", "tab", "DisclosureTriangle", "Date", "InputTime", "form", "navigation", "img",
    "image", "dialog", "group",
})  # fmt: skip
# These are silent without a name, which does no harm.
MAY_BE_SILENT = frozenset({"form", "group"})


@pytest.fixture
def paths(site_url) -> Iterator[str]:
    """The addresses of every type of public page."""
    entry = InfoPage.objects.live().not_type(EventPage).first()
    return (*PATHS, entry.url, EventPage.objects.live().first().url)


def test_at_400_percent_nothing_is_cut_off_and_nothing_scrolls_sideways(visitor, paths):
    somebody = visitor(ZOOMED, device_scale_factor=ZOOM)
    found = []
    for path in paths:
        somebody.open(path)
        assert somebody.page.evaluate("devicePixelRatio") == ZOOM
        found += [f"{path}: wider than the window: {text}" for text in sticking_out(somebody.page)]
        found += [f"{path}: cut off: {text}" for text in somebody.page.evaluate(CUT_OFF)]
        found += [f"{path}: stays in the way: {text}" for text in somebody.page.evaluate(FIXED)]
    assert not found, "\n".join(found)


def test_the_open_menu_and_the_receipt_fit_at_400_percent(visitor):
    somebody = visitor(ZOOMED, device_scale_factor=ZOOM)
    somebody.open("/")
    somebody.page.locator("summary", has_text="Menu").click()
    assert sticking_out(somebody.page) == []
    somebody.page.get_by_role("link", name="LOGIN").scroll_into_view_if_needed()
    somebody.open(HAKI)
    somebody.fill_in(QUESTION)
    somebody.send()
    receipt = somebody.receipt()
    assert sticking_out(somebody.page) + somebody.page.evaluate(CUT_OFF) == []
    somebody.open(receipt.link)
    assert sticking_out(somebody.page) + somebody.page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everything_that_can_be_pressed_has_a_name_for_screen_readers(visitor, paths, size):
    somebody = visitor(size)
    found, seen = [], set()
    for path in paths:
        somebody.open(path)
        for role, name in names(somebody.page):
            seen.add(role)
            if not name and role not in MAY_BE_SILENT:
                found.append(f"{path}: {role} without a name")
    assert not found, "\n".join(found)
    assert {"link", "button", "textbox", "combobox", "navigation"} <= seen  # the browser was asked the right thing


def test_links_of_one_name_lead_to_one_place(visitor, paths):
    """Screen readers list the links of a page without what stands around them."""
    somebody = visitor(DESKTOP)
    found = []
    for path in paths:
        somebody.open(path)
        targets: dict[str, set[str]] = {}
        for link in somebody.page.locator("main").get_by_role("link").all():
            targets.setdefault(" ".join(link.inner_text().split()), set()).add(link.evaluate("link => link.href"))
        found += [f"{path}: {name!r}: {sorted(to)}" for name, to in targets.items() if len(to) > 1]
    assert not found, "\n".join(found)


def names(page: Page) -> list[tuple[str, str]]:
    """Role and name of all that a screen reader offers to press or to jump to, as Chromium computes them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (role, node.get("name", {}).get("value", "").strip())
        for node in nodes
        if not node["ignored"] and (role := node["role"]["value"]) in PRESSED
    ]


MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
  const style = getComputedStyle(element);
  return style.transitionDuration.split(',').some(time => parseFloat(time)) || style.animationName !== 'none'
    || style.scrollBehavior === 'smooth';
}).map(element => `${element.tagName}.${element.className}`)"""


def test_no_page_moves_for_those_who_asked_for_less(visitor, paths):
    somebody = visitor(PHONE)
    found = []
    for path in paths:
        somebody.open(path)
        found += [f"{path}: {text}" for text in somebody.page.evaluate(MOVING)]
    assert not found, "\n".join(found)
    somebody.page.emulate_media(reduced_motion="no-preference")
    assert somebody.page.evaluate(MOVING)  # elsewhere a colour fades in, so the question finds what moves
