"""Small public views that are not pages."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from siptenan.common.models import OfficeSettings

SECURITY_TXT_VALID = dt.timedelta(days=180)


@require_safe
def short_address(request: HttpRequest) -> HttpResponse:
    """`/k`: the address on posters; what follows the question mark goes along."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect("/kalindri/" + (f"?{query}" if query else ""))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt."""
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /kalindri/lacak/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a weakness."""
    expires = timezone.now() + SECURITY_TXT_VALID
    lines = [
        f"Contact: mailto:{OfficeSettings.load().email}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: id, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
