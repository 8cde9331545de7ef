"""The catalogue with 100,000 products (SQLite: 20,000) against 1,000: time and queries of four ways to ask it."""

from __future__ import annotations

import statistics
import time

from bench.verdicts import wanted

SMALL = 1_000
LARGE = {"postgresql": 100_000, "sqlite": 20_000}
WANTED = {"postgresql": 2.0, "sqlite": 4.0}
ROUNDS = 25
DEEP = 500  # page; the last one there is among fewer products
PATHS = {
    "first page": "/gallery-ikm/",
    "three facets": "/gallery-ikm/?kategori=batik&kategori=tempe&kecamatan=pekalongan-timur&harga=100rb-250rb",
    "text search": "/gallery-ikm/?q=batk+halus",
    f"page {DEEP}": f"/gallery-ikm/?page={DEEP}",
}


def run() -> None:
    """Print the median time at both sizes, the queries, and how long a process takes to build its index."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gallery.catalogue import index
    from gallery.models import Product

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    vendor = connection.vendor
    Product.objects.all().delete()

    def measure(path: str) -> tuple[float, int]:
        client.get(path)
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response = client.get(path)
            times.append(time.perf_counter() - start)
            if response.status_code != 200:
                raise SystemExit(f"{path}: {response.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return statistics.median(times), len(queries)

    results = {}
    for size in (SMALL, LARGE[vendor]):
        call_command("generate_products", size - Product.objects.count(), verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        index.forget()
        start = time.perf_counter()
        client.get("/gallery-ikm/")
        print(f"{size} products: first answer of a new process {time.perf_counter() - start:.1f} s")
        results[size] = {name: measure(path) for name, path in PATHS.items()}
    for name in PATHS:
        (small, small_queries), (large, large_queries) = results[SMALL][name], results[LARGE[vendor]][name]
        verdict = wanted(large / small <= WANTED[vendor] and small_queries == large_queries)
        print(
            f"{vendor}, {name:12} {small * 1000:6.1f} ms, {small_queries} queries; {large * 1000:6.1f} ms, "
            f"{large_queries} queries; ratio {large / small:.2f} (wanted: at most {WANTED[vendor]}){verdict}"
        )
