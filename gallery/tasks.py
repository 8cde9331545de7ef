"""Work of the Gallery IKM for the background worker."""

from __future__ import annotations

from django_tasks import task

from gallery import publishing
from siptenan.common.models import SiteImage


@task()
def show_changed_image(image_pk: int) -> int:
    """Make the sizes of an image that an editor changed, where it is public; return how many products show it."""
    image = SiteImage.objects.filter(pk=image_pk).first()
    return publishing.image_changed(image) if image else 0
