"""`/healthz` says that the process is up, `/readyz` that it can serve: database, cache, migrations applied."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PROBE = "readyz"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.set(PROBE, "ok", 10)
    if cache.get(PROBE) != "ok":
        raise RuntimeError("the cache does not keep what it is given")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations are waiting")


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "migrations": _migrations}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; touches nothing."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every check passes, else 503; names the check that failed, never the reason (it may hold a DSN)."""
    results = {}
    for name, check in CHECKS.items():
        try:
            check()
        except Exception:
            results[name] = "failed"
        else:
            results[name] = "ok"
    ready = all(result == "ok" for result in results.values())
    return JsonResponse({"status": "ok" if ready else "failed", "checks": results}, status=200 if ready else 503)
