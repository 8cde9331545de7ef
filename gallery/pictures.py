"""Pictures of products: private until an officer takes a registration up, made in all sizes when it is published."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection

from gallery.models import Business, Product, ProductPhoto
from siptenan.common.models import SiteImage

COLLECTION = "Gallery IKM"
FORMATS = ("avif", "webp", "jpeg")
CARD_SPECS = ("fill-400x300", "fill-800x600")
PAGE_SPECS = ("width-800", "width-1200")


def collection() -> Collection:
    """The collection of the media library that holds pictures of products."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def unguessable(extension: str) -> str:
    """Return a file name that nobody can guess."""
    return f"produk-{secrets.token_hex(16)}.{extension}"


def add_to_library(photo: ProductPhoto, title: str) -> None:
    """Make an image of the library from what the owner sent; one that is there already stays."""
    if photo.image_id or not photo.upload:
        return
    with photo.upload.file.open("rb") as file:
        content = ContentFile(file.read(), name=unguessable(photo.upload.extension))
    photo.image = SiteImage.objects.create(title=title, file=content, collection=collection())
    photo.save(update_fields=["image"])


def prepare(product: Product) -> dict[str, Any]:
    """Make all sizes of the pictures of a product and return what its card shows; nothing without a picture."""
    card: dict[str, Any] = {}
    for photo in product.photos.select_related("image"):
        if photo.image is None:
            continue
        specs = [f"{spec}|format-{form}" for spec in (*CARD_SPECS, *PAGE_SPECS) for form in FORMATS]
        made = photo.image.get_renditions(*specs)
        if not card:
            first = made[f"{CARD_SPECS[0]}|format-jpeg"]
            card = {"width": first.width, "height": first.height, "url": first.url}
            card["sources"] = {
                form: [(made[f"{spec}|format-{form}"].url, made[f"{spec}|format-{form}"].width) for spec in CARD_SPECS]
                for form in FORMATS
            }
    return card


def prepare_business(business: Business) -> None:
    """Make all sizes of the picture of a business."""
    if business.image:
        business.image.get_renditions(*[f"{spec}|format-{form}" for spec in PAGE_SPECS for form in FORMATS])


def withdraw(product: Product) -> None:
    """Take the pictures of a product from the web: their files get other names, and no size of them is left."""
    for photo in product.photos.select_related("image"):
        if photo.image:
            _rename(photo.image)


def withdraw_business(business: Business) -> None:
    """The same for the picture of a business."""
    if business.image:
        _rename(business.image)


def _rename(image: SiteImage) -> None:
    """Store the file under another name. The old one is deleted when the database has taken the new one."""
    old_name, storage = image.file.name, image.file.storage
    with storage.open(old_name, "rb") as file:
        content = ContentFile(file.read())
    image.file.save(unguessable(old_name.rpartition(".")[2]), content, save=False)
    image.save(update_fields=["file"])
    image.renditions.all().delete()  # their files follow them (wagtail.images.signal_handlers)
    transaction.on_commit(lambda: storage.delete(old_name))
