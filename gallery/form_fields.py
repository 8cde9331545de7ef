"""Form fields of officers' screens: they show what is stored in the writing in which people here type it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from forms.form_fields import NumberField, PhoneField
from siptenan.common import phones


class Number(NumberField):
    """A whole number, or one with up to two decimals, that is not below zero: `1.500.000`, `2,5`."""

    def __init__(self, label: str, largest: int, decimals: int = 0, **kwargs: Any) -> None:
        messages = {
            "invalid": "Tulis dengan angka. Contoh: 1.500.000.",
            "max_decimal_places": "Tulis angka bulat."
            if decimals == 0
            else "Paling banyak dua angka di belakang koma.",
            "max_digits": "Angka ini terlalu besar.",
            "max_whole_digits": "Angka ini terlalu besar.",
        }
        limits = [
            MinValueValidator(0, "Tidak boleh kurang dari 0."),
            MaxValueValidator(largest, messages["max_digits"]),
        ]
        widget = forms.TextInput(attrs={"inputmode": "decimal" if decimals else "numeric"})
        super().__init__(
            label=label, required=False, max_digits=16, decimal_places=decimals, validators=limits,
            error_messages=messages, widget=widget, **kwargs,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people here write it."""
        if value is None or isinstance(value, str):
            return value
        whole, _, rest = f"{Decimal(value):f}".partition(".")
        rest = rest.rstrip("0")
        return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


class Phone(PhoneField):
    """A mobile number, stored in E.164 and shown as `0812-3450-0003`."""

    def prepare_value(self, value: Any) -> Any:
        return phones.national(value) if value else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another writing of the same number is no change."""
        try:
            return (initial or "") != self.clean(data)
        except ValidationError:
            return True
