"""Images and documents of the editors. Chosen before the first migration, since they can hardly change later."""

from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """An image of the media library; its form removes position and camera data before it is stored."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = "gambar"
        verbose_name_plural = "gambar"
        permissions = [("choose_image", "Dapat memilih gambar")]


class SiteRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

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
