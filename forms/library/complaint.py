"""Pengaduan: what happened, with proof, and who tells it."""

from __future__ import annotations

from forms.library.rows import FormTemplate, consent, question, section, shown_if, ways_to_answer

MONTHS = 24

COMPLAINT = FormTemplate(
    code="pengaduan",
    name="Pengaduan",
    summary="Orang mengadukan layanan, dengan foto atau dokumen sebagai bukti.",
    page={
        "title": "Form Pengaduan",
        "introduction": "Ceritakan apa yang kurang baik pada layanan kami. Setiap pengaduan dibaca dan dijawab.",
        "summary": "Adukan layanan kami dan ikuti penanganannya.",
        "search_description": "Adukan layanan dinas perindustrian Kota Pekalongan dan ikuti penanganannya.",
        "button_text": "Kirim Pengaduan",
        "ticket_prefix": "ADUAN",
        "layout": "steps",
        "check_answers": True,
        "target_value": 5,
        "retention_months": MONTHS,
        "what_happens_next": "Petugas memeriksa pengaduan Anda dan menulis balasan.\n"
        "Ikuti penanganannya di halaman Lacak tiket dengan nomor tiket dan PIN Anda.",
    },
    rows=(
        section("Pengaduan Anda"),
        question(
            "Layanan yang diadukan", "dropdown",
            choices="Konsultasi merek\nKonsultasi SIINas\nGallery IKM\nLayanan di kantor\nLainnya",
        ),
        question("Sebutkan layanannya", **shown_if("layanan_yang_diadukan", "Lainnya")),
        question("Tanggal kejadian", "date", required=False, width="half"),
        question("Tempat kejadian", required=False, width="half"),
        question("Apa yang terjadi?", "multiline", role="question", help_text="Siapa, apa, dan bagaimana urutannya."),
        question("Apa yang Anda harapkan?", "multiline", required=False),
        question("Foto bukti", "photo", required=False, max_files=3),
        question("Dokumen bukti", "document", required=False),
        section("Tentang Anda", "Agar kami dapat menyampaikan hasilnya."),
        question("Nama Lengkap", role="contact_name"),
        *ways_to_answer(),
        consent(
            "Saya setuju data saya dipakai untuk menangani pengaduan ini",
            "menangani pengaduan dan menyampaikan hasilnya kepada Anda", MONTHS,
        ),
    ),
)  # fmt: skip
