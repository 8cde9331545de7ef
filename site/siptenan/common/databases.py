"""Whatever differs between PostgreSQL (production) and SQLite (default) is hidden here and nowhere else.

Imported by the settings, so nothing here may touch models or the app registry at import time.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from django.db.migrations.operations import RunSQL

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Field, Model

T = TypeVar("T")
SQLITE_WAIT_S = 20  # seconds a writer waits for another before "database is locked"
HARDLY_MS = 50


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
        # prepare_threshold lets `prepared_cursor` work; the cursors of the ORM never prepare.
        entry["OPTIONS"] = {"prepare_threshold": 5, "connect_timeout": 3, **entry.get("OPTIONS", {})}
    return entry


def own_connection() -> BaseDatabaseWrapper:
    """The connection of this thread itself: `django.db.connection` looks it up again for every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def first_query(run: Callable[[], T]) -> T:
    """Run the first query of a request, and once more on a new connection when the one that was kept is dead.

    It is the health check as well: Django's own would be a "SELECT 1" before it. Within a transaction nothing is
    run again, its first half would be missing. `run` may have happened when its answer was lost on the way.
    """
    database = own_connection()
    database.health_check_done = True  # type: ignore[attr-defined]  # unknown to the stubs
    was_kept = database.connection is not None
    try:
        return run()
    except OperationalError:
        if database.in_atomic_block or not was_kept:
            raise
        database.close()  # the server was restarted since; the next query connects anew
        return run()


def prepared_cursor() -> Any:
    """A cursor for a statement that runs all day: PostgreSQL parses and plans it once a connection.

    Its parameters travel apart from the statement, so each must have a type that PostgreSQL can tell.
    """
    database = own_connection()
    if database.vendor != "postgresql" or database.queries_logged:  # Django's log cannot read these
        return database.cursor()
    database.close_if_health_check_failed()
    database.ensure_connection()
    return database.make_cursor(_prepared_cursor_class()(database.connection))


@contextmanager
def hardly_waiting() -> Iterator[None]:
    """Within it a write to SQLite that meets another writer fails after HARDLY_MS instead of waiting for its end.

    For what may be lost, such as a count, while a visitor waits. PostgreSQL locks rows, not the file: nothing to do.
    """
    database = own_connection()
    if database.vendor != "sqlite":
        yield
        return
    database.ensure_connection()
    database.connection.execute(f"PRAGMA busy_timeout={HARDLY_MS}")
    try:
        yield
    finally:
        database.connection.execute(f"PRAGMA busy_timeout={SQLITE_WAIT_S * 1000}")


@functools.cache
def _prepared_cursor_class() -> type:
    import psycopg  # not needed on SQLite

    class PreparedCursor(psycopg.Cursor):
        def execute(self, query: Any, params: Any = None) -> Any:  # type: ignore[override]  # Django passes no more
            return super().execute(query, params, prepare=True)

    return PreparedCursor


@dataclass(frozen=True)
class Check:
    """A question that `insert_together` asks on its way: the rows are stored only if `answer <operator> bound`."""

    sql: str  # gives one row with one column
    params: tuple[Any, ...]
    operator: str
    bound: Any

    def holds(self, answer: Any) -> bool:
        """Whether the rows may be stored."""
        return OPERATORS[self.operator](answer, self.bound)


OPERATORS = {"<=": operator.le, "=": operator.eq}


def insert_together(
    parent: Model, children: Sequence[Model], link: str, checks: Sequence[Check] = ()
) -> tuple[Any, ...]:
    """Insert a new row and the new rows that point at it by their foreign key `link`: all, or none.

    Returns the answers to `checks`; when one of them does not hold, nothing is inserted and `parent` gets no key,
    but what the checks themselves have written stays. On PostgreSQL all is one statement, and outside of a
    transaction the only round trip: on a busy machine each one costs as much as the insert itself. As with
    bulk_create there are no signals. Raises IntegrityError, which leaves nothing written; a transaction around it
    is still good then.
    """
    database = own_connection()
    at_once = database.vendor == "postgresql"
    with nullcontext() if at_once and not database.in_atomic_block else transaction.atomic():
        if at_once:
            return _insert_at_once(database, parent, children, link, checks)
        answers = tuple(_answer(check) for check in checks)
        if all(check.holds(answer) for check, answer in zip(checks, answers, strict=True)):
            type(parent)._base_manager.bulk_create([parent])
            for child in children:
                setattr(child, link, parent)
                type(child)._base_manager.bulk_create([child])
        return answers


def _answer(check: Check) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(check.sql, check.params)
        [(answer,)] = cursor.fetchall()
    return answer


def _insert_at_once(
    database: BaseDatabaseWrapper, parent: Model, children: Sequence[Model], link: str, checks: Sequence[Check]
) -> tuple[Any, ...]:
    asked = tuple((check.sql, check.operator) for check in checks)
    sql, columns, child_columns = _insertion(type(parent), tuple(type(child) for child in children), link, asked)
    values = [param for check in checks for param in check.params]
    values += columns.values(parent, database)
    values += [check.bound for check in checks]
    for child, its_columns in zip(children, child_columns, strict=True):
        values += its_columns.values(child, database)
    with prepared_cursor() as cursor:
        cursor.execute(sql, values)
        [(key, *answers)] = cursor.fetchall()
    if key is not None:
        parent.pk = key
        parent._state.adding, parent._state.db = False, database.alias
    return tuple(answers)


@functools.cache
def _insertion(
    parent: type[Model], children: tuple[type[Model], ...], link: str, checks: tuple[tuple[str, str], ...]
) -> tuple[str, _Columns, list[_Columns]]:
    """The statement of `insert_together` for these models, and the columns whose values it takes, in order."""
    name = connection.ops.quote_name

    def column(field: Field) -> str:
        return name(str(field.column))

    def insert(model: type[Model], linked: str, source: str) -> tuple[str, _Columns]:
        """One INSERT; the value of the field `linked` is the parent's key, every other one a parameter."""
        fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
        names = ", ".join(column(field) for field in fields)
        values = ", ".join("parent.pk" if field.name == linked else "%s" for field in fields)
        taken = [field for field in fields if field.name != linked]
        return f"INSERT INTO {name(model._meta.db_table)} ({names}) SELECT {values}{source}", _Columns.of(taken)

    steps = [f"check{number} (answer) AS ({sql})" for number, (sql, _) in enumerate(checks)]
    # Here as above the names are those of models or ours; every value is a parameter.
    answers = [f"(SELECT answer FROM check{number})" for number in range(len(checks))]  # noqa: S608 - as above
    conditions = [f"{answer} {operator} %s" for answer, (_, operator) in zip(answers, checks, strict=True)]
    sql, columns = insert(parent, "", f" WHERE {' AND '.join(conditions)}" if conditions else "")
    steps.append(f"parent (pk) AS ({sql} RETURNING {column(parent._meta.pk)})")
    child_columns = []
    for number, child in enumerate(children):
        sql, taken = insert(child, link, " FROM parent")
        steps.append(f"child{number} AS ({sql})")
        child_columns.append(taken)
    result = ", ".join(["(SELECT pk FROM parent)", *answers])
    return f"WITH {', '.join(steps)} SELECT {result}", columns, child_columns


@dataclass(frozen=True)
class _Columns:
    """What is written of the rows of one model. Texts go as they are: preparing each takes Django four calls."""

    attributes: Callable[[Model], tuple[Any, ...]]  # of two or more columns
    prepared: tuple[tuple[int, Field], ...]  # the columns whose values Django has to prepare, by position

    @classmethod
    def of(cls, fields: Sequence[Field]) -> _Columns:
        from django.db.models import CharField, TextField

        prepared = ((place, field) for place, field in enumerate(fields) if type(field) not in (CharField, TextField))
        return cls(operator.attrgetter(*(field.attname for field in fields)), tuple(prepared))

    def values(self, row: Model, database: BaseDatabaseWrapper) -> list[Any]:
        """The parameters for one row, in the order of the columns."""
        values = list(self.attributes(row))
        for place, field in self.prepared:
            value = field.pre_save(row, add=True)
            values[place] = None if value is None else field.get_db_prep_save(value, database)
        return values


class PostgresSQL(RunSQL):
    """A migration step that runs on PostgreSQL only; on SQLite it does nothing."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class SqliteSQL(RunSQL):
    """A migration step that runs on SQLite only; on PostgreSQL it does nothing."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
