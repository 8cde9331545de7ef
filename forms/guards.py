"""A form page that has tickets cannot be deleted, alone, with its parents, or in bulk."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

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
    """Wagtail hook: refuse to delete several pages when one of them has tickets; none is deleted then."""
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    if forms := forms_with_tickets(objects):
        messages.error(request, refusal(forms))
        return redirect("wagtailadmin_explore_root")
    return None
