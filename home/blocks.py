"""Blocks of the front page that show what the site itself holds: services, news, figures, the address."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from siptenan.common.blocks import content_blocks


class HeroBlock(blocks.StructBlock):
    """The opening of the front page: its h1, and the one button."""

    title = blocks.CharBlock(label="judul besar", max_length=120)
    text = blocks.TextBlock(label="teks di bawah judul", max_length=300)
    button = blocks.CharBlock(label="tulisan tombol", max_length=40, default="Mulai konsultasi")

    class Meta:
        label = "Pembuka"
        icon = "home"
        template = "blocks/hero.html"
        description = "Judul besar dan tombol menuju KALINDRI. Harus ada satu, paling atas."
        preview_value = {
            "title": "Tanya soal merek dan SIINas, dijawab petugas.",
            "text": "Klinik industri kecil dan menengah Kota Pekalongan. Gratis dan tanpa akun.",
            "button": "Mulai konsultasi",
        }


class HeadedBlock(blocks.StructBlock):
    """Base of the blocks whose content is the site's own. The block chooser shows an example of it."""

    heading = blocks.CharBlock(label="judul bagian", max_length=100)

    def shown(self, value: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What the template gets besides the heading; nothing unless a block says more."""
        return {}

    def example(self) -> dict[str, Any]:
        """The same for the block chooser, where the site may still be empty."""
        return {}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        return {**context, **(context.get("block_example") or self.shown(value, context))}

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**(parent_context or {}), "block_example": self.example()}


class ServicesBlock(HeadedBlock):
    """The forms of KALINDRI."""

    def shown(self, value: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        from home import showcase

        return {"services": showcase.services(parent_context["request"])}

    def example(self) -> dict[str, Any]:
        return {
            "services": [
                {"label": "FORM KONSULTASI HAKI (MEREK)", "url": "#contoh", "summary": "Tanya cara mendaftar merek."},
                {"label": "FORM KONSULTASI SIINAS", "url": "#contoh", "summary": "Tanya cara melapor di SIINas."},
                {"label": "FORM GALLERY IKM", "url": "#contoh", "summary": "Daftarkan produk Anda."},
            ]
        }

    class Meta:
        label = "Layanan KALINDRI"
        icon = "form"
        template = "blocks/services.html"
        description = "Semua formulir KALINDRI yang terbit. Isinya mengikuti halaman KALINDRI."
        preview_value = {"heading": "Layanan KALINDRI"}


class NewestBlock(HeadedBlock):
    """The newest of one kind of content. Hidden while there is none."""

    kind = blocks.ChoiceBlock(
        label="apa", choices=[("info", "Info"), ("produk", "Produk IKM"), ("regulasi", "Regulasi")], default="info"
    )

    def shown(self, value: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        from home import showcase

        return {"newest": showcase.newest(value["kind"])}

    def example(self) -> dict[str, Any]:
        from home.showcase import Entry

        summary = "Satu atau dua kalimat yang menjelaskan isinya."
        return {"newest": [Entry(f"Info contoh {number}", "#contoh", summary) for number in (1, 2, 3)]}

    class Meta:
        label = "Yang terbaru"
        icon = "date"
        template = "blocks/newest.html"
        description = "Yang paling baru terbit. Tidak tampil selama belum ada isinya."
        preview_value = {"heading": "Info terbaru", "kind": "info"}


class ServiceFiguresBlock(HeadedBlock):
    """Answered tickets and the median time to an answer. Hidden while there are too few."""

    def shown(self, value: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        from home import showcase

        figures = showcase.service_figures()
        return {"figures": _as_numbers(figures.answered, figures.median_text) if figures else []}

    def example(self) -> dict[str, Any]:
        return {"figures": _as_numbers(128, "4 jam 10 menit")}

    class Meta:
        label = "Angka layanan"
        icon = "history"
        template = "blocks/service_figures.html"
        description = "Dihitung dari tiket yang sudah dijawab. Tidak tampil selama tiketnya masih sedikit."
        preview_value = {"heading": "Layanan dalam angka"}


def _as_numbers(answered: int, median_text: str) -> list[dict[str, Any]]:
    return [
        {"number": answered, "label": "pertanyaan dijawab dalam 12 bulan terakhir"},
        {"number": median_text, "label": "waktu kerja sampai dijawab (median)"},
    ]


class AddressBlock(HeadedBlock):
    """Where the office is, from the office settings, with a link to a map; no map is loaded."""

    class Meta:
        label = "Alamat kantor"
        icon = "site"
        template = "blocks/address.html"
        description = "Kartu alamat, telepon, email, dan jam layanan dari Pengaturan."
        preview_value = {"heading": "Datang ke kantor"}


def home_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of the front page."""
    return [
        ("hero", HeroBlock()),
        ("services", ServicesBlock()),
        ("newest", NewestBlock()),
        ("figures", ServiceFiguresBlock()),
        ("address", AddressBlock()),
        *content_blocks(),
    ]
