"""Reports on regulations, under Laporan: the text of their PDFs, and what contradicts itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from regulasi import consistency, extraction, permissions
from regulasi.enums import TextState
from regulasi.models import DocumentText, RegulationPage

ROWS = 50
# What somebody should look at comes first.
ORDER = (TextState.FAILED, TextState.NO_TEXT, TextState.RUNNING, TextState.WAITING, TextState.DONE)


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """What the reports share."""

    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not permissions.can_see_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class TextsView(ReportView):
    """Teks PDF: how reading each PDF went."""

    page_title = "Teks PDF"
    header_icon = "doc-full"
    template_name = "regulasi/admin/texts.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        places = [When(state=state, then=Value(place)) for place, state in enumerate(ORDER)]
        texts = DocumentText.objects.select_related("document").order_by(
            Case(*places, output_field=IntegerField()), "-changed_at", "pk"
        )
        page = Paginator(texts, ROWS).get_page(self.request.GET.get("p"))
        found = RegulationPage.objects.filter(document__in=[text.document_id for text in page]).order_by("pk")
        users: dict[int | None, list[RegulationPage]] = {}
        for regulation in found:
            users.setdefault(regulation.document_id, []).append(regulation)
        return super().get_context_data(
            rows=[(text, users.get(text.document_id, [])) for text in page],
            page_obj=page,
            may_retry=permissions.can_retry(self.request.user),
            **kwargs,
        )


class RetryView(View):
    """Coba lagi: let the worker read a PDF again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not permissions.can_retry(request.user):
            raise PermissionDenied
        text = get_object_or_404(DocumentText, pk=pk)
        if extraction.request(text.document_id, anew=True):
            messages.success(request, f"“{text.document}” akan dibaca lagi.")
        else:
            messages.info(request, f"“{text.document}” sedang menunggu atau sedang dibaca.")
        return redirect("regulation-texts")


class ContradictionsView(ReportView):
    """Pertentangan: relations of published regulations that cannot all be true."""

    page_title = "Pertentangan regulasi"
    header_icon = "warning"
    template_name = "regulasi/admin/contradictions.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        problems = consistency.contradictions()
        pages = RegulationPage.objects.in_bulk({pk for problem in problems for pk in problem.page_ids})
        rows = [(problem, [pages[pk] for pk in problem.page_ids if pk in pages]) for problem in problems]
        return super().get_context_data(rows=rows, **kwargs)
