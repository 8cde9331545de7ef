"""Invented makers of batik and hand-woven cloth."""

from __future__ import annotations

from home.demo.businesses import BusinessRow, CertificateRow, MaterialRow, ProductRow
from home.demo.product_pictures import PictureSpec

BATIK = (
    BusinessRow(
        name="Batik Contoh Sekar", kelurahan="33.75.02.1004", commodity="Batik",
        story=(
            "Kami membuat batik tulis di rumah sejak 2004. Enam pembatik bekerja di ruang depan, dua orang mencelup di belakang. "
            "Satu lembar kain tulis halus selesai dalam dua sampai tiga bulan. Sisa pewarna kami tampung di bak pengendapan sebelum dibuang. "
            "Tamu boleh datang melihat dan mencoba canting, asal mengabari sehari sebelumnya."
        ),
        owner="Ibu Contoh Kamboja", gender="P", nik="3375024507720000", phone="+6281200000101",
        address="Gang Contoh Sekar No. 3, RT 02 RW 05", founded=2004, capital=25_000_000, investment=180_000_000,
        workers_male=2, workers_female=7, revenue=48_000_000, capacity=45, capacity_unit="lembar",
        makes="kain batik tulis, selendang, sarung batik",
        materials=(
            MaterialRow("baku", "kain primisima", 6_300_000, 180, "m"),
            MaterialRow("baku", "kain sutra", 4_200_000, 28, "m"),
            MaterialRow("penolong", "malam", 1_900_000, 45, "kg"),
            MaterialRow("penolong", "zat warna", 2_400_000, 12, "kg"),
            MaterialRow("bakar", "gas elpiji", 460_000, 24, "kg"),
        ),
        certificates=(CertificateRow("merek", "IDM-CONTOH-000101", 7),),
        products=(
            ProductRow(
                "Kain Batik Tulis Jlamprang Biru", "Batik", 1_450_000, "lembar",
                "Kain batik tulis motif jlamprang, motif geometris khas Pekalongan, di atas katun primisima. Ukuran 240 x 105 cm. "
                "Dicanting dua sisi dan dicelup warna sintetis tiga kali, dikerjakan sekitar sepuluh minggu. "
                "Cuci dengan tangan memakai lerak atau sampo, jemur di tempat teduh.",
                (PictureSpec("gantung", "jlamprang", "indigo", 1), PictureSpec("dekat", "jlamprang", "indigo", 2)),
            ),
            ProductRow(
                "Kain Batik Tulis Buketan Pagi", "Batik", 2_250_000, "lembar",
                "Buketan bunga dan kupu-kupu dengan latar titik halus, warna pastel pesisir. Katun primisima halus, 240 x 105 cm. "
                "Dicanting oleh dua pembatik selama tiga bulan. Setiap kain berbeda sedikit dari foto. "
                "Cuci dengan tangan tanpa deterjen dan setrika dari sisi dalam.",
                (PictureSpec("lipat", "buketan", "mint", 3), PictureSpec("dekat", "buketan", "mint", 4)),
                stock="pesan",
            ),
            ProductRow(
                "Selendang Sutra Tulis Sekar Jagad", "Batik", 975_000, "lembar",
                "Selendang sutra 200 x 50 cm dengan motif sekar jagad, setiap pulau berisi isen-isen yang berbeda. "
                "Kedua ujungnya dirumbai dengan tangan. Dicuci kering atau direndam sebentar dalam air sabun bayi, jangan diperas.",
                (PictureSpec("selendang", "sekar jagad", "merah", 5), PictureSpec("dekat", "sekar jagad", "merah", 6)),
            ),
            ProductRow(
                "Sarung Batik Tulis Buketan Indigo", "Batik", None, "lembar",
                "Sarung batik tulis dengan badan buketan dan tumpal di bagian kepala. Katun primisima, 210 x 105 cm. "
                "Dibuat bila ada pesanan, sekitar tiga bulan. Warna dan isi buketan dapat dibicarakan lebih dahulu, harga mengikuti kerumitannya.",
                (PictureSpec("lipat", "buketan", "indigo", 7, label="Batik Tulis"), PictureSpec("dekat", "buketan", "indigo", 13)),
                stock="pesan",
            ),
        ),
    ),
    BusinessRow(
        name="Batik Contoh Canting", kelurahan="33.75.03.1002", commodity="Batik",
        story=(
            "Bengkel batik cap ini dimulai ayah kami dengan tiga canting cap tembaga. Sekarang ada lebih dari dua ratus cap, sebagian dibuat sendiri. "
            "Kami mengerjakan pesanan kain seragam kantor dan sekolah mulai dua puluh lembar. Harga kami hitung dari jumlah warna."
        ),
        owner="Bapak Contoh Flamboyan", gender="L", nik="3375031203680000", phone="+6281200000102",
        address="Jl. Contoh Canting No. 18, RT 01 RW 04", founded=1996, capital=15_000_000, investment=320_000_000,
        workers_male=11, workers_female=5, revenue=96_000_000, capacity=900, capacity_unit="lembar",
        makes="kain batik cap, bahan seragam",
        materials=(
            MaterialRow("baku", "kain katun prima", 38_000_000, 2_000, "m"),
            MaterialRow("penolong", "malam cap", 7_500_000, 240, "kg"),
            MaterialRow("penolong", "zat warna remasol", 6_200_000, 40, "kg"),
            MaterialRow("bakar", "kayu bakar", 1_800_000, 3, "m3"),
        ),
        certificates=(CertificateRow("merek", "IDM-CONTOH-000102", 3), CertificateRow("sni", "SNI-CONTOH-0102", 2)),
        products=(
            ProductRow(
                "Kain Batik Cap Kawung Sogan", "Batik", 185_000, "lembar",
                "Kain batik cap motif kawung dengan warna sogan. Katun prima 200 x 115 cm, cukup untuk satu kemeja lengan pendek. "
                "Warna dikunci dua kali sehingga tidak mudah luntur. Cuci pertama pisahkan dari pakaian putih.",
                (PictureSpec("lipat", "kawung", "sogan", 8, label="Batik Cap"), PictureSpec("dekat", "kawung", "sogan", 9)),
            ),
            ProductRow(
                "Kain Batik Cap Parang Krem", "Batik", 175_000, "lembar",
                "Motif parang dengan barisan mlinjon, warna krem dan cokelat. Katun prima 200 x 115 cm. "
                "Dicap di kedua sisi lalu dilorod, bukan sablon. Tersedia banyak untuk seragam; harga lebih murah mulai satu kodi.",
                (PictureSpec("gantung", "parang", "krem", 10), PictureSpec("dekat", "parang", "krem", 11)),
            ),
            ProductRow(
                "Kain Batik Cap Tambal Merah", "Batik", 195_000, "lembar",
                "Motif tambal dari potongan segitiga, setiap bidang berisi pola lain. Katun prima 200 x 115 cm, tiga warna. "
                "Cocok untuk tunik dan rok. Jemur terbalik agar warna tahan lama.",
                (PictureSpec("tumpuk", "tambal", "merah", 12),),
            ),
        ),
    ),
    BusinessRow(
        name="Batik Contoh Pesisir", kelurahan="33.75.01.1008", commodity="Batik",
        story=(
            "Kami mengerjakan batik kombinasi: dicap lebih dahulu, lalu bunga dan isen-isennya dicanting. "
            "Cara ini membuat harganya terjangkau, tetapi garis tangannya tetap terlihat. "
            "Rob pernah dua kali masuk ke bengkel, sejak itu meja cap kami tinggikan. Sebagian besar kain dibeli penjual di Jakarta dan Surabaya."
        ),
        owner="Ibu Contoh Bugenvil", gender="P", nik="3375016110790000", phone="+6281200000103",
        address="Jl. Contoh Pesisir No. 7, RT 04 RW 02", founded=2011, capital=30_000_000, investment=210_000_000,
        workers_male=6, workers_female=6, revenue=62_000_000, capacity=320, capacity_unit="lembar",
        makes="kain batik kombinasi, sarung batik, syal",
        materials=(
            MaterialRow("baku", "kain katun primisima", 16_500_000, 750, "m"),
            MaterialRow("penolong", "malam", 3_400_000, 95, "kg"),
            MaterialRow("penolong", "zat warna", 3_100_000, 18, "kg"),
            MaterialRow("bakar", "gas elpiji", 920_000, 48, "kg"),
        ),
        products=(
            ProductRow(
                "Sarung Batik Kombinasi Buketan Kuning", "Batik", 345_000, "lembar",
                "Sarung batik kombinasi cap dan tulis, bunga besar di atas latar kuning lembut. Katun primisima 205 x 110 cm. "
                "Pengerjaan sekitar tiga minggu untuk satu kali proses. Rendam air garam sebelum cucian pertama.",
                (PictureSpec("gantung", "buketan", "kuning", 14), PictureSpec("dekat", "buketan", "kuning", 15)),
            ),
            ProductRow(
                "Bahan Kemeja Batik Kombinasi Jlamprang Tosca", "Batik", 295_000, "lembar",
                "Bahan kemeja 225 x 115 cm, cukup untuk lengan panjang. Jlamprang dicap, isen-isennya dicanting satu per satu. "
                "Warna tosca dengan aksen jingga. Setrika suhu sedang dari sisi dalam.",
                (PictureSpec("lipat", "jlamprang", "tosca", 16), PictureSpec("dekat", "jlamprang", "tosca", 17)),
            ),
            ProductRow(
                "Syal Batik Truntum Lila", "Batik", 125_000, "lembar",
                "Syal katun tipis 180 x 60 cm bermotif truntum, ringan untuk sehari-hari. Tepi berumbai pendek. "
                "Dapat dicuci dengan mesin dalam kantong cucian, air dingin.",
                (PictureSpec("selendang", "truntum", "lila", 18),),
                stock="habis",
            ),
        ),
        shows_name=False,
    ),
    BusinessRow(
        name="Tenun Contoh Alun", kelurahan="33.75.01.1002", commodity="Kain tenun ATBM",
        story=(
            "Delapan alat tenun bukan mesin kami berdiri di bekas gudang. Penenunnya tetangga sendiri, sebagian sudah menenun sejak muda. "
            "Benang katun dicelup di sini, sehingga warna dapat dipesan. Satu penenun menyelesaikan tiga sampai empat meter sehari."
        ),
        owner="Bapak Contoh Kemuning", gender="L", nik="3375010902750000", phone="+6281200000104",
        address="Jl. Contoh Tenun No. 25, RT 03 RW 07", founded=2001, capital=40_000_000, investment=265_000_000,
        workers_male=7, workers_female=8, revenue=71_000_000, capacity=620, capacity_unit="m",
        makes="kain tenun ATBM, lurik, sarung tenun, selendang",
        materials=(
            MaterialRow("baku", "benang katun", 21_000_000, 260, "kg"),
            MaterialRow("penolong", "zat warna benang", 2_600_000, 15, "kg"),
            MaterialRow("bakar", "listrik", 780_000, 520, "kWh"),
        ),
        certificates=(CertificateRow("merek", "IDM-CONTOH-000104", 9),),
        products=(
            ProductRow(
                "Lurik Tenun ATBM Hitam Merah", "Kain tenun ATBM", 95_000, "m",
                "Kain lurik tenun tangan, lebar 70 cm, dijual per meter dan dipotong sesuai permintaan. Benang katun 40/2 yang dicelup sebelum ditenun. "
                "Kain akan melunak sesudah beberapa kali cuci. Susut sekitar tiga persen, jadi rendam dahulu sebelum dijahit.",
                (PictureSpec("gulung", "lurik", "hitam", 19), PictureSpec("dekat", "lurik", "hitam", 20)),
            ),
            ProductRow(
                "Sarung Tenun ATBM Kotak Hijau", "Kain tenun ATBM", 285_000, "lembar",
                "Sarung tenun tangan bermotif kotak, katun mercerised 120 x 210 cm dan sudah dijahit. "
                "Ditenun dua hari untuk setiap lembar. Adem dipakai dan tidak licin. Cuci biasa tanpa pemutih.",
                (PictureSpec("tumpuk", "kotak", "hijau", 21), PictureSpec("dekat", "kotak", "hijau", 22)),
            ),
            ProductRow(
                "Selendang Tenun Belah Ketupat", "Kain tenun ATBM", 165_000, "lembar",
                "Selendang 200 x 55 cm dengan motif belah ketupat yang disungkit saat menenun. Kedua ujung dipilin menjadi rumbai. "
                "Tersedia warna tosca, merah, dan indigo. Simpan digulung agar motif tidak terlipat.",
                (PictureSpec("selendang", "belah ketupat", "tosca", 23), PictureSpec("dekat", "belah ketupat", "tosca", 24)),
            ),
        ),
    ),
)  # fmt: skip
