"""Pustaka komponen shows every component and every token."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from home import tokens
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import signed_in

COMPONENTS = sorted(path.name for path in (Path(settings.BASE_DIR) / "templates/components").glob("*.html"))


@pytest.fixture
def response(site, editor):
    return signed_in(editor).get("/cms/komponen/bingkai/")


@pytest.fixture
def page(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


# What must be seen of the components, and how often at least.
STATES = {
    "quiet button": (".button-quiet", 1),
    "the office elsewhere": (".specimen > a.button-quiet[target=_blank][rel~=noopener]", 4),
    "small button": (".button-small", 1),
    "disabled button": (".button[aria-disabled=true]", 1),
    "notice, four levels": ("div.notice:not(.callout)", 4),
    "callout, three levels": (".callout", 3),
    "badge, four levels": (".badge", 4),
    "first, middle and last page": ("nav.pagination", 3),
    "field with a mistake": (".field-wrong", 4),
    "field that is filled in": ("textarea:not(:empty)", 1),
    "field that cannot be changed": ("textarea[disabled]", 1),
    "list of mistakes": (".error-summary li", 4),
    "step that is done": (".stepper .is-done", 2),
    "step of today": (".stepper [aria-current=step]", 1),
    "number, PIN and code to copy": (".ticket-fact button[data-copy]", 3),
    "PIN in two halves": (".ticket-fact .pin span + span", 1),
    "nothing to copy": (".ticket-fact dd:not(:has(button)):-soup-contains('PIN baru')", 1),
    "card with a picture": (".card .card-picture", 1),
    "closed service": (".choice-summary:-soup-contains('Sedang ditutup')", 1),
    "accordion": (".accordion details", 2),
    "search": ("form[role=search] .button", 1),
    "what a search found": (".search-hit mark", 4),
    "hit that is over": (".search-hit .badge", 1),
    "empty cell": (".table-scroll td .visually-hidden", 1),
}


@pytest.mark.django_db
class TestComponents:
    def test_each_is_shown_and_named(self, response, page):
        """Add a new component to templates/home/styleguide/."""
        rendered = {template.name for template in response.templates}
        named = " ".join(heading.text for heading in page.select("h3"))
        assert [name for name in COMPONENTS if f"components/{name}" not in rendered or name not in named] == []

    def test_with_its_states(self, page):
        missing = [what for what, (selector, count) in STATES.items() if len(page.select(selector)) < count]
        assert missing == []

    def test_it_uses_the_public_style_sheet_and_none_of_the_cms(self, page):
        sheets = [link["href"].rpartition("/")[2] for link in page.select("link[rel=stylesheet]")]
        assert sorted(sheets) == ["site.css", "styleguide.css"]
        assert page.select_one("header.site-header")

    def test_headings_and_ids_are_in_order(self, page):
        levels = [int(heading.name[1]) for heading in page.main.find_all(["h1", "h2", "h3", "h4"])]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = [element["id"] for element in page.select("[id]")]
        assert len(ids) == len(set(ids))

    def test_nothing_takes_the_focus(self, page):
        assert page.select("[autofocus]") == []


@pytest.mark.django_db
class TestPage:
    def test_the_cms_shows_it_in_a_frame(self, site, editor):
        page = BeautifulSoup(signed_in(editor).get("/cms/komponen/").content, "html.parser")
        assert page.select_one("iframe")["src"] == "/cms/komponen/bingkai/"
        assert page.select_one("iframe.library-phone") is None

    def test_as_wide_as_a_phone(self, site, editor):
        page = BeautifulSoup(signed_in(editor).get("/cms/komponen/?lebar=360").content, "html.parser")
        assert page.select_one("iframe.library-phone")

    @pytest.mark.parametrize(("role", "is_there"), [(roles.EDITOR, True), (roles.ADMIN, True), (roles.OFFICER, False)])
    def test_who_finds_it_in_the_menu(self, site, role, is_there):
        client = signed_in(factories.make_staff(role, "seseorang"))
        assert ("/cms/komponen/" in client.get("/cms/").content.decode()) is is_there


class TestTokens:
    def test_every_colour_has_the_contrast_it_needs_by_day_and_by_night(self):
        for colour in tokens.read().colours:
            needs = colour.use.needs or 0
            for theme, swatch in (("light", colour.light), ("dark", colour.dark)):
                assert (swatch.contrast or needs) >= needs, f"--{colour.use.name}, {theme}: {swatch}"

    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [("#000", "#fff", 21.0), ("#fff", "#fff", 1.0), ("#767676", "#ffffff", 4.5), ("#777", "#fff", 4.4)],
    )
    def test_contrast_is_that_of_wcag(self, one, other, ratio):
        assert tokens.contrast(one, other) == tokens.contrast(other, one) == ratio

    def test_a_colour_without_a_purpose_is_refused(self):
        with pytest.raises(KeyError, match="brand-new"):
            tokens.parse(":root { --brand-new: #123456; }")

    @pytest.mark.django_db
    def test_all_are_on_the_page(self, page):
        sheet = Path(settings.STATICFILES_DIRS[0]) / tokens.SHEET
        kinds = ("#", "rem", "px")
        names = [
            name
            for name, value in tokens.TOKEN.findall(sheet.read_text())
            if (value.startswith("#") or (name.startswith(("step", "space")) and value.endswith(kinds)))
        ]
        shown = {code.text for code in page.select("code")}
        assert len(names) > 30
        assert {f"--{name}" for name in names} - shown == set()
