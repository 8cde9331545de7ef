"""Who may do what with regulations besides editing their pages."""

from __future__ import annotations

from siptenan.accounts.permissions import Actor


def can_see_reports(user: Actor) -> bool:
    """Teks PDF and Pertentangan, under Laporan."""
    return user.has_perm("regulasi.view_documenttext")


def can_retry(user: Actor) -> bool:
    """Let a PDF be read again."""
    return user.has_perm("regulasi.change_documenttext")


def can_import(user: Actor) -> bool:
    """Make drafts from a table: whoever keeps the vocabulary of regulations."""
    return user.has_perm("regulasi.add_regulationstub")
