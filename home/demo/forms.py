"""The forms of the demo site, as data: titles, addresses, questions."""

from __future__ import annotations

from forms.library.rows import group, question, section


def consultation(what: str) -> list[dict]:
    """The manual's four required questions, and the two optional ones without which nobody could be called back."""
    return [
        question("Nama Usaha/Perusahaan", role="business"),
        question("Nama Lengkap", role="contact_name"),
        question("Alamat", help_text="Jalan, nomor, dan kelurahan tempat usaha."),
        question("Pertanyaan", "multiline", role="question", help_text=f"Ceritakan {what} dengan kata-kata Anda sendiri."),
        question(
            "Nomor WhatsApp", "phone", required=False, role="phone", placeholder="0812 3456 7890", width="half",
            help_text="Agar petugas dapat mengabari Anda.",
        ),
        question("Email", "email", required=False, role="email", placeholder="nama@contoh.id", width="half"),
    ]  # fmt: skip


CONSENT = (
    "Dinas memakai data ini untuk memeriksa pendaftaran dan menghubungi Anda. Yang tampil di Gallery IKM hanya nama "
    "usaha, produk, harga, foto, uraian, dan kelurahan. NIK, alamat, modal, pendapatan, dan tenaga kerja tidak pernah "
    "ditampilkan. Data disimpan paling lama dua tahun sesudah tiket selesai. Anda boleh melihat, memperbaiki, atau "
    "meminta data dihapus kapan saja dengan menyebutkan nomor tiket (UU Nomor 27 Tahun 2022)."
)

GALLERY = [
    section("Biodata Pemilik Usaha", "Data ini hanya dibaca petugas."),
    question("Nama Lengkap", role="contact_name"),
    question("NIK", "nik", width="half"),
    question("Gender", "dropdown", choices="Perempuan\nLaki-laki", width="half"),
    question("Nomor WA Aktif", "phone", role="phone", placeholder="0812 3456 7890", width="half"),
    question("Kelurahan", "kelurahan", width="half"),
    question("Alamat", help_text="Jalan, nomor, RT dan RW."),
    section("Data Usaha"),
    question("Nama Usaha", role="business"),
    question("Tahun Berdiri", "year", width="half", placeholder="2015"),
    question("Modal Awal", "rupiah", required=False, width="half"),
    question("Jumlah Tenaga Kerja Laki-laki", "number", width="half", min_value=0, max_value=5000),
    question("Jumlah Tenaga Kerja Perempuan", "number", width="half", min_value=0, max_value=5000),
    section("Data Produk"),
    question("Produk yang dihasilkan", placeholder="batik, tempe, keripik"),
    question("Pendapatan / bulan", "rupiah", required=False, width="half"),
    question("Kapasitas Produksi / bulan", "quantity"),
    group("Produk", "Punya lebih dari satu produk? Isi yang pertama, lalu tekan “Tambah produk lagi” di bawahnya."),
    question("Nama Produk"),
    question("Harga", "rupiah", width="half"),
    question("Foto Produk", "photo", max_files=4, help_text="Terang, latar polos, produk terlihat utuh."),
    question("Deskripsi", "multiline", required=False, help_text="Bahan, ukuran, cara membuat, dan cara merawat."),
    section("Data Bahan Baku, Bahan Penolong, dan Bahan Bakar", "Isi seperlunya. Data ini hanya dibaca petugas."),
    group("Bahan", "Bahan lain dapat ditambahkan dengan tombol di bawah isian ini."),
    question("Bahan Baku", required=False, placeholder="kain"),
    question("Nilai Bahan Baku / bulan", "rupiah", required=False, width="half"),
    question("Jumlah Bahan Baku / bulan", "quantity", required=False),
    question("Bahan Penolong", required=False, placeholder="malam, obat"),
    question("Nilai Bahan Penolong / bulan", "rupiah", required=False, width="half"),
    question("Bahan Bakar", required=False, placeholder="bensin, listrik"),
    question("Jumlah Bahan Bakar / bulan", "quantity", required=False),
    group("Persetujuan", max_repeats=1),
    question("Tampilkan nama saya", "checkbox", required=False, help_text="Nama Anda tampil di halaman usaha Anda."),
    question("Tampilkan nomor WhatsApp saya", "checkbox", required=False,
             help_text="Agar pembeli dapat langsung menghubungi Anda."),
    question("Saya setuju data saya dipakai seperti di atas", "consent", text=CONSENT),
]  # fmt: skip

# Every question type, sections, steps and conditions: what the builder can do, to try and to copy.
EXAMPLE = [
    section("Tentang Anda", "Contoh isian teks."),
    question("Keterangan", "info", required=False,
             text="Formulir ini contoh. Semua jenis pertanyaan ada di sini. Pakai data karangan saja."),
    question("Nama Anda", role="contact_name", pattern="letters", min_length=3),
    question("NIK contoh", "nik", required=False, help_text="Pakai angka karangan yang berakhiran 0000."),
    question("WhatsApp", "phone", required=False, role="phone", width="half", placeholder="0812 3456 7890"),
    question("Surel", "email", required=False, role="email", width="half", placeholder="nama@contoh.id"),
    question("Alamat surat", "address", required=False),
    question("Kelurahan tempat usaha", "kelurahan", required=False, width="half"),
    section("Tentang usaha", "Contoh syarat: beberapa isian baru muncul sesudah jawaban tertentu."),
    question("Punya NIB?", "radio", choices="Ya\nTidak"),
    question("NIB", pattern="nib", help_text="13 angka pada NIB Anda.", show_if_key="punya_nib",
             show_if_operator="equals", show_if_values="Ya"),
    question("Tahun mulai", "year", width="half"),
    question("Jumlah pekerja", "number", width="half", min_value=0, max_value=5000),
    question("Mengapa lebih dari 19 pekerja masih disebut kecil?", "multiline", required=False,
             show_if_key="jumlah_pekerja", show_if_operator="greater", show_if_values="19"),
    question("Modal awal", "rupiah", required=False, width="half"),
    question("Hasil sebulan", "quantity", required=False),
    question("Tautan toko", "url", required=False, placeholder="https://contoh.id"),
    group("Mesin", "Contoh kelompok berulang: isian ini dapat ditambah sampai tiga mesin.", max_repeats=3),
    question("Nama mesin", required=False, width="half"),
    question("Tahun mesin dibeli", "year", required=False, width="half"),
    section("Layanan", "Contoh pilihan dan penilaian."),
    question("Bidang usaha", "dropdown", choices="Batik\nMakanan\nKerajinan", width="half"),
    question("Yang dibutuhkan", "checkboxes", required=False, choices="Merek\nHalal\nPelatihan"),
    question("Pernah ikut", "multiselect", required=False, choices="Pameran\nPelatihan\nPendampingan"),
    question("Tanggal kunjungan", "date", required=False, width="half"),
    question("Waktu rapat", "datetime", required=False, width="half"),
    question("Kemudahan prosedur", "scale", required=False,
             choices="Tidak mudah\nKurang mudah\nMudah\nSangat mudah"),
    question("Penilaian", "matrix", required=False, rows="Kecepatan\nKesopanan",
             choices="Kurang\nCukup\nBaik"),
    section("Keluhan", "Bagian ini hanya tampil bila prosedurnya tidak mudah.", show_if_key="kemudahan_prosedur",
            show_if_operator="any", show_if_values="Tidak mudah\nKurang mudah"),
    question("Apa yang perlu diperbaiki?", "multiline"),
    section("Foto dan dokumen"),
    question("Foto produk", "photo", required=False, max_files=3),
    question("Dokumen NIB", "document", required=False, max_file_mb=5),
    section("Persetujuan"),
    question("Kirimi saya kabar pelatihan", "checkbox", required=False),
    question("Sumber", "hidden", required=False, default_value="contoh"),
    question("Saya setuju data saya dipakai seperti di atas", "consent", text=CONSENT),
]  # fmt: skip


_READ_REPLY = "Anda membaca balasannya di halaman Lacak tiket dengan nomor tiket dan PIN Anda."
QUESTION_NEXT = f"Petugas membaca pertanyaan Anda dan menulis balasan.\n{_READ_REPLY}"
GALLERY_NEXT = (
    "Petugas memeriksa data dan foto Anda. Bila ada yang perlu diperbaiki, petugas memberi tahu Anda.\n"
    "Sesudah disetujui, produk Anda tampil di Gallery IKM. Ikuti kabarnya di halaman Lacak tiket dengan nomor tiket "
    "dan PIN Anda."
)
EXAMPLE_NEXT = (
    "Kiriman contoh hanya dilihat petugas yang belajar memakai situs ini dan tidak ditindaklanjuti.\n"
    "Anda dapat membuka tiketnya di halaman Lacak tiket dengan nomor tiket dan PIN Anda."
)
MESSAGE_NEXT = f"Petugas membaca pesan atau laporan Anda dan menulis balasan.\n{_READ_REPLY}"

FORMS: list[dict] = [
    {
        "title": "Form Konsultasi HAKI",
        "slug": "konsultasi-haki",
        "menu_label": "FORM KONSULTASI HAKI (MEREK)",
        "summary": "Tanya cara mendaftarkan merek, biaya, dan surat rekomendasi.",
        "introduction": "Silahkan kirimkan pertanyaan anda seputar HAKI (Hak Kekayaan Intelektual) dengan mengisi "
        "form di bawah ini",
        "search_description": "Kirim pertanyaan tentang pendaftaran merek dan baca jawaban petugas, tanpa akun.",
        "ticket_prefix": "HAKI",
        "what_happens_next": QUESTION_NEXT,
        "button_text": "Kirim Pertanyaan",
        "questions": consultation("pertanyaan Anda tentang merek"),
    },
    {
        "title": "Form Konsultasi SIINas",
        "slug": "konsultasi-siinas",
        "menu_label": "FORM KONSULTASI SIINAS",
        "summary": "Tanya cara membuat akun dan melapor di SIINas.",
        "introduction": "Silahkan kirimkan pertanyaan anda seputar SIINas (Sistem Informasi Industri Nasional) melalui "
        "form di bawah ini",
        "search_description": "Kirim pertanyaan tentang akun dan pelaporan SIINas dan baca jawaban petugas, tanpa akun.",
        "ticket_prefix": "SIINAS",
        "what_happens_next": QUESTION_NEXT,
        "button_text": "Kirim Pertanyaan",
        "questions": consultation("kendala Anda di SIINas"),
    },
    {
        "title": "Form Gallery IKM",
        "slug": "gallery-ikm",
        "menu_label": "FORM GALLERY IKM",
        "summary": "Daftarkan produk Anda agar tampil di Gallery IKM.",
        "introduction": "Lengkapi data usaha dan produk Anda. Petugas memeriksanya sebelum produk tampil di Gallery IKM.",
        "search_description": "Daftarkan produk industri kecil dan menengah Kota Pekalongan untuk tampil di Gallery IKM.",
        "ticket_prefix": "IKM",
        "what_happens_next": GALLERY_NEXT,
        "button_text": "Kirim Formulir",
        "target_value": 5,
        "procedure": "gallery",
        "layout": "steps",
        "check_answers": True,
        "questions": GALLERY,
    },
    {
        "title": "Contoh Formulir",
        "slug": "contoh-formulir",
        "on_dashboard": False,
        "introduction": "Semua jenis pertanyaan yang dapat dipakai editor, dengan bagian, langkah, dan syarat.",
        "search_description": "Contoh formulir dengan semua jenis pertanyaan, untuk dicoba petugas dan editor.",
        "ticket_prefix": "CONTOH",
        "what_happens_next": EXAMPLE_NEXT,
        "button_text": "Kirim Formulir",
        "layout": "steps",
        "check_answers": True,
        "questions": EXAMPLE,
    },
]

CONTACT_FORM = {
    "title": "Tulis pesan",
    "slug": "pesan",
    "introduction": "Saran, keluhan, atau pertanyaan lain tentang dinas. Anda mendapat nomor tiket dan tanggal jawaban.",
    "search_description": "Kirim saran, keluhan, atau pertanyaan kepada dinas dan baca jawabannya, tanpa akun.",
    "ticket_prefix": "PESAN",
    "what_happens_next": MESSAGE_NEXT,
    "button_text": "Kirim Pesan",
    "show_contact_cards": True,
    "questions": [
        question("Nama Lengkap", role="contact_name"),
        question("Pesan", "multiline", role="question"),
        question(
            "Nomor WhatsApp", "phone", required=False, role="phone", placeholder="0812 3456 7890", width="half",
            help_text="Agar petugas dapat mengabari Anda.",
        ),
        question("Email", "email", required=False, role="email", placeholder="nama@contoh.id", width="half"),
    ],
}  # fmt: skip
