"""Fills in the CMS's page editor as an editor's browser does: opens it, changes what is wanted, presses a button."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from forms.models import FormPage

Fields = dict[str, list[str]]


def fields_of(html: bytes, form_id: str = "page-edit-form") -> Fields:
    """Return what a browser would send of a form, by name."""
    form = BeautifulSoup(html, "html.parser", from_encoding="utf-8").find("form", id=form_id)
    fields: Fields = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type")
        if "__prefix__" in name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.name == "select":
            values = [option["value"] for option in control.select("option[selected]")]
        elif control.name == "textarea":
            values = [control.get_text().removeprefix("\n")]
        else:
            values = [control.get("value", "on" if kind == "checkbox" else "")]
        fields.setdefault(name, []).extend(values)
    return fields


def question_row(position: int, label: str, kind: str = "singleline", **values: str) -> dict[str, str]:
    """The fields of one new question; `required=""` is an unticked box."""
    row = {
        "id": "",
        "ORDER": str(position + 1),
        "DELETE": "",
        "label": label,
        "field_type": kind,
        "required": "on",
        "choices": "",
        "help_text": "",
        "placeholder": "",
        "default_value": "",
        "max_length": "",
        "max_files": "1",
        "max_repeats": "5",
        "show_if_operator": "equals",
        "width": "full",
        "role": "",
        **values,
    }
    return {f"form_fields-{position}-{name}": value for name, value in row.items() if (name, value) != ("required", "")}


class PageEditor:
    """One page in the editor; every call opens it anew, as the last one left it."""

    def __init__(self, client: Client, page: FormPage) -> None:
        self.client = client
        self.page = page

    def save(self, *, publish: bool = True, revision: int | None = None, **changes: str) -> HttpResponse:
        """Open the page, or an old revision of it, change fields and save a draft or publish."""
        url = f"/cms/pages/{self.page.pk}/edit/"
        if revision is not None:
            url = f"/cms/pages/{self.page.pk}/revisions/{revision}/revert/"
        fields = {**fields_of(self.client.get(url).content), **changes}
        return self.client.post(url, {**fields, "action-publish": "1"} if publish else fields)

    def add(self, *labels: str, kind: str = "singleline", publish: bool = True, **values: str) -> None:
        """Add questions at the end, all of one kind."""
        first = len(self.latest().form_fields.all())
        changes = {"form_fields-TOTAL_FORMS": str(first + len(labels))}
        for position, label in enumerate(labels, first):
            changes |= question_row(position, label, kind, **values)
        assert self.save(publish=publish, **changes).status_code == 302

    def rename(self, old: str, new: str, *, publish: bool = True) -> None:
        """Give a question another label."""
        changes = {f"form_fields-{self._position(old)}-label": new}
        assert self.save(publish=publish, **changes).status_code == 302

    def delete(self, label: str) -> None:
        """Remove a question and publish."""
        assert self.save(**{f"form_fields-{self._position(label)}-DELETE": "1"}).status_code == 302

    def latest(self) -> FormPage:
        """The page as the editor shows it."""
        return FormPage.objects.get(pk=self.page.pk).get_latest_revision_as_object()

    def revision(self) -> int:
        """The number of the latest revision."""
        return FormPage.objects.get(pk=self.page.pk).latest_revision_id

    def keys(self) -> dict[str, str]:
        """The keys of the published questions by their labels."""
        return {field.label: field.clean_name for field in FormPage.objects.get(pk=self.page.pk).form_fields.all()}

    def _position(self, label: str) -> int:
        return [field.label for field in self.latest().form_fields.all()].index(label)
