"""The rows that the portal of JDIHN fetches: 28 keys for each published regulation, none of the required ones blank.

`data/jdihn.schema.json` says what holds of a row; `failures` checks one against it, for tests and the CMS. What only
books have is "-", as other members of JDIHN send it. `remarks` tells the editor what a record lacks.
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
from siptenan.common.dates import in_wib

SCHEMA = Path(__file__).parent / "data" / "jdihn.schema.json"
NONE = "-"
CHUNK = 200  # rows read together

# Of the record (regulasi.entries.metadata): what an editor can add, in the words of his form.
NAMES = {
    "place": "tempat penetapan", "source": "sumber", "subjects": "subjek", "abstract": "abstrak",
    "legal_field": "bidang hukum", "teu": "T.E.U. badan", "abbreviation": "singkatan jenis",
}  # fmt: skip


def row(entry: RegulationEntry, today: dt.date, start: str) -> dict[str, str]:
    """Return one regulation as JDIHN wants it. `start` is the whole address of the list."""
    record, url = entry.metadata, f"{start}{entry.slug}/"
    promulgated = entry.promulgated_on or entry.enacted_on
    changed = status.changed_at(entry, today)
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
        "sumber": record.get("source") or entry.name,
        "subjek": record.get("subjects"),
        "status": "Berlaku" if status.of(entry, today).is_in_force else "Tidak Berlaku",
        "bahasa": record.get("language"),
        "bidangHukum": record.get("legal_field"),
        "teuBadan": record.get("teu"),
        "abstrak": record.get("abstract_file_name"),
        "urlAbstrak": f"{url}abstrak.pdf",
        "last_updated": in_wib(changed).isoformat(timespec="seconds") if changed else "",
        "urlDetailPeraturan": url,
        "fileDownload": entry.file_name,
        "urlDownload": f"{url}dokumen/{entry.file_name}" if entry.file_name else url,
        "operasi": "4",
        "display": "1",
    }
    return {key: value or NONE for key, value in found.items()}


def rows(today: dt.date) -> Iterator[dict[str, str]]:
    """Return all rows, the lowest key first, in the memory of CHUNK of them."""
    return (found for _, found in rows_of_entries(today))


def rows_of_entries(today: dt.date) -> Iterator[tuple[RegulationEntry, dict[str, str]]]:
    """Return the same rows, each after what it was made of."""
    start = absolute(index_url())  # once: a stream is made outside of a request, where asking for it costs a query
    entries = RegulationEntry.objects.listed().order_by("pk").defer("text", "summary", "neighbours")
    return ((entry, row(entry, today, start)) for entry in entries.iterator(chunk_size=CHUNK))


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


def remarks(entry: RegulationEntry) -> list[str]:
    """Return what a regulation lacks, in the words of the editor's form."""
    return [f"{name} belum diisi" for key, name in NAMES.items() if not entry.metadata.get(key)]


def _broken(value: Any, rule: dict[str, Any]) -> str:
    """Check what our schema uses of JSON Schema: type, minLength, pattern, enum, format."""
    if not isinstance(value, str):
        return "bukan teks"
    if len(value) < rule.get("minLength", 0) or (value == NONE and "minLength" in rule):
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
