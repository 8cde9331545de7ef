"""What officers do with a registration: nothing is public before the checklist, all of it is gone with one press."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState

from forms import services
from forms.enums import EventKind, Status
from forms.models import OutgoingMail
from gallery import verification
from gallery.enums import CheckItem
from gallery.models import Business, BusinessRecord, CatalogueEntry, Product
from gallery.verification import Mark
from siptenan.accounts import roles
from tests.factories import make_business, make_gallery_form, make_registration, make_staff
from tests.gallery.registering import ALL_FINE, approve, attach_photo, examine, record_of, register_with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


def listed() -> set[str]:
    return set(CatalogueEntry.objects.filter(is_listed=True).values_list("name", flat=True))


def kinds(ticket) -> list[str]:
    return list(ticket.events.order_by("pk").values_list("kind", flat=True))


def test_taking_it_up_brings_the_photos_into_the_library(form, clerk):
    ticket = register_with_photo(form, photos=2)
    product = record_of(ticket).business.products.get()
    assert [photo.image_id for photo in product.photos.all()] == [None, None]
    verification.take_up(ticket, by=clerk)
    draft = record_of(ticket).business.products.get().get_latest_revision_as_object()
    assert all(photo.image and photo.upload for photo in draft.photos.all())
    assert [photo.image_id for photo in product.photos.all()] == [photo.image_id for photo in draft.photos.all()]
    ticket.refresh_from_db()
    assert ticket.status == Status.EXAMINED


def test_photos_that_arrived_after_the_answers_come_along(form, clerk):
    ticket = register_with_photo(form)
    attach_photo(ticket)
    verification.take_up(ticket, by=clerk)
    assert record_of(ticket).business.products.get().photos.count() == 2


def test_photos_that_arrive_later_are_taken_when_the_officer_says_so(form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    attach_photo(ticket)
    verification.take_photos(ticket, by=clerk)
    verification.take_photos(ticket, by=clerk)
    photos = record_of(ticket).business.products.get().get_latest_revision_as_object().photos.all()
    assert len(photos) == 2
    assert all(photo.image for photo in photos)


def test_the_checklist_keeps_who_found_what(form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    verification.save_checks(ticket, {CheckItem.PHOTO: Mark(False, "Buram")}, by=clerk)
    colleague = make_staff(roles.OFFICER, "rekan", forms=[form])
    marks = {CheckItem.PHOTO: Mark(False, "Buram"), CheckItem.PRICE: Mark(True), CheckItem.NIK: Mark(None)}
    assert verification.save_checks(ticket, marks, by=colleague) == [CheckItem.PRICE]
    found = {mark.item: (mark.is_ok, mark.note, mark.by) for mark in record_of(ticket).checks.all()}
    assert found == {"foto": (False, "Buram", clerk), "harga": (True, "", colleague)}
    assert kinds(ticket).count(EventKind.CHECKED) == 2
    assert ticket.events.filter(kind=EventKind.CHECKED).last().after == "1 dari 5 sesuai, 1 tidak sesuai"


def test_nothing_is_approved_with_a_gap_in_the_checklist(form, clerk):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    products = list(record.business.products.values_list("pk", flat=True))
    verification.save_checks(ticket, {CheckItem.NIK: Mark(False, "Milik orang lain")}, by=clerk)
    with pytest.raises(verification.NotReady) as refusal:
        verification.approve(ticket, products, by=clerk)
    assert refusal.value.reasons == [f"Belum dinyatakan sesuai: {CheckItem.NIK.label}."]
    ticket.refresh_from_db()
    assert (ticket.status, listed()) == (Status.EXAMINED, set())


def test_nothing_is_approved_without_commodity_photo_or_product(form, clerk):
    ticket = make_registration(form)
    verification.take_up(ticket, by=clerk)
    verification.save_checks(ticket, ALL_FINE, by=clerk)
    products = list(record_of(ticket).business.products.values_list("pk", flat=True))
    with pytest.raises(verification.NotReady) as refusal:
        verification.approve(ticket, products, by=clerk)
    assert refusal.value.reasons == [
        "Komoditas utama Tempe Contoh Jaya belum dipilih.",
        "Komoditas Keripik Tempe Contoh belum dipilih.",
        "Keripik Tempe Contoh belum punya foto.",
    ]
    with pytest.raises(verification.NotReady):
        verification.approve(ticket, [], by=clerk)
    assert not Product.objects.filter(live=True).exists()


def test_approving_publishes_everything_and_ends_the_workflow(form, clerk):
    ticket = register_with_photo(form)
    record = approve(ticket, clerk)
    product = record.business.products.get()
    assert (record.business.live, product.live, listed()) == (True, True, {"Keripik Tempe Contoh"})
    assert not product.workflow_in_progress
    states = TaskState.objects.values_list("workflow_state__base_content_type__model", "status")
    assert sorted(states) == [("business", "approved"), ("product", "approved")]
    ticket.refresh_from_db()
    assert ticket.status == Status.APPROVED
    assert EventKind.REPLIED in kinds(ticket)
    assert [(found.subject, found.to) for found in mail.outbox] == []  # Wagtail's own: the outbox sends ours


def test_verified_is_what_was_approved_by_the_checklist(form, clerk):
    ticket = register_with_photo(form)
    record = approve(ticket, clerk)
    assert record.business.verified_at
    at = record.business.verified_at
    record.business.get_latest_revision().publish()  # of the draft that was looked at, before it was approved
    assert record_of(ticket).business.verified_at == at
    ticket.refresh_from_db()
    verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
    assert record_of(ticket).business.verified_at is None


def test_what_was_approved_before_it_was_noted_is_noted(form, clerk):
    checked, unchecked = (record_of(register_with_photo(form, nama_usaha=name)) for name in ("Satu", "Dua"))
    approve(checked.submission, clerk)
    approve(unchecked.submission, clerk)
    by_hand = make_business()
    unchecked.checks.filter(item="nik").update(is_ok=None)
    Business.objects.update(verified_at=None)
    importlib.import_module("gallery.migrations.0009_verified").note_what_was_verified(apps, None)
    found = {row.pk: bool(row.verified_at) for row in Business.objects.all()}
    assert found == {checked.business_id: True, unchecked.business_id: False, by_hand.pk: False}


@pytest.mark.parametrize("agrees", [True, False])
def test_name_and_number_are_public_only_as_agreed(form, clerk, agrees):
    answers = {"tampilkan_nama_saya": agrees, "tampilkan_nomor_whatsapp_saya": agrees}
    business = approve(register_with_photo(form, **answers), clerk).business
    expected = ("Ibu Contoh Pendaftar", "+6281200000222") if agrees else ("", "")
    assert (business.contact_name, business.whatsapp) == expected


def test_approving_publishes_the_newest_draft(form, clerk):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    product = record.business.products.get()
    draft = product.get_latest_revision_as_object()
    draft.description = "Renyah, isi 250 gram."
    draft.save_revision(user=clerk)
    verification.approve(ticket, [product.pk], by=clerk)
    product.refresh_from_db()
    assert product.description == "Renyah, isi 250 gram."


def test_only_the_chosen_products_become_public(form, clerk):
    ticket = register_with_photo(form, nama_produk__2="Tempe Contoh Segar", harga__2="5000")
    record = examine(ticket, clerk)
    first = record.business.products.order_by("pk").first()
    verification.approve(ticket, [first.pk], by=clerk)
    assert listed() == {"Keripik Tempe Contoh"}


def test_an_approval_can_be_taken_back_and_given_again(form, clerk):
    ticket = register_with_photo(form)
    record = approve(ticket, clerk)
    with pytest.raises(services.ReasonMissing):
        verification.withdraw(ticket, "  ", by=clerk)
    verification.withdraw(ticket, "Foto milik orang lain", "Pemilik foto menelepon", by=clerk)
    record = record_of(ticket)
    product = record.business.products.get()
    assert (record.business.live, product.live, listed()) == (False, False, set())
    assert product.workflow_in_progress
    ticket.refresh_from_db()
    assert ticket.status == Status.EXAMINED
    assert ticket.messages.filter(kind="note", body="Pemilik foto menelepon").exists()
    verification.approve(ticket, [product.pk], by=clerk)
    assert listed() == {"Keripik Tempe Contoh"}


def test_who_loses_an_approval_reads_why_and_gets_mail(form, clerk):
    ticket = register_with_photo(form)
    type(ticket).objects.filter(pk=ticket.pk).update(email="pemilik@contoh.id")
    approve(ticket, clerk)
    verification.withdraw(ticket, "Foto milik orang lain.", "Rahasia petugas", by=clerk)
    last = ticket.messages.filter(kind="reply").order_by("pk").last()
    assert "tidak tampil" in last.body
    assert "Foto milik orang lain." in last.body
    assert "Rahasia petugas" not in last.body
    assert OutgoingMail.objects.filter(submission=ticket, kind="answered", recipient="pemilik@contoh.id").count() == 2


def test_asking_for_a_correction_tells_the_owner_what(form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    verification.ask_for_correction(ticket, ["Foto Produk", "Harga"], "Fotonya terlalu gelap.", by=clerk)
    ticket.refresh_from_db()
    body = ticket.messages.get(kind="reply").body
    assert ticket.status == Status.NEEDS_CORRECTION
    assert "Mohon perbaiki: Foto Produk, Harga." in body
    assert "Fotonya terlalu gelap." in body


def test_rejecting_says_why_and_leaves_the_workflow(form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    with pytest.raises(services.ReasonMissing):
        verification.reject(ticket, "  ", by=clerk)
    verification.reject(ticket, "Usaha di luar Kota Pekalongan.", by=clerk)
    ticket.refresh_from_db()
    product = record_of(ticket).business.products.get()
    assert (ticket.status, product.workflow_in_progress) == (Status.REJECTED, False)
    verification.take_up(ticket, by=clerk)
    assert Product.objects.get().workflow_in_progress


@pytest.mark.parametrize("act", ["take_up", "ask", "approve", "reject", "withdraw", "checks"])
def test_the_second_of_two_officers_changes_nothing(form, clerk, act):
    ticket = register_with_photo(form)
    if act != "take_up":
        verification.take_up(ticket, by=clerk)
    ticket.refresh_from_db()
    seen = ticket.version
    services.add_note(ticket, "Rekan menulis", by=clerk)
    acts = {
        "take_up": lambda: verification.take_up(ticket, by=clerk, version=seen),
        "ask": lambda: verification.ask_for_correction(ticket, [], "x", by=clerk, version=seen),
        "approve": lambda: verification.approve(ticket, [], by=clerk, version=seen),
        "reject": lambda: verification.reject(ticket, "x", by=clerk, version=seen),
        "withdraw": lambda: verification.withdraw(ticket, "Foto milik orang lain.", by=clerk, version=seen),
        "checks": lambda: verification.save_checks(ticket, ALL_FINE, by=clerk, version=seen),
    }
    before = kinds(ticket)
    with pytest.raises(services.StaleTicket):
        acts[act]()
    assert kinds(ticket) == before


def test_a_ticket_that_made_no_business_cannot_be_approved(form, clerk):
    ticket = make_registration(form, nama_usaha=None)
    verification.take_up(ticket, by=clerk)
    with pytest.raises(verification.NothingToVerify):
        verification.approve(ticket, [], by=clerk)
    assert not BusinessRecord.objects.exists()


def test_the_owner_gets_mail_by_the_outbox(form, clerk):
    ticket = register_with_photo(form)
    type(ticket).objects.filter(pk=ticket.pk).update(email="pemilik@contoh.id")
    approve(ticket, clerk)
    assert OutgoingMail.objects.filter(submission=ticket, kind="answered", recipient="pemilik@contoh.id").exists()


def test_wagtails_own_buttons_do_not_pass_the_checklist_by(form, clerk, client):
    ticket = register_with_photo(form)
    examine(ticket, clerk)
    product = record_of(ticket).business.products.get()
    task = product.current_workflow_task
    assert task.get_actions(product, clerk) == []
    client.force_login(clerk)
    edit = reverse("wagtailsnippets_gallery_product:edit", args=[product.pk])
    page = client.get(edit).content.decode()
    assert 'name="action-publish"' not in page
    assert 'name="action-workflow-action"' not in page
    client.post(edit, _fields_of(product) | {"action-publish": "1"})
    product.refresh_from_db()
    assert (product.live, listed()) == (False, set())
    verification.approve(ticket, [product.pk], by=clerk)
    product.refresh_from_db()
    assert 'name="action-publish"' in client.get(edit).content.decode()
    client.post(edit, _fields_of(product) | {"description": "Uraian baru", "action-publish": "1"})
    product.refresh_from_db()
    assert product.description == "Uraian baru"


def _fields_of(product) -> dict[str, str]:
    draft = product.get_latest_revision_as_object()
    photos = list(draft.photos.all())
    fields = {
        "business": draft.business_id, "name": draft.name, "commodity": draft.commodity_id, "price": draft.price,
        "unit": draft.unit_id, "stock": draft.stock, "description": draft.description, "slug": draft.slug,
        "photos-TOTAL_FORMS": len(photos), "photos-INITIAL_FORMS": len(photos), "photos-MIN_NUM_FORMS": 0,
        "photos-MAX_NUM_FORMS": 10, "go_live_at": "", "expire_at": "",
    }  # fmt: skip
    for at, photo in enumerate(photos):
        fields |= {f"photos-{at}-id": photo.pk, f"photos-{at}-image": photo.image_id, f"photos-{at}-ORDER": at + 1}
    return {name: str(value) for name, value in fields.items()}
