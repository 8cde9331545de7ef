"""What is kept of a quarter: the public totals, and the figures of each business for SIINas."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class TotalsSnapshot(models.Model):
    """The public totals as they stood at the end of a quarter; only these are published (docs/adr/0017)."""

    as_of = models.DateField("keadaan per", unique=True)
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    # The rows of gallery.aggregates.Group, in their order.
    groups = models.JSONField()
    # Group -> the keys of the businesses whose workers its sum counts: what was told must be known to tell more safely.
    # Keys alone; they stay when a business is deleted, and then lead to nothing.
    counted = models.JSONField(default=dict)

    class Meta:
        ordering = ["-as_of"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d}"


class QuarterlyReport(models.Model):
    """The figures of one business at the end of a quarter, for its SIINas report and the difference to the next."""

    record = models.ForeignKey("gallery.BusinessRecord", on_delete=models.CASCADE, related_name="quarters")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    # By the keys of gallery.quarterly.FIGURES; what is not known is not in it.
    data = models.JSONField("angka", default=dict)
    made_at = models.DateTimeField("dicatat", default=timezone.now)

    class Meta:
        verbose_name = "laporan triwulan"
        verbose_name_plural = "laporan triwulan"
        ordering = ["year", "quarter", "record"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["record", "year", "quarter"], name="quarterly_report_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="quarterly_report_quarter"),
        ]
        indexes = [models.Index(fields=["year", "quarter"], name="quarterly_report_period")]

    def __str__(self) -> str:
        return f"{self.record} {self.year}/{self.quarter}"
