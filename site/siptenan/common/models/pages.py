"""The base of every page type."""

from __future__ import annotations

from django.db import models, transaction
from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.models import Page

from siptenan.common.addresses import absolute

DESCRIPTION_LETTERS = 155  # what search engines show of a description
ABOUT_THE_SITE = (
    "Layanan daring Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan: "
    "konsultasi merek dan SIINas, Gallery IKM, regulasi, dan info."
)


class BasePage(Page):
    """A public page: read-only unless the type says otherwise, never private.

    Staff sessions do not reach the public site (SESSION_COOKIE_PATH), so Wagtail's private pages cannot
    work here and their button is not offered.
    """

    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    private_page_options: list[str] = []
    show_in_menus_default = False

    share_type = "website"  # og:type, where the address is shared

    class Meta:
        abstract = True

    @property
    def share_label(self) -> str:
        """What kind of page it is, in a word or two above the title on its picture; may be empty."""
        return ""

    @property
    def share_title(self) -> str:
        """What the page is called where its address is shared."""
        return self.seo_title or self.title

    @property
    def share_description(self) -> str:
        """One sentence for search engines and shared links: the editor's own, else what the page opens with."""
        if self.search_description:
            return self.search_description
        opening = getattr(self, "summary", "") or getattr(self, "introduction", "") or ABOUT_THE_SITE
        return shortened(opening)

    def texts(self) -> list[str]:
        """What it says below its title, piece by piece, for the search of the site; page types add theirs."""
        from siptenan.common.stream_text import texts_of

        opening = [getattr(self, "introduction", ""), getattr(self, "summary", "")]
        body = getattr(self, "body", None)
        return [*opening, *(texts_of(body) if isinstance(body, StreamValue) else ())]

    def structured_data(self, request: HttpRequest) -> list[dict]:
        """What search engines are told, as objects of schema.org; page types add theirs to what every page has."""
        from siptenan.common import structured_data

        return structured_data.of_every_page(self, request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """The page itself under the site's own name; what its routes show (filtered lists, receipts) is left out."""
        from siptenan.common import companions

        changed = companions.changed_at(self)
        return [
            {
                **entry,
                "location": absolute(self.get_url(request)),
                "lastmod": max(filter(None, (entry["lastmod"], changed)), default=None),
            }
            for entry in super().get_sitemap_urls(request)
        ]

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


def shortened(text: str) -> str:
    """Return a text in one line, cut after a whole word at DESCRIPTION_LETTERS."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION_LETTERS:
        return line
    cut = line[:DESCRIPTION_LETTERS].rsplit(" ", 1)[0].rstrip(" ,;:.-")
    return f"{cut}…"
