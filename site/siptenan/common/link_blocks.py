"""Content blocks that lead somewhere: a link, cards, one thing shown large."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]  # of texts inside blocks: no headings


class LinkValue(blocks.StructValue):
    """A link as templates use it; `{% link_url value.link as url %}` gives its address (content_tags)."""

    def href(self, request: HttpRequest | None = None) -> str:
        """Return where it leads; empty for nowhere, and for a page that is not published."""
        if page := self.get("page"):
            return (page.get_url(request) or "") if page.live else ""
        return self.get("url") or ""

    @property
    def label(self) -> str:
        """What it says: the editor's words, else the page's title or the foreign site's name.

        (`text` in a template is the editor's words alone.)
        """
        if words := self.get("text"):
            return words
        return self["page"].title if self.get("page") else urlsplit(self.get("url") or "").netloc


class LinkBlock(blocks.StructBlock):
    """Where to go: a page of this site or an address elsewhere. Empty: nowhere."""

    page = blocks.PageChooserBlock(label="halaman", required=False)
    url = blocks.URLBlock(label="atau alamat di luar", required=False)
    text = blocks.CharBlock(label="tulisan tautan", required=False, max_length=80)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            raise blocks.StructBlockValidationError(
                {"url": ValidationError("Pilih salah satu: halaman atau alamat di luar.")}
            )
        return cleaned

    class Meta:
        label = "Tautan"
        icon = "link"
        value_class = LinkValue


class CardBlock(blocks.StructBlock):
    """One card."""

    title = blocks.CharBlock(label="judul", max_length=100)
    text = blocks.TextBlock(label="teks", required=False, max_length=200)
    link = LinkBlock(label="tautan")


class CardsBlock(blocks.StructBlock):
    """Several ways to go on, side by side."""

    heading = blocks.CharBlock(label="judul bagian", required=False, max_length=100)
    cards = blocks.ListBlock(CardBlock(label="kartu"), label="kartu", min_num=1, max_num=12)

    class Meta:
        label = "Kartu"
        icon = "grip"
        template = "blocks/cards.html"
        description = "Beberapa pilihan berdampingan, masing-masing satu tautan."
        preview_value = {
            "heading": "Yang sering dicari",
            "cards": [
                {"title": "Biaya merek", "text": "Tarif untuk usaha mikro dan kecil.", "link": {}},
                {"title": "Surat rekomendasi", "text": "Syarat dan cara meminta.", "link": {}},
            ],
        }


class FeatureBlock(blocks.StructBlock):
    """One thing shown large: a picture beside a text and a link."""

    title = blocks.CharBlock(label="judul", max_length=100)
    text = blocks.RichTextBlock(label="teks", features=TEXT_FEATURES)
    image = ImageChooserBlock(label="gambar", required=False)
    alt = blocks.CharBlock(label="teks pengganti gambar", required=False, max_length=200)
    link = LinkBlock(label="tautan")

    class Meta:
        label = "Sorotan"
        icon = "pick"
        template = "blocks/feature.html"
        description = "Satu hal yang ditampilkan besar, dengan gambar dan tautan."
        preview_value = {
            "title": "Merek melindungi nama usaha Anda",
            "text": "<p>Yang lebih dulu mendaftar, dialah pemiliknya.</p>",
            "image": None,
            "alt": "",
            "link": {"url": "https://pdki-indonesia.dgip.go.id/", "text": "Cari merek"},
        }
