"""The form builder: a page whose questions an editor builds."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator, validate_email
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.forms.models import FormMixin
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from forms import field_types, procedures
from forms.builder import PublicForm, QuestionFormBuilder
from forms.clock import Target, TargetUnit
from forms.form_editing import REQUIRED_TO_PUBLISH, FormPageForm
from forms.models.form_field import FormField
from forms.panels import HealthPanel, QuestionsPanel
from forms.questions import Question
from siptenan.common import structured_data
from siptenan.common.models import BasePage

# forms.urls answers there: the page that has the address already
RESERVED_SLUGS = {"lacak": "Lacak tiket", "lanjutkan": "Lanjutkan isian"}
LONG_FROM = 9  # questions on one page: more than anybody fills in again with a light heart
PREFIX_HELP = "2 sampai 6 huruf besar di depan nomor tiket, misalnya HAKI pada HAKI-7F3K-29QX."


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


class SiteFormMixin(FormMixin):
    """FormMixin that can be instantiated in migrations (Wagtail 8.0.1 fails there without a template)."""

    template = ""


class Layout(models.TextChoices):
    """How the sections of a form follow each other."""

    SINGLE = "single", "Satu halaman"
    STEPS = "steps", "Satu bagian per langkah"


class FormPage(RoutablePageMixin, SiteFormMixin, BasePage):
    """A page with questions; what visitors send becomes a ticket in the inbox."""

    introduction = models.TextField("kalimat pembuka", blank=True)
    menu_label = models.CharField(
        "tulisan tombol di KALINDRI", max_length=80, blank=True, help_text="Kosong: judul halaman dipakai."
    )
    summary = models.CharField(
        "ringkasan di KALINDRI", max_length=160, blank=True, help_text="Satu kalimat di bawah tombol."
    )
    on_dashboard = models.BooleanField(
        "tampilkan di KALINDRI", default=True, help_text="Kosong: hanya yang tahu alamatnya yang membukanya."
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

    procedure = models.CharField(
        "alur tiket",
        max_length=20,
        choices=procedures.choices,
        default=procedures.Procedure.code,
        editable=False,  # chosen with the template: what a ticket goes through cannot change under it
    )
    layout = models.CharField("susunan", max_length=6, choices=Layout.choices, default=Layout.SINGLE)
    check_answers = models.BooleanField(
        "tampilkan halaman “Periksa jawaban” sebelum mengirim",
        default=False,
        help_text="Sebaiknya dipakai untuk formulir panjang.",
    )
    retention_months = models.PositiveSmallIntegerField(
        "simpan data pribadi (bulan)",
        default=24,
        validators=[MinValueValidator(1)],
        help_text="Sesudah tiket selesai. Lewat waktu itu nama, nomor, jawaban, dan foto dihapus; hitungan tetap.",
    )

    template = "forms/form_page.html"
    share_label = "Formulir"
    base_form_class = FormPageForm
    form_builder = QuestionFormBuilder
    is_live = True  # the script sends the form in place, and keeps a draft (ADR 0013)
    allowed_http_methods = ["GET", "HEAD", "OPTIONS", "POST"]
    parent_page_types = ["home.KalindriPage", "home.ContactPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        HealthPanel(heading="Kesehatan formulir", icon="help"),
        FieldPanel("introduction"),
        FieldPanel("show_contact_cards"),
        MultiFieldPanel([FieldRowPanel(["layout", "check_answers"])], heading="Susunan"),
        QuestionsPanel("form_fields", heading="Pertanyaan", label="Pertanyaan"),
        MultiFieldPanel(["button_text", "what_happens_next", "help_contact"], heading="Sesudah mengirim"),
        MultiFieldPanel(["on_dashboard", "menu_label", "summary"], heading="Di halaman KALINDRI"),
    ]
    settings_panels = [
        MultiFieldPanel(
            ["ticket_prefix", FieldRowPanel(["target_value", "target_unit"]), "notify_emails", "retention_months"],
            heading="Tiket",
        ),
        MultiFieldPanel([FieldRowPanel(["opens_at", "closes_at"]), "closed_message"], heading="Waktu buka"),
        HelpPanel("Siapa yang melihat tiket formulir ini diatur pada pengguna: menu Pengaturan → Pengguna."),
        *BasePage.settings_panels,
    ]

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
            taken_by = RESERVED_SLUGS[self.slug]
            raise ValidationError({"slug": f"Alamat ini sudah dipakai halaman {taken_by}. Pilih slug lain."})
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
    def in_steps(self) -> bool:
        """Whether each section is a step of its own."""
        return self.layout == Layout.STEPS

    @cached_property
    def can_be_resumed(self) -> bool:
        """Whether a visitor may save it and go on later: it is long, or asks for files, which some browsers lack."""
        kinds = [field_types.get(question.type) for question in self.form_class.questions]
        asked = [kind for kind in kinds if kind.is_question and kind.code != "hidden"]
        return self.in_steps or len(asked) >= LONG_FROM or any(isinstance(kind, field_types.Files) for kind in asked)

    @property
    def notify_addresses(self) -> list[str]:
        """Who is told of a new ticket."""
        return addresses(self.notify_emails)

    @property
    def eyebrow(self) -> str:
        """The line above the title on the manual's screens: KONSULTASI HAKI above "Form Konsultasi HAKI"."""
        name = self.title.removeprefix("Form ")
        return name.upper() if name != self.title else ""

    @property
    def button_label(self) -> str:
        """What the button on the KALINDRI page says."""
        return self.menu_label or self.title

    def get_form_fields(self) -> list[FormField]:
        """The rows of the form, in order; those of core questions know what the procedure asks of them."""
        limits = procedures.get(self.procedure).core_limits
        rows = list(self.form_fields.all())
        for row in rows:
            row.only = limits.get(row.clean_name, "")
        return rows

    def questions(self) -> tuple[Question, ...]:
        """The questions as data, in order."""
        return tuple(field.as_question() for field in self.get_form_fields())

    @cached_property
    def form_class(self) -> type[PublicForm]:
        """The form that these questions make; a page object shows one state of the page, so it is built once."""
        return self.get_form_class()

    @cached_property
    def receipt_path(self) -> str:
        """The path of the receipt below this page's own address."""
        return self.reverse_subpage("show_receipt")

    def structured_data(self, request: HttpRequest) -> list[dict]:
        return [*super().structured_data(request), structured_data.government_service(self, request)]

    def get_route_paths(self) -> list[str]:
        """The receipt follows the page to a new address, too."""
        return [*super().get_route_paths(), f"/{self.receipt_path}"]

    def resolve_subpage(self, path: str):
        """Redirects keep the route of the receipt without its last slash, and ask whether it is still there."""
        return super().resolve_subpage(path if path.endswith("/") else f"{path}/")

    # wagtail.contrib.forms keeps answers in a table of its own; ours are tickets in one inbox for all forms.

    def get_submission_class(self):
        from forms.models import Submission

        return Submission

    def get_submissions(self):
        return self.submissions.all()

    @path("")
    def show_form(self, request: HttpRequest) -> HttpResponse:
        """The form itself, and what is sent with it."""
        from forms.views.public import form_view

        return form_view(request, self)

    @path("terkirim/")
    def show_receipt(self, request: HttpRequest) -> HttpResponse:
        """The receipt of what this browser has just sent."""
        from forms.views.receipt import receipt_view

        return receipt_view(request, self)

    @path("terkirim/gambar/")
    def show_receipt_image(self, request: HttpRequest) -> HttpResponse:
        """The same receipt as a picture to keep on the phone."""
        from forms.views.receipt import receipt_image_view

        return receipt_image_view(request, self)

    @path("unggah/")
    def take_file(self, request: HttpRequest) -> HttpResponse:
        """Where the script of the form sends files, piece by piece."""
        from forms.views.uploads import upload_view

        return upload_view(request, self)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        from forms.views.preview import preview_modes

        return preview_modes(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from forms.views.preview import preview_view

        return preview_view(request, self, mode_name)
