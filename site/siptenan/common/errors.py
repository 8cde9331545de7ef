"""Error pages in Indonesian. None of them needs the database; the 500 page needs nothing at all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import loader


def _page(request: HttpRequest, status: int) -> HttpResponse:
    response = HttpResponse(loader.render_to_string(f"{status}.html", {"status": status}), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what came in could not be read."""
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CMS when a form has grown stale; the page says how to go on."""
    return _page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing at this address."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; a static page, so that it can be shown when everything else is broken."""
    return _page(request, 500)
