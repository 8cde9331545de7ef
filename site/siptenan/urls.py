"""Every address in three lists: public (cacheable), private (never cached), internal (machines)."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from forms.urls import private_urlpatterns as ticket_urls
from gallery.urls import private_urlpatterns as owner_urls
from home.urls import urlpatterns as home_urls
from siptenan.common import document_access
from siptenan.common.health import healthz, readyz
from siptenan.common.serving import serve

internal = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

private = [
    path("login/", RedirectView.as_view(url="/cms/login/"), name="login"),
    # Where Wagtail leads who must sign in for a document; it asks for this name even when a setting gives an address.
    path("login/dokumen/", document_access.sign_in, name="wagtailcore_login"),
    path("cms/berkas/<int:document_id>/<str:document_filename>", document_access.serve_to_staff, name="staff-document"),
    path("cms/", include("siptenan.accounts.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *ticket_urls,
    *owner_urls,
]

public = [
    *home_urls,
    path("sitemap.xml", sitemap, name="sitemap"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]

# Documents have an address that asks who may have them; no `//` or `..` leads around it.
MEDIA = r"^media/(?P<path>(?!documents/)(?:[^/.][^/]*/)*[^/.][^/]*)$"

urlpatterns = [*internal, *private]
if settings.SERVE_MEDIA:  # production's web server does this itself
    urlpatterns.append(re_path(MEDIA, serve_file, {"document_root": settings.MEDIA_ROOT}))
urlpatterns += public

handler400 = "siptenan.common.errors.bad_request"
handler403 = "siptenan.common.errors.permission_denied"
handler404 = "siptenan.common.errors.page_not_found"
handler429 = "siptenan.common.errors.too_many_requests"
handler500 = "siptenan.common.errors.server_error"
