"""Rows that are stored together or not at all, on both databases; connections that outlive the server."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from forms.enums import EventKind
from forms.models import Submission, SubmissionEvent
from siptenan.common import generation
from siptenan.common.databases import insert_together


def copy_of(ticket: Submission, **changes) -> Submission:
    """A ticket not stored yet, equal to another but for what must be unique."""
    values = {field.attname: getattr(ticket, field.attname) for field in Submission._meta.concrete_fields}
    unique = {name: getattr(ticket, name)[::-1] for name in ("reference", "token_digest", "link_digest")}
    return Submission(**{**values, **unique, "id": None, **changes})


def step(**values) -> SubmissionEvent:
    return SubmissionEvent(kind=EventKind.NOTED, actor_name="Contoh", **values)


@pytest.mark.django_db
def test_parent_and_children_are_stored_as_they_are(ticket):
    copy = copy_of(ticket, contact_name="Bu ' % %s \\ “Contoh”")
    insert_together(copy, [step(detail="satu"), step(detail="dua")], link="submission")
    stored = Submission.objects.get(reference=copy.reference)
    fields = [field.attname for field in Submission._meta.concrete_fields]
    assert [getattr(stored, name) for name in fields] == [getattr(copy, name) for name in fields]
    assert sorted(stored.events.values_list("detail", flat=True)) == ["dua", "satu"]
    copy.refresh_from_db()
    copy.save()  # it is a row now, not one to insert
    assert Submission.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("within", [True, False], ids=["in a transaction", "outside"])
def test_all_or_none(ticket, within):
    children = [step(detail="ada"), step(detail=None)]  # the second one is refused
    with transaction.atomic() if within else connection.cursor():
        with pytest.raises(IntegrityError):
            insert_together(copy_of(ticket), children, link="submission")
        assert Submission.objects.count() == 1  # and the transaction around it goes on
    assert not SubmissionEvent.objects.filter(kind=EventKind.NOTED).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgres_needs_one_statement(ticket):
    with CaptureQueriesContext(connection) as queries:
        insert_together(copy_of(ticket), [step(), step()], link="submission")
    assert len(queries) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_request_survives_a_restart_of_the_server(client, site):
    """A kept connection may be dead; the first query of a request mends it, without a query of its own to ask."""
    assert client.get("/").status_code == 200
    end_my_connection()
    assert client.get("/").status_code == 200


def end_my_connection() -> None:
    """Let the server end the connection of this process, as a restart of it does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(pid,)] = cursor.fetchall()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        other.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_second_connection_within_a_transaction():
    """Its first half would be missing."""

    @transaction.atomic
    def half_lost() -> None:
        end_my_connection()
        generation.current()

    with pytest.raises(OperationalError):
        half_lost()
