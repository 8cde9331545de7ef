"""Info lainnya: news, guides, announcements, agenda, questions, downloads."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from siptenan.common.blocks import content_blocks
from siptenan.common.dates import WIB, format_date, in_wib
from siptenan.common.models import BasePage
from siptenan.common.models.pages import IntroducedPage

RESERVED_SLUGS = frozenset({"feed"})  # InfoIndexPage answers there
WORDS_A_MINUTE = 200


class InfoKind(models.TextChoices):
    """What an entry is; visitors filter by it."""

    NEWS = "berita", "Berita"
    GUIDE = "panduan", "Panduan"
    ANNOUNCEMENT = "pengumuman", "Pengumuman"
    EVENT = "agenda", "Agenda"
    FAQ = "tanya-jawab", "Tanya jawab"
    DOWNLOAD = "unduhan", "Unduhan"


class InfoCategory(models.Model):  # type: ignore[django-manager-missing]  # Wagtail's managers have no types
    """What an entry is about: merek, SIINas, Gallery IKM."""

    name = models.CharField("nama", max_length=60, unique=True)
    slug = models.SlugField("kode di alamat", max_length=60, unique=True)

    panels = [
        FieldPanel("name", help_text="Tampil di setiap info dan di saringan."),
        FieldPanel("slug", help_text="Jangan diubah bila tautan ke kategori ini sudah dibagikan."),
    ]

    class Meta:
        verbose_name = "kategori info"
        verbose_name_plural = "kategori info"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class InfoTag(TagBase):
    """A word that editors give to entries."""

    class Meta:
        verbose_name = "label info"
        verbose_name_plural = "label info"


class TaggedInfo(ItemBase):
    """A label of an entry."""

    tag = models.ForeignKey(InfoTag, on_delete=models.CASCADE, related_name="tagged")
    content_object = ParentalKey("home.InfoPage", on_delete=models.CASCADE, related_name="tagged")


class InfoQuerySet(PageQuerySet):
    """Questions the public list and the CMS ask."""

    def newest(self) -> InfoQuerySet:
        """Public entries, the newest first, with all that a card shows."""
        return self.live().public().select_related("category", "eventpage").order_by("-date", "-pk")

    def using_category(self, category: InfoCategory) -> InfoQuerySet:
        """Entries of a category: as published, or in the draft that the editor would open."""
        return self.filter(models.Q(category=category) | models.Q(latest_revision__content__category=category.pk))


IMAGE_PANEL = MultiFieldPanel(
    [
        FieldPanel("image", help_text="Mendatar, lebar paling sedikit 1200 piksel. Boleh tanpa gambar."),
        "image_alt",
    ],
    heading="Gambar utama",
)
BODY_PANEL = FieldPanel("body", help_text="Susun dari blok: teks, langkah, tabel, tanya jawab, berkas, dan lainnya.")
CATEGORY_PANEL = FieldPanel("category", help_text="Daftarnya diatur di Pengaturan, Kategori info.")
TAGS_PANEL = FieldPanel(
    "tags", help_text="Kata kunci. Pakai yang sudah ada bila cocok; tekan Enter setelah tiap label."
)


class InfoPage(BasePage):
    """One entry: a news item, guide, announcement, list of questions or downloads."""

    kind = models.CharField("jenis", max_length=20, choices=InfoKind.choices, default=InfoKind.NEWS)
    date = models.DateField("tanggal", default=timezone.localdate)
    summary = models.CharField(
        "ringkasan", max_length=200, help_text="Satu atau dua kalimat; tampil di daftar dan saat tautan dibagikan."
    )
    category = models.ForeignKey(
        InfoCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="pages", verbose_name="kategori"
    )
    image = models.ForeignKey(
        "common.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gambar"
    )
    image_alt = models.CharField(
        "teks pengganti gambar", max_length=200, blank=True, help_text="Kosong: gambar hanya hiasan."
    )
    body = StreamField(content_blocks(), verbose_name="isi")
    valid_until = models.DateField(
        "berlaku sampai", null=True, blank=True, help_text="Untuk pengumuman. Sesudah itu ditandai sudah lewat."
    )
    source = models.CharField("sumber", max_length=255, blank=True, help_text="Dari mana isinya, misalnya peraturan.")
    checked_on = models.DateField("diperiksa pada", null=True, blank=True, help_text="Kapan sumbernya terakhir dibaca.")
    tags = ClusterTaggableManager(through=TaggedInfo, blank=True, verbose_name="label")

    objects = PageManager.from_queryset(InfoQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(
            [
                FieldPanel("kind", help_text="Acara punya halaman sendiri: pilih “agenda” saat menambah halaman."),
                FieldPanel("date", help_text="Daftar dimulai dari tanggal terbaru."),
            ]
        ),
        "summary",
        IMAGE_PANEL,
        BODY_PANEL,
        MultiFieldPanel([FieldRowPanel([CATEGORY_PANEL, "valid_until"]), TAGS_PANEL], heading="Pengelompokan"),
        MultiFieldPanel([FieldRowPanel(["source", "checked_on"])], heading="Sumber"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        # What the page explorer sorts and filters by, also while it searches.
        index.FilterField("kind"),
        index.FilterField("date"),
        index.FilterField("category"),
    ]
    template = "home/info_page.html"
    share_type = "article"
    parent_page_types = ["home.InfoIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "info"
        verbose_name_plural = "info"
        indexes = [models.Index(fields=["-date"], name="info_date")]

    @classmethod
    def from_serializable_data(cls, data: dict, check_fks: bool = True, strict_fks: bool = False) -> InfoPage | None:
        """Build an entry from one of its revisions, without a category that was deleted since.

        modelcluster gives up on a missing row behind a PROTECT, and the editor could never open the page again.
        """
        category = data.get("category")
        if category is not None and not InfoCategory.objects.filter(pk=category).exists():
            data = {**data, "category": None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def clean(self) -> None:
        super().clean()
        if self.kind == InfoKind.EVENT and not isinstance(self, EventPage):
            raise ValidationError({"kind": "Agenda punya halaman sendiri: pilih “Agenda” saat menambah halaman."})
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Alamat ini sudah dipakai sistem. Pilih slug lain."})
        if self.valid_until and self.date and self.valid_until < self.date:
            raise ValidationError({"valid_until": "Tanggal ini sebelum tanggal info."})

    @property
    def over_at(self) -> dt.datetime | None:
        """The moment after which it is over; None: never."""
        return end_of_day(self.valid_until) if self.valid_until else None

    @property
    def is_over(self) -> bool:
        """Whether its validity has ended."""
        return self.over_at is not None and self.over_at < timezone.now()

    def structured_data(self, request: HttpRequest) -> list[dict]:
        from home import structured_data

        return [*super().structured_data(request), *structured_data.of_info(self, request)]

    @property
    def share_label(self) -> str:
        """Its kind, on the picture of shared links."""
        return InfoKind(self.kind).label

    @property
    def date_text(self) -> str:
        """Its date in words."""
        return format_date(self.date)

    @property
    def valid_until_text(self) -> str:
        """The last day of its validity in words, or nothing."""
        return format_date(self.valid_until) if self.valid_until else ""

    @property
    def checked_on_text(self) -> str:
        """When its source was last read, in words, or nothing."""
        return format_date(self.checked_on) if self.checked_on else ""

    @cached_property
    def reading_minutes(self) -> int:
        """How long reading the body takes, rounded up. Remembered with the page, whose body never changes."""
        texts = self.body.stream_block.get_searchable_content(self.body)
        words = sum(len(text.split()) for text in texts)
        return max(1, math.ceil(words / WORDS_A_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home import info

        return {**super().get_context(request, *args, **kwargs), **info.detail(self, request)}


class EventPage(RoutablePageMixin, InfoPage):
    """One event of the agenda."""

    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai", null=True, blank=True)
    place = models.CharField("tempat", max_length=255)
    organiser = models.CharField("penyelenggara", max_length=150, blank=True)
    registration_url = models.URLField("alamat pendaftaran", blank=True)

    objects = PageManager.from_queryset(InfoQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(
            [
                FieldPanel("starts_at", help_text="Tanggal dan jam, waktu Indonesia barat."),
                FieldPanel("ends_at", help_text="Kosong: acara dianggap selesai pada akhir hari itu."),
            ]
        ),
        FieldPanel("place", help_text="Nama gedung dan alamat, atau “daring”."),
        FieldRowPanel(
            [
                "organiser",
                FieldPanel("registration_url", help_text="Tombol Daftar menuju ke sini. Hilang setelah acara selesai."),
            ]
        ),
        "summary",
        IMAGE_PANEL,
        BODY_PANEL,
        MultiFieldPanel([CATEGORY_PANEL, TAGS_PANEL], heading="Pengelompokan"),
    ]
    template = "home/event_page.html"

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agenda"

    def save(self, *args, **kwargs) -> None:
        self.kind = InfoKind.EVENT
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.kind = InfoKind.EVENT
        super().clean()
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "Waktu selesai harus sesudah waktu mulai."})

    @property
    def over_at(self) -> dt.datetime | None:
        """When it ends; without an end, midnight after it began."""
        return self.ends_at or end_of_day(in_wib(self.starts_at).date())

    @property
    def when(self) -> str:
        """From when to when, in words."""
        from home.agenda import period

        return period(self.starts_at, self.ends_at)

    @re_path(r"^kalender\.ics/?$", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The event as a file for the visitor's calendar."""
        from home.agenda import calendar_response

        return calendar_response(self)


class InfoIndexPage(RoutablePageMixin, IntroducedPage):
    """The list of all entries."""

    template = "home/info_index_page.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InfoPage", "home.EventPage"]

    class Meta:
        verbose_name = "daftar info"
        verbose_name_plural = "daftar info"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home import info

        return {**super().get_context(request, *args, **kwargs), "listing": info.listing(request.GET)}

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest entries as Atom, filtered like the list."""
        from home.feeds import info_feed

        return info_feed(request, self)


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a day at the office."""
    return dt.datetime.combine(day, dt.time.max, WIB)
