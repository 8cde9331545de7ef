"""The project's addresses, and one that breaks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from siptenan.urls import handler400, handler403, handler404, handler500
from siptenan.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> HttpResponse:
    """A view with a mistake."""
    raise ZeroDivisionError


urlpatterns = [path("rusak/", broken), *real]
