"""What the CMS does to every image and document before it is stored: no place, no camera, nothing in disguise.

Wagtail keeps EXIF, with the GPS position, in the stored original and in JPEG renditions, and takes any content
for a document whose name ends right.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from siptenan.common.photos import sanitise_picture

MAX_SIDE = 2560  # pixels; a screen twice as sharp as usual shows no more

SIGNATURES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}
DISGUISED = "Isi berkas ini bukan {extension}. Simpan ulang sebagai {extension} dari aplikasi asalnya, lalu unggah."


class SafeImageForm(BaseImageForm):
    """An uploaded image is decoded, turned upright, made small and written anew, without metadata."""

    def clean_file(self):
        """Clean the uploaded file itself: Wagtail's multiple upload stores it even when another field is wrong.

        Raises ValidationError for what is no still image. (The field has checked size, pixels and extension.)
        """
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            picture = sanitise_picture(file, max_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, max_side=MAX_SIDE)
            file.seek(0)
            file.truncate()
            file.write(picture.content)
            file.flush()
            file.seek(0)
            file.size = len(picture.content)
        return file


class SafeDocumentForm(BaseDocumentForm):
    """A document must be what its name says. (The field has refused empty files and other extensions.)"""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            extension = file.name.rpartition(".")[2].lower()
            signature = SIGNATURES.get(extension, b"")
            file.seek(0)
            start = file.read(len(signature))
            file.seek(0)
            if start != signature:
                raise ValidationError(DISGUISED.format(extension=extension.upper()), code="disguised")
        return file
