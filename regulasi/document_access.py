"""The media library has an address for every document; that of a regulation nobody may see yet is not found there."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import ReferenceIndex

from regulasi.models import RegulationPage
from siptenan.common.models import SiteDocument


def refuse_unpublished(document: SiteDocument, request: HttpRequest) -> None:
    """Wagtail hook `before_serve_document`: raise Http404 for what only unpublished regulations use."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return
    live = list(RegulationPage.objects.filter(document=document).values_list("live", flat=True))
    if live and not any(live) and not _is_used_elsewhere(document):
        raise Http404


def _is_used_elsewhere(document: SiteDocument) -> bool:
    """Whether anything but a regulation names it: a text, a list of files."""
    regulations = ContentType.objects.get_for_model(RegulationPage)
    return ReferenceIndex.get_references_to(document).exclude(content_type=regulations).exists()
