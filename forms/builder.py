"""Builds the public form of a page from its questions, on the builder of wagtail.contrib.forms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms import BoundField
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from forms import conditions, field_types, groups
from forms.field_types.layout import REPEATS
from forms.form_fields import UnseenField
from forms.questions import Question
from siptenan.common.channels import CHANNEL_KEY as CHANNEL_FIELD
from siptenan.common.channels import CHANNEL_MAX

if TYPE_CHECKING:
    from forms.models import Upload

TOKEN_FIELD = "kunci_formulir"  # noqa: S105 - the name of a field, not a secret
HONEYPOT_FIELD = "situs_perusahaan"
ACTION_FIELD, STEP_FIELD = "aksi", "langkah"
CHECKED_FIELD = "dari_pemeriksaan"  # carried from the page for checking on: each step leads straight back to it
SAVED_FIELD = "kunci_simpanan"  # which saved form this one was, if any
MOST_CLASSES = 16  # that are remembered of one page, one for each way its groups are filled in


class PublicForm(BaseForm):
    """The questions of one page plus what every form carries: token, channel and a trap for bots.

    The token is checked by the view, since a stale one must not cost the visitor what he typed.
    """

    use_required_attribute = False  # the browser's own messages are not in the visitor's language
    questions: ClassVar[tuple[Question, ...]] = ()  # every row: sections and texts, too; each copy of a group
    built: ClassVar[tuple[Question, ...]] = ()  # the same as an editor built them
    counts: ClassVar[Mapping[str, int]] = MappingProxyType({})  # how often each group is filled in
    with_counts: ClassVar[Callable[[tuple[int, ...]], type[PublicForm]]]

    def __init__(self, *args, token: str = "", channel: str = "", **kwargs) -> None:
        super().__init__(*args, initial={TOKEN_FIELD: token, CHANNEL_FIELD: channel}, **kwargs)

    @classmethod
    def for_data(cls, data: Mapping[str, Any] | None) -> type[PublicForm]:
        """Return the form of the same page whose groups are filled in as often as `data` says."""
        counts = groups.counts(groups.rows_of(cls.built), data)
        return cls.with_counts(tuple(counts.values()))

    uploads: Mapping[str, list[Upload]] = MappingProxyType({})  # the files of each question that asks for some
    kept_secrets: Mapping[str, Any] = MappingProxyType({})  # encrypted answers that hold while nothing is typed instead
    upload_errors: Mapping[str, list[str]] = MappingProxyType({})  # why other files were refused

    def clean(self) -> dict:
        """Leave out what is not asked, given the other answers: neither its faults nor its answers count."""
        for key, messages in self.upload_errors.items():
            self._errors.pop(key, None)  # that no file has come is what the refusal explains
            for message in messages:
                self.add_error(key, message)
        if self.has_conditions:
            for key in self.asked_keys - self.visible:
                self._errors.pop(key, None)
                self.cleaned_data.pop(key, None)
        return self.cleaned_data

    @cached_property
    def has_conditions(self) -> bool:
        """Whether any question is asked only sometimes."""
        return any(question.show_if for question in self.questions)

    @cached_property
    def can_repeat(self) -> bool:
        """Whether anything can be filled in several times."""
        return any(row.repeats > 1 for row in groups.rows_of(self.built))

    @property
    def asked_keys(self) -> set[str]:
        """The keys of everything that can be answered."""
        return {question.key for question in self.questions if field_types.get(question.type).is_question}

    @cached_property
    def visible(self) -> frozenset[str]:
        """The keys of the questions and sections that are asked now. An answer with a fault counts as none."""
        return conditions.visible_keys(self.questions, self._stored() if self.is_bound else self._preset())

    def _stored(self) -> dict:
        cleaned = getattr(self, "cleaned_data", {})
        return {
            question.key: field_types.get(question.type).to_answer(cleaned[question.key])
            for question in self.questions
            if question.key in cleaned
        }

    def _preset(self) -> dict:
        """The answers that stand in a form nobody has touched; one that would be refused counts as none."""
        found = {}
        for question in self.questions:
            if question.key in self.fields and (initial := self.fields[question.key].initial):
                with suppress(forms.ValidationError):
                    cleaned = self.fields[question.key].clean(initial)
                    found[question.key] = field_types.get(question.type).to_answer(cleaned)
        return found

    @property
    def question_fields(self) -> list[BoundField]:
        """The fields a visitor sees, in order."""
        return [self[question.key] for question in self.questions if self._is_seen(question)]

    def _is_seen(self, question: Question) -> bool:
        return question.key in self.fields and not self.fields[question.key].widget.is_hidden

    @property
    def honeypot(self) -> BoundField:
        """The field that only a bot fills in."""
        return self[HONEYPOT_FIELD]

    def answers(self) -> dict:
        """Return the cleaned answers as they are stored. Call it on a valid form only."""
        given = {
            question.key: field_types.get(question.type).to_answer(self.cleaned_data.get(question.key))
            for question in self.questions
            if question.key in self.fields
        }
        return {**given, **{key: kept for key, kept in self.kept_secrets.items() if given.get(key) == ""}}

    def carried(self, keys: Collection[str]) -> list[tuple[str, str]]:
        """Return names and values, as they were sent, of the questions with these keys; hidden ones go along anyway."""
        names = [
            name
            for question in self.questions
            if question.key in keys and question.key in self.fields and not self[question.key].is_hidden
            for name in field_types.get(question.type).names(question)
        ]
        return [(name, value) for name in names for value in self.data.getlist(name)] if self.is_bound else []

    @property
    def has_private(self) -> bool:
        """Whether anything is asked that a browser must not keep."""
        return any(field_types.get(question.type).is_private for question in self.questions)

    @property
    def kept_names(self) -> str:
        """The names of the controls that a browser may keep on the phone, separated by blanks.

        No NIK and no file; and a consent is given when it is sent, never ticked in advance.
        """
        rows = [question for question in self.questions if self._is_seen(question) and question.type != "consent"]
        return " ".join(
            name
            for question in (*groups.rows_of(self.built), *rows)
            if not (kind := field_types.get(question.type)).is_private
            for name in kind.names(question)
        )

    def keep_errors(self, keys: Collection[str]) -> None:
        """Forget the errors of all other questions: nobody has seen those yet."""
        for key in set(self.errors) - set(keys):
            del self.errors[key]


# A template asks a form for a field before it asks for an attribute, so a question may have no name of either.
RESERVED_NAMES = frozenset(
    {
        TOKEN_FIELD, CHANNEL_FIELD, SAVED_FIELD, HONEYPOT_FIELD, ACTION_FIELD, STEP_FIELD, CHECKED_FIELD, REPEATS,
        *dir(PublicForm),
    }
)  # fmt: skip


def _carried_by_every_form() -> dict[str, forms.Field]:
    return {
        TOKEN_FIELD: UnseenField(required=False, widget=forms.HiddenInput),
        CHANNEL_FIELD: UnseenField(required=False, max_length=CHANNEL_MAX, widget=forms.HiddenInput),
        SAVED_FIELD: UnseenField(required=False, widget=forms.HiddenInput),
        HONEYPOT_FIELD: UnseenField(
            required=False,
            label="Jangan diisi",
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        ),
    }


class CountInput(forms.HiddenInput):
    """How often a group is filled in on this page, whatever was sent."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def format_value(self, value: Any) -> str:
        return str(self.count)


class SharedFields(dict):
    """The fields of one form, shared by all its instances. Django copies them deeply for each, a tenth of a send."""

    def __deepcopy__(self, memo: dict) -> SharedFields:
        return self


class QuestionFormBuilder(FormBuilder):
    """FormBuilder whose fields come from the registry of question types instead of `create_*_field` methods."""

    def __init__(self, fields: Iterable) -> None:
        super().__init__(fields)
        self.questions = tuple(field.as_question() for field in fields)

    @property
    def formfields(self) -> OrderedDict[str, forms.Field]:
        return _fields(self.questions, {})

    def get_form_class(self) -> type[PublicForm]:
        """The form whose groups are filled in once; its `for_data` gives the others."""
        built = self.questions
        rows = groups.rows_of(built)

        @lru_cache(maxsize=MOST_CLASSES)
        def with_counts(counts: tuple[int, ...]) -> type[PublicForm]:
            how_often = {row.key: count for row, count in zip(rows, counts, strict=True)}
            questions = groups.expanded(built, how_often)
            carried = {groups.control(row): _count_field(how_often[row.key]) for row in rows}
            values = {**_fields(questions, how_often), **carried, **_carried_by_every_form(), "questions": questions}
            values |= {"built": built, "counts": how_often, "with_counts": staticmethod(with_counts)}
            form_class = type("QuestionForm", (PublicForm,), values)
            form_class.base_fields = SharedFields(form_class.base_fields)  # no instance changes a field
            return form_class

        return with_counts((1,) * len(rows))


def _fields(questions: Iterable[Question], counts: Mapping[str, int]) -> OrderedDict[str, forms.Field]:
    fields = OrderedDict()
    copy_title = ""  # what an error says of a question that is asked several times
    for question in questions:
        question_type = field_types.get(question.type)
        if not question_type.is_question:
            if question.type in ("section", "group"):
                copy_title = question.label if counts.get(groups.split(question.key)[0], 1) > 1 else ""
            continue
        field = question_type.form_field(question)
        field.question = question  # the template lays a field out by it
        field.copy_title = copy_title
        fields[question.key] = field
    return fields


def _count_field(count: int) -> forms.Field:
    return UnseenField(required=False, widget=CountInput(count))
