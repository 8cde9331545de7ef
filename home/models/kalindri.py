"""The dashboard of the clinic."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from forms.clock import NoWorkingTime
from forms.models import FormPage
from forms.office import office_clock
from forms.rendering import qr_svg
from siptenan.common.channels import channel_query
from siptenan.common.dates import WEEKDAYS, in_wib
from siptenan.common.generation import per_generation
from siptenan.common.models.pages import IntroducedPage

HOW_TO = (
    {
        "title": "Pilih layanan dan isi formulir",
        "text": "Tanpa akun dan tanpa biaya. Cukup beberapa menit.",
    },
    {
        "title": "Simpan nomor tiket dan PIN",
        "text": "Keduanya tampil setelah Anda mengirim, bersama tanggal jawaban.",
    },
    {
        "title": "Baca jawaban petugas",
        "text": "Buka Lacak tiket, masukkan nomor dan PIN Anda.",
    },
)


class KalindriPage(IntroducedPage):
    """The dashboard of the clinic, also what the Instagram link opens: one button per form."""

    template = "home/kalindri_page.html"
    share_label = "Klinik Layanan Perindustrian"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["forms.FormPage"]

    class Meta:
        verbose_name = "dasbor KALINDRI"
        verbose_name_plural = "dasbor KALINDRI"

    def services(self, request: HttpRequest) -> list[dict]:
        """The live forms below this page, as buttons; a channel code of this request goes with the visitor."""
        suffix = channel_query(request)
        return [
            {
                "label": form.button_label,
                "title": form.title,
                "summary": form.summary,
                "url": (form.get_url(request) or "") + suffix,
                "is_open": form.is_open,
            }
            for form in FormPage.objects.live().child_of(self).filter(on_dashboard=True)
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {
            **super().get_context(request, *args, **kwargs),
            "services": self.services(request),
            "opening": opening(),
            "how_to": HOW_TO,
            **short_address(),
        }


@per_generation
def short_address() -> dict:
    """The address that fits on a poster, and its QR code."""
    url = settings.BASE_URL + reverse("short-kalindri").rstrip("/")
    return {"short_url": url, "short_address": url.partition("://")[2], "short_address_qr": qr_svg(url)}


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
