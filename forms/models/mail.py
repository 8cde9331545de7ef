"""The outbox: mail that was promised in the same transaction as the change it tells of."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class MailKind(models.TextChoices):
    """What a mail tells; the text is in templates/forms/mail/<kind>.txt and holds no answer."""

    NEW_TICKET = "new_ticket", "Tiket baru (petugas)"
    RECEIPT = "receipt", "Bukti kirim (pemohon)"
    ANSWERED = "answered", "Ada balasan (pemohon)"
    ASSIGNED = "assigned", "Disposisi (petugas)"
    ADDED = "added", "Keterangan baru (petugas)"


class OutgoingMailQuerySet(models.QuerySet):
    """Where a mail stands."""

    def due(self, now=None) -> OutgoingMailQuerySet:
        """To be tried now."""
        return self.filter(sent_at=None, given_up_at=None, next_attempt_at__lte=now or timezone.now())

    def troubled(self) -> OutgoingMailQuerySet:
        """Tried at least once and not sent: staff should know."""
        return self.filter(sent_at=None, attempts__gt=0).exclude(last_error="")


class OutgoingMail(models.Model):
    """One mail to one address; rendered when it is sent, so that nothing personal waits here but the address."""

    kind = models.CharField("jenis", max_length=20, choices=MailKind.choices)
    submission = models.ForeignKey(
        "forms.Submission", on_delete=models.PROTECT, related_name="mails", verbose_name="tiket"
    )
    recipient = models.EmailField("kepada")
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    next_attempt_at = models.DateTimeField("dicoba lagi", default=timezone.now)
    sent_at = models.DateTimeField("terkirim", null=True)
    given_up_at = models.DateTimeField("dihentikan", null=True)
    last_error = models.CharField("kesalahan terakhir", max_length=200, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "surel keluar"
        verbose_name_plural = "surel keluar"
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(sent_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.submission}"
