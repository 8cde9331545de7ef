"""Template tags of forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import template
from django.forms import BoundField

register = template.Library()


@dataclass(frozen=True)
class Fault:
    """One line of the summary above a form."""

    anchor: str  # the id of the control to mend
    text: str


@register.filter
def faults(field: BoundField) -> Iterator[Fault]:
    """What is wrong with a field, named by its label unless the words do so; leads to the part that is wrong."""
    label = str(field.label)
    for error in field.errors.as_data():
        parts: Sequence[int] = getattr(error, "parts", ()) or (0,)
        anchor = f"{field.auto_id}_{parts[0]}" if field.use_fieldset else field.auto_id
        for message in error.messages:
            named = "" if label in message else f"{label} " if label.endswith("?") else f"{label}: "
            yield Fault(anchor, f"{named}{message}")
