"""Invented makers of clothes, sandals, bags and woven things."""

from __future__ import annotations

from home.demo.businesses import BusinessRow, CertificateRow, MaterialRow, ProductRow
from home.demo.product_pictures import PictureSpec

CRAFTS = (
    BusinessRow(
        name="Konveksi Contoh Rapi", kelurahan="33.75.04.1004", commodity="Konveksi",
        story=(
            "Kami menjahit pakaian dari kain batik dan rayon Pekalongan. Dua belas mesin jahit bekerja di lantai atas, potong dan obras di bawah. "
            "Pola kami buat dalam lima ukuran, dari S sampai XXL. Pembeli grosir dapat memilih kain sendiri dan kami hitung ongkos jahitnya."
        ),
        owner="Ibu Contoh Tanjung", gender="P", nik="3375045808830000", phone="+6281200000105",
        address="Gang Contoh Jahit No. 11, RT 05 RW 01", founded=2013, capital=35_000_000, investment=240_000_000,
        workers_male=4, workers_female=15, revenue=118_000_000, capacity=2_400, capacity_unit="potong",
        makes="kemeja, daster, gamis, celana kulot",
        materials=(
            MaterialRow("baku", "kain rayon dan katun batik", 64_000_000, 4_300, "m"),
            MaterialRow("penolong", "benang, kancing, dan karet", 3_800_000),
            MaterialRow("bakar", "listrik", 1_450_000, 960, "kWh"),
        ),
        certificates=(CertificateRow("merek", "IDM-CONTOH-000105", 5),),
        products=(
            ProductRow(
                "Kemeja Batik Parang Lengan Pendek", "Konveksi", 165_000, "potong",
                "Kemeja pria lengan pendek dari katun batik cap motif parang. Ukuran S sampai XXL, lingkar dada 100 sampai 124 cm. "
                "Kantong dijahit menyambung dengan motif badan. Setrika suhu sedang, jangan diberi pemutih.",
                (PictureSpec("kemeja", "parang", "sogan", 26), PictureSpec("dekat", "parang", "sogan", 27)),
            ),
            ProductRow(
                "Kemeja Batik Jlamprang Lengan Panjang", "Konveksi", 215_000, "potong",
                "Kemeja lengan panjang berfuring tipis, katun batik cap motif jlamprang. Ukuran M sampai XXL. "
                "Manset dan kerah memakai kain keras agar tetap tegak. Cocok untuk acara dinas dan keluarga.",
                (PictureSpec("kemeja", "jlamprang", "indigo", 29),),
            ),
            ProductRow(
                "Daster Rayon Buketan", "Konveksi", 78_000, "potong",
                "Daster rayon yang jatuh dan dingin, bermotif bunga buketan. Lingkar dada 110 cm, panjang 105 cm, berkancing depan untuk ibu menyusui. "
                "Warna dapat turun sedikit pada cucian pertama, pisahkan dahulu.",
                (PictureSpec("daster", "buketan", "mawar", 30), PictureSpec("dekat", "buketan", "mawar", 31)),
            ),
            ProductRow(
                "Gamis Katun Truntum Ungu", "Konveksi", 245_000, "potong",
                "Gamis katun dengan motif truntum kecil dan lis jingga, lengan panjang berkaret. Panjang 138 cm, ukuran M, L, dan XL. "
                "Ada saku di sisi kanan. Cuci terpisah dan jemur terbalik.",
                (PictureSpec("gamis", "truntum", "lila", 32),),
            ),
            ProductRow(
                "Celana Kulot Batik Kawung", "Konveksi", 89_000, "potong",
                "Celana kulot rayon motif kawung, pinggang karet dengan tali. Satu ukuran untuk lingkar pinggang 65 sampai 100 cm, panjang 92 cm. "
                "Nyaman untuk di rumah maupun bepergian.",
                (PictureSpec("celana", "kawung", "indigo", 33),),
            ),
        ),
    ),
    BusinessRow(
        name="Busana Contoh Teduh", kelurahan="33.75.04.1004", commodity="Perlengkapan pakaian",
        story=(
            "Usaha ini dimulai dari pesanan mukena tetangga menjelang Lebaran 2016. Kini kami menjahit mukena, kerudung, dan peci sepanjang tahun. "
            "Kain polos kami beli, lis dan motifnya batik dari pembatik sekitar Jenggot. Pesanan hantaran dapat diberi nama dengan bordir."
        ),
        owner="Ibu Contoh Asoka", gender="P", nik="3375044402860000", phone="+6281200000106",
        address="Jl. Contoh Teduh No. 9, RT 02 RW 03", founded=2016, capital=12_000_000, investment=85_000_000,
        workers_male=1, workers_female=8, revenue=39_000_000, capacity=420, capacity_unit="potong",
        makes="mukena, kerudung, peci batik",
        materials=(
            MaterialRow("baku", "kain katun dan voal", 17_500_000, 900, "m"),
            MaterialRow("penolong", "benang dan renda", 1_600_000),
            MaterialRow("bakar", "listrik", 520_000, 340, "kWh"),
        ),
        products=(
            ProductRow(
                "Mukena Katun Lis Batik Buketan", "Perlengkapan pakaian", 285_000, "set",
                "Satu set mukena atasan dan bawahan dari katun halus, tepinya batik buketan warna lembut. Panjang atasan 118 cm, bawahan 112 cm. "
                "Sudah dengan tas serut dari kain yang sama. Cuci dengan tangan agar lis tidak berkerut.",
                (PictureSpec("mukena", "buketan", "mint", 34),),
            ),
            ProductRow(
                "Kerudung Segi Empat Sekar Jagad", "Perlengkapan pakaian", 65_000, "potong",
                "Kerudung voal 115 x 115 cm dengan cetakan motif sekar jagad, mudah dibentuk dan tidak tembus pandang. "
                "Tepi dijahit neci kecil. Setrika suhu rendah.",
                (PictureSpec("kerudung", "sekar jagad", "kuning", 37),),
            ),
            ProductRow(
                "Peci Batik Jlamprang", "Perlengkapan pakaian", 55_000, "potong",
                "Peci dari batik cap motif jlamprang dengan lapisan spon tipis, tinggi 9 cm. Nomor 5 sampai 10. "
                "Bersihkan dengan kain lembap, jangan direndam.",
                (PictureSpec("peci", "jlamprang", "hitam", 38), PictureSpec("dekat", "jlamprang", "hitam", 39)),
            ),
        ),
    ),
    BusinessRow(
        name="Sandal Contoh Melangkah", kelurahan="33.75.01.1004", commodity="Alas kaki",
        story=(
            "Kami memanfaatkan potongan kain batik dari konveksi menjadi tali sandal. Alasnya spon keras berlapis kulit sintetis yang dijahit pinggir. "
            "Mulai 2018 kami juga membuat selop untuk seragam rombongan manten. Sandal yang putus talinya dalam tiga bulan kami perbaiki tanpa biaya."
        ),
        owner="Bapak Contoh Soka", gender="L", nik="3375011706810000", phone="+6281200000107",
        address="Jl. Contoh Melangkah No. 14, RT 06 RW 02", founded=2009, capital=10_000_000, investment=70_000_000,
        workers_male=5, workers_female=3, revenue=33_000_000, capacity=640, capacity_unit="pasang",
        makes="sandal batik, selop",
        materials=(
            MaterialRow("baku", "spon dan kulit sintetis", 9_800_000),
            MaterialRow("baku", "kain batik", 2_700_000, 120, "m"),
            MaterialRow("penolong", "lem", 1_350_000, 36, "kg"),
            MaterialRow("bakar", "listrik", 310_000, 205, "kWh"),
        ),
        products=(
            ProductRow(
                "Sandal Jepit Batik Parang", "Alas kaki", 65_000, "pasang",
                "Sandal jepit dengan tali berlapis batik parang, alas spon setebal 2 cm. Nomor 36 sampai 43. "
                "Ringan dan tidak licin di lantai kering. Jangan dijemur langsung di bawah matahari.",
                (PictureSpec("sandal", "parang", "sogan", 40), PictureSpec("dekat", "parang", "hitam", 41)),
            ),
            ProductRow(
                "Selop Batik Jlamprang", "Alas kaki", 115_000, "pasang",
                "Selop tertutup di bagian jari, kain batik jlamprang di atas busa tipis. Nomor 36 sampai 42, hak 3 cm. "
                "Dapat dipesan dengan kain sendiri untuk rombongan, paling sedikit sepuluh pasang.",
                (PictureSpec("sandal", "jlamprang", "merah", 43),),
                stock="pesan",
            ),
        ),
    ),
    BusinessRow(
        name="Tas Contoh Simpul", kelurahan="33.75.01.1003", commodity="Tas dan dompet",
        story=(
            "Tas kami dijahit dari kanvas, kulit, dan batik sisa potongan yang masih lebar. Karena kainnya terbatas, satu corak biasanya hanya menjadi belasan tas. "
            "Pemilik usaha belajar memotong kulit di sebuah pelatihan dinas tahun 2015. Pesanan suvenir rapat kami kerjakan dalam dua minggu."
        ),
        owner="Ibu Contoh Wijaya", gender="P", nik="3375015301880000", phone="+6281200000108",
        address="Jl. Contoh Simpul No. 2, RT 01 RW 06", founded=2015, capital=18_000_000, investment=96_000_000,
        workers_male=3, workers_female=5, revenue=41_000_000, capacity=380, capacity_unit="pcs",
        makes="tas batik, dompet, suvenir",
        materials=(
            MaterialRow("baku", "kanvas dan kulit", 11_200_000, 210, "m"),
            MaterialRow("baku", "kain batik", 5_600_000, 160, "m"),
            MaterialRow("penolong", "ritsleting dan ring", 1_900_000),
            MaterialRow("bakar", "listrik", 290_000, 190, "kWh"),
        ),
        certificates=(CertificateRow("merek", "IDM-CONTOH-000108", 8),),
        products=(
            ProductRow(
                "Tas Bahu Batik Tambal", "Tas dan dompet", 185_000, "pcs",
                "Tas bahu 38 x 36 x 12 cm dari batik tambal dan kanvas, pegangan kulit. Ada dua kantong dalam dan satu kancing magnet. "
                "Muat laptop 13 inci. Bersihkan nodanya dengan sikat lembut dan air sabun.",
                (PictureSpec("tas", "tambal", "merah", 44), PictureSpec("dekat", "tambal", "merah", 45)),
            ),
            ProductRow(
                "Dompet Kain Batik Kawung", "Tas dan dompet", 45_000, "pcs",
                "Dompet serbaguna beritsleting, 22 x 13 cm, berlapis busa tipis di dalam. Batik kawung indigo; tersedia juga yang kecil untuk koin. "
                "Dapat dicuci dengan tangan.",
                (PictureSpec("dompet", "kawung", "indigo", 46),),
            ),
        ),
    ),
    BusinessRow(
        name="Anyaman Contoh Rawa", kelurahan="33.75.03.1007", commodity="Kerajinan enceng gondok dan anyaman",
        story=(
            "Enceng gondok kami ambil dari saluran dan rawa di sekitar Degayu, lalu dijemur lima sampai tujuh hari. "
            "Ibu-ibu menganyam di rumah masing-masing dan menyetor dua kali seminggu. Rangka kursi dan canting dikerjakan tukang kayu di bengkel. "
            "Semua barang diberi pelapis berbahan dasar air supaya tidak berjamur."
        ),
        owner="Bapak Contoh Alamanda", gender="L", nik="3375032811700000", phone="+6281200000109",
        address="Jl. Contoh Rawa No. 31, RT 03 RW 08", founded=2012, capital=20_000_000, investment=110_000_000,
        workers_male=6, workers_female=12, revenue=52_000_000, capacity=700, capacity_unit="pcs",
        makes="keranjang, alas makan, kotak, kursi, canting kayu",
        materials=(
            MaterialRow("baku", "enceng gondok kering", 5_400_000, 900, "kg"),
            MaterialRow("baku", "kayu jati", 6_900_000, 1_000, "l"),
            MaterialRow("penolong", "pelapis dan lem", 1_700_000, 40, "l"),
        ),
        certificates=(CertificateRow("merek", "IDM-CONTOH-000109", 0),),
        products=(
            ProductRow(
                "Keranjang Piknik Enceng Gondok", "Kerajinan enceng gondok dan anyaman", 135_000, "pcs",
                "Keranjang bundar bergagang, garis tengah 38 cm dan tinggi 28 cm, dengan kain penutup. Anyaman rapat di atas rangka rotan. "
                "Kuat untuk beban lima kilogram. Lap dengan kain kering dan angin-anginkan bila lembap.",
                (PictureSpec("keranjang", "kotak", "eceng", 48), PictureSpec("dekat", "anyaman", "eceng", 49)),
            ),
            ProductRow(
                "Alas Piring Anyaman Bundar", "Kerajinan enceng gondok dan anyaman", 96_000, "set",
                "Satu set berisi empat alas piring, garis tengah 34 cm. Dianyam melingkar lalu ditekan rata. "
                "Tahan panas piring biasa, bukan panci. Simpan mendatar.",
                (PictureSpec("alas", "anyaman", "eceng", 51),),
            ),
            ProductRow(
                "Kotak Simpan Anyaman Bertutup", "Kerajinan enceng gondok dan anyaman", 225_000, "set",
                "Dua kotak bertutup, 40 x 30 x 22 cm dan 28 x 22 x 16 cm, yang kecil masuk ke dalam yang besar. "
                "Bagian dalam dilapisi kain blacu. Untuk pakaian, mainan, atau hantaran.",
                (PictureSpec("kotak", "anyaman", "eceng", 52),),
            ),
            ProductRow(
                "Kursi Teras Jati Anyaman", "Furnitur kayu", None, "unit",
                "Kursi teras dari jati dengan dudukan dan sandaran anyaman enceng gondok. Lebar 62 cm, tinggi dudukan 43 cm. "
                "Dibuat sesuai pesanan selama empat minggu. Harga tergantung jumlah dan ongkos kirim, silakan tanya dahulu.",
                (PictureSpec("kursi", "kayu", "jati", 53), PictureSpec("dekat", "anyaman", "jati", 54)),
                stock="pesan",
            ),
            ProductRow(
                "Canting Kayu Gagang Jati", "Kerajinan kayu", 18_000, "pcs",
                "Canting tulis dengan gagang jati dan nyamplung tembaga, panjang 17 cm. Tersedia cucuk ukuran klowong, isen, dan tembok. "
                "Sesudah dipakai, sedot sisa malam selagi hangat.",
                (PictureSpec("canting", "kawung", "jati", 56),),
            ),
        ),
    ),
)  # fmt: skip
