"""Benchmarks: ratios in one run, on PostgreSQL; an error when one is missed. `python -m bench post|inbox|...`."""
