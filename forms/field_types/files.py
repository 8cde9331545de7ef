"""Files: photos and documents.

The files themselves are stored before the form is looked at (forms.views.attached): here an answer is the list of
their ids, in the order they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from forms.field_types.base import QuestionType, get, register
from forms.questions import Question
from forms.upload_limits import LARGEST_MB
from siptenan.common import documents

DROP = "-hapus"  # behind a key: the ids of files that are to go
FOLLOWS = "-menyusul"  # behind a key: the ids of files that the script is still sending
REFUSED = "-ditolak"  # behind a key: the ids of files that were refused while the script sent them; it says why


class FilesInput(forms.FileInput):
    """A chooser of files. What was chosen before is shown beside it and travels as ids under the same name."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict, name: str) -> list[str]:
        return data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, ()))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict, name: str) -> bool:
        return name not in data and name not in files


class FilesField(forms.Field):
    """The ids of files that are stored."""

    widget = FilesInput

    def __init__(self, *, max_files: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_files = max_files

    def clean(self, value: list[str] | None) -> list[str]:
        ids = list(value or [])
        super().clean(ids)
        if len(ids) > self.max_files:
            raise ValidationError(f"Paling banyak {self.max_files} berkas. Hapus yang tidak perlu.", code="max_files")
        return ids


class Files(QuestionType):
    """Base of the types that ask for files."""

    field_class = FilesField
    is_private = True
    is_personal = True
    noun = ""
    settings = frozenset({"max_files", "max_file_mb"})

    def form_field(self, question: Question) -> forms.Field:
        several = {"multiple": True} if question.max_files > 1 else {}
        hint = self.hint(question)
        return FilesField(
            max_files=question.max_files,
            label=question.label,
            help_text=f"{question.help_text} {hint}".strip(),
            required=question.required,
            widget=FilesInput(attrs={**self.attrs, **several}),
            error_messages={"required": f"{question.label} belum dipilih."},
        )

    def hint(self, question: Question) -> str:
        """Return what may be sent, in words."""
        megabytes = min(question.max_file_mb or LARGEST_MB, LARGEST_MB)
        if question.max_files == 1:
            return f"Paling besar {megabytes} MB."
        return f"Paling banyak {question.max_files} {self.noun}, masing-masing {megabytes} MB."

    def to_answer(self, value: list[str] | None) -> list[str]:
        return list(value or [])

    def display(self, answer: list[str]) -> str:
        return f"{len(answer)} {self.noun}" if answer else ""

    def example(self, question: Question) -> list[str]:
        return ["contoh"]  # the id of no file

    def search_text(self, answer: list[str]) -> str:
        return ""


@register
class Photo(Files):
    """One or several photos, kept as upright JPEG without place and time."""

    code = "photo"
    label = "Foto"
    noun = "foto"
    attrs = {"accept": "image/*"}


@register
class Document(Files):
    """One or several documents."""

    code = "document"
    label = "Dokumen (PDF)"
    noun = "dokumen"
    attrs = {"accept": ",".join(f".{kind}" for kind in documents.KINDS)}


def file_ids(asked: Iterable[Question], answers: dict) -> list[str]:
    """Return the ids of all files among the answers."""
    return [pk for question in asked if isinstance(get(question.type), Files) for pk in answers.get(question.key) or ()]
