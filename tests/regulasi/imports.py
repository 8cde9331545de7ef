"""Tables and ZIPs as an editor would send them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from wagtail.models import PageLogEntry

from regulasi.models import RegulationPage, RegulationStub
from siptenan.common.models import SiteDocument
from siptenan.common.staging import FOLDER

URL = "/cms/regulasi/impor/"
UU = {
    "jenis": "UU", "nomor": "20", "tahun": "2016", "tentang": "Merek dan Indikasi Geografis",
    "pemrakarsa": "Pemerintah Pusat", "tanggal penetapan": "25/11/2016", "bidang hukum": "Hukum Kekayaan Intelektual",
    "subjek": "MEREK; INDIKASI GEOGRAFIS",
}  # fmt: skip
PERMEN = {
    "jenis": "Permenperin", "nomor": "13", "tahun": "2025", "tentang": "Tata Cara Penyampaian Data Industri",
    "tanggal penetapan": "12 November 2020", "tahun lembaran": "2025",
}  # fmt: skip


def headings(rows: tuple[Mapping[str, Any], ...]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def xlsx(*rows: Mapping[str, Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(names := headings(rows))
    for row in rows:
        book.active.append([row.get(name) for name in names])
    book.save(out)
    return out.getvalue()


def csv(*rows: Mapping[str, Any], delimiter: str = ";") -> bytes:
    names = headings(rows)
    cells = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) for line in cells]
    return ("\ufeff" + "\r\n".join(lines)).encode()


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def check(client, content: bytes, name: str = "regulasi.xlsx"):
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(response) -> str:
    return " ".join(page(response).text.split())


def confirm(client, response):
    return client.post(URL, {"rows": page(response).select_one("[name=rows]")["value"]}, follow=True)


def in_store() -> tuple[int, int, int, int]:
    """Pages, documents, regulations outside, and entries of the log about pages that were made."""
    return (
        RegulationPage.objects.count(),
        SiteDocument.objects.count(),
        RegulationStub.objects.count(),
        PageLogEntry.objects.filter(action="wagtail.create", page__in=RegulationPage.objects.all()).count(),
    )


def staged() -> list[str]:
    """Files that wait to be confirmed."""
    try:
        return storages["private"].listdir(FOLDER)[1]
    except FileNotFoundError:
        return []
