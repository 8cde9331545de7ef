"""Starts gunicorn with two workers for the time of a measurement."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
# `gthread` is what `make run` serves with; `sync` is the yardstick of the brief's performance.md.
WORKER_CLASSES = {"gthread": ["--worker-class", "gthread", "--threads", "4"], "sync": ["--worker-class", "sync"]}


@contextlib.contextmanager
def serving(
    application: str,
    port: int,
    worker_class: str = "gthread",
    environment: dict[str, str] | None = None,
    cwd: Path = ROOT,
) -> Iterator[str]:
    """Yield the address of a WSGI application served by gunicorn, the same way for all that are compared."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += [*WORKER_CLASSES[worker_class], "--log-level", "error"]
    environment = environment or {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"}
    process = subprocess.Popen(command, cwd=cwd, env=environment)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}.")
