"""What the editors of businesses and products do not let through: a consent, an approval, the address of another."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gallery import permissions, records
from gallery.examination import edit_url
from gallery.models import Business, FormerAddress, GalleryIndexPage, Product
from siptenan.accounts import roles
from siptenan.common.models import Unit
from tests.factories import make_business, make_gallery_form, make_product, make_staff, publish
from tests.forms.cms_forms import fields_of
from tests.forms.officers import queries, signed_in
from tests.gallery.registering import approve, examine, record_of, register_with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    return make_gallery_form()


@pytest.fixture
def head(form):
    return make_staff(roles.ADMIN, "kepala")


@pytest.fixture
def desk(head) -> Client:
    return signed_in(head)


def save(desk: Client, snippet: Business | Product, *, do: str = "publish", url: str = "", **changes) -> HttpResponse:
    """Open the editor, change fields, and save or publish."""
    url = url or edit_url(snippet)
    fields = {**fields_of(desk.get(url).content, "w-editor-form"), **changes}
    return desk.post(edit_url(snippet), {**fields, **({"action-publish": "1"} if do == "publish" else {})})


def errors(response: HttpResponse) -> str:
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(found.get_text(" ", strip=True) for found in soup.select(".error-message, .w-field__errors"))


# --- Consent --------------------------------------------------------------------------------------


def test_nobody_types_a_number_that_its_owner_did_not_agree_to(desk):
    business = make_business()
    save(desk, business, story="Cerita baru.", whatsapp="+6281200000111", contact_name="Ibu Contoh Pemilik")
    business.refresh_from_db()
    assert (business.story, business.whatsapp, business.contact_name) == ("Cerita baru.", "", "")
    soup = BeautifulSoup(desk.get(edit_url(business)).content, "html.parser")
    assert not soup.select("[name=whatsapp], [name=contact_name]")
    assert "Mengikuti persetujuan pemilik" in soup.get_text()


def test_an_old_revision_does_not_bring_back_what_was_withdrawn(desk, head, client):
    business = make_business()
    record = business.record
    record.agrees_whatsapp = record.agrees_name = True
    records.change(record, [], ["Setuju"], by=head, seen=records.version(record))
    save(desk, business, story="Dengan nomor.")
    with_number = Business.objects.get(pk=business.pk).latest_revision
    assert "6281200000111" in client.get("/gallery-ikm/usaha/batik-contoh-sekar/").content.decode()
    record.agrees_whatsapp = record.agrees_name = False
    records.change(record, [], ["Setuju"], by=head, seen=records.version(record))
    with_number.publish(user=head)  # as a scheduled one would, or one that an editor reverts to
    revert = reverse("wagtailsnippets_gallery_business:revisions_revert", args=[business.pk, with_number.pk])
    save(desk, business, url=revert)
    page = client.get("/gallery-ikm/usaha/batik-contoh-sekar/").content.decode()
    assert "Dengan nomor." in page
    assert "6281200000111" not in page
    assert "Ibu Contoh Pemilik" not in page


def test_a_consent_is_followed_past_a_draft_and_a_lock(head, form):
    business = make_business()
    Business.objects.filter(pk=business.pk).update(locked=True, locked_by=make_staff(roles.ADMIN, "lain"))
    business.refresh_from_db()
    business.story = "Belum jadi."
    business.save_revision()
    record = business.record
    for agrees, expected in ((True, "+6281200000111"), (False, "")):
        record.agrees_whatsapp = agrees
        records.change(record, [], ["Setuju"], by=head, seen=records.version(record))
        row = Business.objects.get(pk=business.pk)
        assert (row.whatsapp, row.story) == (expected, "Membatik sejak 2001.")
        assert row.get_latest_revision_as_object().story == "Belum jadi."


# --- Approval -------------------------------------------------------------------------------------


def test_a_product_of_a_registration_is_not_published_by_moving_it(desk, form, head):
    approved = make_business()
    ticket = register_with_photo(form)
    product = examine(ticket, head).business.products.get()
    save(desk, product, business=str(approved.pk))
    product.refresh_from_db()
    assert (product.business, product.live) == (record_of(ticket).business, False)
    draft = product.get_latest_revision_as_object()
    assert draft.business == record_of(ticket).business
    assert not permissions.is_verified(draft)
    draft.business = approved
    assert not permissions.is_verified(draft)
    with pytest.raises(ValidationError, match="tidak dapat dipindahkan"):
        draft.full_clean()


def test_a_new_product_says_whose_it_is_and_then_it_stays(desk):
    business = make_business()
    product = make_product(business)
    soup = BeautifulSoup(desk.get(edit_url(product)).content, "html.parser")
    assert not soup.select("[name=business]")
    assert business.name in soup.select_one("#w-editor-form").get_text()
    assert BeautifulSoup(desk.get("/cms/gallery/produk/add/").content, "html.parser").select("[name=business]")


# --- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["data", "usaha", "perbarui"])
@pytest.mark.parametrize("kind", ["business", "product"])
def test_an_address_of_ours_is_refused_in_words(desk, form, kind, slug):
    business = make_business()
    snippet = business if kind == "business" else make_product(business)
    answer = save(desk, snippet, slug=slug)
    assert f"Alamat “{slug}” dipakai halaman lain di Gallery IKM." in errors(answer)
    snippet.refresh_from_db()
    assert snippet.slug != slug


@pytest.mark.parametrize("fate", ["renamed", "deleted"])
def test_the_former_address_of_another_one_cannot_be_typed(desk, client, form, fate):
    business = make_business()
    first, second = make_product(business, "Kain Lama"), make_product(business, "Kain Lain")
    if fate == "renamed":
        save(desk, first, slug="kain-baru")
    else:
        first.delete()
    answer = save(desk, second, slug="kain-lama")
    assert "Alamat ini pernah dipakai produk lain" in errors(answer)
    assert client.get("/gallery-ikm/kain-lama/").status_code == (301 if fate == "renamed" else 410)
    assert FormerAddress.objects.get(slug="kain-lama").target_id == (first.pk if fate == "renamed" else None)


def test_its_own_former_address_may_be_taken_again(desk, client, form):
    product = make_product(make_business(), "Kain Lama")
    save(desk, product, slug="kain-baru")
    save(desk, product, slug="kain-lama")
    assert client.get("/gallery-ikm/kain-lama/").status_code == 200


def test_a_business_has_addresses_of_its_own(desk, form):
    first, second = make_business("Batik Lama"), make_business("Batik Lain", record={"nik": ""})
    save(desk, first, slug="batik-baru")
    assert "Alamat ini pernah dipakai usaha lain" in errors(save(desk, second, slug="batik-lama"))


def test_an_approved_registration_can_still_be_edited(desk, form, head):
    product = approve(register_with_photo(form), head).business.products.get()
    save(desk, product, description="Lebih renyah.")
    product.refresh_from_db()
    assert product.description == "Lebih renyah."


# --- The list -------------------------------------------------------------------------------------


def test_the_list_of_businesses_asks_no_more_for_more_rows(desk, form):
    url = reverse("wagtailsnippets_gallery_business:list")
    register_with_photo(form)
    make_business()
    queries(desk, url)
    few = queries(desk, url)
    for number in range(5):
        register_with_photo(form, nama_usaha=f"Usaha Contoh {number}")
        make_business(f"Batik Contoh {number}", record={"nik": ""})
    queries(desk, url)  # what is remembered of the site was forgotten with each business
    assert queries(desk, url) == few


# --- What is shown --------------------------------------------------------------------------------


def test_the_number_that_is_public_is_shown_as_people_write_it(desk, head):
    business = make_business(record={"phone": "+6281234500003"})
    record = business.record
    record.agrees_whatsapp = True
    records.change(record, [], ["Setuju"], by=head, seen=records.version(record))
    page = desk.get(edit_url(business)).content.decode()
    assert "0812-3450-0003" in page
    assert "+6281234500003" not in page


def test_a_price_is_typed_with_points(desk):
    product = make_product(make_business())
    save(desk, product, price="25.000")
    product.refresh_from_db()
    assert product.price == 25000
    assert fields_of(desk.get(edit_url(product)).content, "w-editor-form")["price"] == ["25.000"]


def test_a_price_is_offered_for_units_in_which_goods_are_sold(desk):
    product = make_product(make_business())

    def offered() -> set[str]:
        soup = BeautifulSoup(desk.get(edit_url(product)).content, "html.parser")
        return {option.text for option in soup.select("[name=unit] option")}

    assert not offered() & {"rupiah", "orang", "kilowatt jam"}
    assert {"kilogram", "kodi", "bungkus"} <= offered()
    product.unit = Unit.objects.get(code="orang")
    product.save_revision().publish()
    assert "orang" in offered()
    assert "rupiah" not in offered()
    save(desk, product, name="Jasa Contoh")
    product.refresh_from_db()
    assert (product.name, product.unit.code) == ("Jasa Contoh", "orang")


@pytest.mark.parametrize("name", ["business", "product"])
def test_the_lists_say_what_is_public(desk, name):
    def make(title: str, **values):
        business = make_business(title, record={"nik": ""}, **values)
        return business if name == "business" else make_product(business, title, **values)

    make("Contoh Tampil")
    hidden, changed = make("Contoh Hilang"), make("Contoh Berubah")
    make("Contoh Baru", live=False, commodity=None)
    hidden.unpublish()
    changed.save_revision()
    soup = BeautifulSoup(desk.get(reverse(f"wagtailsnippets_gallery_{name}:list")).content, "html.parser")
    found = {
        row.select_one(".title-wrapper").get_text(strip=True): row.select_one(".cell-status").get_text(strip=True)
        for row in soup.select("tbody tr")
    }
    assert "None" not in soup.select_one("tbody").text
    assert found == {
        "Contoh Tampil": "tayang", "Contoh Hilang": "ditarik", "Contoh Berubah": "tayang + draf", "Contoh Baru": "draf",
    }  # fmt: skip
