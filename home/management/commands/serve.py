"""Prepare the demo site and run it: web server and worker, until Ctrl-C or SIGTERM. This is `make run`."""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home.management.commands.load_demo import ACCOUNTS

HOST = "127.0.0.1"  # this machine only: the keys of the demo are public
GRACE_S = 15  # what a request or a mail at hand may still take
POLL_S = 0.2

READY = """
  SIPTENAN is running / sudah berjalan:  http://{host}:{port}/
  CMS:                                   http://{host}:{port}/cms/
  Demo accounts / akun contoh:           {accounts}
  Password / kata sandi:                 {password}
  Outgoing mail / surel keluar:          {mail}
  Stop / berhenti:                       Ctrl-C
"""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # `migrate` runs them, once

    def handle(self, *args, **options) -> None:
        if not hasattr(settings, "DEMO_PASSWORD"):
            raise CommandError("This serves the demo site. For production see docs/operations.md.")
        self.stopping = False
        self.preparing = True
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        refuse_taken_port(settings.PORT)
        password = settings.DEMO_PASSWORD or kept_password(settings.VAR_DIR / "demo-password")
        self._prepare(password)
        self.preparing = False
        self._run(password)

    def _stop(self, *args) -> None:
        """A signal ends preparations at once; while processes are being started or watched, the loop ends them."""
        self.stopping = True
        if self.preparing:
            raise SystemExit(0)

    def _prepare(self, password: str) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self._say("Preparing the database / menyiapkan basis data ...")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_demo", password=password, stdout=self.stdout)
        stamp = settings.VAR_DIR / "static.sha256"
        fingerprint = static_fingerprint()
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if not (manifest.exists() and stamp.exists() and stamp.read_text() == fingerprint):
            self._say("Collecting static files / mengumpulkan berkas statis ...")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(fingerprint)

    def _run(self, password: str) -> None:
        processes: dict[str, subprocess.Popen] = {}
        try:
            for name, command in commands(settings.PORT).items():
                # In a session of its own, so that Ctrl-C reaches this process only, which then ends them in order.
                processes[name] = subprocess.Popen(  # noqa: S603 - the fixed commands below
                    command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
                )
            announced = False
            while not self.stopping:
                for name, process in processes.items():
                    if process.poll() is not None:
                        raise CommandError(f"The {name} ended by itself (exit code {process.returncode}).")
                if not announced and answers(settings.PORT):
                    self._announce(password)
                    announced = True
                time.sleep(POLL_S)
        finally:
            end(list(processes.values()))
        self._say("Stopped / berhenti.")

    def _announce(self, password: str) -> None:
        mail = getattr(settings, "EMAIL_FILE_PATH", None) or getattr(settings, "EMAIL_HOST", "")
        accounts = ", ".join(account[0] for account in ACCOUNTS)
        self._say(READY.format(host=HOST, port=settings.PORT, accounts=accounts, password=password, mail=mail))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def commands(port: int) -> dict[str, list[str]]:
    """What runs, by name. No access log: the secret links of tickets are paths."""
    gunicorn = (
        f"gunicorn siptenan.wsgi --pythonpath site --bind {HOST}:{port} --worker-class gthread --workers 2 --threads 4 "
        f"--graceful-timeout {GRACE_S - 5} --preload --log-level warning --no-control-socket"
    )
    return {
        "web server": [sys.executable, "-m", *gunicorn.split()],
        "worker": [sys.executable, "manage.py", "worker"],
    }


def end(processes: list[subprocess.Popen]) -> None:
    """Ask every process to finish, and kill with all its children what has not done so in GRACE_S seconds."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + GRACE_S
    for process in processes:
        try:
            process.wait(max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}). Is another program running there? "
                f"Choose another port: PORT={port + 1} make run"
            ) from None


def kept_password(file: Path) -> str:
    """Return the password of the demo accounts, made at random the first time; only the owner may read the file."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9) + "\n")
    return file.read_text().strip()


def static_fingerprint() -> str:
    """Return a digest that changes whenever a static file of the project or of a package does."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def answers(port: int) -> bool:
    """Whether the web server is up."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False
