"""What goes with a registration when its ticket is anonymised (forms.retention), and what stays of it.

A business that was approved is in the register of industries and has a life of its own. All that is left of another
one is that there was a registration: its ticket's number stands in the log of the CMS where its name was.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from forms.enums import Status
from forms.models import Submission
from gallery import pictures
from gallery.models import Business, BusinessRecord, CheckMark, Correction, Product, ProductPhoto
from siptenan.common.models import SiteImage


def forget(submission: Submission) -> None:
    """Delete what is personal and was made of a ticket, unless its business is in the register by now."""
    Correction.objects.filter(submission=submission).delete()
    record = BusinessRecord.objects.filter(submission=submission).select_related("business").first()
    if record is None:
        return
    business = record.business
    if submission.status == Status.APPROVED or business.live:
        CheckMark.objects.filter(record=record).update(note="")
        return
    products = list(business.products.all())
    images = _images(business, products)
    _rename_in_log([business, record, *products], submission.reference)
    business.delete()
    for image in images:
        if not _is_used(image):
            image.delete()


def _images(business: Business, products: Iterable[Product]) -> list[SiteImage]:
    """The pictures of the Gallery that the business and its products show, or ever showed in a draft."""
    pks = {business.image_id, *ProductPhoto.objects.filter(product__in=products).values_list("image_id", flat=True)}
    pks |= {revision.content.get("image") for revision in business.revisions.all()}
    for product in products:
        for revision in product.revisions.all():
            pks |= {photo.get("image") for photo in revision.content.get("photos", [])}
    return list(SiteImage.objects.filter(pk__in=pks - {None}, collection=pictures.collection()))


def _is_used(image: SiteImage) -> bool:
    """Whether anything else has it, be it a draft."""
    return (
        ProductPhoto.objects.filter(image=image).exists()
        or Business.objects.filter(image=image).exists()
        or any(True for _ in pictures.elsewhere(image))
    )


def _rename_in_log(rows: Iterable[Business | BusinessRecord | Product], name: str) -> None:
    """Who did what, and when, stays; the log remembers names of its own, also former ones."""
    for row in rows:
        entries = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
        )
        entries.update(label=name, data={})
