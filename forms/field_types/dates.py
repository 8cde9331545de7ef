"""Types whose answer is a date."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import localtime

from forms.field_types.base import Order, QuestionType, register
from forms.form_fields import FIRST_YEAR, LAST_YEAR, DateField, DateTimeField
from forms.questions import Question
from siptenan.common.dates import format_date, format_datetime

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]
EXAMPLE = dt.datetime(2026, 12, 31, 2, 30, tzinfo=dt.UTC)  # 09.30 WIB
WRONG_YEAR = f"Tahun harus empat angka, antara {FIRST_YEAR} dan {LAST_YEAR}."


@register
class Date(QuestionType):
    code = "date"
    label = "Tanggal"
    order = Order.DATE
    settings = frozenset({"placeholder", "default_value"})
    field_class = DateField
    widget = forms.DateInput
    attrs = {"placeholder": "31/12/2026", "inputmode": "numeric", "enterkeyhint": "next"}
    messages = {"invalid": "Tanggal belum benar. Contoh: 31/12/2026.", "year": WRONG_YEAR}

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "input_formats": DATE_FORMATS}

    def to_answer(self, value: dt.date | None) -> str:
        return value.isoformat() if value else ""

    def display(self, answer: str) -> str:
        return format_date(dt.date.fromisoformat(answer)) if answer else ""

    def example(self, question: Question) -> str:
        return EXAMPLE.date().isoformat()

    def comparable(self, answer: str) -> dt.date:
        return dt.date.fromisoformat(answer)


@register
class DateTime(QuestionType):
    code = "datetime"
    label = "Tanggal dan jam"
    order = Order.DATE
    settings = frozenset({"placeholder", "default_value"})
    field_class = DateTimeField
    widget = forms.DateTimeInput
    attrs = {"placeholder": "31/12/2026 09.30", "enterkeyhint": "next"}
    messages = {"invalid": "Tanggal dan jam belum benar. Contoh: 31/12/2026 09.30.", "year": WRONG_YEAR}
    input_formats: ClassVar[list[str]] = [
        f"{day} {hour}" for day in DATE_FORMATS for hour in ("%H.%M", "%H:%M", "%H:%M:%S")
    ] + ["%Y-%m-%dT%H:%M"]

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "input_formats": self.input_formats}

    def to_answer(self, value: dt.datetime | None) -> str:
        return value.isoformat() if value else ""

    def typed(self, question: Question, answer: str) -> dict[str, list[str]]:
        if not answer:
            return {}
        return {question.key: [f"{localtime(dt.datetime.fromisoformat(answer)):%d/%m/%Y %H.%M}"]}

    def display(self, answer: str) -> str:
        return format_datetime(dt.datetime.fromisoformat(answer)) if answer else ""

    def example(self, question: Question) -> str:
        return EXAMPLE.isoformat()

    def comparable(self, answer: str) -> dt.datetime:
        return localtime(dt.datetime.fromisoformat(answer))
