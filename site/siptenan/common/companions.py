"""What one app adds below pages of another, which need not know of it: home and forms show what regulasi registers."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString

from siptenan.common.models import BasePage

Companion = Callable[[BasePage], SafeString]
_registered: list[Companion] = []


def register(companion: Companion) -> None:
    """Add to every page what this gives for it; called by apps when they are ready."""
    if companion not in _registered:
        _registered.append(companion)


def of(page: BasePage) -> SafeString:
    """Return what is registered for a page."""
    return SafeString("".join(companion(page) for companion in _registered))
