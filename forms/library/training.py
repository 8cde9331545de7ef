"""Pendaftaran pelatihan: which one, what business, who comes."""

from __future__ import annotations

from forms.library.rows import FormTemplate, consent, question, section, shown_if, ways_to_answer

MONTHS = 12
HAS_BUSINESS = shown_if("sudah_punya_usaha", "Ya")

TRAINING = FormTemplate(
    code="pelatihan",
    name="Pendaftaran pelatihan",
    summary="Orang mendaftar pelatihan; pertanyaan tentang usaha hanya untuk yang sudah punya.",
    page={
        "title": "Pendaftaran Pelatihan",
        "introduction": "Daftar pelatihan untuk industri kecil dan menengah.",
        "summary": "Daftar pelatihan untuk IKM.",
        "search_description": "Daftar pelatihan untuk industri kecil dan menengah Kota Pekalongan.",
        "button_text": "Kirim Pendaftaran",
        "ticket_prefix": "LATIH",
        "layout": "steps",
        "check_answers": True,
        "target_value": 5,
        "retention_months": MONTHS,
        "what_happens_next": "Petugas memeriksa pendaftaran Anda dan mengabari apakah Anda mendapat tempat.\n"
        "Ikuti kabarnya di halaman Lacak tiket dengan nomor tiket dan PIN Anda.",
    },
    rows=(
        section("Pelatihan"),
        question("Pelatihan yang diikuti", "radio", choices="Mendaftarkan merek\nMelapor di SIINas\nMemotret produk"),
        question("Mengapa Anda ingin ikut?", "multiline", required=False, role="question"),
        question("Pernah ikut pelatihan dinas?", "radio", choices="Ya\nBelum"),
        question("Pelatihan apa, tahun berapa?", **shown_if("pernah_ikut_pelatihan_dinas", "Ya")),
        section("Usaha Anda"),
        question("Sudah punya usaha?", "radio", choices="Ya\nBelum"),
        question("Nama Usaha", role="business", **HAS_BUSINESS),
        question("Bidang usaha", "dropdown", choices="Batik\nMakanan dan minuman\nKerajinan\nLainnya", width="half",
                 **HAS_BUSINESS),
        question("Tahun mulai", "year", width="half", **HAS_BUSINESS),
        section("Tentang Anda"),
        question("Nama Lengkap", role="contact_name"),
        question("Tahun lahir", "year", width="half"),
        question("Kelurahan", "kelurahan", required=False, width="half",
                 help_text="Kosongkan bila Anda tinggal di luar Kota Pekalongan."),
        *ways_to_answer(phone_required=True),
        consent(
            "Saya setuju data saya dipakai untuk pendaftaran pelatihan ini",
            "memilih peserta, mengabari Anda, dan membuat daftar hadir", MONTHS,
        ),
    ),
)  # fmt: skip
