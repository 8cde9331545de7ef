"""Redirects from the addresses that pages have had; Wagtail writes them down when a page moves or changes its slug."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware

REMEMBERED_S = 60  # by browsers and caches; a page may come back to an address that was redirected away from it


class Redirects(RedirectMiddleware):
    """Wagtail's redirects, mended where visitors would lose something.

    The query (the channel) goes along; a form that was open when its page moved is sent again to the new address
    instead of being turned into a look at an empty one; nothing leads back to the address that was asked for; and
    a database that is down does not make an error of a page that is not there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            redirect = super().process_response(request, response)
        except DatabaseFault:
            return response
        if redirect is response:
            return response
        target = urlsplit(redirect["Location"])
        if target.netloc == "" and target.path.rstrip("/") == request.path.rstrip("/"):
            return response  # the page came back to this address and was taken offline
        if target.netloc == "":
            redirect["Location"] = self._address(target.path, target.query, request)
        if request.method not in ("GET", "HEAD") and redirect.status_code == HttpResponsePermanentRedirect.status_code:
            redirect.status_code = HttpResponsePermanentRedirect.status_code_preserve_request
        redirect["Cache-Control"] = f"max-age={REMEMBERED_S}"
        return redirect

    def _address(self, path: str, query: str, request: HttpRequest) -> str:
        """The new address with the query of this request, and with the slash that Wagtail takes off routes."""
        slash = "" if path.endswith("/") or not request.path.endswith("/") else "/"
        query = query or request.META.get("QUERY_STRING", "")
        return f"{path}{slash}?{query}" if query else f"{path}{slash}"
