"""What every request passes: headers on every answer, the content security policy, and no broken bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from csp.constants import SELF, UNSAFE_INLINE
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django_permissions_policy import PermissionsPolicyMiddleware

from siptenan.common.errors import bad_request

CMS_PREFIX = "/cms/"
STAFF_PREFIXES = (CMS_PREFIX, "/documents/")
# Screens of the CMS that keep the strict policy: the sign-in, and tickets, which show what strangers typed.
SIGN_IN_PREFIXES = ("/cms/login/", "/cms/logout/", "/cms/akun/")
TICKET_PREFIX = "/cms/tiket/"
WHATSAPP_ORIGIN = "https://wa.me"
# What Django makes of a byte that is no UTF-8 in a path: its number behind a percent sign.
BROKEN_BYTE = re.compile("%[89A-F][0-9A-F]")

COMPRESSIBLE = re.compile(r"text/|application/(.+\+)?(json|xml)")

UTF_8 = ("utf-8", "utf8")

Handler = Callable[[HttpRequest], HttpResponse]


class AnswerHeaders:
    """Set the safety headers on every answer that does not carry them yet, whichever layer made it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.policies = Policies()
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Permissions-Policy": PermissionsPolicyMiddleware.compute_header_value(
                settings.PERMISSIONS_POLICY, name="PERMISSIONS_POLICY"
            ),
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if not (settings.DEBUG and response.status_code in (404, 500)):  # Django's own pages, all inline
            response.headers.setdefault("Content-Security-Policy", self.policies.of(request.path_info))
        return response


class Policies:
    """The strict content security policy of the settings; inside the CMS, Wagtail's own screens need inline code.

    Tickets stay strict. The one foreign address a form of theirs may end at is wa.me (WhatsApp by hand).
    The three are written out once, by django-csp: its own middleware builds one for every answer.
    """

    def __init__(self) -> None:
        self.strict = build_policy()
        self.ticket = build_policy(replace={"form-action": [SELF, WHATSAPP_ORIGIN]})
        # No nonce: one in the header would switch 'unsafe-inline' off.
        inline = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}
        self.cms = build_policy(replace={**inline, "img-src": [SELF, "data:", "blob:"], "frame-src": [SELF]})

    def of(self, path: str) -> str:
        """Return the header for a path."""
        if not path.startswith(CMS_PREFIX) or path.startswith(SIGN_IN_PREFIXES):
            return self.strict
        return self.ticket if path.startswith(TICKET_PREFIX) else self.cms


class ForStaff:
    """Sessions, users and messages, for those who have them: the CMS, its documents, whoever brings a session.

    Visitors have none, and the session cookie is not sent to public pages (SESSION_COOKIE_PATH), so there these
    three layers would only take time. The preview of a page has the address of the page, and the editor's cookie.
    """

    def __init__(self, get_response: Handler) -> None:
        self.for_visitors = get_response
        self.for_staff: Callable[[HttpRequest], Any] = SessionMiddleware(
            AuthenticationMiddleware(MessageMiddleware(get_response))
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(STAFF_PREFIXES) or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.for_staff(request)
        return self.for_visitors(request)


class Compress(GZipMiddleware):
    """Compress pages: on a phone's network, and in the first window of TCP, that is most of the wait.

    Not what no cache may keep (tickets, receipts, the CMS): beside text that a stranger chose, the length of
    something compressed can give a secret away (BREACH). Files are compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = COMPRESSIBLE.match(response.headers.get("Content-Type", ""))
        if response.streaming or not is_text or "no-store" in response.headers.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class RefuseBadBytes:
    """Answer 400 to a NUL byte or broken UTF-8 in a path, query or cookie, and to a body in any other charset.

    PostgreSQL raises on NUL, and Django shows broken UTF-8 as escaped text: both ended as a 500 or a puzzling
    404 somewhere deep. In a path Django has already escaped it, so a path that was escaped twice is refused too.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
        if "\0" in request.path_info or BROKEN_BYTE.search(request.path_info) or not is_clean(query):
            return bad_request(request)
        # Python knows "charsets" that are none (hex, idna), and cookies can spell a NUL byte as \\000.
        if (request.content_params or {}).get("charset", "utf-8").lower() not in UTF_8:
            return bad_request(request)
        if any("\0" in value for value in request.COOKIES.values()):
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
