"""Files between two screens: what was checked waits on the private storage until somebody confirms it.

Promises:
- a token opens the very file that it was given for, to the same user and for the same purpose, and for KEPT;
- no address leads to the file; whoever forgets to confirm leaves nothing behind (`purge`, by the worker).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core import signing
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.utils import timezone

from siptenan.common.documents import CHUNK

FOLDER = "menunggu"
KEPT = dt.timedelta(hours=2)


class NotStaged(Exception):  # noqa: N818 - too late, or confirmed already; no fault
    """There is no such file any more, or it was another one's."""


def stage(file: File, purpose: str, user_pk: int) -> str:
    """Keep a file and return the token that opens it again."""
    file.seek(0)
    name = _storage().save(f"{FOLDER}/{secrets.token_hex(16)}", file)
    file.seek(0)
    return signing.dumps({"name": name, "sha256": _digest(file), "user": user_pk}, salt=_salt(purpose))


@contextmanager
def opened(token: str, purpose: str, user_pk: int) -> Iterator[File]:
    """The file of a token. Raises NotStaged."""
    found = _read(token, purpose)
    if found["user"] != user_pk:
        raise NotStaged
    try:
        file = _storage().open(found["name"])
    except FileNotFoundError:
        raise NotStaged from None
    with file:
        if _digest(file) != found["sha256"]:
            raise NotStaged
        file.seek(0)
        yield file


def discard(token: str, purpose: str) -> None:
    """Delete the file of a token; one that is gone already is no fault."""
    _storage().delete(_read(token, purpose)["name"])


def purge() -> int:
    """Chore: delete what nobody confirmed in time; return how many files."""
    storage, late = _storage(), timezone.now() - KEPT
    try:
        _, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    old = [path for name in names if storage.get_modified_time(path := f"{FOLDER}/{name}") < late]
    for path in old:
        storage.delete(path)
    return len(old)


def _read(token: str, purpose: str) -> dict[str, Any]:
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=KEPT)
    except signing.BadSignature:  # or too old
        raise NotStaged from None


def _salt(purpose: str) -> str:
    return f"staged:{purpose}"


def _storage() -> Storage:
    return storages["private"]


def _digest(file: File | IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
