"""Kinds and states of the Gallery IKM."""

from __future__ import annotations

from django.db import models


class Gender(models.TextChoices):
    """As on the identity card."""

    FEMALE = "P", "Perempuan"
    MALE = "L", "Laki-laki"


class CertificateKind(models.TextChoices):
    """What a buyer may look for."""

    TRADEMARK = "merek", "Merek terdaftar"
    HALAL = "halal", "Halal"
    PIRT = "pirt", "PIRT"
    SNI = "sni", "SNI"

    @property
    def legal_basis(self) -> str:
        """The short name of the law that it rests on; empty for the kinds that we know no number of."""
        return _LEGAL_BASIS.get(self, "")


_LEGAL_BASIS = {CertificateKind.TRADEMARK: "UU 20/2016", CertificateKind.HALAL: "UU 33/2014"}


class Stock(models.TextChoices):
    """Whether a buyer can have it now."""

    AVAILABLE = "tersedia", "Tersedia"
    TO_ORDER = "pesan", "Dibuat sesuai pesanan"
    SOLD_OUT = "habis", "Sedang habis"


class MaterialKind(models.TextChoices):
    """The three kinds of the registration form (user manual, 2.4)."""

    RAW = "baku", "Bahan baku"
    AUXILIARY = "penolong", "Bahan penolong"
    FUEL = "bakar", "Bahan bakar"


class ScaleClass(models.TextChoices):
    """Size of an industry (Permenperin 64/2016); investment is without land and building."""

    SMALL = "kecil", "Industri kecil"
    MEDIUM = "menengah", "Industri menengah"
    LARGE = "besar", "Industri besar"


class CheckItem(models.TextChoices):
    """What an officer looks at before a registration is published."""

    PHOTO = "foto", "Foto layak tampil"
    PRICE = "harga", "Harga masuk akal"
    NIK = "nik", "NIK sah dan bukan milik pendaftar lain"
    BUSINESS = "usaha", "Usaha benar ada"
    CONSENT = "persetujuan", "Persetujuan ada dan dipatuhi"
