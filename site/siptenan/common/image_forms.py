"""What the CMS does to every image and document before it is stored: no place, no camera, nothing in disguise.

Wagtail keeps EXIF, with the GPS position, in the stored original and in JPEG renditions, answers 500 to a
photo that was cut short in transfer, and takes any content for a document whose name ends right.
"""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from siptenan.common import pdf_files
from siptenan.common.photos import sanitise_picture

MAX_SIDE = 2560  # pixels; a screen twice as sharp as usual shows no more

SIGNATURES = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}
DISGUISED = "Isi berkas ini bukan {extension}. Simpan ulang sebagai {extension} dari aplikasi asalnya, lalu unggah."


class SafeImageField(WagtailImageField):
    """Decodes an uploaded image, turns it upright, makes it small and writes it anew, without metadata."""

    def to_python(self, data: UploadedFile | None):
        """Return the same upload, clean, under the extension of what it is; then Wagtail checks it.

        It is rewritten in place: Wagtail's multiple upload stores it as it came when another field is wrong.
        Raises ValidationError for what is no still image.
        """
        if data is None:
            return None
        picture = sanitise_picture(data, max_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, max_side=MAX_SIDE)
        data.seek(0)
        data.truncate()
        data.write(picture.content)
        data.flush()
        data.seek(0)
        data.size = len(picture.content)
        data.name = f"{PurePath(data.name or '').stem}.{picture.extension}"
        return super().to_python(data)


class SafeImageForm(BaseImageForm):
    """The form of every image in the CMS (its field cannot be declared: the forms without a file would get it)."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = SafeImageField(label=field.label, required=field.required, widget=field.widget)


class SafeDocumentForm(BaseDocumentForm):
    """A document must be what its name says, and a PDF must open. (The field refused empty files, other extensions.)"""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            extension = (file.name or "").rpartition(".")[2].lower()
            if extension == "pdf":
                pdf_files.check(file)
                return file
            signature = SIGNATURES.get(extension, b"")
            file.seek(0)
            start = file.read(len(signature))
            file.seek(0)
            if start != signature:
                raise ValidationError(DISGUISED.format(extension=extension.upper()), code="disguised")
        return file
