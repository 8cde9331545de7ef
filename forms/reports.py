"""Figures of the service, straight from the tickets: counts, working time to an answer, share within the promise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q

from forms.enums import NEEDS_ACTION, OPEN, Status
from forms.models import FormPage
from forms.models.submission import SubmissionQuerySet
from forms.office import office_clock
from siptenan.common.dates import WIB


@dataclass(frozen=True)
class FormFigures:
    """One row of the statistics; `median_minutes` is working time, None while nothing was answered."""

    form: FormPage
    received: int
    open: int
    answered: int
    overdue: int
    within_target: int | None  # per cent of the answered
    median_minutes: float | None

    @property
    def median_text(self) -> str:
        """The median in hours and minutes of working time."""
        if self.median_minutes is None:
            return "belum ada"
        hours, minutes = divmod(round(self.median_minutes), 60)
        return f"{hours} jam {minutes} menit" if hours else f"{minutes} menit"


def day_bounds(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants between which a ticket was received in these days, both days included, in WIB."""
    start = dt.datetime.combine(first, dt.time.min, tzinfo=WIB)
    return start, dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, tzinfo=WIB)


def figures(forms, tickets: SubmissionQuerySet, first: dt.date, last: dt.date, now: dt.datetime) -> list[FormFigures]:
    """Return the figures of each form for the tickets received from `first` to `last`; spam counts nowhere."""
    start, end = day_bounds(first, last)
    tickets = tickets.filter(submitted_at__gte=start, submitted_at__lt=end).exclude(status=Status.SPAM)
    counts = {
        row["form"]: row
        for row in tickets.order_by()
        .values("form")
        .annotate(
            received=Count("pk"),
            open=Count("pk", filter=Q(status__in=OPEN)),
            answered=Count("pk", filter=Q(first_answered_at__isnull=False)),
            overdue=Count("pk", filter=Q(status__in=NEEDS_ACTION, due_at__lt=now)),
        )
    }
    times = _answer_times(tickets)
    rows = []
    for form in forms:
        row = counts.get(form.pk, {})
        answered = times.get(form.pk, [])
        rows.append(
            FormFigures(
                form=form,
                received=row.get("received", 0),
                open=row.get("open", 0),
                answered=row.get("answered", 0),
                overdue=row.get("overdue", 0),
                within_target=round(100 * sum(ok for _, ok in answered) / len(answered)) if answered else None,
                median_minutes=median(minutes for minutes, _ in answered) if answered else None,
            )
        )
    return rows


def _answer_times(tickets: SubmissionQuerySet) -> dict[int, list[tuple[int, bool]]]:
    """Working minutes from sending to the first answer, and whether that kept the promise, by form."""
    clock = office_clock()
    times: dict[int, list[tuple[int, bool]]] = {}
    answered = tickets.filter(first_answered_at__isnull=False).order_by()
    for form, submitted_at, answered_at, in_time in answered.values_list(
        "form", "submitted_at", "first_answered_at", "answered_in_time"
    ).iterator():
        minutes = clock.minutes_between(submitted_at, answered_at)
        times.setdefault(form, []).append((minutes, bool(in_time)))
    return times
