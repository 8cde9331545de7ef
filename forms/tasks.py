"""Work for the background worker."""

from __future__ import annotations

from django_tasks import task


@task()
def recalculate_due_dates() -> int:
    """After hours or holidays changed; see forms.services.recalculate_due_dates."""
    from forms import services

    return services.recalculate_due_dates()
