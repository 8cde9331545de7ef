"""Regulations of the demo: rows marked "yes" of the researched list, with relations that it does not mark as memory.

Outlines are in our own words. A row without a date of enactment stays a draft: no date is invented.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RegulationRow:
    """One regulation as an editor would enter it."""

    kind: str
    number: str
    year: int
    about: str
    enacted: str  # empty: not known
    field: str
    subjects: tuple[str, ...]
    outline: tuple[str, ...]
    initiator: str = "pemerintah-pusat"
    promulgated: str = ""
    effective: str = ""
    relations: tuple[tuple[str, str, str], ...] = ()  # verb, key of the other one, note
    meaning: tuple[str, ...] = ()
    must_act: str = ""
    deadline: tuple[str, str] = ("", "")  # day, and what must be done by then
    uses: tuple[str, ...] = ()  # slugs of pages
    gazette: tuple[str, str] = ("", "")  # number, supplement

    @property
    def key(self) -> str:
        """`uu 20/2016`."""
        return f"{self.kind} {self.number}/{self.year}"


# Regulations that the demo does not hold, named by relations: kind, number, year, about.
STUBS: tuple[tuple[str, str, int, str], ...] = (
    ("uu", "11", 2020, "Cipta Kerja"),
    ("uu", "25", 2009, "Pelayanan Publik"),
    ("uu", "1", 2024, "Perubahan Kedua atas Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan Transaksi "
     "Elektronik"),
    ("pp", "42", 2024, "Penyelenggaraan Bidang Jaminan Produk Halal"),
    ("pp", "45", 2024, "Jenis dan Tarif atas Jenis Penerimaan Negara Bukan Pajak yang Berlaku pada Kementerian Hukum dan "
     "Hak Asasi Manusia"),
)  # fmt: skip
# Since when those of them hold of which it is known (UU 11/2020: the day of its promulgation, Pasal 186).
SINCE = {"uu 11/2020": "2020-11-02"}

ROWS: tuple[RegulationRow, ...] = (
    RegulationRow(
        "uu", "3", 2014, "Perindustrian", "2014-01-15", "administrasi-negara",
        ("INDUSTRI", "INDUSTRI KECIL DAN MENENGAH", "SISTEM INFORMASI INDUSTRI NASIONAL"),
        ("Dasar pembangunan industri, termasuk industri kecil dan menengah.",
         "Perusahaan industri menyampaikan data secara berkala lewat SIINas (Pasal 64).",
         "Data tiap perusahaan dilindungi bila membukanya merugikan perusahaan itu."),
        relations=(("diubah", "uu 11/2020", "Sebagian; kini UU 6/2023"),),
        uses=("kalindri", "konsultasi-siinas", "cara-melapor-di-siinas", "tanya-jawab-siinas", "siinas-setiap-triwulan"),
        gazette=("4", "5492"), promulgated="2014-01-15",
    ),
    RegulationRow(
        "uu", "20", 2016, "Merek dan Indikasi Geografis", "2016-11-25", "kekayaan-intelektual",
        ("MEREK", "INDIKASI GEOGRAFIS"),
        ("Hak atas merek diperoleh setelah merek terdaftar.",
         "Permohonan, pengumuman, keberatan, dan pemeriksaan merek.",
         "Perlindungan merek selama 10 tahun, dan perpanjangannya.",
         "Pelindungan indikasi geografis."),
        relations=(("diubah", "uu 11/2020", "Pasal 20, 23, dan 25; kini UU 6/2023"),),
        meaning=("Merek Anda baru dilindungi setelah terdaftar.",
                 "Siapa yang lebih dulu mendaftar, dialah yang berhak.",
                 "Bila berkas kurang, Anda punya 2 bulan untuk melengkapinya.",
                 "Permohonan diumumkan 2 bulan, dan orang lain boleh keberatan.",
                 "Perlindungan berlaku 10 tahun dan dapat diperpanjang."),
        must_act="IKM yang ingin nama atau logo produknya dilindungi",
        uses=("kalindri", "konsultasi-haki", "cara-mendaftarkan-merek", "tanya-jawab-merek", "daftar-periksa-merek"),
    ),
    RegulationRow(
        "uu", "27", 2022, "Pelindungan Data Pribadi", "2022-10-17", "administrasi-negara", ("DATA PRIBADI",),
        ("Hak pemilik data pribadi.", "Kewajiban siapa pun yang mengumpulkan dan memakai data pribadi.",
         "Pemberitahuan bila data bocor, paling lambat 3 x 24 jam (Pasal 46)."),
        meaning=("Data pembeli seperti nama, alamat, dan nomor WhatsApp adalah data pribadi.",
                 "Pakai data pembeli hanya untuk tujuan yang Anda sampaikan kepadanya.",
                 "Jaga agar data itu tidak dibaca orang yang tidak berhak.",
                 "Bila data bocor, beri tahu pemiliknya dan lembaga yang berwenang paling lambat 3 x 24 jam."),
        must_act="IKM yang menyimpan data pembeli atau pekerja", uses=("privasi", "aturan-pelindungan-data-2027"),
    ),
    RegulationRow(
        "uu", "14", 2008, "Keterbukaan Informasi Publik", "2008-04-30", "administrasi-negara",
        ("KETERBUKAAN INFORMASI",),
        ("Hak warga atas informasi dari badan publik.", "Kewajiban badan publik mengumumkan dan melayani informasi."),
    ),
    RegulationRow(
        "uu", "31", 2000, "Desain Industri", "2000-12-20", "kekayaan-intelektual", ("DESAIN INDUSTRI",),
        ("Pelindungan bentuk dan tampilan baru dari barang industri dan kerajinan.", "Pendaftaran desain industri."),
        promulgated="2000-12-20", uses=("konsultasi-haki",),
    ),
    RegulationRow(
        "uu", "30", 2000, "Rahasia Dagang", "2000-12-20", "kekayaan-intelektual", ("RAHASIA DAGANG",),
        ("Pelindungan informasi usaha yang bernilai dan dijaga kerahasiaannya.",),
    ),
    RegulationRow(
        "uu", "33", 2014, "Jaminan Produk Halal", "2014-10-17", "bisnis", ("JAMINAN PRODUK HALAL",),
        ("Sertifikasi halal untuk produk.", "Tugas penyelenggara jaminan produk halal."),
        relations=(("diubah", "uu 11/2020", "Sebagian"), ("dilaksanakan", "pp 42/2024", "")),
        uses=("kalindri",),
    ),
    RegulationRow(
        "uu", "8", 2016, "Penyandang Disabilitas", "2016-04-15", "hak-asasi-manusia", ("PENYANDANG DISABILITAS",),
        ("Hak penyandang disabilitas, termasuk atas pelayanan publik dan pekerjaan.",), uses=("aksesibilitas",),
    ),
    RegulationRow(
        "uu", "11", 2008, "Informasi dan Transaksi Elektronik", "2008-04-21", "administrasi-negara",
        ("INFORMASI DAN TRANSAKSI ELEKTRONIK",),
        ("Informasi dan dokumen elektronik.", "Transaksi elektronik dan penyelenggara sistemnya."),
        relations=(("diubah", "uu 1/2024", ""),),
    ),
    RegulationRow(
        "uu", "19", 2016,
        "Perubahan atas Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan Transaksi Elektronik", "2016-11-25",
        "administrasi-negara", ("INFORMASI DAN TRANSAKSI ELEKTRONIK",),
        ("Mengubah beberapa ketentuan UU 11/2008.",), relations=(("mengubah", "uu 11/2008", ""),),
    ),
    RegulationRow(
        "uu", "23", 2006, "Administrasi Kependudukan", "2006-12-29", "administrasi-negara", ("KEPENDUDUKAN",),
        ("Pendaftaran penduduk dan pencatatan sipil.",),
    ),
    RegulationRow(
        "uu", "24", 2013, "Perubahan atas Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan",
        "2013-12-24", "administrasi-negara", ("KEPENDUDUKAN",),
        ("Mengubah beberapa ketentuan UU 23/2006.",), relations=(("mengubah", "uu 23/2006", ""),),
    ),
    RegulationRow(
        "uu", "23", 2014, "Pemerintahan Daerah", "2014-09-30", "tata-negara", ("PEMERINTAHAN DAERAH",),
        ("Pembagian urusan pemerintahan antara pusat dan daerah, termasuk urusan perindustrian.",),
        relations=(("diubah", "uu 11/2020", "Sebagian; diubah beberapa kali, antara lain dengan Cipta Kerja"),),
    ),
    RegulationRow(
        "pp", "2", 2017, "Pembangunan Sarana dan Prasarana Industri", "2017-01-11", "administrasi-negara",
        ("INDUSTRI", "SISTEM INFORMASI INDUSTRI NASIONAL"),
        ("Standardisasi industri.", "Infrastruktur industri.", "Dasar Sistem Informasi Industri Nasional (SIINas)."),
        relations=(("melaksanakan", "uu 3/2014", "Pasal 61, 71, dan 111 ayat (3)"),),
        uses=("konsultasi-siinas", "cara-melapor-di-siinas", "tanya-jawab-siinas"),
    ),
    RegulationRow(
        "pp", "14", 2015, "Rencana Induk Pembangunan Industri Nasional Tahun 2015-2035", "2015-03-06",
        "administrasi-negara", ("RENCANA PEMBANGUNAN INDUSTRI",),
        ("Arah dan sasaran pembangunan industri nasional sampai tahun 2035.",),
        relations=(("melaksanakan", "uu 3/2014", ""),),
    ),
    RegulationRow(
        "pp", "29", 2018, "Pemberdayaan Industri", "2018-07-13", "administrasi-negara",
        ("INDUSTRI KECIL DAN MENENGAH", "TINGKAT KOMPONEN DALAM NEGERI"),
        ("Pemberdayaan industri kecil dan menengah.", "Industri hijau.", "Penggunaan produk dalam negeri."),
        relations=(("melaksanakan", "uu 3/2014", ""),),
    ),
    RegulationRow(
        "pp", "28", 2021, "Penyelenggaraan Bidang Perindustrian", "2021-02-02", "administrasi-negara", ("INDUSTRI",),
        ("Pelaksanaan ketentuan Cipta Kerja di bidang perindustrian.",),
        relations=(("melaksanakan", "uu 11/2020", "Pasal 44"),),
    ),
    RegulationRow(
        "pp", "28", 2025, "Penyelenggaraan Perizinan Berusaha Berbasis Risiko", "2025-06-05", "administrasi-negara",
        ("PERIZINAN BERUSAHA",), ("Perizinan berusaha menurut tingkat risiko kegiatan.",),
    ),
    RegulationRow(
        "pp", "28", 2019, "Jenis dan Tarif atas Jenis Penerimaan Negara Bukan Pajak yang Berlaku pada Kementerian Hukum "
        "dan Hak Asasi Manusia", "2019-04-18", "administrasi-negara", ("PENERIMAAN NEGARA BUKAN PAJAK", "MEREK"),
        ("Tarif layanan, termasuk tarif merek, sebelum digantikan PP 45/2024.",),
        relations=(("dicabut", "pp 45/2024", "Digantikan"),),
    ),
    RegulationRow(
        "pp", "22", 2018, "Pendaftaran Merek Internasional Berdasarkan Protokol Terkait dengan Persetujuan Madrid "
        "mengenai Pendaftaran Merek Secara Internasional", "2018-06-05", "kekayaan-intelektual", ("MEREK",),
        ("Mendaftarkan merek ke beberapa negara dengan satu permohonan.",),
        relations=(("melaksanakan", "uu 20/2016", ""),), uses=("konsultasi-haki",),
    ),
    RegulationRow(
        "pp", "71", 2019, "Penyelenggaraan Sistem dan Transaksi Elektronik", "2019-10-04", "administrasi-negara",
        ("INFORMASI DAN TRANSAKSI ELEKTRONIK",), ("Kewajiban penyelenggara sistem elektronik.",),
        relations=(("melaksanakan", "uu 11/2008", ""),),
    ),
    RegulationRow(
        "pp", "61", 2010, "Pelaksanaan Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
        "2010-08-20", "administrasi-negara", ("KETERBUKAAN INFORMASI",), ("Pelaksanaan UU 14/2008.",),
        relations=(("melaksanakan", "uu 14/2008", ""),),
    ),
    RegulationRow(
        "pp", "96", 2012, "Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", "2012-10-29",
        "administrasi-negara", ("PELAYANAN PUBLIK",), ("Pelaksanaan UU 25/2009.",),
        relations=(("melaksanakan", "uu 25/2009", ""),), uses=("standar-pelayanan",),
    ),
    RegulationRow(
        "pp", "33", 2026, "Peraturan Pelaksanaan Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
        "2026-07-16", "administrasi-negara", ("DATA PRIBADI",), ("Pelaksanaan UU 27/2022.", "Mulai berlaku enam bulan sesudah diundangkan."),
        promulgated="2026-07-16", effective="2027-01-16", relations=(("melaksanakan", "uu 27/2022", ""),),
        meaning=("Aturan pelaksanaan UU Pelindungan Data Pribadi ini mulai berlaku pada 16 Januari 2027.",
                 "Nama, alamat, dan nomor WhatsApp pembeli adalah data pribadi.",
                 "Periksa data pembeli apa saja yang Anda simpan, untuk apa, dan siapa yang dapat membukanya.",
                 "Hapus yang tidak Anda perlukan lagi."),
        must_act="Usaha yang menyimpan data pembeli",
        deadline=("2027-01-16", "Data pembeli disimpan sesuai aturan"),
        uses=("aturan-pelindungan-data-2027",),
    ),
    RegulationRow(
        "permen", "13", 2025, "Tata Cara Penyampaian Data Industri, Data Kawasan Industri, Data Lain, Informasi "
        "Industri, dan Informasi Lain Melalui Sistem Informasi Industri Nasional", "", "administrasi-negara",
        ("SISTEM INFORMASI INDUSTRI NASIONAL", "INDUSTRI KECIL DAN MENENGAH"),
        ("Data yang disampaikan industri kecil: sebelas macam (Pasal 7).", "Data yang disampaikan lewat SIINas."),
        initiator="kemenperin",
        meaning=("Industri menyampaikan datanya lewat SIINas.",
                 "Untuk industri kecil ada sebelas macam data, antara lain investasi, produksi, dan tenaga kerja.",
                 "Catat bahan baku, bahan bakar, air, dan listrik agar mudah mengisi.",
                 "Jadwal pelaporan dapat Anda tanyakan lewat KALINDRI."),
        must_act="Industri yang sudah punya akun SIINas", uses=("konsultasi-siinas",),
    ),
)  # fmt: skip
