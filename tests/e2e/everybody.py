"""What every page owes everybody: axe, targets to press, small screens, big letters, Indonesian."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.steps import DESKTOP, PHONE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 2.2's target-size is left out by axe unless asked for.
# Without `preload` axe leaves the files alone that site.css imports here: it would look for them beside the page.
EVERY_RULE = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "preload": False,
}
RULES_ABOUT_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "preload": False,
}
AXE_RULES = {"light": EVERY_RULE, "dark": RULES_ABOUT_COLOUR}  # the two differ in nothing but colours
MIN_TARGET = 44  # CSS px

# What people press. A link inside a sentence may be smaller, and a tick box is pressed by its label.
SMALL_TARGETS = """minimum => [...document.querySelectorAll(
    'button, summary, header a, nav a, .button, .text-link, .choice, .card-title a, label:has(> input),'
    + 'main input:not([type=hidden], [type=checkbox], [type=radio]), main select, main textarea')]
  .filter(element => element.checkVisibility() && !element.closest('.elsewhere, .skip-link, .visually-hidden'))
  .filter(element => Math.max(element.getBoundingClientRect().height,
                              element.closest('.card')?.getBoundingClientRect().height ?? 0) < minimum)
  .map(element => `${element.tagName} ${element.textContent.trim()} ${element.getBoundingClientRect().height}`)"""

# Words no Indonesian sentence has. The manual's own labels (HOME, CONTACT, ...) are not among them.
ENGLISH = re.compile(
    r"\b(the|and|or|of|is|are|was|to|from|with|for|you|your|please|this|that|not|submit\w*|error|required|invalid|"
    r"field|enter|choose|select|search|page|none|yes|next|previous|back|close|open|save|send|loading|success\w*|"
    r"forbidden|found|server|request|sign in|password|username|unknown|select a valid choice)\b",
    re.IGNORECASE,
)


def faults(page: Page) -> list[str]:
    """What keeps somebody from using the page as it stands now, at every size and in both themes."""
    found = [f"too small to press: {target}" for target in page.evaluate(SMALL_TARGETS, MIN_TARGET)]
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for colours, rules in AXE_RULES.items():
            page.emulate_media(color_scheme=colours)
            results = Axe().run(page, options={**rules, "resultTypes": ["violations"]})
            found += [
                f"axe, {size['width']} px, {colours}: {violation['id']}: {node['html']} {node['failureSummary']}"
                for violation in results.response["violations"]
                for node in violation["nodes"]
            ]
    page.set_viewport_size({"width": 320, "height": 640})
    found += [f"wider than 320 px: {text}" for text in sticking_out(page)]
    # The person asked the browser for letters twice as big.
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    return found + [f"wider than 360 px with big letters: {text}" for text in sticking_out(page)]


def english_words(page: Page) -> list[str]:
    """English words on the page, in labels and in its title, but not in what is marked `lang="en"`."""
    text = page.evaluate(
        """() => {
          const copy = document.body.cloneNode(true);
          copy.querySelectorAll('[lang=en], script, style').forEach(element => element.remove());
          const said = [...copy.querySelectorAll('*')].flatMap(element =>
            ['aria-label', 'title', 'alt', 'placeholder'].map(name => element.getAttribute(name) ?? ''));
          return [document.title, copy.textContent, ...said].join('\\n');
        }"""
    )
    return [match.group() for match in ENGLISH.finditer(text)]


def sticking_out(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
          `${document.documentElement.scrollWidth} px`,
          ...[...document.body.querySelectorAll('*')]
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(element => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`)]"""
    )
