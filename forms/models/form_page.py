"""The form builder: a page whose questions an editor builds, and its questions."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator, validate_email
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm
from wagtail.contrib.forms.models import AbstractFormField, FormMixin
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from forms import field_types
from forms.builder import RESERVED_NAMES, PublicForm, QuestionFormBuilder
from forms.clock import Target, TargetUnit
from forms.enums import AnswerRole
from forms.questions import Question
from siptenan.common.models import BasePage

KEY_MAX = 60  # letters; a label in Arabic script gives six for each of its own
RESERVED_SLUGS = frozenset({"lacak"})  # forms.urls answers there
PREFIX_HELP = "2 sampai 6 huruf besar di depan nomor tiket, misalnya HAKI pada HAKI-7F3K-29QX."
# Publishing without them is refused: a visitor must know what follows and whom to ask.
REQUIRED_TO_PUBLISH = {
    "what_happens_next": "Isi dulu “Apa yang terjadi selanjutnya” sebelum menerbitkan.",
    "help_contact": "Isi dulu “Kontak bantuan” sebelum menerbitkan.",
}


def addresses(text: str) -> list[str]:
    """Return the e-mail addresses of a comma- or line-separated text."""
    return [word for word in re.split(r"[,;\s]+", text) if word]


def validate_addresses(text: str) -> None:
    """Refuse a list with something that is not an e-mail address, naming it."""
    for address in addresses(text):
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(f"“{address}” bukan alamat email.") from None


def free_key(wanted: str, taken: Collection[str]) -> str:
    """Return the key itself, or with the first number that makes it unique: satuan, satuan_2, satuan_3."""
    if wanted not in taken:
        return wanted
    return next(key for number in count(2) if (key := f"{wanted}_{number}") not in taken)


class FormPageForm(WagtailAdminFormPageForm):
    """The editor's form of a form page."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # A question of an older revision may be gone from the table; Django would refuse its id, and so the revert.
        for row in self._question_forms():
            row.fields["id"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=row.fields["id"].initial
            )

    def _question_forms(self) -> list[forms.ModelForm]:
        formset = self.formsets.get("form_fields")
        return formset.forms if formset else []

    def clean(self) -> dict:
        self._name_new_questions()
        cleaned = super().clean()
        if not self.is_deferred_validation:  # saving a draft may leave them for later, publishing may not
            for name, message in REQUIRED_TO_PUBLISH.items():
                if not cleaned.get(name, "").strip():
                    self.add_error(name, message)
            rows = [row for row in self._question_forms() if row.is_valid()]
            if not any(row.cleaned_data and not row.cleaned_data.get("DELETE") for row in rows):
                self.add_error(None, "Tambahkan paling sedikit satu pertanyaan sebelum menerbitkan.")
        return cleaned

    def _name_new_questions(self) -> None:
        """Give new questions keys of their own; Wagtail, which looks next, refuses two questions of one label."""
        rows = [form.instance for form in self._question_forms() if form.is_valid() or form.instance.label]
        taken = {row.clean_name for row in rows}
        for row in rows:
            if row.label and not row.clean_name:
                row.clean_name = free_key(row.get_field_clean_name(), taken)
                taken.add(row.clean_name)


class SiteFormMixin(FormMixin):
    """FormMixin that can be instantiated in migrations (Wagtail 8.0.1 fails there without a template)."""

    template = ""


class FormPage(RoutablePageMixin, SiteFormMixin, BasePage):
    """A page with questions; what visitors send becomes a ticket in the inbox."""

    introduction = models.TextField("kalimat pembuka", blank=True)
    menu_label = models.CharField(
        "tulisan tombol di KALINDRI", max_length=80, blank=True, help_text="Kosong: judul halaman dipakai."
    )
    summary = models.CharField(
        "ringkasan di KALINDRI", max_length=160, blank=True, help_text="Satu kalimat di bawah tombol."
    )
    show_contact_cards = models.BooleanField("tampilkan kartu kontak", default=True)
    button_text = models.CharField("tulisan tombol kirim", max_length=40, default="Kirim Pertanyaan")
    what_happens_next = models.TextField(
        "apa yang terjadi selanjutnya",
        blank=True,
        help_text="Dibaca pengirim sesudah mengirim. Wajib diisi sebelum halaman diterbitkan.",
    )
    help_contact = models.CharField(
        "kontak bantuan",
        max_length=160,
        blank=True,
        help_text="Siapa yang bisa ditanya bila formulir bermasalah. Wajib diisi sebelum halaman diterbitkan.",
    )
    ticket_prefix = models.CharField(
        "awalan nomor tiket",
        max_length=6,
        default="TIKET",
        validators=[RegexValidator(r"^[A-Z]{2,6}$", "Pakai 2 sampai 6 huruf besar.")],
        help_text=PREFIX_HELP,
    )
    target_value = models.PositiveSmallIntegerField(
        "target jawaban",
        default=2,
        validators=[MinValueValidator(1)],
        help_text="Dihitung dalam waktu kerja.",
    )
    target_unit = models.CharField(
        "satuan target",
        max_length=10,
        choices=((TargetUnit.HOURS.value, "jam kerja"), (TargetUnit.DAYS.value, "hari kerja")),
        default=TargetUnit.DAYS.value,
    )
    opens_at = models.DateTimeField("dibuka pada", null=True, blank=True)
    closes_at = models.DateTimeField("ditutup pada", null=True, blank=True)
    closed_message = models.TextField(
        "pesan saat ditutup",
        default="Formulir ini sedang ditutup. Silakan hubungi kami lewat kontak di bawah.",
    )
    notify_emails = models.TextField(
        "kirim pemberitahuan ke",
        blank=True,
        validators=[validate_addresses],
        help_text="Alamat email petugas, dipisah koma. Isi pertanyaan tidak ikut dikirim, hanya nomor tiket.",
    )

    template = "forms/form_page.html"
    base_form_class = FormPageForm
    form_builder = QuestionFormBuilder
    allowed_http_methods = ["GET", "HEAD", "OPTIONS", "POST"]
    parent_page_types = ["home.KalindriPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("show_contact_cards"),
        InlinePanel("form_fields", heading="Pertanyaan", label="Pertanyaan"),
        MultiFieldPanel(["button_text", "what_happens_next", "help_contact"], heading="Sesudah mengirim"),
        MultiFieldPanel(["menu_label", "summary"], heading="Di halaman KALINDRI"),
    ]
    settings_panels = [
        MultiFieldPanel(
            ["ticket_prefix", FieldRowPanel(["target_value", "target_unit"]), "notify_emails"],
            heading="Tiket",
        ),
        MultiFieldPanel([FieldRowPanel(["opens_at", "closes_at"]), "closed_message"], heading="Waktu buka"),
        HelpPanel("Siapa yang melihat tiket formulir ini diatur pada pengguna: menu Pengaturan → Pengguna."),
        *BasePage.settings_panels,
    ]
    preview_modes = [("form", "Formulir"), ("closed", "Saat ditutup"), ("receipt", "Bukti kirim")]

    class Meta:
        verbose_name = "halaman formulir"
        verbose_name_plural = "halaman formulir"

    def save(self, clean: bool = True, **kwargs) -> None:
        if clean and self.live:  # every way to publish ends here, those past the editor's form too
            missing = {name: text for name, text in REQUIRED_TO_PUBLISH.items() if not getattr(self, name).strip()}
            if missing:
                raise ValidationError(missing)
        super().save(clean=clean, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Alamat ini sudah dipakai halaman Lacak tiket. Pilih slug lain."})
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": "Waktu tutup harus sesudah waktu buka."})

    @property
    def target(self) -> Target:
        """The promise of this form: so many working hours or days."""
        return Target(self.target_value, TargetUnit(self.target_unit))

    @property
    def is_open(self) -> bool:
        """Whether the form takes answers now."""
        now = timezone.now()
        return not ((self.opens_at and now < self.opens_at) or (self.closes_at and now >= self.closes_at))

    @property
    def notify_addresses(self) -> list[str]:
        """Who is told of a new ticket."""
        return addresses(self.notify_emails)

    @property
    def button_label(self) -> str:
        """What the button on the KALINDRI page says."""
        return self.menu_label or self.title

    def questions(self) -> tuple[Question, ...]:
        """The questions as data, in order."""
        return tuple(field.as_question() for field in self.get_form_fields())

    @cached_property
    def form_class(self) -> type[PublicForm]:
        """The form that these questions make; a page object shows one state of the page, so it is built once."""
        return self.get_form_class()

    # wagtail.contrib.forms keeps answers in a table of its own; ours are tickets in one inbox for all forms.

    def get_submission_class(self):
        from forms.models import Submission

        return Submission

    def get_submissions(self):
        return self.submissions.all()

    def get_submissions_list_view_class(self):
        from forms.views.inbox import FormInboxRedirect

        return FormInboxRedirect

    @path("")
    def show_form(self, request: HttpRequest) -> HttpResponse:
        """The form itself, and what is sent with it."""
        from forms.views.public import form_view

        return form_view(request, self)

    @path("terkirim/")
    def show_receipt(self, request: HttpRequest) -> HttpResponse:
        """The receipt of what this browser has just sent."""
        from forms.views.public import receipt_view

        return receipt_view(request, self)

    @path("terkirim/gambar/")
    def show_receipt_image(self, request: HttpRequest) -> HttpResponse:
        """The same receipt as a picture to keep on the phone."""
        from forms.views.public import receipt_image_view

        return receipt_image_view(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from forms.views.public import preview_view

        return preview_view(request, self, mode_name)


class FormField(AbstractFormField):
    """One question. `clean_name`, its key, is made from the first label and never changes after."""

    class Width(models.TextChoices):
        FULL = "full", "Penuh"
        HALF = "half", "Setengah"

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
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
        FieldRowPanel([FieldPanel("max_length"), FieldPanel("role")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "pertanyaan"
        verbose_name_plural = "pertanyaan"

    def __str__(self) -> str:
        return self.label

    def get_field_clean_name(self) -> str:
        name = super().get_field_clean_name()[:KEY_MAX].strip("_") or "isian"
        return f"{name}_isian" if name in RESERVED_NAMES else name

    def save(self, *args, **kwargs) -> None:
        if not self.clean_name:  # type: ignore[has-type]  # Wagtail does not say what it is
            others = FormField.objects.filter(page_id=self.page_id).exclude(pk=self.pk)
            self.clean_name = free_key(self.get_field_clean_name(), set(others.values_list("clean_name", flat=True)))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        question_type = field_types.get(self.field_type)
        if question_type.has_choices and not self.choice_list:
            raise ValidationError({"choices": "Isi paling sedikit satu pilihan, satu per baris."})
        if self.max_length and question_type.max_length and self.max_length > question_type.max_length:
            raise ValidationError({"max_length": f"Paling banyak {question_type.max_length} untuk jenis ini."})
        if self.role == AnswerRole.PHONE and self.field_type != "phone":
            raise ValidationError({"role": "Pakai jenis “Nomor WhatsApp” untuk nomor pemohon."})
        if self.role == AnswerRole.EMAIL and self.field_type != "email":
            raise ValidationError({"role": "Pakai jenis “Email” untuk email pemohon."})

    @property
    def choice_list(self) -> tuple[str, ...]:
        """The choices, one per line; a comma belongs to its choice ("Rp 1.000,00")."""
        return tuple(line.strip() for line in self.choices.splitlines() if line.strip())

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
        )
