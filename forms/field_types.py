"""The registry of question types: one class per type, which builds, validates, shows and exports its answers.

To add a type: write a class, decorate it with `@register`, give it a test. Nothing else knows the types by
name; a type that is not registered raises UnknownQuestionType and fails the system check forms.E001.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import formats

from forms.form_fields import FIRST_YEAR, LAST_YEAR, DateField, DateTimeField, NumberField, PhoneField, UnseenField
from forms.questions import Question
from siptenan.common import phones
from siptenan.common.dates import format_date, format_datetime

SINGLE_LINE_MAX = 255
PARAGRAPH_MAX = 5_000
NUMBER_DIGITS, NUMBER_DECIMALS = 20, 6
GROUPED_FROM = 10_000  # a year must not read as "2.015"
WRONG_YEAR = f"Tahun harus empat angka, antara {FIRST_YEAR} dan {LAST_YEAR}."


class UnknownQuestionType(LookupError):  # noqa: N818 - reads as the sentence it makes
    """A question names a type that is not registered."""


class QuestionType:
    """Base of all types. An answer is what `to_answer` returns: a str, bool or list of str, fit for JSON."""

    code: ClassVar[str]
    label: ClassVar[str]
    field_class: ClassVar[type[forms.Field]] = forms.CharField
    widget: ClassVar[type[forms.Widget]] = forms.TextInput
    attrs: ClassVar[dict[str, str]] = {}
    has_choices: ClassVar[bool] = False
    max_length: ClassVar[int | None] = None
    messages: ClassVar[dict[str, str]] = {}

    def form_field(self, question: Question) -> forms.Field:
        """Return the Django form field that asks the question."""
        field = self.field_class(**self.options(question))
        # The browser would cut off silently what the server explains.
        field.widget.attrs.pop("maxlength", None)
        field.widget.attrs.pop("minlength", None)
        return field

    def options(self, question: Question) -> dict[str, Any]:
        """Arguments of the form field."""
        attrs = dict(self.attrs)
        if question.placeholder:
            attrs["placeholder"] = question.placeholder
        options: dict[str, Any] = {
            "label": question.label,
            "help_text": question.help_text,
            "required": question.required,
            "initial": question.default,
            "widget": self.widget(attrs=attrs),
            "error_messages": {"required": self.required_message(question), **self.messages},
        }
        limit = question.max_length or self.max_length
        if self.max_length is not None:
            options["max_length"] = limit
            options["error_messages"]["max_length"] = (
                f"{question.label} terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."
            )
        if self.has_choices:
            options["choices"] = [(choice, choice) for choice in question.choices]
            options["error_messages"]["invalid_choice"] = "Pilih salah satu jawaban yang tersedia."
        return options

    def required_message(self, question: Question) -> str:
        """What a visitor reads when the answer is missing."""
        return f"{question.label} belum diisi."

    def to_answer(self, value: Any) -> Any:
        """Return the cleaned value as it is stored; empty is the empty string."""
        return "" if value is None else value

    def display(self, answer: Any) -> str:
        """Return the answer as text for the receipt, mail, inbox and print; empty is the empty string."""
        return str(answer)

    def export(self, answer: Any) -> str:
        """Return the answer as a cell of a spreadsheet."""
        return self.display(answer)

    def search_text(self, answer: Any) -> str:
        """Return what the inbox search finds the answer by."""
        return self.display(answer)


_registry: dict[str, QuestionType] = {}


def register(cls: type[QuestionType]) -> type[QuestionType]:
    """Class decorator: make a type known. A second class with the same code is refused."""
    if cls.code in _registry:
        raise ValueError(f"Question type {cls.code!r} is registered twice.")
    _registry[cls.code] = cls()
    return cls


def get(code: str) -> QuestionType:
    """Return the type of a code; raises UnknownQuestionType."""
    try:
        return _registry[code]
    except KeyError:
        raise UnknownQuestionType(code) from None


def codes() -> list[str]:
    """Return the codes of all types, in order of registration."""
    return list(_registry)


def choices() -> list[tuple[str, str]]:
    """Return (code, label) pairs for the editor, in order of registration."""
    return [(code, question_type.label) for code, question_type in _registry.items()]


@register
class SingleLine(QuestionType):
    code = "singleline"
    label = "Teks satu baris"
    max_length = SINGLE_LINE_MAX
    attrs = {"enterkeyhint": "next"}


@register
class MultiLine(QuestionType):
    code = "multiline"
    label = "Paragraf"
    widget = forms.Textarea
    max_length = PARAGRAPH_MAX
    attrs = {"rows": "6"}


@register
class Number(QuestionType):
    code = "number"
    label = "Angka"
    field_class = NumberField
    attrs = {"inputmode": "decimal", "enterkeyhint": "next"}
    messages = {
        "invalid": "Tulis angka saja. Contoh: 1.500.000 atau 12,5.",
        "max_digits": "Angka ini terlalu panjang: paling banyak %(max)d angka.",
        "max_whole_digits": "Angka ini terlalu besar: paling banyak %(max)d angka di depan koma.",
        "max_decimal_places": "Paling banyak %(max)d angka di belakang koma.",
    }

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "max_digits": NUMBER_DIGITS, "decimal_places": NUMBER_DECIMALS}

    def to_answer(self, value: Decimal | None) -> str:
        return "" if value is None else str(value)

    def display(self, answer: str) -> str:
        if not answer:
            return ""
        number = Decimal(answer)
        return formats.number_format(number, use_l10n=True, force_grouping=abs(number) >= GROUPED_FROM)

    def export(self, answer: str) -> str:
        return answer.replace(".", ",")  # a decimal comma, as Excel-ID reads it


@register
class Email(QuestionType):
    code = "email"
    label = "Email"
    field_class = forms.EmailField
    widget = forms.EmailInput
    max_length = 254
    attrs = {"autocomplete": "email", "inputmode": "email", "enterkeyhint": "next"}
    messages = {"invalid": "Alamat email belum lengkap. Contoh: nama@contoh.id."}


@register
class Url(QuestionType):
    code = "url"
    label = "Alamat situs (URL)"
    field_class = forms.URLField
    widget = forms.URLInput
    max_length = 1_000
    attrs = {"inputmode": "url", "enterkeyhint": "next"}
    messages = {"invalid": "Alamat situs belum benar. Contoh: https://contoh.id."}

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "assume_scheme": "https"}


@register
class Phone(QuestionType):
    code = "phone"
    label = "Nomor WhatsApp"
    field_class = PhoneField
    widget = forms.TextInput
    max_length = 40
    attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "enterkeyhint": "next"}

    def display(self, answer: str) -> str:
        return phones.national(answer) if answer else ""

    def search_text(self, answer: str) -> str:
        return phones.search_fragments(answer) if answer else ""


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

    def display(self, answer: bool) -> str:
        return "Ya" if answer else "Tidak"

    def search_text(self, answer: bool) -> str:
        return ""


class _Several(QuestionType):
    """Types whose answer is a list of choices."""

    field_class = forms.MultipleChoiceField
    has_choices = True
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


@register
class Checkboxes(_Several):
    code = "checkboxes"
    label = "Beberapa kotak centang"
    widget = forms.CheckboxSelectMultiple


class _One(QuestionType):
    """Types whose answer is one of the choices."""

    field_class = forms.ChoiceField
    has_choices = True

    def required_message(self, question: Question) -> str:
        return f"{question.label} belum dipilih."


@register
class Dropdown(_One):
    code = "dropdown"
    label = "Pilihan (dropdown)"
    widget = forms.Select

    def options(self, question: Question) -> dict[str, Any]:
        options = super().options(question)
        options["choices"] = [("", question.placeholder or "Pilih …"), *options["choices"]]
        options["widget"].attrs.pop("placeholder", None)
        return options


@register
class MultiSelect(_Several):
    code = "multiselect"
    label = "Pilihan lebih dari satu (daftar)"
    widget = forms.SelectMultiple


@register
class Radio(_One):
    code = "radio"
    label = "Pilihan (tombol bulat)"
    widget = forms.RadioSelect


@register
class Date(QuestionType):
    code = "date"
    label = "Tanggal"
    field_class = DateField
    widget = forms.DateInput
    attrs = {"placeholder": "31/12/2026", "inputmode": "numeric", "enterkeyhint": "next"}
    messages = {"invalid": "Tanggal belum benar. Contoh: 31/12/2026.", "year": WRONG_YEAR}
    input_formats: ClassVar[list[str]] = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "input_formats": self.input_formats}

    def to_answer(self, value: dt.date | None) -> str:
        return value.isoformat() if value else ""

    def display(self, answer: str) -> str:
        return format_date(dt.date.fromisoformat(answer)) if answer else ""


@register
class DateTime(QuestionType):
    code = "datetime"
    label = "Tanggal dan jam"
    field_class = DateTimeField
    widget = forms.DateTimeInput
    attrs = {"placeholder": "31/12/2026 09.30", "enterkeyhint": "next"}
    messages = {"invalid": "Tanggal dan jam belum benar. Contoh: 31/12/2026 09.30.", "year": WRONG_YEAR}
    input_formats: ClassVar[list[str]] = [
        f"{day} {hour}" for day in Date.input_formats for hour in ("%H.%M", "%H:%M", "%H:%M:%S")
    ] + ["%Y-%m-%dT%H:%M"]

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "input_formats": self.input_formats}

    def to_answer(self, value: dt.datetime | None) -> str:
        return value.isoformat() if value else ""

    def display(self, answer: str) -> str:
        return format_datetime(dt.datetime.fromisoformat(answer)) if answer else ""


@register
class Hidden(QuestionType):
    code = "hidden"
    label = "Isian tersembunyi"
    field_class = UnseenField
    widget = forms.HiddenInput
    max_length = SINGLE_LINE_MAX

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "required": False}
