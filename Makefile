# SIPTENAN: `make` lists what can be done. Anything longer than two lines is in Python.
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header pyproject.toml
# Recursive (`=`), so that only the targets which use it pay for it.
CORES = $(shell $(PY) -c 'import os; print(max(2, os.cpu_count() or 2))')

.DEFAULT_GOAL := help
.PHONY: help run test test-postgres test-browser lint format types migrations-check smoke lighthouse bench lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' Makefile

run: .venv/.runtime ## start the demo site on http://127.0.0.1:$PORT (default 8000); Ctrl-C stops it
	@$(PY) manage.py serve

test: .venv/.dev ## all tests on SQLite, in parallel; needs no service and no network
	@env -u DATABASE_URL $(PY) -m pytest -n $(CORES) -m "not e2e and not postgres"

test-postgres: export DATABASE_URL := $(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/)
test-postgres: .venv/.dev ## the same tests and more on PostgreSQL ($DATABASE_URL)
	@$(PY) -m tests.project.needs postgres && $(PY) -m pytest -n $(CORES) -m "not e2e"

test-browser: .venv/.dev ## the journeys in Debian's Chromium (/usr/bin/chromium)
	@$(PY) -m tests.project.needs chromium && env -u DATABASE_URL $(PY) -m pytest -m e2e tests/e2e

lint: .venv/.dev ## style of code and templates
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m djlint --quiet --lint templates

format: .venv/.dev ## put code in order
	@$(PY) -m ruff check --fix . && $(PY) -m ruff format .

types: .venv/.dev ## mypy
	@$(PY) -m mypy

migrations-check: .venv/.runtime ## no model has changed without its migration
	@$(PY) manage.py makemigrations --check --dry-run

smoke: .venv/.runtime ## `make run` on empty data: start, crawl every public page, stop, start again
	@$(PY) -m tests.project.crawl

lighthouse: .venv/.dev tests/lighthouse/node_modules ## Lighthouse (npm) on the demo site as a phone; RUNS=3 for the median of three
	@$(PY) -m tests.project.needs chromium && $(PY) -m tests.project.lighthouse

tests/lighthouse/node_modules: tests/lighthouse/package.json
	@npm install --prefix tests/lighthouse --no-package-lock --no-audit --no-fund --loglevel=error && touch $@

bench: export DATABASE_URL := $(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/siptenan_bench)
bench: .venv/.dev ## measure what is promised as ratios (PostgreSQL, wrk)
	@$(PY) -m tests.project.needs postgres && $(PY) -m bench

lock: .venv/.dev ## write requirements*.txt anew from pyproject.toml; needs the network
	@$(PIP) uv && $(LOCK) -o requirements.txt
	@$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt

.venv/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "SIPTENAN needs Python 3.11 or newer.")'
	@echo "Installing into .venv (once, about a minute) ..."
	@$(PYTHON) -m venv .venv && $(PIP) -r requirements.txt && touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing the tools of the tests ..."
	@$(PIP) -r requirements-dev.txt && touch $@
