"""Text of PDFs is searched without accents, and long documents in several rows (regulasi.fulltext), on PostgreSQL.

FTS5 of SQLite takes accents away itself (0003), and has no limit to a row.

Queries come folded (siptenan.common.words), so text is folded, too: letter by letter, so that a place in one is the
same place in the other. A tsvector holds a megabyte: so the words of a document lie in as many rows as they need, at
least one for each statement that added pages. Words of a phrase are on one page, and the pages of a row are whole.
"""

import unicodedata

from django.db import migrations

from siptenan.common.databases import PostgresSQL


BLOCKS = ((0xC0, 0x24F), (0x1E00, 0x1EFF))  # of Unicode that have Latin letters with accents
RANGES = "".join(f"{chr(first)}-{chr(last)}" for first, last in BLOCKS)


def folding() -> tuple[str, str]:
    """Return the Latin letters with accents, and what each is without."""
    letters = [chr(code) for first, last in BLOCKS for code in range(first, last + 1)]
    bare = {letter: unicodedata.normalize("NFKD", letter)[0] for letter in letters}
    found = {
        letter: base
        for letter, base in bare.items()
        if base.isascii() and all(map(unicodedata.combining, unicodedata.normalize("NFKD", letter)[1:]))
    }
    return "".join(found), "".join(found.values())


ACCENTED, BARE = folding()
# What stands between "20/2016" and "M-IND" would make one token of them; <...> would be a tag, &...; an entity.
SIGNS = "/-_.@:''<>&"

FORWARDS = r"""
CREATE FUNCTION regulasi_folded(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- translate() goes through its whole list for every letter: without accents the short one does the same.
    SELECT CASE WHEN written ~ '[RANGES]' THEN translate(written, 'SIGNS' || 'ACCENTED', repeat(' ', 10) || 'BARE')
        ELSE translate(written, 'SIGNS', repeat(' ', 10)) END;
$$;

ALTER TABLE regulasi_documentpagetext DROP COLUMN search;
ALTER TABLE regulasi_documentpagetext ADD COLUMN search tsvector
    GENERATED ALWAYS AS (to_tsvector('indonesian'::regconfig, regulasi_folded(left(text, 300000)))) STORED;
CREATE INDEX regulation_page_search ON regulasi_documentpagetext USING gin (search) WITH (fastupdate = off);

TRUNCATE regulasi_documentwords;
ALTER TABLE regulasi_documentwords DROP CONSTRAINT regulasi_documentwords_pkey;
CREATE INDEX regulation_document_rows ON regulasi_documentwords (document_id);

-- 800,000 bytes and a page of 50,000 letters are less than the megabyte.
CREATE FUNCTION regulasi_words_of_pages(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO regulasi_documentwords (document_id, words, pairs, sequence)
    SELECT part.document_id,
        (SELECT coalesce(array_to_tsvector(array_agg(DISTINCT lexeme)), '')
            FROM regulasi_documentpagetext page, unnest(tsvector_to_array(page.search)) lexeme
            WHERE page.id = ANY(part.ids)),
        (SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM unnest(part.pages) codes, regulasi_pairs(codes) pair),
        (SELECT string_agg(codes, '\x00000000' ORDER BY place)
            FROM unnest(part.pages) WITH ORDINALITY page(codes, place))
    FROM (
        SELECT document_id, array_agg(id) AS ids, array_agg(regulasi_codes(search) ORDER BY number) AS pages
        FROM (
            SELECT id, document_id, number, search,
                sum(octet_length(text)) OVER (PARTITION BY document_id ORDER BY number) / 800000 AS part
            FROM regulasi_documentpagetext WHERE id = ANY(regulasi_words_of_pages.ids)
        ) page GROUP BY document_id, part
    ) part;
$$;

CREATE OR REPLACE FUNCTION regulasi_words_of(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    SELECT regulasi_words_of_pages(ARRAY(SELECT id FROM regulasi_documentpagetext WHERE document_id = ANY(ids)));
$$;

CREATE OR REPLACE FUNCTION regulasi_pages_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM regulasi_words_of_pages(ARRAY(SELECT id FROM added));
    RETURN NULL;
END $$;

-- A phrase in which PostgreSQL sees less than two words is nowhere, not everywhere.
CREATE OR REPLACE FUNCTION regulasi_with_phrase(codes bytea) RETURNS bigint[]
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT ARRAY(
        SELECT document_id FROM regulasi_documentwords
        WHERE length(codes) >= 8 AND pairs @> ARRAY(SELECT regulasi_pairs(codes))
            AND (length(codes) = 8 OR position(codes IN sequence) > 0)
    );
$$;

SELECT regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM regulasi_documentpagetext));
"""
BACKWARDS = r"""
CREATE OR REPLACE FUNCTION regulasi_with_phrase(codes bytea) RETURNS bigint[]
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT ARRAY(
        SELECT document_id FROM regulasi_documentwords
        WHERE pairs @> ARRAY(SELECT regulasi_pairs(codes)) AND (length(codes) = 8 OR position(codes IN sequence) > 0)
    );
$$;

CREATE OR REPLACE FUNCTION regulasi_pages_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM added));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION regulasi_words_of(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO regulasi_documentwords (document_id, words, pairs, sequence)
    SELECT document.id,
        (SELECT coalesce(array_to_tsvector(array_agg(DISTINCT lexeme)), '')
            FROM regulasi_documentpagetext, unnest(tsvector_to_array(search)) lexeme WHERE document_id = document.id),
        (SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM unnest(pages) codes, regulasi_pairs(codes) pair),
        (SELECT string_agg(codes, '\x00000000' ORDER BY place) FROM unnest(pages) WITH ORDINALITY page(codes, place))
    FROM (
        SELECT document_id AS id, array_agg(regulasi_codes(search) ORDER BY number) AS pages
        FROM regulasi_documentpagetext WHERE document_id = ANY(ids) GROUP BY document_id
    ) document
    ON CONFLICT (document_id) DO UPDATE
        SET words = EXCLUDED.words, pairs = EXCLUDED.pairs, sequence = EXCLUDED.sequence;
$$;
DROP FUNCTION regulasi_words_of_pages(bigint[]);

ALTER TABLE regulasi_documentpagetext DROP COLUMN search;
DROP FUNCTION regulasi_folded(text);
ALTER TABLE regulasi_documentpagetext ADD COLUMN search tsvector GENERATED ALWAYS AS (
    to_tsvector('indonesian'::regconfig, translate(left(text, 300000), '/-_.@:''', '       '))
) STORED;
CREATE INDEX regulation_page_search ON regulasi_documentpagetext USING gin (search) WITH (fastupdate = off);

TRUNCATE regulasi_documentwords;
DROP INDEX regulation_document_rows;
ALTER TABLE regulasi_documentwords ADD PRIMARY KEY (document_id);
SELECT regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM regulasi_documentpagetext));
"""


class Migration(migrations.Migration):
    dependencies = [("regulasi", "0005_phrases")]

    operations = [
        PostgresSQL(
            [
                FORWARDS.replace("SIGNS", SIGNS)
                .replace("RANGES", RANGES)
                .replace("ACCENTED", ACCENTED)
                .replace("BARE", BARE)
            ],
            [BACKWARDS],
        )
    ]
