"""How regulations hang together. Only regulasi.relations reads these rows; what it makes of them is shown."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from regulasi import composition
from regulasi.enums import Verb

from .validation import YEARS


class RegulationStub(models.Model):
    """A regulation that the office does not hold, but that others are related to.

    When a page of the same regulation is published, `held_as` names it, and the page takes the place of the stub.
    """

    kind = models.ForeignKey(
        "regulasi.RegulationKind", on_delete=models.PROTECT, related_name="+", verbose_name="jenis"
    )
    initiator = models.ForeignKey(
        "regulasi.Initiator", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="pemrakarsa", help_text="Wajib untuk peraturan menteri, badan, dan lembaga.",
    )  # fmt: skip
    number = models.CharField("nomor", max_length=60)
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    about = models.TextField("tentang")
    url = models.URLField("alamat di luar", blank=True, help_text="Halaman resminya, misalnya di JDIH.")
    held_as = models.ForeignKey(
        "regulasi.RegulationPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "regulasi luar"
        verbose_name_plural = "regulasi luar"
        ordering = ["kind__rank", "-year", "number"]

    def __str__(self) -> str:
        return composition.title(self)

    def clean(self) -> None:
        super().clean()
        if self.kind_id and self.kind.is_of_initiator and not self.initiator_id:
            raise ValidationError({"initiator": "Pilih pemrakarsanya: namanya ada di judul jenis peraturan ini."})
        if self.kind_id and self._is_entered_already():
            raise ValidationError(f"Sudah ada di daftar regulasi luar: {self}.", code="twin")

    def _is_entered_already(self) -> bool:
        mine = composition.identity(self)
        stored = RegulationStub.objects.filter(pk=self.pk).select_related("kind", "initiator").first()
        if stored and composition.identity(stored) == mine:  # twins from before they were refused can be edited
            return False
        others = RegulationStub.objects.filter(kind=self.kind_id, year=self.year).exclude(pk=self.pk)
        return any(composition.identity(other) == mine for other in others.select_related("kind", "initiator"))


class RegulationRelation(Orderable):
    """One entry of an editor: this regulation <verb> another one, held here or not."""

    page = ParentalKey("regulasi.RegulationPage", on_delete=models.CASCADE, related_name="relations")
    verb = models.CharField("hubungan", max_length=12, choices=Verb.choices, default=Verb.REVOKES)
    other = models.ForeignKey(
        "regulasi.RegulationPage", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name="regulasi di situs ini",
    )  # fmt: skip
    # Deleting a stub is refused while it is used; a revision that still names a deleted one loses the row.
    stub = models.ForeignKey(
        RegulationStub, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="regulasi luar"
    )
    is_partial = models.BooleanField("hanya sebagian", default=False)
    on = models.DateField(
        "mulai tanggal", null=True, blank=True, help_text="Kosong: sejak peraturan yang mencabut atau mengubah berlaku."
    )
    note = models.CharField("keterangan", max_length=255, blank=True, help_text="Misalnya: Pasal 20, 23, dan 25.")

    panels = [
        FieldRowPanel([FieldPanel("verb"), FieldPanel("is_partial")]),
        FieldRowPanel([PageChooserPanel("other", "regulasi.RegulationPage"), FieldPanel("stub")]),
        FieldRowPanel([FieldPanel("on"), FieldPanel("note")]),
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]  # rows that were stored without a place still keep theirs
        verbose_name = "hubungan"
        verbose_name_plural = "hubungan"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other=None) ^ models.Q(stub=None),
                name="relation_to_one",
                violation_error_message="Pilih satu: regulasi di situs ini, atau regulasi luar.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.other or self.stub}"

    def clean(self) -> None:
        super().clean()
        if bool(self.other_id) == bool(self.stub_id):
            raise ValidationError("Pilih satu: regulasi di situs ini, atau regulasi luar.", code="one_other")


class RegulationUse(Orderable):
    """A service or info page that rests on the regulation; shown on both."""

    regulation = ParentalKey("regulasi.RegulationPage", on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name="halaman")

    panels = [PageChooserPanel("page")]

    def clean(self) -> None:
        from .regulation import RegulationPage

        super().clean()
        if self.page_id and self.page.specific_class is RegulationPage:
            raise ValidationError({"page": "Pilih layanan atau info. Antarperaturan ditulis di tab Hubungan."})

    class Meta(Orderable.Meta):
        verbose_name = "dipakai pada"
        verbose_name_plural = "dipakai pada"

    def __str__(self) -> str:
        return str(self.page)
