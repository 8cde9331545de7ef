"""Encryption of single values in the database (docs/adr/0009-field-encryption.md).

Promises:
- what `encrypt` returns says nothing without a key of FIELD_KEYS, none of which is in the database;
- `decrypt` returns the value or raises; it never hands the token out as if it were the value;
- no error of this module repeats a value, a token or a key.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.query_utils import DeferredAttribute

VARIABLE = "SIPTENAN_FIELD_KEYS"
KEY_MIN = 32  # characters; shorter ones are words, not keys
KEY_BYTES = 32
TOKEN = re.compile(r"enc1\.([0-9a-f]{8})\.([A-Za-z0-9_=-]+)")  # format, name of the key, Fernet token


class Unreadable(Exception):  # noqa: N818 - base of two refusals, named for what it means to the reader
    """A stored value cannot be decrypted."""


class LostKey(Unreadable):
    """The value was encrypted with a key that is not among FIELD_KEYS; with the key back it can be read."""


class Tampered(Unreadable):
    """The value is no token, or was changed after it was encrypted."""


# --- Keys -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Key:
    """What is derived from one key of the settings; `name` stands in every token and gives nothing away."""

    name: str
    fernet: Fernet = field(repr=False)
    lookup: bytes = field(repr=False)


def check_keys(keys: Iterable[str]) -> None:
    """Refuse keys that protect nothing; raises ImproperlyConfigured with the name of the variable."""
    given = list(keys)
    if not given:
        raise ImproperlyConfigured(f"The environment variable {VARIABLE} is required. See .env.example.")
    if any(len(key) < KEY_MIN for key in given):
        raise ImproperlyConfigured(f"{VARIABLE}: each key needs {KEY_MIN} characters at least.")
    if len(set(given)) < len(given):
        raise ImproperlyConfigured(f"{VARIABLE}: a key is named twice.")


def _derive(secret: str, purpose: str) -> bytes:
    """Return a key of its own for one purpose (HKDF, RFC 5869)."""
    info = f"siptenan.fields.{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret.encode())


@functools.lru_cache(maxsize=8)
def _keys_of(secrets: tuple[str, ...]) -> tuple[_Key, ...]:
    check_keys(secrets)
    return tuple(
        _Key(
            name=_derive(secret, "name").hex()[:8],
            fernet=Fernet(urlsafe_b64encode(_derive(secret, "encryption"))),
            lookup=_derive(secret, "lookup"),
        )
        for secret in secrets
    )


def _keys() -> tuple[_Key, ...]:
    """The keys of the settings, the newest first."""
    return _keys_of(tuple(settings.FIELD_KEYS))


# --- Values ---------------------------------------------------------------------------------------


def encrypt(text: str) -> str:
    """Return `text` encrypted and signed with the newest key, as ASCII; twice the same text gives two tokens."""
    newest = _keys()[0]
    return f"enc1.{newest.name}.{newest.fernet.encrypt(text.encode()).decode()}"


def decrypt(token: str) -> str:
    """Return the text again, whichever key of the settings it was encrypted with. Raises LostKey or Tampered."""
    found = TOKEN.fullmatch(token) if isinstance(token, str) else None
    if found is None:
        raise Tampered("A stored value is not an encrypted one.")
    keys = _keys()
    try:
        return MultiFernet([key.fernet for key in keys]).decrypt(found[2]).decode()
    except InvalidToken:
        if found[1] not in {key.name for key in keys}:
            raise LostKey(f"A value was encrypted with key {found[1]}, which is not in {VARIABLE}.") from None
        raise Tampered(f"A value encrypted with key {found[1]} was changed afterwards.") from None


def is_token(value: object) -> bool:
    """Whether a value looks like what `encrypt` returns."""
    return isinstance(value, str) and TOKEN.fullmatch(value) is not None


def is_current(token: str) -> bool:
    """Whether a token was made with the newest key."""
    found = TOKEN.fullmatch(token)
    return found is not None and found[1] == _keys()[0].name


# --- Finding equal values -------------------------------------------------------------------------


def lookup_digest(purpose: str, value: str) -> str:
    """Return what finds `value` again without decrypting: HMAC-SHA256 under a key of its own, 64 hex digits.

    Equal values of one `purpose` have equal digests, those of two purposes have not. Give the value in one spelling.
    It belongs to the newest key: to search while keys change, use `lookup_digests`.
    """
    return _digest(_keys()[0], purpose, value)


def lookup_digests(purpose: str, value: str) -> list[str]:
    """Return the digests that `value` may be stored under, the newest key's first: for `digest__in=`."""
    return [_digest(key, purpose, value) for key in _keys()]


def _digest(key: _Key, purpose: str, value: str) -> str:
    return hmac.digest(key.lookup, f"{purpose}\0{value}".encode(), hashlib.sha256).hex()


# --- Columns --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sealed:
    """A token as it came from the database; `values()` and the like give it instead of the text."""

    token: str = field(repr=False)


class _Unsealing(DeferredAttribute):
    """Decrypts when somebody reads the attribute, so that a lost key spoils neither lists nor deleting."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        return decrypt(value.token) if isinstance(value, Sealed) else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """A text that is encrypted in the database and plain on the object; reading it may raise Unreadable.

    It cannot be searched, since equal texts have different tokens. With `digest_field`, the name of a CharField of 64
    letters on the same model, that one is kept equal to `lookup_digest(purpose, text)` and can be. The empty text is
    stored as it is, its digest is empty. Who saves with `update_fields` names both.
    """

    descriptor_class = _Unsealing

    def __init__(self, *args: Any, digest_field: str = "", purpose: str = "", **kwargs: Any) -> None:
        if bool(digest_field) != bool(purpose):
            raise TypeError("digest_field and purpose go together")
        self.digest_field, self.purpose = digest_field, purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.digest_field:
            kwargs |= {"digest_field": self.digest_field, "purpose": self.purpose}
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[Any]:
        """common.E001: the digest column is missing, or is saved before this one has made it."""
        errors = super().check(**kwargs)
        names = [column.name for column in self.model._meta.local_concrete_fields]
        if self.digest_field and self.digest_field not in names[names.index(self.name) :]:
            text = f"The digest field {self.digest_field!r} must come after the field."
            errors.append(checks.Error(text, obj=self, id="common.E001"))
        return errors

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is any: all else would compare tokens, and silently find nothing."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | str | None:
        return Sealed(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if self.digest_field and not isinstance(value, Sealed):  # a sealed one has not been changed
            setattr(model_instance, self.digest_field, lookup_digest(self.purpose, value) if value else "")
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Sealed):
            value = value.token
        elif value and not hasattr(value, "as_sql"):
            value = encrypt(str(value))
        return super().get_db_prep_save(value, connection)
