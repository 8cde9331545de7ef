"""Views of the CMS for officers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views import View


class FormInboxRedirect(View):
    """Wagtail's own list of a form's submissions: our inbox, filtered to that form, replaces it."""

    def dispatch(self, request: HttpRequest, form_page, results_only: bool = False, **kwargs) -> HttpResponse:
        return redirect("/cms/")
