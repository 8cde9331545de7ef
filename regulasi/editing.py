"""The editor's form of a regulation: what may be saved of its relations, its address, its twin."""

from __future__ import annotations

from django import forms
from django.db import transaction
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

# What a field shows as an example while it is empty: what is composed.
COMPOSED = {
    "own_title": "full_title",
    "own_teu": "teu",
    "own_abbreviation": "abbreviation",
    "own_source": "source",
    "own_file_name": "file_stem",
    "enacted_place": "place",
}
LONG_FIELDS = {"about": 2, "own_title": 2, "meaning": 6, "considering": 4, "legal_basis": 5, "notes": 3}


class RegulationCopyForm(CopyForm):
    """The form of a copy: always a draft, since it is the beginning of another regulation. An alias would be a twin."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class RegulationForm(WagtailAdminPageForm):
    """The form of RegulationPage."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # it is composed
        for name, composed in COMPOSED.items():
            if name in self.fields and not getattr(self.instance, name):
                self.fields[name].widget.attrs["placeholder"] = getattr(self.instance, composed)
        for name, rows in LONG_FIELDS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows

    def _post_clean(self) -> None:
        """After the page has what was typed: compose of it, and compare it with the others."""
        super()._post_clean()
        self.instance.compose()
        if not (self.instance.kind and self.instance.number and self.instance.year):
            return
        self._refuse_twin()
        self._refuse_relations()

    def _refuse_twin(self) -> None:
        twin = self.instance.twins().first()
        if twin is not None and "number" in self.fields and not self.has_error("number"):
            self.add_error("number", f"{twin.short_name} sudah punya halaman: “{twin.title}”. Ubah halaman itu.")

    def _refuse_relations(self) -> None:
        from regulasi import consistency

        formset = self.formsets.get("relations")
        if formset is None or not self.is_bound:
            return
        rows = [row for row in formset.forms if row.is_valid() and not row.cleaned_data.get("DELETE")]
        rows = [row for row in rows if row.instance.other_id or row.instance.stub_id]
        for place, reason in consistency.refusals(self.instance, [row.instance for row in rows]).items():
            row = rows[place]
            row.add_error("other" if row.instance.other_id else "stub", forms.ValidationError(reason, code="relation"))
            self.add_error(None, reason)

    def save(self, commit: bool = True):
        """A PDF that only a draft of a live page names is read, too: its first page has something to propose."""
        from regulasi import extraction

        page = super().save(commit=commit)
        if pk := page.document_id:
            transaction.on_commit(lambda: extraction.request(pk), robust=True)
        return page
