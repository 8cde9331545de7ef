"""`make smoke`: start the demo on empty data as a stranger does, crawl it, stop it with Ctrl-C, start it again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

START_S = 300  # a first start on a slow disk
STOP_S = 30
# Screens of the CMS belong to the staff; what they answer is tried role by role in tests/project.
NOT_PUBLIC = ("/cms/",)
# No page links to these, but they are public too.
ALSO = ("/k", "/kalindri/?ch=ig", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/healthz", "/readyz")
STRICT = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'"}
SOURCES = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "link": "href"}


class Answer(NamedTuple):
    """What the server said."""

    url: str  # after redirects
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers.get_content_type() == "text/html"


def fetch(url: str) -> Answer:
    """GET, following redirects; an error status is an answer too."""
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return Answer(response.url, response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        return Answer(error.url, error.code, error.headers, error.read())


def crawl(root: str) -> tuple[list[str], list[str]]:
    """Follow every link from `root`; return the addresses of the pages and what is wrong with them."""
    waiting = {root: "start", **{urljoin(root, path): "list of addresses" for path in ALSO}}
    seen: dict[str, Answer] = {}
    pages: list[str] = []
    faults: list[str] = []
    while waiting:
        url, found_on = waiting.popitem()
        answer = seen[url] = fetch(url)
        if answer.status != 200:
            faults.append(f"{url}: {answer.status}, linked from {found_on}")
            continue
        if urlsplit(answer.url).path.startswith(NOT_PUBLIC):  # /login/ leads there
            continue
        if answer.headers.get_all("Set-Cookie"):
            faults.append(f"{url}: sets a cookie")
        if not answer.is_page:
            continue
        soup = BeautifulSoup(answer.body, "html.parser")
        pages.append(url)
        faults += [f"{url}: {fault}" for fault in page_faults(answer, soup, root)]
        for link, fragment in links(answer.url, soup, root):
            if link not in seen and not urlsplit(link).path.startswith(NOT_PUBLIC):
                waiting.setdefault(link, url)
            if fragment and link == answer.url and soup.find(id=fragment) is None:
                faults.append(f"{url}: #{fragment} is nowhere on the page")
    return pages, faults


def page_faults(answer: Answer, soup: BeautifulSoup, root: str) -> Iterator[str]:
    """What every public page must be."""
    if len(soup.find_all("h1")) != 1:
        yield f"has {len(soup.find_all('h1'))} h1"
    if soup.html is None or soup.html.get("lang") != "id":
        yield "is not lang=id"
    if not (soup.title and soup.title.get_text(strip=True)):
        yield "has no title"
    policy = {part.strip() for part in (answer.headers["Content-Security-Policy"] or "").split(";")}
    if missing := STRICT - policy:
        yield f"is not under the strict policy: {', '.join(sorted(missing))}"
    for name, attribute in SOURCES.items():
        for tag in soup.find_all(name):
            source = tag.get(attribute, "")
            if not source.startswith("data:") and not urljoin(answer.url, source).startswith(root):
                yield f"loads {source} from somewhere else"


def links(base: str, soup: BeautifulSoup, root: str) -> Iterator[tuple[str, str]]:
    """Every address of this site that the page names, and the part after #."""
    for tag in soup.find_all(["a", "link", "script", "img", "source", "form"]):
        if "nofollow" in tag.get("rel", []):  # every combination of filters: there is no end of them
            continue
        value = tag.get("href") or tag.get("src")
        if tag.name == "form" and tag.get("method", "get").lower() == "get":
            value = tag.get("action")
        if value:
            url, fragment = urldefrag(urljoin(base, value))
            if url.startswith(root):
                yield url, fragment


# --- Starting and stopping ------------------------------------------------------------------------


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(port: int, data: Path, log: Path) -> Iterator[str]:
    """`make run` on data of its own; afterwards Ctrl-C, after which nothing may be left of it."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_URL", "MAKEFLAGS")},
        "PORT": str(port),
        "SIPTENAN_VAR_DIR": str(data),
    }
    root = f"http://127.0.0.1:{port}/"
    with log.open("w") as output:
        # A session of its own, so that the signal reaches what a terminal's Ctrl-C would reach.
        process = subprocess.Popen(
            ["make", "run"],
            env=environment,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        wait_until_ready(process, log)
        yield root
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(STOP_S)
        finally:
            left = processes_of(data)
            for pid in left:
                os.kill(pid, signal.SIGKILL)
    if left:
        sys.exit(f"Ctrl-C left {len(left)} processes behind.")
    if "Stopped" not in log.read_text() or "Traceback" in log.read_text():
        sys.exit(f"It did not stop cleanly:\n{log.read_text()}")


def wait_until_ready(process: subprocess.Popen, log: Path) -> None:
    """Wait for the words that `make run` ends its preparations with."""
    until = time.monotonic() + START_S
    while "Ctrl-C" not in log.read_text():
        if process.poll() is not None or time.monotonic() > until:
            sys.exit(f"`make run` did not start:\n{log.read_text()}")
        time.sleep(0.1)


def processes_of(data: Path) -> list[int]:
    """Return the processes that were started with this data folder (Linux)."""
    mark = f"SIPTENAN_VAR_DIR={data}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def main() -> None:
    """Start, crawl, stop, start again; say how long it took, and end with 1 when something is wrong."""
    with tempfile.TemporaryDirectory(prefix="siptenan-smoke-") as folder:
        data, log = Path(folder) / "var", Path(folder) / "log"
        started = time.monotonic()
        with running(free_port(), data, log) as root:
            print(f"First start: {time.monotonic() - started:.1f} s")
            pages, faults = crawl(root)
            if "Traceback" in log.read_text():
                faults.append(f"the log holds a traceback:\n{log.read_text()}")
        started = time.monotonic()
        with running(free_port(), data, log) as root:
            print(f"Second start: {time.monotonic() - started:.1f} s")
            if fetch(root).status != 200:
                faults.append("the second start does not answer")
    for page in sorted(pages):
        print(f"  {urlsplit(page).path}")
    print(f"{len(pages)} pages, {len(faults)} faults")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
