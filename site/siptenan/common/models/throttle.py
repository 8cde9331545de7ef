"""The counters behind siptenan.common.throttle."""

from __future__ import annotations

from django.db import models


class ThrottleCounter(models.Model):
    """How often one subject did one thing in one window of time; who it was cannot be read from the key."""

    key = models.CharField("kunci", max_length=64, help_text="HMAC dari lingkup dan subjek.")
    window_start = models.BigIntegerField("awal jendela", help_text="Detik sejak 1970 (UTC).")
    count = models.PositiveIntegerField("hitungan")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="common_throttle_key_window")]
        indexes = [models.Index(fields=["window_start"], name="common_throttle_window")]
        default_permissions = ()
        verbose_name = "hitungan pembatas"
        verbose_name_plural = "hitungan pembatas"

    def __str__(self) -> str:
        return f"{self.key[:8]} @ {self.window_start}: {self.count}"
