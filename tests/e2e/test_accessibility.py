"""Every public page and each of its states: axe, small screens, big letters, big targets, Indonesian only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from forms import services
from forms.models import FormPage
from siptenan.accounts.models import User
from tests import factories
from tests.e2e.steps import DESKTOP, GALLERY, HAKI, PHONE, QUESTION, SIINAS, TICKET, TRACK, Visitor, photo

pytestmark = pytest.mark.e2e

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 2.2's target-size is left out by axe unless asked for.
EVERY_RULE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
RULES_ABOUT_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
AXE_RULES = {"light": EVERY_RULE, "dark": RULES_ABOUT_COLOUR}  # the two differ in nothing but colours
MIN_TARGET = 44  # CSS px

# What people press. A link inside a sentence may be smaller, and a tick box is pressed by its label.
SMALL_TARGETS = """minimum => [...document.querySelectorAll(
    'button, summary, header a, nav a, .button, .text-link, .choice, .card-title a, label:has(> input),'
    + 'main input:not([type=hidden], [type=checkbox], [type=radio]), main select, main textarea')]
  .filter(element => element.checkVisibility() && !element.closest('.elsewhere, .skip-link'))
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


# --- The states -----------------------------------------------------------------------------------


def at(path: str) -> Callable[[Visitor], None]:
    """A page as it opens."""
    return lambda visitor, **_: visitor.open(path)


def menu_open(visitor: Visitor, **_) -> None:
    visitor.open("/")
    visitor.page.locator("summary", has_text="Menu").click()


def form_with_errors(path: str) -> Callable[[Visitor], None]:
    def show(visitor: Visitor, **_) -> None:
        visitor.open(path)
        visitor.send()
        visitor.sees("Ada yang perlu diperbaiki")

    return show


def form_closed(visitor: Visitor, closed_form: FormPage, **_) -> None:
    visitor.open(closed_form.url)
    visitor.sees("Formulir ini sedang ditutup")


def receipt(visitor: Visitor, **_) -> None:
    visitor.open(HAKI)
    visitor.fill_in(QUESTION)
    visitor.send()
    visitor.receipt()


def track_with_error(visitor: Visitor, sent, **_) -> None:
    visitor.track(sent(QUESTION), "000")
    visitor.sees("Nomor atau PIN tidak cocok")


def ticket_new(visitor: Visitor, sent, **_) -> None:
    visitor.track(sent(QUESTION))
    visitor.sees("Belum ada jawaban")


def ticket_answered(visitor: Visitor, sent, ticket_of, **_) -> None:
    sent_one = sent(QUESTION)
    services.reply(
        ticket_of(sent_one), "Ya, bisa. Silakan datang ke kantor kami.", by=User.objects.get(username="petugas")
    )
    visitor.track(sent_one)
    visitor.fill_in({"Keterangan tambahan": "Ini foto labelnya."})
    visitor.field("Foto").set_input_files(photo())
    visitor.press("Kirim keterangan")
    visitor.sees("Keterangan Anda sudah masuk")


def ticket_with_error(visitor: Visitor, sent, **_) -> None:
    visitor.track(sent(QUESTION))
    visitor.press("Kirim keterangan")
    visitor.sees("Keterangan belum diisi.")


def login_with_error(visitor: Visitor, **_) -> None:
    visitor.open("/login/")
    visitor.field("Nama pengguna").fill("siapa")
    visitor.field("Sandi").fill("salah-sandi")
    visitor.press("Masuk")
    visitor.sees("Nama pengguna atau sandi tidak cocok")


STATES = {
    "home": at("/"),
    "home, menu open": menu_open,
    "kalindri": at("/kalindri/"),
    "haki": at(HAKI),
    "haki with errors": form_with_errors(HAKI),
    "siinas": at(SIINAS),
    "gallery form": at(GALLERY),
    "gallery form with errors": form_with_errors(GALLERY),
    "closed form": form_closed,
    "receipt": receipt,
    "track": at(TRACK),
    "track with error": track_with_error,
    "ticket, new": ticket_new,
    "ticket, answered": ticket_answered,
    "ticket with error": ticket_with_error,
    "gallery": at("/gallery-ikm/"),
    "regulasi": at("/regulasi/"),
    "info": at("/info/"),
    "contact": at("/contact/"),
    "privasi": at("/privasi/"),
    "aksesibilitas": at("/aksesibilitas/"),
    "400": at("/%ff/"),
    "404": at("/tidak-ada/"),
    "login": at("/login/"),
    "login with error": login_with_error,
}


@pytest.fixture
def closed_form(site_url):
    """A form whose time is over, taken away again after the test."""
    page = factories.make_form(
        "pendaftaran-ditutup", title="Form Pendaftaran Pameran", closes_at=timezone.now() - dt.timedelta(days=1)
    )
    yield page
    page.delete()


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_for_everybody(visitor, sent, ticket_of, closed_form, state):
    somebody = visitor(PHONE)
    STATES[state](somebody, sent=sent, ticket_of=ticket_of, closed_form=closed_form)
    page = somebody.page
    found = [
        *(f"English: {word}" for word in english_words(page)),
        *(f"too small to press: {target}" for target in page.evaluate(SMALL_TARGETS, MIN_TARGET)),
    ]
    if page.locator("h1").count() != 1 or page.locator("html[lang=id]").count() != 1:
        found.append("not exactly one h1, or not in Indonesian")
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
    found += [f"wider than 360 px with big letters: {text}" for text in sticking_out(page)]
    assert not found, "\n".join(found)


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
