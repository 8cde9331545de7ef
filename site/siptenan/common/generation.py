"""What is built from content that rarely changes, kept in the process until that content does change.

One row in the database counts the changes; `@per_generation` reads it (one query) and drops everything the
process remembered when it has moved on. So every process sees a change at its next request, without Redis.
Limits: signals see saves, not QuerySet.update() or raw SQL; call `bump()` after those.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from siptenan.common.databases import Check, first_query, prepared_cursor

T = TypeVar("T")
MAX_REMEMBERED = 500  # entries a process; what nobody has asked for longest goes first

_lock = threading.Lock()
_remembered: OrderedDict[Any, Any] = OrderedDict()
_remembered_generation: int | None = None


# The generation that the request being answered has seen: it asks once. -1: there is a request, it has not asked.
_of_request: ContextVar[int | None] = ContextVar("generation", default=None)
_NOT_ASKED = -1
_assumed: ContextVar[bool] = ContextVar("generation_assumed", default=False)  # nobody has asked whether it still holds

QUESTION = "SELECT number FROM common_generation WHERE id = 1"


class Outdated(Exception):  # noqa: N818 - a reason to begin again, not a fault
    """The site has changed since the generation that was assumed."""


def current() -> int:
    """Return the number of the generation; one query a request, or one a call outside of requests."""
    seen = _of_request.get()
    if seen is not None and seen != _NOT_ASKED:
        return seen
    number = first_query(_number)
    if seen == _NOT_ASKED:
        _of_request.set(number)
    return number


def _number() -> int:
    with prepared_cursor() as cursor:  # plain SQL: the ORM would double what it costs
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    return row[0] if row else 0


def answer_assuming(answer: Callable[[], T]) -> T:
    """Return what `answer` makes of what this process remembers, and make it anew if that turns out to be old.

    Whether it is old is asked last instead of first, so that `answer` can put the question (`check_assumption`) into
    the statement with which it writes, and save a round trip. What it writes before that must bear to be
    written twice, as the file that is already stored is found again.
    """
    if _remembered_generation is None or _of_request.get() != _NOT_ASKED:
        return answer()
    _of_request.set(_remembered_generation)
    _assumed.set(True)
    try:
        response = answer()
        if _assumed.get():
            confirm(first_query(_number))
        return response
    except Outdated:
        _of_request.set(_NOT_ASKED)
        return answer()
    finally:
        _assumed.set(False)


def check_assumption() -> Check | None:
    """The question whether the assumed generation still holds; None when there is nothing to ask."""
    return Check(QUESTION, (), "=", _of_request.get()) if _assumed.get() else None


def confirm(number: int) -> None:
    """Take the answer to that question; raises Outdated, unless the site is as it was assumed to be."""
    _assumed.set(False)
    if number != _of_request.get():
        raise Outdated


def ask_once_a_request(get_response: Callable) -> Callable:
    """Middleware: let all that one request shows be of one generation."""

    def middleware(request: Any) -> Any:
        token = _of_request.set(_NOT_ASKED)
        try:
            return get_response(request)
        finally:
            _of_request.reset(token)

    return middleware


def bump(*args: Any, **kwargs: Any) -> None:
    """Start a new generation; connected to the signals of everything that public pages are built from."""
    if kwargs.get("raw"):
        return
    from siptenan.common.models import Generation

    if _of_request.get() is not None:
        _of_request.set(_NOT_ASKED)
    # The time in nanoseconds, not the next number: one that was rolled back must never come again.
    number = time.time_ns()
    if not Generation.objects.filter(pk=1).update(number=number):
        Generation.objects.get_or_create(pk=1, defaults={"number": number})


def per_generation(function: Callable) -> Callable:
    """Decorator: remember the results of a function of hashable arguments until the next generation.

    The results are shared by all threads of the process: treat them as frozen.
    """

    @functools.wraps(function)
    def wrapper(*args: Any) -> Any:
        global _remembered_generation
        generation = current()
        key = (function.__module__, function.__qualname__, args)
        with _lock:
            if generation != _remembered_generation:
                _remembered.clear()
                _remembered_generation = generation
            elif key in _remembered:
                _remembered.move_to_end(key)
                return _remembered[key]
        result = function(*args)
        with _lock:
            if generation == _remembered_generation:
                if len(_remembered) >= MAX_REMEMBERED:  # strangers can make keys, as with odd ports in a Host header
                    _remembered.popitem(last=False)
                _remembered[key] = result
        return result

    return wrapper


def forget() -> None:
    """Drop what this process remembers; tests call it between databases."""
    global _remembered_generation
    with _lock:
        _remembered.clear()
        _remembered_generation = None
