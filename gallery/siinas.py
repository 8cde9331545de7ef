"""How ready a business is for its SIINas report: the eleven data of Permenperin 13/2025, Pasal 7 letter a, in order.

Some are in the registration, the rest an officer asks for besides (`BusinessRecord.siinas`). Which quarter is due when
is not in the law we have read (facts.md, 7), so nothing here speaks of deadlines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from wagtail.log_actions import log

from gallery.enums import MaterialKind
from gallery.form_fields import Number
from gallery.models import BusinessRecord
from siptenan.accounts.models import User

LARGEST = 10**14 - 1


@dataclass(frozen=True)
class Datum:
    """One of the eleven: what it is called, and whether a record has it."""

    name: str
    is_known: Callable[[BusinessRecord], bool]


def _asked(key: str) -> Callable[[BusinessRecord], bool]:
    return lambda record: record.siinas.get(key) not in (None, "")


def _has(kind: MaterialKind) -> Callable[[BusinessRecord], bool]:
    return lambda record: any(material.kind == kind for material in record.materials.all())


DATA = (
    Datum("Nilai investasi tanpa tanah dan bangunan", lambda record: record.investment is not None),
    Datum("Kapasitas produksi", lambda record: record.capacity is not None),
    Datum("Kapasitas terpasang", _asked("installed_capacity")),
    Datum("Produksi", _asked("production")),
    Datum("Bahan baku", _has(MaterialKind.RAW)),
    Datum("Nilai tanah dan bangunan", _asked("land_and_building")),
    Datum("Tenaga kerja", lambda record: None not in (record.workers_male, record.workers_female)),
    Datum("Air", _asked("water_m3")),
    Datum("Bahan bakar", _has(MaterialKind.FUEL)),
    Datum("Listrik", _asked("electricity_kwh")),
    Datum("Mesin dan peralatan", _asked("machines")),
)


@dataclass(frozen=True)
class Readiness:
    """How much of a report a record could fill."""

    known: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        """All that a report asks for."""
        return len(DATA)

    @property
    def text(self) -> str:
        """ "7/11" """
        return f"{len(self.known)}/{len(DATA)}"


def readiness(record: BusinessRecord) -> Readiness:
    """Return which of the eleven data a record has; prefetch `materials` for a list."""
    known = tuple(datum.name for datum in DATA if datum.is_known(record))
    return Readiness(known, tuple(datum.name for datum in DATA if datum.name not in known))


@transaction.atomic
def store(record: BusinessRecord, answers: dict[str, str], *, by: User, changed: list[str]) -> None:
    """Keep what an officer filled in; the history says which fields he changed, not what is in them."""
    record.siinas = answers
    record.save(update_fields=["siinas", "updated_at"])
    log(instance=record, action="wagtail.edit", user=by, data={"fields": changed})


def _number(label: str, help_text: str = "") -> Number:
    return Number(label, LARGEST, 2, help_text=help_text)


NO_ANSWERS = frozenset({"seen", "last_production"})  # fields of the form that are kept elsewhere, or nowhere


class SiinasForm(forms.Form):
    """“Pelengkap SIINas”: what the registration does not ask for, by the keys of BusinessRecord.siinas."""

    use_required_attribute = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # which state the page showed
    installed_capacity = _number("Kapasitas terpasang per tahun", "Dalam satuan yang sama dengan kapasitas produksi.")
    production = _number(
        "Produksi triwulan ini",
        "Dalam satuan yang sama dengan kapasitas produksi. Setiap triwulan baru, isian ini dikosongkan.",
    )
    last_production = _number("Produksi triwulan lalu")  # kept with that quarter, not among the answers
    land_and_building = _number("Nilai tanah dan bangunan (Rp)")
    water_m3 = _number("Air per bulan (m³)")
    electricity_kwh = _number("Listrik per bulan (kWh)")
    machines = forms.CharField(
        label="Mesin dan peralatan utama",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nama dan jumlahnya. Contoh: kompor batik 6, meja cap 2.",
        error_messages={"max_length": "Terlalu panjang: paling banyak 500 huruf."},
    )

    def __init__(self, *args: Any, last_quarter: str = "", **kwargs: Any) -> None:
        """`last_quarter` names the quarter whose production can still be added; without one that is not asked."""
        super().__init__(*args, **kwargs)
        if last_quarter:
            self.fields["last_production"].label = f"Produksi {last_quarter}"
            self.fields["last_production"].help_text = "Bila baru diketahui sekarang. Masuk ke laporan triwulan itu."
        else:
            del self.fields["last_production"]

    @classmethod
    def answers_of(cls, record: BusinessRecord) -> dict[str, Any]:
        """Return what is stored as the form begins with it: numbers as numbers, which it shows as people write them."""
        fields = cls.base_fields
        return {
            key: Decimal(value) if isinstance(fields[key], Number) else value
            for key, value in record.siinas.items()
            if key in fields
        }

    def stored(self) -> dict[str, str]:
        """The cleaned answers as BusinessRecord.siinas holds them: numbers as text, nothing for what is empty."""
        answers = {key: value for key, value in self.cleaned_data.items() if key not in NO_ANSWERS}
        return {key: str(value) for key, value in answers.items() if value not in (None, "")}
