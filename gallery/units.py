"""Units in which goods are sold."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from forms.field_types.numbers import NO_GOODS
from siptenan.common.models import Unit


def of_goods(stored: int | None = None) -> QuerySet[Unit]:
    """Return the units of prices and capacities, and the `stored` one besides, whatever it is."""
    return Unit.objects.filter(~Q(dimension__in=NO_GOODS) | Q(pk=stored))
