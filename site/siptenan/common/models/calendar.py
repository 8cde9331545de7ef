"""The office: contact data, working hours and days off. One place for cards, footer, forms and the clock."""

from __future__ import annotations

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from siptenan.common import phones


class Weekday(models.IntegerChoices):
    """Days as Python counts them: Monday is 0."""

    SENIN = 0, "Senin"
    SELASA = 1, "Selasa"
    RABU = 2, "Rabu"
    KAMIS = 3, "Kamis"
    JUMAT = 4, "Jumat"
    SABTU = 5, "Sabtu"
    MINGGU = 6, "Minggu"


class Holiday(models.Model):
    """A day that differs from the library `holidays`: off although it does not know it, or open although it does."""

    class Kind(models.TextChoices):
        NATIONAL = "libur_nasional", "Libur nasional"
        JOINT_LEAVE = "cuti_bersama", "Cuti bersama"
        LOCAL = "libur_daerah", "Libur daerah"
        OPEN = "masuk", "Tetap masuk"

    date = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices, default=Kind.NATIONAL)

    class Meta:
        ordering = ["date"]
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


@register_setting(icon="site", order=100)
class OfficeSettings(ClusterableModel, BaseGenericSetting):
    """Contact data, links and hours of the office, as they appear on cards, footer, contact page and forms."""

    office_name = models.CharField(
        "nama dinas", max_length=150, default="Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan"
    )
    address_lines = models.TextField(
        "alamat",
        default="Jl. Majapahit No 14\nPodosugih, Pekalongan Barat\nJawa Tengah, Indonesia",
        help_text="Satu baris alamat per baris.",
    )
    phone = models.CharField("telepon", max_length=40, default="(0285) 421731")
    email = models.EmailField("email", default="bidang_perindustrianpk@gmail.com")
    whatsapp = models.CharField(
        "nomor WhatsApp petugas",
        max_length=20,
        blank=True,
        help_text="Contoh: 0812 3456 7890. Kosongkan bila layanan WhatsApp sedang tidak ada.",
    )
    instagram_url = models.URLField(
        "Instagram", blank=True, default="https://www.instagram.com/dinperinaker_kotapekalongan/"
    )
    map_url = models.URLField("tautan peta", blank=True)
    lapor_url = models.URLField("SP4N-LAPOR!", blank=True, default="https://www.lapor.go.id/")
    ppid_url = models.URLField("PPID", blank=True, default="https://ppid.pekalongankota.go.id/")
    jdih_url = models.URLField("JDIH", blank=True, default="https://jdih.pekalongankota.go.id/")

    panels = [
        MultiFieldPanel(["office_name", "address_lines", "map_url"], heading="Kantor"),
        MultiFieldPanel(["phone", "email", "whatsapp", "instagram_url"], heading="Kontak"),
        InlinePanel(
            "working_hours",
            heading="Jam layanan",
            label="jam layanan",
            help_text="Baris dengan tanggal berlaku (misalnya Ramadan) mengganti baris biasa pada tanggal itu. "
            "Perubahan menghitung ulang batas jawaban semua tiket yang masih terbuka.",
        ),
        MultiFieldPanel(["lapor_url", "ppid_url", "jdih_url"], heading="Tautan di kaki halaman"),
        HelpPanel("Hari libur diatur di menu Referensi → Hari libur."),
    ]

    class Meta:
        verbose_name = "kontak dan jam layanan"

    def clean(self) -> None:
        super().clean()
        if self.whatsapp:
            try:
                self.whatsapp = phones.normalise(self.whatsapp)
            except ValidationError as error:
                raise ValidationError({"whatsapp": error}) from None

    @property
    def hours_lines(self) -> list[str]:
        """The hours that hold today, as on the WORKING HOURS card: "Senin - Kamis: 07:30 - 16:30 WIB"."""
        today = timezone.localdate()
        rows = list(self.working_hours.all())
        special = [row for row in rows if row.is_dated and row.covers(today)]
        replaced = {day for row in special for day in row.weekdays}
        usual = [row for row in rows if not row.is_dated and not replaced.issuperset(row.weekdays)]
        return [str(row) for row in sorted((*special, *usual), key=lambda row: row.first_weekday)]


class WorkingHours(Orderable):
    """Hours of one run of weekdays, always or between two dates (Ramadan, a temporary schedule)."""

    office = ParentalKey(OfficeSettings, on_delete=models.CASCADE, related_name="working_hours")
    name = models.CharField("keterangan", max_length=80, blank=True, help_text="Misalnya: Ramadan 1448 H.")
    first_weekday = models.PositiveSmallIntegerField("dari hari", choices=Weekday.choices)
    last_weekday = models.PositiveSmallIntegerField("sampai hari", choices=Weekday.choices)
    opens = models.TimeField("buka")
    closes = models.TimeField("tutup")
    break_starts = models.TimeField("istirahat mulai", null=True, blank=True)
    break_ends = models.TimeField("istirahat selesai", null=True, blank=True)
    valid_from = models.DateField("berlaku dari", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    panels = [
        FieldRowPanel(["first_weekday", "last_weekday"]),
        FieldRowPanel(["opens", "closes"]),
        FieldRowPanel(["break_starts", "break_ends"]),
        FieldRowPanel(["valid_from", "valid_until"]),
        FieldPanel("name"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "jam layanan"
        verbose_name_plural = "jam layanan"

    def __str__(self) -> str:
        first, last = Weekday(self.first_weekday).label, Weekday(self.last_weekday).label
        days = first if first == last else f"{first} - {last}"
        line = f"{days}: {self.opens:%H:%M} - {self.closes:%H:%M} WIB"
        return f"{line} ({self.name})" if self.name else line

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.first_weekday is not None and self.last_weekday is not None and self.last_weekday < self.first_weekday:
            errors["last_weekday"] = "Hari terakhir mendahului hari pertama."
        if self.opens and self.closes and self.closes <= self.opens:
            errors["closes"] = "Jam tutup harus sesudah jam buka."
        day = [at for at in (self.opens, self.break_starts, self.break_ends, self.closes) if at is not None]
        if (self.break_starts is None) != (self.break_ends is None):
            errors["break_ends"] = "Isi mulai dan selesai istirahat, atau kosongkan keduanya."
        elif self.break_starts is not None and any(begins >= ends for begins, ends in pairwise(day)):
            errors["break_ends"] = "Istirahat harus berada di dalam jam layanan: sesudah buka dan sebelum tutup."
        if (self.valid_from is None) != (self.valid_until is None):
            errors["valid_until"] = "Isi kedua tanggal berlaku, atau kosongkan keduanya."
        elif self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            errors["valid_until"] = "Tanggal akhir mendahului tanggal awal."
        if errors:
            raise ValidationError(errors)

    @property
    def weekdays(self) -> range:
        """The days of the week the row is about, 0 = Monday."""
        return range(self.first_weekday, self.last_weekday + 1)

    @property
    def is_dated(self) -> bool:
        """Whether the row holds between two dates only."""
        return self.valid_from is not None

    def covers(self, day) -> bool:
        """Whether a dated row holds on the day."""
        return self.valid_from <= day <= self.valid_until
