"""Forms that are saved and opened again, in the words of the tests."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client

from forms.models import FormPage
from tests.forms.long_form import URL, ask, make
from tests.forms.phone import Phone
from tests.forms.visitors import page_of

RESUME = "/kalindri/lanjutkan/"
UNKNOWN = "Kode ini tidak dikenal atau sudah lewat waktunya."
NIK = "3375014508900000"
NEVER_GIVEN = "2222-222-222"
ROWS = [
    ask("Diri", "section"),
    ask("Nama", role="contact_name"),
    ask("NIK", "nik"),
    ask("Usaha", "section"),
    ask("Tahun", "year"),
    ask("Foto", "photo", max_files=3, required=False),
    ask("Catatan", "multiline", required=False),
    ask("Setuju", "consent", text="Data dipakai dinas."),
]


def make_long_form() -> FormPage:
    """A form of two steps that asks for a NIK, photos and a consent, as it was published."""
    return FormPage.objects.get(pk=make(rows=ROWS).pk)


def on_the_second_step(**typed) -> Phone:
    """A visitor of that form who has filled in the first step, and part of the second."""
    phone = Phone(URL)
    phone.press("lanjut", nama="Ibu Contoh", nik=NIK)
    assert phone.heading == "Usaha"
    if typed:
        phone.press("ke:usaha", **typed)
    return phone


def save(phone: Phone, **typed) -> str:
    """Press the button, and read the code."""
    response = phone.press("simpan", **typed)
    assert response.status_code == 200
    return phone.page.select_one(".resume-code").get_text(strip=True)


def enter(code: str, client: Client | None = None, **extra) -> HttpResponse:
    """Type a code on another device."""
    return (client or Client()).post(RESUME, {"code": code}, **extra)


def resumed(code: str) -> Phone:
    """Another device on which the code was typed."""
    phone = Phone(URL, Client())
    phone.response = enter(code, phone.client)
    assert phone.response.status_code == 200, "the code opens nothing"
    return phone


def back_to_the_form(phone: Phone, **typed) -> None:
    """Press the button on the page with the code."""
    phone.press(phone.form.select_one("button")["value"], **typed)


def photos_on(phone: Phone) -> list[str]:
    """The ids of the photos that the page shows."""
    return phone.kept().get("foto", [])


def errors(response: HttpResponse) -> list[str]:
    """What stands at the fields."""
    return [error.get_text() for error in page_of(response).select(".errorlist li")]
