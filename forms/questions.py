"""A question as plain data: made from the page's row when a form is shown, from a snapshot ever after."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Condition:
    """When a question is asked: what the answer of another must be (operators: forms.conditions.Operator)."""

    key: str
    operator: str
    values: tuple[str, ...] = ()


class Only(StrEnum):
    """What the procedure of a form asks of a core question beyond its type; see forms.procedures."""

    WHOLE = "bulat"  # a count: a number without decimals
    PRICE = "harga"  # what one piece may cost
    UNTIL_NOW = "sampai_kini"  # a year that has begun
    GOODS = "barang"  # a unit in which goods are counted


@dataclass(frozen=True)
class Question:
    """One question of a form, exactly as a visitor saw it.

    `key` is the name of the answer in HTML and JSON; it never changes when the label does.
    """

    key: str
    label: str
    type: str
    required: bool = True
    choices: tuple[str, ...] = ()
    help_text: str = ""
    placeholder: str = ""
    default: str = ""
    width: str = "full"
    max_length: int | None = None
    role: str = ""
    show_if: Condition | None = None
    text: str = ""  # a long text: what is consented to, what is explained
    rows: tuple[str, ...] = ()  # of a table of questions with the same choices
    unit: str = ""  # of a quantity; without one it is chosen with the answer
    min_value: str = ""  # decimal numbers, as text
    max_value: str = ""
    min_length: int | None = None
    pattern: str = ""  # a code of forms.patterns
    error_text: str = ""  # said instead of the standard error
    max_files: int = 1
    max_file_mb: int | None = None
    repeats: int = 1  # of a group: how often it may be filled in
    only: str = ""  # a code of Only

    def as_json(self) -> dict:
        """The question for a snapshot. What came to questions later is left out where it is not used."""
        data = {**dataclasses.asdict(self), "choices": list(self.choices), "rows": list(self.rows)}
        if self.show_if:
            data["show_if"]["values"] = list(self.show_if.values)
        return {key: value for key, value in data.items() if key not in _LATER or value != _LATER[key]}

    @classmethod
    def from_json(cls, data: dict) -> Question:
        """The question of a snapshot; keys that a later version added or dropped do not matter."""
        known = {field.name for field in dataclasses.fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        if condition := values.get("show_if"):
            values["show_if"] = Condition(condition["key"], condition["operator"], tuple(condition["values"]))
        return cls(**{**values, **{name: tuple(values.get(name, ())) for name in ("choices", "rows")}})


_LATER: dict[str, Any] = {
    "show_if": None, "text": "", "rows": [], "unit": "", "min_value": "", "max_value": "", "min_length": None,
    "pattern": "", "error_text": "", "max_files": 1, "max_file_mb": None, "repeats": 1, "only": "",
}  # fmt: skip


def digest(questions: list[dict]) -> str:
    """Return the SHA-256 of a list of questions: equal lists share one snapshot."""
    canonical = json.dumps(questions, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
