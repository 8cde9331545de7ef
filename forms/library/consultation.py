"""Konsultasi: the four questions of the manual, ways to answer, and a consent."""

from __future__ import annotations

from forms.library.rows import WHAT_HAPPENS_NEXT, FormTemplate, consent, question, ways_to_answer

MONTHS = 24

CONSULTATION = FormTemplate(
    code="konsultasi",
    name="Konsultasi",
    summary="Orang bertanya, petugas menjawab. Pendek, satu halaman.",
    page={
        "title": "Form Konsultasi",
        "introduction": "Tulis pertanyaan Anda. Petugas menjawab pada jam kerja, tanpa biaya.",
        "summary": "Kirim pertanyaan dan baca jawaban petugas, tanpa akun.",
        "search_description": "Kirim pertanyaan tentang industri kecil dan baca jawaban petugas Kota Pekalongan.",
        "button_text": "Kirim Pertanyaan",
        "ticket_prefix": "TANYA",
        "target_value": 2,
        "retention_months": MONTHS,
        "what_happens_next": WHAT_HAPPENS_NEXT,
    },
    rows=(
        question("Nama Usaha/Perusahaan", role="business"),
        question("Nama Lengkap", role="contact_name"),
        question("Alamat", help_text="Jalan, nomor, dan kelurahan tempat usaha."),
        question("Pertanyaan", "multiline", role="question", help_text="Ceritakan dengan kata-kata Anda sendiri."),
        *ways_to_answer(),
        consent("Saya setuju data saya dipakai untuk menjawab pertanyaan ini", "menjawab pertanyaan Anda", MONTHS),
    ),
)
