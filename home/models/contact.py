"""Where and when the office can be reached."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from forms.models import FormPage
from forms.office import office_clock
from forms.views.public import blank_form_context, keep_out_of_caches
from siptenan.common import structured_data
from siptenan.common.generation import per_generation
from siptenan.common.models import OfficeSettings
from siptenan.common.models.pages import IntroducedPage

HOLIDAYS_AHEAD = 5


class ContactPage(IntroducedPage):
    """Cards, hours, days off ahead, and the contact form: the form page below this one.

    The contact data itself is a setting of the office.
    """

    template = "home/contact_page.html"
    share_label = "Alamat dan jam layanan"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["forms.FormPage"]

    class Meta:
        verbose_name = "halaman kontak"
        verbose_name_plural = "halaman kontak"

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return keep_out_of_caches(super().serve(request, *args, **kwargs))

    def structured_data(self, request: HttpRequest) -> list[dict]:
        return [*super().structured_data(request), structured_data.government_office()]

    def texts(self) -> list[str]:
        office = OfficeSettings.load()
        contact = f"Kontak kantor: {office.address_lines}. Telepon {office.phone}. Email {office.email}."
        return [*super().texts(), office.office_name, contact, "Hari dan jam buka layanan, dan hari libur kantor."]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["holidays_ahead"] = office_clock().holidays_after(timezone.localdate(), HOLIDAYS_AHEAD)
        form_page = contact_form(self.pk)
        if form_page and form_page.is_open:
            context |= {**blank_form_context(request, form_page), "form_url": form_page.get_url(request)}
        return context


@per_generation
def contact_form(contact_pk: int) -> FormPage | None:
    """The first live form below the contact page."""
    return FormPage.objects.live().filter(path__startswith=ContactPage.objects.get(pk=contact_pk).path).first()
