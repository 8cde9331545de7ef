"""Two versions of a form side by side, in words: what Wagtail's screen “Bandingkan” shows.

Wagtail would list every column of every question, with True and None. Here a question is known by its key, and shows
only what is different; a condition is a sentence.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin.compare import ChildRelationComparison, FieldComparison, TextDiff, diff_text

from forms import conditions
from forms.models.form_field import FormField
from siptenan.common.dates import format_datetime, format_day

CONDITION = frozenset({"show_if_key", "show_if_operator", "show_if_values"})  # one sentence together
TECHNICAL = frozenset({"id", "page", "sort_order", "clean_name", "label"})
ALWAYS = "Selalu tampil."


def in_words(field: models.Field, value: Any) -> str:
    """Return the value of a field as an editor knows it from the screen; empty is the empty string."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dt.datetime):
        return format_datetime(value)
    if isinstance(value, dt.date):
        return format_day(value)
    if isinstance(value, Decimal):
        return number_format(value.normalize(), force_grouping=True)
    return str(value).replace("\r\n", "\n")  # as browsers send them, and as code writes them


class Change:
    """One line: what it is called, before and after. The template of Wagtail takes it for a comparison of fields."""

    is_field = True
    is_child_relation = False

    def __init__(self, label: str, before: str, after: str, *, is_text: bool = False) -> None:
        self.label = label
        self.before = before
        self.after = after
        self.is_text = is_text

    def field_label(self) -> str:
        return capfirst(self.label)

    def has_changed(self) -> bool:
        return self.before != self.after

    def htmldiff(self) -> SafeString:
        if not self.has_changed():
            return escape(self.after)
        if self.is_text and self.before and self.after:  # the words that changed, not the whole
            return diff_text(self.before, self.after).to_html()
        parts = [("deletion", self.before), ("addition", self.after)]
        return TextDiff([(kind, text) for kind, text in parts if text], separator=" ").to_html()


class WordsComparison(FieldComparison):
    """A field of the page itself: yes and no, numbers and dates as people write them, nothing for what is empty."""

    def htmldiff(self) -> SafeString:
        return Change("", in_words(self.field, self.val_a), in_words(self.field, self.val_b)).htmldiff()


class QuestionComparison:
    """One question before and after; one of the two may be missing."""

    def __init__(
        self, before: FormField | None, after: FormField | None, labels: tuple[dict, dict], moved: int = 0
    ) -> None:
        self.before = before
        self.after = after
        self.labels = labels  # what the conditions of each version call the questions
        self.moved = moved

    @property
    def is_addition(self) -> bool:
        return self.before is None

    @property
    def is_deletion(self) -> bool:
        return self.after is None

    def get_position_change(self) -> int:
        return self.moved

    def has_changed(self) -> bool:
        if self.is_addition or self.is_deletion or self.moved:
            return True
        label, *others = self.get_field_comparisons()
        return label.has_changed() or bool(others)

    def get_field_comparisons(self) -> list[Change]:
        """What is different, below the question's label, which stands there anyway."""
        if self.before is not None and self.after is not None:
            label = Change("Pertanyaan", self.before.label, self.after.label, is_text=True)
            return [label, *self._changes(self.before, self.after)]
        one = self.after or self.before or FormField()
        state = "Pertanyaan baru" if self.is_addition else "Pertanyaan dihapus"
        settings = [Change(change.label, change.after, change.after) for change in self._changes(FormField(), one)]
        return [Change(state, one.label, one.label), *settings]

    def _changes(self, before: FormField, after: FormField) -> list[Change]:
        found = []
        for field in FormField._meta.concrete_fields:
            if field.name not in TECHNICAL | CONDITION:
                values = [in_words(field, field.value_from_object(row)) for row in (before, after)]
                found.append(Change(str(field.verbose_name), *values, is_text=isinstance(field, models.TextField)))
        sentences = [_sentence(row, labels) for row, labels in zip((before, after), self.labels, strict=True)]
        return [change for change in (*found, Change("syarat tampil", *sentences)) if change.has_changed()]


def _sentence(row: FormField, labels: dict[str, FormField]) -> str:
    if row.condition is None:
        return ALWAYS
    return conditions.words(row.condition, [other.as_question() for other in labels.values()])


class QuestionsComparison(ChildRelationComparison):
    """The questions of two versions, matched by their keys: a restored question is the old one, not another."""

    def get_child_comparisons(self) -> list[QuestionComparison]:
        """Questions that differ, in the order of the later version; deleted ones last."""
        before, after = _by_key(self.val_a), _by_key(self.val_b)
        labels = (before, after)
        moves = _moves(list(before), list(after))
        kept = [QuestionComparison(before.get(key), row, labels, moves.get(key, 0)) for key, row in after.items()]
        gone = [QuestionComparison(row, None, (before, before)) for key, row in before.items() if key not in after]
        return [comparison for comparison in (*kept, *gone) if comparison.has_changed()]

    def has_changed(self) -> bool:
        return bool(self.get_child_comparisons())


def _by_key(rows: Any) -> dict[str, FormField]:
    ordered = sorted(rows.all(), key=lambda row: row.sort_order or 0)
    return {row.clean_name or row.get_field_clean_name(): row for row in ordered}


def _moves(before: list[str], after: list[str]) -> dict[str, int]:
    """Return by how many places the questions were moved that somebody moved, not those that made room for them."""
    old = [key for key in before if key in after]
    new = [key for key in after if key in before]
    still = {key for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
             for key in old[block.a : block.a + block.size]}  # fmt: skip
    return {key: new.index(key) - old.index(key) for key in new if key not in still}
