"""How a registration is checked: the marks of the checklist, and the task of the Wagtail workflow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask

from gallery.enums import CheckItem


class CheckMark(models.Model):
    """One item of the checklist, as the officer who looked last found it."""

    record = models.ForeignKey("gallery.BusinessRecord", on_delete=models.CASCADE, related_name="checks")
    item = models.CharField("butir", max_length=12, choices=CheckItem.choices)
    is_ok = models.BooleanField("sesuai", null=True)
    note = models.CharField("catatan", max_length=255, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "butir pemeriksaan"
        verbose_name_plural = "butir pemeriksaan"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record", "item"], name="check_once_per_record")]

    def __str__(self) -> str:
        return self.get_item_display()


class VerificationTask(AbstractGroupApprovalTask):
    """The step of the workflow "Verifikasi Gallery IKM" that those who may verify work on.

    Its own type, so that Wagtail sends no mail inside a visitor's request: tickets announce themselves.
    """

    class Meta:
        verbose_name = "pemeriksaan Gallery IKM"
        verbose_name_plural = "pemeriksaan Gallery IKM"

    @classmethod
    def get_description(cls) -> str:
        return "Petugas Gallery IKM memeriksa lalu menyetujui atau meminta perbaikan."
