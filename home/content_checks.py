"""What the CMS tells editors about a page: the accessibility checker of the preview, and words hard to read.

Nothing here refuses to publish: an editor knows better than a list of words.
"""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpRequest
from django.utils.html import strip_tags
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

LONG_SENTENCE = 25  # words; longer ones are read twice on a phone
MOST_SHOWN = 5

# Words of letters and decrees, with what people say. Keep it short: a list that nags is a list that nobody reads.
PLAIN_WORDS = {
    "dimaksud": "hapus, atau sebut bendanya",
    "guna": "untuk",
    "agar supaya": "agar",
    "adapun": "hapus",
    "bahwasanya": "bahwa",
    "dalam rangka": "untuk",
    "sehubungan dengan": "karena",
    "berkenaan dengan": "tentang",
    "apabila": "bila",
    "tersebut di atas": "sebut bendanya",
    "dipersilahkan": "silakan",
    "melakukan pendaftaran": "mendaftar",
    "melakukan pembayaran": "membayar",
    "melakukan pelaporan": "melapor",
    "submit": "kirim",
    "upload": "unggah",
    "download": "unduh",
    "login": "masuk",
    "klik": "tekan",
}


class OfficeContentChecker(ContentCheckerItem):
    """Wagtail's checker with more rules of axe, in words for editors. It runs in the preview of every page."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "color-contrast",
        "duplicate-id-aria",
        "image-alt",
        "image-redundant-alt",
        "label",
        "link-in-text-block",
        "list",
        "page-has-heading-one",
        "table-duplicate-name",
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "color-contrast": {
            "error_name": "Tulisan kurang kontras",
            "help_text": "Pakai gaya yang disediakan, jangan mewarnai sendiri.",
        },
        "duplicate-id-aria": {"error_name": "Penanda ganda", "help_text": "Hapus salah satu isian yang sama."},
        "image-alt": {
            "error_name": "Gambar tanpa teks pengganti",
            "help_text": "Tulis apa yang terlihat pada gambar.",
        },
        "image-redundant-alt": {
            "error_name": "Teks pengganti mengulang tulisan di sampingnya",
            "help_text": "Kosongkan bila gambar hanya hiasan.",
        },
        "label": {"error_name": "Isian tanpa label", "help_text": "Beri label pada setiap pertanyaan."},
        "link-in-text-block": {
            "error_name": "Tautan tidak terlihat di antara teks",
            "help_text": "Jangan menghapus garis bawah tautan.",
        },
        "list": {"error_name": "Daftar tidak tersusun", "help_text": "Buat daftar dengan tombol daftar di penyunting."},
        "page-has-heading-one": {"error_name": "Halaman tanpa judul", "help_text": "Isi judul halaman."},
        "table-duplicate-name": {
            "error_name": "Judul tabel sama dengan keterangannya",
            "help_text": "Tulis judul yang menjelaskan isi tabel.",
        },
    }


def use_office_checker(request: HttpRequest, items: list, page: Page) -> None:
    """Wagtail hook `construct_wagtail_userbar`."""
    items[:] = [
        OfficeContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


def page_text(page: Page) -> str:
    """Return the words of a page that visitors read in running text, a paragraph a line."""
    parts = [str(getattr(page, name, "") or "") for name in ("introduction", "summary", "what_happens_next")]
    body = getattr(page, "body", None)
    if isinstance(body, StreamValue):
        parts += _block_texts(body)
    return "\n".join(part for part in parts if part)


def _block_texts(body: StreamValue) -> list[str]:
    """The words of every block; of running text a paragraph a line, of others as Wagtail's search index has them."""
    texts = []
    for block in body:
        if isinstance(block.value, RichText):
            texts.append(unescape(strip_tags(re.sub(r"</(p|li|h\d)>", "\n", block.value.source))))
        else:
            texts += block.block.get_searchable_content(block.value)
    return texts


def hard_words(text: str) -> list[tuple[str, str]]:
    """Return the hard words of a text with what to write instead, in alphabetical order."""
    lowered = text.lower()
    return [(word, plain) for word, plain in sorted(PLAIN_WORDS.items()) if re.search(rf"\b{word}\b", lowered)]


def long_sentences(text: str) -> list[str]:
    """Return the sentences of more than LONG_SENTENCE words."""
    sentences = re.split(r"(?<=[.!?])\s+|\n", text)
    return [sentence.strip() for sentence in sentences if len(sentence.split()) > LONG_SENTENCE]


def tell_about_hard_words(request: HttpRequest, page: Page) -> None:
    """Wagtail hooks `after_create_page` and `after_edit_page`: a note above the next screen, never a refusal."""
    text = page_text(page)
    if words := hard_words(text):
        listed = "; ".join(f"“{word}” → {plain}" for word, plain in words[:MOST_SHOWN])
        messages.info(request, f"Agar lebih mudah dibaca: {listed}.")
    if sentences := long_sentences(text):
        first = " ".join(sentences[0].split()[:8])
        messages.info(
            request,
            f"{len(sentences)} kalimat lebih dari {LONG_SENTENCE} kata. Pecah menjadi dua, misalnya: “{first} …”",
        )
