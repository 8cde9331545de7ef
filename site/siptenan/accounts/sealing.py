"""Secrets of the second factor are stored encrypted, so that a copy of the database alone opens no account.

The key is made from SECRET_KEY; what was sealed under a key of SECRET_KEY_FALLBACKS can still be opened.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "siptenan.accounts.sealing"


class SealBrokenError(Exception):
    """The text was sealed under a key that is gone, or it was tampered with."""


def seal(text: str) -> str:
    """Return `text` encrypted and signed (Fernet), as ASCII."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text again; raises SealBrokenError when no key of the settings fits."""
    try:
        return _box().decrypt(sealed).decode()
    except InvalidToken as error:
        raise SealBrokenError from error


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret_key: str | bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(SALT, "", secret=secret_key, algorithm="sha256").digest()))
