"""What a visitor has chosen of the catalogue."""

from __future__ import annotations

from gallery.catalogue.index import FACETS, NEWEST
from gallery.catalogue.labels import BEST_MATCH, SORT_LABELS, facet_values
from siptenan.common import faceted
from siptenan.common.words import query_words


class Selection(faceted.Selection):
    """Search words, values by facet, and an order of products."""

    facets, newest, best, sort_labels = FACETS, NEWEST, BEST_MATCH, SORT_LABELS
    facet_values = staticmethod(facet_values)

    @staticmethod
    def is_search(text: str) -> bool:
        """Whether there is a word in it."""
        return bool(query_words(text))
