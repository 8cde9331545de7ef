"""Gallery IKM. For now the page and its empty state; the catalogue grows here."""

from __future__ import annotations

from django.http import HttpRequest

from forms.models import FormPage
from siptenan.common.models.pages import IntroducedPage


class GalleryIndexPage(IntroducedPage):
    """The public catalogue of products."""

    template = "gallery/gallery_index_page.html"
    share_label = "Produk industri kecil dan menengah"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Gallery IKM"
        verbose_name_plural = "Gallery IKM"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        registration = FormPage.objects.live().filter(slug="gallery-ikm").first()
        return {
            **super().get_context(request, *args, **kwargs),
            "registration_url": registration.get_url(request) if registration else "",
        }
