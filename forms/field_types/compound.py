"""Questions whose answer has several parts, each with a control and a label of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

SEPARATOR = "-"  # no key has one, so that a part is never named as another question


@dataclass(frozen=True)
class Part:
    """One part: its name in the answer, what a visitor reads beside it, and its field."""

    name: str
    label: str
    field: forms.Field
    required: bool = False
    wide: bool = True


class PartsWidget(forms.MultiWidget):
    """The controls of all parts, each below its label."""

    template_name = "forms/widgets/parts.html"
    use_fieldset = True

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        super().__init__([part.field.widget for part in parts])
        self.widgets_names = [f"{SEPARATOR}{part.name}" for part in parts]

    def decompress(self, value: dict | None) -> list[Any]:
        return [(value or {}).get(part.name, "") for part in self.parts]

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        """Render with a template of the project: those of Django's widgets know no label of a part."""
        values = value if isinstance(value, list) else self.decompress(value)
        values = [*values, *[None] * (len(self.parts) - len(values))]
        given = {**self.attrs, **(attrs or {})}
        parts = []
        for number, (part, widget, suffix) in enumerate(zip(self.parts, self.widgets, self.widgets_names, strict=True)):
            its_id = f"{given['id']}_{number}" if given.get("id") else ""
            its_attrs = {key: value for key, value in {**given, "id": its_id}.items() if value}
            html = widget.render(f"{name}{suffix}", values[number], its_attrs, renderer)
            is_group = getattr(widget, "input_type", "") == "radio"
            parts.append({"part": part, "id": its_id, "html": html, "is_group": is_group})
        return render_to_string(self.template_name, {"parts": parts})


class PartsField(forms.MultiValueField):
    """Cleans the parts to a dict by their names; parts that say nothing are left out. Errors name their part."""

    def __init__(self, *, parts: Sequence[Part], error_text: str = "", **kwargs: Any) -> None:
        self.parts = parts
        self.error_text = error_text
        kwargs.pop("widget", None)
        kwargs.pop("validators", None)
        super().__init__(
            fields=[part.field for part in parts], widget=PartsWidget(parts), require_all_fields=False, **kwargs
        )

    def clean(self, value: Sequence[Any] | None) -> dict[str, Any]:
        given = [entry.strip() if isinstance(entry, str) else entry for entry in value or []]
        given += [None] * (len(self.parts) - len(given))
        if not any(entry not in (None, "", []) for entry in given):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return {}
        cleaned: dict[str, Any] = {}
        missing, wrong = [], []
        for part, entry in zip(self.parts, given, strict=True):
            if part.required and entry in (None, "", []):
                missing.append(f"{part.label} belum diisi.")
                continue
            try:
                found = part.field.clean(entry)
            except ValidationError as error:
                wrong += [f"{part.label}: {message}" for message in error.messages]
            else:
                if found not in (None, ""):
                    cleaned[part.name] = found
        if wrong and self.error_text:  # what the editor wrote says how to mend it, whatever the fault
            wrong = [self.error_text]
        if missing or wrong:
            raise ValidationError([*missing, *wrong])
        return cleaned
