"""What a visitor has chosen of the regulations."""

from __future__ import annotations

from regulasi.library.index import FACETS, NEWEST
from regulasi.library.labels import RELEVANCE, SORT_LABELS, facet_values
from regulasi.library.words import terms
from siptenan.common import faceted


class Selection(faceted.Selection):
    """Search words, values by facet, and an order of regulations."""

    facets, newest, best, sort_labels = FACETS, NEWEST, RELEVANCE, SORT_LABELS
    facet_values = staticmethod(facet_values)

    @staticmethod
    def is_search(text: str) -> bool:
        """Whether there is a letter or digit in it."""
        return bool(terms(text))
