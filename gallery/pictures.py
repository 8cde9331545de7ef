"""Pictures of products: private until an officer takes a registration up, made in all sizes when it is published.

Nothing here is made in a visitor's request: pages show the sizes that are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from PIL import Image
from wagtail.models import Collection, ReferenceIndex

from gallery.models import Business, FormerAddress, Product, ProductPhoto, ShownImage
from siptenan.common.image_forms import MAX_SIDE
from siptenan.common.models import SiteImage, SiteRendition
from siptenan.common.photos import sanitise_picture

COLLECTION = "Gallery IKM"
METADATA = {"exif", "xmp", "photoshop", "comment"}  # as Pillow calls them
# Best first; the last one is for browsers that know no other. Cloth is all detail, so cards take a lower quality.
FORMATS = ("avif", "webp", "jpeg")
CARD_QUALITY = {"avif": 45, "webp": 62, "jpeg": 62}
CARD_SIZES = dict.fromkeys(FORMATS, ("fill-400x300", "fill-640x480"))
# AVIF takes a second of a processor for the large size, while an officer waits.
PAGE_SIZES = {"avif": ("fill-800x600",), "webp": ("fill-800x600", "fill-1200x900"), "jpeg": ("fill-800x600",)}
THUMBNAIL = "fill-160x120|format-jpeg"
LARGE = "max-1600x1600|format-jpeg"  # as it is, to look at closely
SHARED = "fill-1200x630|format-jpeg"  # beside the address in WhatsApp and elsewhere


def _specs(sizes: Mapping[str, Sequence[str]], quality: Mapping[str, int] | None = None) -> dict[str, tuple[str, ...]]:
    """The filters of a picture by format."""
    return {
        form: tuple(f"{size}|format-{form}{f'|{form}quality-{quality[form]}' if quality else ''}" for size in of_format)
        for form, of_format in sizes.items()
    }


CARD_SPECS = _specs(CARD_SIZES, CARD_QUALITY)
PAGE_SPECS = _specs(PAGE_SIZES)
FIRST_ONLY = [*(spec for specs in CARD_SPECS.values() for spec in specs), SHARED]
OF_EVERY = [*(spec for specs in PAGE_SPECS.values() for spec in specs), THUMBNAIL, LARGE]

Made = Mapping[str, SiteRendition]
"""Sizes of one image by their filters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a <picture> needs."""

    url: str  # of the smallest JPEG
    width: int
    height: int
    sources: Sequence[tuple[str, str]]  # media type and srcset, best first; without JPEG
    srcset: str  # of the JPEG

    @classmethod
    def of_card(cls, card: Mapping[str, Any]) -> Picture | None:
        """Return what CatalogueEntry.picture describes; None without one."""
        if not card:
            return None
        srcsets = {form: ", ".join(f"{url} {width}w" for url, width in card["sources"][form]) for form in FORMATS}
        sources = [(f"image/{form}", srcsets[form]) for form in FORMATS[:-1]]
        return cls(card["url"], card["width"], card["height"], sources, srcsets["jpeg"])


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on the page of its product or business."""

    picture: Picture
    thumbnail_url: str
    large_url: str
    shared_url: str  # empty for all but the first
    shared_size: tuple[int, int]


def collection() -> Collection:
    """The collection of the media library that holds pictures of products."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def add_to_library(photo: ProductPhoto, title: str) -> None:
    """Make an image of the library from what the owner sent; one that is there already stays."""
    if photo.image_id or not photo.upload:
        return
    with photo.upload.file.open("rb") as file:
        content = ContentFile(file.read(), name=f"foto.{photo.upload.extension}")
    photo.image = SiteImage.objects.create(title=title, file=content, collection=collection())
    photo.save(update_fields=["image"])


# --- Making sizes ---------------------------------------------------------------------------------


def prepare(product: Product) -> dict[str, Any]:
    """Make all sizes of the pictures of a product and return what its card shows; nothing without a picture."""
    card: dict[str, Any] = {}
    for photo in product.photos.select_related("image"):
        if photo.image is None:
            continue
        _clean(photo.image)
        made = photo.image.get_renditions(*OF_EVERY, *([] if card else FIRST_ONLY))
        card = card or _described(CARD_SPECS, made)
    return card


def prepare_card(image: SiteImage) -> dict[str, Any]:
    """Make all sizes of an image of the library and return what a card shows of it."""
    _clean(image)
    return _described(CARD_SPECS, image.get_renditions(*OF_EVERY, *FIRST_ONLY))


def prepare_business(business: Business) -> None:
    """Make all sizes of the picture of a business."""
    if business.image:
        prepare_card(business.image)


def _clean(image: SiteImage) -> None:
    """Rewrite an image that tells where and with what it was taken: its JPEG sizes would tell it, too.

    The forms of visitors and of the CMS have done so already; this is for what came another way, as by an import.
    """
    with image.file.storage.open(image.file.name, "rb") as file:
        with Image.open(file) as opened:
            is_clean = not METADATA & set(opened.info)
        if is_clean:
            return
        file.seek(0)
        picture = sanitise_picture(file, max_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, max_side=MAX_SIDE)
    _store(image, ContentFile(picture.content), picture.extension, (picture.width, picture.height))


def _described(specs: Mapping[str, Sequence[str]], made: Made) -> dict[str, Any]:
    first = made[specs["jpeg"][0]]
    sources = {form: [(made[spec].url, made[spec].width) for spec in specs[form]] for form in FORMATS}
    return {"width": first.width, "height": first.height, "url": first.url, "sources": sources}


# --- Showing them ---------------------------------------------------------------------------------


def photos_of(product: Product, *, make: bool = False) -> list[Photo]:
    """Return the photos of a product whose sizes are there; with `make` they are made first, for previews only."""
    images = [photo.image for photo in product.photos.all() if photo.image]
    return [photo for image in images if (photo := photo_of(image, make=make))]


def photo_of(image: SiteImage, *, make: bool = False) -> Photo | None:
    """Return an image of the library as a photo; None while a size is missing."""
    if make:
        image.get_renditions(*OF_EVERY, *FIRST_ONLY)
    made = {rendition.filter_spec: rendition for rendition in sorted(image.renditions.all(), key=lambda row: row.pk)}
    if not set(OF_EVERY) <= set(made):
        return None
    shared = made.get(SHARED)
    picture = Picture.of_card(_described(PAGE_SPECS, made))
    if picture is None:
        return None
    return Photo(
        picture=picture,
        thumbnail_url=made[THUMBNAIL].url,
        large_url=made[LARGE].url,
        shared_url=shared.url if shared else "",
        shared_size=(shared.width, shared.height) if shared else (0, 0),
    )


# --- Taking them back -----------------------------------------------------------------------------


def note_shown(kind: FormerAddress.Kind, owner_id: int, image_pks: Iterable[int]) -> None:
    """Note which images a product or business shows to everybody from now on, before they are prepared.

    Those that it showed until now, and that nothing public shows any more, are withdrawn.
    """
    rows = ShownImage.objects.filter(kind=kind, owner_id=owner_id)
    before, now = set(rows.values_list("image_id", flat=True)), set(image_pks)
    if not before | now:
        return
    # Whoever publishes another one with the same image waits, or is waited for.
    images = SiteImage.objects.select_for_update().filter(pk__in=before | now).order_by("pk")
    locked = {image.pk: image for image in images}
    ShownImage.objects.bulk_create(ShownImage(kind=kind, owner_id=owner_id, image_id=pk) for pk in now - before)
    rows.exclude(image__in=now).delete()
    for pk in before - now:
        if not is_public(locked[pk]):
            _withdraw(locked[pk])


def is_public(image: SiteImage) -> bool:
    """Whether a public product or business shows an image, or anything else that is live, as a page of information.

    What knows no draft, as settings, is live.
    """
    return ShownImage.objects.filter(image=image).exists() or any(
        getattr(row, "live", True) for row in elsewhere(image)
    )


def elsewhere(image: SiteImage) -> Iterator[Model]:
    """What outside of the Gallery has an image in it, public or not."""
    own = ContentType.objects.get_for_models(Product, Business).values()
    references = ReferenceIndex.get_references_to(image).exclude(base_content_type__in=own)
    for type_pk, object_pk in references.values_list("base_content_type", "object_id").distinct():
        model = ContentType.objects.get_for_id(type_pk).model_class()
        if model and (row := model._default_manager.filter(pk=object_pk).first()):
            yield row


def _withdraw(image: SiteImage) -> None:
    """Take an image from the web: its file gets another name, and no size of it is left."""
    try:
        with image.file.storage.open(image.file.name, "rb") as file:
            content = ContentFile(file.read())
    except FileNotFoundError:  # a lost file must not keep anybody from hiding a product
        _delete_sizes(image)
        return
    _store(image, content, image.file.name.rpartition(".")[2], (image.width, image.height))


def _store(image: SiteImage, content: ContentFile, extension: str, size: tuple[int, int]) -> None:
    """Give an image another file. The old one is deleted when the database has taken the new one."""
    old_name, storage = image.file.name, image.file.storage
    image.file.save(f"foto.{extension}", content, save=False)
    image.width, image.height = size
    image.file_size, image.file_hash = None, ""
    image.save(update_fields=["file", "width", "height", "file_size", "file_hash"])
    _delete_sizes(image)
    transaction.on_commit(lambda: storage.delete(old_name), robust=True)


def _delete_sizes(image: SiteImage) -> None:
    """Delete all sizes of an image, their files with the commit: Wagtail would leave them to the worker."""
    names = [rendition.file.name for rendition in image.renditions.all()]
    storage = SiteRendition._meta.get_field("file").storage
    image.renditions.all().delete()

    def delete_files() -> None:
        for name in names:
            storage.delete(name)

    transaction.on_commit(delete_files, robust=True)
