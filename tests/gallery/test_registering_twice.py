"""GL10: a NIK that is known already is answered like a new one; only officers learn of it."""

from __future__ import annotations

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from forms.models import Submission
from gallery.models import BusinessRecord
from siptenan.accounts import roles
from siptenan.common.models import Kelurahan
from tests.factories import make_gallery_form, make_staff, send
from tests.factories.gallery import FEMALE_NIK

pytestmark = pytest.mark.django_db
URL = "/kalindri/gallery-ikm/"
OTHER_NIK = "3375016703850000"
TYPED = {
    "nama_lengkap": "Ibu Contoh Pendaftar", "gender": "Perempuan", "nomor_wa_aktif": "0812-0000-0222",
    "alamat": "Jl. Contoh Rahasia 7", "nama_usaha": "Tempe Contoh Jaya", "tahun_berdiri": "2012",
    "jumlah_tenaga_kerja_laki_laki": "2", "jumlah_tenaga_kerja_perempuan": "3",
    "produk_yang_dihasilkan": "tempe", "kapasitas_produksi_bulan-value": "900", "kapasitas_produksi_bulan-unit": "kg",
    "nama_produk": "Keripik Tempe Contoh", "harga": "15.000", "saya_setuju_data_saya_dipakai_seperti_di_atas": "on",
    "aksi": "kirim",
}  # fmt: skip


def photo() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (900, 900), "red").save(stream, "JPEG")
    return SimpleUploadedFile("foto.jpg", stream.getvalue(), "image/jpeg")


def register(nik: str) -> bytes:
    """The receipt that a visitor with this NIK gets, without what is each ticket's own: number, PIN, QR code, links."""
    kelurahan = Kelurahan.objects.get(name="Kauman").code
    answer = send(Client(), URL, nik=nik, kelurahan=kelurahan, foto_produk=photo(), **TYPED)
    text = answer.content.decode()
    assert answer.status_code == 200, [row.get_text() for row in BeautifulSoup(text, "html.parser").select(".error")]
    ticket = Submission.objects.order_by("-pk").first()
    for own in (ticket.reference, ticket.link_secret, ticket.reference.replace("-", "")):
        text = text.replace(own, "")
    text = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
    return re.sub(r'<span class="pin">.*?</span></span>|\d{3} ?\d{3}(?=\D)|\d\d\.\d\d WIB', "", text).encode()


def test_the_answer_to_a_known_nik_is_that_to_a_new_one(site, client):
    form = make_gallery_form()
    receipts = [register(nik) for nik in (FEMALE_NIK, FEMALE_NIK, OTHER_NIK)]
    assert BusinessRecord.objects.count() == 3
    assert receipts[0] == receipts[1] == receipts[2]
    client.force_login(make_staff(roles.OFFICER, "galeri", forms=[form]))
    newest, second = (BusinessRecord.objects.order_by("-pk")[at] for at in (0, 1))
    screen = client.get(reverse("gallery-registration", args=[second.submission_id])).content.decode()
    assert "NIK sama" in screen
    assert "NIK sama" not in client.get(reverse("gallery-registration", args=[newest.submission_id])).content.decode()
