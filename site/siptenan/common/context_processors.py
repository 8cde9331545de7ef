"""What every public template may use."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Site


def navigation(request: HttpRequest) -> dict:
    """`navigation`: the menu pages of the site, read only when a template asks for them."""

    def entries() -> list[dict]:
        site = Site.find_for_request(request)
        if site is None:
            return []
        root = site.root_page
        pages = [root, *root.get_children().live().in_menu()]
        return [
            {
                "title": page.title,
                "url": page.get_url(request),
                "current": request.path == page.get_url(request)
                or (page.pk != root.pk and request.path.startswith(page.get_url(request) or "\0")),
            }
            for page in pages
        ]

    return {"navigation": entries}
