"""Owners keep their products up to date without an account: the only writer of gallery.models.update.

Promises:
- a link is used once, by whoever has it, until it expires; it is stored as a digest, so nobody can read it again;
- nothing an owner sends is public before an officer approves it, field by field;
- two presses are one update; an approval is of what the officer saw.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, log

from gallery import pictures
from gallery.models import Business, OwnerUpdate, Product, ProductChange, ProductPhoto
from gallery.models.business import BusinessQuerySet
from siptenan.accounts.models import User
from siptenan.common import phones
from siptenan.common.dates import format_date
from siptenan.common.encryption import lookup_digest, lookup_digests
from siptenan.common.models import SiteImage
from siptenan.common.photos import SanitisedPhoto

GOOD_FOR = dt.timedelta(days=14)  # a link
CONFIRMED_FOR_DAYS = 365  # after that a listing asks whether it still holds
PURPOSE = "gallery-update"  # of lookup digests
INVITED, APPROVED, REJECTED = "gallery.invite", "gallery.update_approved", "gallery.update_rejected"


class UnknownLink(LookupError):  # noqa: N818 - a refusal, not a fault
    """No update is behind that link, or it was used or has expired; which of them is not told."""


class AlreadyDecided(Exception):  # noqa: N818 - as above
    """Another officer was quicker."""


class HasDraft(Exception):  # noqa: N818 - as above
    """An officer is changing the product just now: publishing would carry his draft along. Its name is the text."""


@dataclass(frozen=True)
class Wanted:
    """What an owner says of one product; price in rupiah, None is “Hubungi penjual”."""

    price: int | None
    stock: str
    photo: SanitisedPhoto | None = None


def stale() -> BusinessQuerySet:
    """Public businesses with a product that nobody has confirmed for a year, the longest first."""
    limit = timezone.now() - dt.timedelta(days=CONFIRMED_FOR_DAYS)
    businesses = Business.objects.public().filter(products__live=True).annotate(oldest=Min("products__confirmed_at"))
    return businesses.filter(oldest__lt=limit).select_related("kelurahan", "record").order_by("oldest", "pk")


# --- The link -------------------------------------------------------------------------------------


@transaction.atomic
def invite(business: Business, *, by: User) -> tuple[OwnerUpdate, str]:
    """Make a link for the owner of a business and return it with its secret, which is nowhere else.

    Earlier links that were not used stop working.
    """
    OwnerUpdate.objects.open().filter(business=business).update(expires_at=timezone.now())
    secret = secrets.token_hex(16)
    update = OwnerUpdate.objects.create(
        business=business,
        link_digest=lookup_digest(PURPOSE, secret),
        created_by=by,
        expires_at=timezone.now() + GOOD_FOR,
    )
    log(instance=business, action=INVITED, user=by)
    return update, secret


def link(secret: str) -> str:
    """Return the address of an update."""
    return settings.BASE_URL + reverse("gallery-owner-update", args=[secret])


def whatsapp(update: OwnerUpdate, secret: str) -> str:
    """Return the wa.me link with which an officer sends it by hand; empty when the owner gave no number."""
    phone = update.business.record.phone if hasattr(update.business, "record") else ""
    until = format_date(timezone.localtime(update.expires_at).date())
    text = (
        f"Apakah data {update.business} di Gallery IKM masih benar? Periksa atau perbarui harga, foto, dan "
        f"ketersediaan di {link(secret)} (sampai {until}, sekali pakai)."
    )
    return phones.whatsapp_url(phone, text) if phone else ""


def opened_by(secret: str) -> OwnerUpdate:
    """Return what a link opens; raises UnknownLink."""
    found = (
        OwnerUpdate.objects.open().select_related("business").filter(link_digest__in=lookup_digests(PURPOSE, secret))
    )
    update = found.first()
    if update is None or not update.business.live:
        raise UnknownLink
    return update


# --- What the owner sends -------------------------------------------------------------------------


@transaction.atomic
def send(secret: str, wanted: Mapping[int, Wanted]) -> OwnerUpdate:
    """Store what an owner says of his products, by their keys; the link is used up. Raises UnknownLink."""
    update = opened_by(secret)
    update = OwnerUpdate.objects.select_for_update(of=("self",)).select_related("business").get(pk=update.pk)
    if update.sent_at is not None:
        raise UnknownLink
    for product in update.business.products.filter(pk__in=list(wanted), live=True):
        said = wanted[product.pk]
        change = ProductChange(
            update=update,
            product=product,
            price_before=product.price,
            price=said.price,
            stock_before=product.stock,
            stock=said.stock,
        )
        if said.photo:
            change.photo.save("foto.jpg", ContentFile(said.photo.content), save=False)
        change.save()
    update.sent_at = timezone.now()
    update.save(update_fields=["sent_at"])
    return update


# --- What an officer decides ----------------------------------------------------------------------


def _locked(update: OwnerUpdate) -> OwnerUpdate:
    locked = OwnerUpdate.objects.select_for_update(of=("self",)).select_related("business").get(pk=update.pk)
    if locked.sent_at is None or locked.decided_at is not None:
        raise AlreadyDecided(str(locked.pk))
    return locked


@transaction.atomic
def approve(update: OwnerUpdate, *, by: User) -> OwnerUpdate:
    """Publish what the owner sent. Raises AlreadyDecided or HasDraft; then nothing is changed."""
    update = _locked(update)
    changes = list(update.changes.select_related("product"))
    for change in changes:
        if change.product.has_unpublished_changes and change.product.live:
            raise HasDraft(change.product.name)
    for change in changes:
        _apply(change, by)
    return _decide(update, by, is_approved=True)


@transaction.atomic
def reject(update: OwnerUpdate, *, by: User) -> OwnerUpdate:
    """Leave the products as they are. Raises AlreadyDecided."""
    return _decide(_locked(update), by, is_approved=False)


def _apply(change: ProductChange, by: User) -> None:
    product = change.product
    product.price, product.stock, product.confirmed_at = change.price, change.stock, timezone.now()
    if change.photo:
        with change.photo.open("rb") as file:
            content = ContentFile(file.read(), name=pictures.unguessable("jpg"))
        image = SiteImage.objects.create(title=product.name, file=content, collection=pictures.collection())
        others = list(product.photos.all())
        product.photos = [ProductPhoto(image=image), *others]
        for order, photo in enumerate(product.photos.all()):
            photo.sort_order = order
    revision = product.save_revision(user=by, log_action=True)
    if product.live:
        revision.publish(user=by)


def _decide(update: OwnerUpdate, by: User, *, is_approved: bool) -> OwnerUpdate:
    update.decided_at, update.decided_by, update.is_approved = timezone.now(), by, is_approved
    update.save(update_fields=["decided_at", "decided_by", "is_approved"])
    names = [str(change.photo.name) for change in update.changes.all() if change.photo]
    update.changes.update(photo="")
    storage = ProductChange._meta.get_field("photo").storage
    transaction.on_commit(lambda: _delete(storage, names))
    log(instance=update.business, action=APPROVED if is_approved else REJECTED, user=by)
    return update


def _delete(storage, names: Iterable[str]) -> None:
    for name in names:
        storage.delete(name)


def products_of(update: OwnerUpdate) -> QuerySet[Product]:
    """The products that an owner is asked about."""
    return update.business.products.filter(live=True).select_related("unit").order_by("name", "pk")


def register_log_actions(actions: LogActionRegistry) -> None:
    """Wagtail hook `register_log_actions`."""
    actions.register_action(INVITED, "Tautan pemilik", "Tautan dibuat untuk pemilik")
    actions.register_action(APPROVED, "Setujui pembaruan", "Pembaruan dari pemilik disetujui")
    actions.register_action(REJECTED, "Tolak pembaruan", "Pembaruan dari pemilik ditolak")
