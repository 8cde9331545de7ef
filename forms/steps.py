"""The sections of a form, and where in them a visitor stands.

Everything a visitor has filled in travels with each POST, the questions of other steps as hidden inputs, so a form of
steps needs no cookie, no draft on the server and nothing in an address (docs/adr/0010-steps-without-memory.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.forms import BoundField

from forms import conditions, field_types, groups
from forms.builder import PublicForm
from forms.groups import Copy
from forms.questions import Question

if TYPE_CHECKING:
    from forms.models import Upload

FIRST_SECTION = ""  # the key of what stands above the first section


@dataclass
class Item:
    """One row as a template shows it: a question with its field, or a text without one."""

    question: Question
    field: BoundField | None
    condition: str = ""  # the condition in words, for a browser without JavaScript

    @property
    def show_if_json(self) -> str:
        """The condition as the browser mirrors it; empty without one."""
        condition = self.question.show_if
        if condition is None:
            return ""
        return json.dumps({"key": condition.key, "op": condition.operator, "values": condition.values})

    @property
    def uploads(self) -> list[Upload]:
        """The files that came before."""
        form = self.field.form if self.field else None
        return form.uploads.get(self.question.key, []) if isinstance(form, PublicForm) else []


@dataclass
class Block:
    """Rows of a section that stand together: one copy of a group, or what stands before its first group."""

    items: list[Item] = field(default_factory=list)
    heading: Item | None = None  # the row that began the copy, with its condition
    copy: Copy | None = None


@dataclass
class Section:
    """One section: a step of the form, or a heading on its page."""

    key: str
    title: str
    introduction: str
    blocks: list[Block] = field(default_factory=lambda: [Block()])
    heading: Item | None = None  # the row that began it, with its condition
    number: int = 0  # 1-based, among the steps that are asked

    @property
    def name(self) -> str:
        """What a button that leads here calls it."""
        return f"langkah {self.number}"

    @property
    def items(self) -> list[Item]:
        """All its rows that are shown."""
        return [item for block in self.blocks for item in block.items]

    @property
    def keys(self) -> list[str]:
        """The keys of its questions."""
        return [item.question.key for item in self.items if item.field is not None]


def sections(form: PublicForm, *, asked_only: bool) -> list[Section]:
    """Return the sections of a form, numbered; with `asked_only` without what its answers hide.

    A hidden question stays where an answer on the same page may bring it back: in its own section, or everywhere on
    a form of one page.
    """
    visible = form.visible
    copies = {copy.key: copy for copy in _copies(form)}
    found = [Section(FIRST_SECTION, "", "")]
    may_return = False  # whether an answer on the same page may bring the group back
    for question in form.questions:
        words = conditions.words(question.show_if, form.questions) if question.show_if else ""
        here = question.show_if is not None and question.show_if.key in found[-1].keys
        if question.type == "section":
            item = Item(question, None, words)
            found.append(Section(question.key, question.label, question.help_text, heading=item))
            may_return = False
            continue
        if question.type == "group":
            found[-1].blocks.append(Block(heading=Item(question, None, words), copy=copies[question.key]))
            may_return = here
            continue
        bound = form[question.key] if question.key in form.fields else None
        is_shown = not asked_only or here or may_return or question.key in visible
        if is_shown and (bound is None or not bound.is_hidden):
            found[-1].blocks[-1].items.append(Item(question, bound, words))
    for section in found:
        section.blocks = [block for block in section.blocks if block.items]
    kept = [
        section
        for section in found
        if section.items and (not asked_only or section.key == FIRST_SECTION or section.key in visible)
    ]
    for number, section in enumerate(kept, 1):
        section.number = number
    return kept


def _copies(form: PublicForm) -> Iterator[Copy]:
    for row in groups.rows_of(form.built):
        for number in range(1, form.counts[row.key] + 1):
            yield Copy(row, number, form.counts[row.key])


@dataclass(frozen=True)
class Part:
    """A section as its editor made it, whatever the answers hide."""

    title: str
    rows: tuple[Question, ...]  # what a visitor sees in it: questions and texts


def outline(questions: Iterable[Question]) -> list[Part]:
    """Return the sections of a form that has not been filled in; one without anything to see is no step."""
    found: list[tuple[str, list[Question]]] = [("", [])]
    for question in questions:
        if question.type == "section":
            found.append((question.label, []))
        elif question.type not in ("hidden", "group"):
            found[-1][1].append(question)
    return [Part(title, tuple(rows)) for title, rows in found if rows]


def position_of(key: str, steps: Iterable[Section]) -> int:
    """Return the 1-based number of the step with this section or question; 1 when there is none."""
    return next((step.number for step in steps if key == step.key or key in step.keys), 1)


def checked(form: PublicForm, answers: dict) -> list[dict]:
    """Return what the page for checking shows: each section with the answers as they will be stored, by copies."""
    return [
        {
            "title": section.title,
            "key": section.key,
            "blocks": [
                {"title": block.copy.title if block.copy else "", "answers": shown}
                for block in section.blocks
                if (shown := _answers(form, block, answers))
            ],
        }
        for section in sections(form, asked_only=True)
    ]


def _answers(form: PublicForm, block: Block, answers: dict) -> list[dict]:
    return [
        {"label": item.question.label, "key": item.question.key, "value": field_types.shown(item.question, answers)}
        for item in block.items
        if item.field is not None and item.question.key in form.visible
    ]
