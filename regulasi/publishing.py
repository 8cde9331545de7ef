"""Publishing many pages at once from their list: what of a draft is missing is told, as the editor's form would."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page
from wagtail.query import PageQuerySet

from regulasi import composition
from regulasi.models import RegulationPage


def refuse_incomplete(
    request: HttpRequest, action_type: str, objects: list[Page], action: PageBulkAction
) -> HttpResponse | None:
    """Wagtail hook `before_bulk_action`: publish none of the chosen pages while a regulation among them is incomplete.

    Wagtail publishes whatever is chosen and answers 500 to the first page that does not pass its own checks.
    """
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    chosen = Page.objects.filter(pk__in=[page.pk for page in objects])
    found = RegulationPage.objects.filter(pk__in=chosen)
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in chosen:
            found |= RegulationPage.objects.descendant_of(page).not_live()
    refusals = list(_refusals(found))
    for text in refusals:
        messages.error(request, text)
    return redirect(action.next_url) if refusals else None


def _refusals(pages: PageQuerySet) -> Iterator[str]:
    seen: set[composition.Key] = set()
    for page in pages.order_by("path"):
        draft = page.get_latest_revision_as_object()
        draft.live = True  # as it would be
        title = draft.get_admin_display_title()
        if faults := _faults(draft):
            yield f"Tidak ada yang diterbitkan. “{title}”: {'; '.join(faults)}"
        elif (identity := composition.identity(draft)) in seen:
            yield f"Tidak ada yang diterbitkan. “{title}” dipilih dua kali: peraturannya sama."
        else:
            seen.add(identity)


def _faults(draft: RegulationPage) -> list[str]:
    try:
        draft.full_clean()
    except ValidationError as refused:
        return [_in_words(draft, name, reasons) for name, reasons in refused.message_dict.items()]
    return []


def _in_words(draft: RegulationPage, name: str, reasons: list[str]) -> str:
    """`tanggal penetapan belum diisi`; Django says of a missing value that it may not be null."""
    names = {field.name for field in draft._meta.get_fields()}
    if name in names and getattr(draft, name, None) in (None, ""):
        return f"{draft._meta.get_field(name).verbose_name} belum diisi."
    return " ".join(reasons)
