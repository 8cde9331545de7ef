"""Serves pages: Wagtail's `serve`, with the way from address to page remembered until content changes.

Finding a page costs Wagtail two queries a level, one for the site and two for privacy, more than all the rest
of a small page (docs/adr/0007). Here it is one query a request, for the number of the generation. A page that was
made private in code is not found: the public site knows no sign-in that could open it (BasePage).

The page object is shared by the requests of a process until the next generation: views read it, none writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page, Site

from siptenan.common.generation import answer_assuming, per_generation


@dataclass(frozen=True)
class Route:
    """The way to one page: its site, the page, and what its `serve` is called with."""

    site: Site
    page: Page
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class _Lookup:
    """Carries a request into a remembered function, which is keyed by host, port and path alone."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.key = (request.get_host(), request.get_port())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Lookup) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@per_generation
def find_route(lookup: _Lookup, path: str) -> Route:
    """Return the way to a public page; raises Http404."""
    request = lookup.request
    found = Page.route_for_request(request, path)
    if found is None:
        raise Http404  # raised, so not remembered: strangers must not fill the memory with wrong addresses
    page, args, kwargs = found
    lookup.request = None  # type: ignore[assignment]  # a remembered key must not keep a visitor's request alive
    if page.get_view_restrictions().exists():
        raise Http404
    return Route(Site.find_for_request(request), page, tuple(args), dict(kwargs))


# The public site knows no sessions, so Django's CSRF cookie would protect nothing and make every page
# uncacheable; forms carry a signed token of their own (docs/adr/0002).
@csrf_exempt
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at a path, or 404."""
    if request.method == "POST":  # what is sent is stored by one statement, which asks that question too
        return answer_assuming(partial(_serve, request, path))
    return _serve(request, path)


def _serve(request: HttpRequest, path: str) -> HttpResponse:
    route = find_route(_Lookup(request), path)
    if (refusal := route.page.check_request_method(request)) is not None:
        return refusal
    request._wagtail_site = route.site  # type: ignore[attr-defined]  # where Wagtail keeps it; saves its query
    return route.page.serve(request, *route.args, **route.kwargs)
