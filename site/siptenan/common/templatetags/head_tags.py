"""What templates/base.html and the breadcrumb ask of the page they show."""

from __future__ import annotations

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString
from wagtail.models import Page

from siptenan.common import companions, structured_data
from siptenan.common.head import Crumb, Head, head_of, trail_to
from siptenan.common.models import BasePage

register = template.Library()


def _page(context: RequestContext) -> BasePage | None:
    """The page being shown; None on error pages and in views without one."""
    page = context.get("page")
    return page if isinstance(page, BasePage) and "request" in context else None


@register.simple_tag(takes_context=True)
def page_head(context: RequestContext) -> Head | None:
    """Title, description, address and picture of the page; None where there is none to be found or shared.

    A page that shows one of several things at its addresses gives the head of that thing as `own_head`.
    """
    if own := context.get("own_head"):
        return own
    page = _page(context)
    if page is None:
        return None
    shown = getattr(context.get("listing"), "page_obj", None)
    return head_of(page, context["request"], None if shown is None else shown.paginator.num_pages)


@register.simple_tag
def page_trail(page: Page | str) -> tuple[Crumb, ...]:
    """The pages above a page, the front page first."""
    return trail_to(page) if isinstance(page, Page) else ()


@register.simple_tag(takes_context=True)
def page_structured_data(context: RequestContext) -> SafeString:
    """What the page tells search engines, as a JSON-LD block; or the thing that it shows, `own_structured_data`."""
    if "own_structured_data" in context:
        return structured_data.block(context["own_structured_data"])
    page = _page(context)
    return structured_data.block(page.structured_data(context["request"])) if page else SafeString()


@register.simple_tag(takes_context=True)
def page_companions(context: RequestContext) -> SafeString:
    """What other apps add below the page itself; nothing below what is shown at other addresses, such as a receipt."""
    page = _page(context)
    if page is None or not page.pk or page.get_url(context["request"]) != context["request"].path:
        return SafeString()
    return companions.of(page)
