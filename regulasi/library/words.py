"""Words as the search compares them, and what a query asks for: words, and phrases in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from siptenan.common.words import MOST_LETTERS, words_of

MOST_TERMS = 8  # of a query; the rest is ignored

# Words that every regulation has; they are not looked for beside others.
EMPTY = frozenset({"atau", "dalam", "dan", "dari", "dengan", "di", "ke", "oleh", "pada", "tentang", "untuk", "yang"})

PHRASE = re.compile(r'"([^"]*)"')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»\uff02", '"'))


def line_of(text: str) -> str:
    """Return the words of a text in one line that a phrase can be looked up in."""
    return f" {' '.join(words_of(text))} "


@dataclass(frozen=True)
class Term:
    """One thing that must be there: a word, or words next to each other."""

    words: tuple[str, ...]

    @property
    def is_phrase(self) -> bool:
        """Whether its words must stand together, as they are."""
        return len(self.words) > 1

    @property
    def is_number(self) -> bool:
        """Whether it is a number: 3 is not the beginning of 30."""
        return len(self.words) == 1 and self.words[0].isdigit()

    @property
    def text(self) -> str:
        """Its words with spaces between; letters and digits only."""
        return " ".join(self.words)


def terms(query: str) -> tuple[Term, ...]:
    """Return what a query asks for; nothing when there is no letter or digit in it. A lone quote counts as none."""
    line = query[:MOST_LETTERS].translate(QUOTES)
    found = [Term(tuple(words[:MOST_TERMS])) for part in PHRASE.findall(line) if (words := words_of(part))]
    found += [Term((word,)) for word in words_of(PHRASE.sub(" ", line))]
    telling = [term for term in found if term.is_phrase or term.words[0] not in EMPTY]
    return tuple(dict.fromkeys(telling or found))[:MOST_TERMS]
