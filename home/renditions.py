"""Pictures are made in all their sizes when a page is published, never while a visitor waits."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from wagtail.models import Page

from siptenan.common.blocks import content_blocks

# Blocks that show what an editor put in; those of the front page show other pages, which have made their own.
WITH_PICTURES = frozenset(name for name, _ in content_blocks())


def make(instance: Page, **kwargs: Any) -> None:
    """Signal `page_published` of pages with a `body` of blocks and perhaps an `image`."""
    for block in instance.body:
        if block.block_type in WITH_PICTURES:
            block.render()
    if image := getattr(instance, "image", None):
        render_to_string("components/picture.html", {"image": image, "alt": "", "eager": True})
