"""What every public template may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from siptenan.common.channels import channel_query
from siptenan.common.generation import per_generation


@dataclass(frozen=True)
class MenuEntry:
    """One page of the menu."""

    title: str
    url: str


@per_generation
def menu_of(root_pk: int) -> tuple[MenuEntry, ...]:
    """The home page and the pages below it that are in the menu, in their order."""
    root = Page.objects.get(pk=root_pk)
    return tuple(MenuEntry(page.title, page.url or "/") for page in (root, *root.get_children().live().in_menu()))


def _current(path: str, url: str) -> str:
    """The value of aria-current for a menu entry: "page" on the page itself, "true" anywhere below it."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def navigation(request: HttpRequest) -> dict:
    """`navigation`: the menu of the site, read only when a template asks for it.

    `channel_query`: what a link inside the site ends with, so that the channel of the visit is not lost.
    """

    def entries() -> list[dict]:
        site = Site.find_for_request(request)
        if site is None:
            return []
        suffix = channel_query(request)
        return [
            {
                "title": entry.title,
                "url": entry.url + suffix,
                "current": _current(request.path, entry.url),
            }
            for entry in menu_of(site.root_page_id)
        ]

    return {"navigation": entries, "channel_query": channel_query(request)}
