"""What a template of a form is made of: rows as plain data, and the texts that several templates share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]  # the fields of forms.FormField

WHAT_HAPPENS_NEXT = (
    "Petugas membaca kiriman Anda dan menulis balasan.\n"
    "Anda membaca balasannya di halaman Lacak tiket dengan nomor tiket dan PIN Anda."
)


@dataclass(frozen=True)
class FormTemplate:
    """A form to start from: the fields of forms.FormPage and its rows. Contacts are the editor's to fill in."""

    code: str
    name: str
    summary: str  # one sentence, for the editor who chooses
    page: dict[str, Any]
    rows: tuple[Row, ...]


def question(label: str, kind: str = "singleline", **values: Any) -> Row:
    """One question."""
    return {"label": label, "field_type": kind, **values}


def section(title: str, introduction: str = "", **values: Any) -> Row:
    """The row that begins a section."""
    return {"label": title, "field_type": "section", "help_text": introduction, "required": False, **values}


def group(title: str, introduction: str = "", **values: Any) -> Row:
    """The row that begins a repeated group; with `max_repeats` 1 a heading, which also ends the group above it."""
    return {"label": title, "field_type": "group", "help_text": introduction, "required": False, **values}


def shown_if(key: str, *values: str) -> Row:
    """A condition, to be spread into a row: the question of this key was answered by one of the values."""
    return {"show_if_key": key, "show_if_operator": "any", "show_if_values": "\n".join(values)}


def consent(label: str, purpose: str, months: int) -> Row:
    """A consent (UU 27/2022, article 21): what the data are for, who sees them, how long they stay, which rights."""
    text = (
        f"Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan memakai data ini untuk {purpose}. "
        f"Hanya petugas layanan yang membacanya. Data disimpan paling lama {months} bulan sesudah tiket selesai, "
        "lalu dihapus. Anda boleh melihat, memperbaiki, atau meminta data dihapus, dan menarik persetujuan ini "
        "kapan saja dengan menyebutkan nomor tiket (UU Nomor 27 Tahun 2022)."
    )
    return question(label, "consent", text=text)


def ways_to_answer(*, phone_required: bool = False) -> tuple[Row, Row]:
    """Telephone and e-mail, by which an officer can tell that there is an answer."""
    return (
        question(
            "Nomor WhatsApp", "phone", required=phone_required, role="phone", placeholder="0812 3456 7890",
            width="half", help_text="Agar petugas dapat mengabari Anda.",
        ),
        question("Email", "email", required=False, role="email", placeholder="nama@contoh.id", width="half"),
    )  # fmt: skip
