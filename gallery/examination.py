"""What an officer sees of a registration: its public side, its private side, and hints for each item of the checklist.

Hints are a machine's: they point somewhere and decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import SourceImageIOError

from forms import field_types
from forms.models import Submission, Upload
from gallery import drafts
from gallery.catalogue.prices import price_text, rupiah
from gallery.duplicates import Twin
from gallery.enums import CheckItem, Gender
from gallery.models import Business, BusinessRecord, Product, ProductPhoto
from gallery.registration import AGREES_NAME, AGREES_WHATSAPP
from siptenan.common import nik, phones
from siptenan.common.encryption import Unreadable

LEAST_SIDE = 800  # pixels: a smaller photo is blurred on the product page
MOST_PRICES = 2_000  # the newest
FEW_PRICES = 3  # fewer say nothing of what is usual
UNUSUAL = 5  # times the usual price, or that part of it
PREVIEW = "max-480x480|format-webp"


@dataclass(frozen=True)
class Hint:
    """A remark beside an item of the checklist."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True)
class ShownPhoto:
    """A photo of a draft: how it looks small, where it is large, what is known of it."""

    src: str
    url: str
    width: int
    height: int
    facts: str
    is_small: bool
    is_taken: bool  # into the media library


@dataclass(frozen=True)
class ShownProduct:
    """A product as the public will see it once it is approved."""

    row: Product
    draft: Product
    price: str
    photos: list[ShownPhoto]
    edit_url: str
    is_told: bool  # by the answers as they are now


def edit_url(snippet: Business | Product) -> str:
    """Return the address of the editor of a business or product."""
    return reverse(type(snippet).snippet_viewset.get_url_name("edit"), args=[quote(snippet.pk)])


def products(record: BusinessRecord) -> list[ShownProduct]:
    """Return the products of a business as their newest drafts have them."""
    ticket = record.submission
    told = {told.product.pk for told in drafts.told_products(record, ticket.answers) if told.product} if ticket else {}
    shown = []
    for row in record.business.products.select_related("unit", "commodity").order_by("pk"):
        draft = drafts.draft_of(row)
        unit = draft.unit.code if draft.unit else ""
        photos = [photo for found in draft.photos.all() if (photo := _photo(found, ticket))]
        shown.append(ShownProduct(row, draft, price_text(draft.price, unit), photos, edit_url(row), row.pk in told))
    return shown


def _photo(photo: ProductPhoto, ticket: Submission | None) -> ShownPhoto | None:
    upload: Upload | None = photo.upload
    private = reverse("ticket:file", args=[ticket.pk, upload.pk]) if ticket and upload else ""
    if photo.image:
        image = photo.image
        try:
            small = image.get_rendition(PREVIEW)
        except SourceImageIOError:  # its file is gone
            return None
        facts = f"{image.width} x {image.height} piksel, {filesizeformat(image.get_file_size() or 0)}"
        is_small = min(image.width, image.height) < LEAST_SIDE
        return ShownPhoto(small.url, private or image.file.url, small.width, small.height, facts, is_small, True)
    if not upload:
        return None
    width, height = upload.width or 0, upload.height or 0
    facts = f"{width} x {height} piksel, {filesizeformat(upload.size)}"
    return ShownPhoto(upload.thumbnail_url, private, 160, 160, facts, min(width, height) < LEAST_SIDE, False)


def private_rows(record: BusinessRecord) -> list[tuple[str, str]]:
    """Return what the public never sees, as people read it; what was not told is left out."""
    capacity = ""
    if record.capacity is not None:
        capacity = f"{_number(record.capacity)} {record.capacity_unit.name if record.capacity_unit else ''}"
    rows = [
        ("Nama pemilik", record.owner_name),
        ("NIK", masked_nik(record)),
        ("Gender", record.get_gender_display()),
        ("WhatsApp", phones.national(record.phone) if record.phone else ""),
        ("Alamat", record.address),
        ("NIB", record.nib),
        ("Tahun berdiri", str(record.founded_year or "")),
        ("Modal awal", _rupiah(record.initial_capital)),
        ("Nilai investasi", _rupiah(record.investment)),
        ("Tenaga kerja laki-laki", _count(record.workers_male)),
        ("Tenaga kerja perempuan", _count(record.workers_female)),
        ("Produk yang dihasilkan", record.makes),
        ("Pendapatan per bulan", _rupiah(record.monthly_revenue)),
        ("Kapasitas per bulan", capacity),
    ]
    for material in record.materials.select_related("unit"):
        amount = ""
        if material.quantity is not None:
            amount = f"{_number(material.quantity)} {material.unit.name if material.unit else ''}".strip()
        parts = [material.name, amount, _rupiah(material.value)]
        rows.append((material.get_kind_display(), ", ".join(part for part in parts if part)))
    return [(label, value) for label, value in rows if value]


def masked_nik(record: BusinessRecord) -> str:
    """Return the NIK as it is shown."""
    try:
        return nik.mask(record.nik) if record.nik else ""
    except Unreadable:
        return "tidak dapat dibaca"


def _rupiah(amount: int | None) -> str:
    return rupiah(amount) if amount is not None else ""


def _count(number: int | None) -> str:
    return "" if number is None else f"{number} orang"


def _number(number) -> str:
    return field_types.get("number").display(str(number.normalize().quantize(1) if number % 1 == 0 else number))


# --- Hints ----------------------------------------------------------------------------------------


def hints(record: BusinessRecord, shown: Iterable[ShownProduct], twins: Iterable[Twin]) -> Mapping[str, list[Hint]]:
    """Return the hints of each item of the checklist, by its code."""
    shown, twins = list(shown), list(twins)
    return {
        CheckItem.PHOTO: _photo_hints(shown),
        CheckItem.PRICE: _price_hints(shown),
        CheckItem.NIK: _nik_hints(record, twins),
        CheckItem.BUSINESS: _business_hints(record, twins),
        CheckItem.CONSENT: _consent_hints(record),
    }


def _photo_hints(shown: list[ShownProduct]) -> list[Hint]:
    found = []
    for product in shown:
        count, small = len(product.photos), sum(photo.is_small for photo in product.photos)
        text = f"{product.draft.name}: {count} foto" if count else f"{product.draft.name}: belum ada foto"
        if small:
            text += f", {small} di antaranya kecil (sisi terpendek di bawah {LEAST_SIDE} piksel)"
        found.append(Hint(text, is_warning=bool(small) or not count))
    return found


def _price_hints(shown: list[ShownProduct]) -> list[Hint]:
    wanted = {product.draft.commodity_id for product in shown if product.draft.commodity_id}
    others: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    public = Product.objects.public().filter(commodity__in=wanted, price__gt=0).order_by("-pk")
    own = {product.row.pk for product in shown}
    for pk, commodity, unit, price in public.values_list("pk", "commodity_id", "unit_id", "price")[:MOST_PRICES]:
        if pk not in own:
            others[commodity, unit].append(price)
    return [_price_hint(product.draft, others) for product in shown]


def _price_hint(draft: Product, others: Mapping[tuple[int, int | None], list[int]]) -> Hint:
    if not draft.price:
        return Hint(f"{draft.name}: tanpa harga, tampil “Hubungi penjual”")
    if not draft.commodity_id:
        return Hint(f"{draft.name}: {rupiah(draft.price)}. Pilih komoditasnya untuk pembanding", is_warning=True)
    known = others.get((draft.commodity_id, draft.unit_id), [])
    unit = f" per {draft.unit.name}" if draft.unit else ""
    said, kind = f"{draft.name}: {rupiah(draft.price)}", f"produk {draft.commodity}{unit}"
    if len(known) < FEW_PRICES:
        return Hint(f"{said}. Belum cukup {kind} sebagai pembanding")
    usual = int(median(known))
    text = f"{said}. Harga tengah {len(known)} {kind}: {rupiah(usual)}"
    if not usual / UNUSUAL <= draft.price <= usual * UNUSUAL:
        return Hint(f"{text}. Jauh berbeda, pastikan angkanya", is_warning=True)
    return Hint(text)


def _nik_hints(record: BusinessRecord, twins: list[Twin]) -> list[Hint]:
    if not record.nik_digest:
        return [Hint("NIK belum ada", is_warning=True)]
    try:
        parsed = nik.parse(record.nik, timezone.localdate())
    except (Unreadable, ValidationError):
        return [Hint("NIK tidak dapat dibaca", is_warning=True)]
    found = [Hint(text, is_warning=True) for text in parsed.warnings]
    if record.gender and (record.gender == Gender.FEMALE) != parsed.is_female:
        found.append(Hint("Tanggal lahir pada NIK tidak cocok dengan gender yang diisi", is_warning=True))
    same = [twin for twin in twins if "NIK sama" in twin.reasons]
    if same:
        names = ", ".join(twin.record.business.name for twin in same)
        found.append(Hint(f"NIK yang sama dipakai {names}", is_warning=True))
    return found or [Hint("Susunan NIK benar dan tidak dipakai usaha lain")]


def _business_hints(record: BusinessRecord, twins: list[Twin]) -> list[Hint]:
    asked = [twin for twin in twins if twin.is_same is not False]
    others = [twin.record.business.name for twin in asked if twin.reasons != ["NIK sama"]]
    found = [Hint(f"Mungkin usaha yang sama: {', '.join(others)}", is_warning=True)] if others else []
    if record.founded_year:
        found.append(Hint(f"Menurut pemilik berdiri tahun {record.founded_year}"))
    return found or [Hint("Tidak ada usaha lain yang mirip")]


def _consent_hints(record: BusinessRecord) -> list[Hint]:
    ticket = record.submission
    asked = ticket.snapshot.question_list() if ticket else []
    given = [
        f"{question.label}: {field_types.shown(question, ticket.answers)}"
        for question in asked
        if ticket and question.type == "consent" and ticket.answers.get(question.key)
    ]
    found = [Hint(text) for text in given] or [Hint("Tidak ada persetujuan pemakaian data", is_warning=True)]
    for agrees, key, what in (
        (record.agrees_name, AGREES_NAME, "Nama pemilik"),
        (record.agrees_whatsapp, AGREES_WHATSAPP, "Nomor WhatsApp"),
    ):
        was_asked = any(question.key == key for question in asked)
        why = "pemilik setuju" if agrees else "pemilik tidak setuju" if was_asked else "tidak ditanyakan"
        found.append(Hint(f"{what} {'akan' if agrees else 'tidak akan'} tampil ({why})"))
    return found
