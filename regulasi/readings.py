"""How often regulations are read and their files downloaded: counted by day, without cookies, nobody recognised.

A count is one statement; one that fails costs the visitor nothing.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import Error as DatabaseFault
from django.http import HttpRequest
from django.utils import timezone

from regulasi.models.feed_state import ONLY
from siptenan.common.databases import hardly_waiting, prepared_cursor
from siptenan.common.visitors import is_person

logger = logging.getLogger(__name__)

COUNT_ONE = """
    INSERT INTO "regulasi_dailyreading" ("regulation_id", "day", "views", "downloads") VALUES (%s, %s, %s, %s)
    ON CONFLICT ("regulation_id", "day") DO UPDATE SET
        "views" = "regulasi_dailyreading"."views" + excluded."views",
        "downloads" = "regulasi_dailyreading"."downloads" + excluded."downloads"
"""
COUNT_PULL = """
    INSERT INTO "regulasi_feedstate" ("id", "pulls", "pulled_at", "links", "dead") VALUES (%s, 1, %s, 0, '[]')
    ON CONFLICT ("id") DO UPDATE SET
        "pulls" = "regulasi_feedstate"."pulls" + 1, "pulled_at" = excluded."pulled_at"
"""


def count_view(request: HttpRequest, regulation_id: int) -> None:
    """Count that somebody read the page of a regulation."""
    _count(request, regulation_id, views=1)


def count_download(request: HttpRequest, regulation_id: int) -> None:
    """Count that somebody downloaded the PDF of a regulation."""
    _count(request, regulation_id, downloads=1)


def count_pull(request: HttpRequest) -> None:
    """Count that a machine fetched the feed for JDIHN, and when; not which. A look with a browser is none."""
    if request.method == "GET" and request.headers.get("Sec-Fetch-Mode") != "navigate":
        _write("A fetch of the feed", COUNT_PULL, [ONLY, timezone.now()])


def _count(request: HttpRequest, regulation_id: int, *, views: int = 0, downloads: int = 0) -> None:
    if not is_person(request):
        return
    _write(
        f"A reading of regulation {regulation_id}", COUNT_ONE, [regulation_id, timezone.localdate(), views, downloads]
    )


def _write(what: str, statement: str, values: list[Any]) -> None:
    try:
        with hardly_waiting(), prepared_cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseFault:
        logger.warning("%s was not counted", what)
