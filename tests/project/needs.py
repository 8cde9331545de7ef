"""Say in one line that a service which a target needs is not there: `python -m tests.project.needs postgres`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")


def postgres() -> str:
    """Return why PostgreSQL at $DATABASE_URL cannot be used, or nothing."""
    import environ
    import psycopg

    address = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    try:
        psycopg.connect(
            host=address["HOST"],
            port=address["PORT"] or None,
            user=address["USER"],
            password=address["PASSWORD"] or None,
            dbname="postgres",
            connect_timeout=3,
        ).close()
    except psycopg.OperationalError as error:
        where = f"{address['HOST']}:{address['PORT'] or 5432}"
        return f"PostgreSQL at {where} does not answer. Start it, or name another in DATABASE_URL.\n{error}"
    return ""


def chromium() -> str:
    """Return why the browser tests cannot run, or nothing."""
    return "" if CHROMIUM.exists() else f"{CHROMIUM} is missing. On Debian: apt-get install chromium."


NEEDS: dict[str, Callable[[], str]] = {"postgres": postgres, "chromium": chromium}

if __name__ == "__main__":
    sys.exit(NEEDS[sys.argv[1]]() or None)
