"""The text of PDFs: which documents have the words, and where they stand. Hides how each database does it.

PostgreSQL: a tsvector of every page with Indonesian stems (GIN), and one of each document without positions, so that
a common word reads one narrow row a document. A phrase of two words is looked up among the pairs of neighbours that
each document has; a longer one also in its words in their order. SQLite: FTS5 over the pages; a word finds those that
begin with it. Triggers keep both (migrations 0003, 0005 and 0006). Accents do not count in either. The words of a Term
are letters and digits only, without accents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pyroaring import BitMap

from regulasi.library.words import Term

START, STOP = "\x02", "\x03"  # around a word that was found; no text has them (regulasi.extraction)
BREAK = "\x04"  # between two stretches of a page
SNIPPET_WORDS = 32
LONGEST_PAGE = 100_000  # letters that a snippet is cut from


@dataclass(frozen=True)
class Snippet:
    """Where a document has what was looked for."""

    page: int
    marked: SafeString  # escaped, with <mark> around the words


def documents_with(terms: Sequence[Term]) -> list[BitMap]:
    """Return, for each term, the keys of the documents that have it. One query."""
    if not terms:
        return []
    return _postgres_documents(terms) if connection.vendor == "postgresql" else _sqlite_documents(terms)


def snippets(documents: Collection[int], terms: Sequence[Term]) -> Mapping[int, Snippet]:
    """Return one place in each of these documents: the first page with all terms, else with any. One query."""
    if not documents or not terms:
        return {}
    found = _postgres_snippets if connection.vendor == "postgresql" else _sqlite_snippets
    return {document: Snippet(page, marked(text)) for document, page, text in found(documents, terms)}


def marked(text: str) -> SafeString:
    """Escape a text from the database, and turn the signs around found words into <mark>."""
    safe = str(escape(" ".join(text.split())))
    is_whole = safe.count(START) == safe.count(STOP)
    safe = safe.replace(START, "<mark>" if is_whole else "").replace(STOP, "</mark>" if is_whole else "")
    return mark_safe(safe)  # noqa: S308 - escaped above


# --- PostgreSQL -----------------------------------------------------------------------------------

_QUERY = {False: "plainto_tsquery('indonesian', %s)", True: "phraseto_tsquery('indonesian', %s)"}


_DOCUMENTS = {
    False: "SELECT regulasi_with_words(plainto_tsquery('indonesian', %s))",
    True: "SELECT regulasi_with_phrase(regulasi_codes(to_tsvector('indonesian', %s)))",
}


def _postgres_documents(terms: Sequence[Term]) -> list[BitMap]:
    parts = [_DOCUMENTS[term.is_phrase] for term in terms]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [term.text for term in terms])
        return [BitMap(found) for (found,) in cursor.fetchall()]


def _postgres_snippets(documents: Collection[int], terms: Sequence[Term]) -> list[tuple[int, int, str]]:
    queries = [_QUERY[term.is_phrase] for term in terms]
    texts = [term.text for term in terms]
    options = (
        f"StartSel={START}, StopSel={STOP}, FragmentDelimiter={BREAK}, MaxWords={SNIPPET_WORDS}, MinWords=12,"
        " MaxFragments=2"
    )
    sql = f"""
        WITH asked AS (SELECT {" || ".join(queries)} AS some, {" && ".join(queries)} AS whole),
        page AS MATERIALIZED (  -- first, or the planner asks the index for all pages with these words
            SELECT id, document_id, number, search FROM regulasi_documentpagetext WHERE document_id = ANY(%s)
        ),
        best AS MATERIALIZED (
            SELECT DISTINCT ON (page.document_id) page.id, page.document_id, page.number
            FROM page, asked WHERE page.search @@ asked.some
            ORDER BY page.document_id, (page.search @@ asked.whole) DESC, page.number
        )
        SELECT best.document_id, best.number, written, folded, ts_headline('indonesian', folded, asked.some, %s)
        FROM best JOIN regulasi_documentpagetext USING (id), left(text, {LONGEST_PAGE}) written,
            regulasi_folded(written) folded, asked
    """  # noqa: S608 - names and numbers are ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [*texts, *texts, list(documents), options])
        return [(document, page, _as_written(*found)) for document, page, *found in cursor.fetchall()]


def _as_written(written: str, folded: str, found: str) -> str:
    """Return what was found in a folded text as it is written there; both have each letter at the same place."""
    stretches = []
    for stretch in found.split(BREAK):
        plain = stretch.replace(START, "").replace(STOP, "")
        place = folded.find(plain)
        letters = iter(written[place : place + len(plain)] if place >= 0 else plain)
        stretches.append("".join(sign if sign in (START, STOP) else next(letters) for sign in stretch))
    return " … ".join(stretches)


# --- SQLite ---------------------------------------------------------------------------------------


def _match(term: Term) -> str:
    return f'"{term.text}"' if term.is_phrase or term.is_number else f'"{term.text}" *'


def _sqlite_documents(terms: Sequence[Term]) -> list[BitMap]:
    part = (
        "SELECT {number}, document_id FROM regulasi_page_fts JOIN regulasi_documentpagetext page"
        " ON page.id = regulasi_page_fts.rowid WHERE regulasi_page_fts MATCH %s"
    )
    found = [BitMap() for _ in terms]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ".join(part.format(number=number) for number in range(len(terms))), [_match(term) for term in terms]
        )
        for number, document in cursor.fetchall():
            found[number].add(document)
    return found


def _sqlite_snippets(documents: Collection[int], terms: Sequence[Term]) -> list[tuple[int, int, str]]:
    places = ", ".join(["%s"] * len(documents))
    matches = [_match(term) for term in terms]
    sql = f"""
        SELECT page.document_id, page.number,
            snippet(regulasi_page_fts, 0, char(2), char(3), '…', {SNIPPET_WORDS}),
            page.id IN (SELECT rowid FROM regulasi_page_fts WHERE regulasi_page_fts MATCH %s) AS whole
        FROM regulasi_page_fts JOIN regulasi_documentpagetext page ON page.id = regulasi_page_fts.rowid
        WHERE regulasi_page_fts MATCH %s AND page.document_id IN ({places})
        ORDER BY page.document_id, whole DESC, page.number
    """  # noqa: S608 - names and numbers are ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [" AND ".join(matches), " OR ".join(matches), *documents])
        rows = cursor.fetchall()
    first: dict[int, tuple[int, int, str]] = {}
    for document, page, text, _ in rows:
        first.setdefault(document, (document, page, text))
    return list(first.values())
