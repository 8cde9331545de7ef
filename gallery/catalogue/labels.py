"""What the values of facets, units and orders are called on the page."""

from __future__ import annotations

from collections.abc import Mapping

from gallery.catalogue.index import NO_PRICE, code_of
from gallery.enums import CertificateKind
from siptenan.common.generation import per_generation
from siptenan.common.models import Commodity, Kelurahan, Unit

FACET_LABELS = {
    "kategori": "Kategori",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "harga": "Harga",
    "sertifikat": "Sertifikat",
}
PRICE_LABELS = {
    "sampai-25rb": "Sampai Rp 25.000",
    "25rb-100rb": "Rp 25.000 sampai 100.000",
    "100rb-250rb": "Rp 100.000 sampai 250.000",
    "250rb-1jt": "Rp 250.000 sampai 1.000.000",
    "di-atas-1jt": "Di atas Rp 1.000.000",
    NO_PRICE: "Harga lewat penjual",
}
BEST_MATCH = "cocok"
SORT_LABELS = {
    BEST_MATCH: "Paling cocok",
    "terbaru": "Terbaru",
    "termurah": "Harga terendah",
    "termahal": "Harga tertinggi",
    "nama": "Nama A sampai Z",
    "terpopuler": "Paling banyak dilihat",
}


@per_generation
def facet_values() -> Mapping[str, Mapping[str, str]]:
    """The values that can be chosen and their names, by facet, in the order in which they are shown."""
    places = list(Kelurahan.objects.order_by("name"))
    return {
        "kategori": dict(Commodity.objects.values_list("code", "name")),
        "kecamatan": {code_of(name): name for name in sorted({place.kecamatan for place in places})},
        "kelurahan": {code_of(place.name): place.name for place in places},
        "harga": PRICE_LABELS,
        "sertifikat": dict(CertificateKind.choices),
    }


@per_generation
def kelurahan_names() -> Mapping[str, str]:
    """The names of the kelurahan by their Kemendagri codes."""
    return dict(Kelurahan.objects.values_list("code", "name"))


@per_generation
def unit_names() -> Mapping[str, str]:
    """The short names of the units by their codes."""
    return {unit.code: unit.short_name for unit in Unit.objects.all()}
