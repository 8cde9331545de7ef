"""Telephone numbers: written in many ways, stored in one (E.164), shown as people in Indonesia write them.

The numbering plan is Google's, through `phonenumbers`. Only numbers that can have WhatsApp are accepted.
"""

from __future__ import annotations

import unicodedata
from typing import NoReturn
from urllib.parse import quote

import phonenumbers
from django.core.exceptions import ValidationError
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult

INDONESIA = 62
MIN_DIGITS = 7  # no country has shorter mobile numbers, country code included
MAX_DIGITS = 17  # 15 of ITU-T E.164 and room for a "(0)" or "00" that falls away
EXAMPLE = "Contoh: 0812 3456 7890"

MESSAGES = {
    "letters": f"Nomor WhatsApp hanya boleh berisi angka. {EXAMPLE}",
    "too_short": f"Nomor WhatsApp terlalu pendek. {EXAMPLE}",
    "too_long": f"Nomor WhatsApp terlalu panjang. Isi satu nomor saja. {EXAMPLE}",
    "not_mobile": f"Ini bukan nomor ponsel. Isi nomor ponsel yang memakai WhatsApp. {EXAMPLE}",
    "invalid": (
        f"Nomor WhatsApp ini tidak dikenal. Periksa kembali angkanya. {EXAMPLE}. "
        "Nomor luar negeri diawali tanda + dan kode negara."
    ),
}

UNPARSED = {
    NumberParseException.TOO_SHORT_NSN: "too_short",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too_short",
    NumberParseException.TOO_LONG: "too_long",
}
IMPOSSIBLE = {ValidationResult.TOO_SHORT: "too_short", ValidationResult.TOO_LONG: "too_long"}


def _refuse(code: str) -> NoReturn:
    raise ValidationError(MESSAGES[code], code=code)


def digits(raw: str) -> str:
    """The digits of `raw` as 0-9, whatever script or width they were typed in; all else is dropped."""
    return "".join(str(unicodedata.decimal(char)) for char in raw if char.isdecimal())


def _international(raw: str) -> str:
    """`raw` with its country code written out, ready for the parser.

    The parser is never left to guess the country: it reads "62812..." as the fixed line 0628-12..., and
    "00812..." as a call to North America.
    """
    number = digits(raw)
    text = unicodedata.normalize("NFKC", raw)
    if next((char for char in text if char == "+" or char.isdecimal()), "") == "+":
        return f"+{number}"
    number = number.removeprefix("00") if number.startswith(f"00{INDONESIA}") else number
    if number.startswith(str(INDONESIA)):
        return f"+{number}"
    if number.startswith("8"):
        return f"+{INDONESIA}{number}"
    if number.startswith("0") and not number.startswith("00"):
        return f"+{INDONESIA}{number[1:]}"
    _refuse("invalid")


def normalise(raw: str) -> str:
    """Return `raw` in E.164, such as `+6281234567890`.

    An Indonesian number must be a mobile one; a foreign number, written with its `+`, must be valid there.
    Raises ValidationError with one of the codes of MESSAGES and words that say how to mend it.
    """
    if any(char.isalpha() for char in raw):
        _refuse("letters")
    if len(digits(raw)) < MIN_DIGITS:
        _refuse("too_short")
    if len(digits(raw)) > MAX_DIGITS:
        _refuse("too_long")
    try:
        number = phonenumbers.parse(_international(raw))
    except NumberParseException as error:
        _refuse(UNPARSED.get(error.error_type, "invalid"))
    if not phonenumbers.is_valid_number(number):
        reason = phonenumbers.is_possible_number_for_type_with_reason(number, PhoneNumberType.MOBILE)
        _refuse(IMPOSSIBLE.get(reason, "invalid"))
    if number.country_code == INDONESIA and phonenumbers.number_type(number) != PhoneNumberType.MOBILE:
        _refuse("not_mobile")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def national(e164: str) -> str:
    """`0812-3456-7890` for an Indonesian number, `+60 12-345 6789` for a foreign one.

    A value that is no number is returned as it stands: an old record must still be readable.
    """
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    home = number.country_code == INDONESIA
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def whatsapp_url(e164: str, text: str) -> str:
    """The wa.me link that opens a chat with `e164` and `text` already typed.

    wa.me wants digits only; spaces are %20, since WhatsApp shows the `+` of form encoding as a plus sign.
    """
    return f"https://wa.me/{digits(e164)}?text={quote(text, safe='')}"


def search_fragments(e164: str) -> str:
    """Every way of writing `e164` without punctuation, so that a part of any of them finds it.

    `+6281234567890 081234567890 6281234567890`
    """
    spellings = (e164, digits(national(e164)), digits(e164))
    return " ".join(dict.fromkeys(spellings))
