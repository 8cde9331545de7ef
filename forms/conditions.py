"""Conditions: "show this question, group or section when … is …".

A condition looks at one question above its own, so that there are no circles and a form of steps always knows the
answer. What is hidden is not asked: it is neither required nor checked nor stored, and to the questions that look at
it, it is empty. The server decides; a script may mirror it by `data-show-if`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db import models

from forms import field_types, groups
from forms.questions import Condition, Question


class Operator(models.TextChoices):
    """What a condition asks of the answer it looks at."""

    EQUALS = "equals", "sama dengan"
    NOT = "not", "tidak sama dengan"
    ANY = "any", "salah satu dari (satu per baris)"
    EMPTY = "empty", "kosong"
    FILLED = "filled", "terisi"
    GREATER = "greater", "lebih dari"
    LESS = "less", "kurang dari"


WITHOUT_VALUE = frozenset({Operator.EMPTY, Operator.FILLED})
COMPARING = frozenset({Operator.GREATER, Operator.LESS})


def visible_keys(questions: Iterable[Question], answers: dict) -> frozenset[str]:
    """Return the keys of the questions and sections that are asked, given the answers so far (as they are stored)."""
    visible: set[str] = set()
    kinds = {}
    section_shows = group_shows = True
    for question in questions:
        kinds[question.key] = field_types.get(question.type)
        shows = question.show_if is None or _holds(question.show_if, visible, kinds, answers)
        if question.type == "section":
            section_shows, group_shows = shows, True
        elif question.type == "group":
            group_shows = shows
        if shows and section_shows and group_shows:
            visible.add(question.key)
    return frozenset(visible)


def _holds(condition: Condition, visible: set[str], kinds: dict, answers: dict) -> bool:
    kind = kinds.get(condition.key)
    answer = answers.get(condition.key, "") if condition.key in visible else ""
    if condition.operator in WITHOUT_VALUE:
        return (condition.operator == Operator.EMPTY) == (kind is None or answer in field_types.EMPTY)
    if kind is None or answer in field_types.NOT_ANSWERED:
        return condition.operator == Operator.NOT
    found = kind.rank(answer) if condition.operator in COMPARING else kind.comparable(answer)
    return _TESTS[Operator(condition.operator)](found, condition.values)


def _texts(found: object) -> set[str]:
    parts = found if isinstance(found, list) else [str(found)]
    return {part.casefold().strip() for part in parts}


def _any(found: object, values: tuple[str, ...]) -> bool:
    wanted = {value.casefold().strip() for value in values}
    if isinstance(found, Decimal):
        return any(number(value) == found for value in values)
    if isinstance(found, dt.date):
        return any(date(value) == _day(found) for value in values)
    return bool(_texts(found) & wanted)


def _compare(found: object, values: tuple[str, ...], test: Callable[[int], bool]) -> bool:
    """Whether a number or a date stands so to the value; texts stand in no order."""
    value = values[0] if values else ""
    if isinstance(found, Decimal) and (limit := number(value)) is not None:
        return test((found > limit) - (found < limit))
    if isinstance(found, dt.date) and (day := date(value)) is not None:
        return test((_day(found) > day) - (_day(found) < day))
    return False


_TESTS: dict[Operator, Callable[[object, tuple[str, ...]], bool]] = {
    Operator.EQUALS: _any,
    Operator.ANY: _any,
    Operator.NOT: lambda found, values: not _any(found, values),
    Operator.GREATER: lambda found, values: _compare(found, values, lambda sign: sign > 0),
    Operator.LESS: lambda found, values: _compare(found, values, lambda sign: sign < 0),
}


def number(text: str) -> Decimal | None:
    """Return a number as people here write it, or None."""
    from django.core.exceptions import ValidationError

    from forms.form_fields import NumberField

    try:
        return NumberField(required=False).clean(text)
    except ValidationError:
        return None


def date(text: str) -> dt.date | None:
    """Return a date as people here write it, or None."""
    from django.core.exceptions import ValidationError

    from forms.form_fields import DateField

    try:
        return DateField(required=False, input_formats=field_types.DATE_FORMATS).clean(text)
    except ValidationError:
        return None


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def words(condition: Condition, questions: Iterable[Question]) -> str:
    """Return the condition as a sentence for people, such as: Hanya bila “Punya NIB?” sama dengan “Ya”."""
    label = next((question.label for question in questions if question.key == condition.key), condition.key)
    operator = Operator(condition.operator)
    if operator in WITHOUT_VALUE:
        return f"Hanya bila “{label}” {operator.label}."
    values = " atau ".join(f"“{value}”" for value in condition.values)
    says = {Operator.EQUALS: "dijawab", Operator.ANY: "dijawab", Operator.NOT: "tidak dijawab"}
    return f"Hanya bila “{label}” {says.get(operator, operator.label)} {values}."


def faults(questions: list[Question]) -> dict[str, str]:
    """Return what is wrong with the conditions of a form, by the key of the question that has it."""
    found = {}
    position = {question.key: index for index, question in enumerate(questions)}
    for index, question in enumerate(questions):
        if (condition := question.show_if) is None:
            continue
        if (fault := _fault(condition, question, index, position, questions)) is not None:
            found[question.key] = fault
    return found


def _fault(
    condition: Condition, question: Question, index: int, position: dict[str, int], questions: list[Question]
) -> str | None:
    if condition.key not in position:
        return f"“{question.label}” bergantung pada pertanyaan “{condition.key}”, yang tidak ada di formulir ini."
    looked_at = questions[position[condition.key]]
    kind = field_types.get(looked_at.type)
    if condition.key == question.key:
        return f"“{question.label}” tidak dapat bergantung pada dirinya sendiri."
    if not kind.is_question or kind.is_private:
        return f"“{question.label}” tidak dapat bergantung pada “{looked_at.label}”: jenisnya “{kind.label}”."
    if position[condition.key] > index:
        return _forward(question, looked_at, questions, position)
    inside = groups.membership(questions)
    if (group := inside.get(condition.key)) and inside.get(question.key) != group:
        return (
            f"“{question.label}” tidak dapat bergantung pada “{looked_at.label}”, yang ada dalam kelompok berulang "
            f"“{group.label}”: jawabannya bisa lebih dari satu. Pindahkan “{question.label}” ke dalam kelompok itu."
        )
    if condition.operator in WITHOUT_VALUE:
        return None
    if not condition.values:
        return f"Isi nilai syarat untuk “{question.label}”."
    return _fault_of_values(condition, question, looked_at)


_READS = {field_types.Order.NUMBER: number, field_types.Order.DATE: date}
TICKS = {"checkbox": ("Ya", "Tidak"), "consent": ("Ya",)}  # what those answer without having choices


def _fault_of_values(condition: Condition, question: Question, looked_at: Question) -> str | None:
    order = field_types.get(looked_at.type).order
    choices = looked_at.choices or TICKS.get(looked_at.type, ())
    if condition.operator in COMPARING and not order:
        return (
            f"Syarat “{question.label}”: jawaban “{looked_at.label}” bukan angka atau tanggal, "
            "jadi tidak ada yang lebih besar atau lebih kecil."
        )
    if order and (condition.operator in COMPARING or not choices):
        if any(_READS[order](value) is None for value in condition.values):
            return f"Syarat “{question.label}”: tulis {order.value}."
        return None
    known = _texts(list(choices))
    strange = [value for value in condition.values if known and value.casefold().strip() not in known]
    if strange:
        return f"Syarat “{question.label}”: “{strange[0]}” bukan pilihan jawaban “{looked_at.label}”."
    return None


def _forward(question: Question, looked_at: Question, questions: list[Question], position: dict[str, int]) -> str:
    """The words for a condition on a question below: a circle when that one looks back, however far round."""
    seen, at = {question.key}, looked_at
    while at.show_if and at.key not in seen and at.show_if.key in position:
        seen.add(at.key)
        at = questions[position[at.show_if.key]]
    if at.key == question.key:
        return f"Syarat “{question.label}” dan “{looked_at.label}” saling menunggu (melingkar). Hapus salah satunya."
    return f"“{question.label}” bergantung pada “{looked_at.label}”, jadi letaknya harus di bawah pertanyaan itu."
