"""Entries that two write at the same time: threads with connections of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from regulasi import relations, status
from regulasi.models import RegulationEntry, RegulationPage, RegulationStub
from tests.factories import make_regulation, make_regulation_index, make_site, make_stub, relate, relation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def effects_on(page: RegulationPage) -> list[str]:
    return [effect["name"] for effect in RegulationEntry.objects.get(pk=page.pk).effects]


@pytest.fixture
def both(transactional_db):
    """Return a function that runs `second` in a thread once `first` asks for it, until it is done or waits for a lock.

    `first` gets a function to ask with. Returns after both have ended; a fault of either is raised.
    """

    def run(first: Callable[[Callable[[], None]], None], second: Callable[[], None]) -> None:
        backend: list[int] = []

        def other() -> None:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    backend.append(cursor.fetchone()[0])
                second()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            started: list = []

            def let_other_begin() -> None:
                if started:
                    return
                started.append(pool.submit(other))
                until = time.monotonic() + 30
                while not started[0].done() and not (backend and is_waiting(backend[0])):
                    assert time.monotonic() < until, "neither done nor waiting"
                    time.sleep(0.01)

            first(let_other_begin)
            assert started, "the second never began"
            started[0].result(timeout=60)

    return run


def is_waiting(backend: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted)", [backend])
        return cursor.fetchone()[0]


def test_publishing_at_the_same_time_loses_no_status(both, monkeypatch):
    """One has read how the old one hangs together and is about to write; meanwhile the new one revokes it."""
    make_site()
    old, new = make_regulation("uu", "15", 2001), make_regulation("uu", "20", 2016)
    read = relations.of_published
    here = threading.get_ident()

    def publish_old(go_on: Callable[[], None]) -> None:
        def read_and_pause(pks):
            found = read(pks)
            if threading.get_ident() == here:
                go_on()
            return found

        monkeypatch.setattr(relations, "of_published", read_and_pause)
        RegulationPage.objects.get(pk=old.pk).save_revision().publish()

    both(publish_old, lambda: relate(new, relation("mencabut", old)))
    today = timezone.localdate()
    assert effects_on(old) == ["UU 20/2016"]
    assert status.of(RegulationEntry.objects.get(pk=old.pk), today) == status.of(
        RegulationPage.objects.get(pk=old.pk), today
    )


def test_no_deadlock_over_a_regulation_outside(both):
    """It is saved while a page of it is published: both write its row."""
    make_site()
    make_regulation_index()
    draft = make_regulation("uu", "15", 2001, live=False)
    make_regulation("uu", "20", 2016, relations=(relation("mencabut", make_stub("uu", "15", 2001)),))

    def write(go_on: Callable[[], None]) -> None:
        def pause(execute, sql, *args):
            result = execute(sql, *args)
            if sql.startswith('UPDATE "regulasi_regulationstub"'):
                go_on()
            return result

        with connection.execute_wrapper(pause), transaction.atomic():
            RegulationStub.objects.get().save()

    both(write, lambda: draft.save_revision().publish())
    assert RegulationStub.objects.get().held_as_id == draft.pk
    assert effects_on(draft) == ["UU 20/2016"]
