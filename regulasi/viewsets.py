"""Regulations that the office does not hold, in the CMS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from regulasi.models import RegulationRelation, RegulationStub


class RegulationStubViewSet(SnippetViewSet):
    """Regulasi luar."""

    model = RegulationStub
    base_url_path = "regulasi/luar"
    icon = "link-external"
    menu_label = "Regulasi luar"
    menu_name = "regulasi-luar"
    menu_order = 70
    add_to_admin_menu = True
    list_display = ["__str__", "year", "held_as"]
    list_filter = ["kind"]
    search_fields = ["number", "about"]
    search_backend_name = None
    copy_view_enabled = False
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
