"""Whatever differs between PostgreSQL (production) and SQLite (default) is hidden here and nowhere else.

Imported by the settings, so nothing here may touch models or the app registry at import time.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunSQL

SQLITE_WAIT_S = 20  # seconds a writer waits for another before "database is locked"


def configured(database: dict[str, Any]) -> dict[str, Any]:
    """Return a DATABASES entry with what each engine needs to be safe under parallel writers.

    SQLite: write-ahead log, BEGIN IMMEDIATE (a read that later writes would otherwise fail at once instead
    of waiting), foreign keys on (Django's own default). PostgreSQL: connections kept 600 s and checked
    before reuse, 3 s to connect.
    """
    entry = dict(database)
    if entry["ENGINE"].endswith("sqlite3"):
        entry["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_S,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            f"PRAGMA busy_timeout={SQLITE_WAIT_S * 1000};",
        }
    else:
        entry["ENGINE"] = "django.db.backends.postgresql"
        entry["NAME"] = entry.get("NAME") or "siptenan"
        entry["CONN_MAX_AGE"] = 600
        entry["CONN_HEALTH_CHECKS"] = True
        entry["OPTIONS"] = {**entry.get("OPTIONS", {}), "connect_timeout": 3}
    return entry


class PostgresSQL(RunSQL):
    """A migration step that runs on PostgreSQL only; on SQLite it does nothing."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
