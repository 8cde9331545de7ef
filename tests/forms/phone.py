"""A phone without JavaScript: keeps the page it sees, fills in what stands there, presses a button."""

from __future__ import annotations

import time

import time_machine
from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

from tests.forms.visitors import page_of

Typed = dict[str, list[str]]


def fields_of(form: Tag) -> Typed:
    """What a browser sends of a form as it stands, without its buttons."""
    found: Typed = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        kind = control.get("type")
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if kind in ("submit", "file"):
            continue
        if control.name == "select":
            values = [option["value"] for option in control.select("option[selected]")]
            if not values and not control.has_attr("multiple"):
                values = [control.select("option")[0]["value"]]
        elif control.name == "textarea":
            values = [control.get_text().removeprefix("\r\n").removeprefix("\n")]
        else:
            values = [control.get("value", "on" if kind == "checkbox" else "")]
        found.setdefault(control["name"], []).extend(values)
    return {name: values for name, values in found.items() if values}


class Phone:
    """One visitor on one form page; `response` is the page that stands on the screen."""

    def __init__(self, url: str, client: Client | None = None) -> None:
        self.client = client or Client()
        self.url = url
        with time_machine.travel(time.time() - 60):  # a person needs a minute
            self.response: HttpResponse = self.client.get(url)

    @property
    def page(self) -> BeautifulSoup:
        """The page on the screen."""
        return page_of(self.response)

    @property
    def form(self) -> Tag:
        """Its form."""
        return self.page.select_one("main form[method=post]")

    @property
    def heading(self) -> str:
        """The title of the section on the screen."""
        title = self.page.select_one(".form-section-title")
        return title.get_text() if title else ""

    @property
    def progress(self) -> str:
        """Such as: Langkah 2 dari 4."""
        shown = self.page.select_one(".form-progress")
        return shown.get_text() if shown else ""

    @property
    def errors(self) -> dict[str, str]:
        """What the summary says, by the anchor it leads to."""
        return {link["href"]: link.get_text() for link in self.page.select(".error-summary a")}

    @property
    def labels(self) -> list[str]:
        """The questions on the screen."""
        found = self.page.select(".fields > .field > label, .fields > .field > legend")
        return [label.get_text(" ", strip=True).removesuffix(" (tidak wajib)") for label in found]

    @property
    def checked(self) -> dict[str, str]:
        """The answers of the page for checking."""
        rows = self.page.select(".check-list > div")
        return {row.dt.get_text(strip=True): row.dd.get_text("\n", strip=True) for row in rows}

    @property
    def buttons(self) -> list[str]:
        """What the visible buttons do."""
        return [button["value"] for button in self.form.select("button[name=aksi]:not([tabindex='-1'])")]

    def kept(self) -> Typed:
        """Everything the page would send, without what every form carries."""
        carried = ("kunci_formulir", "kunci_simpanan", "langkah", "dari_pemeriksaan", "situs_perusahaan", "ch")
        return {name: values for name, values in fields_of(self.form).items() if name not in carried and any(values)}

    def press(
        self, action: str | None, /, follow: bool = False, named: dict | None = None, **typed: str | list[str]
    ) -> HttpResponse:
        """Fill in by name (a part of an answer as `isian__part`), press a button, look at the page that comes.

        `named` holds names as they are, such as those of copies.
        """
        values = {name.replace("__", "-"): value for name, value in typed.items()} | (named or {})
        data = {**fields_of(self.form), **values, **({"aksi": action} if action else {})}
        self.response = self.client.post(self.url, data, follow=follow)
        return self.response
