"""The private part of a business: its owner, and what it makes from what (UU 3/2014 art. 69-70; UU 27/2022).

No public view, template, feed or search reads these rows; tests/gallery/test_privacy.py holds that.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gallery.enums import Gender, MaterialKind
from siptenan.common.encryption import EncryptedTextField

NIK_PURPOSE = "nik"  # of lookup digests: finds the same NIK again


class BusinessRecord(models.Model):
    """Owner and production data of one business, as the industry register holds them."""

    business = models.OneToOneField("gallery.Business", on_delete=models.CASCADE, related_name="record")
    submission = models.OneToOneField(
        "forms.Submission",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gallery_record",
        verbose_name="tiket pendaftaran",
    )

    owner_name = models.CharField("nama pemilik", max_length=160, blank=True)
    nik = EncryptedTextField("NIK", blank=True, digest_field="nik_digest", purpose=NIK_PURPOSE)
    nik_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    gender = models.CharField("gender", max_length=1, choices=Gender.choices, blank=True)
    phone = models.CharField("WhatsApp pemilik", max_length=20, blank=True)
    address = models.CharField("alamat", max_length=255, blank=True)
    agrees_name = models.BooleanField("setuju nama tampil", default=False)
    agrees_whatsapp = models.BooleanField("setuju WhatsApp tampil", default=False)

    founded_year = models.PositiveSmallIntegerField("tahun berdiri", null=True, blank=True)
    initial_capital = models.PositiveBigIntegerField("modal awal (Rp)", null=True, blank=True)
    investment = models.PositiveBigIntegerField(
        "nilai investasi (Rp)", null=True, blank=True, help_text="Tanpa tanah dan bangunan."
    )
    workers_male = models.PositiveIntegerField("tenaga kerja laki-laki", null=True, blank=True)
    workers_female = models.PositiveIntegerField("tenaga kerja perempuan", null=True, blank=True)
    makes = models.CharField("produk yang dihasilkan", max_length=255, blank=True)
    monthly_revenue = models.PositiveBigIntegerField("pendapatan per bulan (Rp)", null=True, blank=True)
    capacity = models.DecimalField(
        "kapasitas produksi per bulan", max_digits=16, decimal_places=2, null=True, blank=True
    )
    capacity_unit = models.ForeignKey(
        "common.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="satuan"
    )
    nib = models.CharField("NIB", max_length=13, blank=True)
    # Answers that only SIINas asks for (Permenperin 13/2025), by the keys of gallery.siinas.
    siinas = models.JSONField("pelengkap SIINas", default=dict, blank=True)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "data industri"
        verbose_name_plural = "data industri"
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["phone"], condition=models.Q(phone__gt=""), name="record_phone"),
            models.Index(fields=["nib"], condition=models.Q(nib__gt=""), name="record_nib"),
        ]

    def __str__(self) -> str:
        return str(self.business)


class Material(models.Model):
    """A raw material, auxiliary material or fuel; value and quantity are per month."""

    record = models.ForeignKey(BusinessRecord, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField("jenis", max_length=8, choices=MaterialKind.choices)
    name = models.CharField("nama", max_length=120)
    value = models.PositiveBigIntegerField("nilai per bulan (Rp)", null=True, blank=True)
    quantity = models.DecimalField("jumlah per bulan", max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.ForeignKey(
        "common.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="satuan"
    )

    class Meta:
        verbose_name = "bahan"
        verbose_name_plural = "bahan"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Correction(models.Model):
    """What the owner changed of his registration, field by field. Encrypted answers are in it as their masked text."""

    submission = models.ForeignKey("forms.Submission", on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField("waktu", default=timezone.now)
    # [{"key", "label", "before", "after"}], as people read the answers
    changes = models.JSONField("perubahan")
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "perbaikan"
        verbose_name_plural = "perbaikan"
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.submission} {self.at:%Y-%m-%d %H:%M}"
