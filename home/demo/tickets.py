"""Invented tickets, so that the inbox of the demo shows every status. Nobody here exists."""

from __future__ import annotations

import datetime as dt
import secrets
import time

from django.utils import timezone

from forms import services
from forms.enums import Status
from forms.models import FormPage, Submission
from forms.references import FormToken
from siptenan.accounts.models import User

HAKI, SIINAS = "konsultasi-haki", "konsultasi-siinas"

# slug, days ago, channel, business, name, phone, question, what the office did with it
TICKETS = [
    (HAKI, 0, "ig", "Batik Contoh Satu", "Ibu Contoh Melati", "0812 0000 0001",
     "Apakah nama usaha yang sudah dipakai orang di kota lain masih bisa saya daftarkan sebagai merek?", "new"),
    (HAKI, 1, "wa", "Keripik Contoh Dua", "Bapak Contoh Cempaka", "0812 0000 0002",
     "Berapa biaya pendaftaran merek untuk usaha kecil, dan surat apa yang harus saya bawa?", "new"),
    (HAKI, 6, "web", "Tempe Contoh Tiga", "Ibu Contoh Kenanga", "",
     "Saya ingin surat rekomendasi untuk pendaftaran merek. Apa saja syaratnya?", "new"),
    (HAKI, 3, "ig", "Batik Contoh Empat", "Bapak Contoh Dahlia", "0812 0000 0004",
     "Merek saya sudah diumumkan. Berapa lama lagi sampai sertifikatnya terbit?", "answered"),
    (HAKI, 9, "qr-pameran", "Sarung Contoh Lima", "Ibu Contoh Anggrek", "0812 0000 0005",
     "Kelas merek untuk kain batik dan baju jadi apakah sama?", "done"),
    (SIINAS, 0, "web", "CV Contoh Enam", "Bapak Contoh Teratai", "0812 0000 0006",
     "Saya tidak menerima email akun SIINas setelah mendaftar. Apa yang harus saya lakukan?", "new"),
    (SIINAS, 2, "linktree", "CV Contoh Tujuh", "Ibu Contoh Mawar", "0812 0000 0007",
     "Laporan saya berstatus pengembalian data. Bagian mana yang harus diperbaiki?", "waiting"),
    (SIINAS, 4, "wa", "Konveksi Contoh Delapan", "Bapak Contoh Seruni", "",
     "Apakah industri kecil juga wajib melapor setiap triwulan?", "progress"),
]  # fmt: skip

REPLY = (
    "Terima kasih atas pertanyaannya. Kain dan baju jadi umumnya berada di kelas yang berbeda. "
    "Silakan datang dengan contoh label, kami bantu memeriksanya."
)


def load(officer: User) -> None:
    """Make the tickets through the same services as visitors and officers do."""
    forms = {page.slug: page for page in FormPage.objects.all()}
    for slug, days, channel, business, name, phone, text, story in TICKETS:
        page = forms[slug]
        asked = page.questions()
        by_label = {
            "Nama Usaha/Perusahaan": business,
            "Nama Lengkap": name,
            "Alamat": "Jl. Contoh No. 1",
            "Pertanyaan": text,
            "Nomor WhatsApp": f"+62{phone.replace(' ', '')[1:]}" if phone else "",
        }
        ticket = services.submit(
            page,
            asked,
            {question.key: by_label.get(question.label, "") for question in asked},
            FormToken(secrets.token_urlsafe(16), page.pk, time.time()),
            channel=channel,
            at=timezone.now() - dt.timedelta(days=days, hours=1),
        )
        _tell(story, ticket, officer)


def _tell(story: str, ticket: Submission, officer: User) -> None:
    if story in ("progress", "waiting"):
        services.assign(ticket, officer, by=officer)
        services.move(ticket, Status.IN_PROGRESS, by=officer)
    if story == "waiting":
        services.move(ticket, Status.WAITING, by=officer)
    if story in ("answered", "done"):
        services.reply(ticket, REPLY, by=officer)
    if story == "done":
        services.move(ticket, Status.DONE, by=officer)
