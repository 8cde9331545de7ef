"""The quarterly report to SIINas: the figures of every business at the end of a quarter, beside those of the last.

The order is that of Permenperin 13/2025, Pasal 7 letter a. A quarter is kept by the worker in the first hour after it,
or by an officer while it runs; what is kept after its end stays as it is. Only the production of the quarter, which an
officer often learns later, can be added to the last one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import ModelLogEntry

from gallery.enums import MaterialKind
from gallery.models import BusinessRecord, Material, QuarterlyReport
from gallery.quarters import ROMAN, Quarter
from gallery.register import FORMATS, LABEL_MAX, Quantity, in_base_unit
from gallery.scale import scale_class
from siptenan.accounts.models import User
from siptenan.common.models import Unit
from siptenan.common.spreadsheets import Cell

KEPT = "gallery.quarter"
BATCH = 500
# The worker may have been down when a quarter ended; later than this, what it finds says nothing of that quarter.
LATEST = dt.timedelta(days=14)
PRODUCTION = "production"
OTHER_UNIT = "satuan berbeda"

Stored = dict[str, str]  # {"value": "12.5", "unit": "kg"}, or {"text": …}


@dataclass(frozen=True)
class Figure:
    """One figure of the report; a law's datum may have two, as men and women."""

    key: str
    name: str
    read: Callable[[BusinessRecord], Quantity | Decimal | str | None]
    has_unit: bool = False
    is_text: bool = False


def _decimal(text: object) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def _quantity(value: Decimal | None, unit: Unit | None) -> Quantity | None:
    """In the base unit where there is one, so that quarters can be compared: 3 kodi and 60 pieces are the same."""
    if value is None:
        return None
    return in_base_unit(value, unit) or Quantity(value, unit.code if unit else "")


def _field(name: str) -> Callable[[BusinessRecord], Decimal | None]:
    return lambda record: _decimal(getattr(record, name))


def _asked(key: str) -> Callable[[BusinessRecord], Decimal | None]:
    return lambda record: _decimal(record.siinas.get(key))


def _produced(key: str) -> Callable[[BusinessRecord], Quantity | None]:
    """What officers give in the unit of the capacity."""
    return lambda record: _quantity(_decimal(record.siinas.get(key)), record.capacity_unit)


def _of(record: BusinessRecord, kind: MaterialKind) -> list[Material]:
    return [material for material in record.materials.all() if material.kind == kind]


def _worth(kind: MaterialKind) -> Callable[[BusinessRecord], Decimal | None]:
    def read(record: BusinessRecord) -> Decimal | None:
        values = [material.value for material in _of(record, kind) if material.value is not None]
        return Decimal(sum(values)) if values else None

    return read


def _amount(kind: MaterialKind) -> Callable[[BusinessRecord], Quantity | None]:
    """The sum of materials in one unit; kilograms and metres have none."""

    def read(record: BusinessRecord) -> Quantity | None:
        found = [_quantity(material.quantity, material.unit) for material in _of(record, kind)]
        amounts = [amount for amount in found if amount]
        if not amounts or len({amount.unit for amount in amounts}) > 1:
            return None
        return Quantity(sum((amount.value for amount in amounts), Decimal(0)), amounts[0].unit)

    return read


FIGURES = (
    Figure("investment", "Investasi tanpa tanah dan bangunan (Rp)", _field("investment")),
    Figure("capacity", "Kapasitas produksi per bulan", lambda r: _quantity(r.capacity, r.capacity_unit), has_unit=True),
    Figure("installed_capacity", "Kapasitas terpasang per tahun", _produced("installed_capacity"), has_unit=True),
    Figure(PRODUCTION, "Produksi triwulan", _produced(PRODUCTION), has_unit=True),
    Figure("raw_value", "Nilai bahan baku per bulan (Rp)", _worth(MaterialKind.RAW)),
    Figure("raw_quantity", "Jumlah bahan baku per bulan", _amount(MaterialKind.RAW), has_unit=True),
    Figure("land_and_building", "Nilai tanah dan bangunan (Rp)", _asked("land_and_building")),
    Figure("workers_male", "Tenaga kerja L", _field("workers_male")),
    Figure("workers_female", "Tenaga kerja P", _field("workers_female")),
    Figure("water_m3", "Air per bulan (m³)", _asked("water_m3")),
    Figure("fuel_value", "Nilai bahan bakar per bulan (Rp)", _worth(MaterialKind.FUEL)),
    Figure("fuel_quantity", "Jumlah bahan bakar per bulan", _amount(MaterialKind.FUEL), has_unit=True),
    Figure("electricity_kwh", "Listrik per bulan (kWh)", _asked("electricity_kwh")),
    Figure("machines", "Mesin dan peralatan", lambda record: record.siinas.get("machines"), is_text=True),
)


def figures_of(record: BusinessRecord) -> dict[str, Stored]:
    """Return the figures of a record as it is now; prefetch `materials__unit` for many."""
    return {figure.key: _stored(value) for figure in FIGURES if (value := figure.read(record)) not in (None, "")}


def _stored(value: Quantity | Decimal | str) -> Stored:
    if isinstance(value, Quantity):
        return {"value": f"{value.value.normalize():f}", "unit": value.unit}
    return {"value": f"{value.normalize():f}"} if isinstance(value, Decimal) else {"text": value}


# --- Keeping --------------------------------------------------------------------------------------


def keep_running(*, by: User) -> int:
    """Keep the running quarter as it stands, again if need be; return of how many businesses."""
    return _keep(BusinessRecord.objects.all(), Quarter.now(), by=by)


def keep_ended() -> int:
    """Keep the quarter that has just ended, where that is not done; return of how many businesses. Work of the worker.

    With the quarter its production is over: the next one begins without.
    """
    quarter = Quarter.now().before
    if timezone.now() - quarter.ends_at > LATEST:
        return 0
    done = QuarterlyReport.objects.filter(year=quarter.year, quarter=quarter.number, made_at__gte=quarter.ends_at)
    records = BusinessRecord.objects.filter(created_at__lt=quarter.ends_at).exclude(pk__in=done.values("record"))
    return _keep(records, quarter, ends=True)


def _keep(records: QuerySet[BusinessRecord], quarter: Quarter, *, by: User | None = None, ends: bool = False) -> int:
    """Keep a quarter of some businesses, a batch a transaction: what a fault leaves out is done the next time."""
    keys = iter(list(records.order_by("pk").values_list("pk", flat=True)))
    count = 0
    while batch := list(islice(keys, BATCH)):
        with transaction.atomic():
            count += _keep_batch(batch, quarter, by=by, ends=ends)
    return count


def _keep_batch(keys: list[int], quarter: Quarter, *, by: User | None, ends: bool) -> int:
    locked = BusinessRecord.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    records = list(locked.select_related("business", "capacity_unit").prefetch_related("materials__unit"))
    now = timezone.now()
    QuarterlyReport.objects.bulk_create(
        [
            QuarterlyReport(
                record=record, year=quarter.year, quarter=quarter.number, data=figures_of(record), made_at=now
            )
            for record in records
        ],
        update_conflicts=True,
        unique_fields=["record", "year", "quarter"],
        update_fields=["data", "made_at"],
    )
    if ends:
        over = [record for record in records if record.siinas.pop(PRODUCTION, None) is not None]
        for record in over:
            record.updated_at = now  # pages that show it as it was are told so
        BusinessRecord.objects.bulk_update(over, ["siinas", "updated_at"])
    kind = ContentType.objects.get_for_model(BusinessRecord)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(record.pk),
            label=str(record)[:LABEL_MAX],
            action=KEPT,
            user=by,
            timestamp=now,
            data={"quarter": str(quarter)},
        )
        for record in records
    )
    return len(records)


def register_log_actions(actions: LogActionRegistry) -> None:
    """Wagtail hook `register_log_actions`."""
    actions.register_action(KEPT, "Simpan triwulan", "Keadaan triwulan disimpan")


@transaction.atomic
def add_production(report: QuarterlyReport, produced: Decimal | None, *, by: User) -> None:
    """Say what was produced in a quarter that is over, or that it is not known after all."""
    report = QuarterlyReport.objects.select_for_update(of=("self",)).select_related(
        "record__capacity_unit", "record__business"
    ).get(pk=report.pk)  # fmt: skip
    amount = _quantity(produced, report.record.capacity_unit)
    if amount is None:
        report.data.pop(PRODUCTION, None)
    else:
        report.data[PRODUCTION] = _stored(amount)
    report.save(update_fields=["data"])
    report.record.save(update_fields=["updated_at"])  # pages that show it as it was are told so
    log(instance=report.record, action="wagtail.edit", user=by, data={"fields": [f"Produksi {quarter_of(report)}"]})


# --- Reading --------------------------------------------------------------------------------------


def quarter_of(report: QuarterlyReport) -> Quarter:
    """Which quarter a report is of."""
    return Quarter(report.year, report.quarter)


def kept_quarters() -> list[dict]:
    """All quarters that were kept, the newest first, with how many businesses and when."""
    rows = QuarterlyReport.objects.order_by("-year", "-quarter").values("year", "quarter")
    return [
        {"quarter": Quarter(row["year"], row["quarter"]), "businesses": row["businesses"], "made_at": row["last"]}
        for row in rows.annotate(businesses=Count("pk"), last=Max("made_at"))
    ]


def last_report(record: BusinessRecord) -> QuarterlyReport | None:
    """The report of the quarter before the running one."""
    before = Quarter.now().before
    return record.quarters.filter(year=before.year, quarter=before.number).first()


def produced(report: QuarterlyReport | None) -> Decimal | None:
    """What a report says was produced, in the unit of the capacity, as officers gave it."""
    amount = report.data.get(PRODUCTION) if report else None
    if not amount or report is None:
        return None
    value, unit = Decimal(amount["value"]), report.record.capacity_unit
    if unit is None or not unit.factor or amount.get("unit") != unit.base_unit:
        return value
    return (value / unit.factor).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Line:
    """A figure now, at the end of the last quarter, and the difference; None where there is nothing to say."""

    figure: Figure
    now: Decimal | str | None
    before: Decimal | str | None
    difference: Decimal | str | None
    unit: str


def against_last(record: BusinessRecord, last: QuarterlyReport | None) -> list[Line]:
    """Return the figures of a record as it is now, beside those of the last quarter."""
    return compare(figures_of(record), last.data if last else {})


def compare(now: dict[str, Stored], before: dict[str, Stored]) -> list[Line]:
    """Return every figure of FIGURES, in their order, beside that of the quarter before."""
    return [_line(figure, now.get(figure.key, {}), before.get(figure.key, {})) for figure in FIGURES]


def _line(figure: Figure, now: Stored, before: Stored) -> Line:
    if figure.is_text:
        new, old = now.get("text"), before.get("text")
        told = None if new is None or old is None else ("tetap" if new == old else "berubah")
        return Line(figure, new, old, told, "")
    value, last = _decimal(now.get("value")), _decimal(before.get("value"))
    unit, last_unit = now.get("unit", ""), before.get("unit", "")
    difference: Decimal | str | None = None
    if value is not None and last is not None:
        difference = value - last if unit == last_unit else OTHER_UNIT
    return Line(figure, value, last, difference, unit or last_unit)


# --- The file -------------------------------------------------------------------------------------

ABOUT = ("Nama usaha", "NIB", "Kelurahan", "Kecamatan", "Komoditas", "KBLI 2025", "Skala (Permenperin 64/2016)")


def reports(quarter: Quarter) -> QuerySet[QuarterlyReport]:
    """The reports of a quarter, with what a row of the file says of the business."""
    found = QuarterlyReport.objects.filter(year=quarter.year, quarter=quarter.number)
    return found.select_related("record__business__kelurahan", "record__business__commodity").order_by(
        "record__business__name", "record"
    )


def headings(quarter: Quarter) -> list[str]:
    """The columns of the file: for each figure this quarter, the last, the difference and, if any, the unit."""
    now, before = (f"{ROMAN[each.number]} {each.year}" for each in (quarter, quarter.before))
    columns = [*ABOUT, f"Dicatat {now}", f"Dicatat {before}"]
    for figure in FIGURES:
        columns += [f"{figure.name}: {now}", f"{figure.name}: {before}", f"{figure.name}: selisih"]
        if figure.has_unit:
            columns.append(f"{figure.name}: satuan")
    return columns


def rows(found: Iterable[QuarterlyReport], quarter: Quarter) -> Iterator[list[Cell]]:
    """Yield a row for each report of a quarter."""
    before = quarter.before
    last = {
        report.record_id: report for report in QuarterlyReport.objects.filter(year=before.year, quarter=before.number)
    }
    for report in found:
        old = last.get(report.record_id)
        row = [*_about(report), report.made_at, old.made_at if old else None]
        for line in compare(report.data, old.data if old else {}):
            row += [_cell(line.now), _cell(line.before), _cell(line.difference)]
            if line.figure.has_unit:
                row.append(line.unit)
        yield row


def _about(report: QuarterlyReport) -> list[Cell]:
    business = report.record.business
    men, women, investment = (
        _decimal(report.data.get(key, {}).get("value")) for key in ("workers_male", "workers_female", "investment")
    )
    workers = None if men is None or women is None else int(men + women)
    scale = scale_class(workers, None if investment is None else int(investment))
    commodity = business.commodity
    return [
        business.name,
        report.record.nib,
        business.kelurahan.name,
        business.kelurahan.kecamatan,
        commodity.name if commodity else "",
        commodity.kbli_2025 if commodity else "",
        scale.label if scale else "",
    ]


def _cell(value: Decimal | str | None) -> Cell:
    """A whole number as one; Excel would show 12,00 for a decimal."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def response(found: Iterable[QuarterlyReport], quarter: Quarter, file_format: str) -> HttpResponseBase:
    """Return the report of a quarter as a download; no column is the NIK."""
    name = f"laporan-triwulan-{quarter.year}-{quarter.number}.{file_format}"
    return FORMATS[file_format](name, headings(quarter), rows(found, quarter))
