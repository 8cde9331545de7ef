"""Public totals of the industry: a page with a map, tables and bars, a CSV, and both told to search engines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.formats import number_format

from gallery import aggregates, kelurahan_map
from gallery.aggregates import Group, Totals
from gallery.kelurahan_map import Map
from gallery.models.index_page import DATA_PATH
from siptenan.common import structured_data
from siptenan.common.addresses import absolute
from siptenan.common.dates import format_day
from siptenan.common.generation import per_generation
from siptenan.common.head import head_of
from siptenan.common.models import Kelurahan
from siptenan.common.spreadsheets import csv_response

if TYPE_CHECKING:
    from gallery.models import GalleryIndexPage

TITLE = "Industri kecil dan menengah dalam angka"
DESCRIPTION = (
    "Jumlah usaha, tenaga kerja, dan produk industri kecil dan menengah yang tampil di Gallery IKM Kota Pekalongan, "
    "per kelurahan dan per komoditas, dibuat setiap akhir triwulan."
)
HIDDEN = "disembunyikan"
UNSTATED = "belum ada data"
COLUMNS = [
    "Tingkat", "Kode", "Nama", "Usaha", "Tenaga kerja laki-laki", "Tenaga kerja perempuan", "Produk", "Keadaan per",
    "Tenaga kerja per",
]  # fmt: skip
MEASURED = COLUMNS[3:7]


@dataclass(frozen=True)
class Row:
    """A row of a table: the width of its bar is in per cent of the longest."""

    name: str
    width: float
    businesses: str
    male: str
    female: str
    products: str
    workers_date: str  # in words, where it is another than that of the row


@dataclass(frozen=True)
class Table:
    """One way to divide the city."""

    level: str
    heading: str
    head: str
    rows: tuple[Row, ...]
    hidden: tuple[str, ...]


@per_generation
def _totals() -> Totals | None:
    return aggregates.latest()


@per_generation
def _map() -> Map | None:
    totals = _totals()
    if totals is None:
        return None
    placed = Kelurahan.objects.filter(latitude__isnull=False, longitude__isnull=False)
    points = {code: (east, north) for code, east, north in placed.values_list("code", "longitude", "latitude")}
    return kelurahan_map.draw(totals.kelurahan, points)


def page(request: HttpRequest, index: GalleryIndexPage) -> HttpResponse:
    """The totals as a map and as tables with bars."""
    totals = _totals()
    address = absolute(index.get_url(request)) + DATA_PATH
    context = {
        "title": TITLE,
        "description": DESCRIPTION,
        "fewest": aggregates.FEWEST,
        "totals": totals,
        "whole": _row(totals.total) if totals else None,
        "as_of": format_day(totals.as_of) if totals else "",
        "tables": _tables(totals) if totals else [],
        "map": _map(),
        "index_url": index.get_url(request),
        "csv_url": f"{index.get_url(request)}{DATA_PATH}unduh/",
        "own_head": replace(head_of(index, request), title=TITLE, description=DESCRIPTION, url=address),
        "own_structured_data": [_dataset(address, totals)] if totals else [],
    }
    return index.render(request, template="gallery/open_data.html", context_overrides=context)


def _tables(totals: Totals) -> list[Table]:
    return [
        _table(aggregates.KECAMATAN, "Menurut kecamatan", "Kecamatan", totals),
        _table(aggregates.KELURAHAN, "Menurut kelurahan", "Kelurahan", totals),
        _table(aggregates.COMMODITY, "Menurut komoditas", "Komoditas", totals),
    ]


def _table(level: str, heading: str, head: str, totals: Totals) -> Table:
    groups = totals.at(level)
    shown = [group for group in groups if group.businesses]
    longest = max((group.businesses or 0 for group in shown), default=0)
    rows = tuple(_row(group, longest) for group in shown)
    return Table(level, heading, head, rows, tuple(group.name for group in groups if group.is_hidden))


def _row(group: Group, longest: int = 1) -> Row:
    return Row(
        group.name,
        100 * (group.businesses or 0) / longest,
        _grouped(_told(group.businesses)),
        _grouped(_workers(group, group.workers_male)),
        _grouped(_workers(group, group.workers_female)),
        _grouped(_told(group.products)),
        format_day(group.workers_date) if group.workers_date else "",
    )


def _grouped(figure: int | str) -> str:
    """A number as people read it: 1.038."""
    return number_format(figure, force_grouping=True) if isinstance(figure, int) else figure


def csv(request: HttpRequest, index: GalleryIndexPage) -> HttpResponseBase:
    """The totals as a table; a hidden figure says so, and is not 0."""
    totals = _totals()
    if totals is None:
        return csv_response("ikm-kota-pekalongan.csv", COLUMNS, [])
    day = totals.as_of.isoformat()
    return csv_response(f"ikm-kota-pekalongan-{day}.csv", COLUMNS, (_cells(group, day) for group in totals.groups))


def _cells(group: Group, day: str) -> list[int | str]:
    return [
        group.level,
        group.key,
        group.name,
        _told(group.businesses),
        _workers(group, group.workers_male),
        _workers(group, group.workers_female),
        _told(group.products),
        day,
        "" if group.workers_male is None else group.workers_as_of or day,
    ]


def _workers(group: Group, figure: int | None) -> int | str:
    return UNSTATED if group.workers_unstated else _told(figure)


def _told(figure: int | None) -> int | str:
    return HIDDEN if figure is None else figure


def _dataset(address: str, totals: Totals) -> dict:
    """schema.org Dataset with its one distribution."""
    return {
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "url": address,
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "dateModified": totals.as_of.isoformat(),
        "temporalCoverage": totals.as_of.isoformat(),
        "spatialCoverage": {"@type": "Place", "name": f"{structured_data.CITY}, {structured_data.PROVINCE}"},
        "creator": {"@type": "GovernmentOrganization", "name": "Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan"},
        "variableMeasured": MEASURED,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{address}unduh/"},
        ],
    }
