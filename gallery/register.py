"""Data industri: the private register of businesses, as a list, its sums and a file in the columns officers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.utils import formats, timezone
from wagtail.log_actions import LogActionRegistry
from wagtail.models import ModelLogEntry

from gallery import siinas
from gallery.enums import ScaleClass
from gallery.models import BusinessRecord
from gallery.scale import scale_class
from siptenan.accounts.models import User
from siptenan.common import nik, phones
from siptenan.common.encryption import Unreadable
from siptenan.common.models import Unit
from siptenan.common.spreadsheets import Cell, csv_response, xlsx_response

EXPORTED = "gallery.export"
WITHOUT = "belum ada"  # a commodity
LABEL_MAX = 255
FORMATS = {"csv": csv_response, "xlsx": xlsx_response}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; capacity is per month."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"

    @property
    def shown(self) -> str:
        """The same as people read it: "1.360 kg"."""
        return f"{shown(self.value)} {self.unit}"


def shown(number: Decimal) -> str:
    """Return a number as people read it: "1.360", "12,5"."""
    number = number.normalize()
    return formats.number_format(number if number % 1 else int(number), force_grouping=True)


def plain(number: Decimal | None) -> str:
    """Return a number as Excel-ID reads it: decimal comma, no groups, no idle zeros."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def in_base_unit(value: Decimal, unit: Unit | None) -> Quantity | None:
    """Return an amount in the base unit of its dimension (20 pieces of 1 kodi); None where the unit has no factor."""
    if unit is None or unit.factor is None:
        return None
    return Quantity(value * unit.factor, unit.base_unit)


def scale_of(record: BusinessRecord) -> ScaleClass | None:
    """Return the class of a business by Permenperin 64/2016."""
    return scale_class(workers_of(record), record.investment)


def workers_of(record: BusinessRecord) -> int | None:
    """Return all workers; None while one of the two numbers is missing."""
    if record.workers_male is None or record.workers_female is None:
        return None
    return record.workers_male + record.workers_female


def listed() -> QuerySet[BusinessRecord]:
    """The register with all that a row of the list or the file shows."""
    return BusinessRecord.objects.select_related(
        "business__kelurahan", "business__commodity", "capacity_unit", "submission"
    ).prefetch_related("materials__unit", "business__products")


# --- Sums -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """What a list adds up to; businesses that did not say are left out of a sum."""

    businesses: int
    workers_male: int
    workers_female: int
    investment: int  # rupiah
    capacity: tuple[Quantity, ...]  # per month, one for each base unit


COUNTS = {
    "businesses": Count("pk"),
    "workers_male": Coalesce(Sum("workers_male"), 0),
    "workers_female": Coalesce(Sum("workers_female"), 0),
    "investment": Coalesce(Sum("investment"), 0),
}


def sums(records: QuerySet[BusinessRecord]) -> Sums:
    """Return the sums of a filtered register, in two queries at any size."""
    records = _bare(records)
    return Sums(**records.aggregate(**COUNTS), capacity=_capacities(records).get((), ()))


@dataclass(frozen=True)
class Group:
    """The sums of the businesses of one kelurahan or commodity; `key` is None for those without."""

    key: int | None
    name: str
    sums: Sums


def by_kelurahan(records: QuerySet[BusinessRecord]) -> list[Group]:
    """Return the sums of each kelurahan of a filtered register, in two queries at any size."""
    return _grouped(records, "business__kelurahan", ("business__kelurahan__kecamatan", "business__kelurahan__name"))


def by_commodity(records: QuerySet[BusinessRecord]) -> list[Group]:
    """Return the sums of each commodity, those without one last; two queries as well."""
    found = _grouped(records, "business__commodity", ("business__commodity__name",))
    return sorted(found, key=lambda group: group.key is None)


def _grouped(records: QuerySet[BusinessRecord], field: str, names: tuple[str, ...]) -> list[Group]:
    records = _bare(records)
    capacity = _capacities(records, field)
    rows = records.values(field, *names).annotate(**COUNTS).order_by(*names, field)
    return [
        Group(
            row[field],
            row[names[-1]] or WITHOUT,
            Sums(**{name: row[name] for name in COUNTS}, capacity=capacity.get((row[field],), ())),
        )
        for row in rows
    ]


def _bare(records: QuerySet[BusinessRecord]) -> QuerySet[BusinessRecord]:
    return records.order_by().select_related(None).prefetch_related(None)


def _capacities(records: QuerySet[BusinessRecord], *by: str) -> dict[tuple, tuple[Quantity, ...]]:
    """The capacity of each group, one for each base unit; units that do not convert are left out."""
    rows = (
        records.filter(capacity__isnull=False, capacity_unit__factor__isnull=False)
        .values(*by, "capacity_unit__base_unit")
        .annotate(total=Sum(F("capacity") * F("capacity_unit__factor")))
        .order_by("capacity_unit__base_unit")
    )
    found: dict[tuple, tuple[Quantity, ...]] = {}
    for row in rows:
        group = tuple(row[name] for name in by)
        amount = Quantity(Decimal(row["total"]), row["capacity_unit__base_unit"])
        found[group] = (*found.get(group, ()), amount)
    return found


# --- The file -------------------------------------------------------------------------------------


def _masked(record: BusinessRecord) -> str:
    try:
        return nik.mask(record.nik) if record.nik else ""
    except Unreadable:
        return "tidak dapat dibaca"


def _whole(record: BusinessRecord) -> str:
    try:
        return record.nik
    except Unreadable:
        return "tidak dapat dibaca"


def _base_capacity(record: BusinessRecord) -> Quantity | None:
    return in_base_unit(record.capacity, record.capacity_unit) if record.capacity is not None else None


def _materials(record: BusinessRecord) -> str:
    rows = []
    for material in record.materials.all():
        amount = f" {plain(material.quantity)} {material.unit or ''}".rstrip() if material.quantity is not None else ""
        value = f" Rp {material.value}" if material.value is not None else ""
        rows.append(f"{material.get_kind_display()}: {material.name}{amount}{value}")
    return "\n".join(rows)


Read = Callable[[BusinessRecord], Cell]
COLUMNS: dict[str, Read] = {
    "Nama usaha": lambda record: record.business.name,
    "Nama pemilik": lambda record: record.owner_name,
    "NIK": _masked,
    "Gender": lambda record: record.get_gender_display(),
    "WhatsApp": lambda record: phones.national(record.phone) if record.phone else "",
    "Alamat": lambda record: record.address,
    "Kelurahan": lambda record: record.business.kelurahan.name,
    "Kecamatan": lambda record: record.business.kelurahan.kecamatan,
    "Tahun berdiri": lambda record: record.founded_year,
    "Komoditas": lambda record: record.business.commodity.name if record.business.commodity else "",
    "KBLI 2025": lambda record: record.business.commodity.kbli_2025 if record.business.commodity else "",
    "KBLI 2020": lambda record: record.business.commodity.kbli_2020 if record.business.commodity else "",
    "NIB": lambda record: record.nib,
    "Modal awal (Rp)": lambda record: record.initial_capital,
    "Investasi (Rp)": lambda record: record.investment,
    "Tenaga kerja L": lambda record: record.workers_male,
    "Tenaga kerja P": lambda record: record.workers_female,
    "Produk yang dihasilkan": lambda record: record.makes,
    "Pendapatan per bulan (Rp)": lambda record: record.monthly_revenue,
    "Kapasitas per bulan": lambda record: plain(record.capacity),
    "Satuan": lambda record: str(record.capacity_unit or ""),
    "Kapasitas dalam satuan dasar": lambda record: str(_base_capacity(record) or ""),
    "Bahan": _materials,
    "Skala (Permenperin 64/2016)": lambda record: scale.label if (scale := scale_of(record)) else "",
    "Kesiapan SIINas": lambda record: siinas.readiness(record).text,
    "Belum ada untuk SIINas": lambda record: ", ".join(siinas.readiness(record).missing),
    "Produk di Gallery": lambda record: "\n".join(p.name for p in record.business.products.all() if p.live),
    "Tampil di Gallery": lambda record: "ya" if record.business.live else "tidak",
    "Nomor tiket": lambda record: record.submission.reference if record.submission else "",
}


def rows(records: Iterable[BusinessRecord], *, with_nik: bool) -> Iterator[list[Cell]]:
    """Yield a row for each record; the NIK is masked unless asked for."""
    columns = {**COLUMNS, "NIK": _whole if with_nik else _masked}
    for record in records:
        yield [read(record) for read in columns.values()]


def record_export(
    records: Iterable[BusinessRecord], *, by: User, file_format: str, with_nik: bool, **more: str
) -> None:
    """Record of each business that it left in a file, as its history and Laporan show it; `more` says what file."""
    kind = ContentType.objects.get_for_model(BusinessRecord)
    ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(
                content_type=kind,
                object_id=str(record.pk),
                label=str(record)[:LABEL_MAX],
                action=EXPORTED,
                user=by,
                timestamp=timezone.now(),
                data={"format": file_format, "nik": with_nik, **more},
            )
            for record in records
        ),
        batch_size=1_000,
    )


def register_log_actions(actions: LogActionRegistry) -> None:
    """Wagtail hook `register_log_actions`."""
    actions.register_action(EXPORTED, "Ekspor data industri", "Data industri ikut diekspor")


def response(
    records: Iterable[BusinessRecord], file_format: str, *, name: str, with_nik: bool = False
) -> HttpResponseBase:
    """Return the register as a download; safe against formulas (siptenan.common.spreadsheets)."""
    return FORMATS[file_format](f"{name}.{file_format}", list(COLUMNS), rows(records, with_nik=with_nik))
