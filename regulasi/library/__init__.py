"""The public list: search, facets, order and cards over the rows that regulasi.entries writes (ADR 0015)."""
