"""Registrations with photos, and officers who examine them, for the tests of the verification."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from forms.models import FormPage, Submission, Upload
from gallery import verification
from gallery.enums import CheckItem
from gallery.models import BusinessRecord
from gallery.verification import Classified, Mark
from siptenan.accounts.models import User
from siptenan.common.models import Commodity, Unit
from tests.factories import make_registration

ALL_FINE = {item: Mark(True) for item in CheckItem}


def register_with_photo(form: FormPage, *, photos: int = 1, **answers: Any) -> Submission:
    """A registration whose product has photos, as the public form stores it."""
    uploads = [_upload(form) for _ in range(photos)]
    ids = [str(upload.pk) for upload in uploads]
    ticket = make_registration(form, **{"foto_produk": ids, **answers})
    Upload.objects.filter(pk__in=ids).update(submission=ticket, expires_at=None)
    return ticket


def attach_photo(ticket: Submission, key: str = "foto_produk") -> Upload:
    """A photo that the ticket has, named in its answers."""
    upload = _upload(ticket.form)
    Upload.objects.filter(pk=upload.pk).update(submission=ticket, expires_at=None)
    ticket.answers[key] = [*(ticket.answers.get(key) or []), str(upload.pk)]
    Submission.objects.filter(pk=ticket.pk).update(answers=ticket.answers)
    return upload


def _upload(form: FormPage) -> Upload:
    from django.utils import timezone

    content = get_test_image_file(filename="foto.png", size=(900, 900)).file.getvalue()
    upload = Upload(
        token_digest=uuid.uuid4().hex, form=form, question="foto_produk", kind=Upload.Kind.PHOTO,
        content_type="image/jpeg", size=len(content), sha256=uuid.uuid4().hex, width=900, height=900,
        expires_at=timezone.now(),
    )  # fmt: skip
    upload.file.save("berkas.png", ContentFile(content), save=False)
    upload.save()
    return upload


def record_of(ticket: Submission) -> BusinessRecord:
    """What was made of it, fresh from the database."""
    return BusinessRecord.objects.select_related("business").get(submission=ticket)


def examine(ticket: Submission, by: User) -> BusinessRecord:
    """Take it up, tick the whole checklist, choose commodity and unit."""
    verification.take_up(ticket, by=by)
    verification.save_checks(ticket, ALL_FINE, by=by)
    record = record_of(ticket)
    tempe, unit = Commodity.objects.get(code="tempe"), Unit.objects.get(code="bungkus")
    chosen = {product.pk: Classified(tempe.pk, unit.pk) for product in record.business.products.all()}
    verification.classify(ticket, tempe.pk, chosen, by=by)
    return record_of(ticket)


def approve(ticket: Submission, by: User) -> BusinessRecord:
    """The same, and approve all products."""
    record = examine(ticket, by)
    verification.approve(ticket, record.business.products.values_list("pk", flat=True), by=by)
    return record_of(ticket)
