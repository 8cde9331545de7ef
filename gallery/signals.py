"""Leads what Wagtail publishes, hides and deletes to gallery.publishing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import published, unpublished

from gallery import owner_updates, publishing
from gallery.models import Business, Product, ProductChange, ProductPhoto
from siptenan.common.generation import bump
from siptenan.common.models import Commodity, Kelurahan, SiteImage, Unit


def connect() -> None:
    """Listen; called once by the app."""
    for signal in (published, unpublished):
        signal.connect(_product, sender=Product, dispatch_uid="gallery-product")
        signal.connect(_business, sender=Business, dispatch_uid="gallery-business")
    for model in (Business, Product):
        pre_delete.connect(_withdraw, sender=model, dispatch_uid=f"gallery-withdraw-{model.__name__}")
    post_delete.connect(_product_deleted, sender=Product, dispatch_uid="gallery-product-deleted")
    post_delete.connect(_business_deleted, sender=Business, dispatch_uid="gallery-business-deleted")
    post_delete.connect(_change_deleted, sender=ProductChange, dispatch_uid="gallery-change-deleted")
    post_save.connect(_image_saved, sender=SiteImage, dispatch_uid="gallery-image")
    pre_delete.connect(_image_deleted, sender=SiteImage, dispatch_uid="gallery-image-deleted")
    for table in (Commodity, Kelurahan, Unit):  # their names stand in the catalogue
        post_save.connect(bump, sender=table, dispatch_uid=f"generation-save-{table._meta.label}")


def _product(*, instance: Product, **kwargs: Any) -> None:
    publishing.refresh(
        Product.objects.filter(pk=instance.pk).select_related("business__kelurahan", "commodity", "unit")
    )


def _business(*, instance: Business, **kwargs: Any) -> None:
    publishing.business_changed(Business.objects.get(pk=instance.pk))


def _withdraw(*, instance: Business | Product, **kwargs: Any) -> None:
    publishing.to_be_deleted(instance)


def _product_deleted(*, instance: Product, **kwargs: Any) -> None:
    publishing.product_deleted(instance)


def _business_deleted(*, instance: Business, **kwargs: Any) -> None:
    publishing.business_deleted(instance)


def _change_deleted(*, instance: ProductChange, **kwargs: Any) -> None:
    owner_updates.change_deleted(instance)


def _image_deleted(*, instance: SiteImage, **kwargs: Any) -> None:
    publishing.image_deleted(instance)


def _image_saved(*, instance: SiteImage, created: bool, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """An editor changed an image of the library; who gives it another name (gallery.pictures) says so."""
    from gallery.tasks import show_changed_image

    used = not (created or raw or update_fields) and (
        ProductPhoto.objects.filter(image=instance).exists() or Business.objects.filter(image=instance).exists()
    )
    if used:
        transaction.on_commit(lambda: show_changed_image.enqueue(instance.pk), robust=True)
