"""When what is shown of regulations changed last, with or without their being published anew: for the sitemap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from regulasi import status
from regulasi.models import RegulationEntry, RegulationPage
from siptenan.common.generation import per_generation
from siptenan.common.models import BasePage

FIELDS = ("effective_on", "valid_until", "valid_until_note", "effects", "updated_at")


def of_page(page: BasePage) -> dt.datetime | None:
    """When a public regulation changed; None for any other page."""
    return _all(timezone.localdate()).get(page.pk) if isinstance(page, RegulationPage) else None


def of_list() -> dt.datetime | None:
    """When the list changed: any regulation in it did."""
    return max(_all(timezone.localdate()).values(), default=None)


@per_generation
def _all(day: dt.date) -> Mapping[int, dt.datetime]:
    """Every listed regulation by its key; one query for a whole sitemap."""
    found = {entry.pk: status.changed_at(entry, day) for entry in RegulationEntry.objects.listed().only(*FIELDS)}
    return {pk: changed for pk, changed in found.items() if changed}
