"""Ticket numbers, PINs, status links and form tokens: everything a visitor holds in his hand.

Promises:
- a number is random, unique (the database decides) and can be read aloud: no I, L, O, 0 or 1;
- the same form token always gives the same PIN, so that a repeated send can show it again, although the
  database keeps only a keyed hash of it;
- nothing here can be computed without TICKET_KEY, which is not in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core import signing

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # 31 characters; 8 of them give 8.5e11 numbers
GROUP = 4
PIN_DIGITS = 6
PIN_SCOPE = "pin"  # under which siptenan.common.throttle counts wrong PINs of a number
TOKEN_SALT = "siptenan.form"  # noqa: S105 - the name of a purpose, not a secret
SEPARATOR = "~"  # may stand in an address and in a cookie as it is
TOKEN_MAX_AGE_S = 7 * 24 * 3600  # a form left open longer is shown again with everything typed


def _keyed(purpose: str, message: str) -> bytes:
    return hmac.digest(settings.TICKET_KEY.encode(), f"{purpose}\0{message}".encode(), hashlib.sha256)


def new_reference(prefix: str) -> str:
    """Return a number such as HAKI-7F3K-29QX. Uniqueness is the database's to decide."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(2 * GROUP))
    return f"{prefix}-{code[:GROUP]}-{code[GROUP:]}"


def normalise_reference(typed: str) -> str:
    """Return the number as stored, from whatever a person typed: spaces, dots, small letters, no dashes.

    What does not look like a number comes back cleaned but unchanged in meaning, and finds nothing.
    """
    compact = re.sub(r"[^A-Z0-9]", "", typed.upper())[:32]
    if len(compact) <= 2 * GROUP:
        return compact
    prefix, code = compact[: -2 * GROUP], compact[-2 * GROUP :]
    return f"{prefix}-{code[:GROUP]}-{code[GROUP:]}"


# --- PIN ------------------------------------------------------------------------------------------


def pin_for_token(token_id: str) -> str:
    """Return the six digits that belong to a form token, the same every time."""
    return f"{int.from_bytes(_keyed('pin', token_id)[:8]) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def random_pin() -> str:
    """Return six random digits: the PIN that an officer issues anew."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def hash_pin(reference: str, pin: str) -> str:
    """Return what is stored of a PIN.

    A keyed hash, not a slow one: a million PINs are tried in seconds against any unkeyed hash, and the key
    is outside the database (docs/adr/0004-pin-and-link.md).
    """
    return _keyed("pin-hash", f"{reference}\0{pin}").hex()


def pin_matches(reference: str, typed: str, stored: str) -> bool:
    """Whether the typed PIN (spaces allowed) is the stored one, in constant time."""
    digits = re.sub(r"\D", "", typed)
    return len(digits) == PIN_DIGITS and hmac.compare_digest(hash_pin(reference, digits), stored)


# --- Secret link ----------------------------------------------------------------------------------


def link_secret(reference: str, version: int) -> str:
    """Return the secret of a ticket's status link; a new PIN raises the version and kills the old link."""
    return _keyed("link", f"{reference}\0{version}").hex()[:32]


def link_digest(secret: str) -> str:
    """Return what is stored to find a ticket by its link."""
    return hashlib.sha256(secret.encode()).hexdigest()


# --- Form token -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class FormToken:
    """What a rendered form carries: which form, when it was rendered, and a random identity."""

    id: str
    form_id: int
    rendered_at: float  # seconds since the epoch

    @property
    def age_s(self) -> float:
        """Seconds since the form was rendered."""
        return time.time() - self.rendered_at

    @property
    def digest(self) -> str:
        """What the ticket keeps of the token: unique, so one token can never make two tickets."""
        return hashlib.sha256(self.id.encode()).hexdigest()


def issue_token(form_id: int, rendered_at: float | None = None) -> str:
    """Return a signed token for one rendering of a form, now unless told otherwise."""
    rendered_at = time.time() if rendered_at is None else rendered_at
    return _signed(TOKEN_SALT, FormToken(secrets.token_urlsafe(16), form_id, rendered_at))


def renew_token(raw: str, form_id: int) -> str:
    """Return a new token for a form that is shown again because `raw` was no good.

    One that has only grown too old keeps the time of its first rendering: whoever has had the form open for
    a week and presses the button again at once is no bot.
    """
    old = read_token(raw, form_id, max_age=None)
    return issue_token(form_id, old.rendered_at if old else None)


def read_token(raw: str, form_id: int, *, max_age: int | None = TOKEN_MAX_AGE_S) -> FormToken | None:
    """Return the token, or None when it is missing, forged, another form's or older than `max_age` seconds."""
    return _read(TOKEN_SALT, raw, form_id, max_age)


def _signed(salt: str, token: FormToken) -> str:
    """A token as text, signed for one purpose; signing.dumps would add JSON and base64, in twice the time."""
    value = SEPARATOR.join((token.id, str(token.form_id), str(token.rendered_at)))
    return signing.TimestampSigner(salt=salt, sep=SEPARATOR).sign(value)


def _read(salt: str, raw: str, form_id: int, max_age: int | None) -> FormToken | None:
    """What was signed for this purpose and form at most `max_age` seconds ago, else None."""
    try:
        value = signing.TimestampSigner(salt=salt, sep=SEPARATOR).unsign(raw, max_age=max_age)
    except signing.BadSignature:
        return None
    identity, token_form, rendered_at = value.split(SEPARATOR)
    return FormToken(identity, form_id, float(rendered_at)) if int(token_form) == form_id else None


# --- Receipt --------------------------------------------------------------------------------------


class ReceiptPass(StrEnum):
    """What opens a receipt: a cookie, for an hour, or a key in the address, once and for two minutes."""

    COOKIE = "cookie"
    KEY = "key"


RECEIPT_MAX_AGE_S = {ReceiptPass.COOKIE: 60 * 60, ReceiptPass.KEY: 2 * 60}


def issue_receipt_pass(kind: ReceiptPass, token: FormToken) -> str:
    """Return what opens the receipt of the ticket that a token made, from now on."""
    return _signed(f"siptenan.receipt.{kind}", token)


def read_receipt_pass(kind: ReceiptPass, raw: str, form_id: int) -> FormToken | None:
    """Return the token behind a pass, or None when it is missing, forged, too old, of another kind or form."""
    return _read(f"siptenan.receipt.{kind}", raw, form_id, RECEIPT_MAX_AGE_S[kind])
