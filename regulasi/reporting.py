"""“Laporkan masalah”: what a reader says about a regulation becomes a ticket, with the address of the regulation."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, QueryDict

from forms import references, services, spam
from forms.builder import HONEYPOT_FIELD, TOKEN_FIELD
from forms.enums import AnswerRole
from forms.form_fields import UnseenField
from forms.models import FormPage, Submission
from forms.questions import Question
from regulasi import citation
from regulasi.models import RegulationPage
from siptenan.common.clients import client_address
from siptenan.common.generation import per_generation
from siptenan.common.models import Channel
from siptenan.common.throttle import Allowance, Limit

# Whose officers read the reports: a form made for it, else the one for messages of any kind (CONTACT).
FORM_SLUGS = ("laporan-regulasi", "pesan")
LIMIT = Limit(count=5, seconds=60)  # an address
MAX_LETTERS = 2_000

ASKED = (
    Question("regulasi", "Regulasi", "singleline"),
    Question("alamat", "Alamat halaman", "singleline"),
    Question("masalah", "Masalah", "multiline", role=AnswerRole.QUESTION.value),
    Question("email", "Email", "email", required=False, role=AnswerRole.EMAIL.value),
)


class ReportForm(forms.Form):
    """What is asked; the regulation is known."""

    use_required_attribute = False  # the browser's own messages are not in the visitor's language

    masalah = forms.CharField(
        label="Apa masalahnya?",
        help_text="Misalnya: PDF tidak terbuka, tanggal keliru, atau sudah ada peraturan yang lebih baru.",
        min_length=10,
        max_length=MAX_LETTERS,
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={
            "required": "Tulis masalah yang Anda temukan.",
            "min_length": "Ceritakan sedikit lebih lengkap, paling sedikit 10 huruf.",
            "max_length": "Terlalu panjang. Paling banyak 2.000 huruf.",
        },
    )
    email = forms.EmailField(
        label="Email",
        required=False,
        help_text="Diisi bila Anda ingin dikabari.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "nama@contoh.id"}),
        error_messages={"invalid": "Alamat email belum lengkap. Contoh: nama@contoh.id."},
    )

    def __init__(self, data: QueryDict | None = None, *, token: str = "") -> None:
        super().__init__(data, initial={TOKEN_FIELD: token})
        self.fields[TOKEN_FIELD] = UnseenField(required=False, widget=forms.HiddenInput)
        self.fields[HONEYPOT_FIELD] = UnseenField(
            required=False,
            label="Jangan diisi",
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields that a visitor sees."""
        return [self["masalah"], self["email"]]

    @property
    def honeypot(self) -> forms.BoundField:
        """The field that only a bot fills in."""
        return self[HONEYPOT_FIELD]


def report_form() -> FormPage | None:
    """Return the form page whose officers get the reports; None when there is none to take them now."""
    form = _published_form()
    return form if form and form.is_open else None


@per_generation
def _published_form() -> FormPage | None:
    found = {page.slug: page for page in FormPage.objects.live().filter(slug__in=FORM_SLUGS)}
    return next((found[slug] for slug in FORM_SLUGS if slug in found), None)


def send(
    request: HttpRequest, page: RegulationPage, to: FormPage, form: ReportForm, token: references.FormToken
) -> Submission:
    """Store a valid report as a ticket. Raises throttle.Exceeded after LIMIT."""
    answers = {
        "regulasi": page.full_title[:255],
        "alamat": citation.permanent_url(page),
        "masalah": form.cleaned_data["masalah"],
        "email": form.cleaned_data["email"],
    }
    return services.submit(
        to,
        ASKED,
        answers,
        token,
        channel=Channel.DEFAULT_CODE,
        spam_reasons=spam.reasons(token, form.cleaned_data[HONEYPOT_FIELD], {"masalah": answers["masalah"]}),
        allowance=Allowance("regulasi-lapor", client_address(request), LIMIT),
    )
