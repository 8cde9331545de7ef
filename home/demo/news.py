"""News, announcements and events of the demo. News come from facts.md; what is invented calls itself an example."""

from __future__ import annotations

from typing import Any

from home.demo.blocks import callout, text

INVENTED = callout("info", "Ini contoh", "Acara, pengumuman, dan tempat di halaman ini dikarang untuk peragaan situs.")

NEWS: list[dict[str, Any]] = [
    {
        "kind": "berita", "category": "merek", "date": "2025-11-19", "picture": "",
        "title": "Tiga puluh IKM batik didampingi mendaftarkan merek", "slug": "tiga-puluh-ikm-batik-mendaftarkan-merek",
        "summary": "Menurut Radar Pekalongan, 30 IKM batik difasilitasi mendaftarkan mereknya sepanjang 2025.",
        "tags": ("batik",),
        "source": "radarpekalongan.id, 19 November 2025",
        "body": [text(
            "<p>Menurut Radar Pekalongan, 30 industri kecil dan menengah batik difasilitasi mendaftarkan merek pada 2025.</p>"
            "<p>Merek terdaftar dilindungi 10 tahun dan dapat diperpanjang (UU 20/2016 Pasal 35).</p>"
            '<p>Ingin mendaftar juga? Mulai dari <a href="/info/cara-mendaftarkan-merek/">panduan langkah demi langkah</a>.</p>'
        )],
    },
    {
        "kind": "berita", "category": "siinas", "days_ago": 12, "picture": "",
        "title": "Kode usaha batik di KBLI 2025", "slug": "kode-batik-kbli-2025",
        "summary": "Menurut data KBLI 2025 dari BPS, kode 13133 untuk batik tulis, cap, dan kombinasi.",
        "tags": ("batik", "KBLI"),
        "source": "Salinan data KBLI 2025 (BPS, 24 Desember 2025) di GitHub tiomultazem/kbli-2025",
        "body": [text(
            "<p>BPS menerbitkan Klasifikasi Baku Lapangan Usaha Indonesia (KBLI) 2025. Menurut salinan datanya, kode 13133 berlaku untuk "
            "batik dengan malam: tulis, cap, dan kombinasi. Kain cetak bermotif batik masuk kode lain.</p>"
            "<p>Periksa kode di NIB Anda sebelum melapor di SIINas.</p>"
        )],
    },
    {
        "kind": "berita", "category": "layanan", "days_ago": 15, "picture": "",
        "title": "Aturan pelaksana pelindungan data pribadi berlaku Januari 2027", "slug": "aturan-pelindungan-data-2027",
        "summary": "Menurut beberapa salinan, PP 33 Tahun 2026 mulai berlaku 16 Januari 2027. Hak Anda atas data sendiri sudah ada sekarang.",
        "tags": ("data pribadi",),
        "source": "UU 27/2022 Pasal 30 dan 32; PP 33/2026 menurut beberapa salinan, naskah resminya belum kami baca",
        "body": [text(
            "<p>Menurut beberapa salinan yang kami baca, aturan pelaksana UU 27/2022 adalah PP 33/2026. Aturan itu diundangkan 16 Juli 2026 "
            "dan mulai berlaku 16 Januari 2027.</p>"
            "<h2>Yang sudah berlaku</h2>"
            "<p>Anda boleh meminta data yang salah diperbaiki, dan meminta melihat data Anda. Pengelola data wajib melayani keduanya "
            "dalam 3 x 24 jam (UU 27/2022 Pasal 30 dan 32).</p>"
            '<p>Baca juga <a href="/privasi/">Kebijakan privasi</a> situs ini.</p>'
        )],
    },
    {
        "kind": "pengumuman", "category": "siinas", "days_ago": 7, "picture": "",
        "title": "Data SIINas dilaporkan setiap triwulan", "slug": "siinas-setiap-triwulan",
        "summary": "Menurut Kemenperin, sejak Permenperin 13/2025 data industri dilaporkan setiap triwulan, bukan setiap semester.",
        "tags": ("laporan triwulan",),
        "source": "Permenperin 13/2025; periode menurut paparan Pusdatin Kemenperin, April 2025",
        "body": [text(
            "<p>Menurut paparan Pusdatin Kementerian Perindustrian, data industri sekarang dilaporkan setiap triwulan.</p>"
            '<p>Baca <a href="/info/cara-melapor-di-siinas/">cara melapor di SIINas</a>, atau <a href="/kalindri/">tanyakan kepada petugas</a>.</p>'
        )],
    },
    {
        "kind": "pengumuman", "category": "layanan", "days_ago": 5, "valid_days": 30, "picture": "",
        "title": "Contoh pengumuman: pendaftaran klinik merek dibuka", "slug": "contoh-pendaftaran-klinik-merek",
        "summary": "Contoh pengumuman yang masih berlaku. Setelah tanggalnya lewat, tandanya berubah sendiri.",
        "tags": ("contoh", "konsultasi"), "source": "",
        "body": [text("<p>Pengumuman ini menunjukkan bagaimana masa berlaku tampil. Yang masih berlaku ada di atas daftar info.</p>"), INVENTED],
    },
    {
        "kind": "pengumuman", "category": "layanan", "days_ago": 45, "valid_days": -14, "picture": "",
        "title": "Contoh pengumuman: pameran produk ditutup lebih awal", "slug": "contoh-pameran-ditutup",
        "summary": "Contoh pengumuman yang sudah lewat. Tetap dapat dibaca, tetapi turun ke bawah daftar.",
        "tags": ("contoh",), "source": "",
        "body": [text("<p>Pengumuman ini menunjukkan tanda “Sudah lewat”.</p>"), INVENTED],
    },
]  # fmt: skip

# days: when it begins, counted from the day of loading; hours: from when on that day, and how long it takes.
EVENTS: list[dict[str, Any]] = [
    {
        "days": 9, "hours": (9, 3), "category": "merek",
        "title": "Contoh acara: klinik merek untuk pembatik", "slug": "contoh-klinik-merek",
        "summary": "Contoh agenda: bawa label merek Anda, petugas membantu mencari yang mirip.",
        "place": "Aula Contoh, Jl. Contoh No. 1", "organiser": "Penyelenggara Contoh", "registration_url": "https://example.org/daftar",
        "tags": ("contoh", "konsultasi"),
        "body": [text("<h2>Yang perlu dibawa</h2><ul><li>contoh label merek;</li><li>NIB;</li><li>KTP.</li></ul>"), INVENTED],
    },
    {
        "days": 24, "hours": (8, 32), "category": "siinas",
        "title": "Contoh acara: dua hari belajar melapor di SIINas", "slug": "contoh-belajar-siinas",
        "summary": "Contoh agenda dua hari: membuat akun pada hari pertama, mengisi laporan pada hari kedua.",
        "place": "Daring", "organiser": "Penyelenggara Contoh", "registration_url": "",
        "tags": ("contoh", "akun", "laporan triwulan"),
        "body": [text("<p>Siapkan NIB, NPWP, dan email yang tertulis di NIB.</p>"), INVENTED],
    },
    {
        "days": -20, "hours": (13, 2), "category": "gallery-ikm",
        "title": "Contoh acara: memotret produk dengan HP", "slug": "contoh-memotret-produk",
        "summary": "Contoh agenda yang sudah selesai. Halamannya tetap ada, dengan tanda.",
        "place": "Ruang Contoh, Jl. Contoh No. 2", "organiser": "Penyelenggara Contoh", "registration_url": "https://example.org/daftar",
        "tags": ("contoh", "foto produk"),
        "body": [text("<p>Cahaya dari jendela dan latar polos sudah cukup.</p>"), INVENTED],
    },
]  # fmt: skip
