"""Items of the CMS menu."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from siptenan.accounts.permissions import Actor


class ScreenMenuItem(MenuItem):
    """A screen, for those who may see it."""

    def __init__(self, *args, allowed: Callable[[Actor], bool], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether it is this person's."""
        return self.allowed(request.user)
