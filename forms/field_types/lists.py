"""Types whose answer is chosen from a list."""

from __future__ import annotations

from typing import Any

from django import forms

from forms.field_types.base import QuestionType, register
from forms.questions import Question


@register
class Checkbox(QuestionType):
    code = "checkbox"
    label = "Satu kotak centang"
    field_class = forms.BooleanField
    widget = forms.CheckboxInput

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "initial": False}  # never ticked in advance

    def required_message(self, question: Question) -> str:
        return f"Centang dulu: {question.label}."

    def to_answer(self, value: bool | None) -> bool:
        return bool(value)

    def typed(self, question: Question, answer: bool) -> dict[str, list[str]]:
        return {question.key: ["on"]} if answer else {}

    def display(self, answer: bool) -> str:
        return "Ya" if answer else "Tidak"

    def example(self, question: Question) -> bool:
        return True

    def comparable(self, answer: bool) -> list[str]:
        return [self.display(answer)]

    def search_text(self, answer: bool) -> str:
        return ""


class Several(QuestionType):
    """Types whose answer is a list of choices."""

    field_class = forms.MultipleChoiceField
    has_choices = True
    settings = frozenset({"default_value"})
    messages = {"invalid_list": "Pilih salah satu jawaban yang tersedia."}

    def options(self, question: Question) -> dict[str, Any]:
        initial = [line.strip() for line in question.default.splitlines() if line.strip()]
        return {**super().options(question), "initial": initial}

    def required_message(self, question: Question) -> str:
        return f"Pilih paling sedikit satu: {question.label}."

    def to_answer(self, value: list[str] | None) -> list[str]:
        return list(value or [])

    def display(self, answer: list[str]) -> str:
        return ", ".join(answer)

    def example(self, question: Question) -> list[str]:
        return list(question.choices[:2])


@register
class Checkboxes(Several):
    code = "checkboxes"
    label = "Beberapa kotak centang"
    widget = forms.CheckboxSelectMultiple


class One(QuestionType):
    """Types whose answer is one of the choices."""

    field_class = forms.ChoiceField
    has_choices = True

    def required_message(self, question: Question) -> str:
        return f"{question.label} belum dipilih."

    def example(self, question: Question) -> Any:
        return question.choices[0] if question.choices else ""


@register
class Dropdown(One):
    code = "dropdown"
    label = "Pilihan (dropdown)"
    settings = frozenset({"placeholder", "default_value"})
    widget = forms.Select

    def options(self, question: Question) -> dict[str, Any]:
        options = super().options(question)
        options["choices"] = [("", question.placeholder or "Pilih …"), *options["choices"]]
        options["widget"].attrs.pop("placeholder", None)
        return options


@register
class MultiSelect(Several):
    code = "multiselect"
    label = "Pilihan lebih dari satu (daftar)"
    widget = forms.SelectMultiple


@register
class Radio(One):
    code = "radio"
    label = "Pilihan (tombol bulat)"
    settings = frozenset({"default_value"})
    widget = forms.RadioSelect
