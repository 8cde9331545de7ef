"""Documents in collections that are not for everybody: Wagtail refuses, this says it to those who are signed in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction

from siptenan.common.models import SiteDocument


def refuse_signed_in(document: SiteDocument, request: HttpRequest) -> None:
    """Wagtail hook `before_serve_document`: raise PermissionDenied to who is signed in and not of the right group.

    Wagtail would send him to the sign-in, which sends who is signed in back to the document, for ever.
    """
    if not request.user.is_authenticated:
        return
    groups = document.collection.get_view_restrictions().filter(restriction_type=CollectionViewRestriction.GROUPS)
    if not all(restriction.accept_request(request) for restriction in groups):
        raise PermissionDenied
