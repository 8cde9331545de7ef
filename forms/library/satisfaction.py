"""SKM: Survei Kepuasan Masyarakat with the nine elements of PermenPANRB 14/2017 and their four grades, worst first.

Nobody is named. The keys come from the names of the elements, not from their numbers: sources differ on the order of
the last two.
"""

from __future__ import annotations

from forms.library.rows import FormTemplate, Row, question, section

MONTHS = 12
# Name of the element, the question in plain words, the grades.
ELEMENTS = (
    ("Persyaratan", "Apakah syaratnya sesuai dengan layanannya?",
     ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")),
    ("Sistem, mekanisme, dan prosedur", "Apakah urutannya mudah diikuti?",
     ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah")),
    ("Waktu penyelesaian", "Apakah layanannya cepat?",
     ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat")),
    ("Biaya/tarif", "Bagaimana biayanya?",
     ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")),
    ("Produk spesifikasi jenis pelayanan", "Apakah hasilnya sesuai dengan yang dijanjikan?",
     ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")),
    ("Kompetensi pelaksana", "Apakah petugasnya mampu?",
     ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten")),
    ("Perilaku pelaksana", "Apakah petugasnya sopan dan ramah?",
     ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah")),
    ("Penanganan pengaduan, saran, dan masukan", "Bagaimana pengaduan ditangani?",
     ("Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik")),
    ("Sarana dan prasarana", "Bagaimana tempat, alat, dan situsnya?",
     ("Buruk", "Cukup", "Baik", "Sangat baik")),
)  # fmt: skip


def _element(name: str, asks: str, grades: tuple[str, ...]) -> Row:
    return question(name, "scale", help_text=asks, choices="\n".join(grades))


SATISFACTION = FormTemplate(
    code="skm",
    name="SKM (Survei Kepuasan Masyarakat)",
    summary="Sembilan unsur penilaian menurut Peraturan Menteri PANRB Nomor 14 Tahun 2017, tanpa nama.",
    page={
        "title": "Survei Kepuasan Masyarakat",
        "introduction": "Nilai layanan yang baru Anda terima. Tanpa nama.",
        "summary": "Nilai layanan kami, tanpa nama.",
        "search_description": "Nilai layanan Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan, tanpa nama.",
        "button_text": "Kirim Penilaian",
        "ticket_prefix": "SKM",
        "layout": "steps",
        "target_value": 5,
        "retention_months": MONTHS,
        "what_happens_next": "Penilaian Anda dihitung bersama penilaian lain menjadi nilai layanan kami.\n"
        "Survei tidak dibalas satu per satu. Untuk meminta jawaban, pakai formulir pengaduan.",
    },
    rows=(
        section("Tentang Anda", "Tanpa nama. Dipakai untuk mengetahui siapa saja yang kami layani."),
        question("Layanan yang Anda terima", "dropdown",
                 choices="Konsultasi merek\nKonsultasi SIINas\nGallery IKM\nLayanan di kantor"),
        question("Jenis kelamin", "radio", choices="Perempuan\nLaki-laki"),
        question("Umur", "dropdown", width="half",
                 choices="Di bawah 20 tahun\n20 sampai 29 tahun\n30 sampai 39 tahun\n40 sampai 49 tahun\n"
                 "50 tahun atau lebih"),
        question("Pendidikan terakhir", "dropdown", width="half",
                 choices="SD atau sederajat\nSMP atau sederajat\nSMA atau sederajat\nDiploma\nSarjana\nPascasarjana"),
        question("Pekerjaan", "dropdown", width="half",
                 choices="Pemilik usaha\nKaryawan\nAparatur negara\nPelajar atau mahasiswa\nLainnya"),
        section("Penilaian Anda", "Pilih satu jawaban pada setiap unsur."),
        *(_element(*element) for element in ELEMENTS),
        section("Saran"),
        question("Saran Anda", "multiline", required=False, role="question",
                 help_text="Jangan menulis nama atau nomor telepon."),
    ),
)  # fmt: skip
