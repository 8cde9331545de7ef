"""Texts with the words marked that somebody looked for. What is not a mark of ours is escaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from siptenan.common.words import LONGEST_WORD, WORD, fold, meant

LETTERS = 160  # of an excerpt
LEAD = 40  # letters before the first word that is marked
MOST_PLACES = 50  # in a text, at which an excerpt could begin


class Marker:
    """Marks the words of one query: those that begin so or hold it, else those that are nearly so if it forgives."""

    def __init__(self, words: Sequence[str], *, forgiving: bool = True) -> None:
        self.words, self.forgiving = words, forgiving

    def marked(self, text: str) -> SafeString:
        """Return a text with its marks."""
        clean = _one_line(text)
        return _with_marks(clean, self._asked(clean))

    def excerpt(self, text: str) -> SafeString:
        """Return the stretch of a text that holds most of the words; its beginning when it holds none."""
        clean = _one_line(text)
        asked = self._asked(clean)
        start, stop = _stretch(clean, asked)
        before, after = "… " if start else "", " …" if stop < len(clean) else ""
        return format_html("{}{}{}", before, _with_marks(clean[start:stop], asked), after)

    def _asked(self, text: str) -> dict[str, int]:
        """Each word of a text that is meant, folded, and by which word of the query."""
        vocabulary = sorted({word for _, _, word in _tokens(text)})
        return {
            found: number
            for number, word in enumerate(self.words)
            for found in meant(word, vocabulary, forgiving=self.forgiving)
        }


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: where each begins and ends, and how it is compared."""
    for found in WORD.finditer(text):
        yield found.start(), found.end(), fold(found[0])[:LONGEST_WORD]


def _with_marks(text: str, asked: dict[str, int]) -> SafeString:
    pieces: list[str] = []
    done = 0
    for start, end, word in _tokens(text):
        if word in asked:
            pieces += [text[done:start], format_html("<mark>{}</mark>", text[start:end])]
            done = end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[done:]]))


def _stretch(text: str, asked: dict[str, int]) -> tuple[int, int]:
    """Where the excerpt begins and ends: at whole words, unless one is longer than the excerpt."""
    places = list(islice(((start, asked[word]) for start, _, word in _tokens(text) if word in asked), MOST_PLACES))
    first = max(places, key=lambda place: (_held(places, place[0]), -place[0]))[0] if places else 0
    start = 0 if first < LETTERS // 2 else first - LEAD
    if start:
        start = text.find(" ", start, first) + 1 or first
    if len(text) <= start + LETTERS:
        return start, len(text)
    stop = text.rfind(" ", first, start + LETTERS)
    return start, stop if stop > first else start + LETTERS


def _held(places: Sequence[tuple[int, int]], start: int) -> int:
    """How many different words of the query are found in the excerpt round a place."""
    return len({word for place, word in places if start <= place < start + LETTERS - LEAD})
