"""When the office's calendar changes, open tickets are due at another time."""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from siptenan.common.models import Holiday, WorkingHours


def connect() -> None:
    """Listen to holidays and working hours; called once by the app."""
    for model in (Holiday, WorkingHours):
        for signal in (post_save, post_delete):
            signal.connect(calendar_changed, sender=model, dispatch_uid=f"recalculate-{model.__name__}-{id(signal)}")


def calendar_changed(sender: type, *, raw: bool = False, **kwargs) -> None:
    """Ask the worker to work out the due dates anew, once the change is certain."""
    if raw:
        return
    from forms.tasks import recalculate_due_dates

    transaction.on_commit(recalculate_due_dates.enqueue)
