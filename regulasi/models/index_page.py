"""Regulasi: the page of the list, with its search, feeds and files as routes."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from siptenan.common.models.pages import IntroducedPage


class RegulationIndexPage(RoutablePageMixin, IntroducedPage):
    """The list of regulations. No regulation may be called as a route: see RESERVED_SLUGS of the other model."""

    template = "regulasi/regulation_index_page.html"
    share_label = "Peraturan tentang industri dan merek"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["regulasi.RegulationPage"]

    class Meta:
        verbose_name = "daftar regulasi"
        verbose_name_plural = "daftar regulasi"

    @path("")
    def regulation_list(self, request: HttpRequest) -> HttpResponseBase:
        """The list with its search and filters."""
        from regulasi.views import library

        return library.page(request, self)

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponseBase:
        """The same as Atom."""
        from regulasi.views import library

        return library.feed(request, self)

    @re_path(r"^data\.csv/?$")
    def csv(self, request: HttpRequest) -> HttpResponseBase:
        """The same as a table."""
        from regulasi.views import library

        return library.csv(request, self)

    @re_path(r"^jdihn\.json/?$")
    def jdihn(self, request: HttpRequest) -> HttpResponseBase:
        """Every regulation for the portal of JDIHN."""
        from regulasi.views import open_data

        return open_data.jdihn_feed(request)

    @re_path(r"^jdihn\.schema\.json/?$")
    def jdihn_schema(self, request: HttpRequest) -> HttpResponseBase:
        """What holds of each row of it."""
        from regulasi.views import open_data

        return open_data.jdihn_schema(request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """The list itself, changed when any regulation in it was. Each regulation is a page and names itself."""
        from regulasi import changes

        changed = changes.of_list()
        found = super().get_sitemap_urls(request)
        return [
            {**entry, "lastmod": max(filter(None, (entry.get("lastmod"), changed)), default=None)} for entry in found
        ]
