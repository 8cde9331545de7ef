"""Content blocks of pages, for editors to build with. Each has a template, an example for the block chooser and help.

Blocks only hold and show what an editor typed. Those of pictures, files and links are in `media_blocks` and
`link_blocks`, those that show data of the site in `home.blocks`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from siptenan.common.link_blocks import TEXT_FEATURES, CardsBlock, FeatureBlock
from siptenan.common.media_blocks import FigureBlock, FilesBlock, PicturesBlock, VideoLinkBlock

HEADED_FEATURES = ["h2", "h3", *TEXT_FEATURES]


class Level(TextChoices):
    """How loud a callout is."""

    INFO = "info", "Info"
    OK = "ok", "Baik"
    WARN = "warn", "Perhatian"


class ParagraphBlock(blocks.RichTextBlock):
    """Text with headings, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": HEADED_FEATURES, **kwargs})

    class Meta:
        label = "Teks"
        icon = "pilcrow"
        template = "blocks/paragraph.html"
        description = "Paragraf, judul bagian, daftar, dan tautan."
        preview_value = "<h2>Siapkan berkas</h2><p>Siapkan KTP, NIB, dan contoh label merek Anda.</p>"


class CalloutBlock(blocks.StructBlock):
    """What must not be overlooked."""

    level = blocks.ChoiceBlock(label="jenis", choices=Level.choices, default=Level.INFO)
    title = blocks.CharBlock(label="judul", max_length=100)
    text = blocks.RichTextBlock(label="isi", features=TEXT_FEATURES)

    class Meta:
        label = "Kotak penting"
        icon = "warning"
        template = "blocks/callout.html"
        description = "Satu hal yang tidak boleh terlewat."
        preview_value = {
            "level": Level.WARN,
            "title": "Bayar pada hari yang sama",
            "text": "<p>Kode pembayaran berlaku sampai pukul 23.59 WIB.</p>",
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label="kutipan", max_length=400)
    who = blocks.CharBlock(label="siapa", max_length=120)

    class Meta:
        label = "Kutipan"
        icon = "openquote"
        template = "blocks/quote.html"
        description = "Kata-kata orang lain, dengan namanya."
        preview_value = {"text": "Saya kirim malam hari, besok siang sudah dijawab.", "who": "Ibu Contoh, Batik Contoh"}


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(label="langkah", max_length=100)
    text = blocks.RichTextBlock(label="penjelasan", features=TEXT_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    heading = blocks.CharBlock(label="judul bagian", required=False, max_length=100)
    steps = blocks.ListBlock(StepBlock(label="langkah"), label="langkah", min_num=2)

    class Meta:
        label = "Langkah"
        icon = "list-ol"
        template = "blocks/steps.html"
        description = "Yang harus dilakukan, berurutan dan bernomor."
        preview_value = {
            "heading": "Cara mendaftar",
            "steps": [
                {"title": "Cari nama yang sama", "text": "<p>Buka Pangkalan Data Kekayaan Intelektual.</p>"},
                {"title": "Buat akun", "text": ""},
                {"title": "Isi permohonan", "text": ""},
            ],
        }


class QuestionBlock(blocks.StructBlock):
    """A question that people ask, answered."""

    question = blocks.CharBlock(label="pertanyaan", max_length=200)
    answer = blocks.RichTextBlock(label="jawaban", features=TEXT_FEATURES)


class FaqBlock(blocks.StructBlock):
    """Questions that open; search engines read them as a FAQ."""

    heading = blocks.CharBlock(label="judul bagian", required=False, max_length=100)
    questions = blocks.ListBlock(QuestionBlock(label="tanya jawab"), label="tanya jawab", min_num=1)

    class Meta:
        label = "Tanya jawab"
        icon = "help"
        template = "blocks/faq.html"
        description = "Pertanyaan yang sering datang; jawabannya terbuka bila ditekan."
        preview_value = {
            "heading": "Yang sering ditanyakan",
            "questions": [
                {"question": "Apakah konsultasi berbayar?", "answer": "<p>Tidak. Layanan ini gratis.</p>"},
                {"question": "Perlu akun?", "answer": "<p>Tidak perlu akun dan tidak perlu email.</p>"},
            ],
        }


class TableBlock(blocks.StructBlock):
    """Rows and columns with a title, so that it can be found and read aloud."""

    caption = blocks.CharBlock(label="judul tabel", max_length=150)
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label="Teks", required=False))], label="isi tabel", required=True
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        headings = [column["heading"] for column in value["table"].columns]
        return {**super().get_context(value, parent_context), "headings": headings}

    class Meta:
        label = "Tabel"
        icon = "table"
        template = "blocks/table.html"
        description = "Baris dan kolom; kolom pertama adalah kepala baris."
        preview_value = {
            "caption": "Lama setiap tahap",
            "table": {
                "columns": [{"type": "text", "heading": heading} for heading in ("Tahap", "Lama")],
                "rows": [
                    {"values": ["Pemeriksaan formalitas", "15 hari kerja"]},
                    {"values": ["Pengumuman", "2 bulan"]},
                ],
            },
        }


class FigureNumberBlock(blocks.StructBlock):
    """One number."""

    number = blocks.CharBlock(label="angka", max_length=20)
    label = blocks.CharBlock(label="apa artinya", max_length=100)


class StatisticsBlock(blocks.StructBlock):
    """Numbers that an editor typed, with where they come from."""

    heading = blocks.CharBlock(label="judul bagian", required=False, max_length=100)
    numbers = blocks.ListBlock(FigureNumberBlock(label="angka"), label="angka", min_num=1, max_num=6)
    source = blocks.CharBlock(label="sumber", max_length=200)

    class Meta:
        label = "Angka"
        icon = "order"
        template = "blocks/statistics.html"
        description = "Angka besar dengan artinya dan sumbernya."
        preview_value = {
            "heading": "Merek dalam angka",
            "numbers": [
                {"number": "10 tahun", "label": "lama perlindungan merek"},
                {"number": "45", "label": "kelas barang dan jasa"},
            ],
            "source": "Undang-Undang Nomor 20 Tahun 2016",
        }


def content_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of every page of text."""
    return [
        ("paragraph", ParagraphBlock()),
        ("steps", StepsBlock()),
        ("callout", CalloutBlock()),
        ("faq", FaqBlock()),
        ("table", TableBlock()),
        ("files", FilesBlock()),
        ("figure", FigureBlock()),
        ("pictures", PicturesBlock()),
        ("feature", FeatureBlock()),
        ("cards", CardsBlock()),
        ("quote", QuoteBlock()),
        ("statistics", StatisticsBlock()),
        ("video", VideoLinkBlock()),
    ]
