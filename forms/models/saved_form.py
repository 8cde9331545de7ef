"""A form that somebody has begun and goes on with later (docs/adr/0012). Changed by forms.saved_forms only."""

from __future__ import annotations

import datetime as dt
import json

from django.db import models
from django.utils import timezone

from siptenan.common.encryption import EncryptedTextField


class SavedFormQuerySet(models.QuerySet):
    """Which codes still open something."""

    def live(self, now: dt.datetime | None = None) -> SavedFormQuerySet:
        """Those whose time is not over."""
        return self.filter(expires_at__gt=now or timezone.now())

    def expired(self, now: dt.datetime | None = None) -> SavedFormQuerySet:
        """Those whose time is over."""
        return self.filter(expires_at__lte=now or timezone.now())


class SavedForm(models.Model):
    """What was typed into a form page, as it was typed, behind a code that is not stored."""

    page = models.ForeignKey("forms.FormPage", on_delete=models.CASCADE, related_name="+")
    code_digest = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(max_length=64, db_index=True, help_text="kunci formulir yang memegang berkasnya")
    answers = EncryptedTextField(help_text="JSON: nama isian, nilai-nilainya")
    step = models.CharField(max_length=64, blank=True, help_text="kunci bagian tempat pengisi berada")
    begun_at = models.DateTimeField(help_text="formulir pertama kali dibuka")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = SavedFormQuerySet.as_manager()

    class Meta:
        verbose_name = "isian tersimpan"
        verbose_name_plural = "isian tersimpan"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Isian tersimpan {self.pk}"

    @property
    def typed(self) -> dict[str, list[str]]:
        """Names and values as a browser sent them; raises siptenan.common.encryption.Unreadable."""
        return json.loads(self.answers)
