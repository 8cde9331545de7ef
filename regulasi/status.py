"""How a regulation stands on a day, derived from its dates and from what others do to it. Never stored.

The day is always an argument: nothing that depends on it may be remembered past midnight in WIB.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regulasi import relations
from regulasi.addresses import regulation_url
from regulasi.enums import Act, Status
from regulasi.models import RegulationEntry, RegulationPage
from regulasi.relations import Edge, Related
from siptenan.common.dates import WIB, format_day, in_wib


@dataclass(frozen=True)
class Effect:
    """What another regulation does to one: a revocation or a change."""

    act: Act
    is_partial: bool
    since: dt.date | None  # None: always
    name: str
    title: str
    slug: str  # of its page, if that is published
    outside_url: str
    note: str = ""

    @property
    def url(self) -> str:
        """Where the other one can be read; may be empty."""
        return regulation_url(self.slug) if self.slug else self.outside_url

    def holds(self, today: dt.date) -> bool:
        """Whether it has begun."""
        return self.since is None or self.since <= today


@dataclass(frozen=True)
class Facts:
    """All that decides how a regulation stands."""

    holds_from: dt.date | None
    valid_until: dt.date | None
    valid_until_note: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Standing:
    """How a regulation stands on a day, and why."""

    status: Status
    reason: str  # a sentence or two, or nothing
    since: dt.date | None = None
    by: tuple[Effect, ...] = ()  # who made it so, the latest first
    upcoming: str = ""  # what will change, in a sentence
    next_change: dt.date | None = None  # the first day on which it stands otherwise

    @property
    def label(self) -> str:
        """The words of the badge."""
        return self.status.label

    @property
    def is_in_force(self) -> bool:
        """Whether it binds."""
        return self.status.is_in_force


def of(subject: RegulationPage | RegulationEntry, today: dt.date, related: Related | None = None) -> Standing:
    """Return how a page or a row of the list stands on a day.

    Of a row it costs no query. Of a page `related` (relations.of) is asked for unless it is given.
    """
    return derive(facts(subject, related), today)


def facts(subject: RegulationPage | RegulationEntry, related: Related | None = None) -> Facts:
    """Return what decides it; the same on every day."""
    if isinstance(subject, RegulationEntry):
        effects = [_stored(effect) for effect in subject.effects]
        return Facts(subject.effective_on, subject.valid_until, subject.valid_until_note, tuple(effects))
    related = related or relations.of(subject)
    effects = [_effect(edge) for edge in related.suffered(Act.REVOKES, Act.AMENDS)]
    return Facts(subject.holds_from, subject.valid_until, subject.valid_until_note, tuple(effects))


def derive(known: Facts, today: dt.date) -> Standing:
    """Return how something with these facts stands on a day."""
    standing = _derive(known, today)
    for day in sorted(day for day in _days(known) if day > today):
        later = _derive(known, day)
        if later != standing:
            upcoming = "" if later.status == standing.status else _announced(known, later, day)
            return Standing(standing.status, standing.reason, standing.since, standing.by, upcoming, day)
    return standing


def changed_at(entry: RegulationEntry, today: dt.date) -> dt.datetime | None:
    """When what is told of a listed regulation changed last: by an editor, or by itself as a day began in WIB."""
    if entry.updated_at is None:
        return None
    known, since = facts(entry), in_wib(entry.updated_at).date()
    begun = [day for day in _days(known) if since < day <= today]
    changed = [day for day in begun if _derive(known, day) != _derive(known, day - dt.timedelta(days=1))]
    return dt.datetime.combine(max(changed), dt.time.min, WIB) if changed else entry.updated_at


def _days(known: Facts) -> set[dt.date]:
    """The days on which something with these facts may begin to stand otherwise."""
    days = {known.holds_from, known.valid_until and known.valid_until + dt.timedelta(days=1)}
    return {day for day in days | {effect.since for effect in known.effects} if day is not None}


def _derive(known: Facts, today: dt.date) -> Standing:
    holding = sorted(
        (effect for effect in known.effects if effect.holds(today)),
        key=lambda effect: effect.since or dt.date.min,
        reverse=True,
    )
    revoked = [effect for effect in holding if effect.act is Act.REVOKES and not effect.is_partial]
    partly = [effect for effect in holding if effect.act is Act.REVOKES and effect.is_partial]
    amended = [effect for effect in holding if effect.act is Act.AMENDS]
    first = revoked[-1] if revoked else None  # what is gone cannot be revoked again
    over = known.valid_until + dt.timedelta(days=1) if known.valid_until else None
    if first and not (over and first.since and over <= first.since):
        return Standing(Status.NOT_IN_FORCE, f"Dicabut dengan {_named(first)}.", first.since, (first,))
    if known.valid_until and over and over <= today:
        note = f" {known.valid_until_note.rstrip('.')}." if known.valid_until_note else ""
        return Standing(Status.NOT_IN_FORCE, f"Berlaku sampai {format_day(known.valid_until)}.{note}", over)
    if known.holds_from and known.holds_from > today:
        return Standing(Status.NOT_YET, f"Mulai berlaku {format_day(known.holds_from)}.", known.holds_from)
    if partly:
        reason = f"Sebagian dicabut dengan {_list(partly)}."
        if amended:
            reason += f" Diubah dengan {_list(amended)}."
        return Standing(Status.PARTLY_REVOKED, reason, known.holds_from, (*partly, *amended))
    if amended:
        return Standing(Status.AMENDED, f"Diubah dengan {_list(amended)}.", known.holds_from, tuple(amended))
    reason = f"Berlaku sejak {format_day(known.holds_from)}." if known.holds_from else ""
    return Standing(Status.IN_FORCE, reason, known.holds_from)


def _announced(known: Facts, later: Standing, day: dt.date) -> str:
    """What will be said of it, before it is so."""
    if later.status is Status.NOT_IN_FORCE and not later.by and known.valid_until:
        return f"Berlaku sampai {format_day(known.valid_until)}."
    if later.by and later.by[0].since == day:
        effect = later.by[0]
        verb = {Act.REVOKES: "dicabut", Act.AMENDS: "diubah"}[effect.act]
        part = " sebagian" if effect.is_partial and effect.act is Act.REVOKES else ""
        return f"Akan {verb}{part} dengan {effect.name} mulai {format_day(day)}."
    return f"Berlaku mulai {format_day(day)}."


def _named(effect: Effect) -> str:
    return f"{effect.name} sejak {format_day(effect.since)}" if effect.since else effect.name


def _list(effects: Sequence[Effect]) -> str:
    """`UU 6/2023 dan UU 11/2020`, with commas from three on."""
    names = list(dict.fromkeys(effect.name for effect in effects))
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def _effect(edge: Edge) -> Effect:
    source = edge.source
    return Effect(
        edge.act, edge.is_partial, edge.since, source.name, source.title, source.slug, source.outside_url, edge.note
    )


def to_store(edges: Iterable[Edge]) -> list[dict]:
    """Return edges as the row of the list keeps them: JSON."""
    return [
        {
            "act": edge.act.value,
            "is_partial": edge.is_partial,
            "since": edge.since.isoformat() if edge.since else None,
            "name": edge.source.name,
            "title": edge.source.title,
            "slug": edge.source.slug,
            "outside_url": edge.source.outside_url,
            "note": edge.note,
        }
        for edge in edges
    ]


def _stored(stored: dict) -> Effect:
    return Effect(
        act=Act(stored["act"]),
        is_partial=stored["is_partial"],
        since=dt.date.fromisoformat(stored["since"]) if stored["since"] else None,
        name=stored["name"],
        title=stored["title"],
        slug=stored["slug"],
        outside_url=stored["outside_url"],
        note=stored["note"],
    )
