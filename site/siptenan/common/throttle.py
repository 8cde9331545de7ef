"""How often somebody may do something: counters in the database, shared by all processes and machines.

Not in the cache: DatabaseCache.incr() reads and then writes, so that two processes count one, and a cache may
forget at any time. One `INSERT ... ON CONFLICT DO UPDATE ... RETURNING` counts exactly, on both databases.

The windows are fixed and begin for everybody at the same second, so a subject may come to twice the limit in
a short time around the turn of a window. That is the price of one row and one statement per count.

Call `hit` outside a transaction: one that is rolled back takes the count with it, and until it ends everybody
else with the same subject waits (on SQLite, every writer). `Allowance.check` is the one way to count inside of one:
whoever uses it counts by itself what is rolled back.
"""

from __future__ import annotations

import functools
import hmac
import re
import time
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings

from siptenan.common.databases import Check, prepared_cursor
from siptenan.common.models import ThrottleCounter

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

COUNT_ONE = """
    INSERT INTO "common_throttlecounter" ("key", "window_start", "count") VALUES (%s, %s, 1)
    ON CONFLICT ("key", "window_start") DO UPDATE SET "count" = "common_throttlecounter"."count" + 1
    RETURNING "count"
"""


@dataclass(frozen=True)
class Limit:
    """At most `count` times within `seconds`; a count of 0 switches the limit off."""

    count: int
    seconds: int

    @classmethod
    @functools.cache
    def parse(cls, text: str) -> Limit:
        """Read `30/10m` (units s, m, h, d) or `0` for no limit; raises ValueError naming any other text."""
        if text.strip() == "0":
            return cls(count=0, seconds=1)
        match = re.fullmatch(r"(\d{1,6})/([1-9]\d{0,4})([smhd])", text.strip(), re.ASCII)
        if match is None:
            raise ValueError(f"{text!r} is not a limit. Write it like 30/10m (units s, m, h, d), or 0 for none.")
        return cls(count=int(match[1]), seconds=int(match[2]) * SECONDS[match[3]])

    @property
    def off(self) -> bool:
        """Whether there is no limit at all."""
        return self.count == 0


@dataclass(frozen=True)
class Verdict:
    """May it go on? If not, `retry_after` is the number of whole seconds until the next window, else 0."""

    allowed: bool
    retry_after: int
    count: int

    def __bool__(self) -> bool:
        raise TypeError("A verdict is neither true nor false; ask for its .allowed.")


ALLOWED = Verdict(allowed=True, retry_after=0, count=0)


@dataclass(frozen=True)
class Allowance:
    """What one subject may still do: counted by itself, or in the statement that stores what is counted."""

    scope: str
    subject: str
    limit: Limit

    def check(self) -> Check | None:
        """Return the question that counts one more and holds while that is within the limit; None without one."""
        if self.limit.off:
            return None
        key, window = _key(self.scope, self.subject), _window(time.time(), self.limit)
        return Check(COUNT_ONE, (key, window), "<=", self.limit.count)

    def hit(self) -> Verdict:
        """Count one more, and say whether it is still within the limit."""
        return hit(self.scope, self.subject, self.limit)

    def refusal(self, count: int) -> Exceeded:
        """Return what to raise when the check did not hold."""
        return Exceeded(_verdict(count, self.limit, time.time(), allowed=False).retry_after)


class Exceeded(Exception):  # noqa: N818 - a refusal, not a fault
    """A limit is used up; `retry_after` is the number of whole seconds until the next window."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def hit(scope: str, subject: str, limit: Limit, *, trailing: bool = False) -> Verdict:
    """Count one more, refused ones included, and say whether it is still within `limit`.

    With `trailing` the window before counts too, so that a lock lasts at least one whole window: for secrets.
    """
    if limit.off:
        return ALLOWED
    now = time.time()
    key, window = _key(scope, subject), _window(now, limit)
    with prepared_cursor() as cursor:
        cursor.execute(COUNT_ONE, [key, window])
        [(count,)] = cursor.fetchall()
    if not trailing:
        return _verdict(count, limit, now, allowed=count <= limit.count)
    before = ThrottleCounter.objects.filter(key=key, window_start=window - limit.seconds)
    count_before = before.values_list("count", flat=True).first() or 0
    verdict = _verdict(count + count_before, limit, now, allowed=count + count_before <= limit.count)
    if count > limit.count:  # this window alone is enough to lock the next one too
        verdict = replace(verdict, retry_after=verdict.retry_after + limit.seconds)
    return verdict


def blocked(scope: str, subject: str, limit: Limit) -> Verdict:
    """Say, without counting, whether the next `hit` would still be allowed."""
    if limit.off:
        return ALLOWED
    now = time.time()
    counters = ThrottleCounter.objects.filter(key=_key(scope, subject), window_start=_window(now, limit))
    count = counters.values_list("count", flat=True).first() or 0
    return _verdict(count, limit, now, allowed=count < limit.count)


def reset(scope: str, subject: str) -> None:
    """Forget what `subject` did, as after the right PIN."""
    ThrottleCounter.objects.filter(key=_key(scope, subject)).delete()


def purge(older_than: timedelta) -> int:
    """Delete the windows that began longer ago than that, and return how many.

    Keep at least the longest window in use, or its counters start again from nothing.
    """
    began_before = int(time.time() - older_than.total_seconds())
    return ThrottleCounter.objects.filter(window_start__lt=began_before).delete()[0]


def _key(scope: str, subject: str) -> str:
    """Addresses and ticket numbers are personal data, so only a keyed hash of them is stored."""
    text = f"siptenan.throttle\0{scope}\0{subject}"
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256").hex()


def _window(now: float, limit: Limit) -> int:
    return int(now) // limit.seconds * limit.seconds


def _verdict(count: int, limit: Limit, now: float, *, allowed: bool) -> Verdict:
    remaining = _window(now, limit) + limit.seconds - int(now)
    return Verdict(allowed=allowed, retry_after=0 if allowed else remaining, count=count)
