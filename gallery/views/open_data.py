"""Public totals of the industry: a page with bars, a CSV, and both told to search engines as a Dataset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from gallery import aggregates
from gallery.aggregates import Group, Totals
from siptenan.common import structured_data
from siptenan.common.addresses import absolute
from siptenan.common.dates import format_date
from siptenan.common.generation import per_generation
from siptenan.common.head import head_of
from siptenan.common.spreadsheets import csv_response

if TYPE_CHECKING:
    from gallery.models import GalleryIndexPage

TITLE = "Industri kecil dan menengah dalam angka"
DESCRIPTION = (
    "Jumlah usaha, tenaga kerja, dan produk industri kecil dan menengah yang terdaftar di Gallery IKM Kota Pekalongan, "
    "per kelurahan dan per komoditas."
)
HIDDEN = "disembunyikan"
COLUMNS = ["Tingkat", "Kode", "Nama", "Usaha", "Tenaga kerja laki-laki", "Tenaga kerja perempuan", "Produk"]


@per_generation
def _totals() -> Totals:
    return aggregates.totals()


def page(request: HttpRequest, index: GalleryIndexPage) -> HttpResponse:
    """The totals as tables with bars."""
    found = _totals()
    context = {
        "title": TITLE,
        "description": DESCRIPTION,
        "today": format_date(timezone.localdate()),
        "fewest": aggregates.FEWEST,
        "totals": found,
        "tables": [
            ("Menurut kecamatan", "Kecamatan", _bars(found.kecamatan), _hidden(found.kecamatan)),
            ("Menurut kelurahan", "Kelurahan", _bars(found.kelurahan), _hidden(found.kelurahan)),
            ("Menurut komoditas", "Komoditas", _bars(found.commodities), _hidden(found.commodities)),
        ],
        "csv_url": f"{index.get_url(request)}data/unduh/",
        "own_head": replace(
            head_of(index, request), title=TITLE, description=DESCRIPTION, url=f"{_address(index, request)}data/"
        ),
        "own_structured_data": [_dataset(index, request)],
    }
    return index.render(request, template="gallery/open_data.html", context_overrides=context)


def _address(index: GalleryIndexPage, request: HttpRequest) -> str:
    return absolute(index.get_url(request))


def _bars(groups: Iterable[Group]) -> list[dict]:
    """The groups that say something, each with the width of its bar in per cent of the longest."""
    rows = [group for group in groups if group.businesses]
    longest = max((group.businesses or 0 for group in rows), default=0)
    return [{"group": group, "width": 100 * (group.businesses or 0) / longest} for group in rows]


def _hidden(groups: Iterable[Group]) -> list[str]:
    return [group.name for group in groups if group.is_hidden]


def csv(request: HttpRequest, index: GalleryIndexPage) -> HttpResponseBase:
    """The totals as a table; a hidden figure says so, and is not 0."""
    found = _totals()
    levels = (("kota", [found.total]), ("kecamatan", found.kecamatan), ("kelurahan", found.kelurahan))
    rows = [
        [level, group.key, group.name, *(_cell(getattr(group, name)) for name in aggregates.SUMS)]
        for level, groups in (*levels, ("komoditas", found.commodities))
        for group in groups
    ]
    return csv_response(f"ikm-kota-pekalongan-{timezone.localdate():%Y-%m-%d}.csv", COLUMNS, rows)


def _cell(figure: int | None) -> int | str:
    return HIDDEN if figure is None else figure


def _dataset(index: GalleryIndexPage, request: HttpRequest) -> dict:
    """schema.org Dataset with its one distribution."""
    address = _address(index, request)
    return {
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "url": f"{address}data/",
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "dateModified": f"{timezone.localdate():%Y-%m-%d}",
        "spatialCoverage": {"@type": "Place", "name": f"{structured_data.CITY}, {structured_data.PROVINCE}"},
        "creator": {"@type": "GovernmentOrganization", "name": "Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan"},
        "variableMeasured": COLUMNS[3:],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{address}data/unduh/"},
        ],
    }
