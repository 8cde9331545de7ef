"""Invented makers of food and drinks."""

from __future__ import annotations

from home.demo.businesses import BusinessRow, CertificateRow, MaterialRow, ProductRow
from home.demo.product_pictures import PictureSpec

FOOD = (
    BusinessRow(
        name="Hasil Laut Contoh Samudra", kelurahan="33.75.03.1004", commodity="Ikan asin/kering",
        story=(
            "Ikan kami beli pagi hari di tempat pelelangan, lalu dibelah dan digarami hari itu juga. "
            "Penjemuran memakai para-para bertutup jaring supaya bersih dari lalat. Pada musim hujan kami memakai oven gas. "
            "Terasi dan otak-otak dikerjakan dapur sebelah yang terpisah."
        ),
        owner="Ibu Contoh Matahari", gender="P", nik="3375034109740000", phone="+6281200000110",
        address="Jl. Contoh Samudra No. 40, RT 07 RW 03", founded=1999, capital=8_000_000, investment=145_000_000,
        workers_male=5, workers_female=9, revenue=87_000_000, capacity=1_100, capacity_unit="kg",
        makes="teri kering, ikan asin, terasi, otak-otak",
        materials=(
            MaterialRow("baku", "ikan segar", 46_000_000, 2_300, "kg"),
            MaterialRow("baku", "udang rebon", 5_200_000, 210, "kg"),
            MaterialRow("penolong", "garam", 1_500_000, 520, "kg"),
            MaterialRow("bakar", "gas elpiji", 690_000, 36, "kg"),
        ),
        certificates=(CertificateRow("halal", "ID-CONTOH-0110"), CertificateRow("pirt", "P-IRT-CONTOH-0110", 3)),
        products=(
            ProductRow(
                "Teri Nasi Kering", "Ikan asin/kering", 145_000, "kg",
                "Teri nasi kecil yang direbus sebentar lalu dijemur, rasanya tidak terlalu asin. Dijual mulai 250 gram. "
                "Simpan dalam wadah tertutup di kulkas, tahan dua bulan.",
                (PictureSpec("ikan", "teri", "krem", 57), PictureSpec("plastik", "teri", "indigo", 58, label="Teri Nasi")),
            ),
            ProductRow(
                "Ikan Layang Asin Belah", "Ikan asin/kering", 62_000, "kg",
                "Layang dibelah, digarami satu malam, lalu dijemur dua hari. Satu kilogram berisi 14 sampai 18 ekor. "
                "Rendam air hangat sepuluh menit sebelum digoreng bila suka yang tawar.",
                (PictureSpec("ikan", "asin", "krem", 60),),
            ),
            ProductRow(
                "Terasi Udang Rebon", "Terasi/fermentasi biota air", 24_000, "bungkus",
                "Terasi dari udang rebon dan garam, ditumbuk dan dijemur tiga kali, tanpa pewarna. Bungkus 250 gram. "
                "Bakar sebentar sebelum diulek agar harum. Tahan satu tahun di tempat kering.",
                (PictureSpec("terasi", "polos", "krem", 62),),
            ),
            ProductRow(
                "Otak-Otak Ikan Tenggiri Bakar", "Olahan ikan lumatan", 28_000, "pak",
                "Otak-otak tenggiri dalam daun pisang, dibakar lalu dibekukan. Satu pak berisi sepuluh. "
                "Panaskan di atas wajan tanpa minyak selama lima menit. Simpan dalam freezer, tahan satu bulan.",
                (PictureSpec("otak-otak", seed=63),),
            ),
        ),
    ),
    BusinessRow(
        name="Tempe Contoh Lestari", kelurahan="33.75.04.1004", commodity="Tempe",
        story=(
            "Kami memproduksi tempe dan tahu setiap malam supaya pagi pukul empat sudah sampai di pasar. "
            "Kedelai direbus dua kali dan dicuci dengan air sumur yang disaring. Ampas tahu diambil peternak, tidak ada yang dibuang ke sungai. "
            "Warung dapat berlangganan dan kami antar ke rumah."
        ),
        owner="Bapak Contoh Aster", gender="L", nik="3375040505780000", phone="+6281200000111",
        address="Gang Contoh Lestari No. 6, RT 01 RW 02", founded=2007, capital=7_000_000, investment=60_000_000,
        workers_male=4, workers_female=2, revenue=44_000_000, capacity=5_200, capacity_unit="papan",
        makes="tempe papan, tempe daun, tahu",
        materials=(
            MaterialRow("baku", "kedelai", 27_500_000, 2_500, "kg"),
            MaterialRow("penolong", "ragi tempe", 420_000, 9, "kg"),
            MaterialRow("bakar", "kayu bakar", 1_250_000, 2, "m3"),
        ),
        certificates=(CertificateRow("halal", "ID-CONTOH-0111"),),
        products=(
            ProductRow(
                "Tempe Papan Kedelai", "Tempe", 8_000, "papan",
                "Tempe kedelai padat tanpa campuran, satu papan sekitar 450 gram. Dibuat setiap hari dan dijual hari itu juga. "
                "Di suhu ruang enak sampai dua hari, di kulkas lima hari.",
                (PictureSpec("tempe", "polos", "krem", 64),),
            ),
            ProductRow(
                "Tempe Bungkus Daun Pisang", "Tempe", 6_000, "bungkus",
                "Tempe yang difermentasi di dalam daun pisang, satu bungkus berisi lima potong kecil. Baunya lebih harum dari tempe plastik. "
                "Cocok dikukus, digoreng, atau dijadikan mendoan.",
                (PictureSpec("tempe", "polos", "krem", 65),),
            ),
            ProductRow(
                "Tahu Putih", "Tahu", 9_000, "bungkus",
                "Tahu putih lembut tanpa pengawet, satu bungkus berisi sepuluh potong 4 x 4 cm. "
                "Rendam dalam air matang dan ganti setiap hari, tahan tiga hari di kulkas.",
                (PictureSpec("tahu", "polos", "krem", 68),),
            ),
        ),
    ),
    BusinessRow(
        name="Kerupuk Contoh Renyah", kelurahan="33.75.01.1012", commodity="Kerupuk, keripik, peyek",
        story=(
            "Kerupuk usek kami disangrai dengan pasir panas, bukan digoreng minyak. Pasirnya dicuci dan diganti setiap minggu. "
            "Rempeyek digoreng dalam jumlah kecil supaya tetap renyah. Kemasan baru dengan label kami pakai sejak mendapat PIRT."
        ),
        owner="Ibu Contoh Krisan", gender="P", nik="3375016503900000", phone="+6281200000112",
        address="Jl. Contoh Renyah No. 22, RT 04 RW 05", founded=2018, capital=6_000_000, investment=38_000_000,
        workers_male=1, workers_female=5, revenue=26_000_000, capacity=2_100, capacity_unit="bungkus",
        makes="kerupuk usek, rempeyek",
        materials=(
            MaterialRow("baku", "kerupuk mentah", 5_600_000, 400, "kg"),
            MaterialRow("baku", "tepung beras dan kacang", 4_100_000, 190, "kg"),
            MaterialRow("penolong", "minyak goreng", 2_300_000, 125, "l"),
            MaterialRow("bakar", "gas elpiji", 575_000, 30, "kg"),
        ),
        certificates=(
            CertificateRow("pirt", "P-IRT-CONTOH-0112", 4), CertificateRow("halal", "ID-CONTOH-0112"), CertificateRow("merek", "IDM-CONTOH-000112", 9),
        ),
        products=(
            ProductRow(
                "Kerupuk Usek", "Kerupuk, keripik, peyek", 12_000, "bungkus",
                "Kerupuk warna-warni yang disangrai dengan pasir, jadi tidak berminyak. Isi 250 gram. "
                "Enak dimakan dengan sambal atau kuah pecel. Tutup rapat sesudah dibuka.",
                (PictureSpec("plastik", "kerupuk", "merah", 72, label="Kerupuk Usek"), PictureSpec("isi", "kerupuk", "merah", 73)),
            ),
            ProductRow(
                "Rempeyek Kacang Tanah", "Kerupuk, keripik, peyek", 18_000, "bungkus",
                "Rempeyek tipis dengan kacang tanah utuh dan daun jeruk, isi 200 gram. Tanpa pengawet, tahan empat minggu. "
                "Dikirim dengan kardus tebal supaya tidak pecah.",
                (PictureSpec("plastik", "rempeyek", "hijau", 75, label="Rempeyek Kacang"),),
            ),
        ),
    ),
    BusinessRow(
        name="Kue Contoh Manis", kelurahan="33.75.02.1004", commodity="Roti dan kue kering",
        story=(
            "Dapur kami memanggang kue kering sepanjang tahun, bukan hanya menjelang Lebaran. Selai nanas kami masak sendiri tiga jam dengan kayu manis. "
            "Apem dikukus setiap pagi untuk pesanan selamatan. Takaran gula dapat dikurangi bila diminta."
        ),
        owner="Ibu Contoh Tulip", gender="P", nik="3375025212850000", phone="+6281200000113",
        address="Jl. Contoh Manis No. 5, RT 02 RW 01", founded=2014, capital=9_000_000, investment=55_000_000,
        workers_male=1, workers_female=6, revenue=31_000_000, capacity=450, capacity_unit="toples",
        makes="nastar, kastengel, apem",
        materials=(
            MaterialRow("baku", "tepung terigu", 2_700_000, 210, "kg"),
            MaterialRow("baku", "mentega dan keju", 8_400_000, 90, "kg"),
            MaterialRow("penolong", "toples dan label", 2_250_000, 450, "pcs"),
            MaterialRow("bakar", "gas elpiji", 460_000, 24, "kg"),
        ),
        certificates=(CertificateRow("pirt", "P-IRT-CONTOH-0113", 2), CertificateRow("halal", "ID-CONTOH-0113")),
        products=(
            ProductRow(
                "Nastar Nanas", "Roti dan kue kering", 88_000, "toples",
                "Nastar isi selai nanas buatan sendiri, satu toples 500 gram. Memakai mentega, telur, dan sedikit susu. "
                "Tahan tiga bulan bila toples selalu tertutup.",
                (PictureSpec("toples", "nastar", "merah", 78, label="Nastar Nanas"), PictureSpec("isi", "nastar", "merah", 79)),
            ),
            ProductRow(
                "Kastengel Keju", "Roti dan kue kering", 98_000, "toples",
                "Kue keju batang yang gurih, satu toples 450 gram. Dipanggang dua kali supaya renyah sampai ke dalam. "
                "Tersedia juga toples kecil 250 gram untuk hantaran.",
                (PictureSpec("toples", "kastengel", "tosca", 80, label="Kastengel Keju"),),
            ),
            ProductRow(
                "Apem Kukus Selamatan", "Kue basah", 2_500, "pcs",
                "Apem tepung beras dengan tape dan kelapa, dikukus di atas daun pisang. Pesan paling lambat sehari sebelumnya, mulai dua puluh buah. "
                "Dimakan hari itu juga.",
                (PictureSpec("kue", "polos", "krem", 81), PictureSpec("dus", "polos", "tosca", 89, label="Apem Selamatan")),
                stock="pesan",
            ),
        ),
    ),
    BusinessRow(
        name="Dapur Contoh Rempah", kelurahan="33.75.02.1004", commodity="Bumbu",
        story=(
            "Bumbu tauto dan megono kami masak menurut catatan nenek, hanya takarannya yang kami timbang ulang supaya sama setiap kali. "
            "Pembeli pertama kami perantau yang ingin membawa rasa rumah. Botol dikukus dahulu dan ditutup selagi panas."
        ),
        owner="Ibu Contoh Lavender", gender="P", nik="3375025906760000", phone="+6281200000114",
        address="Jl. Contoh Rempah No. 12, RT 03 RW 02", founded=2019, capital=11_000_000, investment=48_000_000,
        workers_male=2, workers_female=4, revenue=24_000_000, capacity=900, capacity_unit="botol",
        makes="bumbu tauto, bumbu megono, kecap manis",
        materials=(
            MaterialRow("baku", "tauco, cabai, dan rempah", 6_800_000, 260, "kg"),
            MaterialRow("baku", "gula jawa", 2_100_000, 110, "kg"),
            MaterialRow("penolong", "botol dan tutup", 2_900_000, 900, "botol"),
            MaterialRow("bakar", "gas elpiji", 345_000, 18, "kg"),
        ),
        certificates=(CertificateRow("halal", "ID-CONTOH-0114"), CertificateRow("pirt", "P-IRT-CONTOH-0114", 1)),
        products=(
            ProductRow(
                "Bumbu Tauto Siap Masak", "Bumbu", 28_000, "botol",
                "Bumbu tauto Pekalongan dari tauco, cabai, dan rempah, tinggal ditambah kaldu dan daging. Satu botol 250 gram untuk enam mangkuk. "
                "Tanpa pengawet; sesudah dibuka simpan di kulkas, tahan tiga minggu.",
                (PictureSpec("botol", "bumbu", "merah", 82, label="Bumbu Tauto"), PictureSpec("mangkuk", "tauto", seed=83)),
            ),
            ProductRow(
                "Bumbu Megono Kering", "Bumbu", 16_000, "pak",
                "Bumbu megono dengan kelapa sangrai dan kecombrang, satu pak 100 gram untuk setengah kilogram nangka muda. "
                "Taburkan saat mengukus. Tahan enam bulan di tempat kering.",
                (PictureSpec("kantong", "polos", "hijau", 84, label="Bumbu Megono"), PictureSpec("mangkuk", "megono", seed=86)),
            ),
            ProductRow(
                "Kecap Manis Kedelai Hitam", "Kecap", 27_000, "botol",
                "Kecap manis dari kedelai hitam dan gula jawa, difermentasi dua bulan lalu dimasak kental. Botol kaca 600 ml. "
                "Kocok sebelum dituang.",
                (PictureSpec("botol", "kecap", "hitam", 85, label="Kecap Manis"),),
            ),
        ),
        shows_name=False,
    ),
    BusinessRow(
        name="Kopi Contoh Pagi", kelurahan="33.75.02.1004", commodity="Kopi",
        story=(
            "Biji kopi kami dari kebun di lereng selatan, disangrai setiap Selasa dan Jumat. "
            "Campuran rempahnya jahe, kayu manis, serai, dan kapulaga. Jamu serbuk dan limun kami tambahkan karena pembeli sering bertanya. "
            "Kemasan dapat dikembalikan ke toko dan diisi ulang."
        ),
        owner="Bapak Contoh Kaktus", gender="L", nik="3375022304840000", phone="+6281200000115",
        address="Jl. Contoh Pagi No. 8, RT 01 RW 03", founded=2017, capital=14_000_000, investment=92_000_000,
        workers_male=4, workers_female=3, revenue=37_000_000, capacity=260, capacity_unit="kg",
        makes="kopi bubuk, jamu serbuk, limun",
        materials=(
            MaterialRow("baku", "biji kopi robusta", 15_600_000, 240, "kg"),
            MaterialRow("baku", "jahe, kunyit, dan rempah", 2_400_000, 80, "kg"),
            MaterialRow("penolong", "kantong kertas dan botol", 2_800_000),
            MaterialRow("bakar", "gas elpiji", 345_000, 18, "kg"),
        ),
        certificates=(
            CertificateRow("merek", "IDM-CONTOH-000115", 6), CertificateRow("halal", "ID-CONTOH-0115"), CertificateRow("pirt", "P-IRT-CONTOH-0115", 4),
        ),
        products=(
            ProductRow(
                "Kopi Rempah Bubuk", "Kopi", 38_000, "pak",
                "Kopi robusta bubuk dengan jahe, kayu manis, serai, dan kapulaga. Pak 200 gram, sangrai sedang. "
                "Seduh dua sendok dengan air mendidih, tambahkan gula jawa bila suka. Tahan enam bulan.",
                (PictureSpec("kantong", "polos", "sogan", 87, label="Kopi Rempah"), PictureSpec("kopi", seed=88)),
            ),
            ProductRow(
                "Jamu Serbuk Kunyit Asam", "Jamu", 25_000, "pak",
                "Serbuk kunyit asam dengan gula batu, pak 250 gram untuk sekitar lima belas gelas. "
                "Dikristalkan di wajan sampai kering, tanpa pewarna. Larutkan dua sendok dalam air hangat atau dingin.",
                (PictureSpec("kantong", "polos", "kuning", 92, label="Kunyit Asam"),),
            ),
            ProductRow(
                "Limun Jeruk Botol Kaca", "Minuman ringan", 11_000, "botol",
                "Limun rasa jeruk dalam botol kaca 300 ml, manisnya dari gula tebu. Botol dapat ditukar dengan potongan Rp 2.000. "
                "Minum dingin; simpan tegak di tempat teduh.",
                (PictureSpec("botol", "limun", "kuning", 94, label="Limun Jeruk"),),
                stock="habis",
            ),
        ),
    ),
)  # fmt: skip
