"""Types whose answer is a number."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import formats, timezone

from forms.field_types.base import Order, QuestionType, Words, register
from forms.field_types.compound import SEPARATOR, Part, PartsField
from forms.form_fields import FIRST_YEAR, LAST_YEAR, NumberField
from forms.questions import Only, Question
from siptenan.common.generation import per_generation
from siptenan.common.models import Unit

NUMBER_DIGITS, NUMBER_DECIMALS = 20, 6
# More is a slip of the finger (a NIK in the wrong box), and may be more than a column holds.
MOST_RUPIAH, MOST_PRICE, MOST_QUANTITY, MOST_COUNTED = 10**13, 10**10, 10**13, 100_000
GROUPED_FROM = 10_000  # a year must not read as "2.015"
WHOLE_ONLY = "Tulis angka bulat, tanpa koma. Contoh: 3."
NO_GOODS = frozenset({"energi", "mata uang", "tenaga kerja"})  # dimensions of units in which no goods are counted


@register
class Number(QuestionType):
    settings = frozenset({"min_value", "max_value", "placeholder", "default_value"})
    code = "number"
    label = "Angka"
    usual: ClassVar[str] = "10"  # the example, if the limits allow it
    order = Order.NUMBER
    field_class = NumberField
    attrs = {"inputmode": "decimal", "enterkeyhint": "next"}
    messages = {
        "invalid": "Tulis angka saja. Contoh: 1.500.000 atau 12,5.",
        "max_digits": "Angka ini terlalu panjang: paling banyak %(max)d angka.",
        "max_whole_digits": "Angka ini terlalu besar: paling banyak %(max)d angka di depan koma.",
        "max_decimal_places": "Paling banyak %(max)d angka di belakang koma.",
    }

    def options(self, question: Question) -> dict[str, Any]:
        options = {**super().options(question), "max_digits": NUMBER_DIGITS, "decimal_places": NUMBER_DECIMALS}
        if question.only == Only.WHOLE:
            options["decimal_places"] = 0
            options["error_messages"] |= {"invalid": WHOLE_ONLY, "max_decimal_places": WHOLE_ONLY}
            options["widget"].attrs["inputmode"] = "numeric"  # a keyboard without a comma
        return options

    def validators(self, question: Question) -> list[Callable[[Any], None]]:
        return [*super().validators(question), *limits(question, self.shown, self.most(question))]

    def most(self, question: Question) -> int | None:
        """Return what nobody can mean more than; None where a number may be of anything."""
        return MOST_COUNTED if question.only == Only.WHOLE else None

    def shown(self, number: Decimal) -> str:
        """Return a limit as a visitor reads it."""
        return self.display(str(number))

    def comparable(self, answer: str) -> Decimal:
        return Decimal(answer)

    def to_answer(self, value: Decimal | None) -> str:
        return "" if value is None else str(value)

    def typed(self, question: Question, answer: str) -> dict[str, list[str]]:
        shown = formats.number_format(Decimal(answer), force_grouping=True) if answer else ""
        return {question.key: [shown]} if shown else {}

    def display(self, answer: str) -> str:
        if not answer:
            return ""
        number = Decimal(answer)
        return formats.number_format(number, use_l10n=True, force_grouping=abs(number) >= GROUPED_FROM)

    def example(self, question: Question) -> str:
        return within(question, self.usual)

    def export(self, answer: str) -> str:
        return answer.replace(".", ",")  # a decimal comma, as Excel-ID reads it


def within(question: Question, usual: str) -> str:
    """Return a number for an example: the usual one, or the limit that is nearest to it."""
    number = Decimal(usual)
    if question.min_value:
        number = max(number, Decimal(question.min_value))
    if question.max_value:
        number = min(number, Decimal(question.max_value))
    return str(number)


def limits(question: Question, shown: Callable[[Decimal], str], most: int | None = None) -> list[Callable[[Any], None]]:
    """Return the validators of the smallest and the greatest number that an editor allows.

    With `most` also of an amount that nobody can mean: below nothing, or above `most`.
    """
    found: list[Callable[[Any], None]] = []
    least = Decimal(question.min_value) if question.min_value else None
    greatest = Decimal(question.max_value) if question.max_value else None
    if most is not None and (least is None or least < 0):
        least = None
        words = f"{question.label} tidak boleh kurang dari {shown(Decimal(0))}."
        found.append(MinValueValidator(0, Words(words)))
    if most is not None and (greatest is None or greatest > most):
        greatest = None
        words = f"{question.label} terlalu besar: paling banyak {shown(Decimal(most))}."
        found.append(MaxValueValidator(most, Words(words)))
    if least is not None:
        words = f"{question.label} paling sedikit {shown(least)}."
        found.append(MinValueValidator(least, Words(question.error_text or words)))
    if greatest is not None:
        words = f"{question.label} paling banyak {shown(greatest)}."
        found.append(MaxValueValidator(greatest, Words(question.error_text or words)))
    return found


WHOLE = {
    **Number.messages,
    "max_decimal_places": "Tulis angka bulat, tanpa koma. Contoh: 1.500.000.",
}


@register
class Rupiah(Number):
    """An amount of money in whole rupiah."""

    code = "rupiah"
    label = "Rupiah"
    usual = "1500000"
    attrs = {"inputmode": "numeric", "enterkeyhint": "next", "placeholder": "1.500.000"}
    messages = {**WHOLE, "invalid": "Tulis jumlah rupiah dengan angka. Contoh: 1.500.000."}

    def options(self, question: Question) -> dict[str, Any]:
        return {**super().options(question), "max_digits": None, "decimal_places": 0}  # `most` says it in rupiah

    def most(self, question: Question) -> int:
        return MOST_PRICE if question.only == Only.PRICE else MOST_RUPIAH

    def display(self, answer: str) -> str:
        return f"Rp {formats.number_format(Decimal(answer), force_grouping=True)}" if answer else ""

    def export(self, answer: str) -> str:
        return answer


@register
class Quantity(QuestionType):
    """A whole number with its unit: fixed by the editor, or chosen with the answer from the table of units."""

    code = "quantity"
    order = Order.NUMBER
    label = "Jumlah dengan satuan"
    settings = frozenset({"min_value", "max_value", "unit"})

    def form_field(self, question: Question) -> forms.Field:
        number = NumberField(
            decimal_places=0, required=False,
            error_messages={**WHOLE, "required": "Jumlah belum diisi."},
            validators=limits(question, _grouped, MOST_QUANTITY),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "enterkeyhint": "next"}),
        )  # fmt: skip
        units = _units_for(question)
        unit = forms.ChoiceField(
            choices=[*([] if question.unit else [("", "Pilih …")]), *units.items()],
            required=False,
            error_messages={"invalid_choice": "Pilih satuan yang tersedia."},
        )
        parts = [
            Part("value", "Jumlah", number, required=True, wide=False),
            Part("unit", "Satuan", unit, required=True, wide=False),
        ]
        messages = {"required": self.required_message(question)}
        return QuantityField(
            unit_is_fixed=bool(question.unit), parts=parts, label=question.label, help_text=question.help_text,
            required=question.required, error_messages=messages, error_text=question.error_text,
        )  # fmt: skip

    def names(self, question: Question) -> list[str]:
        return [f"{question.key}{SEPARATOR}value", f"{question.key}{SEPARATOR}unit"]

    def to_answer(self, value: dict | None) -> dict | str:
        if not value:
            return ""
        return {"value": str(value["value"]), "unit": value["unit"], "unit_name": unit_names().get(value["unit"], "")}

    def display(self, answer: dict) -> str:
        if not answer:
            return ""
        number = formats.number_format(Decimal(answer["value"]), force_grouping=True)
        return f"{number} {answer['unit_name'] or answer['unit']}"

    def example(self, question: Question) -> dict | str:
        unit = next(iter(_units_for(question)), "buah")
        return self.to_answer({"value": within(question, "100"), "unit": unit})

    def comparable(self, answer: dict) -> Decimal:
        return Decimal(answer["value"])


def _grouped(number: Decimal) -> str:
    return formats.number_format(number, force_grouping=True)


class QuantityField(PartsField):
    """A unit without a number is no answer when it is fixed: its select always sends one."""

    def __init__(self, *, unit_is_fixed: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit_is_fixed = unit_is_fixed

    def clean(self, value: Any) -> dict[str, Any]:
        number, unit = [*(value or []), None, None][:2]
        was_chosen = bool(unit) and not self.unit_is_fixed
        return super().clean([number, unit] if number not in (None, "") or was_chosen else [])


def _units_for(question: Question) -> dict[str, str]:
    """The units that a visitor chooses from, by code: the one an editor fixed, those of goods, or all."""
    if question.unit:
        return {question.unit: unit_names().get(question.unit, question.unit)}
    return goods_names() if question.only == Only.GOODS else unit_names()


@per_generation
def unit_names() -> dict[str, str]:
    """The units of the table, by code."""
    return dict(Unit.objects.values_list("code", "name"))


@per_generation
def goods_names() -> dict[str, str]:
    """Those in which goods are counted; also what the office added without a dimension."""
    return dict(Unit.objects.exclude(dimension__in=NO_GOODS).values_list("code", "name"))


@register
class Year(QuestionType):
    """A year, such as that of a foundation."""

    code = "year"
    order = Order.NUMBER
    label = "Tahun"
    field_class = forms.IntegerField
    attrs = {"inputmode": "numeric", "enterkeyhint": "next", "placeholder": "2015"}
    messages = {"invalid": "Tulis tahun dengan empat angka. Contoh: 2015."}
    settings = frozenset({"min_value", "max_value", "placeholder", "default_value"})

    def options(self, question: Question) -> dict[str, Any]:
        options = super().options(question)
        return {**options, "widget": forms.TextInput(attrs=options["widget"].attrs), "localize": False}

    def validators(self, question: Question) -> list[Callable[[Any], None]]:
        first = int(Decimal(question.min_value or FIRST_YEAR))
        last = int(Decimal(question.max_value or LAST_YEAR))
        if question.only == Only.UNTIL_NOW:
            return [partial(_refuse_other_years, question, first, last)]
        words = Words(question.error_text or f"{question.label} harus empat angka, antara {first} dan {last}.")
        return [MinValueValidator(first, words), MaxValueValidator(last, words)]

    def to_answer(self, value: int | None) -> str:
        return "" if value is None else str(value)

    def example(self, question: Question) -> str:
        return within(question, "2015")

    def comparable(self, answer: str) -> Decimal:
        return Decimal(answer)


def _refuse_other_years(question: Question, first: int, last: int, year: int) -> None:
    """Refuse a year that has not begun, on the day it is sent: the form may be older than this year."""
    last = min(last, timezone.localdate().year)
    if not first <= year <= last:
        words = f"{question.label} harus empat angka, antara {first} dan {last}."
        raise ValidationError(question.error_text or words, code="year")
