"""The rows that the portal of JDIHN fetches: 28 keys for each published regulation, none of the required ones blank.

`data/jdihn.schema.json` says what holds of a row; `failures` checks one against it, for tests and the CMS. What a
record does not have is "-", as other members of JDIHN send it; `remarks` tells the editor which.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from regulasi import status
from regulasi.addresses import index_url
from regulasi.models import RegulationEntry
from siptenan.common.addresses import absolute
from siptenan.common.dates import WIB

SCHEMA = Path(__file__).parent / "data" / "jdihn.schema.json"
NONE = "-"
CHUNK = 200  # rows read together

# What JDIHN calls the fields whose absence an editor can mend.
NAMES = {
    "tempatTerbit": "tempat penetapan", "sumber": "sumber", "subjek": "subjek", "abstrak": "abstrak",
    "bidangHukum": "bidang hukum", "teuBadan": "T.E.U. badan", "singkatanJenis": "singkatan jenis",
    "fileDownload": "PDF",
}  # fmt: skip


def row(entry: RegulationEntry, today: dt.date, start: str) -> dict[str, str]:
    """Return one regulation as JDIHN wants it. `start` is the whole address of the list."""
    record, url = entry.metadata, f"{start}{entry.slug}/"
    promulgated = entry.promulgated_on or entry.enacted_on
    abstract = record.get("abstract_file_name")
    changed = entry.updated_at.astimezone(WIB).isoformat(timespec="seconds") if entry.updated_at else ""
    found = {
        "idData": str(entry.pk),
        "tahun_pengundangan": f"{promulgated.year if promulgated else entry.year:04}",
        "tanggal_penetapan": (entry.enacted_on or promulgated).isoformat() if promulgated else "",
        "tanggal_pengundangan": promulgated.isoformat() if promulgated else "",
        "jenis": record.get("kind"),
        "noPeraturan": entry.number,
        "judul": entry.title,
        "noPanggil": NONE,
        "penerbit": NONE,
        "deskripsiFisik": NONE,
        "isbn": NONE,
        "nomorIndukBuku": NONE,
        "singkatanJenis": record.get("abbreviation"),
        "tempatTerbit": record.get("place"),
        "sumber": record.get("source"),
        "subjek": record.get("subjects"),
        "status": "Berlaku" if status.of(entry, today).is_in_force else "Tidak Berlaku",
        "bahasa": record.get("language"),
        "bidangHukum": record.get("legal_field"),
        "teuBadan": record.get("teu"),
        "abstrak": abstract,
        "urlAbstrak": f"{url}abstrak.pdf" if abstract else url,
        "last_updated": changed,
        "urlDetailPeraturan": url,
        "fileDownload": entry.file_name,
        "urlDownload": f"{url}dokumen/{entry.file_name}" if entry.file_name else url,
        "operasi": "4",
        "display": "1",
    }
    return {key: value or NONE for key, value in found.items()}


def rows(today: dt.date) -> Iterator[dict[str, str]]:
    """Return all rows, the lowest key first, in the memory of CHUNK of them."""
    start = absolute(index_url())  # once: a stream is made outside of a request, where asking for it costs a query
    entries = RegulationEntry.objects.listed().order_by("pk").defer("text", "summary", "neighbours")
    return (row(entry, today, start) for entry in entries.iterator(chunk_size=CHUNK))


@functools.cache
def schema() -> dict[str, Any]:
    """The schema of the whole feed."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def failures(found: dict[str, Any]) -> list[str]:
    """Return what of a row breaks the schema, in words; nothing for a good one."""
    wanted = schema()["items"]
    bad = [f"{key}: tidak ada" for key in wanted["required"] if key not in found]
    bad += [f"{key}: kunci tidak dikenal" for key in found if key not in wanted["properties"]]
    for key, rule in wanted["properties"].items():
        if key in found and (reason := _broken(found[key], rule)):
            bad.append(f"{key}: {reason}")
    return bad


def remarks(found: dict[str, Any]) -> list[str]:
    """Return what a row lacks without breaking the schema, in the words of the editor's form."""
    return [f"{name} belum diisi" for key, name in NAMES.items() if found.get(key) == NONE]


def _broken(value: Any, rule: dict[str, Any]) -> str:
    """Check what our schema uses of JSON Schema: type, minLength, pattern, enum, format."""
    if not isinstance(value, str):
        return "bukan teks"
    if len(value) < rule.get("minLength", 0):
        return "kosong"
    if "enum" in rule and value not in rule["enum"]:
        return f"harus salah satu dari {', '.join(rule['enum'])}"
    if "pattern" in rule and not re.search(rule["pattern"], value):
        return f"“{value}” tidak sesuai bentuknya"
    if not _FORMATS[rule.get("format", "")](value):
        return f"“{value}” bukan {rule['format']}"
    return ""


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _is_date_time(value: str) -> bool:
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_uri(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in value


_FORMATS = {"": lambda value: True, "date": _is_date, "date-time": _is_date_time, "uri": _is_uri}
