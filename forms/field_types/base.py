"""What every question type can do, and the registry of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.core.validators import MinLengthValidator, RegexValidator

from forms import patterns
from forms.questions import Question

NOT_ANSWERED: tuple[Any, ...] = ("", [], {}, None)
EMPTY = (*NOT_ANSWERED, False)  # what a condition takes for empty


class UnknownQuestionType(LookupError):  # noqa: N818 - reads as the sentence it makes
    """A question names a type that is not registered."""


class Words(str):
    """What is told of an answer, with words of an editor: a percent sign in it is no place that Django fills in."""

    __slots__ = ()

    def __mod__(self, value: object) -> str:
        return self


class Order(StrEnum):
    """By what answers of a type are greater or less; the value is what an editor has to write in a condition."""

    NONE = ""
    NUMBER = "angka, misalnya 10"
    DATE = "tanggal, misalnya 31/12/2026"


class QuestionType:
    """Base of all types. An answer is what `to_answer` returns: a str, bool, list or dict, fit for JSON."""

    code: ClassVar[str]
    label: ClassVar[str]
    field_class: ClassVar[type[forms.Field]] = forms.CharField
    widget: ClassVar[type[forms.Widget]] = forms.TextInput
    attrs: ClassVar[dict[str, str]] = {}
    has_choices: ClassVar[bool] = False
    max_length: ClassVar[int | None] = None
    messages: ClassVar[dict[str, str]] = {}
    is_question: ClassVar[bool] = True  # False: it is shown, and nothing is answered
    is_private: ClassVar[bool] = False  # never kept on the phone, never found by search
    is_personal: ClassVar[bool] = False  # says by itself who somebody is: a form that asks for it needs a consent
    is_consent: ClassVar[bool] = False  # its answer is a consent to the text of the question
    is_counted: ClassVar[bool] = False  # reports count it, and it says nothing of a person whose name is gone
    order: ClassVar[Order] = Order.NONE
    settings: ClassVar[frozenset[str]] = frozenset()  # columns of FormField that are for it

    def form_field(self, question: Question) -> forms.Field:
        """Return the Django form field that asks the question."""
        field = self.field_class(**self.options(question))
        # The browser would cut off silently what the server explains.
        field.widget.attrs.pop("maxlength", None)
        field.widget.attrs.pop("minlength", None)
        if question.error_text:  # what the editor wrote says how to mend it, whatever the fault
            kept = {"required": field.error_messages["required"]}
            field.error_messages = {**dict.fromkeys(field.error_messages, Words(question.error_text)), **kept}
        return field

    def names(self, question: Question) -> list[str]:
        """Return the names of the controls in the HTML form: what a page of several steps has to carry along."""
        return [question.key]

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
                question.label.replace("%", "%%")
                + " terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."
            )
        options["validators"] = self.validators(question)
        if self.has_choices:
            options["choices"] = [(choice, choice) for choice in question.choices]
            options["error_messages"]["invalid_choice"] = "Pilih salah satu jawaban yang tersedia."
        return options

    def validators(self, question: Question) -> list[Callable[[Any], None]]:
        """What the editor asks of an answer beyond its type."""
        found: list[Callable[[Any], None]] = []
        if question.min_length and "min_length" in self.settings:
            words = f"{question.label} terlalu pendek: paling sedikit {question.min_length} huruf."
            found.append(MinLengthValidator(question.min_length, Words(question.error_text or words)))
        if question.pattern and "pattern" in self.settings:
            pattern = patterns.get(question.pattern)
            words = question.error_text or f"{question.label}: {pattern.message}"
            found.append(RegexValidator(pattern.regex, Words(words)))
        return found

    def required_message(self, question: Question) -> str:
        """What a visitor reads when the answer is missing."""
        return f"{question.label} belum diisi."

    def to_answer(self, value: Any) -> Any:
        """Return the cleaned value as it is stored; empty is the empty string."""
        return "" if value is None else value

    def typed(self, question: Question, answer: Any) -> dict[str, list[str]]:
        """Return what a browser sends for this answer: names of controls and their values; for forms filled in again.

        Nothing for what is never filled in for anybody.
        """
        if answer in NOT_ANSWERED:
            return {}
        if isinstance(answer, dict):  # of parts
            values = [str(answer.get(name.rpartition("-")[2], "")) for name in self.names(question)]
            return {name: [value] for name, value in zip(self.names(question), values, strict=True) if value}
        return {question.key: [str(part) for part in answer] if isinstance(answer, list) else [str(answer)]}

    def display(self, answer: Any) -> str:
        """Return the answer as text for receipt, status page, inbox and print; empty is the empty string."""
        return str(answer)

    def for_officers(self, answer: Any) -> str:
        """Return the answer as text for the screens of officers, with what only they have a use for."""
        return self.display(answer)

    def export(self, answer: Any) -> str:
        """Return the answer as a cell of a spreadsheet."""
        return self.for_officers(answer)

    def example(self, question: Question) -> Any:
        """Return an answer, as it is stored, that anybody sees is invented: for previews."""
        return "Contoh jawaban"

    def search_text(self, answer: Any) -> str:
        """Return what the inbox search finds the answer by."""
        return self.display(answer)

    def fingerprint(self, answer: Any) -> Any:
        """Return what makes two sends equal: the answer, without what differs each time it is stored."""
        return answer

    def comparable(self, answer: Any) -> list[str] | Decimal | dt.date | dt.datetime:
        """Return what a condition compares: a number, a date, or the texts the answer consists of."""
        if isinstance(answer, list):
            return [str(part) for part in answer]
        text = self.display(answer) if answer not in EMPTY else ""
        return [text] if text else []

    def rank(self, answer: Any) -> Decimal | dt.date | dt.datetime | None:
        """Return what says which of two answers is greater; None where nothing does."""
        found = self.comparable(answer)
        return None if isinstance(found, list) else found


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


def editor_columns() -> dict[str, list[str]]:
    """Return the columns of FormField that only some types use, by the code of each type that does."""
    return {
        code: sorted(
            question_type.settings
            | ({"choices"} if question_type.has_choices else set())
            | ({"required", "width", "error_text", "role"} if question_type.is_question else set())
        )
        for code, question_type in _registry.items()
    }


def fingerprints(asked: tuple[Question, ...], answers: dict) -> dict:
    """Return the answers of a send as they are compared with those of another."""
    kinds = {question.key: get(question.type) for question in asked}
    return {key: kinds[key].fingerprint(answer) for key, answer in answers.items()}


def shown(question: Question, answers: dict, *, for_officers: bool = False) -> str:
    """Return the answer to a question as people read it; empty when there is none, or nothing was asked."""
    answer = answers.get(question.key, "")
    if answer in NOT_ANSWERED:
        return ""
    kind = get(question.type)
    return kind.for_officers(answer) if for_officers else kind.display(answer)
