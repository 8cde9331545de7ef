"""What is refused before Wagtail does it, and what the account page of the CMS links to."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.views.bulk_action import BulkAction

from siptenan.accounts.models import User


def refuse_bulk_on_staff(request: HttpRequest, action_type: str, objects: list, action: BulkAction) -> None:
    """Hook `before_bulk_action`: staff is changed one by one, where the form and its views check every step.

    Wagtail's own bulk actions gave any group to anybody and switched superusers off. Raises PermissionDenied.
    """
    if action.model is User:
        raise PermissionDenied


def security_menu_item(request: HttpRequest) -> dict:
    """Hook `register_account_menu_item`: the way to the second factor."""
    return {
        "url": reverse("mfa_index"),
        "label": "Keamanan akun",
        "help_text": "Verifikasi dua langkah dan kode pemulihan.",
    }
