"""Drafts of businesses and products as the services of the Gallery change them, and which answers they came from.

What an editor has saved is in the newest revision, not in the row; so a change starts from that revision and makes
another one. While nothing of it is public the row follows, since lists show rows.

What changes or publishes raises gallery.locks.Locked while a colleague has locked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import WorkflowState

from forms.models import Upload
from gallery import locks, pictures
from gallery.models import Business, BusinessRecord, Product, ProductPhoto
from gallery.registration import photos_of, product_copies, start_workflow
from siptenan.accounts.models import User

Snippet = TypeVar("Snippet", Business, Product)


def draft_of(snippet: Snippet) -> Snippet:
    """Return it as its newest revision has it."""
    return snippet.get_latest_revision_as_object()


def keep(draft: Business | Product, *, by: User | None) -> None:
    """Save a changed draft as a new revision. Raises Locked."""
    locks.check(draft, by)
    if not draft.live:
        draft.save()
    draft.save_revision(user=by, clean=False)


def publish(snippet: Business | Product, *, by: User) -> None:
    """Publish the newest draft, by the workflow if it is in one, or on the day that an officer has set.

    Raises Locked.
    """
    locks.check(snippet, by)
    state = snippet.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state:
        task = state.current_task_state.specific
        task.revision = snippet.latest_revision  # what was looked at is the newest draft, not the one that entered
        task.approve(user=by)
        snippet.refresh_from_db()
    newest = snippet.latest_revision
    if newest and snippet.live_revision_id != newest.pk and newest.approved_go_live_at is None:
        newest.publish(user=by)


def hide(snippet: Business | Product, *, by: User) -> None:
    """Take it from the web, and with it the day it was to come back; it waits in the workflow again."""
    snippet.revisions.update(approved_go_live_at=None)
    if snippet.live:
        snippet.unpublish(user=by)
    start_workflow(snippet)


def cancel_workflow(snippet: Business | Product, *, by: User) -> None:
    """Take it out of the workflow."""
    if state := snippet.current_workflow_state:
        state.cancel(user=by)


# --- Products and the answers about them ----------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What a registration tells of one product, and the product that was made of it, if it is still there."""

    answers: dict[str, Any]
    product: Product | None


def told_products(record: BusinessRecord, answers: Mapping[str, Any]) -> list[Told]:
    """Return the copies of the product questions, each with its product: by name, else by position."""
    copies, free = product_copies(answers), list(record.business.products.order_by("pk"))
    by_name = {product.name: product for product in reversed(free)}
    found: dict[int, Product] = {}
    for number, copy in enumerate(copies):
        product = by_name.pop(copy["nama_produk"].strip(), None)
        if product:
            found[number] = product
            free.remove(product)
    left = iter(free)
    for number in range(len(copies)):
        if number not in found and (product := next(left, None)):
            found[number] = product
    return [Told(copy, found.get(number)) for number, copy in enumerate(copies)]


def add_photos(draft: Product, uploads: Iterable[Upload]) -> bool:
    """Give a draft those of the owner's photos that it has not; return whether there were any."""
    photos = list(draft.photos.all())
    known = {photo.upload_id for photo in photos}
    new = [upload for upload in uploads if upload.pk not in known]
    photos += [ProductPhoto(upload=upload) for upload in new]
    for order, photo in enumerate(photos):
        photo.sort_order = order
    draft.photos = photos
    return bool(new)


def take_photos(record: BusinessRecord, *, by: User, late: bool) -> None:
    """Take the owner's photos into the media library, where a draft can show them.

    With `late` also those that no draft has yet, because they came after the answers, or were taken out by an officer.
    Raises Locked.
    """
    if record.submission is None:
        return
    for told in told_products(record, record.submission.answers):
        if told.product is None or told.product.live:
            continue
        draft = draft_of(told.product)
        is_new = late and add_photos(draft, photos_of(told.answers))
        waiting = [photo for photo in draft.photos.all() if photo.upload_id and not photo.image_id]
        if not (is_new or waiting):
            continue
        locks.check(draft, by)  # before files are written
        draft.save()  # a photo has a key only then
        for photo in draft.photos.all():
            pictures.add_to_library(photo, draft.name)
        keep(draft, by=by)


def has_late_photos(record: BusinessRecord) -> bool:
    """Whether the owner sent photos that no draft shows yet."""
    if record.submission is None:
        return False
    for told in told_products(record, record.submission.answers):
        if told.product is None:
            continue
        taken = {photo.upload_id for photo in draft_of(told.product).photos.all() if photo.image_id}
        if any(upload.pk not in taken for upload in photos_of(told.answers)):
            return True
    return False


def confirmed(product: Product) -> None:
    """Note that somebody vouches for the whole entry today."""
    Product.objects.filter(pk=product.pk).update(confirmed_at=timezone.now())
