"""Every address in three lists: public (cacheable), private (never cached), internal (machines)."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from forms.urls import private_urlpatterns as ticket_urls
from home.urls import urlpatterns as home_urls
from siptenan.common.health import healthz, readyz

internal = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

private = [
    path("login/", RedirectView.as_view(url="/cms/login/"), name="login"),
    path("cms/", include("siptenan.accounts.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *ticket_urls,
]

# The public site knows no sessions, so Django's CSRF cookie would protect nothing and make every page
# uncacheable; forms carry a signed token of their own (docs/adr/0002-public-forms-without-cookies.md).
public = [
    *home_urls,
    path("sitemap.xml", sitemap, name="sitemap"),
    re_path(wagtail_urls.serve_pattern, csrf_exempt(serve), name="wagtail_serve"),
]

urlpatterns = [*internal, *private]
if settings.SERVE_MEDIA:  # production's web server does this itself
    urlpatterns.append(
        re_path(r"^media/(?P<path>(?!documents/).*)$", serve_file, {"document_root": settings.MEDIA_ROOT})
    )
urlpatterns += public

handler400 = "siptenan.common.errors.bad_request"
handler403 = "siptenan.common.errors.permission_denied"
handler404 = "siptenan.common.errors.page_not_found"
handler500 = "siptenan.common.errors.server_error"
