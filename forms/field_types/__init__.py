"""The registry of question types: one class per type, which builds, validates, shows and exports its answers.

To add a type: write a class in the module of its kin, decorate it with `@register`, give it a test. Nothing else knows
the types by name; one that is not registered raises UnknownQuestionType and fails the system check forms.E001.
"""

# isort: skip_file - importing registers, and this is the order the editor sees
from forms.field_types import consent, dates, files, identity, layout, lists, numbers, places, scales, text  # noqa: F401 - importing registers the types
from forms.field_types.base import (
    EMPTY,
    NOT_ANSWERED,
    Order,
    QuestionType,
    UnknownQuestionType,
    choices,
    codes,
    editor_columns,
    fingerprints,
    get,
    register,
    shown,
)
from forms.field_types.dates import DATE_FORMATS
from forms.field_types.files import Files, file_ids

__all__ = [
    "DATE_FORMATS",
    "EMPTY",
    "NOT_ANSWERED",
    "Files",
    "Order",
    "QuestionType",
    "UnknownQuestionType",
    "choices",
    "codes",
    "editor_columns",
    "file_ids",
    "fingerprints",
    "get",
    "register",
    "shown",
]  # fmt: skip
