"""Figures of the service, straight from the tickets: counts, working time to an answer, share within the promise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q

from forms.enums import NEEDS_ACTION, OPEN, Status
from forms.models import FormPage, Submission
from forms.models.submission import SubmissionQuerySet
from forms.office import office_clock
from siptenan.common.dates import WIB

FEWEST_TO_PUBLISH = 20  # answered tickets; fewer say more about single people than about the service
MEDIAN_OF = 500  # tickets


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
        return "belum ada" if self.median_minutes is None else duration_text(self.median_minutes)


@dataclass(frozen=True)
class PublicFigures:
    """What the front page says of the last twelve months."""

    answered: int
    median_text: str  # working time to an answer


def duration_text(minutes: float) -> str:
    """Return working time in words, hours and minutes."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} menit"
    return f"{hours} jam {rest} menit" if rest else f"{hours} jam"


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


def public_figures(now: dt.datetime) -> PublicFigures | None:
    """Return the figures of the last 365 days, or None while too few were answered to say anything of anybody.

    The median is over the newest MEDIAN_OF answered tickets, so that it costs the same at any size.
    """
    year = Submission.objects.not_spam().filter(submitted_at__gte=now - dt.timedelta(days=365))
    answered = year.filter(first_answered_at__isnull=False)
    count = answered.count()
    if count < FEWEST_TO_PUBLISH:
        return None
    clock = office_clock()
    newest = answered.order_by("-submitted_at", "pk").values_list("submitted_at", "first_answered_at")[:MEDIAN_OF]
    minutes = median(clock.minutes_between(sent, at) for sent, at in newest)
    return PublicFigures(count, duration_text(minutes))


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
