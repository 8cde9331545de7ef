"""Types whose answer is a place: a kelurahan of the city, a postal address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from forms.field_types.base import QuestionType, register
from forms.field_types.compound import SEPARATOR, Part, PartsField
from forms.field_types.lists import One
from forms.questions import Question
from siptenan.common.generation import per_generation
from siptenan.common.models import Kelurahan


@per_generation
def kelurahan_by_code() -> dict[str, tuple[str, str]]:
    """Name and kecamatan of each kelurahan in the table, by its Kemendagri code."""
    return {row[0]: row[1:] for row in Kelurahan.objects.values_list("code", "name", "kecamatan")}


@register
class KelurahanChoice(One):
    """One of the kelurahan of the city, in groups by kecamatan. The answer keeps the names of its day."""

    code = "kelurahan"
    label = "Kelurahan (dengan kecamatan)"
    is_counted = True
    has_choices = False
    field_class = forms.ChoiceField
    widget = forms.Select
    messages = {"invalid_choice": "Pilih salah satu kelurahan di daftar."}

    def options(self, question: Question) -> dict[str, Any]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, (name, kecamatan) in kelurahan_by_code().items():
            groups.setdefault(f"Kecamatan {kecamatan}", []).append((code, name))
        options = super().options(question)
        options.pop("validators")
        return {**options, "choices": [("", "Pilih kelurahan …"), *groups.items()]}

    def to_answer(self, value: str | None) -> dict | str:
        if not value:
            return ""
        name, kecamatan = kelurahan_by_code().get(value, (value, ""))
        return {"code": value, "name": name, "kecamatan": kecamatan}

    def typed(self, question: Question, answer: dict) -> dict[str, list[str]]:
        return {question.key: [answer["code"]]} if answer else {}

    def display(self, answer: dict) -> str:
        return f"{answer['name']}, Kecamatan {answer['kecamatan']}" if answer else ""

    def example(self, question: Question) -> dict | str:
        return self.to_answer(next(iter(kelurahan_by_code()), None))

    def comparable(self, answer: dict) -> list[str]:
        return [answer["name"], answer["kecamatan"], answer["code"]]


POSTCODE_ATTRS = {"autocomplete": "postal-code", "inputmode": "numeric"}
POSTCODE = RegexValidator(r"^[0-9]{5}$", "terdiri dari 5 angka. Contoh: 51111.")


@register
class PostalAddress(QuestionType):
    """Street and number, RT/RW, kelurahan or village, kecamatan, city, postcode."""

    code = "address"
    label = "Alamat lengkap"
    is_personal = True

    def form_field(self, question: Question) -> forms.Field:
        parts = [
            Part("street", "Jalan dan nomor", _line(160, autocomplete="address-line1"), required=True),
            Part("rt_rw", "RT/RW", _line(20, autocomplete="off", placeholder="003/005"), wide=False),
            Part("village", "Kelurahan atau desa", _line(80, autocomplete="address-level4"), wide=False),
            Part("district", "Kecamatan", _line(80, autocomplete="address-level3"), wide=False),
            Part("city", "Kota atau kabupaten", _line(80, autocomplete="address-level2"), required=True, wide=False),
            Part("postcode", "Kode pos", _line(None, POSTCODE, **POSTCODE_ATTRS), wide=False),
        ]
        return PartsField(
            parts=parts, label=question.label, help_text=question.help_text, required=question.required,
            error_messages={"required": self.required_message(question)}, error_text=question.error_text,
        )  # fmt: skip

    def names(self, question: Question) -> list[str]:
        return [f"{question.key}{SEPARATOR}{name}" for name in ADDRESS_PARTS]

    def to_answer(self, value: dict | None) -> dict | str:
        return value or ""

    def example(self, question: Question) -> dict[str, str]:
        return {"street": "Jl. Contoh 1", "rt_rw": "001/001", "city": "Kota Pekalongan", "postcode": "51111"}

    def display(self, answer: dict) -> str:
        if not answer:
            return ""
        shown = {**answer}
        if "rt_rw" in shown:
            shown["rt_rw"] = f"RT/RW {shown['rt_rw']}"
        return ", ".join(shown[name] for name in ADDRESS_PARTS if shown.get(name))


ADDRESS_PARTS = ("street", "rt_rw", "village", "district", "city", "postcode")


def _line(limit: int | None, *validators: RegexValidator, **attrs: str) -> forms.CharField:
    field = forms.CharField(
        required=False, max_length=limit, validators=list(validators),
        widget=forms.TextInput(attrs={"enterkeyhint": "next", **attrs}),
        error_messages={"max_length": "terlalu panjang: paling banyak %(limit_value)d huruf."},
    )  # fmt: skip
    field.widget.attrs.pop("maxlength", None)  # the browser would cut off silently
    return field
