"""Staff. Visitors have no account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of staff; the role is a group of `accounts.roles`."""

    assigned_forms = models.ManyToManyField(
        "wagtailcore.Page",
        blank=True,
        related_name="assigned_officers",
        limit_choices_to={"content_type__app_label": "forms"},
        verbose_name="formulir yang ditangani",
        help_text="Petugas hanya melihat tiket dari formulir ini.",
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self) -> str:
        return self.get_full_name() or self.username
