"""Leads what Wagtail publishes, hides and deletes to gallery.publishing."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from wagtail.signals import published, unpublished

from gallery import pictures, publishing
from gallery.models import Business, Product


def connect() -> None:
    """Listen; called once by the app."""
    for signal in (published, unpublished):
        signal.connect(_product, sender=Product, dispatch_uid="gallery-product")
        signal.connect(_business, sender=Business, dispatch_uid="gallery-business")
    pre_delete.connect(_withdraw, sender=Product, dispatch_uid="gallery-product-withdraw")
    post_delete.connect(_product_deleted, sender=Product, dispatch_uid="gallery-product-deleted")
    post_delete.connect(_business_deleted, sender=Business, dispatch_uid="gallery-business-deleted")


def _product(*, instance: Product, **kwargs: Any) -> None:
    publishing.refresh(
        Product.objects.filter(pk=instance.pk).select_related("business__kelurahan", "commodity", "unit")
    )


def _business(*, instance: Business, **kwargs: Any) -> None:
    publishing.business_changed(Business.objects.get(pk=instance.pk))


def _withdraw(*, instance: Product, **kwargs: Any) -> None:
    pictures.withdraw(instance)


def _product_deleted(*, instance: Product, **kwargs: Any) -> None:
    publishing.product_deleted(instance)


def _business_deleted(*, instance: Business, **kwargs: Any) -> None:
    publishing.business_deleted(instance)
