"""Pages of the shell: home, KALINDRI, info, contact and plain pages. This room alone composes the others."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from forms.clock import NoWorkingTime
from forms.models import FormPage
from forms.office import office_clock
from siptenan.common.dates import WEEKDAYS, in_wib
from siptenan.common.models import BasePage
from siptenan.common.models.pages import IntroducedPage


class HomePage(BasePage):
    """The front page: who we are and where to ask."""

    hero_title = models.CharField(
        "judul besar", max_length=120, default="Tanya soal merek dan SIINas, dijawab petugas."
    )
    hero_text = models.TextField(
        "teks di bawah judul besar",
        max_length=300,
        default="Klinik industri kecil dan menengah Kota Pekalongan. Gratis, tanpa akun, dijawab pada jam kerja.",
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["hero_title", "hero_text"], heading="Pembuka"),
    ]
    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "halaman depan"
        verbose_name_plural = "halaman depan"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        kalindri = KalindriPage.objects.live().child_of(self).first()
        return {
            **super().get_context(request, *args, **kwargs),
            "kalindri": kalindri,
            "services": kalindri.services(request) if kalindri else [],
            "latest_info": [],
        }


class KalindriPage(IntroducedPage):
    """The dashboard of the clinic, also what the Instagram link opens: one button per form."""

    template = "home/kalindri_page.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["forms.FormPage"]

    class Meta:
        verbose_name = "dasbor KALINDRI"
        verbose_name_plural = "dasbor KALINDRI"

    def services(self, request: HttpRequest) -> list[dict]:
        """The live forms below this page, as buttons; a channel code of this request goes with the visitor."""
        channel = request.GET.get("ch", "")[:40]
        suffix = f"?{urlencode({'ch': channel})}" if channel else ""
        return [
            {
                "label": form.button_label,
                "title": form.title,
                "summary": form.summary,
                "url": (form.get_url(request) or "") + suffix,
            }
            for form in FormPage.objects.live().child_of(self)
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {
            **super().get_context(request, *args, **kwargs),
            "services": self.services(request),
            "opening": opening(),
        }


def opening() -> dict | None:
    """Return whether the office is open now and until or from when, in words; None without working hours."""
    now = timezone.now()
    clock = office_clock()
    try:
        if clock.is_open(now):
            return {"is_open": True, "text": f"Buka sampai {in_wib(clock.closes_at(now)):%H.%M} WIB"}
        opens = in_wib(clock.next_opening(now))
    except NoWorkingTime:
        return None
    day = "hari ini" if opens.date() == in_wib(now).date() else WEEKDAYS[opens.weekday()]
    return {"is_open": False, "text": f"Tutup. Buka lagi {day} {opens:%H.%M} WIB"}


class InfoIndexPage(IntroducedPage):
    """News, guides and announcements."""

    template = "home/info_index_page.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "daftar info"
        verbose_name_plural = "daftar info"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {**super().get_context(request, *args, **kwargs), "entries": []}


class ContactPage(IntroducedPage):
    """Where and when the office can be reached; the data itself is a site setting."""

    template = "home/contact_page.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "halaman kontak"
        verbose_name_plural = "halaman kontak"


class StandardPage(BasePage):
    """A plain page of text: privacy, accessibility."""

    body = RichTextField("isi", features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"])

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "halaman biasa"
        verbose_name_plural = "halaman biasa"
