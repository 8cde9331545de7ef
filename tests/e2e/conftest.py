"""A real browser against a real server: Debian's Chromium, the demo site, nobody else on the network.

One site serves all browser tests of a run; each test makes the tickets and forms it needs, so their order does
not matter. Whatever a browser complains about (console, content security policy, an answer it did not get, a
request to any other host) fails the test that saw it.
"""

from __future__ import annotations

import io
import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from forms import references, rendering, services, spam
from forms.models import FormPage, Submission
from siptenan.accounts import roles
from tests import factories
from tests.e2e.steps import DESKTOP, PHONE, Officer, Receipt, Visitor
from tests.e2e.watch import INIT_SCRIPT, Watch
from tests.factories.people import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
HOST = "127.0.0.1"

# Playwright keeps an event loop in this thread, and Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE_MS = 10_000  # what a busy machine may need for one page
expect.set_options(timeout=PATIENCE_MS)


# --- The browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Debian's Chromium, which can reach this machine and nothing else. Without Chromium the tests fail."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
    return {
        "executable_path": str(CHROMIUM),
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
            # Not by Playwright's interception, which switches the browser's cache off, and with it what Back shows.
            f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
        ],
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each browser is given the address itself. (The plugin's own fixture is a warning to pytest 9.)"""


# --- The site -------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def _database(django_test_environment, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database file of our own: the server answers from other threads, which an in-memory database cannot take.

    Not pytest-django's: that is emptied after every test, and the demo site would be loaded dozens of times.
    """
    kept, configuration = connections["default"], connections.settings["default"]
    before = configuration["NAME"]
    if configuration["ENGINE"] != "django.db.backends.sqlite3":
        pytest.fail("The browser tests run on SQLite: unset DATABASE_URL.")
    with django_db_blocker.unblock():
        configuration["NAME"] = str(tmp_path_factory.mktemp("e2e") / "db.sqlite3")
        del connections["default"]
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connections["default"].close()
            configuration["NAME"] = before
            connections["default"] = kept


@pytest.fixture(scope="package")
def site_url(_database) -> Iterator[str]:
    """The address of the demo site, with a second officer `rekan` beside the demo's own accounts."""
    call_command("load_demo", password=PASSWORD, stdout=io.StringIO())
    factories.make_staff(roles.OFFICER, "rekan", forms=list(FormPage.objects.all()))
    server = LiveServer(HOST)
    Site.objects.update(hostname=HOST, port=server.thread.port)
    with pytest.MonkeyPatch.context() as patch, override_settings(BASE_URL=server.url, SUBMIT_LIMIT="0"):
        patch.setattr(spam, "MIN_AGE_S", 0.0)  # a test fills in a form faster than anybody could
        yield server.url
    server.stop()


@pytest.fixture
def sent(site_url) -> Callable[..., Receipt]:
    """Return a function that sends a question to the HAKI form without a browser; answers are given by label."""

    def send(answers: dict[str, str], *, slug: str = "konsultasi-haki") -> Receipt:
        form = FormPage.objects.get(slug=slug)
        asked = form.questions()
        token = references.FormToken(secrets.token_urlsafe(16), form.pk, time.time())
        answers_by_key = {question.key: answers.get(question.label, "") for question in asked}
        ticket = services.submit(form, asked, answers_by_key, token, channel="web")
        return Receipt(ticket.reference, references.pin_for_token(token.id), rendering.status_url(ticket))

    return send


@pytest.fixture
def ticket_of(site_url) -> Callable[[Receipt], Submission]:
    """Return a function that looks a ticket up in the database."""
    return lambda receipt: Submission.objects.get(reference=receipt.number)


# --- People ---------------------------------------------------------------------------------------


@pytest.fixture
def watch(site_url) -> Iterator[Watch]:
    """Everything the browsers of this test saw; complaints fail it at its end."""
    watch = Watch(site_url)
    yield watch
    assert not watch.faults, "\n".join(["The browser complained:", *watch.faults])


@pytest.fixture
def open_browser(new_context, site_url, watch) -> Callable[..., BrowserContext]:
    """Return a function that opens a fresh browser: no cookies, own history, watched."""

    def open_one(size: dict, *, js: bool = True, **options) -> BrowserContext:
        context = new_context(
            base_url=site_url,
            viewport=size,
            java_script_enabled=js,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(INIT_SCRIPT)
        watch.attach(context)
        return context

    return open_one


@pytest.fixture
def visitor(open_browser) -> Callable[..., Visitor]:
    """Return a function that brings a visitor with a fresh browser."""
    return lambda size=PHONE, **options: Visitor(open_browser(size, **options).new_page())


@pytest.fixture(scope="package")
def _signed_in(browser: Browser, site_url) -> Callable[[str], dict]:
    """Sign each member of staff in once a run, at the sign-in page, and keep the cookies."""
    kept: dict[str, dict] = {}

    def state_of(username: str) -> dict:
        if username not in kept:
            context = browser.new_context(base_url=site_url, locale="id-ID")
            Officer(context.new_page()).sign_in(username, PASSWORD)
            kept[username] = context.storage_state()
            context.close()
        return kept[username]

    return state_of


@pytest.fixture
def officer(open_browser, _signed_in) -> Callable[..., Officer]:
    """Return a function that brings a member of staff who is signed in already."""

    def bring(username: str = "petugas", size: dict = DESKTOP) -> Officer:
        return Officer(open_browser(size, storage_state=_signed_in(username)).new_page())

    return bring
