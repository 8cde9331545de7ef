"""Procedures: what a ticket goes through, and what else its answers are for. A form has one.

The consultation is here. What varies with another one is a class of its own, registered by the room that knows it
(gallery registers the Gallery IKM): which moves are allowed, what the visitor sees of them, which questions the form
cannot do without, and what is made of the answers when a ticket is stored. An unknown code raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from forms.enums import CLOSED, MOVE_LABELS, MOVES, Status
from forms.questions import Only

if TYPE_CHECKING:
    from forms.models import Submission

Moves = Mapping[Status, tuple[Status, ...]]


class UnknownProcedure(LookupError):  # noqa: N818 - reads as the sentence it makes
    """A form names a procedure that is not registered."""


class IllegalMove(Exception):  # noqa: N818 - a refusal, not a fault
    """The status may not go there from here."""


@dataclass(frozen=True)
class Link:
    """Where a visitor goes on from the page of his ticket."""

    label: str
    url: str
    text: str = ""  # what it is for, above it


class Procedure:
    """Question and answer (konsultasi); the base of all others."""

    code: ClassVar[str] = "konsultasi"
    label: ClassVar[str] = "Tanya jawab"
    moves: ClassVar[Moves] = MOVES
    move_labels: ClassVar[Mapping[tuple[Status, Status], str]] = MOVE_LABELS
    taken_up: ClassVar[Status] = Status.IN_PROGRESS  # where a ticket is while an officer works on it
    replied: ClassVar[Status | None] = Status.ANSWERED  # where a reply takes it; None leaves it
    reopens: ClassVar[frozenset[Status]] = frozenset(Status) - {Status.NEW, Status.IN_PROGRESS, Status.SPAM}
    steps: ClassVar[tuple[tuple[Status, str], ...]] = (
        (Status.NEW, "Diterima"),
        (Status.IN_PROGRESS, "Diproses"),
        (Status.ANSWERED, "Dijawab"),
        (Status.DONE, "Selesai"),
    )
    # The step on which a status without a step of its own stands.
    stands_at: ClassVar[Mapping[Status, Status]] = {
        Status.SPAM: Status.NEW,
        Status.WAITING: Status.IN_PROGRESS,
        Status.REJECTED: Status.DONE,
    }
    # Questions that an editor may neither remove nor give another type: key -> the type it has.
    core_questions: ClassVar[Mapping[str, str]] = {}
    # What those ask beyond their type, on every form of the procedure: key -> Only.
    core_limits: ClassVar[Mapping[str, Only]] = {}
    makes_something: ClassVar[bool] = False  # of a ticket, in `received`
    screen: ClassVar[str] = ""  # URL name of a screen of its own where officers work on such a ticket

    def can_move(self, current: str, target: str) -> bool:
        """Whether a ticket may go from one status to another."""
        return target in self.moves.get(Status(current), ())

    def offered(self, current: str) -> tuple[Status, ...]:
        """The moves that are buttons on the ticket page."""
        return self.moves.get(Status(current), ())

    def takes_reply(self, status: str) -> bool:
        """Whether an officer may write to the visitor."""
        return status not in CLOSED

    def move_label(self, current: str, target: str) -> str:
        """The words of the button for a move."""
        return self.move_labels.get((Status(current), Status(target)), Status(target).label)

    def links(self, submission: Submission) -> list[Link]:
        """Where a visitor can go on from the page of his ticket, as it stands now."""
        return []

    def received(self, submission: Submission) -> None:
        """Make of a new ticket what else it is for, in the transaction that stores it. A second call changes nothing.

        Spam is received when an officer says that it is none.
        """

    def anonymised(self, submission: Submission) -> None:
        """Take what is personal out of it, in the transaction that does so with the ticket."""


_registry: dict[str, Procedure] = {}


def register(cls: type[Procedure]) -> type[Procedure]:
    """Class decorator: make a procedure known. A second class with the same code is refused."""
    if cls.code in _registry:
        raise ValueError(f"Procedure {cls.code!r} is registered twice.")
    _registry[cls.code] = cls()
    return cls


def get(code: str) -> Procedure:
    """Return the procedure of a code; raises UnknownProcedure."""
    try:
        return _registry[code]
    except KeyError:
        raise UnknownProcedure(code) from None


def choices() -> list[tuple[str, str]]:
    """Return (code, label) pairs, in order of registration."""
    return [(code, procedure.label) for code, procedure in _registry.items()]


register(Procedure)
