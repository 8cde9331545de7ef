"""What visitors and officers do, in their own words. The tests tell the story with these."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

HAKI = "/kalindri/konsultasi-haki/"
SIINAS = "/kalindri/konsultasi-siinas/"
GALLERY = "/kalindri/gallery-ikm/"
TRACK = "/kalindri/lacak/"
TICKET = "/kalindri/lacak/tiket/"
RESUME = "/kalindri/lanjutkan/"

# Only what is required.
QUESTION = {
    "Nama Usaha/Perusahaan": "Batik Contoh Uji",
    "Nama Lengkap": "Ibu Contoh Wijayakusuma",
    "Alamat": "Jl. Uji Coba No. 5",
    "Pertanyaan": "Apakah nama usaha saya dapat didaftarkan sebagai merek?",
}
# The Gallery form asks in steps; the last one needs nothing but the consent.
PRODUCT_STEPS = [
    {
        "Nama Lengkap": "Ibu Contoh Wijayakusuma",
        "NIK": "3375014508900000",
        "Gender": "Perempuan",
        "Nomor WA Aktif": "0812 3456 7890",
        "Kelurahan": "Kauman",
        "Alamat": "Jl. Uji Coba No. 5",
    },
    {
        "Nama Usaha": "Batik Contoh Uji",
        "Tahun Berdiri": "2015",
        "Jumlah Tenaga Kerja Laki-laki": "1",
        "Jumlah Tenaga Kerja Perempuan": "3",
    },
    {
        "Produk yang dihasilkan": "batik",
        "Jumlah": "40",
        "Satuan": "potong",
        "Nama Produk": "Kain Batik Contoh",
        "Harga": "150.000",
    },
    {"Saya setuju data saya dipakai seperti di atas": "Ya"},
]


@dataclass(frozen=True)
class Receipt:
    """What a visitor takes home."""

    number: str
    pin: str
    link: str


def photo() -> dict:
    """A photo from a phone, as Playwright puts it into a file field."""
    buffer = BytesIO()
    Image.new("RGB", (640, 480), "#7a4a21").save(buffer, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def stored(page: Page) -> dict:
    """Everything this site keeps in the browser."""
    return page.evaluate("({...localStorage, ...sessionStorage})")


def saved(page: Page, answer: str) -> None:
    """Wait until an answer is stored in the browser, a moment after the last key."""
    for _ in range(100):
        if answer in json.dumps(stored(page)):
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail(f"{answer!r} was not stored.")
    expect(page.locator("[data-draft-state]")).to_have_text(re.compile("^Tersimpan di HP ini"))


class Person:
    """Somebody in front of a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the first link of that name."""
        self.page.get_by_role("link", name=name).first.click()

    def field(self, label: str) -> Locator:
        """The control under a label, which may say that it is optional."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(tidak wajib\))?\s*$"))

    def sees(self, *texts: str) -> None:
        """Each of the texts stands on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, use_inner_text=True, ignore_case=True)

    def does_not_see(self, *texts: str) -> None:
        """None of the texts is anywhere in the page, hidden or not."""
        for text in texts:
            expect(self.page.locator("html")).not_to_contain_text(text)


class Visitor(Person):
    """No account, a cheap phone."""

    def fill_in(self, answers: dict[str, str]) -> None:
        """Answer questions by their labels."""
        for label, answer in answers.items():
            control = self.field(label)
            if control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(label=answer)
            elif control.get_attribute("type") == "checkbox":
                control.check()
            else:
                control.fill(answer)

    def typed(self, answers: dict[str, str]) -> dict[str, str]:
        """What stands in the fields of these labels now; of a choice, its words."""
        return {
            label: self.field(label).evaluate(
                "control => control.selectedOptions ? control.selectedOptions[0].label : control.value"
            )
            for label in answers
        }

    def send(self) -> None:
        """Press the one red button of a form."""
        self.page.locator("main form button.button[type=submit]:not(.button-quiet)").first.click()

    def fill_in_product_form(self, step: int) -> None:
        """Open the Gallery form and fill it in up to a step, with its photo, as somebody with JavaScript does."""
        self.open(GALLERY)
        self.walk_through_product_form(step)

    def walk_through_product_form(self, step: int) -> None:
        """Fill in the Gallery form that is open at its first step."""
        for number, answers in enumerate(PRODUCT_STEPS[:step], 1):
            self.sees(f"Langkah {number} dari 4")
            self.fill_in(answers)
            if "Nama Produk" in answers:
                self.field("Foto Produk").set_input_files(photo())
                self.sees("IMG_0001.jpg sudah sampai")
            if number < step:
                self.press("Lanjut")

    def receipt(self) -> Receipt:
        """Read the receipt."""
        expect(self.page.locator("h1")).to_contain_text("Kiriman Anda sudah kami terima")
        self.page.wait_for_load_state()
        number, pin = self.page.locator(".ticket-number").all_inner_texts()
        link = self.page.locator(".secret-link a").get_attribute("href")
        return Receipt(number.strip(), re.sub(r"\s", "", pin), link)

    def save(self) -> str:
        """Save a form and read the code."""
        self.press("Simpan dan lanjutkan nanti")
        expect(self.page.locator("h1")).to_contain_text("Isian Anda tersimpan")
        return self.page.locator(".resume-code").inner_text().strip()

    def resume(self, code: str) -> None:
        """Type the code of a saved form."""
        self.open(RESUME)
        self.fill_in({"Kode": code})
        self.press("Buka isian saya")

    def track(self, receipt: Receipt, pin: str | None = None) -> None:
        """Ask for a ticket by number and PIN."""
        self.open(TRACK)
        self.fill_in({"Nomor tiket": receipt.number, "PIN": pin or receipt.pin})
        self.press("Lihat status")

    def focused(self) -> Locator:
        """Where the keyboard is."""
        return self.page.locator("*:focus")


class Officer(Person):
    """A member of staff in the CMS."""

    def sign_in(self, username: str, password: str) -> None:
        """Sign in at the door of the CMS."""
        self.open("/cms/")
        self.field("Nama pengguna").fill(username)
        self.field("Sandi").fill(password)
        self.press("Masuk")
        expect(self.page).to_have_url(re.compile(r"^[^?]*/cms/$"))

    def open_ticket(self, receipt: Receipt) -> None:
        """Find a ticket in the inbox by its number and open it."""
        self.open("/cms/kotak-masuk/semua/")
        self.search(receipt.number)
        expect(self.rows()).to_have_count(1)
        self.rows().get_by_role("link", name=receipt.number).click()
        expect(self.page).to_have_url(re.compile(r"/cms/tiket/\d+/$"))
        self.sees(receipt.number)

    def search(self, words: str) -> None:
        """Type into the search of the inbox; the list follows by itself."""
        with self.page.expect_response(lambda response: "/hasil/" in response.url):
            self.page.get_by_label("Istilah pencarian").fill(words)

    def filter(self, group: str, choice: str) -> None:
        """Tick one choice of a filter of the inbox; the list follows by itself."""
        self.page.get_by_role("button", name="Tampilkan saringan").click()
        self.page.locator(".w-drilldown__menu").get_by_role("button", name=group).click()
        with self.page.expect_response(lambda response: "/hasil/" in response.url):
            self.page.locator(".w-drilldown__submenu").get_by_label(choice).check()
        self.page.keyboard.press("Escape")

    def rows(self) -> Locator:
        """The rows of the inbox."""
        return self.page.locator("#listing-results tbody tr")

    def reply(self, text: str) -> None:
        """Write a reply and send it."""
        self.field("Balasan").fill(text)
        self.press("Kirim balasan")
