"""A form with products and materials that repeat, and what stands on its pages."""

from __future__ import annotations

from bs4 import Tag

from forms.models import FormPage
from tests.forms.long_form import URL, ask, make
from tests.forms.phone import Phone

LIMIT = 3
ROWS = [
    ask("Diri", "section"),
    ask("Nama", role="contact_name"),
    ask("Barang", "section"),
    ask("Jenis usaha"),
    ask("Produk", "group", help_text="Satu per satu.", max_repeats=LIMIT),
    ask("Nama produk"),
    ask("Dijual", "radio", choices="Ya\nTidak", required=False),
    ask("Harga", "rupiah", show_if_key="dijual", show_if_operator="equals", show_if_values="Ya"),
    ask("Foto", "photo", max_files=2, required=False),
    ask("Ukuran", "quantity", required=False),
    ask("Bahan baku", "section"),
    ask("Bahan", "group"),
    ask("Nama bahan", required=False),
    ask("Persetujuan", "group", max_repeats=1),
    ask("Setuju", "consent", text="Data dipakai dinas."),
]


def make_product_form(**values) -> FormPage:
    """Three steps; the second asks for up to three products, the third for up to five materials."""
    return FormPage.objects.get(pk=make(rows=ROWS, **values).pk)


def at_the_products() -> Phone:
    """A visitor who has come to the products."""
    phone = Phone(URL)
    phone.press("lanjut", nama="Ibu Contoh")
    assert phone.heading == "Barang"
    return phone


def with_products(*names: str) -> Phone:
    """A visitor who has filled in so many products, and is still there."""
    phone = at_the_products()
    for number, name in enumerate(names, 1):
        suffix = f"__{number}" if number > 1 else ""
        typed = {"jenis_usaha": "batik", f"nama_produk{suffix}": name, f"dijual{suffix}": "Tidak"}
        phone.press("tambah:produk" if number < len(names) else "ke:produk", named=typed)
    phone.press("ke:barang")
    return phone


def copies_on(phone: Phone) -> list[Tag]:
    """The copies of groups on the screen."""
    return phone.page.select("fieldset.form-copy")


def titles(phone: Phone) -> list[str]:
    """What they are called."""
    return [copy.legend.get_text(strip=True) for copy in copies_on(phone)]


def buttons(phone: Phone) -> list[str]:
    """The buttons of groups, in words."""
    found = phone.form.select("button[value^='tambah:'], button[value^='buang:']")
    return [button.get_text(strip=True) for button in found]


def focused(phone: Phone) -> str:
    """What gets the focus, in its first words."""
    return phone.page.select_one("main [autofocus]").get_text("|", strip=True).split("|")[0]
