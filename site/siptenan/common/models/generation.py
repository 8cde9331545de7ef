"""A number that changes whenever published content, hours, holidays or the menu do."""

from __future__ import annotations

from django.db import models


class Generation(models.Model):
    """One row; see siptenan.common.generation."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)
