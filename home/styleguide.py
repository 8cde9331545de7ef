"""Pustaka komponen: a living page in the CMS that shows every token and component of the public site in all states.

The page is a frame round a second one, which has the base template and style sheet of the public site: those and the
CMS's own must not mix. Tokens are read from the style sheet, components are the templates that visitors get.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem

from home import specimens, tokens
from siptenan.accounts.permissions import edits_content

PHONE_WIDTH = "360"  # pixels; the phone that pages are drawn for


class LibraryMenuItem(MenuItem):
    """Pustaka komponen, under Pengaturan; for those who build pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return edits_content(request.user)


def library(request: HttpRequest) -> HttpResponse:
    """The page in the CMS: what it is for, and the frame, as wide as the screen or as a phone."""
    if not edits_content(request.user):
        return permission_denied(request)
    context = {
        "page_title": "Pustaka komponen",
        "header_icon": "view",
        "phone_width": PHONE_WIDTH,
        "is_phone": request.GET.get("lebar") == PHONE_WIDTH,
    }
    return TemplateResponse(request, "home/styleguide/library.html", context)


@xframe_options_sameorigin
def frame(request: HttpRequest) -> HttpResponse:
    """The page in the frame: tokens and components as visitors see them."""
    if not edits_content(request.user):
        return permission_denied(request)
    context = {"tokens": tokens.read(), **specimens.examples()}
    return TemplateResponse(request, "home/styleguide/frame.html", context)
