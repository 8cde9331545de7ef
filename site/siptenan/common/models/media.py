"""Images and documents of the editors. Chosen before the first migration, since they can hardly change later."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def random_name(filename: str) -> str:
    """Return a file name with the same extension that nobody can guess and that tells nothing.

    Addresses of files are public: a name that an editor or a visitor gave may hold a NIK, and one that follows from
    another leads to what is not public yet, or no more.
    """
    return f"{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class SiteImage(AbstractImage):
    """An image of the media library; its form removes position and camera data before it is stored."""

    admin_form_fields = Image.admin_form_fields

    def get_upload_to(self, filename: str) -> str:
        """Under a random name; the title says to editors what it is."""
        return f"original_images/{random_name(filename)}"

    class Meta(AbstractImage.Meta):
        verbose_name = "gambar"
        verbose_name_plural = "gambar"
        permissions = [("choose_image", "Dapat memilih gambar")]


class SiteRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    def get_upload_to(self, filename: str) -> str:
        """Under a random name of its own: Wagtail cuts the name it makes, and would lose the image's random part."""
        return f"images/{random_name(filename)}"

    @staticmethod
    def construct_cache_key(image: SiteImage, filter_cache_key: str, filter_spec: str) -> str:
        """By the name of the file, which is another when the image was withdrawn or replaced.

        Wagtail's own key is made of the content: a process that remembers an image would lead to files that another
        one has deleted.
        """
        return f"wagtail-rendition-{image.pk}-{image.file.name}-{filter_cache_key}-{filter_spec}"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]


class SiteDocument(AbstractDocument):
    """A document of the media library."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        permissions = [("choose_document", "Dapat memilih dokumen")]

    def clean(self) -> None:
        if self.file:  # Wagtail would complain of the extension of the file that was just refused
            super().clean()
