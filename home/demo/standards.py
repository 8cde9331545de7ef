"""Standar pelayanan of the demo: the fourteen components of UU 25/2009 article 21, and the maklumat of article 22.

An example in the office's place: what only the office can say is said to be its to say, not invented.
"""

from __future__ import annotations

import json

COMPONENTS = [
    (
        "Dasar hukum",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik; Undang-Undang Nomor 20 Tahun 2016 tentang Merek "
        "dan Indikasi Geografis; Undang-Undang Nomor 3 Tahun 2014 tentang Perindustrian.",
    ),
    ("Persyaratan", "Nama, nama usaha, alamat, dan pertanyaan. Nomor WhatsApp dan email tidak wajib."),
    (
        "Sistem, mekanisme, dan prosedur",
        "Isi formulir di KALINDRI, simpan nomor tiket dan PIN, baca jawaban di Lacak tiket.",
    ),
    (
        "Jangka waktu",
        "Konsultasi: 2 hari kerja. Gallery IKM: 5 hari kerja. Batas jawaban setiap tiket tertulis pada bukti kirim.",
    ),
    ("Biaya", "Gratis."),
    ("Produk pelayanan", "Jawaban tertulis atas pertanyaan Anda, atau produk Anda tampil di Gallery IKM."),
    ("Sarana", "Situs ini, telepon, email, dan loket kantor pada jam layanan."),
    ("Kompetensi pelaksana", "Petugas bidang perindustrian. Rinciannya ditetapkan dinas."),
    ("Pengawasan internal", "Setiap langkah atas tiket tercatat: siapa, kapan, dan apa. Kepala bidang memeriksanya."),
    ("Pengaduan", "Lewat halaman Contact, telepon, atau SP4N-LAPOR!. Setiap pengaduan mendapat nomor."),
    ("Jumlah pelaksana", "Ditetapkan dinas."),
    ("Jaminan pelayanan", "Bila batas jawaban terlewati, tiket naik ke urutan teratas kotak masuk petugas."),
    (
        "Jaminan keamanan",
        "Data Anda hanya dibaca petugas layanan itu, dan setiap kali dibuka dicatat. Lihat Kebijakan privasi.",
    ),
    ("Evaluasi", "Jumlah yang dijawab dan waktu kerja sampai dijawab dihitung dari semua tiket."),
]

BODY = json.dumps(
    [
        {
            "type": "callout",
            "value": {
                "level": "info",
                "title": "Naskah contoh",
                "text": "<p>Isi halaman ini menggambarkan cara kerja situs peragaan. Dinas menggantinya dengan standar "
                "pelayanan yang sudah ditetapkan.</p>",
            },
        },
        {
            "type": "table",
            "value": {
                "caption": "Komponen standar pelayanan",
                "table": {
                    "columns": [{"type": "text", "heading": "Komponen"}, {"type": "text", "heading": "Isi"}],
                    "rows": [{"values": list(row)} for row in COMPONENTS],
                    "caption": "",
                },
            },
        },
        {
            "type": "paragraph",
            "value": "<h2>Maklumat pelayanan</h2><p>Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan "
            "sesuai standar pelayanan yang telah ditetapkan. Apabila tidak menepatinya, kami siap menerima sanksi "
            "sesuai peraturan perundang-undangan.</p>",
        },
        {
            "type": "steps",
            "value": {
                "heading": "Pelayanan tidak sesuai?",
                "steps": [
                    {
                        "title": "Sampaikan kepada kami",
                        "text": '<p>Tulis lewat <a href="/contact/">halaman Contact</a> atau telepon pada jam layanan.</p>',
                    },
                    {"title": "Simpan nomor tiket Anda", "text": "<p>Dengan nomor dan PIN Anda dapat mengikuti prosesnya.</p>"},
                    {
                        "title": "Belum selesai?",
                        "text": '<p>Laporkan lewat <a href="https://www.lapor.go.id/">SP4N-LAPOR!</a></p>',
                    },
                ],
            },
        },
    ]
)  # fmt: skip
