"""The list of regulations with 10,000 of 20 pages each against 500: time and queries of ways to ask it."""

from __future__ import annotations

import statistics
import time

SMALL, LARGE = 500, 10_000
WANTED = 2.0
ROUNDS = 25
WHOLE = 3  # rounds of the feed for JDIHN, which grows with what it sends


def run() -> None:
    """Print the median time at both sizes, of searches also without what a process remembers, and the queries."""
    from urllib.parse import urlencode

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from regulasi.library import index, search
    from regulasi.management.commands.generate_regulations import COMMON, PHRASE, PREFIX, RARE
    from regulasi.models import RegulationEntry, RegulationPage

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    queries = {"common word": COMMON, "rare word": RARE, "phrase": f'"{PHRASE}"'}
    paths = {"first page": "/regulasi/", "last page": ""}
    paths |= {name: f"/regulasi/?{urlencode({'q': query})}" for name, query in queries.items()}

    def timed(path: str, rounds: int, *, is_new: bool) -> float:
        times = []
        for _ in range(rounds):
            if is_new:
                search.forget()
            start = time.perf_counter()
            response = client.get(path)
            sum(len(part) for part in response)  # streams are made while they are read
            times.append(time.perf_counter() - start)
            if response.status_code != 200:
                raise SystemExit(f"{path}: {response.status_code}")
        return statistics.median(times)

    def measure(path: str) -> tuple[float, float, int]:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return timed(path, ROUNDS, is_new=False), timed(path, ROUNDS, is_new=True), len(asked)

    results = {}
    for size in (SMALL, LARGE):
        have = RegulationPage.objects.filter(slug__startswith=PREFIX).count()
        call_command("generate_regulations", size - have, yes=True, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        index.forget()
        search.forget()
        start = time.perf_counter()
        client.get("/regulasi/")
        print(f"{size} regulations: first answer of a new process {time.perf_counter() - start:.1f} s")
        paths["last page"] = f"/regulasi/?page={(RegulationEntry.objects.listed().count() + 19) // 20}"
        results[size] = {name: measure(path) for name, path in paths.items()}
        print(f"{size} regulations: feed for JDIHN {timed('/regulasi/jdihn.json', WHOLE, is_new=False):.2f} s")
    for name in paths:
        small, large = results[SMALL][name], results[LARGE][name]
        verdict = "" if large[0] / small[0] <= WANTED and small[2] == large[2] else "  TOO MUCH"
        print(
            f"{name:12} {small[0] * 1000:6.1f} ms (asked anew {small[1] * 1000:6.1f}), {small[2]} queries; "
            f"{large[0] * 1000:6.1f} ms (asked anew {large[1] * 1000:6.1f}), {large[2]} queries; "
            f"ratio {large[0] / small[0]:.2f}, anew {large[1] / small[1]:.2f} (wanted: at most {WANTED}){verdict}"
        )
