"""Guides, questions and downloads of the demo, written only from what the brief's facts.md marks as read in its source.

What was read in a second-hand source says so ("menurut ..."). Every entry names its source and when it was read.
"""

from __future__ import annotations

from typing import Any

from home.demo.blocks import callout, faq, steps, table, text

UMK = (
    "Menurut salinan PP Nomor 7 Tahun 2021 Pasal 35, usaha mikro bermodal paling banyak Rp1 miliar atau menjual paling "
    "banyak Rp2 miliar setahun. Usaha kecil: Rp5 miliar atau Rp15 miliar. Tanah dan bangunan tidak dihitung."
)
DOCUMENTS = (
    "label merek (etiket)",
    "tanda tangan pemohon",
    "surat rekomendasi atau keterangan UMK dari dinas",
    "surat pernyataan UMK bermeterai",
    "KTP",
    "NIB",
)
ASK = '<p>Masih ragu? <a href="/kalindri/">Tanyakan lewat KALINDRI</a>. Gratis dan tanpa akun.</p>'

GUIDES: list[dict[str, Any]] = [
    {
        "kind": "panduan", "category": "merek", "days_ago": 1, "picture": "Pola jlamprang biru",
        "title": "Cara mendaftarkan merek, langkah demi langkah", "slug": "cara-mendaftarkan-merek",
        "summary": "Dari mencari nama yang mirip sampai membayar: langkah, biaya, dan berkas untuk usaha mikro dan kecil.",
        "tags": ("biaya", "UMK", "surat rekomendasi"),
        "source": "UU 20/2016 Pasal 1, 3, 4, 11, 14, 16, dan 35; halaman biaya merek DJKI (dgip.go.id); langkah dan berkas menurut Kemenkumham yang dikutip Okezone dan JakPreneur",
        "body": [
            text(
                "<h2>Mengapa mendaftar</h2>"
                "<p>Hak atas merek diperoleh setelah merek terdaftar (UU 20/2016 Pasal 3). Yang lebih dulu mendaftar, dialah pemiliknya. "
                "Perlindungan berlaku 10 tahun sejak tanggal penerimaan dan dapat diperpanjang (Pasal 35).</p>"
            ),
            steps(
                "Langkah-langkahnya",
                ("Cari merek yang mirip", 'Buka <a href="https://pdki-indonesia.dgip.go.id/">pdki-indonesia.dgip.go.id</a>. Ketik nama Anda, lalu coba ejaan lain yang bunyinya sama.'),
                ("Siapkan label dan berkas", "Daftarnya ada di bawah. Usaha mikro dan kecil perlu surat rekomendasi dari dinas."),
                ("Buat akun", 'Daftar di <a href="https://merek.dgip.go.id/">merek.dgip.go.id</a> dengan email yang Anda buka setiap hari.'),
                ("Isi permohonan", "Pilih Tambah. Isi data pemohon, label merek, warna, kelas, serta jenis barang atau jasa."),
                ("Unggah berkas", "Unggah label dan semua berkas tadi."),
                ("Buat kode billing dan bayar", "Bayar pada hari yang sama, paling lambat pukul 23.59 WIB."),
                ("Pilih Selesai", "Simpan bukti permohonan. Tanggal penerimaan menentukan siapa yang lebih dulu."),
            ),
            callout("warn", "Bayar pada hari yang sama", "Menurut penjelasan yang kami baca, kode billing hanya berlaku sampai pukul 23.59 WIB hari itu."),
            table(
                "Biaya merek secara daring, per kelas",
                ("Layanan", "Usaha mikro dan kecil", "Umum"),
                ("Permohonan baru", "Rp500.000", "Rp1.800.000"),
                ("Perpanjangan", "Rp1.000.000", "Rp2.250.000"),
                ("Perpanjangan yang terlambat", "Rp2.000.000", "Rp4.500.000"),
            ),
            text(
                "<p>Sumber tabel: halaman biaya merek DJKI, dgip.go.id. Periksa lagi di sana sebelum membayar.</p>"
                "<h2>Berkas untuk usaha mikro dan kecil</h2><ul>" + "".join(f"<li>{name}</li>" for name in DOCUMENTS) + "</ul>"
                "<h2>Setelah mendaftar</h2>"
                "<p>Bila persyaratan kurang, Anda mendapat waktu 2 bulan untuk melengkapi (Pasal 11). Permohonan diumumkan paling "
                "lambat 15 hari kerja setelah diterima, selama 2 bulan (Pasal 14). Selama itu orang lain dapat mengajukan keberatan "
                "(Pasal 16).</p>"
            ),
            faq(
                "Yang sering ditanyakan",
                ("Satu permohonan untuk berapa kelas?", "Biaya dihitung per kelas. Menurut penjelasan umum ada 45 kelas: 1 sampai 34 barang, 35 sampai 45 jasa. Petugas membantu memilih kelas."),
                ("Apakah saya termasuk usaha mikro atau kecil?", UMK),
                ("Apakah ini “hak paten merek”?", "Namanya pendaftaran merek. Aturannya UU 20/2016 tentang Merek dan Indikasi Geografis."),
            ),
            text(ASK),
        ],
    },
    {
        "kind": "panduan", "category": "siinas", "days_ago": 2, "picture": "",
        "title": "Cara melapor di SIINas, langkah demi langkah", "slug": "cara-melapor-di-siinas",
        "summary": "Membuat akun Sistem Informasi Industri Nasional, mengisi data, dan mengirim laporan.",
        "tags": ("akun", "laporan triwulan"),
        "source": "UU 3/2014 Pasal 64, 69, dan 70; Permenperin 13/2025 Pasal 7; langkah akun dan periode menurut paparan Kemenperin, khoiri.com, dan siuma.bandarlampungkota.go.id",
        "body": [
            text(
                "<h2>Siapa yang wajib</h2>"
                "<p>Setiap perusahaan industri wajib menyampaikan data yang akurat, lengkap, dan tepat waktu secara berkala lewat "
                "SIINas (UU 3/2014 Pasal 64). Sanksinya mulai dari peringatan sampai pencabutan izin (Pasal 70).</p>"
            ),
            callout("info", "Data usaha Anda tidak diumumkan", "Pejabat dilarang menyebarkan data perusahaan yang dapat merugikan perusahaan itu (UU 3/2014 Pasal 69 dan 70)."),
            steps(
                "Membuat akun",
                ("Siapkan NIB, NPWP, dan email", "Pakai email yang sama dengan email di NIB."),
                ("Pilih Registrasi", 'Buka <a href="https://siinas.kemenperin.go.id/">siinas.kemenperin.go.id</a>. Isi nama perusahaan dan tempat pabrik, lalu unggah NIB.'),
                ("Tunggu email", "Menurut panduan yang kami baca, nama pengguna dan kata sandi dikirim paling lama 1 x 24 jam."),
                ("Lengkapi data", "Isi data umum, kantor, pabrik, bidang usaha, dan perizinan."),
                ("Unduh bukti kepemilikan akun", "Satu akun berlaku untuk satu tempat pabrik."),
            ),
            text(
                "<h2>Yang dilaporkan industri kecil</h2>"
                "<p>Menurut Permenperin 13/2025 Pasal 7:</p>"
                "<ul><li>nilai investasi di luar tanah dan bangunan, serta nilai tanah dan bangunan;</li>"
                "<li>kapasitas produksi dan kapasitas terpasang;</li><li>produksi dan bahan baku;</li><li>tenaga kerja;</li>"
                "<li>air, bahan bakar, dan listrik;</li><li>mesin.</li></ul>"
            ),
            table(
                "Status laporan, menurut paparan Kemenperin",
                ("Status", "Yang perlu Anda lakukan"),
                ("Konsep", "Laporan belum terkirim. Lengkapi lalu kirim."),
                ("Terkirim", "Tunggu pemeriksaan."),
                ("Pengembalian Data", "Perbaiki datanya, lalu kirim lagi."),
            ),
            faq(
                "Yang sering ditanyakan",
                ("Berapa kali setahun?", "Menurut paparan Pusdatin Kemenperin tentang Permenperin 13/2025, data industri dilaporkan setiap triwulan."),
                ("Kapan batas waktunya?", "Kami belum membaca tanggal pastinya, jadi tidak menuliskannya di sini. Lihat di akun SIINas Anda atau tanyakan kepada petugas."),
                ("Apakah sama dengan LKPM?", "Tidak. LKPM adalah kewajiban lain dengan jadwalnya sendiri."),
            ),
            text(ASK),
        ],
    },
    {
        "kind": "panduan", "category": "merek", "days_ago": 4, "picture": "",
        "title": "Surat rekomendasi UMK dari dinas", "slug": "surat-rekomendasi-umk",
        "summary": "Dengan surat ini biaya pendaftaran merek Rp500.000, bukan Rp1.800.000. Apa isinya dan berapa lama berlaku.",
        "tags": ("surat rekomendasi", "UMK", "biaya"),
        "source": "Berita Dinperinaker di rkb.pekalongankota.go.id (23559); isi surat menurut Okezone yang mengutip Kemenkumham; PP 7/2021 Pasal 35 menurut salinan",
        "body": [
            text(
                "<h2>Untuk apa</h2>"
                "<p>Usaha mikro dan kecil membayar Rp500.000 per kelas bila punya surat rekomendasi dari dinas. "
                "Tanpa surat itu biayanya Rp1.800.000.</p>"
                "<h2>Apa isinya</h2>"
                "<p>Menurut Okezone yang mengutip Kemenkumham, surat itu memuat:</p>"
                "<ul><li>nama, jabatan, dan unit kerja yang menandatangani;</li><li>nama dan alamat pemohon;</li>"
                "<li>label merek;</li><li>jenis barang atau jasa.</li></ul>"
            ),
            callout("warn", "Satu surat untuk satu merek", "Menurut sumber yang sama, surat berlaku untuk satu merek dan satu permohonan. Tanda tangannya pada tahun yang sama."),
            steps(
                "Sebelum meminta surat",
                ("Pastikan Anda termasuk usaha mikro atau kecil", UMK),
                ("Tetapkan nama dan label", "Cari dulu apakah sudah ada merek yang mirip. Surat tidak dapat dipakai untuk merek lain."),
                ("Tanyakan syarat di kantor kami", '<a href="/kalindri/">Kirim pertanyaan lewat KALINDRI</a>. Petugas memberi tahu berkas yang perlu dibawa.'),
            ),
        ],
    },
    {
        "kind": "panduan", "category": "gallery-ikm", "days_ago": 6, "picture": "Pola jlamprang cokelat",
        "title": "Menyiapkan data untuk Gallery IKM", "slug": "menyiapkan-data-gallery-ikm",
        "summary": "Apa yang ditanyakan formulir Gallery IKM, apa yang tampil untuk umum, dan apa yang tidak pernah tampil.",
        "tags": ("foto produk", "data pribadi"),
        "source": "Formulir Gallery IKM di situs ini; UU 3/2014 Pasal 69 dan 70; UU 27/2022 Pasal 20 dan 40",
        "body": [
            steps(
                "Siapkan empat hal",
                ("Biodata pemilik", "Nama lengkap, NIK, nomor WhatsApp yang aktif, kelurahan, dan alamat."),
                ("Data usaha", "Nama usaha, tahun berdiri, modal awal, dan jumlah tenaga kerja."),
                ("Data produk", "Nama, harga, keterangan, dan foto yang terang. Boleh lebih dari satu produk."),
                ("Bahan", "Bahan baku, bahan penolong, dan bahan bakar dalam sebulan."),
            ),
            table(
                "Yang tampil dan yang tidak",
                ("Tampil setelah disetujui petugas", "Tidak pernah tampil"),
                ("Nama usaha dan kelurahan", "NIK dan alamat lengkap"),
                ("Nama, harga, foto, dan keterangan produk", "Modal, pendapatan, dan bahan"),
                ("Nomor WhatsApp, bila Anda setuju", "Jumlah tenaga kerja"),
            ),
            callout("ok", "Persetujuan ada di tangan Anda", "Nomor WhatsApp hanya tampil dengan persetujuan Anda (UU 27/2022 Pasal 20). Anda dapat menariknya kembali (Pasal 40)."),
            text('<p><a href="/kalindri/gallery-ikm/">Buka Form Gallery IKM</a></p>'),
        ],
    },
    {
        "kind": "tanya-jawab", "category": "merek", "days_ago": 3, "picture": "",
        "title": "Tanya jawab seputar merek", "slug": "tanya-jawab-merek",
        "summary": "Siapa pemilik merek, berapa lama berlaku, dan apa yang terjadi setelah Anda mendaftar.",
        "tags": ("biaya",),
        "source": "UU 20/2016 Pasal 1, 3, 4, 14, 16, 17, 20, 21, 24, dan 35; halaman biaya merek DJKI (dgip.go.id)",
        "body": [
            faq(
                "Sebelum mendaftar",
                ("Nama saya sudah dipakai orang di kota lain. Bolehkah saya daftarkan?", "Merek dimiliki oleh yang lebih dulu mendaftar (Pasal 3). Permohonan yang mirip merek terdaftar dapat ditolak (Pasal 21). Cari dulu di pdki-indonesia.dgip.go.id."),
                ("Nama apa yang tidak dapat didaftarkan?", "Pasal 20 memuat daftarnya. Petugas dapat membacanya bersama Anda."),
                ("Apa saja isi permohonan?", "Tanggal, nama pemohon, warna, kelas dengan barang atau jasanya, label, bukti bayar, dan surat pernyataan pemilikan (Pasal 4)."),
            ),
            faq(
                "Setelah mendaftar",
                ("Kapan permohonan saya diumumkan?", "Paling lambat 15 hari setelah diterima, selama 2 bulan (Pasal 14). Hari berarti hari kerja (Pasal 1)."),
                ("Ada yang berkeberatan. Apa yang saya lakukan?", "Anda dapat menjawab dalam 2 bulan (Pasal 17)."),
                ("Permohonan saya akan ditolak. Masih bisakah saya menjawab?", "Bisa, dalam 30 hari kerja (Pasal 24)."),
                ("Berapa lama merek berlaku?", "10 tahun sejak tanggal penerimaan. Perpanjang mulai 6 bulan sebelum sampai 6 bulan sesudah berakhir (Pasal 35)."),
            ),
            faq(
                "Biaya lain",
                ("Berapa biaya mengajukan keberatan?", "Rp1.000.000, menurut halaman biaya merek DJKI. Banding Rp3.000.000."),
                ("Berapa biaya mengubah nama atau alamat pemilik?", "Rp300.000. Pengalihan hak Rp700.000."),
            ),
        ],
    },
    {
        "kind": "tanya-jawab", "category": "siinas", "days_ago": 10, "picture": "",
        "title": "Tanya jawab seputar SIINas", "slug": "tanya-jawab-siinas",
        "summary": "Siapa yang wajib melapor, siapa yang boleh melihat data Anda, dan apa bedanya dengan LKPM.",
        "tags": ("akun", "laporan triwulan"),
        "source": "UU 3/2014 Pasal 64, 69, dan 70; dpmptsp.pekalongankab.go.id tentang LKPM; akun menurut paparan Kemenperin",
        "body": [
            faq(
                "",
                ("Usaha saya kecil. Wajibkah melapor?", "Kewajiban berlaku bagi setiap perusahaan industri (UU 3/2014 Pasal 64). Tanyakan kepada petugas bila Anda ragu termasuk di dalamnya."),
                ("Siapa yang melihat data saya?", "Menteri, gubernur, dan wali kota menerimanya lewat SIINas. Pejabat dilarang menyebarkan data yang dapat merugikan perusahaan (Pasal 69 dan 70)."),
                ("Saya punya dua tempat pabrik. Cukupkah satu akun?", "Tidak. Menurut paparan Kemenperin, satu akun berlaku untuk satu tempat pabrik."),
                ("Saya sudah mengirim LKPM. Masih perlu SIINas?", "Ya. LKPM kewajiban lain, dengan batas tanggal 10 April, Juli, Oktober, dan Januari."),
            ),
            text('<p>Langkahnya ada di <a href="/info/cara-melapor-di-siinas/">panduan melapor di SIINas</a>.</p>'),
        ],
    },
    {
        "kind": "tanya-jawab", "category": "layanan", "days_ago": 8, "picture": "",
        "title": "Tanya jawab seputar KALINDRI", "slug": "tanya-jawab-kalindri",
        "summary": "Perlu akun? Bagaimana membaca jawabannya? Siapa yang melihat pertanyaan saya?",
        "tags": ("konsultasi", "data pribadi"),
        "source": "Cara kerja situs ini dan Kebijakan privasi",
        "body": [
            faq(
                "",
                ("Perlukah akun atau email?", "Tidak. Setelah mengirim, Anda mendapat nomor tiket dan PIN. Simpan keduanya."),
                ("Bagaimana membaca jawabannya?", 'Buka <a href="/kalindri/lacak/">Lacak tiket</a>, lalu masukkan nomor tiket dan PIN.'),
                ("Kapan dijawab?", "Batas jawaban tertulis pada bukti kirim. Pertanyaan yang masuk di luar jam layanan dihitung mulai jam layanan berikutnya."),
                ("Siapa yang melihat pertanyaan saya?", "Hanya petugas layanan itu."),
            ),
        ],
    },
    {
        "kind": "unduhan", "category": "merek", "days_ago": 5, "picture": "",
        "title": "Contoh berkas: daftar periksa pendaftaran merek", "slug": "daftar-periksa-merek",
        "summary": "Satu halaman untuk dicetak: centang berkas yang sudah siap sebelum Anda mendaftar.",
        "tags": ("UMK",),
        "source": "Daftar berkas menurut Okezone yang mengutip Kemenkumham",
        "file": ("Contoh berkas: daftar periksa pendaftaran merek", ["Daftar periksa pendaftaran merek", "untuk usaha mikro dan kecil"], DOCUMENTS),
        "body": [text("<p>Isinya sama dengan daftar di panduan merek:</p><ul>" + "".join(f"<li>{name}</li>" for name in DOCUMENTS) + "</ul>")],
    },
]  # fmt: skip
