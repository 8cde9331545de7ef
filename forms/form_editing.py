"""The editor's form of a form page: what may be saved, and what may be published."""

from __future__ import annotations

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from forms import conditions, field_types, groups, procedures
from forms.models.form_field import free_key

# Publishing without them is refused: a visitor must know what follows and whom to ask.
REQUIRED_TO_PUBLISH = {
    "what_happens_next": "Isi dulu “Apa yang terjadi selanjutnya” sebelum menerbitkan.",
    "help_contact": "Isi dulu “Kontak bantuan” sebelum menerbitkan.",
}


def editor_script() -> SafeString:
    """Wagtail hook `insert_editor_js`: a row of the editor shows what its type uses (js/form-editor.js)."""
    columns = json_script(field_types.editor_columns(), "question-columns")
    return columns + format_html('<script src="{}" defer></script>', static("siptenan/js/form-editor.js"))


class FormPageForm(WagtailAdminFormPageForm):
    """The editor's form of a form page."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # A question of an older revision may be gone from the table; Django would refuse its id, and so the revert.
        for row in self._question_forms():
            row.fields["id"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=row.fields["id"].initial
            )
        labels = {row.instance.clean_name: row.instance.label for row in self._question_forms()}
        self._stored_keys = {row.prefix: row.instance.show_if_key for row in self._question_forms()}
        for row in self._question_forms():  # a condition is stored by key, and shown by label
            if row.instance.show_if_key in labels:
                row.initial["show_if_key"] = labels[row.instance.show_if_key]

    def _question_forms(self) -> list[forms.ModelForm]:
        formset = self.formsets.get("form_fields")
        return formset.forms if formset else []

    def clean(self) -> dict:
        self._name_new_questions()
        self._resolve_conditions()
        cleaned = super().clean()
        self._keep_core_questions()
        if not self.is_deferred_validation:  # saving a draft may leave them for later, publishing may not
            for name, message in REQUIRED_TO_PUBLISH.items():
                if not cleaned.get(name, "").strip():
                    self.add_error(name, message)
            rows = [row for row in self._question_forms() if row.is_valid()]
            kept = [row.cleaned_data["field_type"] for row in rows if not row.cleaned_data.get("DELETE", True)]
            if not any(field_types.get(kind).is_question for kind in kept):
                self.add_error(None, "Tambahkan paling sedikit satu pertanyaan sebelum menerbitkan.")
        return cleaned

    def _keep_core_questions(self) -> None:
        """Refuse to lose a question that the procedure of the form makes something of, naming it."""
        formset = self.formsets.get("form_fields")
        # Also a row that is wrong otherwise: it is not lost.
        kept = {row.instance.clean_name: row for row in self._question_forms() if not formset._should_delete_form(row)}
        labels = dict(self.instance.form_fields.values_list("clean_name", "label")) if self.instance.pk else {}
        for key, kind in procedures.get(self.instance.procedure).core_questions.items():
            if key not in kept:
                self.add_error(None, f"Pertanyaan inti “{labels.get(key, key)}” tidak boleh dihapus.")
            elif kept[key]["field_type"].value() != kind:
                kept[key].add_error("field_type", "Jenis pertanyaan inti tidak boleh diganti.")
                self.add_error(None, f"Jenis pertanyaan inti “{kept[key].instance.label}” tidak boleh diganti.")

    def _resolve_conditions(self) -> None:
        """Let a condition name its question by label, as the editor sees it; refuse what cannot work, groups too."""
        rows = sorted(
            (row for row in self._question_forms() if row.is_valid() and not row.cleaned_data.get("DELETE")),
            key=lambda row: row.cleaned_data.get("ORDER") or 0,
        )
        rows = [row for row in rows if row.instance.label]
        keys = {row.instance.label.casefold(): row.instance.clean_name for row in reversed(rows)}
        for row in rows:
            wanted = row.instance.show_if_key.strip()
            if "show_if_key" not in row.changed_data:  # whatever the question it looks at is called now
                row.instance.show_if_key = self._stored_keys.get(row.prefix, "")
            else:
                row.instance.show_if_key = keys.get(wanted.casefold(), wanted)
        by_key = {row.instance.clean_name: row for row in rows}
        questions = [row.instance.as_question() for row in rows]
        for column, faults in (("show_if_key", conditions.faults(questions)), ("label", groups.faults(questions))):
            for key, fault in faults.items():
                by_key[key].add_error(column, fault)
                self.add_error(None, fault)

    def _name_new_questions(self) -> None:
        """Give new questions keys of their own; Wagtail, which looks next, refuses two questions of one label."""
        rows = [form.instance for form in self._question_forms() if form.is_valid() or form.instance.label]
        taken = {row.clean_name for row in rows}
        for row in rows:
            if row.label and not row.clean_name:
                row.clean_name = free_key(row.get_field_clean_name(), taken)
                taken.add(row.clean_name)
