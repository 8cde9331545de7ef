"""Short and well-known addresses of the public site."""

from __future__ import annotations

from django.urls import path, re_path

from home import views
from siptenan.common.serving import serve

urlpatterns = [
    path("k", views.short_address),
    path("k/", views.short_address, name="short-kalindri"),
    path("cari/", views.search_page, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    # Wagtail's own pattern knows no dots; events and products answer like any page.
    re_path(r"^((?:[\w\-]+/)+kalender\.ics)$", serve, name="event-calendar"),
    re_path(r"^((?:[\w\-]+/)+kartu\.pdf)$", serve, name="product-card"),
    re_path(r"^((?:[\w\-]+/)+(?:jdihn\.json|jdihn\.schema\.json|data\.csv))$", serve, name="regulation-data"),
    re_path(
        r"^((?:[\w\-]+/)+(?:abstrak\.pdf|kutipan\.bib|kutipan\.ris|tenggat\.ics|dokumen/[\w\-][\w.\-]*\.pdf))$",
        serve,
        name="regulation-file",
    ),
]
