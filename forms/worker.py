"""The background worker: one process that runs tasks, delivers the outbox and tidies up, a round every second.

Everything it does may be done twice without harm, since a process can be killed between doing and noting:
a mail may then arrive a second time, a task is run again. Nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import close_old_connections, connections
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from forms import outbox, retention, saved_forms, uploads
from siptenan.common import share_images, throttle

logger = logging.getLogger(__name__)

POLL_S = 1
PAUSE_AFTER_FAULT_S = 5
ABANDONED_AFTER = dt.timedelta(minutes=15)  # no task of this project takes longer
MAX_STARTS = 3  # a task that took its worker down so often is not started again
TASKS_KEPT = dt.timedelta(days=14)
HOUR_S = 3600
DAY_S = 86_400


class TaskAbandoned(Exception):  # noqa: N818 - it names what happened to the task
    """The worker that ran the task was killed, again and again."""


class BackgroundWorker:
    """Works until `stop` is called; what it is doing then is finished first."""

    def __init__(self) -> None:
        self.stopping = False
        self._chores_due: dict[Callable, float] = {}
        self._worker_id = get_random_string(32)

    def stop(self) -> None:
        """Finish the task or mail at hand and return from `run`; safe to call from a signal handler."""
        self.stopping = True

    def run(self) -> None:
        """Work round after round. A fault (database restarting, full disk) is logged and waited out."""
        while not self.stopping:
            try:
                close_old_connections()
                pause = 0.0 if self.work() else POLL_S
            except Exception:
                logger.exception("The worker goes on in %s s after a fault", PAUSE_AFTER_FAULT_S)
                connections.close_all()
                pause = PAUSE_AFTER_FAULT_S
            self._wait(pause)

    def work(self) -> bool:
        """One round: chores that are due, one task, the outbox; return whether more tasks are ready.

        One, because reading a PDF may take minutes, and a hundred of them must not hold up the mail.
        """
        for chore, every_s in CHORES.items():
            if time.monotonic() >= self._chores_due.get(chore, 0):
                chore()
                self._chores_due[chore] = time.monotonic() + every_s
        # Asked first, because the runner locks the whole SQLite file to look for a task.
        if not self.stopping and DBTaskResult.objects.ready().exists():
            self._run_one_task()
        outbox.deliver_due(stopping=lambda: self.stopping)
        return not self.stopping and DBTaskResult.objects.ready().exists()

    def _run_one_task(self) -> None:
        TaskRunner(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=1,
            worker_id=self._worker_id,
        ).run()

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(0.1)


# --- Chores ---------------------------------------------------------------------------------------


def release_abandoned_tasks() -> int:
    """Put tasks back whose worker was killed while it ran them, and return how many tasks were touched.

    The third time a task is marked as failed instead.
    """
    abandoned: QuerySet[DBTaskResult] = DBTaskResult.objects.running().filter(
        started_at__lt=timezone.now() - ABANDONED_AFTER
    )
    touched = 0
    for task in abandoned:
        if len(task.worker_ids) >= MAX_STARTS:
            task.set_failed(TaskAbandoned(f"started {len(task.worker_ids)} times"))
        else:
            abandoned.filter(pk=task.pk).update(status="READY", started_at=None)
        logger.warning("Task %s (%s) was abandoned by its worker", task.task_path, task.pk)
        touched += 1
    return touched


def purge_throttle_counters() -> int:
    """Delete counters whose window is over, whatever the limit; return how many."""
    longest_s = max(DAY_S, throttle.Limit.parse(settings.SUBMIT_LIMIT).seconds)
    return throttle.purge(dt.timedelta(seconds=longest_s))


def purge_finished_tasks() -> int:
    """Delete tasks that ended two weeks ago; return how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT).delete()[0]


def purge_sessions() -> int:
    """Delete staff sessions that are over; return how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def purge_saved_forms() -> int:
    """Delete saved forms whose code has run out, before their files; return how many."""
    return saved_forms.purge_expired()


def purge_uploads() -> int:
    """Delete files that no ticket took within a day, nor a saved form holds; return how many."""
    return uploads.purge_expired()


def publish_scheduled_pages() -> int:
    """Publish and unpublish what editors scheduled for a time that has come; how many it does not say."""
    call_command("publish_scheduled", verbosity=0)
    return 0


def draw_missing_pictures() -> int:
    """Draw the pictures of shared links that a lost task or an older version has left out; return how many."""
    return sum(1 for _ in share_images.make_all())


# What the worker does besides, and how many seconds apart; all of it at the start.
CHORES: dict[Callable[[], int], int] = {
    release_abandoned_tasks: 60,
    publish_scheduled_pages: 60,
    draw_missing_pictures: HOUR_S,
    retention.anonymise_due: DAY_S,
    purge_throttle_counters: HOUR_S,
    purge_finished_tasks: HOUR_S,
    purge_sessions: HOUR_S,
    purge_saved_forms: HOUR_S,
    purge_uploads: HOUR_S,
}
