"""What the head of a page says about it, and where the page stands: for browsers, search engines and shared links."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from siptenan.common import share_images
from siptenan.common.addresses import absolute_path
from siptenan.common.channels import CHANNEL_KEY
from siptenan.common.generation import per_generation
from siptenan.common.models import BasePage

PAGE_KEY = "page"  # of templates/components/pagination.html
HOME_DEPTH = 2  # of the front page in the page tree


@dataclass(frozen=True)
class Head:
    """The words and addresses of the head; templates/base.html writes them."""

    title: str
    description: str
    url: str
    type: str
    page_number: int
    image_url: str
    image_alt: str
    image_width: int = share_images.WIDTH
    image_height: int = share_images.HEIGHT
    image_type: str = "image/png"


def head_of(page: BasePage, request: HttpRequest, pages: int | None = None) -> Head:
    """Return the head of a page as it is shown in answer to a request; of a list with so many pages, where it is one.

    An address that names a page beyond the last shows the last one.
    """
    number = page_number(request.GET)
    number = number if pages is None else min(number, pages)
    query = f"?{PAGE_KEY}={number}" if number > 1 else ""
    return Head(
        title=page.share_title,
        description=page.share_description,
        url=absolute_path(request.path) + query,
        type=page.share_type,
        page_number=number,
        image_url=share_images.picture_url(page),
        image_alt=f"{settings.WAGTAIL_SITE_NAME}: {page.share_title}",
    )


def page_number(query: QueryDict) -> int:
    """Return the page of a list that an address names; 1 for a filtered list, which counts as the list itself."""
    raw = query.get(PAGE_KEY, "")
    is_number = raw.isascii() and raw.isdecimal() and len(raw) < 5
    return int(raw) if is_number and not set(query) - {PAGE_KEY, CHANNEL_KEY} else 1


@dataclass(frozen=True)
class Crumb:
    """A page above another one."""

    title: str
    url: str


def trail_to(page: Page) -> tuple[Crumb, ...]:
    """Return the pages above a page, from the front page on; none for the front page itself."""
    return _trail(page.path[: -Page.steplen]) if page.depth > HOME_DEPTH else ()


@per_generation
def _trail(parent_path: str) -> tuple[Crumb, ...]:
    ends = range(HOME_DEPTH * Page.steplen, len(parent_path) + 1, Page.steplen)
    above = Page.objects.live().filter(path__in=[parent_path[:end] for end in ends]).order_by("path")
    return with_addresses(above)


def with_addresses(pages) -> tuple[Crumb, ...]:
    """Return pages by title and path, without asking the database about the address of each."""
    request = get_dummy_request(site=Site.objects.filter(is_default_site=True).first())
    return tuple(Crumb(page.title, url) for page in pages if (url := page.get_url(request)))
