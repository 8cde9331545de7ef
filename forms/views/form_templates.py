"""Mulai dari contoh: the screen between "Buat formulir baru" and the editor, where a template is chosen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from forms import field_types, library
from forms.models import FormPage
from forms.steps import outline

BLANK = "kosong"  # in the query of the address where an empty form begins


def offer_templates(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> HttpResponse | None:
    """Wagtail hook `before_create_page`: whoever wants a new form chooses what to start from first."""
    if page_class is FormPage and request.method == "GET" and BLANK not in request.GET:
        return redirect("form-templates", parent_page.pk)
    return None


class FormTemplatesView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the templates; POST (`contoh`: the code of one) makes a draft and opens it in the editor."""

    page_title = "Buat formulir baru"
    header_icon = "form"
    template_name = "forms/admin/form_templates.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, parent_id: int, **kwargs: Any) -> HttpResponse:
        self.parent = get_object_or_404(Page, pk=parent_id).specific
        may_add = self.parent.permissions_for_user(request.user).can_add_subpage()
        if not may_add or not FormPage.can_create_at(self.parent):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        template = library.TEMPLATES.get(request.POST.get("contoh", ""))
        if template is None:
            raise Http404
        page = library.start(template, self.parent, request.user)
        messages.success(
            request,
            f"Draf dibuat dari contoh “{template.name}”. Ganti judulnya, isi kontak, lalu lihat “Kesehatan formulir”.",
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def get_breadcrumbs_items(self) -> list[dict]:
        parent = {"url": reverse("wagtailadmin_explore", args=[self.parent.pk]), "label": self.parent.title}
        return [*super().get_breadcrumbs_items(), parent, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict:
        blank = reverse("wagtailadmin_pages:add", args=["forms", "formpage", self.parent.pk])
        return {
            **super().get_context_data(**kwargs),
            "cards": [_card(template) for template in library.TEMPLATES.values()],
            "blank_url": f"{blank}?{BLANK}=1",
        }


def _card(template: library.FormTemplate) -> dict:
    page = library.make_page(template)
    questions = page.questions()
    return {
        "template": template,
        "question_count": sum(field_types.get(question.type).is_question for question in questions),
        "step_count": len(outline(questions)) if page.in_steps else 1,
        "parts": outline(questions),
    }
