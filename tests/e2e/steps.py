"""What visitors and officers do, in their own words. The tests tell the story with these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

HAKI = "/kalindri/konsultasi-haki/"
SIINAS = "/kalindri/konsultasi-siinas/"
GALLERY = "/kalindri/gallery-ikm/"
TRACK = "/kalindri/lacak/"
TICKET = "/kalindri/lacak/tiket/"

# Only what is required.
QUESTION = {
    "Nama Usaha/Perusahaan": "Batik Contoh Uji",
    "Nama Lengkap": "Ibu Contoh Wijayakusuma",
    "Alamat": "Jl. Uji Coba No. 5",
    "Pertanyaan": "Apakah nama usaha saya dapat didaftarkan sebagai merek?",
}
PRODUCT = {
    "Nama Lengkap": "Ibu Contoh Wijayakusuma",
    "Gender": "Perempuan",
    "Nomor WA Aktif": "0812 3456 7890",
    "Kelurahan": "Kauman",
    "Alamat": "Jl. Uji Coba No. 5",
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


def photo() -> dict:
    """A photo from a phone, as Playwright puts it into a file field."""
    buffer = BytesIO()
    Image.new("RGB", (640, 480), "#7a4a21").save(buffer, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


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
        self.page.locator("main form button[type=submit]").first.click()

    def receipt(self) -> Receipt:
        """Read the receipt."""
        expect(self.page.locator("h1")).to_contain_text("Kiriman Anda sudah kami terima")
        number, pin = self.page.locator(".ticket-number").all_inner_texts()
        link = self.page.locator(".secret-link a").get_attribute("href")
        return Receipt(number.strip(), re.sub(r"\s", "", pin), link)

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
        self.page.wait_for_url("**/cms/")

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
