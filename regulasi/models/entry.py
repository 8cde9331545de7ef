"""What the public list, the search, the feeds and the files read: one row per regulation that was ever public.

Written by regulasi.entries only, right after a page is published or hidden; nothing in it is not public.
"""

from __future__ import annotations

from django.db import models


class RegulationEntryQuerySet(models.QuerySet):
    """Questions the list asks."""

    def listed(self) -> RegulationEntryQuerySet:
        """Those that are public now."""
        return self.filter(is_listed=True)


class RegulationEntry(models.Model):
    """A published regulation; a hidden one stays as an empty row, so that other processes learn of it.

    How it stands is not stored (regulasi.status derives it for a day), only what that is derived from.
    """

    page_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(db_index=True, help_text="nanodetik saat ditulis")
    is_listed = models.BooleanField(default=False)
    slug = models.CharField(max_length=255, blank=True)
    title = models.TextField(blank=True)
    name = models.CharField(max_length=160, blank=True, help_text="sebutan pendek: UU 20/2016")
    kind = models.CharField(max_length=40, blank=True, help_text="kode jenis")
    rank = models.PositiveSmallIntegerField(default=0, help_text="tingkat jenis")
    number = models.CharField(max_length=60, blank=True)
    number_order = models.BigIntegerField(default=0, help_text="angka pertama di nomor")
    year = models.PositiveSmallIntegerField(default=0)
    about = models.TextField(blank=True)
    initiator = models.CharField(max_length=60, blank=True, help_text="kode pemrakarsa")
    subjects = models.JSONField(default=list, help_text="kode subjek, menurut nama")
    summary = models.TextField(blank=True, help_text="satu kalimat untuk daftar dan umpan")
    # What the status is derived from: see regulasi.status.
    enacted_on = models.DateField(null=True)
    promulgated_on = models.DateField(null=True)
    effective_on = models.DateField(null=True, help_text="sudah dengan tanggal pengganti bila kosong")
    valid_until = models.DateField(null=True)
    valid_until_note = models.CharField(max_length=255, blank=True)
    effects = models.JSONField(default=list, help_text="pencabutan dan perubahan yang dialaminya")
    neighbours = models.JSONField(default=list, help_text="halaman regulasi yang berhubungan dengannya")
    # The rest of the record as it is shown, for open data: see entries.metadata.
    metadata = models.JSONField(default=dict)
    document_id = models.BigIntegerField(null=True, db_index=True)
    file_name = models.CharField(max_length=140, blank=True, help_text="dengan .pdf")
    file_size = models.PositiveBigIntegerField(null=True, help_text="bita")
    text = models.TextField(blank=True, help_text="kata-kata yang dicari, tanpa isi PDF")
    views = models.PositiveIntegerField(default=0, help_text="dibaca dalam 30 hari terakhir")
    listed_at = models.DateTimeField(null=True, help_text="pertama terbit")
    updated_at = models.DateTimeField(null=True, help_text="terakhir terbit")

    objects = RegulationEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name or f"regulasi {self.page_id}"


class DailyReading(models.Model):
    """How often a regulation was read and its file downloaded on one day; nobody is recognised."""

    regulation = models.ForeignKey("regulasi.RegulationPage", on_delete=models.CASCADE, related_name="readings")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["regulation", "day"], name="reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.day}"
