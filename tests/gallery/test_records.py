"""The private record of a business in the CMS, and businesses that an officer records himself."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry

from forms.enums import EventKind
from forms.models import FormPage
from gallery.models import Business, BusinessRecord
from siptenan.accounts import roles
from siptenan.common.models import Kelurahan
from tests.factories import make_business, make_gallery_form, make_registration, make_staff
from tests.factories.gallery import FEMALE_NIK
from tests.gallery.registering import approve, record_of, register_with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def fields(response) -> dict[str, str]:
    """What a browser would send of the page's form as it stands."""
    found = {}
    soup = BeautifulSoup(response.content, "html.parser")
    for control in soup.select(".exam form input, .exam form select"):
        if control.get("type") == "checkbox" and not control.has_attr("checked"):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            found[control["name"]] = chosen["value"] if chosen else ""
        else:
            found[control["name"]] = control.get("value", "on" if control.get("type") == "checkbox" else "")
    return found


def change(desk, record: BusinessRecord, **changes: str):
    url = reverse("gallery-record", args=[record.pk])
    return desk.post(url, {**fields(desk.get(url)), **changes}, follow=True)


def test_looking_is_recorded_and_the_nik_is_masked(desk, clerk):
    record = make_business().record
    page = desk.get(reverse("gallery-record", args=[record.pk]))
    assert "3375**********00" in page.content.decode()
    assert FEMALE_NIK not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert ModelLogEntry.objects.filter(action="gallery.view_record", user=clerk, object_id=str(record.pk)).count() == 1


def test_a_change_is_stored_and_told_in_words(desk, form, clerk):
    record = record_of(make_registration(form))
    change(desk, record, investment="25.000.000", nib="1234567890123")
    record.refresh_from_db()
    assert (record.investment, record.nib, record.nik) == (25_000_000, "1234567890123", FEMALE_NIK)
    assert [row.name for row in record.materials.all()] == ["kedelai", "ragi", "kayu"]
    event = record.submission.events.get(kind=EventKind.RECORD_CHANGED)
    assert (event.actor, event.after) == (clerk, "NIB, Nilai investasi (Rp)")
    assert "25.000.000" not in str(ModelLogEntry.objects.filter(action="wagtail.edit").values_list("data", flat=True))


def test_saving_without_a_change_leaves_no_trace(desk, form):
    record = record_of(make_registration(form))
    assert "Tidak ada yang berubah." in change(desk, record).content.decode()
    assert not record.submission.events.filter(kind=EventKind.RECORD_CHANGED).exists()


def test_materials_are_changed_and_taken_out(desk, form):
    record = record_of(make_registration(form))
    change(desk, record, **{"bahan-0-quantity": "1.250,5", "bahan-1-name": "", "bahan-1-value": ""})
    assert [(row.name, row.quantity) for row in record.materials.all()] == [("kedelai", 1250.5), ("kayu", 2)]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("new_nik", "123", "NIK harus 16 angka"),
        ("nib", "12", "NIB terdiri dari 13 angka."),
        ("investment", "banyak", "Tulis dengan angka."),
        ("workers_male", "-1", "Tidak boleh kurang dari 0."),
        ("founded_year", "3000", "Tahun berdiri harus antara"),
        ("phone", "0285 421731", "bukan nomor ponsel"),
        ("bahan-0-name", "", "Nama bahan belum diisi."),
    ],
)
def test_wrong_input_is_refused_and_kept(desk, form, name, typed, said):
    record = record_of(make_registration(form))
    answer = change(desk, record, **{name: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert BusinessRecord.objects.get(pk=record.pk).investment is None


def test_a_consent_that_is_taken_back_hides_the_number_at_once(desk, form, clerk):
    ticket = register_with_photo(form, tampilkan_nomor_whatsapp_saya=True)
    record = approve(ticket, clerk)
    assert record.business.whatsapp
    url = reverse("gallery-record", args=[record.pk])
    data = fields(desk.get(url))
    del data["agrees_whatsapp"]
    desk.post(url, data)
    business = Business.objects.get(pk=record.business_id)
    assert (business.live, business.whatsapp) == (True, "")
    assert business.get_latest_revision_as_object().whatsapp == ""


def test_the_second_of_two_officers_does_not_bring_a_consent_back(desk, form, clerk):
    record = approve(register_with_photo(form, tampilkan_nomor_whatsapp_saya=True), clerk)
    url = reverse("gallery-record", args=[record.pk])
    opened_by_another = fields(desk.get(url))
    withdrawn = fields(desk.get(url))
    del withdrawn["agrees_whatsapp"]
    assert desk.post(url, withdrawn).status_code == 302

    answer = desk.post(url, {**opened_by_another, "nib": "1234567890123"})
    told = BeautifulSoup(answer.content, "html.parser").select_one("[role=alert]").get_text(" ", strip=True)
    assert answer.status_code == 409
    assert "berbeda dari yang sekarang tersimpan pada: Setuju WhatsApp tampil, NIB." in told
    assert fields(answer)["nib"] == "1234567890123"
    record = BusinessRecord.objects.select_related("business").get(pk=record.pk)
    assert (record.agrees_whatsapp, record.nib, record.business.whatsapp) == (False, "", "")

    again = fields(answer)
    del again["agrees_whatsapp"]
    assert desk.post(url, again).status_code == 302
    record = BusinessRecord.objects.select_related("business").get(pk=record.pk)
    assert (record.agrees_whatsapp, record.nib, record.business.whatsapp) == (False, "1234567890123", "")


def test_an_officer_records_a_business_himself(desk, clerk):
    url = reverse("gallery-record-add")
    kelurahan = str(Kelurahan.objects.get(name="Klego").pk)
    typed = {
        "name": "Batik Contoh Loket", "kelurahan": kelurahan, "owner_name": "Bapak Contoh", "phone": "0812 0000 0444",
        "new_nik": "3375 0141 0190 0000", "agrees_whatsapp": "on", "bahan-0-name": "kain", "bahan-0-value": "2.000.000",
    }  # fmt: skip
    answer = desk.post(url, {**fields(desk.get(url)), **typed}, follow=True)
    record = BusinessRecord.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("gallery-record", args=[record.pk])
    assert (record.nik, record.phone, record.submission) == ("3375014101900000", "+6281200000444", None)
    business = record.business
    assert (business.live, business.whatsapp, business.slug) == (False, "+6281200000444", "batik-contoh-loket")
    assert business.workflow_in_progress
    assert record.materials.get().value == 2_000_000
    assert f"?business={business.pk}" in answer.content.decode()


def test_a_business_without_a_name_is_not_recorded(desk):
    answer = desk.post(reverse("gallery-record-add"), fields(desk.get(reverse("gallery-record-add"))))
    assert answer.status_code == 422
    assert "Nama usaha belum diisi." in answer.content.decode()
    assert not Business.objects.exists()


def test_adding_in_the_list_of_businesses_leads_to_the_whole_form(desk):
    add = reverse("wagtailsnippets_gallery_business:add")
    assert desk.get(add)["Location"] == reverse("gallery-record-add")
    desk.post(add, {"name": "Tanpa data"})
    assert not Business.objects.exists()


def test_who_has_nothing_to_do_with_the_gallery_is_turned_away(client, form):
    record = make_business().record
    client.force_login(make_staff(roles.OFFICER, "haki", forms=[FormPage.objects.get(slug="konsultasi-haki")]))
    for url in (reverse("gallery-record", args=[record.pk]), reverse("gallery-record-add")):
        assert client.get(url)["Location"] == "/cms/"
        assert client.post(url)["Location"] == "/cms/"


def test_the_lists_of_businesses_and_products_open_with_every_filter(desk):
    make_business()
    for kind, query in (("business", "live=ya&q=batik"), ("product", "live=tidak&stock=habis"), ("business", "live=x")):
        assert desk.get(f"{reverse(f'wagtailsnippets_gallery_{kind}:list')}?{query}").status_code == 200


# --- A NIK, number or NIB that is known already ---------------------------------------------------


def add(desk, page=None, **typed: str):
    """Fill in “Catat usaha” and press its button; a `page` that was answered is filled in further."""
    url = reverse("gallery-record-add")
    kelurahan = str(Kelurahan.objects.get(name="Klego").pk)
    base = {"name": "Batik Contoh Loket", "kelurahan": kelurahan}
    return desk.post(url, {**fields(page or desk.get(url)), **base, **typed})


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"new_nik": "3375 0147 0890 0000"}, "NIK sama"),
        ({"phone": "0812 0000 0111"}, "WhatsApp sama"),
        ({"nib": "1234567890123"}, "NIB sama"),
    ],
)
def test_what_is_known_already_is_shown_before_a_business_is_recorded(desk, typed, reason):
    known = make_business(record={"nib": "1234567890123"})
    answer = add(desk, **typed)
    soup = BeautifulSoup(answer.content, "html.parser")
    said = " ".join(soup.select_one("[role=alert]").get_text(" ").split())
    assert answer.status_code == 422
    assert f"{reason} : Batik Contoh Sekar , Kelurahan Kauman" in said
    assert soup.select_one(f'[role=alert] a[href="{reverse("gallery-record", args=[known.record.pk])}"]')
    assert Business.objects.count() == 1
    button = soup.select_one("[role=alert] button")
    # Another one is known by now, so that the officer has not seen all: he is asked again.
    other = make_business("Batik Contoh Kedua", record={"nib": "1234567890123"})
    again = add(desk, answer, **typed, **{button["name"]: button["value"]})
    assert again.status_code == 422
    other.delete()
    assert add(desk, answer, **typed, **{button["name"]: button["value"]}).status_code == 302
    assert Business.objects.filter(name="Batik Contoh Loket").exists()


def test_a_new_nik_of_another_business_is_shown_before_it_is_stored(desk):
    make_business()
    record = make_business("Batik Contoh Lain", record={"nik": "3375014101900000", "phone": ""}).record
    answer = change(desk, record, new_nik=FEMALE_NIK)
    assert answer.status_code == 422
    assert "sudah tercatat pada usaha lain" in answer.content.decode()
    record.refresh_from_db()
    assert record.nik == "3375014101900000"
    button = BeautifulSoup(answer.content, "html.parser").select_one("[role=alert] button")
    change(desk, record, new_nik=FEMALE_NIK, **{button["name"]: button["value"]})
    record.refresh_from_db()
    assert record.nik == FEMALE_NIK


def test_a_known_nik_is_flagged_on_the_page_of_the_record(desk):
    first = make_business()
    second = make_business("Batik Contoh Lain", record={"phone": ""})
    page = desk.get(reverse("gallery-record", args=[second.record.pk])).content.decode()
    assert "Usaha lain memakai data yang sama" in page
    assert "NIK sama" in page
    assert first.name in page
    alone = make_business("Batik Contoh Ketiga", record={"nik": "", "phone": ""})
    assert "Usaha lain" not in desk.get(reverse("gallery-record", args=[alone.record.pk])).content.decode()


def test_numbers_and_numbers_of_telephones_come_back_as_they_are_shown(desk):
    record = make_business(record={"investment": 25000, "capacity": "2.5", "phone": "+6281234500003"}).record
    shown = fields(desk.get(reverse("gallery-record", args=[record.pk])))
    assert (shown["investment"], shown["capacity"], shown["phone"]) == ("25.000", "2,5", "0812-3450-0003")
    assert "Tidak ada yang berubah." in change(desk, record).content.decode()
    change(desk, record, phone="0812 3450 0004", investment="1.500.000", capacity="7,25")
    record.refresh_from_db()
    assert (record.phone, record.investment, str(record.capacity)) == ("+6281234500004", 1500000, "7.25")


def test_a_wrong_number_is_shown_again_as_it_was_typed(desk):
    record = make_business().record
    response = change(desk, record, phone="0812")
    assert response.status_code == 422
    assert fields(response)["phone"] == "0812"
