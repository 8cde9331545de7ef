"""`make run`, in parts; the whole is started, crawled and stopped by tests/project/crawl.py."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from home.management.commands import serve


def test_a_taken_port_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind((serve.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} .* PORT={port + 1} make run"):
            serve.refuse_taken_port(port)


def test_a_free_port_is_taken_as_it_is():
    with socket.socket() as other:
        other.bind((serve.HOST, 0))
        port = other.getsockname()[1]
    serve.refuse_taken_port(port)


def test_a_port_that_cannot_be_is_refused_in_words():
    with pytest.raises(CommandError, match="Port 99999"):
        serve.refuse_taken_port(99999)


def test_the_password_is_made_once_and_only_the_owner_reads_it(tmp_path):
    file = tmp_path / "var" / "demo-password"
    password = serve.kept_password(file)
    assert len(password) >= 12
    assert serve.kept_password(file) == password
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert serve.kept_password(tmp_path / "other") != password


def test_static_files_are_collected_again_when_one_changes(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "a.css").write_text("a {}")
    before = serve.static_fingerprint()
    assert serve.static_fingerprint() == before
    (tmp_path / "a.css").write_text("a { color: red }")
    assert serve.static_fingerprint() != before


def test_no_access_log_since_secret_links_are_paths():
    assert not any("access" in word for command in serve.commands(8000).values() for word in command)


def test_refuses_to_serve_production(settings):
    del settings.DEMO_PASSWORD
    with pytest.raises(CommandError, match="production"):
        call_command("serve")


def test_what_does_not_end_when_asked_is_killed(monkeypatch):
    monkeypatch.setattr(serve, "GRACE_S", 1)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    processes = [
        subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
        for code in (deaf, "import time; print(flush=True); time.sleep(60)")
    ]
    for process in processes:
        process.stdout.readline()  # it has begun
    started = time.monotonic()
    serve.end(processes)
    assert [process.returncode for process in processes] == [-9, -15]
    assert time.monotonic() - started < 20
    for process in processes:
        process.stdout.close()
