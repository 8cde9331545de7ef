"""Which picture belongs to which page when its address is shared; see siptenan.common.share_images."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page


class ShareImage(models.Model):
    """The picture of a page, and a digest of what it shows: another digest, another picture."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", verbose_name="halaman")
    digest = models.CharField("sidik isi", max_length=16)
    file = models.FileField("berkas", max_length=200)

    class Meta:
        default_permissions = ()
        verbose_name = "gambar berbagi"
        verbose_name_plural = "gambar berbagi"

    def __str__(self) -> str:
        return str(self.file)
