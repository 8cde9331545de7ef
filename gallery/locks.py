"""A colleague's lock (Wagtail's) holds for the services of the Gallery, too, not only in the editor.

Everything that changes or publishes a draft asks here (gallery.drafts). What hides does not: an approval that is taken
back, and a consent that is, take effect at once, whoever holds the lock.
"""

from __future__ import annotations

from django.conf import settings

from forms import casework
from gallery.models import Business, Product
from siptenan.accounts.models import User


class Locked(Exception):  # noqa: N818 - a refusal, not a fault
    """Somebody has locked it; the text says what and who, for officers only."""

    def __init__(self, snippet: Business | Product) -> None:
        who = casework.name_of(snippet.locked_by) or "petugas lain"
        super().__init__(
            f"“{snippet}” dikunci {who}, jadi tidak dapat diubah atau diterbitkan. Minta {who} membuka kuncinya dulu."
        )


def holds_for(snippet: Business | Product, user: User | None) -> bool:
    """Whether a lock keeps a user from changing it; of an owner (None) every lock does."""
    if not snippet.locked:
        return False
    is_own = user is not None and snippet.locked_by_id == user.pk
    return not is_own or bool(getattr(settings, "WAGTAILADMIN_GLOBAL_EDIT_LOCK", False))


def check(snippet: Business | Product, user: User | None) -> None:
    """Raise Locked if a lock keeps a user from changing it."""
    if holds_for(snippet, user):
        raise Locked(snippet)
