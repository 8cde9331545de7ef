"""The benchmarks end with an error when a figure is not as wanted."""

from __future__ import annotations

import pytest

from bench import verdicts


@pytest.fixture(autouse=True)
def _nothing_missed(monkeypatch):
    monkeypatch.setattr(verdicts, "missed", 0)


def test_all_is_as_wanted():
    assert verdicts.wanted(True) == ""
    verdicts.end()


@pytest.mark.parametrize("complaint", ["TOO MUCH", "TOO LITTLE"])
def test_one_figure_that_is_missed_fails_the_run(complaint):
    assert complaint in verdicts.wanted(False, complaint)
    assert verdicts.wanted(True) == ""
    with pytest.raises(SystemExit) as ended:
        verdicts.end()
    assert ended.value.code not in (None, 0)
