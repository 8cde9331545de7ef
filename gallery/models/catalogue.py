"""What the public catalogue reads: one row per product that was ever public, with nothing in it that is not public.

Written by gallery.publishing only, in the transaction that publishes or hides. Each process keeps an index of these
rows in memory (gallery.catalogue) and reads what changed since, by `version`.
"""

from __future__ import annotations

from django.db import models


class CatalogueEntry(models.Model):
    """A product as lists, search and facets know it; a hidden one stays as an empty row, so that others learn of it."""

    product_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(db_index=True, help_text="nanodetik saat ditulis")
    is_listed = models.BooleanField(default=False)
    business_id = models.BigIntegerField(null=True, db_index=True)
    slug = models.CharField(max_length=180, blank=True)
    name = models.CharField(max_length=160, blank=True)
    business_slug = models.CharField(max_length=180, blank=True)
    business_name = models.CharField(max_length=160, blank=True)
    commodity = models.CharField(max_length=80, blank=True, help_text="kode komoditas")
    kelurahan = models.CharField(max_length=13, blank=True, help_text="kode Kemendagri")
    # {"halal": "2027-01-31"}: with its last day, to be left out the day after although nobody publishes anything
    certificates = models.JSONField(default=dict, help_text="jenis dan hari terakhir berlakunya, null: tanpa batas")
    certificate_numbers = models.JSONField(
        default=dict, help_text="nomor sertifikat dan hari terakhir berlakunya, null: tanpa batas"
    )
    price = models.PositiveBigIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True, help_text="kode satuan")
    stock = models.CharField(max_length=10, blank=True)
    listed_at = models.DateTimeField(null=True)
    views = models.PositiveIntegerField(default=0, help_text="30 hari terakhir")
    text = models.TextField(blank=True, help_text="kata-kata yang dicari")
    # What a card shows of the first photo: {"width", "height", "sources": {"avif": …}}, made on publishing.
    picture = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name or f"produk {self.product_id}"


class FormerAddress(models.Model):
    """An address that a product or business had, or has: renamed ones lead on, those of deleted ones are gone (410)."""

    class Kind(models.TextChoices):
        PRODUCT = "produk", "Produk"
        BUSINESS = "usaha", "Usaha"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    slug = models.SlugField(max_length=180)
    target_id = models.BigIntegerField(null=True, help_text="kosong: sudah dihapus")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_address_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class ShownImage(models.Model):
    """That a public product or business shows an image of the library: one that nobody shows any more is withdrawn."""

    image = models.ForeignKey("common.SiteImage", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=FormerAddress.Kind.choices)
    owner_id = models.BigIntegerField(help_text="kunci produk atau usaha")

    wagtail_reference_index_ignore = True  # editors are told of the product itself

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "owner_id", "image"], name="shown_image_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.owner_id}: {self.image_id}"


class DailyInterest(models.Model):
    """How often a product was looked at and its seller written to on one day; nobody is recognised."""

    product = models.ForeignKey("gallery.Product", on_delete=models.CASCADE, related_name="interest")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    whatsapp = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["product", "day"], name="interest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day}"
