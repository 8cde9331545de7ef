"""Repeated groups: questions that one visitor answers several times, such as all that belongs to one product.

A row of type `group` begins a group inside its section; it ends at the next group or section. How often each group is
filled in travels with the form, as `ulang-<key of the group>`, and says which questions are asked: the first copy keeps
its keys, copy n has `<key>__<n>`, which no other key looks like (FormField.get_field_clean_name). The answers of a
ticket stay flat, key -> answer; whoever wants them copy by copy asks `copies` (docs/adr/0014-repeated-groups.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from forms import field_types
from forms.field_types.files import DROP, FOLLOWS
from forms.field_types.layout import Group, Section
from forms.questions import Question

SEPARATOR = "__"  # between a key and the number of its copy
MOST = 20  # copies of one group, whatever an editor writes


def copy_key(key: str, number: int) -> str:
    """Return the key that a question has in its copy of that number, from 1 on."""
    return key if number == 1 else f"{key}{SEPARATOR}{number}"


def split(key: str) -> tuple[str, int]:
    """Return the original key and the number of the copy: ("harga", 2) for harga__2, ("harga", 1) for harga."""
    original, separator, number = key.rpartition(SEPARATOR)
    is_copy = separator and original and number.isascii() and number.isdecimal() and 2 <= int(number[:4]) <= MOST
    return (original, int(number)) if is_copy else (key, 1)


def label_of(question: Question) -> str:
    """Return the label, with the number of the copy where that is not the first: Harga (2)."""
    number = split(question.key)[1]
    return question.label if number == 1 else f"{question.label} ({number})"


@dataclass(frozen=True)
class Copy:
    """One copy of a group as a page shows it."""

    row: Question  # the row that begins the group
    number: int
    count: int

    @property
    def key(self) -> str:
        return copy_key(self.row.key, self.number)

    @property
    def title(self) -> str:
        """Such as: Produk 2; a group that is filled in once has no number."""
        return self.row.label if self.count == 1 else f"{self.row.label} {self.number}"

    @property
    def noun(self) -> str:
        """The title of the group inside a sentence: produk. What is written in capitals stays so: NIB."""
        return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in self.row.label.split())

    @property
    def may_go(self) -> bool:
        """Whether it can be taken out."""
        return self.count > 1

    @property
    def may_grow(self) -> bool:
        """Whether another one can be added below it."""
        return self.number == self.count < self.row.repeats

    @property
    def is_full(self) -> bool:
        """Whether it is the last one of as many as there may be."""
        return self.number == self.count == self.row.repeats > 1


# --- What is asked --------------------------------------------------------------------------------


def _parts(questions: Iterable[Question]) -> list[list[Question]]:
    """The rows of a form, cut before each section and each group."""
    parts: list[list[Question]] = [[]]
    for question in questions:
        if question.type in (Section.code, Group.code):
            parts.append([])
        parts[-1].append(question)
    return parts


def _groups(questions: Iterable[Question]) -> Iterator[tuple[Question, list[Question]]]:
    """Yield each group with the rows in it."""
    for part in _parts(questions):
        if part and part[0].type == Group.code:
            yield part[0], part[1:]


def rows_of(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the rows that begin a group."""
    return tuple(row for row, _ in _groups(questions))


def membership(questions: Iterable[Question]) -> dict[str, Question]:
    """Return by key in which group a row stands, of groups that can be filled in more than once."""
    return {question.key: row for row, members in _groups(questions) if row.repeats > 1 for question in members}


def counts(rows: Iterable[Question], data: Mapping[str, Any] | None) -> dict[str, int]:
    """Return how often each of these groups is filled in, as it was sent: from 1 to its limit, garbage being 1."""
    return {row.key: _count(row, (data or {}).get(control(row), "")) for row in rows}


def control(row: Question) -> str:
    """Return the name under which a form carries how often a group is filled in."""
    return field_types.get(row.type).names(row)[0]


def _count(row: Question, text: Any) -> int:
    is_number = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 4
    return min(max(1, int(text)), row.repeats, MOST) if is_number else 1


def counts_of(asked: Iterable[Question]) -> dict[str, str]:
    """Return what a form carries whose groups are filled in as often as in the questions of a ticket, by name."""
    found: dict[str, str] = {}
    for row in rows_of(asked):
        key, number = split(row.key)
        found[control(replace(row, key=key))] = str(number)
    return found


def expanded(questions: Iterable[Question], how_often: Mapping[str, int]) -> tuple[Question, ...]:
    """Return the questions a visitor sees: a condition looks at the same copy, a title says which one it is."""
    found: list[Question] = []
    for part in _parts(questions):
        count = how_often.get(part[0].key, 1) if part and part[0].type == Group.code else 1
        if count == 1:
            found += part
        else:
            for number in range(1, count + 1):
                found += _copy(part, Copy(part[0], number, count))
    return tuple(found)


def _copy(part: list[Question], copy: Copy) -> Iterator[Question]:
    row, *members = part
    yield replace(row, key=copy.key, label=copy.title)
    keys = {question.key for question in members}
    for question in members:
        condition = question.show_if
        if condition and condition.key in keys:
            condition = replace(condition, key=copy_key(condition.key, copy.number))
        yield replace(question, key=copy_key(question.key, copy.number), show_if=condition)


def find(questions: Iterable[Question], key: str) -> Question | None:
    """Return the question of a key, which may be that of a copy as far as its group goes; None when there is none."""
    original, number = split(key)
    asked = list(questions)
    inside = membership(asked)
    for question in asked:
        if question.key == key:
            return question
        if question.key == original and original in inside and number <= inside[original].repeats:
            return replace(question, key=key)
    return None


# --- Reading what was answered --------------------------------------------------------------------


def copies(questions: Iterable[Question], answers: Mapping[str, Any], group_key: str) -> list[dict[str, Any]]:
    """Return the answers to a group, one dict a copy by the original keys, in order; empty copies are left out.

    `questions` are those of the ticket's snapshot, or of the page. A question that was not answered is not in the dict.
    """
    members = next((members for row, members in _groups(questions) if row.key == group_key), [])
    return [found for number in range(1, MOST + 1) if (found := _answers_in(members, answers, number))]


def _answers_in(members: Iterable[Question], answers: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The answers to one copy, by the original keys."""
    found = {}
    for question in members:
        original = split(question.key)[0]
        answer = answers.get(copy_key(original, number), "")
        if answer not in field_types.EMPTY:
            found[original] = answer
    return found


# --- A copy more, a copy less ---------------------------------------------------------------------


def add(questions: Iterable[Question], data: QueryDict, group_key: str) -> str:
    """Let a group be filled in once more, with what stands in it in advance; return the key of the last copy.

    At its limit nothing changes; of a group that is not there the key is empty.
    """
    for row, members in _groups(questions):
        if row.key == group_key:
            count = counts([row], data)[row.key]
            if count < row.repeats:
                count += 1
                for question in members:
                    if question.default:
                        data[copy_key(question.key, count)] = question.default
            data[control(row)] = str(count)
            return copy_key(row.key, count)
    return ""


def remove(questions: Iterable[Question], data: QueryDict, group_key: str, number: int) -> dict[str, str]:
    """Take a copy out; later ones move up. Return for each key of a copy that changes whose answer it has now.

    The last copy's keys have nobody's: the empty string. The only copy stays.
    """
    moved: dict[str, str] = {}
    for row, members in _groups(questions):
        count = counts([row], data)[row.key]
        if row.key != group_key or not 1 <= number <= count or count == 1:
            continue
        data[control(row)] = str(count - 1)
        for question in members:
            for place in range(number, count + 1):
                target, source = (replace(question, key=copy_key(question.key, at)) for at in (place, place + 1))
                moved[target.key] = source.key if place < count else ""
                for new, old in zip(_controls(target), _controls(source), strict=True):
                    values = data.getlist(old) if place < count else []
                    data.setlist(new, values)
                    if not values:
                        del data[new]
    return moved


def _controls(question: Question) -> list[str]:
    kind = field_types.get(question.type)
    files = [question.key + DROP, question.key + FOLLOWS] if isinstance(kind, field_types.Files) else []
    return [*kind.names(question), *files] if kind.is_question else []


# --- What an editor may save ----------------------------------------------------------------------


def faults(questions: Iterable[Question]) -> dict[str, str]:
    """Return what is wrong with the groups of a form, by the key of the row that has it."""
    asked = list(questions)
    keys = {question.key for question in asked}
    found = {}
    for row, members in _groups(asked):
        if not any(field_types.get(question.type).is_question for question in members):
            found[row.key] = (
                f"Kelompok berulang “{row.label}” belum berisi pertanyaan. "
                "Taruh pertanyaan di bawahnya, atau hapus kelompok ini."
            )
        for question in members:
            if any(copy_key(question.key, number) in keys for number in range(2, row.repeats + 1)):
                found[question.key] = f"“{question.label}” tidak dapat diulang. Hapus, lalu buat lagi pertanyaan itu."
    return found
