"""Form fields that read what people here type: telephone numbers, numbers, dates."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from siptenan.common import phones

FIRST_YEAR, LAST_YEAR = 1900, 2199

# A point before three digits groups thousands: "1.500" is one thousand five hundred here.
GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|[-+]?\d+(?:,\d+)?")
CALCULATOR = re.compile(r"[-+]?\d+\.\d+")
RUPIAH = re.compile(r"^rp\.?|,-$", re.IGNORECASE)


class PhoneField(forms.CharField):
    """A mobile number in any Indonesian writing; cleaned to E.164."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return phones.normalise(text) if text else ""


class NumberField(forms.DecimalField):
    """A number as people here write it: `1.500.000`, `12,5`, `Rp 25.000,-`; also `12.5`, as a calculator shows it."""

    def to_python(self, value: Any) -> Decimal | None:
        text = RUPIAH.sub("", re.sub(r"\s", "", value or ""))
        if not text:
            return None
        if GROUPED.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        elif not CALCULATOR.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = Decimal(text)
        # "Rp 1.500.000,00" is a whole number, too
        is_whole = self.decimal_places == 0 and number == number.to_integral_value()
        return number.to_integral_value() if is_whole else number


class _SensibleYear:
    """Mixin of date fields: refuses years that nobody means, some of which no time zone can hold."""

    def to_python(self, value: Any) -> Any:
        try:
            moment = super().to_python(value.strip() if isinstance(value, str) else value)
        except OverflowError:
            raise ValidationError(self.error_messages["year"], code="year") from None
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        return moment


class DateField(_SensibleYear, forms.DateField):
    """A date of our time."""


class DateTimeField(_SensibleYear, forms.DateTimeField):
    """A date and an hour of our time."""


class UnseenField(forms.CharField):
    """What a person neither sees nor types. It is cut to fit and never refused, since nobody could mend it."""

    def clean(self, value: Any) -> str:
        return str(value or "").replace("\0", "").strip()[: self.max_length]
