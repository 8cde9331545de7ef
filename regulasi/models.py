"""Regulasi. For now the page and its empty state; the library of regulations grows here."""

from __future__ import annotations

from siptenan.common.models.pages import IntroducedPage


class RegulationIndexPage(IntroducedPage):
    """The list of regulations."""

    template = "regulasi/regulation_index_page.html"
    share_label = "Peraturan tentang industri dan merek"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "daftar regulasi"
        verbose_name_plural = "daftar regulasi"
