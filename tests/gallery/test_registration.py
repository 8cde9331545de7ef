"""A ticket of the Gallery form becomes typed drafts."""

from __future__ import annotations

import pytest

from forms import retention, services
from forms.enums import Status
from forms.models import Submission
from gallery.models import Business, BusinessRecord, CatalogueEntry, Product
from siptenan.accounts import roles
from tests.factories import make_gallery_form, make_registration, make_staff
from tests.factories.gallery import FEMALE_NIK

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


def test_it_writes_business_record_products_and_materials(form):
    ticket = make_registration(form)
    record = BusinessRecord.objects.get(submission=ticket)
    assert (record.business.name, record.business.kelurahan.name) == ("Tempe Contoh Jaya", "Kauman")
    assert (record.owner_name, record.nik, record.gender) == ("Ibu Contoh Pendaftar", FEMALE_NIK, "P")
    assert (record.workers_male, record.workers_female, record.founded_year) == (2, 3, 2012)
    assert (record.capacity, record.capacity_unit.code) == (900, "kg")
    product = record.business.products.get()
    assert (product.name, product.price, product.description) == ("Keripik Tempe Contoh", 15_000, "Renyah, 250 gram.")
    rows = record.materials.select_related("unit")
    assert [(row.kind, row.name, row.value, row.quantity, row.unit and row.unit.code) for row in rows] == [
        ("baku", "kedelai", 4_000_000, 400, "kg"),
        ("penolong", "ragi", 200_000, None, None),
        ("bakar", "kayu", None, 2, "m3"),
    ]


def test_more_than_one_product_and_material(form):
    ticket = make_registration(form, nama_produk__2="Tempe Contoh Segar", harga__2="", bahan_baku__2="minyak")
    record = BusinessRecord.objects.get(submission=ticket)
    assert [(row.name, row.price) for row in record.business.products.order_by("pk")] == [
        ("Keripik Tempe Contoh", 15_000),
        ("Tempe Contoh Segar", None),
    ]
    assert [row.name for row in record.materials.filter(kind="baku")] == ["kedelai", "minyak"]


def test_nothing_of_it_is_public_and_all_of_it_is_in_the_workflow(form):
    ticket = make_registration(form)
    business = BusinessRecord.objects.get(submission=ticket).business
    drafts = [business, *business.products.all()]
    assert [draft.live for draft in drafts] == [False, False]
    assert [draft.current_workflow_state.workflow.name for draft in drafts] == ["Verifikasi Gallery IKM"] * 2
    assert not CatalogueEntry.objects.filter(is_listed=True).exists()


def test_owner_and_number_stay_private_without_consent(form):
    ticket = make_registration(form)
    business = BusinessRecord.objects.get(submission=ticket).business
    assert (business.contact_name, business.whatsapp) == ("", "")


def test_the_nik_is_not_readable_in_the_database(form):
    make_registration(form)
    stored = BusinessRecord.objects.values_list("nik", flat=True).get()
    assert FEMALE_NIK not in repr(stored)
    assert FEMALE_NIK not in str(Submission.objects.values_list("answers", "search_text").get())


def test_spam_makes_nothing_until_it_is_no_spam(form, clerk):
    ticket = make_registration(form)
    Business.objects.all().delete()
    services.move(ticket, Status.SPAM, by=clerk)
    assert not Business.objects.exists()
    services.move(ticket, Status.NEW, by=clerk)
    services.move(ticket, Status.SPAM, by=clerk)
    services.move(ticket, Status.NEW, by=clerk)
    assert Business.objects.count() == 1


@pytest.mark.parametrize("missing", ["nama_usaha", "kelurahan"])
def test_a_ticket_without_a_business_is_a_ticket_all_the_same(form, missing):
    ticket = make_registration(form, **{missing: None})
    assert ticket.pk
    assert not Business.objects.exists()


MOVES = {
    "baru": {"diperiksa", "spam"},
    "diperiksa": {"perlu_perbaikan", "disetujui", "ditolak", "spam"},
    "perlu_perbaikan": {"diperiksa", "disetujui", "ditolak"},
    "disetujui": {"diperiksa"},
    "ditolak": {"diperiksa"},
    "spam": {"baru"},
}


def test_every_move(form, clerk):
    """product.md, by hand: all others are refused and change nothing."""
    ticket = make_registration(form)
    for current in Status:
        for target in Status:
            Submission.objects.filter(pk=ticket.pk).update(status=current, budget_minutes=60)
            if target.value in MOVES.get(current.value, set()):
                services.move(ticket, target, by=clerk, reason="Sebab tertentu")
            else:
                with pytest.raises(services.IllegalMove):
                    services.move(ticket, target, by=clerk, reason="Sebab tertentu")
                assert Submission.objects.get(pk=ticket.pk).status == current


def test_an_owner_who_writes_puts_it_back_into_the_queue(form, clerk):
    ticket = make_registration(form)
    services.move(ticket, Status.EXAMINED, by=clerk)
    services.move(ticket, Status.NEEDS_CORRECTION, by=clerk)
    services.add_information(ticket, "Foto sudah saya ganti.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.has_news) == (Status.EXAMINED, True)


def test_what_was_never_approved_goes_with_its_ticket(form, clerk):
    ticket = make_registration(form)
    services.move(ticket, Status.EXAMINED, by=clerk)
    services.move(ticket, Status.REJECTED, by=clerk, reason="Bukan usaha di kota ini.")
    retention.anonymise(ticket)
    assert [model.objects.count() for model in (Business, BusinessRecord, Product)] == [0, 0, 0]
