"""What becomes public of businesses and products, and what is taken back: the only writer of the catalogue's rows.

Promises:
- a product has a listed CatalogueEntry exactly while it and its business are live;
- hiding, deleting or renaming takes effect in the request that does it: row, pictures and addresses together;
- a picture that nothing public shows any more (its product is hidden, or it was taken out) has another address
  afterwards, so that a link to it is dead.

Wagtail publishes in several places (editor, workflow, schedule); its signals lead here (gallery.apps).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from gallery import pictures
from gallery.models import Business, CatalogueEntry, FormerAddress, Product, ShownImage
from siptenan.common.generation import bump
from siptenan.common.models import SiteImage

SLUG_MAX = 160
RESERVED_SLUGS = frozenset({"data", "perbarui", "usaha"})  # routes of the catalogue page
FALLBACK_SLUG = "tanpa-nama"  # of a name without a letter or digit that an address can hold


def free_slug(model: type[Business] | type[Product], name: str, *, pk: int | None = None) -> str:
    """Return an address made from a name that no other row of the model has, nor ever had."""
    wanted = slugify(name)[:SLUG_MAX].strip("-") or FALLBACK_SLUG
    kind = FormerAddress.Kind.PRODUCT if model is Product else FormerAddress.Kind.BUSINESS
    rows = model._default_manager.filter(slug__startswith=wanted).exclude(pk=pk)
    former = FormerAddress.objects.filter(kind=kind, slug__startswith=wanted).exclude(target_id=pk or 0)
    taken = {*RESERVED_SLUGS, *rows.values_list("slug", flat=True), *former.values_list("slug", flat=True)}
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def check_slug(snippet: Business | Product) -> None:
    """Refuse an address that is a route of ours, or that another one had: its old links would lead here.

    Raises ValidationError for the field `slug`.
    """
    if not snippet.slug:
        return
    if snippet.slug in RESERVED_SLUGS:
        words = f"Alamat “{snippet.slug}” dipakai halaman lain di Gallery IKM. Pilih alamat lain."
        raise ValidationError({"slug": words})
    kind = FormerAddress.Kind.PRODUCT if isinstance(snippet, Product) else FormerAddress.Kind.BUSINESS
    others = FormerAddress.objects.filter(kind=kind, slug=snippet.slug).exclude(target_id=snippet.pk or 0)
    if others.exists():
        words = (
            f"Alamat ini pernah dipakai {kind.label.lower()} lain, dan tautan lamanya masih beredar. Pilih alamat lain."
        )
        raise ValidationError({"slug": words})


@transaction.atomic
def refresh(products: Iterable[Product]) -> None:
    """Let the catalogue show these products as they stand in the database now, or hide them."""
    for product in products:
        listed = product.live and product.business.live
        shown = product.photos.filter(image__isnull=False).values_list("image_id", flat=True) if listed else ()
        pictures.note_shown(FormerAddress.Kind.PRODUCT, product.pk, shown)
        if listed:
            picture = pictures.prepare(product)
            _remember(FormerAddress.Kind.PRODUCT, product.slug, product.pk)
            CatalogueEntry.objects.update_or_create(
                product_id=product.pk, defaults={**entry_values(product), "picture": picture}
            )
        else:
            _hide(product.pk)
    bump()


def for_entry(products: QuerySet[Product]) -> QuerySet[Product]:
    """The same products with all that `refresh` reads of them."""
    return products.select_related("business__kelurahan", "commodity", "unit").prefetch_related(
        "business__certificates"
    )


@transaction.atomic
def business_changed(business: Business) -> None:
    """A business was published, changed or hidden: its products follow."""
    shown = [business.image_id] if business.live and business.image_id else []
    pictures.note_shown(FormerAddress.Kind.BUSINESS, business.pk, shown)
    if business.live:
        _remember(FormerAddress.Kind.BUSINESS, business.slug, business.pk)
        pictures.prepare_business(business)
    refresh(for_entry(business.products.all()))


def image_changed(image: SiteImage) -> int:
    """An image of the library was cropped or replaced; return how many public products show it."""
    for business in Business.objects.public().filter(image=image):
        pictures.prepare_business(business)
    products = list(for_entry(Product.objects.public().filter(photos__image=image).distinct()))
    refresh(products)
    return len(products)


def image_deleted(image: SiteImage) -> None:
    """An image of the library is about to be deleted: when it is gone, what showed it is shown without it."""
    rows = ShownImage.objects.filter(image=image, kind=FormerAddress.Kind.PRODUCT)
    if pks := list(rows.values_list("owner_id", flat=True)):
        transaction.on_commit(lambda: refresh(for_entry(Product.objects.filter(pk__in=pks))))


def to_be_deleted(snippet: Business | Product) -> None:
    """A business or product is about to be deleted: its pictures are withdrawn while it is known what they are."""
    kind = FormerAddress.Kind.PRODUCT if isinstance(snippet, Product) else FormerAddress.Kind.BUSINESS
    pictures.note_shown(kind, snippet.pk, ())


@transaction.atomic
def product_deleted(product: Product) -> None:
    """A product is gone: its address answers 410 from now on."""
    _hide(product.pk)
    _forget(FormerAddress.Kind.PRODUCT, product.pk)
    bump()


@transaction.atomic
def business_deleted(business: Business) -> None:
    """A business is gone, as are its products."""
    _forget(FormerAddress.Kind.BUSINESS, business.pk)
    bump()


def entry_values(product: Product) -> dict[str, Any]:
    """Return what the catalogue's row of a listed product holds, but its picture."""
    business = product.business
    words = [product.name, business.name, product.description, str(business.kelurahan), business.contact_name]
    if product.commodity:
        words += [product.commodity.name, product.commodity.examples]
    return {
        "version": time.time_ns(),
        "is_listed": True,
        "business_id": business.pk,
        "slug": product.slug,
        "name": product.name,
        "business_slug": business.slug,
        "business_name": business.name,
        "commodity": product.commodity.code if product.commodity else "",
        "kelurahan": business.kelurahan.code,
        "certificates": last_days(business, "kind"),
        "certificate_numbers": last_days(business, "number"),
        "price": product.price or None,
        "unit": product.unit.code if product.unit else "",
        "stock": product.stock,
        "listed_at": product.first_published_at or product.created_at,
        "text": "\n".join(word for word in words if word),
    }


def last_days(business: Business, field: str) -> dict[str, str | None]:
    """Return how long a business has a certificate of each `kind` or `number`, the longest of several; None: no end."""
    found: dict[str, str | None] = {}
    for row in business.certificates.all():
        if not (key := getattr(row, field)):
            continue
        day = row.valid_until.isoformat() if row.valid_until else None
        known = found.get(key, "")
        found[key] = None if day is None or known is None else max(day, known)
    return found


def _hide(product_id: int) -> None:
    """Leave a row that says no more than that there is nothing."""
    row = CatalogueEntry(product_id=product_id, version=time.time_ns())
    fields = [field.name for field in CatalogueEntry._meta.concrete_fields if not field.primary_key]
    CatalogueEntry.objects.bulk_create([row], update_conflicts=True, unique_fields=["product_id"], update_fields=fields)


def _remember(kind: FormerAddress.Kind, slug: str, pk: int) -> None:
    FormerAddress.objects.update_or_create(kind=kind, slug=slug, defaults={"target_id": pk})


def _forget(kind: FormerAddress.Kind, pk: int) -> None:
    FormerAddress.objects.filter(kind=kind, target_id=pk).update(target_id=None)
