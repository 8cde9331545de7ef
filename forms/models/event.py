"""Riwayat: what happened to a ticket, append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.enums import EventKind


class AppendOnly(TypeError):  # noqa: N818 - it names the rule that was broken
    """Somebody tried to change history."""


class SubmissionEvent(models.Model):
    """Who, when, what, from, to. Written by forms.services only; never changed, never deleted.

    `detail` holds nothing personal: it may outlive the answers.
    """

    submission = models.ForeignKey("forms.Submission", on_delete=models.PROTECT, related_name="events", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="ticket_events", db_index=False
    )
    actor_name = models.CharField(max_length=150)
    before = models.CharField(max_length=160, blank=True)
    after = models.CharField(max_length=160, blank=True)
    detail = models.TextField(blank=True)

    VISITOR = "Pemohon"
    SYSTEM = "Sistem"

    class Meta:
        verbose_name = "riwayat"
        verbose_name_plural = "riwayat"
        ordering = ["at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["submission", "at"], name="event_submission_at")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d %H:%M})"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise AppendOnly("An event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("An event is never deleted.")
