"""Finding by words: what was asked, what is found, and documents that a process keeps in memory to find them.

A room that has something to be found offers a function `(Query) -> Results`; `home.search` puts them together.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.utils import timezone
from django.utils.safestring import SafeString
from pyroaring import BitMap
from rapidfuzz import fuzz, process

from siptenan.common.marks import Marker
from siptenan.common.words import MOST_LETTERS, MOST_WORDS, beginning, joined, meant, words_of

MOST_JOINED = 4  # words that may be one: "SI INas" for SIINas
MOST_ALIKE, ALIKE = 3, 60  # titles that are like what was asked, and how alike they must be, of 100
OVER = "Sudah lewat"

# Words of questions that say nothing of what is looked for; they count when there is nothing else.
EMPTY_WORDS = frozenset(
    """
    ada adalah anda apa apakah atau bagaimana berapa bisa dan dapat dari dengan di dimana gimana ini itu kami kapan ke
    kenapa mana mengapa oleh pada saya siapa tentang untuk yang
    """.split()  # noqa: SIM905 - thirty quoted words are no list to read
)


@dataclass(frozen=True)
class Query:
    """What somebody looks for.

    It may reach no log and no cache, and the database only as a question: whoever offers a provider sees to it.
    """

    text: str  # as it was typed, in one line, cut to MOST_LETTERS
    words: tuple[str, ...]  # folded, without those that say nothing; none when there is no letter or digit
    was_cut: bool = False
    forgiving: bool = False  # of typos, where no word is as it was typed
    any_word: bool = False  # found is also what has only some of the words, or a title like them

    @classmethod
    def of(cls, typed: str) -> Query:
        """Return what a text asks for."""
        line = " ".join(typed.split())
        text = _cut(line)
        words = list(dict.fromkeys(words_of(text)))
        telling = [word for word in words if word not in EMPTY_WORDS] or words
        return cls(text, tuple(telling[:MOST_WORDS]), len(text) < len(line) or len(telling) > MOST_WORDS)

    @property
    def marker(self) -> Marker:
        """What marks its words."""
        return Marker(self.words, forgiving=self.forgiving)

    @property
    def words_text(self) -> str:
        """The words in one line."""
        return " ".join(self.words)


def _cut(line: str) -> str:
    """Cut after the last whole word that fits."""
    if len(line) <= MOST_LETTERS:
        return line
    return line[: MOST_LETTERS + 1].rpartition(" ")[0] or line[:MOST_LETTERS]


@dataclass(frozen=True)
class Hit:
    """One thing that was found, as a list shows it; the words that were looked for are marked."""

    title: SafeString
    url: str
    excerpt: SafeString
    label: str = ""  # what it is, in a word or two
    facts: str = ""  # day, place, price: one line
    notice: str = ""  # how it stands, as why it may be of no use any more
    notice_level: str = "warn"  # of a badge
    part: str = ""  # words of a link to the very place
    part_url: str = ""


class Results(Protocol):
    """What is found, best first: how much, and any stretch of it. The order is total and the same each time."""

    @property
    def is_named(self) -> bool: ...  # whether the query is the name of one of them and nothing else

    def __len__(self) -> int: ...

    def __getitem__(self, stretch: slice, /) -> Sequence[Hit]: ...


Provider = Callable[[Query], Results]


@dataclass(frozen=True, eq=False)
class Document:
    """Something public with words in it."""

    title: str
    url: str
    text: str = ""  # excerpts are cut from it
    keywords: str = ""  # by which it is found, too
    label: str = ""
    facts: str = ""
    over_at: dt.datetime | None = None  # when it was of no use any more

    def is_over(self, now: dt.datetime) -> bool:
        """Whether that time has come."""
        return self.over_at is not None and self.over_at < now


Numbers = tuple[BitMap, BitMap, BitMap]
"""The documents that have a word at all, in their title, and in their text."""


class Shelf:
    """Documents in an order of their own, and which words are in them. Never changed: a new generation makes a new one.

    It holds the whole text of every document, and numbers of documents for every word.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self._having: dict[str, BitMap] = defaultdict(BitMap)
        self._titled: dict[str, BitMap] = defaultdict(BitMap)
        self._told: dict[str, BitMap] = defaultdict(BitMap)
        for number, document in enumerate(self.documents):
            title, text = words_of(document.title), words_of(document.text)
            for place, words in (
                (self._titled, title),
                (self._told, text),
                (self._having, [*title, *text, *words_of(document.keywords)]),
            ):
                for word in words:
                    place[word].add(number)
        self._vocabulary = sorted(self._having)

    def find(self, query: Query) -> Found:
        """Return the documents with every word in them, or with `any_word` some.

        Titles count most, then texts; what is over comes last; then the order is that of the shelf.
        """
        if not query.words:
            return Found((), (), query)
        asked = [self._numbers(meant(word, self._vocabulary, forgiving=query.forgiving)) for word in query.words]
        if 1 < len(asked) <= MOST_JOINED and (whole := beginning(joined(query.words_text), self._vocabulary)):
            together = self._numbers(whole)
            asked = [_either(numbers, together) for numbers in asked]
        having = [numbers[0] for numbers in asked]
        found = BitMap.union(*having) if query.any_word else BitMap.intersection(*having)
        if query.any_word and not found:
            return Found(self.documents, self._titles_like(query), query)
        now = timezone.now()

        def rank(number: int) -> tuple:
            had, titled, told = (sum(number in place for place in places) for places in zip(*asked, strict=True))
            return -had, -titled, -told, self.documents[number].is_over(now), number

        return Found(self.documents, sorted(found, key=rank), query)

    def _numbers(self, words: Sequence[str]) -> Numbers:
        """The documents that have one of these words."""
        having, titled, told = (
            BitMap.union(BitMap(), *(place[word] for word in words if word in place))
            for place in (self._having, self._titled, self._told)
        )
        return having, titled, told

    def _titles_like(self, query: Query) -> list[int]:
        found = process.extract(query.words_text, self._titles, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_ALIKE)
        return [number for _, _, number in found]

    @cached_property
    def _titles(self) -> list[str]:
        return [" ".join(words_of(document.title)) for document in self.documents]


def _either(one: Numbers, other: Numbers) -> Numbers:
    return one[0] | other[0], one[1] | other[1], one[2] | other[2]


class Found:
    """What a shelf has found; a document becomes a hit when it is shown."""

    is_named = False  # titles are no names: others have the same words

    def __init__(self, documents: Sequence[Document], numbers: Sequence[int], query: Query) -> None:
        self._documents, self._numbers, self._marker = documents, numbers, query.marker

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, stretch: slice, /) -> list[Hit]:
        return [self._hit(self._documents[number]) for number in self._numbers[stretch]]

    def _hit(self, document: Document) -> Hit:
        return Hit(
            title=self._marker.marked(document.title),
            url=document.url,
            excerpt=self._marker.excerpt(document.text),
            label=document.label,
            facts=document.facts,
            notice=OVER if document.is_over(timezone.now()) else "",
        )
