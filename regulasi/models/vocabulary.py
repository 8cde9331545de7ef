"""Reference tables of regulations, first filled from `regulasi/data/`. Nothing here is about people."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from regulasi.enums import Gazette

PLACEHOLDERS = ("pemrakarsa", "bidang", "singkatan")


def check_pattern(pattern: str) -> None:
    """Refuse a pattern with a placeholder that nobody fills."""
    for name in re.findall(r"\{([^}]*)\}?", pattern):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            raise ValidationError(f"“{{{name}}}” tidak dikenal. Yang dapat dipakai: {known}.", code="placeholder")


FILE_CODE = RegexValidator(r"^[a-z0-9]*$", "Hanya huruf kecil dan angka, tanpa spasi.")


class RegulationKind(models.Model):
    """Jenis peraturan, and how title, T.E.U., source and file name are made of it (Permenkumham 8/2019)."""

    name = models.CharField("jenis", max_length=80, unique=True, help_text="Tanpa nama instansi: Peraturan Menteri.")
    code = models.SlugField("kode", max_length=40, unique=True, help_text="Dipakai di alamat: ?jenis=permen.")
    abbreviation = models.CharField("singkatan", max_length=20, help_text="Huruf besar: PERMEN.")
    short_name = models.CharField(
        "sebutan pendek", max_length=60, validators=[check_pattern], help_text="Di kutipan: Permen{singkatan}."
    )
    title_pattern = models.CharField(
        "awal judul",
        max_length=120,
        validators=[check_pattern],
        help_text="{bidang} diganti nama kementerian tanpa kata “Kementerian”.",
    )
    teu_pattern = models.CharField(
        "T.E.U.", max_length=120, validators=[check_pattern], help_text="{pemrakarsa} diganti nama lengkapnya."
    )
    rank = models.PositiveSmallIntegerField("tingkat", help_text="1 paling tinggi. Menentukan urutan di daftar.")
    gazette = models.CharField("diundangkan di", max_length=2, choices=Gazette.choices, blank=True)
    region = models.CharField(
        "daerah",
        max_length=60,
        blank=True,
        help_text="Tempat berlakunya bila bukan seluruh Indonesia, misalnya KOTA PEKALONGAN.",
    )
    place = models.CharField("tempat penetapan", max_length=80, default="Jakarta")
    file_code = models.CharField("kode berkas", max_length=12, validators=[FILE_CODE])
    file_area = models.CharField("kode daerah berkas", max_length=12, blank=True, validators=[FILE_CODE])
    aliases = models.CharField(
        "sebutan lain", max_length=255, blank=True, help_text="Dipisah koma. Dikenali saat orang mencari."
    )

    class Meta:
        ordering = ["rank", "name"]
        verbose_name = "jenis peraturan"
        verbose_name_plural = "jenis peraturan"

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_initiator(self) -> bool:
        """Whether the title names who issued it: a ministry, an agency."""
        return "{" in self.title_pattern


class Initiator(models.Model):
    """Pemrakarsa: the ministry, agency or office that a regulation comes from."""

    name = models.CharField("pemrakarsa", max_length=160, unique=True)
    code = models.SlugField("kode", max_length=60, unique=True, help_text="Dipakai di alamat: ?pemrakarsa=kemenperin.")
    short = models.CharField("singkatan", max_length=40, blank=True, help_text="Seperti di Permenperin: perin.")
    aliases = models.CharField("sebutan lain", max_length=255, blank=True, help_text="Dipisah koma.")

    class Meta:
        ordering = ["name"]
        verbose_name = "pemrakarsa"
        verbose_name_plural = "pemrakarsa"

    def __str__(self) -> str:
        return self.name

    @property
    def portfolio(self) -> str:
        """What stands behind "Peraturan Menteri": the name of a ministry without that word."""
        return self.name.removeprefix("Kementerian ")


class LegalField(models.Model):
    """Bidang hukum."""

    name = models.CharField("bidang hukum", max_length=80, unique=True)
    code = models.SlugField("kode", max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "bidang hukum"
        verbose_name_plural = "bidang hukum"

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """Subjek: a controlled heading, in capitals."""

    name = models.CharField("subjek", max_length=120, unique=True, help_text="Ditulis dengan huruf besar.")
    code = models.SlugField("kode", max_length=80, unique=True, help_text="Dipakai di alamat: ?subjek=merek.")

    class Meta:
        ordering = ["name"]
        verbose_name = "subjek"
        verbose_name_plural = "subjek"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = self.name.upper()
        super().clean()
