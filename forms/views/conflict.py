"""Two officers on one ticket: what each had on his page, and what came after it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from forms.enums import EventKind
from forms.models import Message, Submission, SubmissionEvent
from siptenan.accounts.models import User

LOOKS = (EventKind.VIEWED, EventKind.EXPORTED, EventKind.NIK_REVEALED)  # what changes nothing
SEEN = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})")


class Seen(NamedTuple):
    """The newest event, message and former wording on an officer's page: primary keys, 0 for none.

    Keys and not times: whoever writes holds the ticket's row, so keys of one ticket never overtake each other.
    """

    event: int = 0
    message: int = 0
    revision: int = 0

    def __str__(self) -> str:
        return ".".join(map(str, self))

    @classmethod
    def on_page(cls, history: Iterable[SubmissionEvent], thread: Iterable[Message]) -> Seen:
        """Of the lists that the page shows."""
        return cls(
            max((event.pk for event in history if event.kind not in LOOKS), default=0),
            max((message.pk for message in thread), default=0),
            max((revision.pk for message in thread for revision in message.revisions.all()), default=0),
        )

    @classmethod
    def parse(cls, text: str) -> Seen:
        """From the hidden field; nothing was seen when somebody changed that."""
        found = SEEN.fullmatch(text)
        return cls(*map(int, found.groups())) if found else cls()


@dataclass(frozen=True)
class Edited:
    """A reply that a colleague changed: what the officer had read, and what it says now."""

    message: Message
    before: str


@dataclass(frozen=True)
class Changes:
    """What happened to a ticket since an officer opened it."""

    events: list[SubmissionEvent]
    added: list[Message]
    edited: list[Edited]

    def only_by(self, user: User) -> bool:
        """Whether nobody else did anything: he pressed the same button twice."""
        return bool(self.events) and all(event.actor_id == user.pk for event in self.events)


def changes_since(ticket: Submission, seen: Seen) -> Changes:
    """Return what the officer who saw `seen` does not know yet, in the order it happened."""
    events = ticket.events.filter(pk__gt=seen.event).exclude(kind__in=LOOKS).order_by("pk")
    known = ticket.messages.filter(pk__lte=seen.message, revisions__pk__gt=seen.revision).distinct()
    return Changes(
        events=list(events),
        added=list(ticket.messages.filter(pk__gt=seen.message)),
        edited=[
            Edited(message, message.revisions.filter(pk__gt=seen.revision).order_by("pk")[0].body) for message in known
        ],
    )
