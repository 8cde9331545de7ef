"""Forms that are saved behind a code and opened again, on any device: the only writer of forms.models.saved_form.

What this module promises:
- what was typed comes back letter by letter, wrong or half filled in; NIK and consent do not, they are given anew;
- the code is not stored: what is stored finds the form of a code, and says nothing without a key of FIELD_KEYS;
- a code opens its form as often as needed until the time that its owner was told, and not a minute longer;
- the files follow whoever works on the form: those of all codes that came of one form belong to one form token, the
  one that was used last. They live as long as a code does (forms.uploads.purge_expired);
- when that token has made a ticket, nothing that was saved on the way to it stays.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
from collections.abc import Iterable

from django.core import signing
from django.db import transaction
from django.http import QueryDict

from forms import field_types, uploads
from forms.builder import CHANNEL_FIELD
from forms.field_types import QuestionType
from forms.field_types.consent import Consent
from forms.field_types.files import Files
from forms.models import FormPage, SavedForm
from forms.questions import Question
from forms.references import ALPHABET, FormToken
from siptenan.common.encryption import Unreadable, lookup_digest, lookup_digests

logger = logging.getLogger(__name__)

# A weekend between Friday evening and the office PC on Monday; each day more is a day longer that a lost slip of paper
# opens somebody's answers.
KEPT = dt.timedelta(days=3)
MAX_BYTES = 64 * 1024  # of the answers as JSON: ten long texts; what the request may hold is far more (settings)
GROUPS = (4, 3, 3)  # letters of a code, as it is shown
GUESSED_BY = GROUPS[0]  # letters by which guesses at one code are counted, whatever address they come from
CODE_LENGTH = sum(GROUPS)
PURPOSE = "saved-form"  # of lookup digests
REFERENCE_SALT = "siptenan.saved-form"


class UnknownCode(LookupError):  # noqa: N818 - a refusal, not a fault
    """No form is behind that code, or none any more; which of the two is not told."""


class TooLarge(ValueError):  # noqa: N818 - as above
    """More was typed than is kept."""


# --- Codes ----------------------------------------------------------------------------------------


def new_code() -> str:
    """Return a code such as 7F3K-29Q-XHM, without letters and digits that are mistaken for each other.

    Ten of 31 characters give 8.2e14 codes. A thousand forms saved at a time, and a hundred guesses a second for three
    days that no limit stops: one is found with a chance of 3 in 100,000. The limit for codes that begin alike (8.9e8
    of them, ten guesses in half an hour: forms.views.resume) leaves whoever knows the beginning 2 in a million.
    """
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    first, second = GROUPS[0], GROUPS[0] + GROUPS[1]
    return f"{letters[:first]}-{letters[first:second]}-{letters[second:]}"


def normalise_code(typed: str) -> str:
    """Return the bare letters of a code, from whatever a person typed: small letters, blanks, no dashes."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper())


# --- What is kept ---------------------------------------------------------------------------------


def _is_kept(kind: QuestionType) -> bool:
    """A file is kept as the number of a file that is here already. A consent is given when it is sent, not before."""
    return isinstance(kind, Files) or not (kind.is_private or isinstance(kind, Consent))


def left_out(asked: Iterable[Question]) -> list[str]:
    """Return what is not kept, by the words a visitor knows it by."""
    questions = [question for question in asked if not _is_kept(field_types.get(question.type))]
    named = ["persetujuan" if question.type == Consent.code else question.label for question in questions]
    return list(dict.fromkeys(named))


def _kept(asked: Iterable[Question], data: QueryDict) -> dict[str, list[str]]:
    names = [
        name for question in asked if _is_kept(kind := field_types.get(question.type)) for name in kind.names(question)
    ]
    return {name: data.getlist(name) for name in [*names, CHANNEL_FIELD] if name in data}


# --- Saving and opening ---------------------------------------------------------------------------


def save(
    page: FormPage, data: QueryDict, token: FormToken, now: dt.datetime, *, step: str = ""
) -> tuple[str, SavedForm]:
    """Keep what was typed, as it was sent, and return the code that opens it, which is nowhere else. Raises TooLarge.

    `step` is the key of the section on the screen. The time it expires has no seconds: what is shown is all of it.
    """
    answers = json.dumps(_kept(page.form_class.for_data(data).questions, data), ensure_ascii=False)
    if len(answers.encode()) > MAX_BYTES:
        raise TooLarge(len(answers))
    code = new_code()
    expires_at = (now + KEPT + dt.timedelta(seconds=59)).replace(second=0, microsecond=0)
    saved = SavedForm.objects.create(
        page=page,
        code_digest=lookup_digest(PURPOSE, normalise_code(code)),
        token_digest=token.digest,
        answers=answers,
        step=step,
        begun_at=dt.datetime.fromtimestamp(token.rendered_at, dt.UTC),
        created_at=now,
        expires_at=expires_at,
    )
    return code, saved


def restore(code: str) -> SavedForm:
    """Return what a code opens, however it is typed; raises UnknownCode. `reopen` then gives its files to a token."""
    digests = lookup_digests(PURPOSE, normalise_code(code))
    saved = SavedForm.objects.live().select_related("page").filter(code_digest__in=digests).first()
    if saved is None:
        raise UnknownCode
    try:
        _ = saved.answers
    except Unreadable as error:
        logger.error("Saved form %s cannot be read: %s", saved.pk, type(error).__name__)
        raise UnknownCode from None
    return saved


def reference_of(saved: SavedForm) -> str:
    """Return what a form carries to say which saved one it is; it opens nothing, it only lets the files follow."""
    return signing.dumps(saved.pk, salt=REFERENCE_SALT)


def take_over(reference: str, token: FormToken) -> None:
    """Let a saved form and its files follow to the token it is filled in with now; what is no reference is ignored."""
    try:
        pk = signing.loads(reference, salt=REFERENCE_SALT)
    except signing.BadSignature:
        return
    _hand_over(pk, token)


def reopen(saved: SavedForm, token: FormToken) -> None:
    """Give a saved form and its files to a new token."""
    _hand_over(saved.pk, token)


@transaction.atomic
def _hand_over(pk: int, token: FormToken) -> None:
    saved = SavedForm.objects.live().select_for_update().filter(pk=pk, page=token.form_id).first()
    if saved is None or saved.token_digest == token.digest:
        return
    uploads.hand_over(saved.token_digest, token)
    SavedForm.objects.filter(token_digest=saved.token_digest).update(token_digest=token.digest)


def forget(token: FormToken) -> int:
    """Delete what was saved of a form that has been sent, and return how many codes that ended."""
    return SavedForm.objects.filter(token_digest=token.digest).delete()[0]


def purge_expired() -> int:
    """Delete what nobody sent in time, and return how many; forms.uploads.purge_expired then takes the files."""
    return SavedForm.objects.expired().delete()[0]
