"""Owners keep their products up to date without an account: the only writer of gallery.models.update.

Promises:
- a link is used once, by whoever has it, until it expires; it is stored as a digest, so nobody can read it again;
- nothing an owner sends is public before an officer approves it, field by field;
- two presses are one update; an approval is of what the officer saw, and changes no more than the owner did.
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

from gallery import drafts, locks, pictures
from gallery.models import Business, OwnerUpdate, Product, ProductChange, ProductPhoto
from gallery.models.business import BusinessQuerySet
from gallery.models.product import PHOTOS_MAX
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


class Moved(Exception):  # noqa: N818 - as above
    """What is in the Gallery now is not what the officer (or the owner) saw. The names of the products are the text."""


class HasDraft(Exception):  # noqa: N818 - as above
    """An officer is changing the product just now: publishing would carry his draft along. Its name is the text."""


@dataclass(frozen=True)
class Wanted:
    """What an owner says of one product, and what he saw of it; price in rupiah, None is “Hubungi penjual”."""

    price: int | None
    stock: str
    price_before: int | None
    stock_before: str
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
            price_before=said.price_before,
            price=said.price,
            stock_before=said.stock_before,
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


@dataclass(frozen=True)
class Standing:
    """What a product is in the Gallery, as far as an owner wants it changed; None is what he leaves as it is."""

    price: int | None = None
    stock: str | None = None
    image: int | None = None  # key of the first photo

    @property
    def text(self) -> str:
        """The same for a form, to be sent back with the decision."""
        return "|".join("" if value is None else str(value) for value in (self.price, self.stock, self.image))


def standing(change: ProductChange) -> Standing:
    """Return how its product stands now, in what the owner changed."""
    photo = change.product.photos.first() if change.photo else None
    return Standing(
        (change.product.price or None) if change.is_of_price else None,
        change.product.stock if change.is_of_stock else None,
        photo.image_id if photo else None,
    )


def has_moved(change: ProductChange) -> bool:
    """Whether a value that the owner changed is another now than the one he saw."""
    product = change.product
    return (change.is_of_price and (product.price or None) != change.price_before) or (
        change.is_of_stock and product.stock != change.stock_before
    )


@transaction.atomic
def approve(update: OwnerUpdate, *, by: User, seen: Mapping[int, str] | None = None) -> OwnerUpdate:
    """Publish what the owner changed. Raises AlreadyDecided, Moved, HasDraft or Locked; then nothing is changed.

    `seen` are the texts of `standing` that the officer had before his eyes, by change; without them he is taken to
    have seen what the owner saw.
    """
    update = _locked(update)
    changes = list(update.changes.select_related("product"))
    pks = [change.product_id for change in changes]
    products = {row.pk: row for row in Product.objects.select_for_update(of=("self",)).filter(pk__in=pks)}
    moved = []
    for change in changes:
        change.product = products[change.product_id]
        if change.product.has_unpublished_changes and change.product.live:
            raise HasDraft(change.product.name)
        known = seen.get(change.pk) if seen else None
        if has_moved(change) if known is None else standing(change).text != known:
            moved.append(change.product.name)
    if moved:
        raise Moved(", ".join(moved))
    for change in changes:
        _apply(change, by)
    return _decide(update, by, is_approved=True)


@transaction.atomic
def reject(update: OwnerUpdate, *, by: User) -> OwnerUpdate:
    """Leave the products as they are. Raises AlreadyDecided."""
    return _decide(_locked(update), by, is_approved=False)


def _apply(change: ProductChange, by: User) -> None:
    """Change only what the owner did: he has said nothing of the rest, which may be another by now."""
    product = drafts.draft_of(change.product)
    if change.is_of_price:
        product.price = change.price
    if change.is_of_stock:
        product.stock = change.stock
    locks.check(product, by)  # before files are written
    if change.photo:
        with change.photo.open("rb") as file:
            content = ContentFile(file.read(), name="foto.jpg")
        image = SiteImage.objects.create(title=product.name, file=content, collection=pictures.collection())
        others = list(product.photos.all())[: PHOTOS_MAX - 1]
        product.photos = [ProductPhoto(image=image), *others]
        for order, photo in enumerate(product.photos.all()):
            photo.sort_order = order
    if not product.live:
        drafts.keep(product, by=by)
    else:
        product.save_revision(user=by, log_action=True).publish(user=by)
    drafts.confirmed(product)


def _decide(update: OwnerUpdate, by: User, *, is_approved: bool) -> OwnerUpdate:
    update.decided_at, update.decided_by, update.is_approved = timezone.now(), by, is_approved
    update.save(update_fields=["decided_at", "decided_by", "is_approved"])
    names = [str(change.photo.name) for change in update.changes.all() if change.photo]
    update.changes.update(photo="")
    storage = ProductChange._meta.get_field("photo").storage
    transaction.on_commit(lambda: _delete(storage, names))
    log(instance=update.business, action=APPROVED if is_approved else REJECTED, user=by)
    return update


def change_deleted(change: ProductChange) -> None:
    """A change is gone, with its product or business: the photo that nobody decided on goes, too."""
    if name := change.photo.name:
        storage = change.photo.storage
        transaction.on_commit(lambda: storage.delete(name), robust=True)


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
