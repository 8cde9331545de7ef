"""Scales: one question answered by a grade, and a table of questions with the same grades."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from forms.field_types.base import Order, QuestionType, register
from forms.field_types.compound import SEPARATOR, Part, PartsField
from forms.questions import Question

UNAVAILABLE = "Pilih salah satu jawaban yang tersedia."


@register
class Scale(QuestionType):
    """One element of a survey such as the SKM: grades from the worst (1) to the best, each with a label of its own."""

    code = "scale"
    label = "Skala nilai (SKM)"
    is_counted = True
    order = Order.NUMBER
    has_choices = True
    field_class = forms.TypedChoiceField
    widget = forms.RadioSelect

    def options(self, question: Question) -> dict[str, Any]:
        options = super().options(question)
        options["choices"] = [(str(grade), choice) for grade, choice in enumerate(question.choices, 1)]
        options["coerce"] = lambda grade: {"value": int(grade), "label": question.choices[int(grade) - 1]}
        return {**options, "empty_value": ""}

    def required_message(self, question: Question) -> str:
        return f"{question.label} belum dipilih."

    def typed(self, question: Question, answer: dict) -> dict[str, list[str]]:
        return {question.key: [str(answer["value"])]} if answer else {}

    def display(self, answer: dict) -> str:
        return f"{answer['label']} ({answer['value']})" if answer else ""

    def example(self, question: Question) -> dict | str:
        best = len(question.choices)
        return {"value": best, "label": question.choices[-1]} if best else ""

    def search_text(self, answer: dict) -> str:
        return ""

    def comparable(self, answer: dict) -> list[str]:
        return [answer["label"], str(answer["value"])]

    def rank(self, answer: dict) -> Decimal:
        return Decimal(answer["value"])


class MatrixField(PartsField):
    """Cleaned by the words of the rows: their numbers mean nothing when the table has changed."""

    def clean(self, value: Any) -> dict[str, Any]:
        words = {part.name: part.label for part in self.parts}
        return {words[name]: choice for name, choice in super().clean(value).items()}


@register
class Matrix(QuestionType):
    """Several questions, one a line, that are all answered by the same choices."""

    code = "matrix"
    label = "Tabel pertanyaan dengan pilihan yang sama"
    is_counted = True
    has_choices = True
    settings = frozenset({"rows"})

    def form_field(self, question: Question) -> forms.Field:
        parts = [
            Part(str(number), row, self._row(question), required=question.required)
            for number, row in enumerate(question.rows, 1)
        ]
        return MatrixField(
            parts=parts, label=question.label, help_text=question.help_text, required=question.required,
            error_messages={"required": f"{question.label}: pilih jawaban untuk setiap baris."},
            error_text=question.error_text,
        )  # fmt: skip

    def _row(self, question: Question) -> forms.ChoiceField:
        return forms.ChoiceField(
            choices=[(choice, choice) for choice in question.choices], required=False, widget=forms.RadioSelect,
            error_messages={"invalid_choice": UNAVAILABLE},
        )  # fmt: skip

    def names(self, question: Question) -> list[str]:
        return [f"{question.key}{SEPARATOR}{number}" for number in range(1, len(question.rows) + 1)]

    def to_answer(self, value: dict | None) -> dict | str:
        return value or ""

    def typed(self, question: Question, answer: dict) -> dict[str, list[str]]:
        rows = dict(zip(self.names(question), question.rows, strict=True))
        return {name: [answer[row]] for name, row in rows.items() if answer and row in answer}

    def display(self, answer: dict) -> str:
        return "\n".join(f"{row}: {choice}" for row, choice in answer.items()) if answer else ""

    def example(self, question: Question) -> dict[str, str]:
        return dict.fromkeys(question.rows, question.choices[-1]) if question.choices else {}

    def search_text(self, answer: dict) -> str:
        return ""

    def comparable(self, answer: dict) -> list[str]:
        return list(answer.values())  # a condition asks whether any row was answered so
