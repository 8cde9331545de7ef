"""Who may do what with regulations besides editing their pages."""

from __future__ import annotations

from wagtail.models import Page
from wagtail.permissions import policy_registry

from siptenan.accounts.permissions import Actor
from siptenan.common.models import SiteDocument


def can_see_reports(user: Actor) -> bool:
    """Teks PDF and Pertentangan, under Laporan."""
    return user.has_perm("regulasi.view_documenttext")


def can_retry(user: Actor) -> bool:
    """Let a PDF be read again."""
    return user.has_perm("regulasi.change_documenttext")


def can_import(user: Actor) -> bool:
    """Make drafts from a table with their PDFs: whoever may do the same one by one, and adds regulations outside."""
    may_add = all(policy_registry.get_by_type(model).user_has_permission(user, "add") for model in (Page, SiteDocument))
    return may_add and user.has_perm("regulasi.add_regulationstub")
