"""What is remembered of the feed for JDIHN from one look to the next."""

from __future__ import annotations

from django.db import models

ONLY = 1  # the key of the one row


class FeedState(models.Model):
    """When the feed was last fetched, by nobody knows whom, and which of its addresses did not answer. One row."""

    pulls = models.PositiveBigIntegerField("kali diambil", default=0)
    pulled_at = models.DateTimeField("terakhir diambil", null=True)
    links = models.PositiveIntegerField("tautan diperiksa", default=0)
    dead = models.JSONField("tautan mati", default=list, help_text="regulasi (id), judul, alamat, sebab")
    checked_at = models.DateTimeField("terakhir diperiksa", null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "Umpan JDIHN"
