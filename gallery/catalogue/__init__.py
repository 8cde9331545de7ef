"""The public catalogue: search, facets, order and cards over the rows that gallery.publishing writes (ADR 0015)."""
