"""The thread of a ticket: replies and additions, which the visitor reads, and notes, which he never can."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from forms.enums import MessageKind
from siptenan.common.photos import SanitisedPhoto


class MessageQuerySet(models.QuerySet):
    """Who may read what."""

    def for_visitor(self) -> MessageQuerySet:
        """Replies and the visitor's own additions; never a note."""
        return self.filter(kind__in=(MessageKind.REPLY, MessageKind.ADDITION))


class Message(models.Model):
    """One entry of a thread."""

    submission = models.ForeignKey("forms.Submission", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=150)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan"
        verbose_name_plural = "pesan"
        ordering = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class MessageRevision(models.Model):
    """What a reply said before it was edited."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="revisions")
    body = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["replaced_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Versi {self.replaced_at:%Y-%m-%d %H:%M}"


def private_storage() -> Storage:
    """Return the storage that no URL leads to."""
    return storages["private"]


def attachment_path(attachment: Attachment, filename: str) -> str:
    """Return a name that cannot be guessed; the sender's own file name is not kept."""
    return f"tiket/{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1]}"


class Attachment(models.Model):
    """A photo that came with a ticket: cleaned, private, served after a permission check only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey("forms.Submission", on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="attachments")
    file = models.FileField(storage=private_storage, upload_to=attachment_path)
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="bytes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Foto {self.id}"

    @classmethod
    def store(cls, submission, message: Message | None, photo: SanitisedPhoto) -> Attachment:
        """Store a cleaned photo; the file is written before the row, and nothing points to it if that fails."""
        attachment = cls(
            submission=submission,
            message=message,
            content_type=photo.content_type,
            width=photo.width,
            height=photo.height,
            size=len(photo.content),
        )
        attachment.file.save(f"foto.{photo.extension}", ContentFile(photo.content), save=False)
        attachment.save()
        return attachment
