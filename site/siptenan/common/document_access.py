"""Documents that are not for everybody.

The session of the CMS is sent to nothing but /cms/, so to `/documents/` everybody comes as a stranger. The same
documents have a second address, below the CMS, where staff are known: previews use it, and the sign-in leads there.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.documents.views.serve import serve
from wagtail.models import CollectionViewRestriction

from siptenan.common.models import SiteDocument

PDF = "application/pdf"
# A page of ours frames it. The reader built into Chromium is itself an object in a page with a style of its own.
FRAMED_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
FOR_EVERYBODY, FOR_STAFF = "/documents/", "/cms/berkas/"


def staff_url(document: SiteDocument) -> str:
    """Return the address of a document for whoever is signed in."""
    return reverse("staff-document", args=[document.pk, document.filename])


def serve_to_staff(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """What `/documents/` answers, to somebody who is known; strangers get what they get there."""
    response = serve(request, document_id, document_filename)
    if response.headers.get("Content-Type") == PDF:
        response.headers["Content-Security-Policy"] = FRAMED_PDF_POLICY
    return response


def sign_in(request: HttpRequest) -> HttpResponse:
    """Where Wagtail leads who must sign in for a document: to the sign-in, and from there to where he is known."""
    wanted = request.GET.get("next", "")
    if wanted.startswith(FOR_EVERYBODY):
        wanted = FOR_STAFF + wanted.removeprefix(FOR_EVERYBODY)
    return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': wanted})}")


def refuse_signed_in(document: SiteDocument, request: HttpRequest) -> None:
    """Wagtail hook `before_serve_document`: raise PermissionDenied to who is signed in and not of the right group.

    Wagtail would send him to the sign-in, which sends who is signed in back to the document, for ever.
    """
    if not request.user.is_authenticated:
        return
    groups = document.collection.get_view_restrictions().filter(restriction_type=CollectionViewRestriction.GROUPS)
    if not all(restriction.accept_request(request) for restriction in groups):
        raise PermissionDenied
