"""The queue and the screen where a registration is examined, as officers see them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms import rendering, services
from forms.enums import EventKind, Status
from forms.models import FormPage, Submission
from gallery import drafts, verification
from gallery.models import CatalogueEntry, GalleryIndexPage
from siptenan.accounts import roles
from siptenan.common.models import Commodity
from tests.factories import (
    make_business,
    make_gallery_form,
    make_product,
    make_registration,
    make_staff,
    make_ticket,
    publish,
)
from tests.factories.gallery import FEMALE_NIK
from tests.gallery.registering import approve, attach_photo, examine, record_of, register_with_photo

pytestmark = pytest.mark.django_db
QUEUE = "gallery-registrations"
SCREEN = "gallery-registration"


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


@pytest.fixture
def desk(client, clerk):
    """A browser in which the officer of the Gallery is signed in."""
    client.force_login(clerk)
    return client


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response) -> str:
    return " ".join(soup_of(response).select_one("main, #main").get_text(" ").split())


def fields(response, action: str) -> dict[str, list[str]]:
    """What a browser would send of the form with this action, as it stands."""
    form = soup_of(response).select_one(f'form[action="{action}"]')
    assert form is not None, action
    found: dict[str, list[str]] = {}
    for control in form.select("input, textarea, select"):
        if control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        value = control.get("value", "")
        if control.name == "select":
            chosen = control.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        if control.name == "textarea":
            value = control.get_text()
        found.setdefault(control["name"], []).append(value)
    return found


def press(desk, ticket, step: str, page=None, **changes):
    """Press the button of a step on the screen as it is now, or was when `page` was loaded."""
    url = reverse(f"{SCREEN}-{step}", args=[ticket.pk])
    page = page or desk.get(reverse(SCREEN, args=[ticket.pk]))
    return desk.post(url, {**fields(page, url), **changes}, follow=True)


def rows(response) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in soup_of(response).select("table.listing tbody tr")]


# --- The queue ------------------------------------------------------------------------------------


def test_the_queue_shows_who_waits_the_oldest_first(desk, form):
    first, second = make_registration(form), make_registration(form, nama_usaha="Usaha Contoh Kedua", nik="")
    Submission.objects.filter(pk=first.pk).update(submitted_at="2026-01-05T01:00Z")
    found = rows(desk.get(reverse(QUEUE)))
    assert [first.reference in found[0], second.reference in found[1]] == [True, True]
    for text in ("Tempe Contoh Jaya", "Ibu Contoh Pendaftar", "Kauman", "Keripik Tempe Contoh", "Baru"):
        assert text in found[0]
    assert FEMALE_NIK not in " ".join(found)


def test_what_is_decided_waits_no_longer(desk, form, clerk):
    ticket = make_registration(form)
    verification.take_up(ticket, by=clerk)
    verification.reject(ticket, "Di luar kota.", by=clerk)
    assert rows(desk.get(reverse(QUEUE))) == []
    assert ticket.reference in rows(desk.get(reverse(f"{QUEUE}-all")))[0]


def test_filters_and_search(desk, form):
    make_registration(form)
    other = make_registration(form, nama_usaha="Batik Lain Contoh")
    assert [other.reference in row for row in rows(desk.get(reverse(QUEUE), {"q": "batik lain"}))] == [True]
    kauman = record_of(other).business.kelurahan_id
    assert len(rows(desk.get(reverse(QUEUE), {"kelurahan": kauman, "status": "baru"}))) == 2
    assert rows(desk.get(reverse(QUEUE), {"kelurahan": kauman + 1})) == []
    assert "Saringan ini tidak dikenal" in words(desk.get(reverse(QUEUE), {"status": "ngawur"}))


def test_a_second_registration_of_one_owner_is_flagged(desk, form):
    make_registration(form)
    assert "Mungkin ganda" not in rows(desk.get(reverse(QUEUE)))[0]
    make_registration(form, nama_usaha="Usaha Lain Contoh", nomor_wa_aktif="+6281200000333")
    assert ["Mungkin ganda" in row for row in rows(desk.get(reverse(QUEUE)))] == [True, True]


def test_the_queue_asks_no_more_for_more_rows(desk, form):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(reverse(QUEUE))
        return len(queries)

    make_registration(form)
    count()
    few = count()
    for number in range(8):
        make_registration(form, nama_usaha=f"Usaha Contoh {number}", nama_produk__2="Produk kedua")
    assert count() == few


def test_an_officer_of_another_form_finds_nothing(client, form):
    ticket = make_registration(form)
    client.force_login(make_staff(roles.OFFICER, "haki", forms=[FormPage.objects.get(slug="konsultasi-haki")]))
    for url in (reverse(QUEUE), reverse(SCREEN, args=[ticket.pk]), reverse("gallery-record-add")):
        assert client.get(url)["Location"] == "/cms/"
    assert client.post(reverse(f"{SCREEN}-approve", args=[ticket.pk]))["Location"] == "/cms/"


def test_a_ticket_of_another_form_has_no_such_screen(client, form, form_page):
    ticket = make_ticket(form_page)
    client.force_login(make_staff(roles.ADMIN, "kepala"))
    assert client.get(reverse(SCREEN, args=[ticket.pk])).status_code == 404


def test_the_menu_counts_what_waits(desk, form):
    make_registration(form)
    assert b"Pendaftaran (1)" in desk.get("/cms/").content


# --- The screen -----------------------------------------------------------------------------------


def test_public_and_private_stand_side_by_side(desk, form):
    ticket = register_with_photo(form)
    soup = soup_of(desk.get(reverse(SCREEN, args=[ticket.pk])))
    public, private = soup.select(".exam-sides > section")
    for text in ("Tempe Contoh Jaya", "Keripik Tempe Contoh", "Rp 15.000", "Renyah, 250 gram."):
        assert text in public.get_text()
    for text in ("Ibu Contoh Pendaftar", "Jl. Contoh Rahasia 7", "Rp 12.000.000", "3375**********00", "kedelai"):
        assert text in private.get_text()
        assert text not in public.get_text()
    assert FEMALE_NIK not in str(soup)


def test_looking_is_recorded_and_the_ticket_leads_here(desk, form, clerk):
    ticket = make_registration(form)
    url = reverse(SCREEN, args=[ticket.pk])
    desk.get(url)
    assert ticket.events.filter(kind=EventKind.VIEWED, actor=clerk).count() == 1
    assert soup_of(desk.get(reverse("ticket:detail", args=[ticket.pk]))).select_one(f'a[href="{url}"]')


def test_a_whole_verification(desk, form):
    ticket = register_with_photo(form)
    press(desk, ticket, "take-up")
    page = desk.get(reverse(SCREEN, args=[ticket.pk]))
    assert "Belum dinyatakan sesuai: Foto layak tampil." in words(page)
    checks = {f"{item}_found": "ya" for item in ("foto", "harga", "nik", "usaha", "persetujuan")}
    names = fields(page, reverse(f"{SCREEN}-checks", args=[ticket.pk]))
    tempe = soup_of(page).find("option", string="Tempe")["value"]
    chosen = {name: tempe for name in names if name.endswith("_commodity") or name == "business"}
    chosen = {name: value for name, value in chosen.items() if not name.startswith("initial-")}
    assert "Pemeriksaan disimpan." in words(press(desk, ticket, "checks", **checks, **chosen, foto_note="Terang"))
    assert "Semua butir sesuai" in words(desk.get(reverse(SCREEN, args=[ticket.pk])))
    done = press(desk, ticket, "approve")
    assert "Disetujui. Usaha dan produknya sekarang tampil" in words(done)
    assert CatalogueEntry.objects.filter(is_listed=True, name="Keripik Tempe Contoh").exists()
    press(desk, ticket, "withdraw", reason="Foto milik orang lain.")
    assert not CatalogueEntry.objects.filter(is_listed=True).exists()


def test_an_approval_that_lacks_something_says_what(desk, form, clerk):
    ticket = register_with_photo(form)
    examine(ticket, clerk)
    page = desk.get(reverse(SCREEN, args=[ticket.pk]))
    url = reverse(f"{SCREEN}-approve", args=[ticket.pk])
    data = {name: values for name, values in fields(page, url).items() if name != "products"}
    refused = desk.post(url, data)
    assert refused.status_code == 422
    assert "Belum ada produk yang dipilih" in words(refused)


def test_the_second_of_two_officers_is_told_what_changed(desk, form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    page = desk.get(reverse(SCREEN, args=[ticket.pk]))
    colleague = make_staff(roles.OFFICER, "rekan", forms=[form])
    services.reply(ticket, "Kami periksa dulu.", by=colleague)
    refused = press(desk, ticket, "reject", page, reason="Bukan di kota ini")
    assert refused.status_code == 409
    assert "Belum disimpan: tiket ini berubah" in words(refused)
    assert "Kami periksa dulu." in words(refused)
    assert "Bukan di kota ini" in str(soup_of(refused).select_one("#reject_reason"))
    ticket.refresh_from_db()
    assert ticket.status == Status.EXAMINED


@pytest.mark.parametrize("step", ["take-up", "reject"])
def test_a_second_press_is_no_quarrel(desk, form, clerk, step):
    ticket = register_with_photo(form)
    if step == "reject":
        verification.take_up(ticket, by=clerk)
    page = desk.get(reverse(SCREEN, args=[ticket.pk]))
    changes = {"reason": "Di luar kota"} if step == "reject" else {}
    press(desk, ticket, step, page, **changes)
    again = press(desk, ticket, step, page, **changes)
    assert again.status_code == 200
    assert ticket.messages.count() == (1 if step == "reject" else 0)


def test_the_ticket_page_does_not_decide(desk, form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    ticket.refresh_from_db()
    answer = desk.post(
        reverse("ticket:move", args=[ticket.pk]), {"version": ticket.version, "target": "disetujui"}, follow=True
    )
    assert "Langkah ini dilakukan di layar pemeriksaan." in words(answer)
    ticket.refresh_from_db()
    assert ticket.status == Status.EXAMINED


@pytest.mark.parametrize(
    ("step", "data", "said"),
    [
        ("ask", {"text": ""}, "Tandai isian yang perlu diperbaiki"),
        ("ask", {"labels": "Bukan pertanyaan"}, "Pilih isian yang tersedia."),
        ("reject", {"reason": ""}, "Tulis alasan penolakan."),
        ("checks", {"foto_found": "mungkin"}, "Pilih salah satu."),
        ("checks", {"business": "99999"}, "Pilih dari daftar."),
        ("approve", {"products": "99999"}, "Pilih produk yang tersedia."),
        ("withdraw", {"reason": " "}, "Tulis alasan pembatalan."),
        ("reject", {"reason": "x", "version": "bukan angka"}, "Halaman ini sudah usang."),
    ],
)
def test_wrong_input_is_refused_in_words(desk, form, clerk, step, data, said):
    ticket = register_with_photo(form)
    (approve if step == "withdraw" else examine)(ticket, clerk)
    refused = press(desk, ticket, step, **data)
    assert refused.status_code == 422
    page = soup_of(refused)
    summary = page.select_one(".ticket > [role=alert][autofocus]")
    assert said in summary.text
    assert page.title.text.strip().startswith("Belum disimpan: ")
    for link in summary.select("a"):
        assert page.select_one(link["href"]), link
    assert summary.select("a") or "version" in data


def test_one_button_keeps_checklist_and_commodities(desk, form, clerk):
    """They were two forms: the button of one threw away what was ticked in the other."""
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    page = soup_of(desk.get(reverse(SCREEN, args=[ticket.pk])))
    ticks, choice = page.select_one("[name=foto_found]"), page.select_one("select[name=business]")
    assert ticks.find_parent("form") is choice.find_parent("form")
    assert "w-unsaved" in choice.find_parent("form")["data-controller"]  # other buttons ask before they leave it
    tempe = choice.find("option", string="Tempe")["value"]
    press(desk, ticket, "checks", foto_found="ya", foto_note="Terang", business=tempe)
    record = record_of(ticket)
    assert [(mark.is_ok, mark.note) for mark in record.checks.all()] == [(True, "Terang")]
    assert str(drafts.draft_of(record.business).commodity_id) == tempe


def test_ticking_leaves_a_commodity_that_was_chosen_in_an_editor_meanwhile(desk, form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    page = desk.get(reverse(SCREEN, args=[ticket.pk]))
    business, tempe = record_of(ticket).business, Commodity.objects.get(code="tempe")
    draft = drafts.draft_of(business)
    draft.commodity = tempe
    draft.save_revision(user=clerk)
    press(desk, ticket, "checks", page, foto_found="ya")
    assert drafts.draft_of(record_of(ticket).business).commodity_id == tempe.pk


def test_a_rejected_registration_says_what_it_is(desk, form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    verification.reject(ticket, "Di luar kota.", by=clerk)
    page = soup_of(desk.get(reverse(SCREEN, args=[ticket.pk])))
    assert "ditolak" in page.select_one(".exam-next p").text


def test_late_photos_are_offered(desk, form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    assert "Ambil foto itu" not in words(desk.get(reverse(SCREEN, args=[ticket.pk])))
    attach_photo(ticket)
    assert "Foto pemilik sudah masuk" in words(press(desk, ticket, "photos"))
    assert len(soup_of(desk.get(reverse(SCREEN, args=[ticket.pk]))).select(".exam-photos img")) == 2


def test_a_ticket_without_a_business_can_be_sent_back(desk, form, clerk):
    ticket = make_registration(form, kelurahan=None)
    assert "tidak menyebut nama usaha atau kelurahan" in words(desk.get(reverse(SCREEN, args=[ticket.pk])))
    press(desk, ticket, "take-up")
    assert "Permintaan perbaikan terkirim." in words(press(desk, ticket, "ask", labels="Kelurahan"))


# --- Twins ----------------------------------------------------------------------------------------


def test_twins_are_proposed_beside_it(desk, form):
    make_business("Tempe Contoh Djaya", record={"nik": "", "phone": "+6281200000999"})  # a slip of the name
    make_business("Batik Lain Contoh", record={"nik": FEMALE_NIK, "phone": "+6281200000222"})
    make_business("Kerupuk Contoh Beda", record={"nik": "", "phone": "+6281200000777"})
    ticket = make_registration(form)
    shown = words(desk.get(reverse(SCREEN, args=[ticket.pk])))
    assert "NIK sama, WhatsApp sama" in shown
    assert "Nama usaha mirip di kelurahan yang sama" in shown
    assert "NIK yang sama dipakai Batik Lain Contoh" in shown
    assert "Kerupuk Contoh Beda" not in shown


def test_earlier_tickets_of_the_same_number_are_shown_to_who_may_see_them(desk, client, form, form_page):
    earlier = make_ticket(form_page)
    Submission.objects.filter(pk=earlier.pk).update(phone="+6281200000222")
    ticket = make_registration(form)
    assert earlier.reference not in words(desk.get(reverse(SCREEN, args=[ticket.pk])))
    client.force_login(make_staff(roles.OFFICER, "berdua", forms=[form, form_page]))
    assert earlier.reference in words(client.get(reverse(SCREEN, args=[ticket.pk])))


def test_prices_are_compared_with_those_of_the_same_commodity(desk, form, clerk):
    others = make_business()
    ticket = register_with_photo(form)
    product = examine(ticket, clerk).business.products.get()
    for price in (900, 1_000, 1_100):
        make_product(others, f"Tempe {price}", commodity=product.commodity, unit=product.unit, price=price)
    assert "Harga tengah 3 produk Tempe per bungkus: Rp 1.000. Jauh berbeda" in words(
        desk.get(reverse(SCREEN, args=[ticket.pk]))
    )


# --- The NIK --------------------------------------------------------------------------------------


def test_only_who_may_opens_the_nik_and_it_is_recorded(desk, client, form):
    ticket = make_registration(form)
    url = reverse(f"{SCREEN}-nik", args=[ticket.pk])
    assert "Buka NIK" not in words(desk.get(reverse(SCREEN, args=[ticket.pk])))
    assert desk.post(url, {"key": "nik"})["Location"] == "/cms/"
    client.force_login(make_staff(roles.ADMIN, "kepala"))
    shown = client.post(url, {"key": "nik"})
    assert "3375 0147 0890 0000" in words(shown)
    assert "no-store" in shown["Cache-Control"]
    assert "3375 0147 0890 0000" not in words(client.get(reverse(SCREEN, args=[ticket.pk])))
    assert ticket.events.filter(kind=EventKind.NIK_REVEALED).count() == 1


def test_the_owner_sees_where_his_product_is(site, form, clerk):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    ticket = register_with_photo(form)
    approve(ticket, clerk)
    ticket.refresh_from_db()
    assert [(link.label, link.url) for link in rendering.for_visitor(ticket)["links"]] == [
        ("Lihat Keripik Tempe Contoh", "/gallery-ikm/keripik-tempe-contoh/")
    ]


def test_commodities_and_units_are_offered_for_goods(desk, form, clerk):
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    page = soup_of(desk.get(reverse(SCREEN, args=[ticket.pk])))
    units = {option.text for option in page.select("select[name$=_unit] option")}
    assert "bungkus" in units
    assert not units & {"rupiah", "orang", "kilowatt jam"}
