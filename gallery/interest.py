"""How often products are looked at and their sellers written to: counted by day, without cookies, nobody recognised.

A count is one statement; one that fails costs the visitor nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import time

from django.db import Error as DatabaseFault
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from gallery.models import CatalogueEntry, DailyInterest
from siptenan.common.databases import hardly_waiting, prepared_cursor
from siptenan.common.generation import bump
from siptenan.common.visitors import is_person

logger = logging.getLogger(__name__)

SUMMED_DAYS = 30
BATCH = 1_000
COUNT_ONE = """
    INSERT INTO "gallery_dailyinterest" ("product_id", "day", "views", "whatsapp") VALUES (%s, %s, %s, %s)
    ON CONFLICT ("product_id", "day") DO UPDATE SET
        "views" = "gallery_dailyinterest"."views" + excluded."views",
        "whatsapp" = "gallery_dailyinterest"."whatsapp" + excluded."whatsapp"
"""


def count_view(request: HttpRequest, product_id: int) -> None:
    """Count that somebody looked at a product."""
    _count(request, product_id, views=1)


def count_whatsapp(request: HttpRequest, product_id: int) -> None:
    """Count that somebody pressed “Hubungi via WhatsApp”."""
    _count(request, product_id, whatsapp=1)


def _count(request: HttpRequest, product_id: int, *, views: int = 0, whatsapp: int = 0) -> None:
    if not is_person(request):
        return
    try:
        with hardly_waiting(), prepared_cursor() as cursor:
            cursor.execute(COUNT_ONE, [product_id, timezone.localdate(), views, whatsapp])
    except DatabaseFault:
        logger.warning("Interest in product %s was not counted", product_id)


@transaction.atomic
def sum_views() -> int:
    """Give the catalogue the views of the last 30 days, for “most seen”; return how many products changed."""
    since = timezone.localdate() - dt.timedelta(days=SUMMED_DAYS - 1)
    rows = DailyInterest.objects.filter(day__gte=since).values("product_id").annotate(total=Sum("views"))
    totals = dict(rows.values_list("product_id", "total"))
    changed = []
    for entry in CatalogueEntry.objects.filter(is_listed=True).only("views").iterator():
        if entry.views != totals.get(entry.pk, 0):
            entry.views, entry.version = totals.get(entry.pk, 0), time.time_ns()
            changed.append(entry)
    if changed:
        CatalogueEntry.objects.bulk_update(changed, ["views", "version"], batch_size=BATCH)
        bump()
    return len(changed)
