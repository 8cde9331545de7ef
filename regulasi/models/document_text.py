"""The text of PDFs, read in the background: see regulasi.extraction."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from regulasi.enums import TextState


class DocumentText(models.Model):
    """How reading the text of a document went. It belongs to the file whose `file_hash` it names, no other."""

    document = models.OneToOneField("common.SiteDocument", on_delete=models.CASCADE, related_name="text")
    state = models.CharField("keadaan", max_length=12, choices=TextState.choices, default=TextState.WAITING)
    file_hash = models.CharField(max_length=40, blank=True, help_text="SiteDocument.file_hash dari yang dibaca")
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField("halaman", null=True)
    pages_done = models.PositiveIntegerField("sudah dibaca", default=0)
    error = models.CharField("sebab gagal", max_length=255, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    started_at = models.DateTimeField("mulai dibaca", null=True)
    changed_at = models.DateTimeField("terakhir berubah", default=timezone.now)

    class Meta:
        default_permissions = ("view", "change")
        verbose_name = "teks dokumen"
        verbose_name_plural = "teks dokumen"
        indexes = [models.Index(fields=["state", "changed_at"], name="text_by_state")]

    def __str__(self) -> str:
        return f"Teks dokumen {self.document_id}"

    @property
    def is_under_way(self) -> bool:
        """Whether more will be known soon."""
        return self.state in (TextState.WAITING, TextState.RUNNING)


class DocumentPageText(models.Model):
    """The text of one page of a document. Pages without text have no row."""

    document = models.ForeignKey("common.SiteDocument", on_delete=models.CASCADE, related_name="page_texts")
    number = models.PositiveIntegerField(help_text="dari 1, seperti #page=n")
    text = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="page_text_once")]

    def __str__(self) -> str:
        return f"Dokumen {self.document_id}, halaman {self.number}"
