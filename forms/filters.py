"""Filters of the inbox. They combine with each other and with the search."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from siptenan.accounts.models import User
from siptenan.common.models import Channel
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from forms import permissions
from forms.enums import Status
from forms.models import FormPage, Submission


def forms_of_request(request) -> QuerySet[FormPage]:
    """The forms the filter offers: only those whose tickets the user may see."""
    return permissions.forms_for(request.user) if request else FormPage.objects.none()


def officers_of_request(request) -> QuerySet[User]:
    """The officers the filter offers: those who hold a ticket the user may see."""
    if request is None:
        return User.objects.none()
    return User.objects.filter(pk__in=permissions.tickets_for(request.user).values("assignee"))


class SubmissionFilterSet(WagtailFilterSet):
    """Form, status, officer, period, overdue, channel."""

    form = django_filters.ModelMultipleChoiceFilter(
        label="Formulir", queryset=forms_of_request, widget=CheckboxSelectMultiple
    )
    status = django_filters.MultipleChoiceFilter(label="Status", choices=Status.choices, widget=CheckboxSelectMultiple)
    assignee = django_filters.ModelMultipleChoiceFilter(
        label="Petugas", queryset=officers_of_request, widget=CheckboxSelectMultiple
    )
    submitted_at = django_filters.DateFromToRangeFilter(label="Diterima", widget=DateRangePickerWidget)
    overdue = django_filters.ChoiceFilter(
        label="Lewat batas",
        method="filter_overdue",
        choices=(("ya", "Lewat batas"),),
        widget=RadioSelect,
        empty_label="Semua",
    )
    channel = django_filters.MultipleChoiceFilter(
        label="Saluran",
        choices=lambda: list(Channel.objects.values_list("code", "name")),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Submission
        fields = ["form", "status", "assignee", "submitted_at", "overdue", "channel"]

    def filter_overdue(self, queryset, name: str, value: str):
        return queryset.overdue() if value == "ya" else queryset
