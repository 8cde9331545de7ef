"""Kesehatan formulir: what an editor should mend before visitors meet it. Pure: it looks at a page and its questions.

Nothing here refuses to publish; forms.form_editing does that. A finding says what is wrong and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from forms import conditions, field_types
from forms.conditions import Operator
from forms.questions import Condition, Question
from forms.steps import outline

if TYPE_CHECKING:
    from forms.models import FormPage

MOST_QUESTIONS = 12  # on one page of a phone


class Severity(StrEnum):
    """How much a finding matters; the value is the word that editors read."""

    MUST = "Harus"
    SHOULD = "Sebaiknya"


@dataclass(frozen=True)
class Finding:
    """One thing to mend."""

    code: str
    severity: Severity
    wrong: str
    advice: str


def findings(page: FormPage, *, has_officer: bool) -> list[Finding]:
    """Return what is to be mended, the most urgent first. `has_officer`: whether somebody was given this form."""
    questions = page.questions()
    found = [
        *_texts(page),
        *_recipients(page, has_officer=has_officer),
        *_times(page),
        *_privacy(page, questions),
        *_length(page, questions),
        *_labels(questions),
        *_conditions(questions),
    ]
    return sorted(found, key=lambda finding: finding.severity != Severity.MUST)


def _texts(page: FormPage) -> Iterator[Finding]:
    if not page.what_happens_next.strip():
        yield Finding(
            "what_happens_next", Severity.MUST, "Pengirim tidak tahu apa yang terjadi selanjutnya.",
            "Isi “Apa yang terjadi selanjutnya” di bawah daftar pertanyaan. Tanpa itu halaman tidak dapat diterbitkan.",
        )  # fmt: skip
    if not page.help_contact.strip():
        yield Finding(
            "help_contact", Severity.MUST, "Belum ada kontak bantuan.",
            "Isi “Kontak bantuan” dengan nomor atau tempat untuk bertanya. "
            "Tanpa itu halaman tidak dapat diterbitkan.",
        )  # fmt: skip


def _recipients(page: FormPage, *, has_officer: bool) -> Iterator[Finding]:
    if page.notify_addresses:
        return
    yield Finding(
        "recipient", Severity.SHOULD if has_officer else Severity.MUST,
        "Tidak ada yang mendapat surel saat ada kiriman baru."
        if has_officer
        else "Kiriman tidak sampai kepada siapa pun: tidak ada petugas dan tidak ada alamat surel.",
        "Isi “Kirim pemberitahuan ke” di tab Pengaturan."
        if has_officer
        else "Isi “Kirim pemberitahuan ke” di tab Pengaturan, atau minta admin memberikan formulir ini kepada petugas.",
    )  # fmt: skip


def _times(page: FormPage) -> Iterator[Finding]:
    if page.closes_at and page.closes_at <= timezone.now():
        yield Finding(
            "closed", Severity.MUST, "Waktu tutup sudah lewat, jadi pengunjung hanya melihat pesan penutupan.",
            "Ubah atau kosongkan “Ditutup pada” di tab Pengaturan bila formulir masih dipakai.",
        )  # fmt: skip


def _privacy(page: FormPage, questions: tuple[Question, ...]) -> Iterator[Finding]:
    if not page.retention_months:
        yield Finding(
            "retention", Severity.MUST, "Belum ditentukan berapa lama data pribadi disimpan.",
            "Isi “Simpan data pribadi (bulan)” di tab Pengaturan.",
        )  # fmt: skip
    personal = [question for question in questions if field_types.get(question.type).is_personal]
    if personal and not any(field_types.get(question.type).is_consent for question in questions):
        # Being asked what one knows an office needs is one thing; to hand over a NIK or a photo another.
        is_sensitive = any(field_types.get(question.type).is_private for question in personal)
        yield Finding(
            "consent", Severity.MUST if is_sensitive else Severity.SHOULD,
            f"Formulir meminta data pribadi ({_listed([question.label for question in personal])}) tanpa persetujuan.",
            "Tambahkan pertanyaan jenis “Persetujuan” yang menyebut data dipakai untuk apa, "
            "berapa lama disimpan, dan hak pengirim.",
        )  # fmt: skip


def _length(page: FormPage, questions: tuple[Question, ...]) -> Iterator[Finding]:
    parts = outline(questions)
    counts = [sum(field_types.get(row.type).is_question for row in part.rows) for part in parts]
    if not any(counts):
        yield Finding("questions", Severity.MUST, "Belum ada pertanyaan.", "Tambahkan paling sedikit satu pertanyaan.")
    elif not page.in_steps:
        if sum(counts) > MOST_QUESTIONS:
            yield Finding(
                "length", Severity.SHOULD,
                f"Satu halaman berisi {sum(counts)} pertanyaan; di HP lebih dari {MOST_QUESTIONS} melelahkan.",
                "Hapus yang tidak perlu, atau tambahkan “Bagian baru (judul)”, "
                "lalu pilih susunan “Satu bagian per langkah”.",
            )  # fmt: skip
    else:
        for part, count in zip(parts, counts, strict=True):
            if count > MOST_QUESTIONS:
                yield Finding(
                    "length", Severity.SHOULD,
                    f"Langkah “{part.title or 'pertama'}” berisi {count} pertanyaan; paling baik {MOST_QUESTIONS}.",
                    "Bagi menjadi dua bagian, atau hapus yang tidak perlu.",
                )  # fmt: skip


def _labels(questions: tuple[Question, ...]) -> Iterator[Finding]:
    labels = [question.label.strip() for question in questions if field_types.get(question.type).is_question]
    counts = Counter(label.casefold() for label in labels)
    for label in dict.fromkeys(labels):
        if counts.pop(label.casefold(), 0) > 1:
            yield Finding(
                "label", Severity.SHOULD, f"Ada lebih dari satu pertanyaan “{label}”.",
                "Beri label yang berbeda, agar pengirim dan petugas tidak tertukar.",
            )  # fmt: skip


def _conditions(questions: tuple[Question, ...]) -> Iterator[Finding]:
    above: dict[str, Question] = {}
    always: set[str] = set()  # what no condition can hide
    section_always = group_always = True
    for question in questions:
        if question.type == "section":
            section_always, group_always = question.show_if is None, True
        elif question.type == "group":
            group_always = question.show_if is None
        if question.show_if and (looked_at := above.get(question.show_if.key)):
            if _never_holds(question.show_if, looked_at, is_always_asked=looked_at.key in always):
                noun = {"section": "Bagian", "group": "Kelompok"}.get(question.type, "Pertanyaan")
                yield Finding(
                    "condition", Severity.MUST, f"{noun} “{question.label}” tidak pernah tampil.",
                    f"Syaratnya tidak mungkin terpenuhi oleh jawaban “{looked_at.label}”. Ubah syarat atau batasnya.",
                )  # fmt: skip
        elif section_always and group_always:
            always.add(question.key)
        above[question.key] = question


def _never_holds(condition: Condition, looked_at: Question, *, is_always_asked: bool) -> bool:
    """Whether the question a condition looks at refuses every answer that it wants."""
    if condition.operator == Operator.EMPTY:
        return looked_at.required and is_always_asked
    if "min_value" not in field_types.get(looked_at.type).settings:
        return False
    least = Decimal(looked_at.min_value or "-Infinity")
    most = Decimal(looked_at.max_value or "Infinity")
    wanted = [number for value in condition.values if (number := conditions.number(value)) is not None]
    if not wanted:
        return False
    if condition.operator == Operator.GREATER:
        return wanted[0] >= most
    if condition.operator == Operator.LESS:
        return wanted[0] <= least
    return condition.operator in (Operator.EQUALS, Operator.ANY) and not any(least <= n <= most for n in wanted)


def _listed(labels: list[str]) -> str:
    shown = ", ".join(labels[:3])
    return f"{shown}, dan {len(labels) - 3} lagi" if len(labels) > 3 else shown
