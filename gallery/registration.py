"""A ticket of the Gallery form becomes a business, its private record, products and materials: drafts, in one go.

The answers keep the wording of their day in the ticket; here they become typed rows, by the keys of the core questions
(CORE_QUESTIONS), which an editor can neither remove nor give another type. What else editors ask stays in the ticket.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from wagtail.models import Workflow

from forms.models import Submission, Upload
from forms.questions import Only
from gallery.enums import Gender, MaterialKind
from gallery.models import Business, BusinessRecord, Material, Product, ProductPhoto
from gallery.publishing import free_slug
from siptenan.common.encryption import Unreadable, decrypt
from siptenan.common.models import Kelurahan, Unit

# Key -> type. The keys come from the labels of the user manual, 2.4.
CORE_QUESTIONS: dict[str, str] = {
    "nama_lengkap": "singleline",
    "nik": "nik",
    "gender": "dropdown",
    "nomor_wa_aktif": "phone",
    "kelurahan": "kelurahan",
    "alamat": "singleline",
    "nama_usaha": "singleline",
    "tahun_berdiri": "year",
    "modal_awal": "rupiah",
    "jumlah_tenaga_kerja_laki_laki": "number",
    "jumlah_tenaga_kerja_perempuan": "number",
    "produk_yang_dihasilkan": "singleline",
    "pendapatan_bulan": "rupiah",
    "kapasitas_produksi_bulan": "quantity",
    "nama_produk": "singleline",
    "harga": "rupiah",
    "foto_produk": "photo",
    "deskripsi": "multiline",
    "bahan_baku": "singleline",
    "nilai_bahan_baku_bulan": "rupiah",
    "jumlah_bahan_baku_bulan": "quantity",
    "bahan_penolong": "singleline",
    "nilai_bahan_penolong_bulan": "rupiah",
    "bahan_bakar": "singleline",
    "jumlah_bahan_bakar_bulan": "quantity",
}
# What they ask beyond their type: half a worker, or a business of next year, would become another number here.
CORE_LIMITS: dict[str, Only] = {
    "tahun_berdiri": Only.UNTIL_NOW,
    "jumlah_tenaga_kerja_laki_laki": Only.WHOLE,
    "jumlah_tenaga_kerja_perempuan": Only.WHOLE,
    "kapasitas_produksi_bulan": Only.GOODS,
    "harga": Only.PRICE,
}
MATERIAL_QUESTIONS = frozenset(
    {
        "bahan_baku", "nilai_bahan_baku_bulan", "jumlah_bahan_baku_bulan", "bahan_penolong",
        "nilai_bahan_penolong_bulan", "bahan_bakar", "jumlah_bahan_bakar_bulan",
    }
)  # fmt: skip
# Consents, which a form may ask for: without them nothing of the owner is public.
AGREES_NAME = "tampilkan_nama_saya"
AGREES_WHATSAPP = "tampilkan_nomor_whatsapp_saya"
MOST_COPIES = 20  # of a repeated group (forms.groups)
NAME_MAX = 160


def register(submission: Submission) -> BusinessRecord | None:
    """Make drafts of what a ticket tells, once, and let them enter the workflow; return the record.

    None when the ticket names no business or no kelurahan, so that there is nothing to make; the officer sees why.
    """
    if existing := BusinessRecord.objects.filter(submission=submission).first():
        return existing
    answers = submission.answers
    name = _text(answers, "nama_usaha")
    kelurahan = Kelurahan.objects.filter(code=_part(answers, "kelurahan", "code")).first()
    if not (name and kelurahan):
        return None
    with transaction.atomic():
        business = Business.objects.create(
            name=name[:NAME_MAX], slug=free_slug(Business, name), kelurahan=kelurahan, live=False
        )
        record = BusinessRecord(business=business, submission=submission)
        write(record, answers)
        products = [add_product(business, copy) for copy in product_copies(answers)]
        for draft in (business, *products):
            draft.save_revision(clean=False)
            start_workflow(draft)
    return record


def write(record: BusinessRecord, answers: Mapping[str, Any], changed: Collection[str] | None = None) -> None:
    """Give a record what the answers say of the owner and of what is made from what.

    After a correction only what the questions in `changed` tell: the rest is as officers left it.
    """
    for key, fields in _told(answers).items():
        if changed is None or key in changed:
            for name, value in fields.items():
                setattr(record, name, value)
    record.save()
    if changed is None or MATERIAL_QUESTIONS.intersection(changed):
        record.materials.all().delete()
        Material.objects.bulk_create(_materials(record, answers))


def _told(answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the fields of a record by the question that tells them."""
    nik = _decrypted(answers.get("nik"))
    capacity, unit = _quantity(answers, "kapasitas_produksi_bulan")
    gender = {"perempuan": Gender.FEMALE, "laki-laki": Gender.MALE}.get(_text(answers, "gender").lower(), "")
    return {
        "nama_lengkap": {"owner_name": _text(answers, "nama_lengkap")[:NAME_MAX]},
        "nik": {"nik": nik} if nik else {},
        "gender": {"gender": gender},
        "nomor_wa_aktif": {"phone": _text(answers, "nomor_wa_aktif")},
        "alamat": {"address": _text(answers, "alamat")[:255]},
        AGREES_NAME: {"agrees_name": bool(answers.get(AGREES_NAME))},
        AGREES_WHATSAPP: {"agrees_whatsapp": bool(answers.get(AGREES_WHATSAPP))},
        "tahun_berdiri": {"founded_year": _whole(answers, "tahun_berdiri")},
        "modal_awal": {"initial_capital": _whole(answers, "modal_awal")},
        "jumlah_tenaga_kerja_laki_laki": {"workers_male": _whole(answers, "jumlah_tenaga_kerja_laki_laki")},
        "jumlah_tenaga_kerja_perempuan": {"workers_female": _whole(answers, "jumlah_tenaga_kerja_perempuan")},
        "produk_yang_dihasilkan": {"makes": _text(answers, "produk_yang_dihasilkan")[:255]},
        "pendapatan_bulan": {"monthly_revenue": _whole(answers, "pendapatan_bulan")},
        "kapasitas_produksi_bulan": {"capacity": capacity, "capacity_unit": unit},
    }


def start_workflow(draft: Business | Product) -> None:
    """Let a draft enter the workflow of its kind, if it has one and is not in it already."""
    workflow: Workflow | None = draft.get_workflow()
    if workflow and not draft.workflow_in_progress:
        workflow.start(draft, user=None)


def product_copies(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the answers about each product, by the keys of the first copy of the product questions."""
    return list(_copies(answers, "nama_produk"))


def add_product(business: Business, answers: Mapping[str, Any]) -> Product:
    """Make a product of one copy of the product questions: a row that is not public and has no revision yet."""
    name = _text(answers, "nama_produk")
    product = Product(
        business=business,
        name=name[:NAME_MAX],
        slug=free_slug(Product, name),
        live=False,
        **product_values(answers),
    )
    product.photos = [ProductPhoto(upload=upload, sort_order=order) for order, upload in enumerate(photos_of(answers))]
    product.save()
    return product


def product_values(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a product, without its name, that one copy of the product questions tells."""
    return {"price": _whole(answers, "harga"), "description": _text(answers, "deskripsi")}


def photos_of(answers: Mapping[str, Any]) -> list[Upload]:
    """Return the photos of one copy that have arrived; later ones are taken along when the registration is taken up."""
    wanted = [str(pk) for pk in answers.get("foto_produk") or ()]
    stored = {str(upload.pk): upload for upload in Upload.objects.filter(pk__in=wanted, kind=Upload.Kind.PHOTO)}
    return [stored[pk] for pk in wanted if pk in stored]


def _materials(record: BusinessRecord, answers: Mapping[str, Any]) -> Iterator[Material]:
    for found in _copies(answers, "bahan_baku", "bahan_penolong", "bahan_bakar"):
        for kind, name, value, quantity in (
            (MaterialKind.RAW, "bahan_baku", "nilai_bahan_baku_bulan", "jumlah_bahan_baku_bulan"),
            (MaterialKind.AUXILIARY, "bahan_penolong", "nilai_bahan_penolong_bulan", ""),
            (MaterialKind.FUEL, "bahan_bakar", "", "jumlah_bahan_bakar_bulan"),
        ):
            if text := _text(found, name):
                number, unit = _quantity(found, quantity)
                yield Material(
                    record=record, kind=kind, name=text[:120], value=_whole(found, value), quantity=number, unit=unit
                )


# --- Reading answers ------------------------------------------------------------------------------


def _copies(answers: Mapping[str, Any], *keys: str) -> Iterator[dict[str, Any]]:
    """Yield the copies of a repeated group by the keys of the first, those that answer one of `keys`."""
    for number in range(1, MOST_COPIES + 1):
        suffix = f"__{number}" if number > 1 else ""
        found = {key: answers.get(f"{key}{suffix}", "") for key in CORE_QUESTIONS}
        if any(_text(found, key) for key in keys):
            yield found


def _text(answers: Mapping[str, Any], key: str) -> str:
    answer = answers.get(key, "")
    return answer.strip() if isinstance(answer, str) else ""


def _part(answers: Mapping[str, Any], key: str, part: str) -> str:
    answer = answers.get(key)
    return str(answer.get(part, "")) if isinstance(answer, dict) else ""


def _whole(answers: Mapping[str, Any], key: str) -> int | None:
    text = _text(answers, key)
    return int(Decimal(text)) if text else None


def _quantity(answers: Mapping[str, Any], key: str) -> tuple[Decimal | None, Unit | None]:
    value = _part(answers, key, "value")
    unit = Unit.objects.filter(code=_part(answers, key, "unit")).first()
    return (Decimal(value), unit) if value else (None, None)


def _decrypted(token: Any) -> str:
    try:
        return decrypt(token) if token else ""
    except Unreadable:
        return ""
