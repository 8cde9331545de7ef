"""What the rooms of the house tell each other without knowing each other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import Signal

calendar_changed = Signal()
"""Working hours or days off changed. Sent after the commit, once per transaction however many rows it wrote."""

code_in_use = Signal()
"""Asks who has stored a code. Sent with the reference table as `sender` and the `code`; whoever holds it answers
in words ("12 tiket"), everybody else with an empty text."""


class _Announcement:
    """Sends `calendar_changed`, once; an object of its own so that a waiting one can be found among the hooks."""

    sent = False

    def __call__(self) -> None:
        self.sent = True
        calendar_changed.send(sender=None)


def connect() -> None:
    """Listen to the rows of the calendar, and to images that wait to be completed; called once by the app."""
    from wagtail.models import UploadedFile

    from siptenan.common.models import Holiday, WorkingHours

    pre_save.connect(_hide_name, sender=UploadedFile, dispatch_uid="hide-name")
    for model in (Holiday, WorkingHours):
        post_save.connect(_announce, sender=model, dispatch_uid=f"calendar-save-{model.__name__}")
        post_delete.connect(_announce, sender=model, dispatch_uid=f"calendar-delete-{model.__name__}")


def _hide_name(*, instance: Any, **kwargs) -> None:
    """Wagtail stores an image whose other fields are wrong among the public files, under the name it came with."""
    from siptenan.common.models import SiteImage
    from siptenan.common.models.media import random_name

    kind = instance.for_content_type
    if kind and kind.model_class() is SiteImage and instance.file and not instance.file._committed:
        instance.file.name = random_name(instance.file.name)


def _announce(*, raw: bool = False, using: str, **kwargs) -> None:
    """A rollback to a savepoint takes its hooks away with it, so one that still waits covers this row as well."""
    hooks = [function for _, function, _ in transaction.get_connection(using).run_on_commit]
    waiting = any(isinstance(hook, _Announcement) and not hook.sent for hook in hooks)
    if not (raw or waiting):
        transaction.on_commit(_Announcement(), using=using)


def uses_of(sender: type, code: str) -> list[str]:
    """Return who has stored the code of a reference table, in words; nobody gives an empty list."""
    return [words for _, words in code_in_use.send(sender=sender, code=code) if words]
