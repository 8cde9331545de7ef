"""How large an industry is, by law (Permenperin 64/2016; facts.md, 7)."""

from __future__ import annotations

from gallery.enums import ScaleClass

BILLION = 1_000_000_000
FEW_WORKERS = 19  # at most
SMALL_BELOW = 1 * BILLION  # rupiah of investment, without land and building
MEDIUM_UP_TO = 15 * BILLION


def scale_class(workers: int | None, investment: int | None) -> ScaleClass | None:
    """Return the class of an industry; None while workers or investment (rupiah) are not known.

    Small: at most 19 workers and less than 1 billion. Medium: at most 19 and 1 billion or more, or 20 or more and at
    most 15 billion. Large: 20 or more and above that.
    """
    if workers is None or investment is None:
        return None
    if workers <= FEW_WORKERS:
        return ScaleClass.SMALL if investment < SMALL_BELOW else ScaleClass.MEDIUM
    return ScaleClass.MEDIUM if investment <= MEDIUM_UP_TO else ScaleClass.LARGE
