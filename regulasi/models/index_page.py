"""Regulasi: the page of the list."""

from __future__ import annotations

from siptenan.common.models.pages import IntroducedPage


class RegulationIndexPage(IntroducedPage):
    """The list of regulations."""

    template = "regulasi/regulation_index_page.html"
    share_label = "Peraturan tentang industri dan merek"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["regulasi.RegulationPage"]

    class Meta:
        verbose_name = "daftar regulasi"
        verbose_name_plural = "daftar regulasi"
