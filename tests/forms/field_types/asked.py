"""A form of one question, as a browser sends it and as it comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bs4 import BeautifulSoup
from django.http import QueryDict

from forms import field_types
from forms.builder import PublicForm, QuestionFormBuilder
from forms.models import FormField
from forms.questions import Question

LABEL = "Isian"
HOSTILE = {
    "NUL": "a\0b",
    "100 kB": "x" * 100_000,
    "100 kB of digits": "9" * 100_000,
    "emoji": "👩‍🏭🧵",
    "right to left": "\u202eشركة",
    "markup": "</textarea><script>alert(1)</script>",
}


def row(kind: str, **values: Any) -> FormField:
    """The row of a question of a kind, not required unless said otherwise."""
    limits = {name: Decimal(values[name]) for name in ("min_value", "max_value") if name in values}
    return FormField(**{"label": LABEL, "field_type": kind, "required": False, **values, **limits})


def question(kind: str, **values: Any) -> Question:
    """The question of such a row."""
    return row(kind, **values).as_question()


def sent(kind: str, typed: dict[str, str | list[str]] | str | None = None, **values: Any) -> PublicForm:
    """The form of one question, sent: what was typed by the names of its parts, or as a whole."""
    parts = {} if typed is None else typed if isinstance(typed, dict) else {"": typed}
    data = QueryDict(mutable=True)
    for name, text in parts.items():
        data.setlist(f"isian-{name}" if name else "isian", text if isinstance(text, list) else [text])
    return QuestionFormBuilder([row(kind, **values)]).get_form_class()(data)


def errors(form: PublicForm) -> list[str]:
    """What a person reads at the question."""
    return list(form.errors.get("isian", []))


def answer(form: PublicForm) -> Any:
    """The answer as it is stored."""
    assert errors(form) == []
    return form.answers()["isian"]


def control(form: PublicForm) -> BeautifulSoup:
    """The controls of the question."""
    return BeautifulSoup(str(form["isian"]), "html.parser")


def assert_everything_sent_is_carried(form: PublicForm) -> None:
    """A page of several steps knows the name of every control."""
    shown = {element["name"] for element in control(form).select("input, select, textarea")}
    assert shown == set(field_types.get(form.questions[0].type).names(form.questions[0]))


def assert_every_control_is_named(form: PublicForm) -> None:
    """Each control that is no single one has a label of its own, or stands in a group that has one."""
    page = control(form)
    for element in page.select("input, select, textarea"):
        label = page.select_one(f'label[for="{element["id"]}"]') or element.find_parent("label")
        assert label is not None, element
        assert label.get_text(strip=True)
        if element.get("type") == "radio":
            group = element.find_parent(attrs={"role": "group"})
            if group is not None:
                assert page.find(id=group["aria-labelledby"]).get_text(strip=True)


def assert_old_answers_stay(kind: str, stored: Any, shown: str) -> None:
    """What stands in a ticket is read without the question, its choices or any table."""
    question_type = field_types.get(kind)
    assert question_type.display(stored) == shown
    again = Question.from_json({"key": "isian", "label": LABEL, "type": kind})
    assert field_types.shown(again, {"isian": stored}) == shown
