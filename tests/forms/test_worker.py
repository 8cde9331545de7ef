"""The background worker: tasks, outbox, chores; faults do not end it, signals end it in order."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from forms import worker
from forms.worker import BackgroundWorker
from home.models import StandardPage
from siptenan.common import throttle
from siptenan.common.models import ThrottleCounter
from tests import factories
from tests.factories import text

done: list[str] = []


@task()
def remember(word: str) -> None:
    """A task of these tests."""
    done.append(word)


@task()
def fail() -> None:
    """A task with a mistake."""
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _queue(settings, db, monkeypatch):
    """Tasks wait in the database, as in `make run` and production; the test's own transaction stays open."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()
    for module in (worker, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)


@pytest.fixture
def background(monkeypatch) -> Iterator[BackgroundWorker]:
    """A worker that does not sleep long, and ends when the test has failed to end it."""
    monkeypatch.setattr(worker, "POLL_S", 0.01)
    monkeypatch.setattr(worker, "PAUSE_AFTER_FAULT_S", 0.01)
    background = BackgroundWorker()
    deadline = threading.Timer(20, background.stop)
    deadline.start()
    yield background
    deadline.cancel()


def state(result) -> str:
    """Where a task stands."""
    return DBTaskResult.objects.get(pk=result.id).status


def running_since(result, minutes: int, starts: int = 1) -> DBTaskResult:
    """Make a task one that a worker took up and never finished."""
    row = DBTaskResult.objects.get(pk=result.id)
    row.status, row.worker_ids = "RUNNING", ["killed"] * starts
    row.started_at = timezone.now() - dt.timedelta(minutes=minutes)
    row.save()
    return row


class TestOneRound:
    def test_runs_every_task_and_delivers_the_outbox(self, form_page, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        factories.make_ticket(form_page, Email="pemohon@example.id")
        results = [remember.enqueue("a"), remember.enqueue("b")]
        call_command("worker", once=True)
        assert sorted(done) == ["a", "b"]
        assert {state(result) for result in results} == {"SUCCESSFUL"}
        assert [sent.to for sent in mail.outbox] == [["pemohon@example.id"]]

    def test_mail_does_not_wait_for_all_tasks(self, form_page, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        factories.make_ticket(form_page, Email="pemohon@example.id")
        for word in "abc":
            remember.enqueue(word)
        background = BackgroundWorker()
        assert background.work(), "more tasks are ready"
        assert len(done) <= 1
        assert len(mail.outbox) == 1
        while background.work():
            pass
        assert sorted(done) == ["a", "b", "c"]

    def test_a_task_that_fails_is_kept_with_its_error_and_harms_no_other(self):
        broken, sound = fail.enqueue(), remember.enqueue("after")
        call_command("worker", once=True)
        assert state(broken) == "FAILED"
        assert "ZeroDivisionError" in DBTaskResult.objects.get(pk=broken.id).traceback
        assert state(sound) == "SUCCESSFUL"


class TestAbandonedTasks:
    def test_is_run_again(self):
        result = remember.enqueue("again")
        running_since(result, minutes=16)
        call_command("worker", once=True)
        assert done == ["again"]
        assert state(result) == "SUCCESSFUL"

    def test_a_task_that_may_still_be_running_is_left_alone(self):
        result = remember.enqueue("busy")
        running_since(result, minutes=14)
        assert worker.release_abandoned_tasks() == 0
        assert state(result) == "RUNNING"

    def test_what_takes_every_worker_down_is_given_up(self):
        result = remember.enqueue("poison")
        running_since(result, minutes=16, starts=worker.MAX_STARTS)
        call_command("worker", once=True)
        assert done == []
        assert state(result) == "FAILED"


class TestChores:
    def test_counters_of_windows_that_are_over_go_and_others_stay(self, settings):
        settings.SUBMIT_LIMIT = "30/2d"
        throttle.hit("pin", "HAKI-AAAA-AAAA", throttle.Limit.parse("10/30m"))
        old = ThrottleCounter.objects.create(key="a" * 64, window_start=int(time.time()) - 2 * 86_400 - 1, count=3)
        within_the_longest = ThrottleCounter.objects.create(
            key="b" * 64, window_start=int(time.time()) - 86_400 - 60, count=3
        )
        call_command("worker", once=True)
        left = ThrottleCounter.objects.all()
        assert old not in left
        assert within_the_longest in left
        assert left.count() == 2

    def test_old_results_and_dead_sessions_go(self):
        result = remember.enqueue("old")
        call_command("worker", once=True)
        DBTaskResult.objects.filter(pk=result.id).update(finished_at=timezone.now() - dt.timedelta(days=15))
        Session.objects.create(session_key="dead", expire_date=timezone.now() - dt.timedelta(seconds=1))
        Session.objects.create(session_key="live", expire_date=timezone.now() + dt.timedelta(hours=1))
        fresh = remember.enqueue("fresh")
        call_command("worker", once=True)
        assert [str(row.pk) for row in DBTaskResult.objects.all()] == [fresh.id]
        assert [session.pk for session in Session.objects.all()] == ["live"]

    def test_each_waits_for_its_hour(self, background, monkeypatch):
        counted = []
        monkeypatch.setattr(worker, "CHORES", {lambda: counted.append("chore"): 3600})
        background.work()
        background.work()
        assert counted == ["chore"]


class TestFaults:
    def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(self, background, monkeypatch, caplog):
        real, faults = worker.outbox.deliver_due, [OperationalError("server closed the connection"), RuntimeError()]

        def deliver(**kwargs) -> int:
            if faults:
                raise faults.pop()
            background.stop()
            return real(**kwargs)

        monkeypatch.setattr(worker.outbox, "deliver_due", deliver)
        background.run()
        assert faults == []
        assert caplog.text.count("after a fault") == 2


class TestStopping:
    def test_finishes_the_task_at_hand_and_leaves_the_rest(self, background, monkeypatch):
        first, second = remember.enqueue("first"), remember.enqueue("second")
        ran = DBTaskResult.set_successful

        def stop_while_running(row, value):
            background.stop()
            ran(row, value)

        monkeypatch.setattr(DBTaskResult, "set_successful", stop_while_running)
        background.run()
        assert {state(first), state(second)} == {"SUCCESSFUL", "READY"}

    def test_leaves_its_sleep_at_once(self, background, monkeypatch):
        monkeypatch.setattr(worker, "POLL_S", 60)
        monkeypatch.setattr(background, "work", lambda: None)
        threading.Timer(0.2, background.stop).start()
        started = time.monotonic()
        background.run()
        assert time.monotonic() - started < 10


@pytest.mark.django_db
def test_what_an_editor_scheduled_is_published_and_unpublished_in_time(site, client):
    now = timezone.now()
    soon = site.add_child(instance=StandardPage(title="Nanti", slug="nanti", body=text("<p>Isi.</p>"), live=False))
    soon.go_live_at, soon.expire_at = now + dt.timedelta(minutes=5), now + dt.timedelta(minutes=10)
    soon.save_revision().publish()
    answers = []
    for minutes in (0, 6, 11):
        with time_machine.travel(now + dt.timedelta(minutes=minutes)):
            worker.publish_scheduled_pages()
            answers.append(client.get("/nanti/").status_code)
    assert answers == [404, 200, 404]
