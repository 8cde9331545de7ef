"""Common words and phrases in the text of PDFs (regulasi.fulltext), on PostgreSQL: ADR 0023.

FTS5 of SQLite has the places of words in its index.

A GIN index knows which pages have the words of a phrase, not whether they stand together: that is looked up on each
page. When every page has them, that is all pages there are. So each document also keeps its pairs of neighbouring
words, indexed, and its words in their order, four bytes each, in which longer phrases are found.
"""

from django.db import migrations

from siptenan.common.databases import PostgresSQL

# md5, because what hashtext returns may change with the version of PostgreSQL.
FORWARDS = r"""
ALTER TABLE regulasi_documentwords
    ADD COLUMN pairs bigint[] NOT NULL DEFAULT '{}', ADD COLUMN sequence bytea NOT NULL DEFAULT '';
ALTER TABLE regulasi_documentwords ALTER COLUMN pairs SET STORAGE EXTERNAL, ALTER COLUMN sequence SET STORAGE EXTERNAL,
    ALTER COLUMN pairs SET STATISTICS 0;  -- ANALYZE would count millions of them, for nobody

CREATE FUNCTION regulasi_codes(words tsvector) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(code, '' ORDER BY place), '')
    FROM (SELECT decode(left(md5(lexeme), 8), 'hex') AS code, positions FROM unnest(words) OFFSET 0) word,
        unnest(word.positions) place;
$$;

CREATE FUNCTION regulasi_pairs(codes bytea) RETURNS SETOF bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || encode(substring(codes FROM place FOR 8), 'hex'))::bit(64)::bigint
    FROM generate_series(1, length(codes) - 7, 4) place;
$$;

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

CREATE OR REPLACE FUNCTION regulasi_pages_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM added));
    RETURN NULL;
END $$;

SELECT regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM regulasi_documentpagetext));
CREATE INDEX regulation_document_pairs ON regulasi_documentwords USING gin (pairs) WITH (fastupdate = off);
-- Texts are written in the background; nobody who searches shall work off a list of what is not in the index yet.
ALTER INDEX regulation_document_words SET (fastupdate = off);
ALTER INDEX regulation_page_search SET (fastupdate = off);

-- Without an index each row would be read with all its words; the planner does not see that they lie elsewhere.
CREATE FUNCTION regulasi_with_words(query tsquery) RETURNS bigint[] LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT ARRAY(SELECT document_id FROM regulasi_documentwords WHERE words @@ query);
$$;

CREATE FUNCTION regulasi_with_phrase(codes bytea) RETURNS bigint[] LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT ARRAY(
        SELECT document_id FROM regulasi_documentwords
        WHERE pairs @> ARRAY(SELECT regulasi_pairs(codes)) AND (length(codes) = 8 OR position(codes IN sequence) > 0)
    );
$$;
"""
BACKWARDS = """
DROP FUNCTION regulasi_with_words(tsquery), regulasi_with_phrase(bytea);
ALTER INDEX regulation_document_words RESET (fastupdate);
ALTER INDEX regulation_page_search RESET (fastupdate);
CREATE OR REPLACE FUNCTION regulasi_words_of(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO regulasi_documentwords (document_id, words)
    SELECT page.document_id, array_to_tsvector(array_agg(DISTINCT lexeme))
    FROM regulasi_documentpagetext page, unnest(tsvector_to_array(page.search)) lexeme
    WHERE page.document_id = ANY(ids) GROUP BY page.document_id
    ON CONFLICT (document_id) DO UPDATE SET words = EXCLUDED.words;
$$;
ALTER TABLE regulasi_documentwords DROP COLUMN pairs, DROP COLUMN sequence;
DROP FUNCTION regulasi_pairs(bytea), regulasi_codes(tsvector);
"""


class Migration(migrations.Migration):
    dependencies = [("regulasi", "0004_feed_state")]

    operations = [PostgresSQL([FORWARDS], [BACKWARDS])]
