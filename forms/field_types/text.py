"""Types whose answer is typed as text."""

from __future__ import annotations

from typing import Any

from django import forms

from forms import patterns
from forms.enums import AnswerRole
from forms.field_types.base import QuestionType, register
from forms.form_fields import PhoneField, UnseenField
from forms.questions import Question
from siptenan.common import phones

SINGLE_LINE_MAX = 255
PARAGRAPH_MAX = 5_000
EXAMPLES: dict[str, str] = {AnswerRole.CONTACT: "Ibu Contoh", AnswerRole.BUSINESS: "Usaha Contoh"}


@register
class SingleLine(QuestionType):
    code = "singleline"
    label = "Teks satu baris"
    max_length = SINGLE_LINE_MAX
    attrs = {"enterkeyhint": "next"}
    settings = frozenset({"min_length", "max_length", "pattern", "placeholder", "default_value"})

    def example(self, question: Question) -> str:
        if question.pattern:
            return patterns.get(question.pattern).example
        return EXAMPLES.get(question.role, "Contoh jawaban")


@register
class MultiLine(QuestionType):
    code = "multiline"
    label = "Paragraf"
    widget = forms.Textarea
    max_length = PARAGRAPH_MAX
    attrs = {"rows": "6"}
    settings = frozenset({"min_length", "max_length", "placeholder", "default_value"})

    def example(self, question: Question) -> str:
        return "Contoh jawaban yang lebih panjang.\nBaris kedua."


@register
class Email(QuestionType):
    code = "email"
    label = "Email"
    is_personal = True
    settings = frozenset({"placeholder", "default_value"})
    field_class = forms.EmailField
    widget = forms.EmailInput
    max_length = 254
    attrs = {"autocomplete": "email", "inputmode": "email", "enterkeyhint": "next"}
    messages = {"invalid": "Alamat email belum lengkap. Contoh: nama@contoh.id."}

    def example(self, question: Question) -> str:
        return "nama@contoh.id"


@register
class Url(QuestionType):
    code = "url"
    label = "Alamat situs (URL)"
    settings = frozenset({"placeholder", "default_value"})
    field_class = forms.URLField
    widget = forms.URLInput
    max_length = 1_000
    attrs = {"inputmode": "url", "enterkeyhint": "next"}
    messages = {"invalid": "Alamat situs belum benar. Contoh: https://contoh.id."}

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "assume_scheme": "https"}

    def example(self, question: Question) -> str:
        return "https://contoh.id"


@register
class Phone(QuestionType):
    code = "phone"
    label = "Nomor WhatsApp"
    is_personal = True
    settings = frozenset({"placeholder", "default_value"})
    field_class = PhoneField
    widget = forms.TextInput
    max_length = 40
    attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "enterkeyhint": "next"}

    def example(self, question: Question) -> str:
        return "+6281200000000"

    def typed(self, question: Question, answer: str) -> dict[str, list[str]]:
        return {question.key: [phones.national(answer)]} if answer else {}

    def display(self, answer: str) -> str:
        return phones.national(answer) if answer else ""

    def search_text(self, answer: str) -> str:
        return phones.search_fragments(answer) if answer else ""


@register
class Hidden(QuestionType):
    code = "hidden"
    label = "Isian tersembunyi"
    settings = frozenset({"default_value"})
    field_class = UnseenField
    widget = forms.HiddenInput
    max_length = SINGLE_LINE_MAX

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "required": False}

    def example(self, question: Question) -> str:
        return question.default
