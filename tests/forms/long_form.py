"""A long form with sections, conditions and questions of several parts, and a visitor who walks through it."""

from __future__ import annotations

from forms.models import FormPage, Submission
from tests.factories import make_form
from tests.forms.phone import Phone

URL = "/kalindri/langkah/"
DAY = 24 * 3600


def ask(label: str, kind: str = "singleline", **values) -> dict:
    return {"label": label, "field_type": kind, **values}


NEEDS_NIB = {"show_if_key": "punya_nib", "show_if_operator": "equals", "show_if_values": "Ya"}
ROWS = [
    ask("Diri", "section", help_text="Siapa Anda."),
    ask("Bacalah", "info", text="Semua isian aman."),
    ask("Nama", role="contact_name"),
    ask("Rumah", "address"),
    ask("Usaha", "section"),
    ask("Punya NIB", "radio", choices="Ya\nTidak"),
    ask("NIB", pattern="nib", **NEEDS_NIB),
    ask("Hasil", "quantity", required=False),
    ask("Izin", "section", **NEEDS_NIB),
    ask("Tahun izin", "year"),
    ask("Pilihan", "section"),
    ask("Butuh", "checkboxes", choices="Merek\nHalal\nPelatihan", required=False),
    ask("Nilai", "matrix", rows="Cepat\nSopan", choices="Kurang\nBaik", required=False),
    ask("Sumber", "hidden", default_value="poster", required=False),
    ask("Setuju", "consent", text="Data dipakai dinas."),
]
FIRST = {"nama": "Ibu Contoh", "rumah__street": "Jl. Contoh 1", "rumah__city": "Pekalongan"}
LAST = {"butuh": ["Merek", "Halal"], "nilai__1": "Baik", "setuju": "on"}
TYPED = {
    "nama": ["Ibu Contoh"], "rumah-street": ["Jl. Contoh 1"], "rumah-city": ["Pekalongan"],
    "punya_nib": ["Ya"], "nib": ["1234567890123"], "hasil-value": ["1.500"], "hasil-unit": ["x-kodi"],
    "tahun_izin": ["2015"], "butuh": ["Merek", "Halal"], "nilai-1": ["Baik"], "setuju": ["on"], "sumber": ["poster"],
}  # fmt: skip


def make(layout: str = "steps", check: bool = True, rows: list[dict] | None = None, **values) -> FormPage:
    given = ROWS if rows is None else rows
    return make_form("langkah", given, title="Langkah", layout=layout, check_answers=check, **values)


def walk(*, nib: str = "Ya") -> Phone:
    """A visitor who has filled in everything up to the page for checking."""
    phone = Phone(URL)
    phone.press("lanjut", **FIRST)
    if nib == "Ya":
        phone.press("lanjut", punya_nib="Ya", nib="1234567890123", hasil__value="1.500", hasil__unit="x-kodi")
        phone.press("lanjut", tahun_izin="2015")
    else:
        phone.press("lanjut", punya_nib="Tidak")
    phone.press("periksa", **LAST)
    return phone


def sent(phone: Phone) -> Submission:
    response = phone.press("kirim")
    assert response.status_code == 303
    return Submission.objects.get()
