"""Filters of the inbox. They combine with each other and with the search."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django_filters.fields import DateRangeField, ModelMultipleChoiceField
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from forms import permissions
from forms.enums import Status
from forms.models import FormPage, Submission
from siptenan.accounts.models import User
from siptenan.common.models import Channel

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)  # time zones cannot count from the year 1
KEY = re.compile(r"[0-9]{1,18}")  # fits a 64-bit key


def forms_of_request(request) -> QuerySet[FormPage]:
    """The forms the filter offers: only those whose tickets the user may see."""
    return permissions.forms_for(request.user) if request else FormPage.objects.none()


def officers_of_request(request) -> QuerySet[User]:
    """The officers the filter offers: those who hold a ticket the user may see."""
    if request is None:
        return User.objects.none()
    return User.objects.filter(Exists(permissions.tickets_for(request.user).filter(assignee=OuterRef("pk"))))


class ChosenField(ModelMultipleChoiceField):
    """Rows by their keys. A key longer than the database can hold is wrong, not a fault (Django's is a 500)."""

    def _check_values(self, value: Iterable[str]) -> QuerySet:
        for key in value:
            if not KEY.fullmatch(str(key)):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key})
        return super()._check_values(value)


class ChosenFilter(django_filters.ModelMultipleChoiceFilter):
    """One or more rows of a table. Not `distinct`: no filter here joins another table."""

    field_class = ChosenField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=CheckboxSelectMultiple, distinct=False, **kwargs)


class CodesFilter(django_filters.MultipleChoiceFilter):
    """One or more of a few values; `distinct` neither."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=CheckboxSelectMultiple, distinct=False, **kwargs)


class EitherFilter(django_filters.ChoiceFilter):
    """One of two, or all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=RadioSelect, empty_label="Semua", **kwargs)


class DaysField(DateRangeField):
    """From one day to another, within FIRST_DAY and LAST_DAY."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields:
            field.validators += [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class DaysFilter(django_filters.DateFromToRangeFilter):
    """Days in WIB, both included."""

    field_class = DaysField


class SubmissionFilterSet(WagtailFilterSet):
    """Form, status, officer, period, overdue, answered, channel."""

    form = ChosenFilter(label="Formulir", queryset=forms_of_request)
    status = CodesFilter(label="Status", choices=Status.choices)
    assignee = ChosenFilter(label="Petugas", queryset=officers_of_request)
    held = EitherFilter(
        label="Disposisi",
        method="filter_held",
        choices=(("belum", "Belum ada petugas"), ("sudah", "Sudah ada petugas")),
    )
    submitted_at = DaysFilter(label="Diterima", widget=DateRangePickerWidget)
    overdue = EitherFilter(label="Lewat batas", method="filter_overdue", choices=(("ya", "Lewat batas"),))
    answered = EitherFilter(
        label="Jawaban",
        method="filter_answered",
        choices=(("belum", "Belum pernah dijawab"), ("sudah", "Pernah dijawab")),
    )
    channel = CodesFilter(label="Saluran", choices=lambda: list(Channel.objects.values_list("code", "name")))

    class Meta:
        model = Submission
        fields = ["form", "status", "assignee", "held", "submitted_at", "overdue", "answered", "channel"]

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_without_empty(data) if data else data, *args, **kwargs)

    def filter_held(self, queryset, name: str, value: str):
        return queryset.filter(assignee__isnull=value == "belum")

    def filter_overdue(self, queryset, name: str, value: str):
        return queryset.overdue()

    def filter_answered(self, queryset, name: str, value: str):
        return queryset.filter(first_answered_at__isnull=value == "belum")


def _without_empty(data: QueryDict) -> QueryDict:
    """The query without `channel=` and the like, which ask for nothing and would be refused as wrong."""
    kept = data.copy()
    for name, values in data.lists():
        kept.setlist(name, [value for value in values if value])
    return kept
