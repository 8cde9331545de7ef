"""Conditions in the browser: what it shows and hides is what the server asks (A3)."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from playwright.sync_api import Page, expect

from forms.models import FormPage
from tests import factories
from tests.e2e.steps import Visitor

pytestmark = pytest.mark.e2e

CHOICES = "Ya\nTidak\nBelum tahu"
# The question looked at (type, what an editor sets), the condition, what a visitor does there, whether it then holds.
CASES = [
    ("radio", {"choices": CHOICES}, "equals", "Ya", "Ya", True),
    ("radio", {"choices": CHOICES}, "equals", "ya", "Tidak", False),
    ("radio", {"choices": CHOICES}, "not", "Ya", None, True),
    ("radio", {"choices": CHOICES}, "any", "Tidak\nBelum tahu", "Belum tahu", True),
    ("dropdown", {"choices": CHOICES}, "equals", "Tidak", "Tidak", True),
    ("dropdown", {"choices": CHOICES}, "filled", "", None, False),
    ("checkboxes", {"choices": CHOICES}, "equals", "Tidak", "Tidak", True),
    ("checkboxes", {"choices": CHOICES}, "empty", "", "Ya", False),
    ("checkbox", {}, "equals", "Tidak", None, True),
    ("checkbox", {}, "equals", "Ya", "tick", True),
    ("checkbox", {}, "filled", "", None, False),
    ("consent", {"text": "Saya setuju."}, "equals", "Ya", "tick", True),
    ("consent", {"text": "Saya setuju."}, "not", "Ya", None, True),
    ("number", {}, "greater", "1.499,5", "1.500", True),
    ("number", {}, "greater", "9", "banyak", False),
    ("number", {}, "equals", "12,5", "12.50", True),
    ("number", {}, "empty", "", "0", False),
    ("rupiah", {}, "greater", "999.999", "Rp 1.000.000,-", True),
    ("rupiah", {}, "less", "5000", "Rp 5.000,00", False),
    ("year", {}, "less", "2016", "2015", True),
    ("quantity", {"unit": "kg"}, "greater", "10", "11", True),
    ("date", {}, "greater", "31/12/2025", "1-1-2026", True),
    ("date", {}, "equals", "1/2/2026", "2026-02-01", True),
    ("datetime", {}, "less", "1/1/2027", "31/12/2026 09.30", True),
    ("scale", {"choices": "Sulit\nCukup\nMudah"}, "greater", "1", "Cukup", True),
    ("scale", {"choices": "Sulit\nCukup\nMudah"}, "equals", "sulit", "Mudah", False),
    ("matrix", {"choices": "Baik\nKurang", "rows": "Kecepatan\nKesopanan"}, "equals", "Kurang", "Kurang", True),
    ("kelurahan", {}, "equals", "Kauman", "Kauman", True),
    ("kelurahan", {}, "equals", "Pekalongan Timur", "Kauman", True),
    ("singleline", {}, "equals", "batik", " BATIK ", True),
    ("multiline", {}, "filled", "", "   ", False),
    ("address", {}, "empty", "", None, True),
]


@pytest.fixture(scope="module")
def page_of_cases(site_url) -> FormPage:
    rows: list[dict] = []
    for number, (kind, values, operator, wanted, _, _) in enumerate(CASES):
        looked = {"label": f"Lihat {number}", "field_type": kind, "required": False, **values}
        rows += [looked, dependent(number, f"lihat_{number}", operator, wanted)]
    page = factories.make_form("syarat", rows, title="Syarat", on_dashboard=False)
    yield page
    page.delete()


def dependent(number: int, key: str, operator: str, wanted: str) -> dict:
    return {
        "label": f"Ikut {number}", "field_type": "singleline", "required": False,
        "show_if_key": key, "show_if_operator": operator, "show_if_values": wanted,
    }  # fmt: skip


def shown(page: Page) -> set[str]:
    return set(
        page.locator("[data-show-if]").evaluate_all(
            "rows => rows.filter(row => row.checkVisibility()).map(row => row.dataset.question)"
        )
    )


def asked(page: Page, form_page: FormPage) -> set[str]:
    """What the server asks, given what the browser would send."""
    sent = page.locator("main form").evaluate("form => new URLSearchParams(new FormData(form)).toString()")
    form = form_page.form_class(QueryDict(sent), page=form_page)
    form.is_valid()
    return {key for key in form.visible if key.startswith("ikut_")}


def do(page: Page, number: int, what: str | None) -> None:
    """Answer a question as a visitor does."""
    row = page.locator(f"[data-question=lihat_{number}]")
    if what is None:
        return
    if what == "tick":
        row.get_by_role("checkbox").check()
    elif row.locator("select[id]").count() and not row.locator("input:not([type=hidden])").count():
        row.locator("select").select_option(label=what)
    elif row.locator("[type=radio], [type=checkbox]").count():
        row.get_by_label(what).last.check()
    else:
        row.locator("input, textarea").first.fill(what)


def test_the_browser_shows_what_the_server_asks(visitor, page_of_cases):
    somebody: Visitor = visitor()
    somebody.open(page_of_cases.url)
    expect(somebody.page.locator("form[data-live]")).to_be_visible()
    assert shown(somebody.page) == asked(somebody.page, page_of_cases)
    for number, (_, _, _, _, what, _) in enumerate(CASES):
        do(somebody.page, number, what)
    expected = {f"ikut_{number}" for number, case in enumerate(CASES) if case[-1]}
    assert shown(somebody.page) == expected
    assert asked(somebody.page, page_of_cases) == expected


def test_no_nib_no_question_about_it_and_the_form_goes_out(visitor):
    """A hidden question that must be answered blocks nobody; its answer is back when it is shown again."""
    form_page = factories.make_form(
        "nib",
        [
            {"label": "Punya NIB?", "field_type": "radio", "choices": "Ya\nTidak"},
            {**dependent(1, "punya_nib", "equals", "Ya"), "label": "Nomor NIB", "required": True},
            {"label": "Izin", "field_type": "section", "show_if_key": "nomor_nib", "show_if_operator": "filled"},
            {"label": "Tanggal izin", "field_type": "date"},
        ],
        title="Syarat dan bagian",
        on_dashboard=False,
    )
    somebody: Visitor = visitor()
    somebody.open(form_page.url)
    number, date = somebody.field("Nomor NIB"), somebody.field("Tanggal izin")
    expect(number).to_be_hidden()
    somebody.does_not_see("Hanya bila")
    somebody.page.get_by_label("Ya").check()
    number.fill("9120001234567")
    expect(date).to_be_visible()
    somebody.page.get_by_label("Tidak").check()
    expect(number).to_be_hidden()
    expect(date).to_be_hidden()
    somebody.page.get_by_label("Ya").check()
    expect(number).to_have_value("9120001234567")
    somebody.page.get_by_label("Tidak").check()
    somebody.send()
    somebody.receipt()
    somebody.does_not_see("9120001234567", "Tanggal izin")
