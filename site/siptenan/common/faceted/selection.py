"""What a visitor has chosen of a list: its whole state, and all of it in the address."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.http import QueryDict

from siptenan.common.channels import CHANNEL_KEY, CHANNEL_MAX
from siptenan.common.words import MOST_LETTERS

QUERY_KEY, SORT_KEY = "q", "urut"


@dataclass(frozen=True)
class Selection(ABC):
    """Search words, values by facet, and an order. What nobody knows was left out. A room says what it knows."""

    facets: ClassVar[Sequence[str]]
    newest: ClassVar[str]  # the order of the usual list
    best: ClassVar[str]  # the usual order when something is searched
    sort_labels: ClassVar[Mapping[str, str]]  # every order, in which they are offered

    query: str  # with something to search for, or empty
    values: Mapping[str, tuple[str, ...]]
    sort: str
    channel: str = ""

    @staticmethod
    @abstractmethod
    def facet_values() -> Mapping[str, Mapping[str, str]]:
        """The values that can be chosen and their names, by facet, in the order in which they are shown."""

    @staticmethod
    @abstractmethod
    def is_search(text: str) -> bool:
        """Whether there is anything in a text to search for."""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return what an address says."""
        typed = " ".join(query.get(QUERY_KEY, "").replace("\0", "").split())[:MOST_LETTERS]
        text = typed if cls.is_search(typed) else ""
        known = cls.facet_values()
        given = {facet: set(query.getlist(facet)) for facet in cls.facets if facet in query}
        values = {facet: tuple(code for code in known[facet] if code in wanted) for facet, wanted in given.items()}
        sort = query.get(SORT_KEY, "")
        is_known = sort in cls.sort_labels and (sort != cls.best or bool(text))
        return cls(
            query=text,
            values={facet: codes for facet, codes in values.items() if codes},
            sort=sort if is_known else cls.usual_sort(text),
            channel=query.get(CHANNEL_KEY, "")[:CHANNEL_MAX],
        )

    @classmethod
    def usual_sort(cls, text: str) -> str:
        """The order of who has chosen none: the best first where something is searched."""
        return cls.best if text else cls.newest

    @property
    def is_filtered(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.query or self.values)

    @property
    def is_usual(self) -> bool:
        """Whether it is the list as everybody finds it."""
        return not self.is_filtered and self.sort == self.newest

    def without(self, facet: str, code: str) -> Self:
        """Return the same without one value."""
        left = tuple(other for other in self.values.get(facet, ()) if other != code)
        values = {**self.values, facet: left}
        return replace(self, values={name: codes for name, codes in values.items() if codes})

    def without_query(self) -> Self:
        """Return the same without search words."""
        return replace(self, query="", sort=self.newest if self.sort == self.best else self.sort)

    def as_query(self, *, with_channel: bool = True) -> str:
        """Return it as `?q=...&kategori=...`; nothing for the usual list."""
        pairs = [(QUERY_KEY, self.query)] if self.query else []
        pairs += [(facet, code) for facet in self.facets for code in self.values.get(facet, ())]
        if self.sort != self.usual_sort(self.query):
            pairs.append((SORT_KEY, self.sort))
        if self.channel and with_channel:
            pairs.append((CHANNEL_KEY, self.channel))
        return f"?{urlencode(pairs)}" if pairs else ""
