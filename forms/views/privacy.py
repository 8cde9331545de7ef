"""What every answer with a ticket in it carries: never stored, never told to the next site."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

# Names the receipt of what this browser sent; its path is the receipt's own address.
RECEIPT_COOKIE = "siptenan_bukti"


def seal(response: HttpResponse) -> HttpResponse:
    """Mark an answer as one that nobody may keep: caches, the Back button's store, the Referer header."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def ticket_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator of public pages about one ticket: sealed, and outside Django's cookie-based CSRF check.

    Their forms are protected by the ticket cookie (SameSite=Lax, sent only to /kalindri/lacak/) and by a
    signed token that only a page of that ticket contains.
    """

    @csrf_exempt
    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return seal(view(request, *args, **kwargs))

    return wrapper
