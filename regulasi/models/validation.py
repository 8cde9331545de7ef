"""Limits that pages and stubs share."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator

YEARS = [
    MinValueValidator(1800, "Tahun paling awal 1800."),  # some of the Dutch time still hold
    MaxValueValidator(2200, "Tahun ini terlalu jauh."),
]
