"""Changing the keys of encrypted values: everything is encrypted anew with the newest of FIELD_KEYS.

EncryptedTextField columns are found by themselves. Who keeps tokens elsewhere, inside JSON for instance, registers
a holder in the `ready` of its app. Running it again, or a second one at the same time, does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models, transaction

from siptenan.common.encryption import (
    EncryptedTextField,
    Sealed,
    Unreadable,
    decrypt,
    encrypt,
    is_current,
    lookup_digest,
)


@dataclass
class Tally:
    """How many values one holder has, by what can be said of them."""

    current: int = 0  # encrypted with the newest key
    old: int = 0  # with an older one; after a rotation: those it has encrypted anew
    unreadable: int = 0  # their key is gone, or they were changed

    def renew(self, token: str) -> str | None:
        """Count a token; return the one to store instead, or None when it stays as it is."""
        try:
            text = decrypt(token)
        except Unreadable:
            self.unreadable += 1
            return None
        if is_current(token):
            self.current += 1
            return None
        self.old += 1
        return encrypt(text)


class Holder(Protocol):
    """Something that keeps tokens. `rotate` looks at each; with `write` it replaces the old ones."""

    label: str

    def rotate(self, *, write: bool) -> Tally: ...


_registered: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Make a holder known; the same one again changes nothing, another with its label is refused."""
    if type(_registered.setdefault(holder.label, holder)) is not type(holder):
        raise ValueError(f"Two holders are called {holder.label!r}.")


def holders() -> Iterator[Holder]:
    """Yield everything that keeps tokens: columns first, then what was registered."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield Column(model, field)
    yield from _registered.values()


class Column:
    """An EncryptedTextField, and the digest beside it."""

    def __init__(self, model: type[models.Model], field: EncryptedTextField) -> None:
        self.model, self.field = model, field
        self.label = f"{model._meta.label}.{field.name}"

    def rotate(self, *, write: bool) -> Tally:
        tally = Tally()
        manager = self.model._base_manager
        for pk in manager.order_by("pk").values_list("pk", flat=True).iterator():
            with transaction.atomic():
                row = manager.filter(pk=pk)
                found = (row.select_for_update() if write else row).values_list(self.field.name, flat=True).first()
                if isinstance(found, Sealed) and (token := tally.renew(found.token)) and write:
                    row.update(**self._values(token))
        return tally

    def _values(self, token: str) -> dict[str, Any]:
        values: dict[str, Any] = {self.field.name: Sealed(token)}
        if self.field.digest_field:
            values[self.field.digest_field] = lookup_digest(self.field.purpose, decrypt(token))
        return values
