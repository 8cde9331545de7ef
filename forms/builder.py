"""Builds the public form of a page from its questions, on the builder of wagtail.contrib.forms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from django import forms
from django.forms import BoundField
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from forms import field_types
from forms.form_fields import UnseenField
from forms.questions import Question

TOKEN_FIELD = "kunci_formulir"  # noqa: S105 - the name of a field, not a secret
CHANNEL_FIELD = "ch"
CHANNEL_MAX = 40
HONEYPOT_FIELD = "situs_perusahaan"


class PublicForm(BaseForm):
    """The questions of one page plus what every form carries: token, channel and a trap for bots.

    The token is checked by the view, since a stale one must not cost the visitor what he typed.
    """

    use_required_attribute = False  # the browser's own messages are not in the visitor's language
    questions: tuple[Question, ...] = ()

    def __init__(self, *args, token: str = "", channel: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TOKEN_FIELD] = UnseenField(required=False, widget=forms.HiddenInput, initial=token)
        self.fields[CHANNEL_FIELD] = UnseenField(
            required=False, max_length=CHANNEL_MAX, widget=forms.HiddenInput, initial=channel
        )
        self.fields[HONEYPOT_FIELD] = UnseenField(
            required=False,
            label="Jangan diisi",
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )

    @property
    def question_fields(self) -> list[BoundField]:
        """The fields a visitor sees, in order."""
        return [self[question.key] for question in self.questions if not self[question.key].is_hidden]

    @property
    def honeypot(self) -> BoundField:
        """The field that only a bot fills in."""
        return self[HONEYPOT_FIELD]

    def answers(self) -> dict:
        """Return the cleaned answers as they are stored. Call it on a valid form only."""
        return {
            question.key: field_types.get(question.type).to_answer(self.cleaned_data.get(question.key))
            for question in self.questions
        }


# A template asks a form for a field before it asks for an attribute, so a question may have no name of either.
RESERVED_NAMES = frozenset({TOKEN_FIELD, CHANNEL_FIELD, HONEYPOT_FIELD, *dir(PublicForm)})


class QuestionFormBuilder(FormBuilder):
    """FormBuilder whose fields come from the registry of question types instead of `create_*_field` methods."""

    def __init__(self, fields: Iterable) -> None:
        super().__init__(fields)
        self.questions = tuple(field.as_question() for field in fields)

    @property
    def formfields(self) -> OrderedDict[str, forms.Field]:
        fields = OrderedDict()
        for question in self.questions:
            field = field_types.get(question.type).form_field(question)
            field.question = question  # the template lays a field out by it
            fields[question.key] = field
        return fields

    def get_form_class(self) -> type[PublicForm]:
        return type("QuestionForm", (PublicForm,), {**self.formfields, "questions": self.questions})
