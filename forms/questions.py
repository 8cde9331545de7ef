"""A question as plain data: made from the page's row when a form is shown, from a snapshot ever after."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass


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

    def as_json(self) -> dict:
        """The question for a snapshot."""
        return {**dataclasses.asdict(self), "choices": list(self.choices)}

    @classmethod
    def from_json(cls, data: dict) -> Question:
        """The question of a snapshot; keys that a later version added or dropped do not matter."""
        known = {field.name for field in dataclasses.fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        return cls(**{**values, "choices": tuple(values.get("choices", ()))})


def digest(questions: list[dict]) -> str:
    """Return the SHA-256 of a list of questions: equal lists share one snapshot."""
    canonical = json.dumps(questions, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
