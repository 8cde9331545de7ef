"""What the search of the whole site finds among regulations: by their names, their record and their PDFs."""

from __future__ import annotations

from functools import cached_property

from pyroaring import BitMap

from regulasi import references
from regulasi.addresses import index_url
from regulasi.library.cards import Card, cards
from regulasi.library.index import Index, reading, today
from regulasi.library.labels import RELEVANCE
from regulasi.library.search import Match, find, in_rank, question
from regulasi.library.words import Term, terms
from siptenan.common.finding import Hit, Query
from siptenan.common.marks import Marker
from siptenan.common.words import alike


def regulations(query: Query) -> Regulations:
    """Return the public regulations that a query finds; none while their list is not published."""
    return Regulations(query)


class Regulations:
    """Regulations that match, in the order of their own list: what is named first, titles before texts.

    Typos are forgiven in records only: the text of PDFs, which the database holds, was asked for what was typed. What
    was typed is not remembered, so it is looked for once and kept here.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        # Quotes and numbers as they were typed; of the words those that tell something.
        self._terms = [term for term in terms(query.text) if term.is_phrase or term.words[0] in query.words]

    def __len__(self) -> int:
        return len(self._match.all)

    def __getitem__(self, stretch: slice, /) -> list[Hit]:
        match = self._match
        with reading() as index:
            ranked = in_rank(index, match, match.all & index.all, RELEVANCE)
            start, stop, _ = stretch.indices(len(ranked))
            pks = ranked[start:stop]
        marker = self._query.marker
        return [_hit(card, marker) for card in cards(pks, self._terms_in_pdf, today())]

    @property
    def is_named(self) -> bool:
        """Whether the query is the name of one of them: "UU 20/2016"."""
        return self._match.exact is not None

    @cached_property
    def _match(self) -> Match:
        if not (self._terms and index_url()):
            return Match(BitMap(), ())
        if self._query.any_word or self._query.forgiving:
            with reading() as index:
                return (_with_some if self._query.any_word else _in_spite_of_typos)(index, self._terms)
        asked = question(self._query.text, self._terms)
        with reading() as index:
            return find(index, asked)

    @property
    def _terms_in_pdf(self) -> tuple[Term, ...]:
        """What is looked up in the PDFs of hits: not the number of a regulation that was named by it."""
        if self._query.forgiving:
            return ()
        reference = references.parse(self._query.text) if self._match.tiers and self._match.tiers[0] else None
        return terms(reference.rest) if reference else tuple(self._terms)


def _meant(index: Index, term: Term, *, in_titles: bool) -> BitMap:
    """The regulations that have a term or, when no record has it, a word that is nearly the same."""
    if term.is_phrase or term.is_number or index.with_term(term):
        return index.with_term(term, in_titles=in_titles)
    likely = (Term((word,)) for word in alike(term.words[0], index.vocabulary))
    return BitMap.union(BitMap(), *(index.with_term(other, in_titles=in_titles) for other in likely))


def _in_spite_of_typos(index: Index, asked: list[Term]) -> Match:
    titles = BitMap.intersection(*(_meant(index, term, in_titles=True) for term in asked))
    records = BitMap.intersection(*(_meant(index, term, in_titles=False) for term in asked))
    return Match(records | titles, (titles, records - titles))


def _with_some(index: Index, asked: list[Term]) -> Match:
    """Those with any of the terms in their title, those with most of them first."""
    having = [index.all, *(BitMap() for _ in asked)]  # at least so many of the terms
    for term in asked:
        titles = _meant(index, term, in_titles=True)
        for number in range(len(asked), 0, -1):
            having[number] |= having[number - 1] & titles
    tiers = [more - most for more, most in zip(having[1:], [*having[2:], BitMap()], strict=True)]
    return Match(having[1], tuple(reversed(tiers)))


def _hit(card: Card, marker: Marker) -> Hit:
    facts = [fact for fact in (card.date_text, card.reason.rstrip(".")) if fact]
    return Hit(
        title=marker.marked(card.title),
        url=card.url,
        excerpt=card.snippet or marker.excerpt(card.summary),
        label=card.kind,
        facts=" · ".join(facts),
        notice=card.badge,
        notice_level=card.level,
        part=f"Buka PDF, halaman {card.snippet_page}" if card.snippet else "",
        part_url=card.snippet_url,
    )
