"""What other rooms add to the page of a ticket, whatever its form: a block of their own for the officer who looks.

`forms` knows none of them; a room registers what makes its block when it is loaded (AppConfig.ready).
"""

from __future__ import annotations

from collections.abc import Callable

from wagtail.admin.ui.components import Component

from forms.models import Submission
from siptenan.accounts.models import User

# Returns None when it has nothing for this officer to see; it asks for his permissions itself.
Maker = Callable[[Submission, User], Component | None]
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Let every ticket page show what `maker` returns; a second time changes nothing."""
    if maker not in _makers:
        _makers.append(maker)


def blocks_for(ticket: Submission, user: User) -> list[Component]:
    """Return the blocks of a ticket for the officer who looks at it."""
    return [block for maker in _makers if (block := maker(ticket, user))]
