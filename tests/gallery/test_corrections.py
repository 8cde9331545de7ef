"""“Perbaiki data”: the owner corrects his registration on the page of his ticket, the officer sees what changed."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from forms import references
from forms.enums import EventKind, Status
from forms.models import OutgoingMail, Submission
from gallery import corrections, verification
from gallery.models import Business, Correction, Product
from siptenan.accounts import roles
from siptenan.common.models import Commodity, Kelurahan
from tests.factories import make_gallery_form, make_registration, make_staff
from tests.factories.gallery import FEMALE_NIK
from tests.gallery.registering import ALL_FINE, approve, record_of, register_with_photo

pytestmark = pytest.mark.django_db
URL = "/kalindri/lacak/tiket/perbaiki/"


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


def sent_back(ticket: Submission, clerk) -> Submission:
    verification.take_up(ticket, by=clerk)
    verification.save_checks(ticket, ALL_FINE, by=clerk)
    verification.ask_for_correction(ticket, ["Foto Produk"], "Fotonya gelap.", by=clerk)
    ticket.refresh_from_db()
    return ticket


def open_ticket(client, ticket: Submission) -> None:
    """As with the link of the receipt."""
    client.get(reverse("track-link", args=[ticket.link_secret]))


def fields(response) -> dict[str, list[str]]:
    """What a browser without JavaScript would send of the form, but for the buttons."""
    found: dict[str, list[str]] = {}
    soup = BeautifulSoup(response.content, "html.parser")
    for control in soup.select("main form input, main form textarea, main form select"):
        if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.get("type") == "file":
            continue
        value = control.get("value", "")
        if control.name == "textarea":
            value = control.get_text().removeprefix("\n")
        if control.name == "select":
            chosen = control.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        found.setdefault(control["name"], []).append(value.replace("\r\n", "\n"))
    return found


def correct(client, **changes):
    """Open the form, change some answers, go through all steps, and send it."""
    typed = {**fields(client.get(URL)), **changes}
    for _ in range(8):
        answer = client.post(URL, {**typed, "aksi": "lanjut"})
        if "Periksa jawaban" in answer.content.decode() or answer.status_code != 200:
            break
        page = fields(answer)
        typed = {**page, **{name: value for name, value in changes.items() if name in page and name != "foto_produk"}}
    final = fields(answer) if answer.status_code == 200 else typed
    return client.post(URL, {**final, "aksi": "kirim"})


def photo(colour: str = "red") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (900, 900), colour).save(stream, "JPEG")
    return SimpleUploadedFile("foto.jpg", stream.getvalue(), "image/jpeg")


def test_the_form_is_filled_in_but_never_with_the_nik(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    status = client.get(reverse("track-ticket"))
    assert URL in status.content.decode()
    page = client.get(URL)
    text = page.content.decode()
    for shown in ("Ibu Contoh Pendaftar", "Tempe Contoh Jaya", "5.000.000", "0812-0000-0222", "Fotonya gelap."):
        assert shown in text
    assert FEMALE_NIK not in text
    assert fields(page).get("nik", [""]) == [""]
    assert "no-store" in page["Cache-Control"] or "no-cache" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]


def test_a_correction_keeps_what_was_there_and_goes_back_into_the_queue(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    digest = record_of(ticket).nik_digest
    open_ticket(client, ticket)
    answer = correct(client, harga="17.500", alamat="Jl. Contoh Baru 9")
    assert answer["Location"] == "/kalindri/lacak/tiket/?terkirim=perbaikan"
    assert "Perbaikan Anda sudah masuk" in client.get(answer["Location"]).content.decode()
    correction = Correction.objects.get()
    assert [(row["label"], row["before"], row["after"]) for row in correction.changes] == [
        ("Alamat", "Jl. Contoh Rahasia 7", "Jl. Contoh Baru 9"),
        ("Harga", "Rp 15.000", "Rp 17.500"),
    ]
    reference, ticket = ticket.reference, Submission.objects.get(pk=ticket.pk)
    assert (ticket.reference, ticket.status, ticket.has_news) == (reference, Status.EXAMINED, True)
    assert ticket.events.filter(kind=EventKind.CORRECTED, actor_name="Pemohon").count() == 1
    assert OutgoingMail.objects.filter(submission=ticket, kind="added").count() == 1
    record = record_of(ticket)
    assert (record.address, record.nik_digest, record.nik) == ("Jl. Contoh Baru 9", digest, FEMALE_NIK)
    product = record.business.products.get()
    assert (product.price, product.get_latest_revision_as_object().price) == (17_500, 17_500)
    assert Submission.objects.matching("contoh baru 9").get() == ticket


def test_what_was_corrected_is_looked_at_again(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    correct(client, harga="17.500")
    marks = {mark.item: mark.is_ok for mark in record_of(ticket).checks.all()}
    assert marks == {"foto": True, "harga": None, "nik": True, "usaha": True, "persetujuan": True}


def test_the_officer_sees_the_difference(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    correct(client, harga="17.500", deskripsi="")
    client.force_login(clerk)
    text = client.get(reverse("gallery-registration", args=[ticket.pk])).content.decode()
    for shown in ("Rp 15.000", "Rp 17.500", "Renyah, 250 gram.", "Dikosongkan", "Ada perbaikan baru"):
        assert shown in text


def test_photos_are_kept_dropped_and_added(client, form, clerk):
    ticket = sent_back(register_with_photo(form, photos=2), clerk)
    first, second = ticket.answers["foto_produk"]
    open_ticket(client, ticket)
    typed = fields(client.get(URL))
    page = client.post(URL, {**typed, "foto_produk-hapus": [first], "aksi": "periksa"})
    assert page.status_code == 200, BeautifulSoup(page.content, "html.parser").select(".error-summary")
    sent = client.post(URL, {**fields(page), "foto_produk": [second, photo()], "aksi": "kirim"})
    assert sent.status_code == 303
    change = Correction.objects.get().changes[0]
    ticket.refresh_from_db()
    assert change["removed"] == [first]
    assert len(change["added"]) == 1
    assert ticket.answers["foto_produk"] == [second, *change["added"]]
    draft = record_of(ticket).business.products.get().get_latest_revision_as_object()
    assert [str(found.upload_id) for found in draft.photos.all()] == ticket.answers["foto_produk"]
    client.force_login(clerk)
    url = reverse("ticket:file", args=[ticket.pk, change["added"][0]])
    assert url in client.get(reverse("gallery-registration", args=[ticket.pk])).content.decode()
    picture = client.get(url)
    assert picture.status_code == 200
    picture.close()


def test_the_photo_of_somebody_else_cannot_be_named(client, form, clerk):
    other = register_with_photo(form)
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    typed = fields(client.get(URL))
    mine = ticket.answers["foto_produk"]
    client.post(URL, {**typed, "harga": "1", "foto_produk": [*mine, *other.answers["foto_produk"]], "aksi": "kirim"})
    ticket.refresh_from_db()
    assert (ticket.answers["harga"], ticket.answers["foto_produk"]) == ("1", mine)


def test_another_nik_is_taken_and_never_shown(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    correct(client, nik="3375015708900000")
    change = Correction.objects.get().changes[0]
    assert (change["before"], change["after"]) == ("3375**********00", "3375**********00 (angka lain)")
    assert record_of(ticket).nik == "3375015708900000"


def test_a_double_press_makes_one_correction(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    typed = {**fields(client.get(URL)), "harga": "17.500", "aksi": "kirim"}
    first, second = client.post(URL, typed), client.post(URL, typed)
    assert first["Location"] == second["Location"]
    assert Correction.objects.count() == 1
    assert ticket.events.filter(kind=EventKind.CORRECTED).count() == 1


def test_nothing_changed_is_said(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    answer = client.post(URL, {**fields(client.get(URL)), "aksi": "kirim"})
    assert answer.status_code == 422
    assert "Belum ada yang berubah" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.status == Status.NEEDS_CORRECTION


def test_errors_keep_what_was_typed(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    answer = client.post(URL, {**fields(client.get(URL)), "harga": "murah", "nik": "123", "aksi": "kirim"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "NIK harus 16 angka" in text or "Tulis jumlah rupiah" in text
    assert not Correction.objects.exists()


def test_too_late_is_said_and_what_was_typed_stays(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    typed = {**fields(client.get(URL)), "harga": "17.500", "aksi": "kirim"}
    verification.take_up(ticket, by=clerk)
    answer = client.post(URL, typed)
    assert answer.status_code == 409
    assert "datanya tidak dapat diubah dari sini" in answer.content.decode()
    assert "17.500" in answer.content.decode()
    assert client.get(URL)["Location"] == "/kalindri/lacak/tiket/"
    assert not Correction.objects.exists()


def test_only_who_has_the_ticket_open_gets_there(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    assert client.get(URL)["Location"] == "/kalindri/lacak/"
    open_ticket(client, ticket)
    typed = {**fields(client.get(URL)), "harga": "17.500", "aksi": "kirim"}
    client.cookies.clear()
    answer = client.post(URL, typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Tiket Anda tertutup sendiri" in text
    assert "Rp 17.500" in text or "17.500" in text
    assert not Correction.objects.exists()


def test_a_ticket_of_another_form_has_nothing_to_correct(client, ticket):
    open_ticket(client, ticket)
    assert client.get(URL)["Location"] == "/kalindri/lacak/tiket/"


def test_what_the_officer_wrote_stays(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    product = record_of(ticket).business.products.get()
    draft = product.get_latest_revision_as_object()
    draft.description = "Ditulis petugas."
    draft.save_revision(user=clerk, clean=False)
    open_ticket(client, ticket)
    correct(client, harga="17.500")
    draft = Product.objects.get().get_latest_revision_as_object()
    assert (draft.description, draft.price) == ("Ditulis petugas.", 17_500)


def test_what_the_officer_wrote_into_the_record_stays(client, form, clerk):
    """The owner took a consent back by telephone: a correction of the price does not give it again."""
    ticket = sent_back(register_with_photo(form, tampilkan_nomor_whatsapp_saya=True), clerk)
    record = record_of(ticket)
    record.agrees_whatsapp, record.address, record.nik = False, "Jl. Petugas 1", "3375014101900000"
    record.save()
    record.materials.filter(name="ragi").delete()
    open_ticket(client, ticket)
    correct(client, harga="17.500")
    record = record_of(ticket)
    assert (record.agrees_whatsapp, record.address, record.nik) == (False, "Jl. Petugas 1", "3375014101900000")
    assert [row.name for row in record.materials.all()] == ["kedelai", "kayu"]
    verification.ask_for_correction(ticket, ["Alamat"], "Lengkapi.", by=clerk)
    open_ticket(client, ticket)
    correct(client, alamat="Jl. Pemilik 2", bahan_bakar="gas")
    record = record_of(ticket)
    assert (record.agrees_whatsapp, record.address) == (False, "Jl. Pemilik 2")
    assert [row.name for row in record.materials.all()] == ["kedelai", "ragi", "gas"]


def test_products_come_and_go_by_name(client, form, clerk):

    ticket = sent_back(register_with_photo(form, nama_produk__2="Tempe Contoh Segar", harga__2="5000"), clerk)
    asked = tuple(ticket.snapshot.question_list())
    token = references.read_token(references.issue_token(form.pk), form.pk)
    keys = [product.pk for product in record_of(ticket).business.products.order_by("pk")]
    after = {**ticket.answers, "nama_produk": "Tempe Contoh Segar", "harga": "6000", "foto_produk": []}
    after |= {"nama_produk__2": "", "harga__2": ""}
    corrections.send(ticket, asked, after, token)
    left = record_of(ticket).business.products.get()
    assert (left.pk, left.name, left.price) == (keys[1], "Tempe Contoh Segar", 6_000)


def test_a_renamed_business_gets_a_new_address_before_it_is_public(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    correct(client, nama_usaha="Tempe Contoh Makmur")
    business = Business.objects.get()
    assert (business.name, business.slug) == ("Tempe Contoh Makmur", "tempe-contoh-makmur")
    ticket.refresh_from_db()
    assert ticket.business == "Tempe Contoh Makmur"


def test_after_the_correction_it_can_be_approved(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    open_ticket(client, ticket)
    correct(client, harga="17.500")
    ticket.refresh_from_db()
    verification.save_checks(ticket, ALL_FINE, by=clerk)
    record = record_of(ticket)
    tempe = Commodity.objects.get(code="tempe")
    chosen = {product.pk: verification.Classified(tempe.pk, None) for product in record.business.products.all()}
    verification.classify(ticket, tempe.pk, chosen, by=clerk)
    verification.approve(ticket, chosen, by=clerk)
    assert Product.objects.public().get().price == 17_500


def test_a_registration_that_named_no_business_becomes_one(client, form, clerk):
    ticket = make_registration(form, kelurahan=None)
    verification.take_up(ticket, by=clerk)
    verification.ask_for_correction(ticket, ["Kelurahan"], "", by=clerk)
    open_ticket(client, ticket)
    page = client.get(URL)
    assert page.status_code == 200
    code = Kelurahan.objects.get(name="Klego").code
    typed = {**fields(page), "kelurahan": code, "foto_produk": photo(), "aksi": "kirim"}
    assert client.post(URL, typed).status_code == 303
    assert Business.objects.get().kelurahan.code == code


def test_an_approved_one_cannot_be_corrected(client, form, clerk):
    ticket = register_with_photo(form)
    approve(ticket, clerk)
    open_ticket(client, ticket)
    assert client.get(URL)["Location"] == "/kalindri/lacak/tiket/"
    assert URL not in client.get("/kalindri/lacak/tiket/").content.decode()


def test_what_an_officer_has_locked_is_not_changed_and_nothing_typed_is_lost(client, form, clerk):
    ticket = sent_back(register_with_photo(form), clerk)
    product = record_of(ticket).business.products.get()
    Product.objects.filter(pk=product.pk).update(locked=True, locked_by=clerk)
    open_ticket(client, ticket)
    answer = correct(client, harga=["18.000"])
    said = BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ")
    assert answer.status_code == 409
    assert "Petugas sedang mengerjakan data usaha ini" in said
    assert str(clerk) not in said
    assert fields(answer)["harga"] == ["18.000"]
    ticket.refresh_from_db()
    assert (ticket.status, ticket.answers["harga"], Correction.objects.count()) == (
        Status.NEEDS_CORRECTION,
        "15000",
        0,
    )
    assert Product.objects.get().price == 15_000
