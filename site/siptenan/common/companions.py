"""What one app adds to what another shows, without either knowing the other.

Below pages: home and forms show what regulasi registers; structured data names the same regulations. Elsewhere by the
short name of a regulation ("UU 33/2014"): gallery asks for its address, regulasi for what rests on it. In the sitemap:
when a page changed without being published anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from siptenan.common.models import BasePage


@dataclass(frozen=True)
class Named:
    """Something public, as another app names it: a regulation, or what rests on one."""

    title: str
    url: str


Companion = Callable[[BasePage], SafeString]
Bases = Callable[[BasePage], Iterable[Named]]
Address = Callable[[str], str]
Uses = Callable[[str], Iterable[Named]]
Change = Callable[[BasePage], dt.datetime | None]
_registered: list[Companion] = []
_bases: list[Bases] = []
_addresses: list[Address] = []
_uses: list[Uses] = []
_changes: list[Change] = []


def register(companion: Companion) -> None:
    """Add to every page what this gives for it; called by apps when they are ready."""
    if companion not in _registered:
        _registered.append(companion)


def of(page: BasePage) -> SafeString:
    """Return what is registered for a page."""
    return SafeString("".join(companion(page) for companion in _registered))


def register_bases(bases: Bases) -> None:
    """Tell which regulations a page rests on."""
    if bases not in _bases:
        _bases.append(bases)


def bases_of(page: BasePage) -> list[Named]:
    """Return the regulations that a page rests on."""
    return [basis for bases in _bases for basis in bases(page)]


def register_addresses(address: Address) -> None:
    """Tell where regulations can be read: their path, or nothing for one that is not public here."""
    if address not in _addresses:
        _addresses.append(address)


def register_uses(uses: Uses) -> None:
    """Tell what rests on a regulation."""
    if uses not in _uses:
        _uses.append(uses)


def register_changes(change: Change) -> None:
    """Tell when what a page shows changed last though it was not published anew; None: never."""
    if change not in _changes:
        _changes.append(change)


def changed_at(page: BasePage) -> dt.datetime | None:
    """Return when anything changed what a page shows, as far as somebody tells."""
    return max(filter(None, (change(page) for change in _changes)), default=None)


def address_of(regulation: str) -> str:
    """Return where a regulation can be read; empty if nobody has it."""
    return next(filter(None, (address(regulation) for address in _addresses)), "")


def uses_of(regulation: str) -> list[Named]:
    """Return what rests on a regulation, besides the pages that name it themselves."""
    return [use for uses in _uses for use in uses(regulation)]
