"""The addresses below the page of a regulation. What they show is in regulasi.views.public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

if TYPE_CHECKING:
    from .regulation import RegulationPage


class RegulationRoutes(RoutablePageMixin):
    """Routes of RegulationPage; a mixin, because the model itself is long enough."""

    allowed_http_methods = ["GET", "HEAD", "OPTIONS", "POST"]

    def check_request_method(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Only a report is sent."""
        if request.method == "POST" and not request.path.rstrip("/").endswith("/lapor"):
            return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
        return super().check_request_method(request, *args, **kwargs)

    def get_route_paths(self) -> list[str]:
        """What Wagtail redirects when the address of a published regulation changes: all that others may have kept."""
        below = ("unduh", "abstrak.pdf", "kartu.pdf", "kutipan.bib", "kutipan.ris", "tenggat.ics", "lapor")
        document = [f"/dokumen/{self._page.file_name}"] if self._page.document else []
        return [*super().get_route_paths(), *(f"/{name}" for name in below), *document]

    @path("")
    def index_route(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The regulation to be read."""
        from regulasi.views import public

        return public.page(request, self._page)

    @re_path(r"^dokumen/(?P<name>[\w\-][\w.\-]*\.pdf)/?$")
    def document_file(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """The PDF inside the page."""
        from regulasi.views import public

        return public.document(request, self._page, name)

    @re_path(r"^unduh/?$")
    def download_file(self, request: HttpRequest) -> HttpResponseBase:
        """The PDF to keep."""
        from regulasi.views import public

        return public.download(request, self._page)

    @re_path(r"^abstrak\.pdf/?$")
    def abstract_file(self, request: HttpRequest) -> HttpResponse:
        """The abstract as a PDF."""
        from regulasi.views import public

        return public.abstract(request, self._page)

    @re_path(r"^kartu\.pdf/?$")
    def card_file(self, request: HttpRequest) -> HttpResponse:
        """A card with a QR code to print."""
        from regulasi.views import public

        return public.card(request, self._page)

    @re_path(r"^kutipan\.bib/?$")
    def bibtex_file(self, request: HttpRequest) -> HttpResponse:
        """The citation as a record of BibTeX."""
        from regulasi.views import public

        return public.bibtex(request, self._page)

    @re_path(r"^kutipan\.ris/?$")
    def ris_file(self, request: HttpRequest) -> HttpResponse:
        """The citation as a record of RIS."""
        from regulasi.views import public

        return public.ris(request, self._page)

    @re_path(r"^tenggat\.ics/?$")
    def calendar_file(self, request: HttpRequest) -> HttpResponse:
        """The deadline for the visitor's calendar."""
        from regulasi.views import public

        return public.calendar(request, self._page)

    @re_path(r"^lapor/?$")
    def report_problem(self, request: HttpRequest) -> HttpResponse:
        """A problem of the regulation, to be told to the office."""
        from regulasi.views import public

        return public.report(request, self._page)

    @property
    def _page(self) -> RegulationPage:
        return cast("RegulationPage", self)
