"""What the values of facets and the orders are called on the page."""

from __future__ import annotations

from collections.abc import Mapping

from regulasi.enums import STATUS_FACETS, Status
from regulasi.library.index import NEWEST, reading
from regulasi.models import Initiator, RegulationKind, Subject
from siptenan.common.generation import per_generation

FACET_LABELS = {
    "jenis": "Jenis",
    "tahun": "Tahun",
    "status": "Status",
    "subjek": "Subjek",
    "pemrakarsa": "Pemrakarsa",
}
RELEVANCE = "relevansi"
SORT_LABELS = {
    RELEVANCE: "Paling sesuai",
    NEWEST: "Terbaru",
    "terlama": "Terlama",
    "nomor": "Nomor",
    "terbanyak-dibaca": "Terbanyak dibaca",
}
BADGE_LEVELS = {
    Status.IN_FORCE: "ok",
    Status.AMENDED: "info",
    Status.PARTLY_REVOKED: "warn",
    Status.NOT_YET: "warn",
    Status.NOT_IN_FORCE: "error",
}


@per_generation
def facet_values() -> Mapping[str, Mapping[str, str]]:
    """The values that can be chosen and their names, by facet, in the order in which they are shown."""
    with reading() as index:
        years = sorted(index.values["tahun"], reverse=True)
    return {
        "jenis": dict(RegulationKind.objects.order_by("rank", "name").values_list("code", "name")),
        "tahun": {year: year for year in years},
        "status": {status.value: status.label for status in STATUS_FACETS},
        "subjek": {code: sentence(name) for code, name in Subject.objects.order_by("name").values_list("code", "name")},
        "pemrakarsa": dict(Initiator.objects.order_by("name").values_list("code", "name")),
    }


def sentence(name: str) -> str:
    """A subject, which JDIH writes in capitals, as it is read: `Indikasi geografis`."""
    return name.capitalize() if name.isupper() and len(name) > 4 else name
