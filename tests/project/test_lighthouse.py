"""What `make lighthouse` makes of the readings: a heavier page fails, a busy machine does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.project import lighthouse
from tests.project.lighthouse import MAX_BYTES, MAX_LCP_MS, Reading, judge, look

GOOD = Reading(
    scores={"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100},
    lcp_ms=1000.0, cls=0.0, transferred=21_000, requests=6, stylesheets=1, faults=[],
)  # fmt: skip
SLOW = replace(GOOD, lcp_ms=MAX_LCP_MS + 1)
URL = "http://127.0.0.1:1/"


def scored(**points: int) -> Reading:
    """A good reading with other points."""
    return replace(GOOD, scores={**GOOD.scores, **{name.replace("_", "-"): value for name, value in points.items()}})


@pytest.fixture
def looked(monkeypatch) -> Callable[..., list[str]]:
    """Return a function that looks at a page whose readings are given; the last one comes again and again."""

    def look_at(*readings: Reading, runs: int = 3, name: str = "home") -> list[str]:
        def one_by_one() -> Iterator[Reading]:
            yield from readings
            while True:
                yield readings[-1]

        following = one_by_one()
        monkeypatch.setattr(lighthouse, "fetch", lambda url: None)
        monkeypatch.setattr(lighthouse, "read", lambda url, cookie="": next(following))
        return look(name, URL, "", runs)

    return look_at


def test_a_good_page_passes(looked):
    assert looked(GOOD) == []


@pytest.mark.parametrize(
    "reading",
    [
        replace(GOOD, transferred=MAX_BYTES + 1),
        replace(GOOD, requests=7),
        replace(GOOD, stylesheets=2),
        replace(GOOD, cls=0.001),
        scored(accessibility=99),
        scored(best_practices=96),
        scored(seo=92),
    ],
    ids=["bytes", "requests", "style sheets", "layout shift", "accessibility", "best practices", "seo"],
)
def test_how_a_page_is_built_must_hold_at_once(reading):
    assert len(judge("home", [reading])) == 1


def test_one_shift_in_three_is_a_shift():
    assert judge("home", [GOOD, replace(GOOD, cls=0.05), GOOD])


def test_the_receipt_need_not_be_found_by_search_engines(looked):
    assert looked(scored(seo=54), name="receipt") == []
    assert looked(scored(seo=54)) != []


def test_a_page_that_is_always_too_slow_fails(looked):
    assert looked(SLOW) == ["home: LCP 1201 ms"]
    assert looked(scored(performance=99)) == ["home: performance 99"]


def test_one_slow_run_or_a_busy_minute_does_not(looked):
    assert looked(SLOW, GOOD, GOOD) == []
    assert looked(SLOW, SLOW, SLOW, GOOD) == []


def test_a_single_run_reports_timings_and_checks_none(looked, capsys):
    assert looked(SLOW, runs=1) == []
    assert "LCP 1201 ms" in capsys.readouterr().out


def test_a_failing_page_says_what_cost_the_points(looked):
    assert (
        looked(replace(scored(seo=92), faults=["seo: Links are not crawlable"]))[-1] == "  seo: Links are not crawlable"
    )
