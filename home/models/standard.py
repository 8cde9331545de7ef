"""Plain pages."""

from __future__ import annotations

from wagtail.fields import StreamField

from siptenan.common.blocks import content_blocks
from siptenan.common.models.pages import IntroducedPage


class StandardPage(IntroducedPage):
    """A page of text: service standard, privacy, accessibility."""

    body = StreamField(content_blocks(), verbose_name="isi")

    content_panels = [*IntroducedPage.content_panels, "body"]
    template = "home/standard_page.html"
    share_label = "Tentang layanan kami"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "halaman biasa"
        verbose_name_plural = "halaman biasa"
