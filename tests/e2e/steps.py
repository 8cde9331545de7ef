"""What visitors and officers do, in their own words. The tests tell the story with these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

HAKI = "/kalindri/konsultasi-haki/"
SIINAS = "/kalindri/konsultasi-siinas/"
GALLERY = "/kalindri/gallery-ikm/"
TRACK = "/kalindri/lacak/"

# Only what is required.
QUESTION = {
    "Nama Usaha/Perusahaan": "Batik Contoh Uji",
    "Nama Lengkap": "Ibu Contoh Uji",
    "Alamat": "Jl. Uji No. 5",
    "Pertanyaan": "Apakah nama usaha saya dapat didaftarkan sebagai merek?",
}
PRODUCT = {
    "Nama Lengkap": "Ibu Contoh Uji",
    "Gender": "Perempuan",
    "Nomor WA Aktif": "0812 3456 7890",
    "Kelurahan": "Kauman",
    "Alamat": "Jl. Uji No. 5",
    "Nama Usaha": "Batik Contoh Uji",
    "Tahun Berdiri": "2015",
    "Jumlah Tenaga Kerja Laki-laki": "1",
    "Jumlah Tenaga Kerja Perempuan": "3",
    "Produk yang dihasilkan": "batik",
    "Kapasitas Produksi / bulan": "40",
    "Satuan": "potong",
    "Nama Produk": "Kain Batik Contoh",
    "Harga": "150000",
}
ANSWERS = {HAKI: QUESTION, SIINAS: QUESTION, GALLERY: PRODUCT}


@dataclass(frozen=True)
class Receipt:
    """What a visitor takes home."""

    number: str
    pin: str
    link: str


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

    def follow(self, name: str | re.Pattern) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name).first.click()

    def field(self, label: str) -> Locator:
        """The control under a label, which may say that it is optional."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(tidak wajib\))?\s*$"))

    def sees(self, text: str | re.Pattern) -> None:
        """Something stands on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def heading(self) -> str:
        """The first heading of the page."""
        return self.page.locator("h1").first.inner_text()


class Visitor(Person):
    """No account, a cheap phone."""

    def fill_in(self, answers: dict[str, str]) -> None:
        """Answer questions by their labels."""
        for label, answer in answers.items():
            control = self.field(label)
            if control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(label=answer)
            else:
                control.fill(answer)

    def send(self) -> None:
        """Press the one red button of a form."""
        self.page.locator("main form button[type=submit]").first.click()

    def receipt(self) -> Receipt:
        """Read the receipt."""
        expect(self.page.locator("h1")).to_contain_text("Kiriman Anda sudah kami terima")
        number, pin = self.page.locator(".ticket-number").all_inner_texts()
        link = self.page.locator(".secret-link a").get_attribute("href")
        return Receipt(number.strip(), re.sub(r"\s", "", pin), link)

    def track(self, number: str, pin: str) -> None:
        """Ask for a ticket by number and PIN."""
        self.open(TRACK)
        self.fill_in({"Nomor tiket": number, "PIN": pin})
        self.press("Lihat status")


class Officer(Person):
    """A member of staff in the CMS."""

    def sign_in(self, username: str, password: str) -> None:
        """Sign in at the door of the CMS."""
        self.open("/cms/")
        self.field("Nama pengguna").fill(username)
        self.field("Sandi").fill(password)
        self.press("Masuk")
        self.page.wait_for_url("**/cms/")

    def open_ticket(self, number: str) -> None:
        """Find a ticket in the inbox by its number and open it."""
        self.open(f"/cms/kotak-masuk/semua/?q={number}")
        self.page.locator(".inbox").get_by_role("link", name=number).click()
        expect(self.page.get_by_role("heading", name=number).first).to_be_visible()

    def reply(self, text: str) -> None:
        """Write a reply and send it."""
        self.field("Balasan").fill(text)
        self.press("Kirim balasan")
