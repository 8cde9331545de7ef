"""What a business of the demo's Gallery IKM is made of. Every business and person is invented; all NIK have serial 0000."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from home.demo.product_pictures import PictureSpec


@dataclass(frozen=True)
class MaterialRow:
    """What is used in a month."""

    kind: Literal["baku", "penolong", "bakar"]
    name: str
    value: int | None = None  # rupiah a month
    quantity: int | None = None  # a month
    unit: str = ""  # code of a unit


@dataclass(frozen=True)
class CertificateRow:
    """A certificate with an invented number."""

    kind: Literal["merek", "halal", "pirt", "sni"]
    number: str
    years: int | None = None  # from now until it ends; None is for ever, 0 has just ended


@dataclass(frozen=True)
class ProductRow:
    """One entry of the catalogue."""

    name: str
    commodity: str  # name of a commodity (kelompok)
    price: int | None  # rupiah for one `unit`; None asks the seller
    unit: str
    description: str
    pictures: tuple[PictureSpec, ...]
    stock: Literal["tersedia", "pesan", "habis"] = "tersedia"


@dataclass(frozen=True)
class BusinessRow:
    """A business with its private part, its products and what it makes them from."""

    name: str
    kelurahan: str  # code of Kemendagri
    commodity: str
    story: str
    owner: str
    gender: Literal["P", "L"]
    nik: str
    phone: str  # E.164
    address: str
    founded: int
    capital: int  # rupiah at the start
    investment: int  # rupiah, without land and building
    workers_male: int
    workers_female: int
    revenue: int  # rupiah a month
    capacity: int  # `capacity_unit` a month
    capacity_unit: str
    makes: str
    materials: tuple[MaterialRow, ...]
    products: tuple[ProductRow, ...]
    certificates: tuple[CertificateRow, ...] = ()
    shows_name: bool = True
    shows_whatsapp: bool = True
