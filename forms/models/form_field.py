"""One question of a form page, as an editor builds it."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from itertools import count

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField
from wagtail.models import Orderable

from forms import field_types, groups, patterns
from forms.builder import RESERVED_NAMES
from forms.conditions import WITHOUT_VALUE, Operator
from forms.enums import AnswerRole
from forms.field_types.numbers import unit_names
from forms.questions import Condition, Question
from forms.upload_limits import LARGEST_MB

MOST_FILES = 10  # of one question
KEY_MAX = 60  # letters; a label in Arabic script gives six for each of its own


def free_key(wanted: str, taken: Collection[str]) -> str:
    """Return the key itself, or with the first number that makes it unique: satuan, satuan_2, satuan_3."""
    if wanted not in taken:
        return wanted
    return next(key for number in count(2) if (key := f"{wanted}_{number}") not in taken)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


class FormField(AbstractFormField):
    """One question. `clean_name`, its key, is made from the first label and never changes after."""

    class Width(models.TextChoices):
        FULL = "full", "Penuh"
        HALF = "half", "Setengah"

    only = ""  # what the procedure of the page asks of it (FormPage.get_form_fields)

    page = ParentalKey("forms.FormPage", on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField("jenis", max_length=16, choices=field_types.choices, default="singleline")
    # Lost when the field is redefined; drafts could not be previewed.
    field_type.required_on_save = True  # type: ignore[attr-defined]  # an attribute that Wagtail gives to fields
    choices = models.TextField("pilihan jawaban", blank=True, help_text="Satu pilihan per baris.")
    help_text = models.CharField("bantuan di bawah label", max_length=255, blank=True)
    default_value = models.TextField("isi awal", blank=True)
    placeholder = models.CharField("contoh di dalam isian", max_length=120, blank=True)
    width = models.CharField("lebar", max_length=4, choices=Width.choices, default=Width.FULL)
    max_length = models.PositiveIntegerField(
        "paling banyak huruf", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    text = models.TextField("teks", blank=True, help_text="Isi persetujuan atau penjelasan.")
    rows = models.TextField("baris tabel", blank=True, help_text="Satu pertanyaan per baris.")
    unit = models.CharField(
        "satuan", max_length=20, blank=True, help_text="Kode satuan di Referensi. Kosong: dipilih pengirim."
    )
    min_value = models.DecimalField("paling kecil", max_digits=20, decimal_places=2, null=True, blank=True)
    max_value = models.DecimalField("paling besar", max_digits=20, decimal_places=2, null=True, blank=True)
    min_length = models.PositiveIntegerField("paling sedikit huruf", null=True, blank=True)
    pattern = models.CharField("pola jawaban", max_length=12, blank=True, choices=patterns.choices)
    max_files = models.PositiveSmallIntegerField(
        "paling banyak berkas", default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_FILES)]
    )
    max_file_mb = models.PositiveSmallIntegerField(
        "paling besar (MB)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_MB)]
    )
    max_repeats = models.PositiveSmallIntegerField(
        "paling banyak diisi berapa kali",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(groups.MOST)],
        help_text="Kelompok ini berakhir di kelompok atau bagian berikutnya.",
    )
    error_text = models.CharField(
        "pesan kesalahan sendiri", max_length=160, blank=True, help_text="Kosong: pesan yang biasa dipakai."
    )
    show_if_key = models.CharField(
        "tampilkan hanya bila pertanyaan",
        max_length=255,
        blank=True,
        help_text="Pertanyaan di atasnya. Kosong: selalu tampil.",
    )
    show_if_operator = models.CharField(
        "adalah", max_length=8, choices=Operator.choices, default=Operator.EQUALS, blank=True
    )
    show_if_values = models.TextField("nilai", blank=True, help_text="Satu nilai per baris.")
    role = models.CharField(
        "arti bagi kotak masuk",
        max_length=20,
        choices=AnswerRole.choices,
        blank=True,
        help_text="Kolom kotak masuk yang diisi jawaban ini.",
    )

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("field_type", required_on_save=True), FieldPanel("required"), FieldPanel("width")]),
        FieldPanel("choices"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("placeholder"), FieldPanel("default_value")]),
        FieldPanel("text"),
        FieldPanel("rows"),
        FieldPanel("unit"),
        FieldPanel("max_repeats"),
        FieldPanel("role"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("min_length"), FieldPanel("max_length"), FieldPanel("pattern")]),
                FieldRowPanel([FieldPanel("min_value"), FieldPanel("max_value")]),
                FieldRowPanel([FieldPanel("max_files"), FieldPanel("max_file_mb")]),
                FieldPanel("error_text"),
            ],
            heading="Batas",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("show_if_key"), FieldPanel("show_if_operator"), FieldPanel("show_if_values")])],
            heading="Syarat tampil",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "pertanyaan"
        verbose_name_plural = "pertanyaan"

    def __str__(self) -> str:
        return self.label

    def get_field_clean_name(self) -> str:
        name = re.sub("_+", "_", super().get_field_clean_name())[:KEY_MAX].strip("_") or "isian"  # see forms.groups
        return f"{name}_isian" if name in RESERVED_NAMES else name

    def save(self, *args, **kwargs) -> None:
        if not self.clean_name:  # type: ignore[has-type]  # Wagtail does not say what it is
            others = FormField.objects.filter(page_id=self.page_id).exclude(pk=self.pk)
            self.clean_name = free_key(self.get_field_clean_name(), set(others.values_list("clean_name", flat=True)))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        question_type = field_types.get(self.field_type)
        if "rows" in question_type.settings and not lines(self.rows):
            raise ValidationError({"rows": "Isi paling sedikit satu baris."})
        if self.field_type in ("consent", "info") and not self.text.strip():
            raise ValidationError({"text": "Isi teksnya."})
        self._clean_limits(question_type)
        if self.min_value is not None and self.max_value is not None and self.min_value > self.max_value:
            raise ValidationError({"max_value": "Harus tidak lebih kecil dari “paling kecil”."})
        if question_type.has_choices and not self.choice_list:
            raise ValidationError({"choices": "Isi paling sedikit satu pilihan, satu per baris."})
        if self.max_length and question_type.max_length and self.max_length > question_type.max_length:
            raise ValidationError({"max_length": f"Paling banyak {question_type.max_length} untuk jenis ini."})
        if self.role and (question_type.is_private or not question_type.is_question):
            raise ValidationError({"role": "Jenis ini tidak dapat mengisi kolom kotak masuk."})
        if self.role == AnswerRole.PHONE and self.field_type != "phone":
            raise ValidationError({"role": "Pakai jenis “Nomor WhatsApp” untuk nomor pemohon."})
        if self.role == AnswerRole.EMAIL and self.field_type != "email":
            raise ValidationError({"role": "Pakai jenis “Email” untuk email pemohon."})

    def _clean_limits(self, question_type: field_types.QuestionType) -> None:
        asked = lines(self.rows)
        if "rows" in question_type.settings and len(set(asked)) < len(asked):
            raise ValidationError({"rows": "Dua baris tidak boleh sama: jawabannya akan tertukar."})
        if "unit" in question_type.settings and self.unit and self.unit not in unit_names():
            raise ValidationError({"unit": f"Satuan “{self.unit}” tidak ada di Referensi. Tulis kodenya, misalnya kg."})
        if self.min_length and self.max_length and self.min_length > self.max_length:
            raise ValidationError({"max_length": "Harus tidak lebih kecil dari “paling sedikit huruf”."})

    @property
    def choice_list(self) -> tuple[str, ...]:
        """The choices, one per line; a comma belongs to its choice ("Rp 1.000,00")."""
        return lines(self.choices)

    def as_question(self) -> Question:
        """The question as data."""
        return Question(
            key=self.clean_name or self.get_field_clean_name(),
            label=self.label,
            type=self.field_type,
            required=self.required,
            choices=self.choice_list,
            help_text=self.help_text,
            placeholder=self.placeholder,
            default=self.default_value,
            width=self.width,
            max_length=self.max_length,
            role=self.role,
            show_if=self.condition,
            text=self.text,
            rows=lines(self.rows),
            unit=self.unit,
            min_value=_plain(self.min_value),
            max_value=_plain(self.max_value),
            min_length=self.min_length,
            pattern=self.pattern,
            error_text=self.error_text,
            max_files=self.max_files,
            max_file_mb=self.max_file_mb,
            repeats=self.max_repeats if self.field_type == "group" else 1,
            only=self.only,
        )

    @property
    def condition(self) -> Condition | None:
        """When the question is asked; None is always."""
        if not self.show_if_key:
            return None
        values = () if self.show_if_operator in WITHOUT_VALUE else lines(self.show_if_values)
        return Condition(self.show_if_key, self.show_if_operator or Operator.EQUALS, values)
