"""The library of regulations with 10,000 of 20 pages each against 500: searches, pages of the list, the feed for JDIHN.

Two sites with a database each are asked in turn, so that a busy minute of the machine meets both.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench.database import grown
from bench.server import ROOT
from bench.verdicts import wanted

SMALL, LARGE = 500, 10_000
WANTED = 2.0
ROUNDS = 15
FEED_ROUNDS = 3
PER_PAGE = 20

Site = subprocess.Popen


def run() -> None:
    """Print medians at both sizes and their ratios, of searches as they are asked for the first time."""
    small_url = grown("generate_regulations", SMALL, "")
    large_url = grown("generate_regulations", LARGE - SMALL, "_large")
    with _site(small_url) as small, _site(large_url) as large:
        sites = (small, large)
        for site, size in zip(sites, (SMALL, LARGE), strict=True):
            print(f"{size} regulations: first answer of a new process {_ask(site, 'index')['ms'] / 1000:.1f} s")
        for name, paths in _paths().items():
            _compare(name, sites, paths)
        _compare_feeds(sites)


def _paths() -> dict[str, tuple[str, str]]:
    """What is asked of the small and of the large site."""
    from urllib.parse import quote

    from regulasi.management.commands import generate_regulations as made

    queries = {
        "common word": made.COMMON,
        "rare word": made.RARE,
        "phrase": f'"{made.PHRASE}"',
        "rare phrase of common words": f'"{made.RARE_PHRASE}"',
        "common phrase": f'"{made.COMMON_PHRASE}"',
    }
    found = {name: (f"/regulasi/?q={quote(query)}",) * 2 for name, query in queries.items()}
    found["common word, whole site"] = (f"/cari/?q={made.COMMON}",) * 2
    last = tuple(f"/regulasi/?page={size // PER_PAGE}" for size in (SMALL, LARGE))
    return {"first page": ("/regulasi/", "/regulasi/"), "last page": (last[0], last[1]), **found}


def _compare(name: str, sites: tuple[Site, Site], paths: tuple[str, str]) -> None:
    times: dict[str, tuple[list[float], list[float]]] = {"warm": ([], []), "anew": ([], [])}
    for number in range(ROUNDS + 2):
        for how, both in times.items():
            for site, path, found in zip(sites, paths, both, strict=True):
                ms = _ask(site, f"{how} {path}")["ms"]
                if number >= 2:  # the first two warm up
                    found.append(ms)
    counts = [_ask(site, f"queries {path}")["count"] for site, path in zip(sites, paths, strict=True)]
    small, large = map(statistics.median, times["anew"])
    again = statistics.median(times["warm"][1]) / statistics.median(times["warm"][0])
    verdict = wanted(large / small <= WANTED and again <= WANTED and counts[0] == counts[1])
    print(
        f"{name:27} {small:6.1f} ms, {counts[0]} queries; {large:6.1f} ms, {counts[1]} queries; "
        f"ratio {large / small:.2f}, asked again {again:.2f} (wanted: at most {WANTED}){verdict}"
    )


def _compare_feeds(sites: tuple[Site, Site]) -> None:
    found: tuple[list[dict], list[dict]] = ([], [])
    for _ in range(FEED_ROUNDS):
        for site, answers in zip(sites, found, strict=True):
            answers.append(_ask(site, "feed"))
    small, large = ({key: statistics.median(one[key] for one in answers) for key in answers[0]} for answers in found)
    ratio = large["peak_kb"] / small["peak_kb"]
    for one in (small, large):
        print(
            f"feed for JDIHN, {one['rows']:.0f} rows: {one['ms'] / 1000:.2f} s; grows by {one['peak_kb']:.0f} KB of "
            f"objects, {one['resident_kb']:.0f} KB of resident memory"
        )
    print(
        f"feed for JDIHN, {large['rows'] / small['rows']:.0f} times the rows: {large['ms'] / small['ms']:.1f} times "
        f"the time, {ratio:.2f} times the memory (wanted: at most {WANTED}){wanted(ratio <= WANTED)}"
    )


@contextlib.contextmanager
def _site(url: str) -> Iterator[Site]:
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"}
    command = [sys.executable, "-m", "bench.regulations_site"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.communicate()  # closes its input, which ends it


def _ask(site: Site, line: str) -> dict[str, Any]:
    print(line, file=site.stdin, flush=True)
    answer = site.stdout.readline()
    if not answer:
        raise SystemExit(f"The site ended at {line!r}.")
    return json.loads(answer)
