"""Regulations that the office does not hold, in the CMS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from regulasi.models import RegulationRelation, RegulationStub
from siptenan.common.words import query_words

YEAR = re.compile(r"[0-9]{4}")
SEARCHED = ("kind__abbreviation", "kind__short_name", "kind__name", "initiator__short", "number", "about")


class StubFilterForm(BaseFilterForm):
    """Finds a regulation outside by any of its words: "uu 15/2001", "merek 2001"."""

    q = forms.CharField(
        label="Cari", required=False, widget=forms.TextInput(attrs={"placeholder": "Jenis, nomor, tahun, atau tentang"})
    )

    def filter(self, objects: QuerySet[RegulationStub]) -> QuerySet[RegulationStub]:
        self.search_query = self.cleaned_data["q"]
        words = query_words(self.search_query)
        self.is_searching = bool(words)
        for word in words:
            found = Q(*((f"{name}__icontains", word) for name in SEARCHED), _connector=Q.OR)
            objects = objects.filter(found | Q(year=word) if YEAR.fullmatch(word) else found)
        return objects


class StubChooseView(ChooseView):
    """The window in which an editor of relations picks one."""

    filter_form_class = StubFilterForm


class StubChooseResultsView(ChooseResultsView):
    """The same list after a search."""

    filter_form_class = StubFilterForm


class StubForm(WagtailAdminModelForm):
    """What a regulation outside needs."""

    url = RegulationStub._meta.get_field("url").formfield(assume_scheme="https")

    class Meta:
        model = RegulationStub
        fields = ("kind", "initiator", "number", "year", "about", "url")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "luar_%s", **kwargs})  # the page behind the window has id_number, too


class StubChooserViewSet(SnippetChooserViewSet):
    """Picks a regulation outside, or enters it on the spot."""

    choose_view_class = StubChooseView
    choose_results_view_class = StubChooseResultsView
    creation_form_class = StubForm
    page_title = "Pilih"  # before the name of the model
    choose_one_text = "Pilih regulasi luar"
    choose_another_text = "Pilih yang lain"
    edit_item_text = "Ubah regulasi luar ini"
    creation_tab_label = "Tambah baru"
    create_action_label = "Simpan dan pilih"


class RegulationStubViewSet(SnippetViewSet):
    """Regulasi luar."""

    model = RegulationStub
    base_url_path = "regulasi/luar"
    icon = "link-external"
    menu_label = "Regulasi luar"
    menu_name = "regulasi-luar"
    list_display = ["__str__", "year", Column("held_as", label="Sudah ada di situs ini")]
    list_filter = ["kind"]
    search_fields = ["number", "about"]
    search_backend_name = None
    copy_view_enabled = False
    chooser_viewset_class = StubChooserViewSet
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("initiator")]),
        FieldRowPanel([FieldPanel("number"), FieldPanel("year")]),
        FieldPanel("about"),
        FieldPanel("url"),
    ]


def refuse_used_stubs(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Wagtail hook `before_delete_snippet`: a stub that relations name stays, or they would go with it."""
    stubs = [instance for instance in instances if isinstance(instance, RegulationStub)]
    counts = {stub: RegulationRelation.objects.filter(stub=stub).count() for stub in stubs}
    used = [f"“{stub}” dipakai {count} hubungan" for stub, count in counts.items() if count]
    if not used:
        return None
    messages.error(
        request, f"{', '.join(used)}, jadi tidak dapat dihapus. Hapus dulu hubungan itu di halaman regulasi."
    )
    viewset = RegulationStub.snippet_viewset  # type: ignore[attr-defined]  # Wagtail sets it when it registers
    return HttpResponseRedirect(reverse(viewset.get_url_name("list")))
