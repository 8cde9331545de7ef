"""Consent: a text, and a tick under it that is stored with the version of the text and the time."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django import forms
from django.utils import timezone

from forms.field_types.base import QuestionType, register
from forms.questions import Question
from siptenan.common.dates import format_datetime


def text_version(text: str) -> str:
    """Return the version of a consent text: eight characters that change when a letter of it does."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


class ConsentField(forms.BooleanField):
    """A tick; cleaned to what proves the consent, or to nothing."""

    def __init__(self, *, version: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.version = version

    def clean(self, value: Any) -> dict[str, str]:
        ticked = super().clean(value)
        return {"version": self.version, "at": timezone.now().isoformat()} if ticked else {}


@register
class Consent(QuestionType):
    """Consent to a text (UU 27/2022 arts. 20-24). The text itself stays with the snapshot of the questions."""

    code = "consent"
    label = "Persetujuan"
    is_consent = True
    field_class = ConsentField
    widget = forms.CheckboxInput
    settings = frozenset({"text"})

    def options(self, question: Question) -> dict[str, Any]:
        options = super().options(question)
        return {**options, "initial": False, "version": text_version(question.text)}  # never ticked in advance

    def required_message(self, question: Question) -> str:
        return f"Centang dulu: {question.label}."

    def to_answer(self, value: dict | None) -> dict | str:
        return value or ""

    def typed(self, question: Question, answer: dict) -> dict[str, list[str]]:
        return {}  # given by ticking, never for somebody

    def display(self, answer: dict) -> str:
        if not answer:
            return ""
        return f"Setuju, {format_datetime(dt.datetime.fromisoformat(answer['at']))}"

    def for_officers(self, answer: dict) -> str:
        return f"{self.display(answer)} (teks versi {answer['version']})" if answer else ""

    def example(self, question: Question) -> dict[str, str]:
        return {"version": text_version(question.text), "at": timezone.now().isoformat()}

    def search_text(self, answer: dict) -> str:
        return ""

    def fingerprint(self, answer: dict) -> Any:
        return answer["version"] if answer else ""

    def comparable(self, answer: dict) -> list[str]:
        return ["Ya"]
