"""The media library has an address for every document; that of a regulation nobody may see is not found there."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import DraftStateMixin, ReferenceIndex, Revision

from regulasi.addresses import index_url
from regulasi.models import DocumentText, RegulationPage
from siptenan.common.models import SiteDocument


def refuse_unpublished(document: SiteDocument, request: HttpRequest) -> None:
    """Wagtail hook `before_serve_document`: raise Http404 for a document of regulations that none of them shows.

    That is one which only drafts name, or only the draft of a published page, or which was exchanged for another, or
    whose regulation was withdrawn; and all of them while the list is. What something else that is published names stays
    where it is.
    """
    if request.user.has_perm("wagtailadmin.access_admin"):
        return
    is_shown = bool(index_url()) and RegulationPage.objects.public().filter(document=document).exists()
    if is_shown or _is_shown_elsewhere(document):
        return
    if _was_named_by_a_regulation(document):
        raise Http404


def _was_named_by_a_regulation(document: SiteDocument) -> bool:
    """Whether any page, published or not, any version of one, or one before versions were purged, names it."""
    versions = Revision.objects.filter(content_type=ContentType.objects.get_for_model(RegulationPage))
    return (
        RegulationPage.objects.filter(document=document).exists()
        or DocumentText.objects.filter(document=document).exists()
        or versions.filter(content__document=document.pk).exists()
    )


def _is_shown_elsewhere(document: SiteDocument) -> bool:
    """Whether anything published but a regulation names it: a text, a list of files."""
    regulations = ContentType.objects.get_for_model(RegulationPage)
    references = ReferenceIndex.get_references_to(document).exclude(content_type=regulations)
    by_model = defaultdict(set)
    for content_type, pk in references.values_list("content_type", "object_id"):
        by_model[content_type].add(pk)
    return any(_is_published(ContentType.objects.get_for_id(kind), pks) for kind, pks in by_model.items())


def _is_published(content_type: ContentType, pks: set[str]) -> bool:
    model = content_type.model_class()
    if model is None:
        return False
    found = model._default_manager.filter(pk__in=pks)
    return (found.filter(live=True) if issubclass(model, DraftStateMixin) else found).exists()
