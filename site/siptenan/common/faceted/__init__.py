"""Lists with search, facets and orders, answered from the memory of a process (ADR 0015)."""

from .index import Kept, ListIndex
from .listing import Chip, Facet, Option, Ranked, chips_of, chosen_sets, facets_of, sorts_of
from .selection import QUERY_KEY, SORT_KEY, Selection

__all__ = [
    "QUERY_KEY", "SORT_KEY", "Chip", "Facet", "Kept", "ListIndex", "Option", "Ranked", "Selection", "chips_of",
    "chosen_sets", "facets_of", "sorts_of",
]  # fmt: skip
