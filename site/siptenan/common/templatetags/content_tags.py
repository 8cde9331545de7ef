"""Template tags of content blocks."""

from __future__ import annotations

from django import template

from siptenan.common.link_blocks import LinkValue

register = template.Library()


@register.simple_tag(takes_context=True)
def link_url(context: template.Context, link: LinkValue) -> str:
    """Return where a link of a block leads; asks the request, which remembers where the site begins."""
    return link.href(context.get("request"))
