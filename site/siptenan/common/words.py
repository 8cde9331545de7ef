"""Words as searches compare them: without case, accents and punctuation, and near enough in spite of a typo."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_WORDS = 8  # of a query; the rest is ignored
LONGEST_WORD = 40  # letters
MOST_LETTERS = 200  # of a query
MOST_ALIKE = 12  # words that one misspelt word may stand for
ROOT = 5  # letters from which on a word is also found inside others: daftar in mendaftarkan
TYPOS = ((8, 2), (4, 1))  # from so many letters on, so many of them may be wrong

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in their order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def query_words(query: str) -> list[str]:
    """Return the different words that are looked for; none when there is no letter or digit in the query."""
    return list(dict.fromkeys(words_of(query[:MOST_LETTERS])))[:MOST_WORDS]


def joined(text: str) -> str:
    """Return a name as one word: some write "Kandang Panjang", others "Kandangpanjang"."""
    return "".join(words_of(text))[:LONGEST_WORD]


def beginning(start: str, vocabulary: Sequence[str]) -> Sequence[str]:
    """Return the words of a sorted vocabulary that begin so."""
    first = bisect.bisect_left(vocabulary, start)
    return vocabulary[first : bisect.bisect_left(vocabulary, start + chr(0x10FFFF), lo=first)]


def alike(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words that a misspelt one may be, the likeliest first; none for a short or a strange one.

    Of the words at the smallest distance only: with a better guess at hand, worse ones would be noise.
    """
    typos = next((number for letters, number in TYPOS if len(word) >= letters), 0)
    if not typos:
        return []
    scorer: Any = OSA.distance  # its overloads confuse the stubs of `extract`
    found = process.extract(word, vocabulary, scorer=scorer, score_cutoff=typos, limit=MOST_ALIKE)
    return [other for other, distance, _ in found if distance == found[0][1]]


def meant(word: str, vocabulary: Sequence[str], *, forgiving: bool = True) -> Sequence[str]:
    """Return the words of a sorted vocabulary that a typed one may stand for.

    Those that begin so, or hold it if it is long enough to be a root; when there is none, those that are nearly so,
    if typos are forgiven.
    """
    found = [other for other in vocabulary if word in other] if len(word) >= ROOT else beginning(word, vocabulary)
    return found or (alike(word, vocabulary) if forgiving else [])
