"""What a public page costs: processor time a request, against the empty home page of a `wagtail start` site."""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.server import serving
from bench.verdicts import wanted

SECONDS, ROUNDS, CLIENTS, WARM_UPS = 4, 3, 8, 12
WANTED = 2.0
YARDSTICK = "_yardstick"  # what the name of its database ends in
PAGES = (
    "/", "/kalindri/", "/kalindri/konsultasi-haki/", "/kalindri/lacak/", "/contact/", "/standar-pelayanan/", "/info/",
    "/gallery-ikm/", "/regulasi/", "/privasi/",
)  # fmt: skip
SETTINGS = """
from .base import *

DEBUG = False
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
DATABASES = {{"default": {database!r}}}
STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
"""


def run() -> None:
    """Print milliseconds of processor time a request, web workers and PostgreSQL together, and the ratios."""
    with (
        tempfile.TemporaryDirectory() as folder,
        started_site(Path(folder)) as environment,
        serving("siptenan.wsgi:application", 8043) as ours,
        serving("yardstick.wsgi:application", 8044, environment=environment, cwd=Path(folder)) as theirs,
    ):
        our_database = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
        sites = {ours: our_database, theirs: our_database + YARDSTICK}
        urls = [theirs + "/", *(ours + path for path in (*PAGES, *_one_entry()))]
        costs: dict[str, list[float]] = {url: [] for url in urls}
        for url in urls:
            _warm_up(url)
        for _ in range(ROUNDS):  # interleaved, so that a busy minute of the machine meets all of them
            for url in urls:
                root = url[: url.index("/", len("http://"))]
                costs[url].append(_round(url, root, sites[root]))
        medians = {url: statistics.median(found) for url, found in costs.items()}
        yardstick = medians[urls[0]]
        print(f"{'wagtail start, home':42} {yardstick:6.2f} ms")
        for url in urls[1:]:
            ratio = medians[url] / yardstick
            print(f"{urlsplit(url).path:42} {medians[url]:6.2f} ms  {ratio:5.2f} times{wanted(ratio <= WANTED)}")
        print(f"wanted: at most {WANTED} times")


def _one_entry() -> list[str]:
    """The newest entry of Info Lainnya, if there is one."""
    from home.models import InfoPage

    return [page.url for page in InfoPage.objects.newest()[:1]]


@contextlib.contextmanager
def started_site(folder: Path) -> Iterator[dict[str, str]]:
    """Make what `wagtail start` makes, on a PostgreSQL database of its own; yield the environment it runs in."""
    wagtail = Path(sys.executable).with_name("wagtail")
    subprocess.run([wagtail, "start", "yardstick", str(folder)], check=True, capture_output=True)
    url = urlsplit(os.environ["DATABASE_URL"])
    admin = url._replace(path="/postgres").geturl()
    name = url.path.lstrip("/") + YARDSTICK
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    from environ import Env

    database = {**Env.db_url_config(urlunsplit(url._replace(path=f"/{name}"))), "CONN_MAX_AGE": 600}
    (folder / "yardstick/settings/bench.py").write_text(SETTINGS.format(database=dict(database)))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "yardstick.settings.bench",
        "PYTHONPATH": str(folder),
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=folder, env=environment, check=True, capture_output=True)
    yield environment


def _warm_up(url: str) -> None:
    """Ask often enough for every worker to have loaded its code and its templates, which takes seconds."""
    for _ in range(WARM_UPS):
        with urllib.request.urlopen(url, timeout=60) as response:
            response.read()


def _round(url: str, root: str, database: str) -> float:
    """Milliseconds of processor time a request, of the site at `root` and of its database's connections."""
    before = _processor_s(root, database)
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", "--timeout", "20s", url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = _processor_s(root, database) - before
    found = re.search(r"(\d+) requests in", output)
    if found is None or found[1] == "0" or "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"{url}\n{output}")
    return 1000 * spent / int(found[1])


def _processor_s(root: str, database: str) -> float:
    """Processor seconds that one site has used so far (Linux): its gunicorn, and PostgreSQL for its database.

    Told by their command lines: other sites and databases of this machine do not count. A connection that PostgreSQL
    closes takes its seconds with it, so both sites keep theirs open.
    """
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = (stat.parent / "cmdline").read_text().replace("\0", " ").split()
            is_site = "gunicorn" in words and urlsplit(root).netloc in words
            is_database = words[:1] == ["postgres:"] and database in words
            if is_site or is_database:
                user, system = stat.read_text().rpartition(") ")[2].split()[11:13]
                ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")
