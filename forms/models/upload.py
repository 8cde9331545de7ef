"""Files that visitors send with a form: cleaned, private, bound to the form token until a ticket takes them.

An `Upload` is always complete and clean. What still arrives in pieces is an `UnfinishedUpload`, which nothing but
forms.uploads reads. Changed by forms.uploads only.
"""

from __future__ import annotations

import base64
import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from forms.models.message import private_storage

FOLDER = "unggahan"
NAME_MAX = 80  # letters of a document's own name
THUMBNAIL_MAX_BYTES = 6 * 1024


def upload_path(upload: Upload, filename: str) -> str:
    """Return a name that cannot be guessed, under the day it is written; nothing of the sender's name is in it.

    The day lets the worker find files that a killed process left without a row, without listing all of them.
    """
    return f"{FOLDER}/{timezone.now():%Y-%m-%d}/{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1]}"


class UploadQuerySet(models.QuerySet):
    """Whose files, and which are to go."""

    def unclaimed(self) -> UploadQuerySet:
        """No ticket has taken them yet."""
        return self.filter(submission=None)

    def of_token(self, token_digest: str) -> UploadQuerySet:
        """Sent with one rendering of a form: nobody with another token can name them."""
        return self.filter(token_digest=token_digest)

    def expired(self, now: dt.datetime | None = None) -> UploadQuerySet:
        """No ticket took them in time."""
        return self.unclaimed().filter(expires_at__lt=now or timezone.now())


class Upload(models.Model):
    """One photo or document, as it is kept and shown."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "Foto"
        DOCUMENT = "document", "Dokumen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_digest = models.CharField(max_length=64)
    # Deleting a form page takes what nobody sent with it; what a ticket holds is protected by the ticket.
    form = models.ForeignKey("forms.FormPage", on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=64, help_text="kunci pertanyaan")
    submission = models.ForeignKey(
        "forms.Submission", on_delete=models.PROTECT, null=True, related_name="uploads", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file = models.FileField(storage=private_storage, upload_to=upload_path)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, help_text="piksel")
    height = models.PositiveIntegerField(null=True, help_text="piksel")
    thumbnail = models.BinaryField(null=True, max_length=THUMBNAIL_MAX_BYTES)
    name = models.CharField(max_length=NAME_MAX, blank=True, help_text="nama dokumen; kosong untuk foto")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, help_text="kosong sesudah masuk tiket")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        ordering = ["created_at", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["token_digest", "question"], name="upload_token"),
            models.Index(fields=["submission"], condition=Q(submission__isnull=False), name="upload_ticket"),
            models.Index(fields=["expires_at"], condition=Q(submission__isnull=True), name="upload_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False, expires_at__isnull=True)
                | Q(submission__isnull=True, expires_at__isnull=False),
                name="upload_claimed_or_expiring",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What a person reads instead of the file: the document's name, or that it is a photo."""
        return self.name or self.get_kind_display()

    @property
    def extension(self) -> str:
        """The extension of the stored file, which the server chose."""
        return str(self.file.name).rsplit(".", 1)[-1]

    @property
    def thumbnail_url(self) -> str:
        """The small picture as a data: address, which no permission check has to serve; empty for documents."""
        if not self.thumbnail:
            return ""
        return f"data:image/webp;base64,{base64.b64encode(bytes(self.thumbnail)).decode()}"


class UnfinishedUpload(models.Model):
    """A file that arrives in pieces. The name that the browser chose counts only together with its token."""

    token_digest = models.CharField(max_length=64)
    upload_id = models.UUIDField()
    form = models.ForeignKey("forms.FormPage", on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=64)
    name = models.CharField(max_length=NAME_MAX, blank=True)
    total = models.PositiveIntegerField(help_text="bytes")
    received = models.PositiveIntegerField(default=0, help_text="bytes")
    error = models.TextField(blank=True, help_text="mengapa berkas ini ditolak")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["token_digest", "upload_id"], name="unfinished_upload_unique"),
            models.CheckConstraint(condition=Q(received__lte=models.F("total")), name="unfinished_upload_received"),
        ]

    def __str__(self) -> str:
        return f"{self.received} dari {self.total} byte"


class UploadPiece(models.Model):
    """One piece of an unfinished file, in the database: written whole or not at all, on a disk as on S3."""

    upload = models.ForeignKey(UnfinishedUpload, on_delete=models.CASCADE, related_name="pieces", db_index=False)
    offset = models.PositiveIntegerField(help_text="bytes")
    content = models.BinaryField()

    class Meta:
        ordering = ["offset"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="upload_piece_unique")]

    def __str__(self) -> str:
        return f"Potongan {self.offset}"
