"""Error pages in Indonesian. None of them needs the database; the 500 page needs nothing at all."""

from __future__ import annotations

from typing import Any

from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.template import loader


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    text = loader.render_to_string(f"{status}.html", {"status": status, **context})
    response = HttpResponse(text, status=status)
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
    """404: nothing at this address; the page names what may have been meant, if the database can be asked."""
    return _page(request, 404, suggestions=_suggestions(request.path))


def _suggestions(path: str) -> list:
    from siptenan.common import suggestions  # not before the models are loaded: the middleware imports this module

    try:
        return suggestions.for_path(path)
    except DatabaseFault:
        return []


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: the sign-in is throttled; django-allauth calls it by the name `handler429`."""
    response = _page(request, 429)
    response["Retry-After"] = "60"  # seconds: ACCOUNT_RATE_LIMITS counts an address by the minute
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; a static page, so that it can be shown when everything else is broken."""
    return _page(request, 500)
