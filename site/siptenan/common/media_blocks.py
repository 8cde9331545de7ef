"""Content blocks of pictures, documents and videos. Where a picture is not chosen yet, a piece of cloth stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.images.blocks import ImageChooserBlock

VIDEO_HOSTS = {"youtube.com": "YouTube", "youtu.be": "YouTube", "instagram.com": "Instagram", "tiktok.com": "TikTok"}


class FigureBlock(blocks.StructBlock):
    """One image with what it shows."""

    image = ImageChooserBlock(label="gambar")
    alt = blocks.CharBlock(
        label="teks pengganti",
        required=False,
        max_length=200,
        help_text="Apa yang terlihat, untuk yang tidak dapat melihatnya. Kosong: gambar hanya hiasan.",
    )
    caption = blocks.CharBlock(label="keterangan di bawah gambar", required=False, max_length=200)

    class Meta:
        label = "Gambar"
        icon = "image"
        template = "blocks/figure.html"
        description = "Satu gambar dengan keterangan."
        preview_value = {
            "image": None,  # a piece of cloth stands in
            "alt": "Kain batik jlamprang",
            "caption": "Batik jlamprang, motif khas Pekalongan.",
        }


@dataclass(frozen=True)
class File:
    """A document as the list of files shows it; the size in bytes."""

    title: str
    url: str
    kind: str
    size: int | None

    @classmethod
    def of(cls, document: AbstractDocument, title: str) -> File:
        """Return a document of the library as it is shown, under a title of its own if it has one."""
        kind = document.file_extension.upper()
        return cls(title or document.title, document.url, kind, document.get_file_size())


class FileBlock(blocks.StructBlock):
    """One document."""

    document = DocumentChooserBlock(label="dokumen")
    title = blocks.CharBlock(label="nama yang ditampilkan", required=False, max_length=150)


EXAMPLE_FILE = File("Formulir permohonan merek", "#contoh", "PDF", 245_760)


class FilesBlock(blocks.StructBlock):
    """Documents to download."""

    heading = blocks.CharBlock(label="judul bagian", required=False, max_length=100)
    files = blocks.ListBlock(FileBlock(label="berkas"), label="berkas", min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        files = [File.of(row["document"], row["title"]) for row in value["files"] if row["document"]]
        return {**context, "files": files or context.get("example_files", [])}

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**(parent_context or {}), "example_files": [EXAMPLE_FILE]}

    class Meta:
        label = "Daftar berkas"
        icon = "doc-full"
        template = "blocks/files.html"
        description = "Berkas untuk diunduh, dengan jenis dan ukurannya."
        preview_value = {"heading": "Berkas untuk diunduh", "files": []}


class VideoLinkBlock(blocks.StructBlock):
    """A video elsewhere: a link with a picture. Nothing is loaded from there before it is pressed."""

    title = blocks.CharBlock(label="judul video", max_length=150)
    url = blocks.URLBlock(label="alamat video", help_text="Alamat di YouTube, Instagram, atau TikTok.")
    minutes = blocks.IntegerBlock(label="lama (menit)", required=False, min_value=1, max_value=600)
    image = ImageChooserBlock(label="gambar sampul", required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        host = (urlsplit(value["url"]).hostname or "").removeprefix("www.")
        return {**super().get_context(value, parent_context), "video_host": VIDEO_HOSTS.get(host, host)}

    class Meta:
        label = "Tautan video"
        icon = "media"
        template = "blocks/video_link.html"
        description = "Video di tempat lain. Dibuka di sana, tidak dimuat di halaman ini."
        preview_value = {
            "title": "Cara mencari merek yang mirip",
            "url": "https://www.youtube.com/",
            "minutes": 4,
            "image": None,
        }


class PictureBlock(blocks.StructBlock):
    """One picture of a gallery."""

    image = ImageChooserBlock(label="gambar")
    alt = blocks.CharBlock(label="teks pengganti", max_length=200, help_text="Apa yang terlihat pada gambar.")


class PicturesBlock(blocks.StructBlock):
    """Several pictures side by side."""

    heading = blocks.CharBlock(label="judul bagian", required=False, max_length=100)
    pictures = blocks.ListBlock(PictureBlock(label="gambar"), label="gambar", min_num=2, max_num=12)

    class Meta:
        label = "Galeri gambar"
        icon = "image"
        template = "blocks/pictures.html"
        description = "Beberapa gambar berdampingan."
        preview_value = {
            "heading": "Dari bengkel batik",
            "pictures": [
                {"image": None, "alt": "Mencanting"},
                {"image": None, "alt": "Mewarnai"},
                {"image": None, "alt": "Melorod"},
            ],
        }
