"""Gallery IKM: the page of the catalogue, whose routes show its products and businesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from forms.models import FormPage
from siptenan.common.addresses import absolute
from siptenan.common.generation import per_generation
from siptenan.common.models.pages import IntroducedPage

from .business import Business
from .product import Product
from .quarter import TotalsSnapshot

DATA_PATH = "data/"


class GalleryIndexPage(RoutablePageMixin, IntroducedPage):
    """The public catalogue of products."""

    template = "gallery/gallery_index_page.html"
    share_label = "Produk industri kecil dan menengah"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Gallery IKM"
        verbose_name_plural = "Gallery IKM"

    @path("")
    def product_list(self, request: HttpRequest) -> HttpResponse:
        """The list with its search and filters."""
        from gallery.catalogue.listing import listing

        context = {
            "listing": listing(request.GET),
            "registration_url": registration_url(),
            "data_url": f"{self.get_url(request)}{DATA_PATH}",
        }
        return self.render(request, context_overrides=context)

    @path(DATA_PATH)
    def open_data(self, request: HttpRequest) -> HttpResponse:
        """Public totals; its address is no product's (gallery.publishing.RESERVED_SLUGS)."""
        from gallery.views import open_data

        return open_data.page(request, self)

    @path(f"{DATA_PATH}unduh/")
    def open_data_csv(self, request: HttpRequest) -> HttpResponseBase:
        """The same as a file."""
        from gallery.views import open_data

        return open_data.csv(request, self)

    @path("usaha/<slug:slug>/")
    def business(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A business."""
        from gallery.views import public

        return public.business(request, self, slug)

    @path("<slug:slug>/")
    def product(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A product."""
        from gallery.views import public

        return public.product(request, self, slug)

    @path("<slug:slug>/wa/")
    def whatsapp(self, request: HttpRequest, slug: str) -> HttpResponse:
        """To the seller of a product."""
        from gallery.views import public

        return public.whatsapp(request, self, slug)

    @re_path(r"^(?P<slug>[-\w]+)/kartu\.pdf/?$")
    def card(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The card of a product to print."""
        from gallery.views import public

        return public.card(request, self, slug)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """The catalogue itself, its products, its businesses and its totals."""
        found = [
            {"location": absolute(f"{self.get_url(request)}{path}"), "lastmod": changed}
            for path, changed in self._shown()
        ]
        return [*super().get_sitemap_urls(request), *found]

    def get_route_paths(self) -> list[str]:
        """What has an address below this page, for the redirects that Wagtail makes when the page moves."""
        return ["/", *(f"/{path}" for path, _ in self._shown())]

    def _shown(self) -> Iterator[tuple[str, Any]]:
        """The path below this page, and the last change, of everything public."""
        if totals := TotalsSnapshot.objects.only("made_at").first():
            yield DATA_PATH, totals.made_at
        for slug, changed in Product.objects.public().order_by("pk").values_list("slug", "last_published_at"):
            yield f"{slug}/", changed
        for slug, changed in Business.objects.public().order_by("pk").values_list("slug", "last_published_at"):
            yield f"usaha/{slug}/", changed


@per_generation
def registration_url() -> str:
    """The path of the registration form; empty while it is not published."""
    page = FormPage.objects.live().filter(slug="gallery-ikm").first()
    return (page.url or "") if page else ""
