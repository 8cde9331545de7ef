"""The pages of the demo site, as data: page types, titles, slugs and words."""

from __future__ import annotations

from siptenan.common.reference_data import rows

CONTACT_HELP = "Telepon (0285) 421731 pada jam kerja, atau datang ke Jl. Majapahit No 14."

WHAT_HAPPENS_NEXT = (
    "Petugas membaca pertanyaan Anda dan menulis balasan.\n"
    "Anda membaca balasannya di halaman Lacak tiket dengan nomor tiket dan PIN Anda."
)


def question(label: str, kind: str = "singleline", **values) -> dict:
    """One row of a form: the fields of forms.FormField."""
    return {"label": label, "field_type": kind, **values}


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


def gallery_questions() -> list[dict]:
    """The Gallery IKM form (manual 2.4) with the question types that exist."""
    kelurahan = "\n".join(sorted(str(row["name"]) for row in rows("kelurahan")))
    units = "\n".join(str(row["name"]) for row in rows("units"))
    return [
        question("Nama Lengkap", role="contact_name"),
        question("Gender", "dropdown", choices="Perempuan\nLaki-laki", width="half"),
        question("Nomor WA Aktif", "phone", role="phone", placeholder="0812 3456 7890", width="half"),
        question("Kelurahan", "dropdown", choices=kelurahan, width="half"),
        question("Alamat"),
        question("Nama Usaha", role="business"),
        question("Tahun Berdiri", "number", width="half", placeholder="2015"),
        question("Modal Awal", "number", required=False, width="half", help_text="Dalam rupiah."),
        question("Jumlah Tenaga Kerja Laki-laki", "number", width="half"),
        question("Jumlah Tenaga Kerja Perempuan", "number", width="half"),
        question("Produk yang dihasilkan", placeholder="batik, tempe, keripik"),
        question("Pendapatan / bulan", "number", required=False, width="half", help_text="Dalam rupiah."),
        question("Kapasitas Produksi / bulan", "number", width="half"),
        question("Satuan", "dropdown", choices=units, width="half"),
        question("Nama Produk"),
        question("Harga", "number", width="half", help_text="Dalam rupiah."),
        question("Deskripsi", "multiline", required=False),
        question("Bahan Baku", required=False, placeholder="kain"),
        question("Bahan Penolong", required=False, placeholder="malam, obat"),
        question("Bahan Bakar", required=False, placeholder="bensin, listrik"),
    ]


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
        "button_text": "Kirim Formulir",
        "target_value": 5,
        "questions": gallery_questions(),
    },
]

PRIVACY = """
<p>Halaman ini menjelaskan data apa yang kami minta, untuk apa, dan hak Anda menurut Undang-Undang Nomor 27 Tahun 2022
tentang Pelindungan Data Pribadi.</p>
<h2>Data yang kami simpan</h2>
<p>Kami menyimpan isian formulir yang Anda kirim: nama, nama usaha, alamat, pertanyaan, dan bila Anda mengisinya, nomor
WhatsApp dan email. Halaman publik situs ini tidak memakai kuki pelacak dan tidak memuat apa pun dari pihak lain.</p>
<h2>Untuk apa</h2>
<p>Data dipakai untuk menjawab pertanyaan Anda dan menindaklanjuti layanan. Hanya petugas layanan yang dapat membacanya,
dan setiap kali dilihat dicatat.</p>
<h2>Hak Anda</h2>
<ul><li>melihat data Anda;</li><li>meminta data yang salah diperbaiki;</li><li>meminta data dihapus;</li>
<li>menarik persetujuan.</li></ul>
<p>Hubungi kami lewat alamat di kaki halaman ini. Sebutkan nomor tiket Anda.</p>
"""

ACCESSIBILITY = """
<p>Situs ini dibuat agar dapat dipakai semua orang: dengan HP kecil, jaringan lambat, papan ketik saja, atau pembaca layar.
Ukuran yang kami pakai adalah WCAG 2.2 tingkat AA.</p>
<h2>Yang sudah kami lakukan</h2>
<ul><li>semua halaman dan formulir berfungsi tanpa JavaScript;</li><li>huruf besar dan tombol yang mudah disentuh;</li>
<li>pesan kesalahan ditulis di samping isiannya;</li><li>mode terang dan gelap mengikuti pengaturan perangkat.</li></ul>
<h2>Menemukan hambatan?</h2>
<p>Beri tahu kami lewat telepon atau email di kaki halaman ini. Kami akan membantu Anda dengan cara lain dan memperbaikinya.</p>
"""
