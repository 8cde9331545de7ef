"""Run the background worker until SIGTERM or Ctrl-C; the task or mail at hand is finished first."""

from __future__ import annotations

import signal

from django.core.management.base import BaseCommand, CommandParser

from forms.worker import BackgroundWorker


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")

    def handle(self, *args, once: bool, **options) -> None:
        worker = BackgroundWorker()
        if once:
            while worker.work():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
