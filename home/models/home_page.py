"""The front page."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.fields import StreamField

from home.blocks import home_blocks
from siptenan.common import structured_data
from siptenan.common.models import BasePage


class HomePage(BasePage):
    """The front page: who we are and where to ask, built of blocks. The first block is its h1."""

    body = StreamField(
        home_blocks(),
        verbose_name="isi",
        block_counts={
            "hero": {"min_num": 1, "max_num": 1},
            "services": {"max_num": 1},
            "figures": {"max_num": 1},
            "address": {"max_num": 1},
        },
    )

    content_panels = [*BasePage.content_panels, "body"]
    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "halaman depan"
        verbose_name_plural = "halaman depan"

    @property
    def share_title(self) -> str:
        """The words of the hero: "Home" says nothing to those who are sent the address."""
        return self.seo_title or self._hero("title") or self.title

    @property
    def introduction(self) -> str:
        """The sentence of the hero, for those who are sent the address."""
        return self._hero("text")

    def _hero(self, field: str) -> str:
        return next((block.value[field] for block in self.body if block.block_type == "hero"), "")

    def structured_data(self, request: HttpRequest) -> list[dict]:
        about_us = [structured_data.website(), structured_data.government_office()]
        return [*super().structured_data(request), *about_us]
