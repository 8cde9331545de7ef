"""Benchmarks: ratios in one run, on PostgreSQL. `make bench`, or `python -m bench post|inbox|parallel`."""
