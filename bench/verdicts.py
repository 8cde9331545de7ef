"""What is wanted of the figures: `wanted` says it of each one, and the run fails in the end when one is missed."""

from __future__ import annotations

missed = 0


def wanted(is_met: bool, complaint: str = "TOO MUCH") -> str:
    """Return what to print behind a figure: nothing, or the complaint, which makes the run end with an error."""
    global missed
    if is_met:
        return ""
    missed += 1
    return f"  {complaint}"


def end() -> None:
    """Raise SystemExit when anything was missed, at the end of all benchmarks."""
    if missed:
        raise SystemExit(f"\n{missed} of the figures above are not as wanted.")
