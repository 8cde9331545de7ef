"""Patterns that an editor chooses by their words; nobody in the office writes a regular expression."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pattern:
    """One pattern: its words for the editor, what an answer must match, what a visitor reads else, an example."""

    code: str
    label: str
    regex: str
    message: str
    example: str


PATTERNS = (
    Pattern("letters", "Tanpa angka (nama orang)", r"^[^\W\d_](?:[^\W\d_]|[ .,'\u2019-])*$",
            "pakai huruf saja, tanpa angka.", "Ibu Contoh"),
    Pattern("digits", "Angka saja", r"^\d+$", "pakai angka saja, tanpa spasi atau titik.", "12345"),
    Pattern("nib", "NIB (13 angka)", r"^\d{13}$", "NIB terdiri dari 13 angka. Contoh: 1234567890123.", "1234567890123"),
    Pattern("npwp", "NPWP (15 atau 16 angka)", r"^\d{2}\.?\d{3}\.?\d{3}\.?\d-?\d{3}\.?\d{3}$|^\d{16}$",
            "NPWP terdiri dari 15 atau 16 angka.", "0000000000000000"),
    Pattern("postcode", "Kode pos (5 angka)", r"^\d{5}$", "kode pos terdiri dari 5 angka. Contoh: 51111.", "51111"),
    Pattern("plate", "Huruf besar, angka, dan tanda hubung (nomor surat, kode)", r"^[A-Z0-9][A-Z0-9./-]*$",
            "pakai huruf besar, angka, titik, garis miring, dan tanda hubung saja.", "CONTOH/001"),
)  # fmt: skip

_BY_CODE = {pattern.code: pattern for pattern in PATTERNS}


def get(code: str) -> Pattern:
    """Return the pattern of a code; raises KeyError."""
    return _BY_CODE[code]


def choices() -> list[tuple[str, str]]:
    """Return (code, words) pairs for the editor."""
    return [(pattern.code, pattern.label) for pattern in PATTERNS]
