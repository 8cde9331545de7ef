"""Small public views that are not pages."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home import search
from siptenan.common import drawing
from siptenan.common.models import OfficeSettings

SECURITY_TXT_VALID = dt.timedelta(days=180)


@require_safe
def short_address(request: HttpRequest) -> HttpResponse:
    """`/k`: the address on posters; what follows the question mark goes along."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect("/kalindri/" + (f"?{query}" if query else ""))


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """`/cari/`: the search of the site."""
    response = TemplateResponse(request, "home/search.html", {"listing": search.listing(request.GET)})
    # What was typed stands in the address: no cache on the way keeps it, and no page is told of it as `Referer`.
    response["Cache-Control"] = "private"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt."""
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /kalindri/lacak/",
        "Disallow: /gallery-ikm/perbarui/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put KALINDRI on its home screen (W3C Web Application Manifest)."""
    icons = [
        {"src": static("siptenan/img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("siptenan/img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("siptenan/img/icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    content = {
        "id": "/",
        "name": "SIPTENAN - layanan industri dan tenaga kerja Kota Pekalongan",
        "short_name": settings.WAGTAIL_SITE_NAME,
        "lang": "id",
        "start_url": "/k",
        "scope": "/",
        # Not "standalone": without the browser's bar there would be no Back and no address to share.
        "display": "minimal-ui",
        "theme_color": drawing.BLACK,
        "background_color": drawing.PAPER,
        "icons": icons,
        "shortcuts": [{"name": "Lacak tiket", "url": reverse("track")}],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The address that old browsers and other programs ask for without being told of an icon."""
    return HttpResponseRedirect(static("siptenan/img/icon-192.png"))


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
