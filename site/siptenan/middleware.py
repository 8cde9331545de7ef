"""What every request passes: headers on every answer, the content security policy, and no broken bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from siptenan.common.errors import bad_request

CMS_PREFIX = "/cms/"
# Screens of the CMS that keep the strict policy: the sign-in, and tickets, which show what strangers typed.
SIGN_IN_PREFIXES = ("/cms/login/", "/cms/logout/", "/cms/akun/")
TICKET_PREFIX = "/cms/tiket/"
WHATSAPP_ORIGIN = "https://wa.me"
# What Django makes of a byte that is no UTF-8 in a path: its number behind a percent sign.
BROKEN_BYTE = re.compile("%[89A-F][0-9A-F]")

Handler = Callable[[HttpRequest], HttpResponse]


class AnswerHeaders:
    """Set the safety headers on every answer that does not carry them yet, whichever layer made it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy of the settings; inside the CMS, Wagtail's own screens need inline script and style.

    Tickets stay strict. The one foreign address a form of theirs may end at is wa.me (WhatsApp by hand).
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        path = request.path_info
        if not path.startswith(CMS_PREFIX) or path.startswith(SIGN_IN_PREFIXES):
            return parts
        if path.startswith(TICKET_PREFIX):
            parts.replace = {"form-action": [SELF, WHATSAPP_ORIGIN], **(parts.replace or {})}
        else:
            parts.nonce = None  # a nonce in the header would switch 'unsafe-inline' off
            parts.replace = {
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
                **(parts.replace or {}),
            }
        return parts


class RefuseBadBytes:
    """Answer 400 to a NUL byte or broken UTF-8 in a path or a query, before any view or query sees it.

    PostgreSQL raises on NUL, and Django shows broken UTF-8 as escaped text: both ended as a 500 or a puzzling
    404 somewhere deep. In a path Django has already escaped it, so a path that was escaped twice is refused too.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
        if "\0" in request.path_info or BROKEN_BYTE.search(request.path_info) or not is_clean(query):
            return bad_request(request)
        return self.get_response(request)


def is_clean(raw: bytes) -> bool:
    """Whether the bytes are UTF-8 without NUL."""
    if b"\x00" in raw:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
