"""Work for the background worker."""

from __future__ import annotations

from django_tasks import task
from wagtail.models import Page

from siptenan.common import share_images


@task()
def draw_share_image(page_pk: int) -> bool:
    """Draw the picture of a page that was published, unless the page is gone by now."""
    page = Page.objects.filter(pk=page_pk).first()
    return page is not None and share_images.make(page.specific)
