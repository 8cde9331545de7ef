"""The NIK: encrypted as soon as it is an answer, shown with six of its digits, read whole on the ticket page only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from forms.field_types.base import QuestionType, register
from forms.questions import Question
from siptenan.common import nik
from siptenan.common.encryption import Unreadable, decrypt, encrypt, lookup_digest

EXAMPLE = "3375014101900000"  # the serial 0000 is never issued
PURPOSE = "nik"  # of lookup digests: the same NIK has the same one wherever it was given
UNREADABLE = "NIK tidak dapat dibaca"  # in place of the number, when its key is lost


class NikField(forms.CharField):
    """Sixteen digits, whatever a person put between them."""

    default_error_messages = {**nik.MESSAGES}

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        try:
            return nik.parse(typed, timezone.localdate()).digits
        except ValidationError as error:
            raise ValidationError(self.error_messages[str(error.code)], code=error.code) from None


class Encrypted(QuestionType):
    """Types whose answer is a token of siptenan.common.encryption; forms.encrypted_answers finds them by this."""

    is_private = True
    is_personal = True

    def to_answer(self, value: str | None) -> str:
        return encrypt(value) if value else ""

    def typed(self, question: Question, answer: str) -> dict[str, list[str]]:
        return {}  # nobody is shown a whole number again

    def search_text(self, answer: str) -> str:
        return ""

    def reveal(self, answer: str) -> str:
        """Return the whole value; raises siptenan.common.encryption.Unreadable. For forms.services only."""
        return decrypt(answer)

    def warnings(self, answer: str) -> list[str]:
        """What an officer should look at; the visitor is not told, since it may be right all the same."""
        return []


@register
class Nik(Encrypted):
    code = "nik"
    label = "NIK"
    field_class = NikField
    attrs = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "enterkeyhint": "next"}

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "initial": ""}  # nobody's number stands there in advance

    def display(self, answer: str) -> str:
        if not answer:
            return ""
        try:
            return nik.mask(decrypt(answer))
        except Unreadable:
            return UNREADABLE

    def example(self, question: Question) -> str:
        return encrypt(EXAMPLE)

    def fingerprint(self, answer: str) -> str:
        if not answer:
            return ""
        try:
            return lookup_digest(PURPOSE, decrypt(answer))
        except Unreadable:
            return answer

    def warnings(self, answer: str) -> list[str]:
        if not answer:
            return []
        try:
            return nik.parse(decrypt(answer), timezone.localdate()).warnings
        except (Unreadable, ValidationError):
            return [f"{UNREADABLE}. Beri tahu pengelola sistem."]
