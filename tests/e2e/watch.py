"""Listens to everything a browser says."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Chromium reports violations on the console too, but not of every kind and not always with the directive.
INIT_SCRIPT = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `CSP: ${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));
document.addEventListener("DOMContentLoaded", () => console.debug(`title=${document.title}`));
"""
TITLE = "title="
NO_NETWORK = ("data", "blob", "about", "chrome", "chrome-extension")  # Chromium's own PDF viewer is an extension
SENT_FORM = "?kirim"  # its answer is a page, whether the browser or the form's script has sent it
LOST = ("Failed to load resource: net::ERR_", "Failed to load resource: the server responded with a status of 503")
CUT = 503  # what a test answers in the place of a server that is down
REFUSED_BY_SERVER = "Failed to load resource: the server responded with a status of 4"


class Watch:
    """What the browsers of one test asked for, were told, and complained about."""

    def __init__(self, site_url: str) -> None:
        self.site_url = site_url
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.titles: list[str] = []
        self.foreign: list[str] = []
        self._expected_foreign: tuple[str, ...] = ()
        self._documents: set[str] = set()
        self._cuts_are_expected = False

    def attach(self, context: BrowserContext) -> None:
        """Listen to a browser."""
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", self._failed)

    def expect_foreign(self, *prefixes: str) -> None:
        """Addresses outside that the test opens on purpose; the network lets none of them out."""
        self._expected_foreign += prefixes

    def expect_cuts(self) -> None:
        """The test breaks the network, and the server, on purpose."""
        self._cuts_are_expected = True

    def _asked(self, request: Request) -> None:
        self.addresses.append(request.url)
        if request.is_navigation_request() or request.url.endswith(SENT_FORM):
            self._documents.add(request.url)
        if urlsplit(request.url).scheme in NO_NETWORK or request.url.startswith(self.site_url + "/"):
            return
        self.foreign.append(request.url)
        if not request.url.startswith(self._expected_foreign or ("\0",)):
            self.faults.append(f"asked a stranger: {request.url}")

    def _answered(self, response: Response) -> None:
        # A page may be refused (404, 422): the test that asks for it looks at it. What belongs to a page may not.
        if self._cuts_are_expected and response.status == CUT:
            return
        if response.status >= 500 or (response.status >= 400 and response.url not in self._documents):
            self.faults.append(f"{response.status} for {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.text.startswith(TITLE):
            self.titles.append(message.text.removeprefix(TITLE))
        if message.type not in ("error", "warning"):
            return
        where = message.location["url"]
        if message.text.startswith(REFUSED_BY_SERVER) and where in self._documents:
            return
        if where.startswith(self._expected_foreign or ("\0",)):
            return
        if self._cuts_are_expected and message.text.startswith(LOST):
            return
        self.faults.append(f"console {message.type}: {message.text} ({where})")

    def _failed(self, error: WebError) -> None:
        self.faults.append(f"script error: {error.error}")
