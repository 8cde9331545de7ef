"""Reference tables: short lists of the office, without a word about people. First filled from `common/data/`."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

# Around the city: a point typed with a slip would make its map a dot in a sea.
SOUTH, NORTH, WEST, EAST = -7.1, -6.7, 109.5, 109.9


class Channel(models.Model):
    """Where a visitor came from (saluran); the code travels as `?ch=` through the public pages."""

    code = models.SlugField("kode", max_length=40, unique=True, help_text="Dipakai di tautan, misalnya ?ch=ig.")
    name = models.CharField("nama", max_length=80)

    # What a form stores when the visitor brought no code, or one that is not in the table.
    DEFAULT_CODE = "web"
    UNKNOWN_CODE = "lain"

    class Meta:
        ordering = ["name"]
        verbose_name = "saluran"
        verbose_name_plural = "saluran"

    def __str__(self) -> str:
        return self.name


class Kelurahan(models.Model):
    """One of the 27 kelurahan of Kota Pekalongan, by its Kemendagri code (never the BPS code)."""

    code = models.CharField("kode Kemendagri", max_length=13, unique=True)
    name = models.CharField("kelurahan", max_length=80)
    kecamatan = models.CharField("kecamatan", max_length=80)
    postcode = models.CharField("kode pos", max_length=5, blank=True)
    # The middle of it, for the map of the public totals; without one it is not on the map.
    latitude = models.DecimalField(
        "lintang", max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(SOUTH), MaxValueValidator(NORTH)], help_text="Titik tengah. Contoh: -6.88869",
    )  # fmt: skip
    longitude = models.DecimalField(
        "bujur", max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(WEST), MaxValueValidator(EAST)], help_text="Titik tengah. Contoh: 109.67601",
    )  # fmt: skip

    class Meta:
        ordering = ["kecamatan", "name"]
        verbose_name = "kelurahan"
        verbose_name_plural = "kelurahan"

    def __str__(self) -> str:
        return f"{self.name} ({self.kecamatan})"


class Unit(models.Model):
    """A unit of quantity (satuan); `factor` converts it to `base_unit`, empty where it varies by trade."""

    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=80)
    dimension = models.CharField("dimensi", max_length=40, blank=True)
    factor = models.DecimalField("faktor", max_digits=14, decimal_places=6, null=True, blank=True)
    base_unit = models.CharField("satuan dasar", max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "satuan"
        verbose_name_plural = "satuan"

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as it stands behind a price: "lembar" of "lembar/helai", "papan" of "papan (tempe)"."""
        return self.name.split("/")[0].split(" (")[0]


class Commodity(models.Model):
    """A kind of product (kelompok komoditas), and the industry it belongs to in both classifications of BPS.

    KBLI 2025 (Peraturan BPS 7/2025) replaced KBLI 2020; the pairs are ours, by title, for officers to check.
    """

    name = models.CharField("kelompok", max_length=80, unique=True)
    code = models.SlugField("kode", max_length=80, unique=True)
    examples = models.CharField("contoh produk", max_length=160, blank=True)
    kbli_2020 = models.CharField("KBLI 2020", max_length=5, blank=True)
    title_2020 = models.CharField("judul KBLI 2020", max_length=200, blank=True)
    kbli_2025 = models.CharField("KBLI 2025", max_length=5, blank=True)
    title_2025 = models.CharField("judul KBLI 2025", max_length=200, blank=True)
    units = models.CharField("satuan yang lazim", max_length=80, blank=True, help_text="Kode satuan, dipisah spasi.")

    class Meta:
        ordering = ["name"]
        verbose_name = "komoditas"
        verbose_name_plural = "komoditas"

    def __str__(self) -> str:
        return self.name
