"""A form page that has tickets cannot be deleted, alone, with its parents, or in bulk; nor an unfinished one published
in bulk, past the editor's form."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from forms.form_editing import REQUIRED_TO_PUBLISH
from forms.models import FormPage


def forms_with_tickets(pages: Iterable[Page]) -> list[FormPage]:
    """Return the form pages among the pages and all below them that have tickets."""
    found: dict[int, FormPage] = {}
    for page in pages:
        below = FormPage.objects.filter(path__startswith=page.path, submissions__isnull=False).distinct()
        found.update({form.pk: form for form in below})
    return list(found.values())


def refusal(forms: list[FormPage]) -> str:
    """The words of the refusal."""
    names = ", ".join(f"“{form.title}”" for form in forms)
    return (
        f"Tidak dihapus: {names} sudah mempunyai tiket, dan tiket tidak boleh hilang. "
        "Batalkan penerbitan halaman itu bila tidak dipakai lagi."
    )


def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail hook: refuse to delete one page."""
    if forms := forms_with_tickets([page]):
        messages.error(request, refusal(forms))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list, action_class_instance
) -> HttpResponse | None:
    """Wagtail hook: refuse the whole action on several pages when one of them does not allow it."""
    if not objects or not isinstance(objects[0], Page):
        return None
    if action_type == "delete" and (forms := forms_with_tickets(objects)):
        messages.error(request, refusal(forms))
        return redirect("wagtailadmin_explore_root")
    if action_type == "publish" and (forms := unfinished_forms(objects)):
        names = ", ".join(f"“{form.title}”" for form in forms)
        messages.error(request, f"Tidak diterbitkan: {names} belum lengkap. {' '.join(REQUIRED_TO_PUBLISH.values())}")
        return redirect("wagtailadmin_explore_root")
    return None


def unfinished_forms(pages: Iterable[Page]) -> list[FormPage]:
    """Return the form pages among the pages and below them whose newest version lacks what publishing needs."""
    drafts = [
        form.get_latest_revision_as_object()
        for page in pages
        for form in FormPage.objects.filter(path__startswith=page.path)
    ]
    return [form for form in drafts if any(not getattr(form, name).strip() for name in REQUIRED_TO_PUBLISH)]
