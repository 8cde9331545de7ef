"""What is built from content that rarely changes, kept in the process until that content does change.

One row in the database counts the changes; `@per_generation` reads it (one query) and drops everything the
process remembered when it has moved on. So every process sees a change at its next request, without Redis.
Limits: signals see saves, not QuerySet.update() or raw SQL; call `bump()` after those.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

from django.db.models import F

MAX_REMEMBERED = 500  # entries a process; the site has fewer public pages than that

_lock = threading.Lock()
_remembered: dict[Any, Any] = {}
_remembered_generation: int | None = None


def current() -> int:
    """Return the number of the generation; one query."""
    from siptenan.common.models import Generation

    number = Generation.objects.values_list("number", flat=True).filter(pk=1).first()
    return 0 if number is None else number


def bump(*args: Any, **kwargs: Any) -> None:
    """Start a new generation; connected to the signals of everything that public pages are built from."""
    if kwargs.get("raw"):
        return
    from siptenan.common.models import Generation

    if not Generation.objects.filter(pk=1).update(number=F("number") + 1):
        Generation.objects.get_or_create(pk=1)


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
                return _remembered[key]
        result = function(*args)
        with _lock:
            if generation == _remembered_generation and len(_remembered) < MAX_REMEMBERED:
                _remembered[key] = result
        return result

    return wrapper


def forget() -> None:
    """Drop what this process remembers; tests call it between databases."""
    global _remembered_generation
    with _lock:
        _remembered.clear()
        _remembered_generation = None
