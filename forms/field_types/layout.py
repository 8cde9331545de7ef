"""Rows of a form that ask nothing: the beginning of a section, and text."""

from __future__ import annotations

from django import forms

from forms.field_types.base import QuestionType, register
from forms.questions import Question

REPEATS = "ulang"  # before the key of a group: how often it is filled in


class _Layout(QuestionType):
    is_question = False

    def form_field(self, question: Question) -> forms.Field:
        raise TypeError(f"{self.code!r} asks nothing.")

    def names(self, question: Question) -> list[str]:
        return []


@register
class Section(_Layout):
    """Begins a section, up to the next one. Its label is the title, its hint the sentence below."""

    code = "section"
    label = "Bagian baru (judul)"


@register
class Group(_Layout):
    """Begins a group that is filled in once or several times, up to the next group or section (forms.groups).

    Its label is the title, its hint the sentence below.
    """

    code = "group"
    label = "Kelompok berulang"
    settings = frozenset({"max_repeats"})

    def names(self, question: Question) -> list[str]:
        """The control that says how often it is filled in."""
        return [f"{REPEATS}-{question.key}"]


@register
class Information(_Layout):
    """A heading and a text between the questions."""

    code = "info"
    label = "Teks penjelasan (bukan pertanyaan)"
    settings = frozenset({"text"})
