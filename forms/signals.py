"""What this room answers when the reference tables ask, and does when the office's calendar changes."""

from __future__ import annotations

from siptenan.common.models import Channel
from siptenan.common.signals import calendar_changed, code_in_use


def connect() -> None:
    """Listen; called once by the app."""
    calendar_changed.connect(_recalculate, dispatch_uid="recalculate-due-dates")
    code_in_use.connect(_tickets_by_channel, sender=Channel, dispatch_uid="tickets-by-channel")


def _recalculate(**kwargs) -> None:
    """Open tickets are due at another time now; the worker finds out which."""
    from forms.tasks import recalculate_due_dates

    recalculate_due_dates.enqueue()


def _tickets_by_channel(*, code: str, **kwargs) -> str:
    from forms.models import Submission

    count = Submission.objects.filter(channel=code).count()
    return f"{count} tiket" if count else ""
