"""Searching the text of PDFs (regulasi.fulltext): tsvector and GIN on PostgreSQL, FTS5 on SQLite, kept by triggers.

A migration that makes SQLite write regulasi_documentpagetext anew (AlterField) must create the triggers again; on
PostgreSQL one that changes the type of `text` must drop and add `search`.
"""

from django.db import migrations

from siptenan.common.databases import PostgresSQL, SqliteSQL

# What stands between "20/2016" and "M-IND" would make one token of them; nobody searches so.
SPLIT = "translate(left(text, 300000), '/-_.@:''', '       ')"

# Words of a whole document in one narrow row: a common word is in ten thousand documents, but on many more pages.
POSTGRES = """
ALTER TABLE regulasi_documentpagetext ADD COLUMN search tsvector
    GENERATED ALWAYS AS (to_tsvector('indonesian'::regconfig, SPLIT(text))) STORED;
CREATE INDEX regulation_page_search ON regulasi_documentpagetext USING gin (search);

CREATE TABLE regulasi_documentwords (document_id bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX regulation_document_words ON regulasi_documentwords USING gin (words);

CREATE FUNCTION regulasi_words_of(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO regulasi_documentwords (document_id, words)
    SELECT page.document_id, array_to_tsvector(array_agg(DISTINCT lexeme))
    FROM regulasi_documentpagetext page, unnest(tsvector_to_array(page.search)) lexeme
    WHERE page.document_id = ANY(ids) GROUP BY page.document_id
    ON CONFLICT (document_id) DO UPDATE SET words = EXCLUDED.words;
$$;

CREATE FUNCTION regulasi_pages_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO regulasi_documentwords (document_id, words)
    SELECT page.document_id, array_to_tsvector(array_agg(DISTINCT lexeme))
    FROM added page, unnest(tsvector_to_array(page.search)) lexeme GROUP BY page.document_id
    ON CONFLICT (document_id) DO UPDATE SET words = regulasi_documentwords.words || EXCLUDED.words;
    RETURN NULL;
END $$;

CREATE FUNCTION regulasi_pages_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM regulasi_documentwords WHERE document_id IN (SELECT document_id FROM gone);
    PERFORM regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM gone));
    RETURN NULL;
END $$;

CREATE FUNCTION regulasi_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM regulasi_documentwords WHERE document_id IN (SELECT document_id FROM gone);
    PERFORM regulasi_words_of(
        ARRAY(SELECT document_id FROM gone UNION SELECT document_id FROM added)
    );
    RETURN NULL;
END $$;

CREATE FUNCTION regulasi_pages_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM regulasi_documentwords;
    RETURN NULL;
END $$;

CREATE TRIGGER regulasi_pages_added AFTER INSERT ON regulasi_documentpagetext
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION regulasi_pages_added();
CREATE TRIGGER regulasi_pages_gone AFTER DELETE ON regulasi_documentpagetext
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION regulasi_pages_gone();
CREATE TRIGGER regulasi_pages_changed AFTER UPDATE ON regulasi_documentpagetext
    REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION regulasi_pages_changed();
CREATE TRIGGER regulasi_pages_emptied AFTER TRUNCATE ON regulasi_documentpagetext
    FOR EACH STATEMENT EXECUTE FUNCTION regulasi_pages_emptied();

SELECT regulasi_words_of(ARRAY(SELECT DISTINCT document_id FROM regulasi_documentpagetext));
"""
POSTGRES_BACK = """
DROP TRIGGER IF EXISTS regulasi_pages_added ON regulasi_documentpagetext;
DROP TRIGGER IF EXISTS regulasi_pages_gone ON regulasi_documentpagetext;
DROP TRIGGER IF EXISTS regulasi_pages_changed ON regulasi_documentpagetext;
DROP TRIGGER IF EXISTS regulasi_pages_emptied ON regulasi_documentpagetext;
DROP FUNCTION IF EXISTS regulasi_pages_added(), regulasi_pages_gone(), regulasi_pages_changed(),
    regulasi_pages_emptied(), regulasi_words_of(bigint[]);
DROP TABLE IF EXISTS regulasi_documentwords;
ALTER TABLE regulasi_documentpagetext DROP COLUMN IF EXISTS search;
"""

SQLITE = [
    "CREATE VIRTUAL TABLE regulasi_page_fts USING fts5(text, content='regulasi_documentpagetext', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER regulasi_pages_added AFTER INSERT ON regulasi_documentpagetext BEGIN"
    " INSERT INTO regulasi_page_fts(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER regulasi_pages_gone AFTER DELETE ON regulasi_documentpagetext BEGIN"
    " INSERT INTO regulasi_page_fts(regulasi_page_fts, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER regulasi_pages_changed AFTER UPDATE ON regulasi_documentpagetext BEGIN"
    " INSERT INTO regulasi_page_fts(regulasi_page_fts, rowid, text) VALUES ('delete', old.id, old.text);"
    " INSERT INTO regulasi_page_fts(rowid, text) VALUES (new.id, new.text); END",
    "INSERT INTO regulasi_page_fts(regulasi_page_fts) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS regulasi_pages_added",
    "DROP TRIGGER IF EXISTS regulasi_pages_gone",
    "DROP TRIGGER IF EXISTS regulasi_pages_changed",
    "DROP TABLE IF EXISTS regulasi_page_fts",
]


class Migration(migrations.Migration):
    dependencies = [("regulasi", "0002_regulations")]

    operations = [
        PostgresSQL([POSTGRES.replace("SPLIT(text)", SPLIT)], [POSTGRES_BACK]),
        SqliteSQL(SQLITE, SQLITE_BACK),
    ]
