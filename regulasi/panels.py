"""The editor of a regulation in the CMS: its tabs, and the panels that say what is composed, derived and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.forms.widgets import CheckboxSelectMultiple, Script
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from siptenan.common.models import BasePage

if TYPE_CHECKING:
    from regulasi.relations import Item


class ComposedPanel(Panel):
    """What is composed of jenis, nomor, tahun, tentang and pemrakarsa, as saved last; an own value is marked."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "regulasi/admin/composed_panel.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
            page = self.instance
            rows = [
                ("Judul", page.full_title, page.own_title),
                ("T.E.U. badan", page.teu, page.own_teu),
                ("Singkatan jenis", page.abbreviation, page.own_abbreviation),
                ("Sumber", page.source, page.own_source),
                ("Nama berkas", page.file_name if page.kind else "", page.own_file_name),
                ("Alamat", page.slug, page.slug and page.slug != page.composed_slug),
            ]
            return {**super().get_context_data(parent_context), "rows": rows, "is_named": page.kind is not None}


class ReadingsPanel(Panel):
    """How often it was read and its file downloaded; nobody is recognised."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "regulasi/admin/readings_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
            counted = self.instance.readings.aggregate(
                views=Sum("views", default=0), downloads=Sum("downloads", default=0)
            )
            return {**super().get_context_data(parent_context), **counted}


class StandingPanel(Panel):
    """How the regulation stands today, and why: nobody types it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "regulasi/admin/standing_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
            from regulasi import relations, status

            related = relations.of(self.instance)
            is_dated = self.instance.enacted_on is not None
            standing = status.of(self.instance, timezone.localdate(), related) if is_dated else None
            return {**super().get_context_data(parent_context), "standing": standing}


class ElsewherePanel(Panel):
    """The relations that were entered on the page of the other end, where they are changed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "regulasi/admin/elsewhere_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and bool(self._items)

        @cached_property
        def _items(self) -> list[Item]:
            from regulasi import relations

            related = relations.of(self.instance)
            return [item for item in related.items if item.edge.entered_on != related.key]

        def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
            rows = [(item, reverse("wagtailadmin_pages:edit", args=[item.edge.entered_on[1]])) for item in self._items]
            return {**super().get_context_data(parent_context), "rows": rows}


class TextPanel(Panel):
    """How reading the text of the PDF went, and what its first page proposes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "regulasi/admin/text_panel.html"

        class Media:
            js = (Script("siptenan/js/regulation-proposals.js", defer=True),)

        def is_shown(self) -> bool:
            return self.instance.document_id is not None

        def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
            from regulasi import proposals
            from regulasi.models import DocumentText

            text = DocumentText.objects.filter(document=self.instance.document_id).first()
            return {
                **super().get_context_data(parent_context),
                "text": text,
                "proposals": proposals.for_page(self.instance),
            }


def edit_handler() -> TabbedInterface:
    """The tabs of the editor."""
    identity = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("initiator")]),
                    FieldRowPanel([FieldPanel("number"), FieldPanel("year")]),
                    FieldPanel("about"),
                ],
                heading="Yang diketik",
                help_text="Judul, T.E.U., singkatan, sumber, alamat, dan nama berkas disusun dari sini. Punya PDF-nya? "
                "Unggah dulu di tab PDF: isian ini diusulkan dari halaman pertamanya.",
            ),
            ComposedPanel(heading="Yang disusun sistem"),
            MultiFieldPanel(
                [
                    FieldPanel("own_title"),
                    FieldRowPanel([FieldPanel("own_teu"), FieldPanel("own_abbreviation")]),
                    FieldRowPanel([FieldPanel("own_source"), FieldPanel("own_file_name")]),
                    FieldPanel("slug", help_text="Kosong: disusun sistem. Sesudah terbit, alamat sebaiknya tetap."),
                ],
                heading="Ubah sendiri",
                classname="collapsed",
                help_text="Isi hanya bila yang disusun sistem tidak cocok. Kosong berarti memakai yang disusun.",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("legal_field"), FieldPanel("government_affair")]),
                    FieldPanel("subjects", widget=CheckboxSelectMultiple),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("location")]),
                    FieldPanel("judicial_review"),
                ],
                heading="Bidang dan subjek",
            ),
        ],
        heading="Identitas",
    )
    dates = ObjectList(
        [
            StandingPanel(heading="Status hari ini"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("enacted_on"), FieldPanel("enacted_place")]),
                    FieldRowPanel([FieldPanel("promulgated_on"), FieldPanel("effective_on")]),
                    FieldPanel("signatory"),
                ],
                heading="Tanggal",
                help_text="Status berlaku dihitung dari tanggal dan hubungan. Tidak perlu diketik.",
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("valid_until"), FieldPanel("valid_until_note")])],
                heading="Berakhir dengan sendirinya",
                help_text="Untuk peraturan yang menyebut kapan ia berakhir. Pencabutan ditulis di tab Hubungan.",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("gazette"), FieldPanel("gazette_year")]),
                    FieldRowPanel([FieldPanel("gazette_number"), FieldPanel("supplement_number")]),
                    FieldPanel("page_count"),
                ],
                heading="Pengundangan",
                help_text="Menjadi baris sumber, misalnya: LN 2016 (252), TLN (5953) : 60 hlm.",
            ),
        ],
        heading="Tanggal",
    )
    document = ObjectList(
        [
            FieldPanel(
                "document",
                help_text="PDF asli. Saat diunggah berkasnya diperiksa, dan disimpan persis seperti yang Anda unggah.",
            ),
            TextPanel(heading="Teks PDF"),
        ],
        heading="PDF",
    )
    relations = ObjectList(
        [
            InlinePanel(
                "relations",
                label="hubungan",
                heading="Hubungan dengan peraturan lain",
                help_text="Cukup ditulis satu kali, di salah satu peraturan. Tampil di keduanya, dan statusnya ikut.",
            ),
            ElsewherePanel(heading="Ditulis di halaman peraturan lain"),
        ],
        heading="Hubungan",
    )
    abstract = ObjectList(
        [
            FieldPanel("considering", help_text="Mengapa peraturan ini dibuat, dengan kata-kata sendiri."),
            FieldPanel("legal_basis"),
            FieldPanel("main_points", help_text="Apa yang diatur, satu pokok per baris."),
            FieldPanel("notes"),
        ],
        heading="Abstrak",
    )
    meaning = ObjectList(
        [
            FieldPanel("meaning"),
            FieldPanel("must_act"),
            FieldRowPanel([FieldPanel("deadline"), FieldPanel("deadline_what")]),
        ],
        heading="Arti bagi IKM",
    )
    uses = ObjectList(
        [
            InlinePanel(
                "uses",
                label="halaman",
                heading="Dipakai pada",
                help_text="Layanan dan info yang berdasar pada peraturan ini. Tautannya tampil di kedua halaman.",
            )
        ],
        heading="Dipakai pada",
    )
    search_engines = MultiFieldPanel(
        [FieldPanel("seo_title"), FieldPanel("search_description")], heading="Mesin pencari"
    )
    read = ReadingsPanel(heading="Dibaca dan diunduh")
    others = ObjectList([read, search_engines, *BasePage.settings_panels], heading="Lainnya")
    return TabbedInterface([identity, dates, document, relations, abstract, meaning, uses, others])
