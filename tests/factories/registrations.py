"""The Gallery form of the demo site, and registrations that came through it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from forms import field_types, references, services
from forms.models import FormPage, Submission
from home.demo.forms import FORMS
from siptenan.common.models import Kelurahan
from tests.factories.gallery import FEMALE_NIK
from tests.factories.site import make_form

TYPED: dict[str, Any] = {
    "nama_lengkap": "Ibu Contoh Pendaftar",
    "gender": "Perempuan",
    "nomor_wa_aktif": "+6281200000222",
    "alamat": "Jl. Contoh Rahasia 7",
    "nama_usaha": "Tempe Contoh Jaya",
    "tahun_berdiri": "2012",
    "modal_awal": "5000000",
    "jumlah_tenaga_kerja_laki_laki": "2",
    "jumlah_tenaga_kerja_perempuan": "3",
    "produk_yang_dihasilkan": "tempe, keripik tempe",
    "pendapatan_bulan": "12000000",
    "kapasitas_produksi_bulan": {"value": "900", "unit": "kg", "unit_name": "kilogram"},
    "nama_produk": "Keripik Tempe Contoh",
    "harga": "15000",
    "deskripsi": "Renyah, 250 gram.",
    "bahan_baku": "kedelai",
    "nilai_bahan_baku_bulan": "4000000",
    "jumlah_bahan_baku_bulan": {"value": "400", "unit": "kg", "unit_name": "kilogram"},
    "bahan_penolong": "ragi",
    "nilai_bahan_penolong_bulan": "200000",
    "bahan_bakar": "kayu",
    "jumlah_bahan_bakar_bulan": {"value": "2", "unit": "m3", "unit_name": "meter kubik"},
}


def make_gallery_form(slug: str = "gallery-ikm") -> FormPage:
    """The Gallery form as the demo site has it, below the KALINDRI page; maybe a second one of the kind."""
    data = dict(next(form for form in FORMS if form["slug"] == "gallery-ikm"))
    del data["slug"]
    page = make_form(slug, data.pop("questions"), **data)
    return FormPage.objects.get(pk=page.pk)


def make_registration(form: FormPage, nik: str = FEMALE_NIK, **answers: Any) -> Submission:
    """A registration as the public form stores it. An answer None is left out; `nama_produk__2` is a second copy."""
    asked = form.questions()
    by_key = {question.key: question for question in asked}
    asked += tuple(replace(by_key[key.rpartition("__")[0]], key=key) for key in answers if "__" in key)
    kelurahan = field_types.get("kelurahan").to_answer(Kelurahan.objects.get(name="Kauman").code)
    given = {**TYPED, "nik": field_types.get("nik").to_answer(nik), "kelurahan": kelurahan, **answers}
    token = references.read_token(references.issue_token(form.pk), form.pk)
    assert token is not None
    stored = {key: value for key, value in given.items() if value is not None}
    return services.submit(form, asked, stored, token, channel="web")
