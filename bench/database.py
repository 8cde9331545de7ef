"""A fresh database with the demo content: PostgreSQL, or for the catalogue SQLite, too."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

BARE_TABLE = """
    CREATE TABLE bench_bare_question
    (id bigserial PRIMARY KEY, business varchar(255), name varchar(255), address varchar(255), text text)
"""


def fresh() -> None:
    """Drop and create the database that DATABASE_URL names (it must end in _bench), migrate and fill it."""
    url = urlsplit(os.environ["DATABASE_URL"])
    if url.scheme == "sqlite":
        _fresh_file(Path(url.path))
        return
    name = url.path.lstrip("/")
    if not name.endswith("_bench"):
        raise SystemExit(f"{name!r} does not end in _bench; I would drop it.")
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    with psycopg.connect(url.geturl(), autocommit=True) as connection:
        connection.execute(BARE_TABLE)
    _fill()


def _fresh_file(path: Path) -> None:
    if not path.stem.endswith("_bench"):
        raise SystemExit(f"{path} does not end in _bench; I would delete it.")
    for part in ("", "-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)
    _fill()


def _fill() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
