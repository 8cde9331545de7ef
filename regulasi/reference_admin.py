"""The reference tables of regulations, in the menu Referensi."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from regulasi.models import Initiator, LegalField, RegulationKind, Subject
from siptenan.common.modeladmin import ReferenceAdmin


class RegulationKindAdmin(ReferenceAdmin):
    """Jenis peraturan."""

    model = RegulationKind
    base_url_path = "referensi/jenis-peraturan"
    menu_label = "Jenis peraturan"
    menu_icon = "list-ol"
    list_display = ("name", "abbreviation", "rank", "code")
    search_fields = ("name", "abbreviation", "code", "aliases")
    panels = [
        FieldRowPanel(["name", "code"]),
        FieldRowPanel(["abbreviation", "short_name"]),
        FieldPanel("title_pattern"),
        FieldPanel("teu_pattern"),
        FieldRowPanel(["rank", "place"]),
        FieldRowPanel(["gazette", "region"]),
        FieldRowPanel(["file_code", "file_area"]),
        FieldPanel("aliases"),
    ]


class InitiatorAdmin(ReferenceAdmin):
    """Pemrakarsa."""

    model = Initiator
    base_url_path = "referensi/pemrakarsa"
    menu_label = "Pemrakarsa"
    menu_icon = "group"
    list_display = ("name", "short", "code")
    search_fields = ("name", "short", "code", "aliases")
    panels = [FieldPanel("name"), FieldRowPanel(["code", "short"]), FieldPanel("aliases")]


class LegalFieldAdmin(ReferenceAdmin):
    """Bidang hukum."""

    model = LegalField
    base_url_path = "referensi/bidang-hukum"
    menu_label = "Bidang hukum"
    menu_icon = "folder-open-inverse"
    list_display = ("name", "code")
    search_fields = ("name", "code")
    panels = [FieldPanel("name"), FieldPanel("code")]


class SubjectAdmin(ReferenceAdmin):
    """Subjek."""

    model = Subject
    base_url_path = "referensi/subjek"
    menu_label = "Subjek regulasi"
    menu_icon = "tag"
    list_display = ("name", "code")
    search_fields = ("name", "code")
    panels = [FieldPanel("name"), FieldPanel("code")]


ADMINS = (RegulationKindAdmin, InitiatorAdmin, LegalFieldAdmin, SubjectAdmin)
