"""Businesses from a table of the office (XLSX or CSV): read whole, checked whole, imported whole or not at all.

One row is one product; rows with the same NIK, or without one the same name and kelurahan, are one business. What is
imported are drafts in the workflow, as with a registration. Nothing is kept between checking and confirming: the
checked rows travel in the confirming form, encrypted, since there are NIK among them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forms.field_types.numbers import MOST_COUNTED, MOST_PRICE, MOST_QUANTITY, MOST_RUPIAH
from forms.form_fields import FIRST_YEAR, LAST_YEAR
from gallery import registration
from gallery.enums import Gender
from gallery.models import Business, BusinessRecord, Product
from gallery.models.record import NIK_PURPOSE
from gallery.publishing import free_slug
from gallery.units import of_goods
from siptenan.common import nik, phones, tables
from siptenan.common.encryption import Tampered, decrypt, encrypt, lookup_digests
from siptenan.common.models import Commodity, Kelurahan, Unit
from siptenan.common.tables import InvalidFile, RowError

MAX_ROWS = 500
PURPOSE = "gallery-import"  # of the token between checking and confirming
NAME_MAX, LONG_MAX = 160, 255
YES = {"ya", "y", "1", "setuju", "true"}
NO = {"", "tidak", "t", "0", "false"}

# Heading -> what it is called in the checked row. The first four must be there.
HEADINGS = {
    "nama usaha": "name",
    "kelurahan": "kelurahan",
    "nama pemilik": "owner_name",
    "nama produk": "product",
    "nik": "nik",
    "gender": "gender",
    "whatsapp": "phone",
    "alamat": "address",
    "tahun berdiri": "founded_year",
    "komoditas": "commodity",
    "modal awal": "initial_capital",
    "investasi": "investment",
    "tenaga kerja l": "workers_male",
    "tenaga kerja p": "workers_female",
    "produk yang dihasilkan": "makes",
    "pendapatan per bulan": "monthly_revenue",
    "kapasitas per bulan": "capacity",
    "satuan": "capacity_unit",
    "harga": "price",
    "satuan harga": "unit",
    "deskripsi": "description",
    "setuju nama tampil": "agrees_name",
    "setuju whatsapp tampil": "agrees_whatsapp",
}
REQUIRED = tuple(HEADINGS)[:4]
OF_PRODUCT = ("product", "price", "unit", "description")


@dataclass
class Entry:
    """One business with its products, checked; values are fit for JSON."""

    values: dict[str, Any]
    products: list[dict[str, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    known: str = ""  # the name of a business in the register that has the same NIK, or name and kelurahan


# --- Reading --------------------------------------------------------------------------------------


def read(content: bytes) -> list[Entry]:
    """Return the businesses of a file. Raises InvalidFile with every error there is."""
    lookup = _Lookup()
    entries: dict[tuple[str, ...], Entry] = {}
    errors: list[RowError] = []
    for number, cells in tables.records(content, HEADINGS, REQUIRED, max_rows=MAX_ROWS):
        values, wrong = lookup.checked({HEADINGS[name]: tables.text(cell) for name, cell in cells.items()})
        if isinstance(cells.get("nik"), int | float):  # a number, of which Excel keeps 15 digits
            wrong.append(
                "nik: selnya berisi angka, dan Excel membulatkan angka sepanjang itu. Ketik ulang sebagai teks."
            )
        errors += [RowError(number, text) for text in wrong]
        if wrong:
            continue
        key = (values["nik"],) if values["nik"] else (values["name"].casefold(), values["kelurahan"])
        entry = entries.setdefault(key, Entry({k: v for k, v in values.items() if k not in OF_PRODUCT}))
        if differing := [name for name in ("name", "kelurahan") if entry.values[name] != values[name]]:
            errors.append(
                RowError(number, f"NIK-nya sama dengan baris {entry.rows[0]}, tetapi {_called(differing[0])} lain.")
            )
            continue
        entry.products.append({name: values[name] for name in OF_PRODUCT})
        entry.rows.append(number)
    if not (entries or errors):
        errors.append(RowError(2, "Berkas ini tidak berisi satu usaha pun."))
    if errors:
        raise InvalidFile(errors)
    return _with_known(list(entries.values()))


def _called(name: str) -> str:
    return next(heading for heading, column in HEADINGS.items() if column == name)


def _with_known(entries: list[Entry]) -> list[Entry]:
    """Mark those that the register has already."""
    for entry in entries:
        if number := entry.values["nik"]:
            digests = lookup_digests(NIK_PURPOSE, number)
            record = BusinessRecord.objects.filter(nik_digest__in=digests).select_related("business").first()
            entry.known = record.business.name if record else ""
        else:
            values = {"name__iexact": entry.values["name"], "kelurahan__code": entry.values["kelurahan"]}
            entry.known = Business.objects.filter(**values).values_list("name", flat=True).first() or ""
    return entries


# --- Checking -------------------------------------------------------------------------------------


class _Lookup:
    """Checks one row after the other against the reference tables, which it reads once."""

    def __init__(self) -> None:
        self.kelurahan = {_squeezed(row.name): row.code for row in Kelurahan.objects.all()}
        self.commodities = {row.name.casefold(): row.code for row in Commodity.objects.all()}
        self.units: dict[str, str] = {}
        for unit in of_goods():
            self.units |= dict.fromkeys(
                (unit.code.casefold(), unit.name.casefold(), unit.short_name.casefold()), unit.code
            )
        self.today = timezone.localdate()

    def checked(self, given: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
        """Return the cleaned values of a row and what is wrong with it, in words that say how to mend it."""
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for heading, name in HEADINGS.items():
            text = given.get(name, "")
            try:
                values[name] = self._cleaned(name, heading, text)
            except ValidationError as error:
                wrong += [f"{heading}: {message}" for message in error.messages]
        if (values.get("capacity") is None) != (not values.get("capacity_unit")):
            wrong.append("kapasitas per bulan dan satuan harus diisi bersama.")
        return values, wrong

    def _cleaned(self, name: str, heading: str, text: str) -> Any:
        if heading in REQUIRED and not text:
            raise ValidationError("belum diisi.")
        if name in NUMBERS:
            number = _whole(text, NUMBERS[name])
            return self.year(number) if name == "founded_year" else number
        return CLEANERS.get(name, _line)(self, text)

    def _of(self, table: dict[str, str], text: str, squeeze: Callable[[str], str], hint: str) -> str:
        if not text:
            return ""
        try:
            return table[squeeze(text)]
        except KeyError:
            raise ValidationError(f"“{text[:40]}” tidak dikenal. {hint}") from None

    def place(self, text: str) -> str:
        return self._of(self.kelurahan, text, _squeezed, "Tulis nama salah satu dari 27 kelurahan.")

    def commodity(self, text: str) -> str:
        return self._of(self.commodities, text, str.casefold, "Pilih dari “Komoditas yang dikenal” di bawah.")

    def unit(self, text: str) -> str:
        return self._of(self.units, text, str.casefold, "Pilih dari “Satuan yang dikenal” di bawah, misalnya kg.")

    def year(self, founded: int | None) -> int | None:
        if founded is not None and not FIRST_YEAR <= founded <= self.today.year:
            raise ValidationError(f"harus antara {FIRST_YEAR} dan {self.today.year}.")
        return founded

    def number_of_resident(self, text: str) -> str:
        return nik.parse(text, self.today).digits if text else ""


def _squeezed(name: str) -> str:
    """Kali Baros and Kalibaros are one kelurahan."""
    return "".join(char for char in name.casefold() if char.isalpha())


def _line(lookup: _Lookup, text: str) -> str:
    if len(text) > NAME_MAX:
        raise ValidationError(f"terlalu panjang: paling banyak {NAME_MAX} huruf.")
    return text


def _long(lookup: _Lookup, text: str) -> str:
    if len(text) > LONG_MAX:
        raise ValidationError(f"terlalu panjang: paling banyak {LONG_MAX} huruf.")
    return text


def _gender(lookup: _Lookup, text: str) -> str:
    found = {"p": Gender.FEMALE, "perempuan": Gender.FEMALE, "l": Gender.MALE, "laki-laki": Gender.MALE, "": ""}
    if text.lower() not in found:
        raise ValidationError("tulis P atau L.")
    return str(found[text.lower()])


def _agrees(lookup: _Lookup, text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValidationError("tulis ya atau tidak.")
    return text.lower() in YES


def _whole(text: str, largest: int) -> int | None:
    plain = text.removeprefix("Rp").strip().replace(".", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal()):
        raise ValidationError("tulis dengan angka bulat. Contoh: 1.500.000.")
    if len(plain) > len(str(largest)) or int(plain) > largest:
        raise ValidationError("angkanya terlalu besar.")
    return int(plain)


NUMBERS = {
    "founded_year": LAST_YEAR,
    "initial_capital": MOST_RUPIAH,
    "investment": MOST_RUPIAH,
    "workers_male": MOST_COUNTED,
    "workers_female": MOST_COUNTED,
    "monthly_revenue": MOST_RUPIAH,
    "capacity": MOST_QUANTITY,
    "price": MOST_PRICE,
}
CLEANERS: dict[str, Callable[[_Lookup, str], Any]] = {
    "kelurahan": _Lookup.place,
    "commodity": _Lookup.commodity,
    "capacity_unit": _Lookup.unit,
    "unit": _Lookup.unit,
    "nik": _Lookup.number_of_resident,
    "phone": lambda lookup, text: phones.normalise(text) if text else "",
    "gender": _gender,
    "address": _long,
    "makes": _long,
    "description": lambda lookup, text: text,
    "agrees_name": _agrees,
    "agrees_whatsapp": _agrees,
}


# --- Between checking and confirming --------------------------------------------------------------


def sealed(entries: Iterable[Entry]) -> str:
    """Return checked businesses as a text that says nothing without a key of FIELD_KEYS and cannot be changed."""
    return encrypt(json.dumps({"purpose": PURPOSE, "entries": [asdict(entry) for entry in entries]}))


def unsealed(token: str) -> list[Entry]:
    """Return the businesses again; raises siptenan.common.encryption.Unreadable for what `sealed` did not make.

    Other values are encrypted with the same keys: a NIK, a saved form. They are no tokens of this module.
    """
    try:
        data = json.loads(decrypt(token))
    except ValueError:
        raise Tampered("A token holds no businesses.") from None
    if not (isinstance(data, dict) and data.get("purpose") == PURPOSE):
        raise Tampered("A token was made for something else.")
    return _with_known([Entry(**entry) for entry in data["entries"]])


# --- Importing ------------------------------------------------------------------------------------


@transaction.atomic
def store(entries: Iterable[Entry]) -> list[Business]:
    """Store drafts of all businesses that the register has not, let them enter the workflow, and return them."""
    places = {row.code: row for row in Kelurahan.objects.all()}
    commodities = {row.code: row for row in Commodity.objects.all()}
    units = {row.code: row for row in Unit.objects.all()}
    made = []
    for entry in entries:
        if entry.known:
            continue
        values = entry.values
        commodity = commodities.get(values["commodity"])
        business = Business.objects.create(
            name=values["name"],
            slug=free_slug(Business, values["name"]),
            kelurahan=places[values["kelurahan"]],
            commodity=commodity,
            contact_name=values["owner_name"] if values["agrees_name"] else "",
            whatsapp=values["phone"] if values["agrees_whatsapp"] else "",
            live=False,
        )
        BusinessRecord.objects.create(
            business=business,
            capacity_unit=units.get(values["capacity_unit"]),
            **{name: values[name] for name in PRIVATE},
        )
        products = [_product(business, commodity, units, product) for product in entry.products]
        for draft in (business, *products):
            draft.save_revision(clean=False)
            registration.start_workflow(draft)
        made.append(business)
    return made


PRIVATE = (
    "owner_name", "nik", "gender", "phone", "address", "agrees_name", "agrees_whatsapp", "founded_year",
    "initial_capital", "investment", "workers_male", "workers_female", "makes", "monthly_revenue", "capacity",
)  # fmt: skip


def _product(business: Business, commodity: Commodity | None, units: dict[str, Unit], values: dict) -> Product:
    return Product.objects.create(
        business=business,
        name=values["product"],
        slug=free_slug(Product, values["product"]),
        commodity=commodity,
        price=values["price"],
        unit=units.get(values["unit"]),
        description=values["description"],
        live=False,
    )
