"""One of the two sites that bench.regulations compares: a process that does what it reads, a line at a time.

index                    begin as a new process does: {"ms"}
warm|anew <path>         a request; "anew" without what searches remembered: {"ms"}
queries <path>           {"count"}
feed                     the feed for JDIHN, from the second chunk on: {"ms", "rows", "peak_kb", "resident_kb"}
"""

from __future__ import annotations

import gc
import json
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

FEED = "/regulasi/jdihn.json"


def main() -> None:
    """Answer each line of the standard input with one of JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    commands = {"index": _index, "warm": _request, "anew": _anew, "queries": _queries, "feed": _feed}
    for line in sys.stdin:
        name, _, path = line.strip().partition(" ")
        print(json.dumps(commands[name](client, path)), flush=True)


def _index(client: Any, path: str) -> dict[str, float]:
    from regulasi.library import index

    index.forget()
    return _anew(client, "/regulasi/")


def _anew(client: Any, path: str) -> dict[str, float]:
    from regulasi.library import search

    search.forget()
    return _request(client, path)


def _request(client: Any, path: str) -> dict[str, float]:
    start = time.perf_counter()
    response = client.get(path)
    elapsed = time.perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return {"ms": elapsed * 1000}


def _queries(client: Any, path: str) -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return {"count": len(queries)}


def _feed(client: Any, path: str) -> dict[str, float]:
    """The memory that grows while the feed is read: of Python's objects (tracemalloc), and of the process."""
    start = time.perf_counter()
    rows = b"".join(client.get(FEED)).count(b'"idData"')
    elapsed = time.perf_counter() - start
    gc.collect()
    parts = iter(client.get(FEED))
    next(parts)
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    resident = _kb("VmRSS")
    tracemalloc.start()
    for _ in parts:
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    grown = {"peak_kb": peak / 1024, "resident_kb": _kb("VmHWM") - resident}
    return {"ms": elapsed * 1000, "rows": rows, **grown}


def _kb(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith(f"{name}:")).split()[1])


if __name__ == "__main__":
    main()
