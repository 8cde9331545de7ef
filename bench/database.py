"""A fresh database with the demo content: PostgreSQL, or for the catalogue SQLite, too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.server import ROOT

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


def grown(command: str, count: int, suffix: str) -> str:
    """Let a command of the project make `count` things in the database, or in a copy named with a suffix; its URL.

    PostgreSQL only. Nothing else may be connected to the database while it is copied.
    """
    from django.db import connections

    connections.close_all()
    url = urlsplit(os.environ["DATABASE_URL"])
    copy = url._replace(path=url.path + suffix)
    if suffix:
        name, source = copy.path.lstrip("/"), url.path.lstrip("/")
        with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    environment = {**os.environ, "DATABASE_URL": copy.geturl(), "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"}
    manage = [sys.executable, "manage.py", command, str(count), "--yes", "-v0"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    with psycopg.connect(copy.geturl(), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return copy.geturl()


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
