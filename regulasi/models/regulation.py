"""One regulation: what an editor types of it, what is composed of that, and its PDF."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.fields.related import ForeignKey
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from regulasi import composition, panels
from regulasi.editing import RegulationCopyForm, RegulationForm
from regulasi.enums import Gazette
from siptenan.common.models import BasePage
from siptenan.common.models.pages import shortened

from .routes import RegulationRoutes
from .validation import YEARS
from .vocabulary import Initiator, LegalField, RegulationKind, Subject

MOST_SENTENCES = 5  # of "Apa artinya bagi IKM?"
# Routes of the list (regulasi.models.index_page), and what they may become.
RESERVED_SLUGS = frozenset({"cari", "csv", "data", "feed", "jdihn"})
SAFE_NAME = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", "Hanya huruf, angka, titik, dan garis, tanpa spasi.")


class RegulationQuerySet(PageQuerySet):
    """Questions the public pages and the CMS ask."""

    def public(self) -> RegulationQuerySet:
        """Published ones."""
        return super().public().live()

    def with_vocabulary(self) -> RegulationQuerySet:
        """The same with all that title, T.E.U. and source are composed of."""
        return self.select_related("kind", "initiator", "legal_field", "document__text")

    def same_as(self, regulation: composition.Identity) -> RegulationQuerySet:
        """Every page, published or not, of the same kind, issuer, number and year; none as long as one is not known."""
        kind, issuer, number, year = composition.identity(regulation)
        is_nameless = regulation.kind is not None and regulation.kind.is_of_initiator and issuer is None
        if kind is None or year is None or not number or is_nameless:
            return self.none()
        found = self.filter(kind=kind, year=year)
        if issuer is not None:
            found = found.filter(initiator=issuer)
        same = [pk for pk, other in found.values_list("pk", "number") if composition.number_key(other) == number]
        return self.filter(pk__in=same)


class RegulationPage(RegulationRoutes, BasePage):
    """A regulation with its metadata by JDIH (Permenkumham 8/2019).

    Title, T.E.U., abbreviation, source line and file name are composed (regulasi.composition) unless the editor gave
    one of his own in `own_...`. The address is composed until the page is first published; from then on it stays.
    """

    # What it is: everything else is composed of these.
    kind = models.ForeignKey(
        RegulationKind, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="jenis"
    )
    number = models.CharField("nomor", max_length=60)
    year = models.PositiveSmallIntegerField("tahun", null=True, validators=YEARS)
    about = models.TextField("tentang", help_text="Tanpa kata “tentang” di depannya.")
    initiator = models.ForeignKey(
        Initiator, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pemrakarsa"
    )
    own_title = models.TextField("judul", blank=True)
    own_teu = models.CharField("T.E.U. badan", max_length=200, blank=True)
    own_abbreviation = models.CharField("singkatan jenis", max_length=40, blank=True)
    own_source = models.CharField("sumber", max_length=255, blank=True)
    own_file_name = models.CharField("nama berkas", max_length=120, blank=True, validators=[SAFE_NAME])
    composed_slug = models.CharField(max_length=255, blank=True, editable=False)  # to tell it from an editor's own

    # Where it was promulgated.
    gazette = models.CharField("diundangkan di", max_length=2, choices=Gazette.choices, blank=True)
    gazette_year = models.PositiveSmallIntegerField("tahun lembaran", null=True, blank=True, validators=YEARS)
    gazette_number = models.CharField("nomor lembaran", max_length=20, blank=True)
    supplement_number = models.CharField("nomor tambahan lembaran", max_length=20, blank=True)
    page_count = models.PositiveSmallIntegerField("jumlah halaman", null=True, blank=True)

    # Dates that its status is derived from.
    enacted_on = models.DateField("tanggal penetapan", null=True)
    promulgated_on = models.DateField("tanggal pengundangan", null=True, blank=True)
    effective_on = models.DateField(
        "mulai berlaku", null=True, blank=True,
        help_text="Kosong: sejak diundangkan; jenis yang tidak diundangkan sejak ditetapkan.",
    )  # fmt: skip
    valid_until = models.DateField(
        "berlaku sampai", null=True, blank=True, help_text="Hari terakhir berlaku, bila tidak dicabut oleh yang lain."
    )
    valid_until_note = models.CharField("sebab berakhir", max_length=255, blank=True)

    enacted_place = models.CharField("tempat penetapan", max_length=80, blank=True)
    signatory = models.CharField("penandatangan", max_length=160, blank=True, help_text="Tanpa gelar.")
    language = models.CharField("bahasa", max_length=40, default="Indonesia")
    location = models.CharField("lokasi", max_length=160, blank=True, help_text="Tempat naskah cetaknya disimpan.")
    legal_field = models.ForeignKey(
        LegalField, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bidang hukum"
    )
    subjects = ParentalManyToManyField(Subject, blank=True, related_name="+", verbose_name="subjek")
    government_affair = models.CharField("urusan pemerintahan", max_length=120, blank=True)
    judicial_review = models.TextField("hasil uji materi", blank=True)

    document = models.ForeignKey(
        "common.SiteDocument", on_delete=models.PROTECT, null=True, related_name="regulations", verbose_name="PDF"
    )

    # The structured abstract: plain text, one item a line.
    considering = models.TextField("dasar menimbang", blank=True)
    legal_basis = models.TextField("dasar hukum", blank=True, help_text="Satu peraturan per baris, disingkat.")
    main_points = models.TextField("materi pokok", blank=True)
    notes = models.TextField("catatan", blank=True, help_text="Satu catatan per baris.")

    # "Apa artinya bagi IKM?"
    meaning = models.TextField("apa artinya bagi IKM", blank=True, help_text="Satu kalimat per baris, paling banyak 5.")
    must_act = models.CharField("siapa yang harus bertindak", max_length=200, blank=True)
    deadline = models.DateField("tenggat", null=True, blank=True)
    deadline_what = models.CharField("yang harus selesai saat itu", max_length=200, blank=True)

    objects = PageManager.from_queryset(RegulationQuerySet)()

    edit_handler = panels.edit_handler()
    base_form_class = RegulationForm
    copy_form_class = RegulationCopyForm
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("own_title"),
        index.SearchField("about"),
        index.SearchField("number"),
        index.FilterField("kind"),
        index.FilterField("year"),
        index.FilterField("initiator"),
    ]
    template = "regulasi/regulation_page.html"
    share_type = "article"
    parent_page_types = ["regulasi.RegulationIndexPage"]
    subpage_types: list[str] = []
    # A copy is the beginning of another regulation, which has revoked nothing yet.
    exclude_fields_in_copy = ["relations", "uses", "composed_slug"]

    class Meta:
        verbose_name = "regulasi"
        verbose_name_plural = "regulasi"
        indexes = [models.Index(fields=["kind", "year"], name="regulation_kind_year")]

    @classmethod
    def from_serializable_data(
        cls, data: dict, check_fks: bool = True, strict_fks: bool = False
    ) -> RegulationPage | None:
        """Build a page from one of its revisions, without the kind, field or PDF that was deleted since.

        modelcluster gives up on a missing row behind a PROTECT, and the editor could never open the page again.
        """
        for field in cls._meta.local_fields:
            if isinstance(field, ForeignKey) and field.remote_field.on_delete is models.PROTECT:
                pk = data.get(field.name)
                if pk is not None and not field.related_model._default_manager.filter(pk=pk).exists():
                    data = {**data, field.name: None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    # --- Checking ---------------------------------------------------------------------------------

    def full_clean(self, *args, **kwargs) -> None:
        self.compose()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """What Wagtail checks of a draft: a title and a free address, which are composed here."""
        self.compose()
        super().minimal_clean()

    def clean(self) -> None:
        super().clean()
        twin = self.twins().live().first() if self.live else None
        errors = {
            "number": twin and f"{twin.short_name} sudah punya halaman: “{twin.title}”. Ubah halaman itu.",
            "slug": self.slug in RESERVED_SLUGS and "Alamat ini sudah dipakai sistem. Pilih slug lain.",
            "promulgated_on": _is_before(self.promulgated_on, self.enacted_on)
            and "Tanggal ini sebelum tanggal penetapan.",
            "valid_until": _is_before(self.valid_until, self.holds_from) and "Tanggal ini sebelum peraturan berlaku.",
            "supplement_number": bool(self.supplement_number and not self.gazette_number)
            and "Isi juga nomor lembarannya.",
            "meaning": len(lines(self.meaning)) > MOST_SENTENCES
            and f"Paling banyak {MOST_SENTENCES} kalimat, satu per baris. Sekarang {len(lines(self.meaning))}.",
            "deadline": bool(self.deadline_what and not self.deadline) and "Isi tanggalnya juga.",
            "deadline_what": bool(self.deadline and not self.deadline_what)
            and "Tulis apa yang harus selesai pada tenggat itu.",
        }
        if found := {field: error for field, error in errors.items() if error}:
            raise ValidationError(found)

    def twins(self) -> RegulationQuerySet:
        """Other pages of the same regulation, published or not: there may be one."""
        return RegulationPage.objects.same_as(self).exclude(pk=self.pk)

    # --- Composed ---------------------------------------------------------------------------------

    def compose(self) -> None:
        """Fill in title and, until the first publication, an address that is not the editor's own."""
        self.number, self.about = " ".join(self.number.split()), " ".join(self.about.split())
        self.title = composition.cut(self.full_title)
        if self.slug in ("", self.composed_slug) and not self.first_published_at:  # type: ignore[has-type]  # Wagtail gives its fields no types
            free = self._free_slug(composition.slug(self))
            self.slug = free
            self.composed_slug = free

    def _free_slug(self, wanted: str) -> str:
        """An address that no other regulation has; all of them lie below the one list."""
        others = RegulationPage.objects.filter(slug__startswith=wanted).exclude(pk=self.pk)
        return composition.free_slug(wanted, {*RESERVED_SLUGS, *others.values_list("slug", flat=True)})

    @property
    def full_title(self) -> str:
        """The whole title; `title` is cut where Wagtail has no more room."""
        return " ".join(self.own_title.split()) or composition.title(self)

    @property
    def short_name(self) -> str:
        """How it is called in a sentence: `UU 20/2016`."""
        return composition.short_name(self)

    @property
    def teu(self) -> str:
        """The main entry heading."""
        return self.own_teu or composition.teu(self)

    @property
    def abbreviation(self) -> str:
        """The abbreviation of its kind: `PERMEN`."""
        return self.own_abbreviation or composition.abbreviation(self)

    @property
    def source(self) -> str:
        """Gazette and pages in one line."""
        return self.own_source or composition.source(self)

    @property
    def file_stem(self) -> str:
        """The name of its PDF, without extension."""
        return self.own_file_name.removesuffix(".pdf") or composition.file_name(self)

    @property
    def file_name(self) -> str:
        """The name of its PDF: `2016uu020.pdf`."""
        return f"{self.file_stem}.pdf"

    @property
    def abstract_file_name(self) -> str:
        """The name of the PDF of its abstract: `2016absuu020.pdf`."""
        return f"abs-{self.file_stem}.pdf" if self.own_file_name else f"{composition.abstract_file_name(self)}.pdf"

    @property
    def place(self) -> str:
        """Where it was enacted."""
        return self.enacted_place or (self.kind.place if self.kind else "")

    @property
    def holds_from(self) -> dt.date | None:
        """The first day that it binds; None when it is not known.

        Of a kind that is promulgated the day of its enactment does not tell: UU 14/2008 waited for two years.
        """
        is_promulgated = bool(self.kind and self.kind.gazette)
        return self.effective_on or self.promulgated_on or (None if is_promulgated else self.enacted_on)

    # --- Shown ------------------------------------------------------------------------------------

    @property
    def subject_line(self) -> str:
        """`MEREK - INDIKASI GEOGRAFIS`."""
        return " - ".join(sorted(subject.name for subject in self.subjects.all()))

    @property
    def has_abstract(self) -> bool:
        """Whether there is anything to print but the head."""
        return any((self.considering, self.legal_basis, self.main_points, self.notes))

    @property
    def meaning_sentences(self) -> list[str]:
        """What it means for a small industry, a sentence each."""
        return lines(self.meaning)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """The page itself, while there is a list that it is part of."""
        from regulasi.addresses import index_url

        return super().get_sitemap_urls(request) if index_url() else []

    @property
    def share_label(self) -> str:
        """Its kind, on the picture of shared links."""
        return self.kind.name if self.kind else ""

    @property
    def share_title(self) -> str:
        """What it is called where its address is shared."""
        return self.seo_title or self.full_title

    @property
    def share_description(self) -> str:
        """One sentence: the editor's own, else what it means, else what it orders, else its title."""
        return self.search_description or shortened(self.meaning or self.main_points or self.full_title)


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def _is_before(day: dt.date | None, other: dt.date | None) -> bool:
    return day is not None and other is not None and day < other
