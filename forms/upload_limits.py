"""What a question allows a visitor to send. Without models, so that the question types may use it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files import File

from forms.questions import Question
from siptenan.common import documents, photos
from siptenan.common.documents import SanitisedDocument
from siptenan.common.photos import SanitisedPhoto

MB = 1024 * 1024
LARGEST_MB = 15  # of any file, whatever the editor wrote: what a phone takes with all its pixels
PHOTO, DOCUMENT = "photo", "document"  # types of questions, and forms.models.Upload.Kind


@dataclass(frozen=True)
class Limits:
    """How many files of what kind and size one question takes."""

    kind: str = PHOTO
    max_bytes: int = LARGEST_MB * MB
    max_files: int = 1
    document_kinds: tuple[str, ...] = tuple(documents.KINDS)

    @classmethod
    def of(cls, question: Question) -> Limits:
        """The limits of a question; raises KeyError when it does not ask for files."""
        if question.type not in {PHOTO, DOCUMENT}:
            raise KeyError(question.type)
        megabytes = min(question.max_file_mb or LARGEST_MB, LARGEST_MB)
        return cls(kind=question.type, max_bytes=megabytes * MB, max_files=max(question.max_files, 1))

    def clean(self, sent: File) -> SanitisedPhoto | SanitisedDocument:
        """Return the file written anew, or raise ValidationError that says in words what is wrong with it."""
        if self.kind == PHOTO:
            return photos.sanitise_photo(sent, max_bytes=self.max_bytes)
        return documents.sanitise_document(sent, kinds=self.document_kinds, max_bytes=self.max_bytes)

    def check_size(self, size: int) -> None:
        """Refuse by its size a file that has only been announced: nobody sends 40 MB to learn that 15 are allowed."""
        check = photos.check_size if self.kind == PHOTO else documents.check_size
        check(size, self.max_bytes)
