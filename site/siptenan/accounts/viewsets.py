"""The screens on which an admin adds, changes and removes staff (manual 2.1 to 2.3)."""

from __future__ import annotations

from wagtail.users.views.users import UserViewSet


class StaffViewSet(UserViewSet):
    """Wagtail's user screens."""
