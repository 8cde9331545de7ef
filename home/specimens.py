"""The examples with which the library of components shows each of them. Everybody and everything here is invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString, mark_safe

from siptenan.common.finding import Document, Query, Shelf
from siptenan.common.media_blocks import EXAMPLE_FILE, File
from siptenan.common.models import OfficeSettings, SiteImage

NOWHERE = "#contoh"


class ExampleForm(forms.Form):
    """One question of every look that a question can have."""

    name = forms.CharField(label="Nama Lengkap", help_text="Seperti di KTP.")
    village = forms.ChoiceField(label="Kelurahan", choices=[("", "Pilih kelurahan"), ("kauman", "Kauman")])
    question = forms.CharField(label="Pertanyaan", widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(label="Foto", required=False)
    kind = forms.ChoiceField(
        label="Jenis usaha", choices=[("batik", "Batik"), ("makanan", "Makanan")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="Nomor saya boleh ditampilkan", required=False)

    use_required_attribute = False
    error_messages = {
        "name": "Nama Lengkap belum diisi.",
        "village": "Kelurahan belum dipilih.",
        "question": "Pertanyaan belum diisi.",
        "kind": "Jenis usaha belum dipilih.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, message in self.error_messages.items():
            self.fields[name].error_messages["required"] = message


ANSWERS = {"name": "Ibu Contoh", "village": "kauman", "question": "Berapa biaya?", "kind": "batik", "agrees": True}


FINDABLE = (
    Document(
        title="Biaya pendaftaran merek",
        url=NOWHERE,
        text="Usaha mikro dan kecil membayar biaya merek yang lebih rendah.",
        label="Panduan",
        facts="Jumat, 20 November 2026",
    ),
    Document(
        title="Keringanan biaya",
        url=NOWHERE,
        text="Pendaftaran merek tanpa biaya untuk sepuluh usaha pertama.",
        label="Pengumuman",
        facts="Jumat, 2 Januari 2026",
        over_at=dt.datetime(2026, 1, 31, tzinfo=dt.UTC),
    ),
)


def form_with_errors() -> ExampleForm:
    """Return the form as it comes back when everything was left empty."""
    form = ExampleForm({}, prefix="salah")
    form.full_clean()
    return form


def disabled_form() -> ExampleForm:
    """Return the form where nothing can be changed."""
    form = ExampleForm(prefix="terkunci", initial=ANSWERS)
    for field in form.fields.values():
        field.disabled = True
    return form


def examples() -> dict[str, Any]:
    """Return what the page of the library needs, by component."""
    return {
        "notices": [
            {"level": "info", "title": "Info", "text": "Formulir ini dapat diisi kapan saja."},
            {"level": "ok", "title": "Berhasil", "text": "Keterangan Anda sudah masuk."},
            {"level": "warn", "title": "Perhatian", "text": "Kantor tutup pada hari libur nasional."},
            {"level": "error", "title": "Belum terkirim", "text": "Periksa jaringan Anda, lalu kirim lagi."},
        ],
        "badges": [("info", "Diproses"), ("ok", "Dijawab"), ("warn", "Menunggu pemohon"), ("error", "Ditolak")],
        "callouts": [
            ("info", "Perlu diketahui", _html("Layanan ini <strong>gratis</strong>.")),
            ("ok", "Sudah benar", _html("Berkas Anda lengkap.")),
            ("warn", "Jangan terlewat", _html("Kode bayar berlaku satu hari.")),
        ],
        "search_hits": Shelf(FINDABLE).find(Query.of("biaya merek"))[:],
        "pages_of_a_list": [
            ("Halaman pertama", _page(1)),
            ("Halaman tengah", _page(3)),
            ("Halaman terakhir", _page(5)),
        ],
        "empty_form": ExampleForm(prefix="kosong"),
        "filled_form": ExampleForm(prefix="terisi", initial=ANSWERS),
        "wrong_form": form_with_errors(),
        "disabled_form": disabled_form(),
        "questions": [
            {"question": "Apakah konsultasi berbayar?", "answer": _html("Tidak. Layanan ini gratis.")},
            {"question": "Perlu akun?", "answer": _html("Tidak perlu akun dan tidak perlu email.")},
        ],
        "table": {
            "caption": "Contoh: lama setiap tahap",
            "columns": ["Tahap", "Lama", "Biaya"],
            "rows": [["Pemeriksaan", "15 hari kerja", "Rp 0"], ["Pengumuman", "2 bulan", ""]],
        },
        "steps": [
            {"title": "Isi formulir", "text": _html("Cukup beberapa menit.")},
            {"title": "Simpan nomor tiket dan PIN", "text": ""},
            {"title": "Baca jawaban petugas", "text": _html("Di halaman Lacak tiket.")},
        ],
        "progress": [
            {"label": "Diterima", "done": True, "current": False, "date_text": "22 Nov 14.03"},
            {"label": "Diproses", "done": True, "current": True, "date_text": "23 Nov 09.10"},
            {"label": "Dijawab", "done": False, "current": False, "date_text": ""},
            {"label": "Selesai", "done": False, "current": False, "date_text": ""},
        ],
        "facts": [
            {"noun": "nomor tiket", "value": "HAKI-7F3K-29QX"},
            {"noun": "PIN", "value": "482913", "halves": True},
            {"noun": "kode", "value": "7F3K-29Q-XHM", "look": "resume-code"},
            {"noun": "PIN baru", "instead": "Pakai PIN baru yang Anda terima dari petugas."},
        ],
        "numbers": [
            {"number": "128", "label": "pertanyaan dijawab"},
            {"number": "4 jam 10 menit", "label": "waktu kerja sampai dijawab (median)"},
        ],
        "files": [EXAMPLE_FILE, File("Daftar kelas merek", NOWHERE, "XLSX", 1_310_720)],
        "choices": [
            {"label": "FORM KONSULTASI HAKI (MEREK)", "url": NOWHERE, "summary": "Tanya cara mendaftarkan merek."},
            {"label": "FORM GALLERY IKM", "url": NOWHERE, "summary": "", "is_open": False},
        ],
        "reachable_office": OfficeSettings(whatsapp="+6281200000000", map_url=NOWHERE, instagram_url=NOWHERE),
        "date": dt.date(2026, 11, 25),
        "image": SiteImage.objects.order_by("-pk").first(),  # None: a piece of cloth stands in
        "pictures": [{"image": None, "alt": alt} for alt in ("Mencanting", "Mewarnai", "Melorod")],
    }


def _page(number: int) -> Page:
    return Paginator(range(50), 10).page(number)


def _html(text: str) -> SafeString:
    return mark_safe(f"<p>{text}</p>")  # noqa: S308 - only texts of this file
