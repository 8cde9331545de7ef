"""How often regulations are read and their files downloaded: counted by day, without cookies, nobody recognised.

A count is one statement; one that fails costs the visitor nothing.
"""

from __future__ import annotations

import logging

from django.db import Error as DatabaseFault
from django.http import HttpRequest
from django.utils import timezone

from siptenan.common.databases import hardly_waiting, prepared_cursor
from siptenan.common.visitors import is_person

logger = logging.getLogger(__name__)

COUNT_ONE = """
    INSERT INTO "regulasi_dailyreading" ("regulation_id", "day", "views", "downloads") VALUES (%s, %s, %s, %s)
    ON CONFLICT ("regulation_id", "day") DO UPDATE SET
        "views" = "regulasi_dailyreading"."views" + excluded."views",
        "downloads" = "regulasi_dailyreading"."downloads" + excluded."downloads"
"""


def count_view(request: HttpRequest, regulation_id: int) -> None:
    """Count that somebody read the page of a regulation."""
    _count(request, regulation_id, views=1)


def count_download(request: HttpRequest, regulation_id: int) -> None:
    """Count that somebody downloaded the PDF of a regulation."""
    _count(request, regulation_id, downloads=1)


def _count(request: HttpRequest, regulation_id: int, *, views: int = 0, downloads: int = 0) -> None:
    if not is_person(request):
        return
    try:
        with hardly_waiting(), prepared_cursor() as cursor:
            cursor.execute(COUNT_ONE, [regulation_id, timezone.localdate(), views, downloads])
    except DatabaseFault:
        logger.warning("A reading of regulation %s was not counted", regulation_id)
