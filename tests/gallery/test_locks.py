"""A colleague's lock holds for the services, too: nothing locked is changed or published, and who locked it is said."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from forms.enums import Status
from gallery import locks, owner_updates, verification
from gallery.models import Business, OwnerUpdate, Product
from gallery.verification import Classified
from siptenan.accounts import roles
from siptenan.common.models import Commodity
from tests.factories import make_business, make_form, make_gallery_form, make_product, make_staff
from tests.forms.officers import signed_in
from tests.gallery.registering import approve, examine, record_of, register_with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


@pytest.fixture
def head(form):
    """Who holds the lock."""
    return make_staff(roles.ADMIN, "kepala")


def lock(snippet: Business | Product, by) -> None:
    type(snippet).objects.filter(pk=snippet.pk).update(locked=True, locked_by=by, locked_at=timezone.now())


@pytest.mark.parametrize("what", ["business", "product"])
def test_what_a_colleague_locked_is_not_published(form, clerk, head, what):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    lock(record.business if what == "business" else record.business.products.get(), head)
    products = record.business.products.values_list("pk", flat=True)
    with pytest.raises(locks.Locked, match="dikunci Kepala"):
        verification.approve(ticket, products, by=clerk)
    ticket.refresh_from_db()
    assert ticket.status == Status.EXAMINED
    assert not Business.objects.filter(live=True).exists()
    verification.approve(ticket, products, by=head)  # his own lock stops nobody but others
    assert Product.objects.filter(live=True).exists()


def test_what_a_colleague_locked_is_not_classified(form, clerk, head):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    product = record.business.products.get()
    lock(product, head)
    batik = Commodity.objects.get(code="batik").pk
    with pytest.raises(locks.Locked):
        verification.classify(ticket, batik, {product.pk: Classified(batik, None)}, by=clerk)
    assert {record_of(ticket).business.commodity.code, Product.objects.get().commodity.code} == {"tempe"}


def test_photos_are_not_taken_into_what_is_locked(form, clerk, head):
    ticket = register_with_photo(form)
    lock(record_of(ticket).business.products.get(), head)
    with pytest.raises(locks.Locked):
        verification.take_up(ticket, by=clerk)
    ticket.refresh_from_db()
    assert ticket.status == Status.NEW


def test_the_screen_says_who_locked_it(form, clerk, head):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    lock(record.business, head)
    client, screen = signed_in(clerk), reverse("gallery-registration", args=[ticket.pk])
    page = BeautifulSoup(client.get(screen).content, "html.parser")
    url = reverse("gallery-registration-approve", args=[ticket.pk])
    sent = {field["name"]: field["value"] for field in page.select(f'form[action="{url}"] input')}
    refused = client.post(url, sent)
    assert refused.status_code == 409
    said = BeautifulSoup(refused.content, "html.parser").select_one("[role=alert]").get_text(" ", strip=True)
    assert said == (
        "Belum disimpan “Tempe Contoh Jaya” dikunci Kepala, jadi tidak dapat diubah atau diterbitkan. "
        "Minta Kepala membuka kuncinya dulu."
    )


def test_nobody_is_asked_to_correct_what_is_locked(form, clerk, head):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    lock(record.business.products.get(), clerk)  # his own lock would stop the owner as well
    with pytest.raises(locks.Locked):
        verification.ask_for_correction(ticket, ["Harga"], "", by=clerk)
    ticket.refresh_from_db()
    assert ticket.status == Status.EXAMINED
    assert not ticket.messages.exists()


def test_an_update_of_the_owner_waits_for_the_lock(form, clerk, head):
    product = make_product(make_business(), price=150_000)
    _, secret = owner_updates.invite(product.business, by=clerk)
    owner_updates.send(secret, {product.pk: owner_updates.Wanted(200_000, "habis", product.price, product.stock)})
    lock(product, head)
    url = reverse("gallery-update", args=[OwnerUpdate.objects.get().pk])
    said = signed_in(clerk).post(url, {"aksi": "setujui"}, follow=True).content.decode()
    assert "dikunci Kepala" in said
    product.refresh_from_db()
    assert (product.price, OwnerUpdate.objects.get().decided_at) == (150_000, None)


def test_hiding_does_not_wait_for_a_lock(form, clerk, head):
    ticket = register_with_photo(form)
    record = approve(ticket, clerk)
    lock(record.business, head)
    ticket.refresh_from_db()
    verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
    assert not Business.objects.filter(live=True).exists()


def test_an_officer_is_told_that_a_colleague_has_the_business_open(form, clerk, head):
    business = make_business()
    opened = EditingSession.objects.create(
        user=head, content_object=business, object_id=business.pk, last_seen_at=timezone.now()
    )
    ping = ["gallery", "business", business.pk, opened.pk + 1]
    told = signed_in(clerk).post(reverse("wagtailadmin_editing_sessions:ping", args=ping))
    assert [session["session_id"] for session in told.json()["other_sessions"]] == [opened.pk]
    stranger = make_staff(roles.OFFICER, "merek", forms=[make_form("konsultasi-lain", ticket_prefix="LAIN")])
    assert signed_in(stranger).post(reverse("wagtailadmin_editing_sessions:ping", args=ping)).status_code == 404
