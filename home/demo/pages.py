"""The pages of the demo site, as data: page types, titles, slugs and words."""

from __future__ import annotations

HOME = [
    (
        "hero",
        {
            "title": "Tanya soal merek dan SIINas, dijawab petugas.",
            "text": "Klinik industri kecil dan menengah Kota Pekalongan. Gratis, tanpa akun, dijawab pada jam kerja.",
            "button": "Mulai konsultasi",
        },
    ),
    ("services", {"heading": "Layanan KALINDRI"}),
    ("newest", {"heading": "Produk IKM terbaru", "kind": "produk"}),
    ("newest", {"heading": "Info terbaru", "kind": "info"}),
    ("newest", {"heading": "Regulasi terbaru", "kind": "regulasi"}),
    ("figures", {"heading": "Layanan dalam angka"}),
    ("address", {"heading": "Alamat kantor"}),
]

CONTACT_HELP = "Telepon (0285) 421731 pada jam kerja, atau datang ke Jl. Majapahit No 14."

PRIVACY = """
<p>Halaman ini menjelaskan data apa yang kami minta, untuk apa, dan hak Anda menurut Undang-Undang Nomor 27 Tahun 2022
tentang Pelindungan Data Pribadi.</p>
<h2>Data yang kami simpan</h2>
<p>Kami menyimpan isian formulir yang Anda kirim: nama, nama usaha, alamat, pertanyaan, dan bila Anda mengisinya, nomor
WhatsApp dan email. Halaman publik situs ini tidak memakai kuki pelacak dan tidak memuat apa pun dari pihak lain.</p>
<p>Bila Anda menekan “Simpan dan lanjutkan nanti”, isian yang belum dikirim kami simpan terenkripsi selama 3 hari, tanpa
NIK. Hanya kode yang tampil di layar Anda yang membukanya. Isian itu dihapus sesudah Anda mengirim formulir atau bila
waktunya lewat.</p>
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
