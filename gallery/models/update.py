"""What owners change of their products without an account, through a link that is used once."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.models.message import private_storage
from gallery.enums import Stock


class OwnerUpdateQuerySet(models.QuerySet):
    """Where an update stands."""

    def open(self) -> OwnerUpdateQuerySet:
        """The link has not been used, and still can be."""
        return self.filter(sent_at=None, expires_at__gt=timezone.now())

    def waiting(self) -> OwnerUpdateQuerySet:
        """The owner has sent something, and nobody has decided."""
        return self.filter(sent_at__isnull=False, decided_at=None)


class OwnerUpdate(models.Model):
    """One link given to one owner, what came through it, and what an officer decided."""

    business = models.ForeignKey("gallery.Business", on_delete=models.CASCADE, related_name="updates")
    link_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="dibuat oleh"
    )
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    expires_at = models.DateTimeField("berlaku sampai")
    sent_at = models.DateTimeField("dikirim pemilik", null=True)
    decided_at = models.DateTimeField("diputuskan", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_approved = models.BooleanField("disetujui", null=True)

    objects = OwnerUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = "pembaruan pemilik"
        verbose_name_plural = "pembaruan pemilik"
        ordering = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.business)


def photo_path(change: ProductChange, filename: str) -> str:
    """Return a name that cannot be guessed."""
    return f"pembaruan/{timezone.now():%Y-%m-%d}/{uuid.uuid4().hex}.jpg"


class ProductChange(models.Model):
    """One product as the owner says it is now, beside what it was when he said so."""

    update = models.ForeignKey(OwnerUpdate, on_delete=models.CASCADE, related_name="changes")
    product = models.ForeignKey("gallery.Product", on_delete=models.CASCADE, related_name="+")
    price_before = models.PositiveBigIntegerField(null=True)
    price = models.PositiveBigIntegerField("harga (Rp)", null=True)
    stock_before = models.CharField(max_length=10, choices=Stock.choices)
    stock = models.CharField("ketersediaan", max_length=10, choices=Stock.choices)
    photo = models.FileField(storage=private_storage, upload_to=photo_path, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["update", "product"], name="change_once_per_product")]

    def __str__(self) -> str:
        return str(self.product)

    @property
    def is_of_price(self) -> bool:
        """Whether the owner wants another price."""
        return self.price != self.price_before

    @property
    def is_of_stock(self) -> bool:
        """Whether the owner says that it is to be had otherwise."""
        return self.stock != self.stock_before

    @property
    def is_only_confirmed(self) -> bool:
        """Whether the owner says that all of it still holds."""
        return not (self.is_of_price or self.is_of_stock or self.photo)
