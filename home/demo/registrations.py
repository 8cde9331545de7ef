"""Two invented registrations that wait in the officers' queue: a complete one, and one with the NIK of a known owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from home.demo.product_pictures import PictureSpec


@dataclass(frozen=True)
class RegistrationRow:
    """What an owner sent: answers by the keys of the Gallery form, as they were typed."""

    days_ago: int
    channel: str
    kelurahan: str  # code of Kemendagri
    nik: str
    capacity: tuple[int, str]  # a month, code of its unit
    answers: dict[str, Any]
    picture: PictureSpec


REGISTRATIONS = (
    RegistrationRow(
        days_ago=2, channel="ig", kelurahan="33.75.02.1010", nik="3375026010820000", capacity=(120, "lembar"),
        answers={
            "nama_lengkap": "Ibu Contoh Melur", "gender": "Perempuan", "nomor_wa_aktif": "+6281200000116",
            "alamat": "Gang Contoh Fajar No. 4, RT 03 RW 04",
            "nama_usaha": "Batik Contoh Fajar", "tahun_berdiri": "2020", "modal_awal": "15000000",
            "jumlah_tenaga_kerja_laki_laki": "1", "jumlah_tenaga_kerja_perempuan": "4",
            "produk_yang_dihasilkan": "kain batik cap, sarung batik", "pendapatan_bulan": "19000000",
            "nama_produk": "Sarung Batik Cap Jlamprang Merah", "harga": "145000",
            "deskripsi": "Sarung batik cap dari katun prima, 200 x 110 cm. Warna merah dan krem, tidak luntur. Cuci dengan air dingin.",
            "bahan_baku": "kain katun prima", "nilai_bahan_baku_bulan": "5200000",
            "bahan_penolong": "malam dan zat warna", "nilai_bahan_penolong_bulan": "1400000", "bahan_bakar": "gas elpiji",
            "tampilkan_nama_saya": True, "tampilkan_nomor_whatsapp_saya": True,
        },
        picture=PictureSpec("gantung", "jlamprang", "merah", 96),
    ),
    RegistrationRow(
        days_ago=1, channel="wa", kelurahan="33.75.01.1012", nik="3375016503900000", capacity=(600, "bungkus"),
        answers={
            "nama_lengkap": "Contoh Krisan", "gender": "Perempuan", "nomor_wa_aktif": "+6281200000112",
            "alamat": "Jl. Contoh Renyah 22",
            "nama_usaha": "Keripik Contoh Gurih", "tahun_berdiri": "2024",
            "jumlah_tenaga_kerja_laki_laki": "0", "jumlah_tenaga_kerja_perempuan": "3",
            "produk_yang_dihasilkan": "keripik singkong", "nama_produk": "Keripik Singkong Asin", "harga": "14000",
            "deskripsi": "Keripik singkong tipis, isi 200 gram.",
            "bahan_baku": "singkong", "bahan_bakar": "gas elpiji",
            "tampilkan_nomor_whatsapp_saya": True,
        },
        picture=PictureSpec("plastik", "keripik", "tosca", 97, label="Keripik Singkong"),
    ),
)  # fmt: skip
