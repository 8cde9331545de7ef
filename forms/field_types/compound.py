"""Questions whose answer has several parts, each with a control and a label of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

SEPARATOR = "-"  # no key has one, so that a part is never named as another question
WRONG = "wrong_parts"  # among the attributes of a widget: the places of the parts that are wrong


@dataclass(frozen=True)
class Part:
    """One part: its name in the answer, what a visitor reads beside it, and its field."""

    name: str
    label: str
    field: forms.Field
    required: bool = False
    wide: bool = True

    @property
    def missing(self) -> str:
        """What a visitor reads when it says nothing."""
        return f"{self.label} belum {'dipilih' if isinstance(self.field, forms.ChoiceField) else 'diisi'}."


class PartError(ValidationError):
    """What is wrong with some parts of an answer, by their places."""

    def __init__(self, message: str, *parts: int, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.parts = parts


class PartsBoundField(BoundField):
    """Tells its widget which parts are wrong: only those are marked."""

    field: PartsField

    def build_widget_attrs(self, attrs: dict, widget: forms.Widget | None = None) -> dict:
        every = range(len(self.field.parts))
        wrong = {part for error in self.errors.as_data() for part in getattr(error, "parts", every)}
        return {**super().build_widget_attrs(attrs, widget), WRONG: wrong}


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
        wrong = given.pop(WRONG, ())
        given.pop("aria-invalid", None)
        parts = []
        for number, (part, widget, suffix) in enumerate(zip(self.parts, self.widgets, self.widgets_names, strict=True)):
            its_id = f"{given['id']}_{number}" if given.get("id") else ""
            its_attrs = {key: value for key, value in {**given, "id": its_id}.items() if value}
            is_group = getattr(widget, "input_type", "") == "radio"
            if number in wrong:
                its_attrs["aria-invalid"] = "true"
                if its_id and not is_group:  # the words stand above the first part
                    its_attrs["aria-describedby"] = f"{given['id']}_error"
            html = widget.render(f"{name}{suffix}", values[number], its_attrs, renderer)
            parts.append({"part": part, "id": its_id, "html": html, "is_group": is_group})
        return render_to_string(self.template_name, {"parts": parts})


class PartsField(forms.MultiValueField):
    """Cleans the parts to a dict by their names; parts that say nothing are left out. Errors know their part."""

    def __init__(self, *, parts: Sequence[Part], error_text: str = "", **kwargs: Any) -> None:
        self.parts = parts
        self.error_text = error_text
        kwargs.pop("widget", None)
        kwargs.pop("validators", None)
        super().__init__(
            fields=[part.field for part in parts], widget=PartsWidget(parts), require_all_fields=False, **kwargs
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        return PartsBoundField(form, self, field_name)

    def clean(self, value: Sequence[Any] | None) -> dict[str, Any]:
        given = [entry.strip() if isinstance(entry, str) else entry for entry in value or []]
        given += [None] * (len(self.parts) - len(given))
        if not any(entry not in (None, "", []) for entry in given):
            if self.required:
                needed = [place for place, part in enumerate(self.parts) if part.required]
                raise PartError(str(self.error_messages["required"]), *needed, code="required")
            return {}
        cleaned: dict[str, Any] = {}
        missing: list[PartError] = []
        wrong: list[PartError] = []
        for place, (part, entry) in enumerate(zip(self.parts, given, strict=True)):
            if part.required and entry in (None, "", []):
                missing.append(PartError(part.missing, place))
                continue
            try:
                found = part.field.clean(entry)
            except ValidationError as error:
                wrong += [PartError(f"{part.label}: {message}", place) for message in error.messages]
            else:
                if found not in (None, ""):
                    cleaned[part.name] = found
        if wrong and self.error_text:  # what the editor wrote says how to mend it, whatever the fault
            wrong = [PartError(self.error_text, *(place for error in wrong for place in error.parts))]
        if missing or wrong:
            raise ValidationError([*missing, *wrong])
        return cleaned
