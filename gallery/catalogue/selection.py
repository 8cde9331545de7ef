"""What a visitor has chosen: the state of the list, all of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from gallery.catalogue.index import FACETS, SORTS
from gallery.catalogue.labels import BEST_MATCH, facet_values
from siptenan.common.channels import CHANNEL_KEY, CHANNEL_MAX
from siptenan.common.words import MOST_LETTERS, query_words

QUERY_KEY, SORT_KEY = "q", "urut"
NEWEST = "terbaru"


@dataclass(frozen=True)
class Selection:
    """Search words, values by facet, and an order. What nobody knows was left out."""

    query: str
    values: Mapping[str, tuple[str, ...]]
    sort: str
    channel: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Selection:
        """Return what an address says."""
        text = " ".join(query.get(QUERY_KEY, "").replace("\0", "").split())[:MOST_LETTERS]
        known = facet_values()
        given = {facet: set(query.getlist(facet)) for facet in FACETS if facet in query}
        values = {facet: tuple(code for code in known[facet] if code in wanted) for facet, wanted in given.items()}
        sort = query.get(SORT_KEY, "")
        is_known = sort in SORTS or (sort == BEST_MATCH and bool(query_words(text)))
        return cls(
            query=text,
            values={facet: codes for facet, codes in values.items() if codes},
            sort=sort if is_known else cls._usual_sort(text),
            channel=query.get(CHANNEL_KEY, "")[:CHANNEL_MAX],
        )

    @staticmethod
    def _usual_sort(text: str) -> str:
        return BEST_MATCH if query_words(text) else NEWEST

    @property
    def is_filtered(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.query or self.values)

    @property
    def is_usual(self) -> bool:
        """Whether it is the list as everybody finds it."""
        return not self.is_filtered and self.sort == NEWEST

    def without(self, facet: str, code: str) -> Selection:
        """Return the same without one value."""
        left = tuple(other for other in self.values.get(facet, ()) if other != code)
        values = {**self.values, facet: left}
        return Selection(self.query, {name: codes for name, codes in values.items() if codes}, self.sort, self.channel)

    def without_query(self) -> Selection:
        """Return the same without search words."""
        return Selection("", self.values, NEWEST if self.sort == BEST_MATCH else self.sort, self.channel)

    def as_query(self) -> str:
        """Return it as `?q=...&kategori=...`; nothing for the usual list."""
        pairs = [(QUERY_KEY, self.query)] if self.query else []
        pairs += [(facet, code) for facet in FACETS for code in self.values.get(facet, ())]
        if self.sort != self._usual_sort(self.query):
            pairs.append((SORT_KEY, self.sort))
        if self.channel:
            pairs.append((CHANNEL_KEY, self.channel))
        return f"?{urlencode(pairs)}" if pairs else ""
