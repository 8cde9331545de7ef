"""The base of every page type."""

from __future__ import annotations

from django.db import models, transaction
from wagtail.models import Page


class BasePage(Page):
    """A public page: read-only unless the type says otherwise, never private.

    Staff sessions do not reach the public site (SESSION_COOKIE_PATH), so Wagtail's private pages cannot
    work here and their button is not offered.
    """

    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    private_page_options: list[str] = []
    show_in_menus_default = False

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        """Delete the page and all below it, or, when one of them is protected, nothing.

        Without the transaction a refused delete leaves the parent counting one child too few, and the next
        delete of that parent orphans the page.
        """
        with transaction.atomic():
            return super().delete(*args, **kwargs)


class IntroducedPage(BasePage):
    """A page that opens with a sentence or two of introduction."""

    introduction = models.TextField(
        "kalimat pembuka", blank=True, help_text="Satu atau dua kalimat di bawah judul halaman."
    )

    content_panels = [*BasePage.content_panels, "introduction"]

    class Meta:
        abstract = True
