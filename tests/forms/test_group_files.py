"""Files in the copies of a repeated group: they stay with their copy, move up with it, and go with it."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms import groups, rendering, uploads
from forms.builder import TOKEN_FIELD
from forms.models import FormPage, Submission, Upload
from forms.references import read_token
from siptenan.common import generation
from tests.forms.long_form import URL
from tests.forms.phone import Phone
from tests.forms.product_form import at_the_products, make_product_form, with_products
from tests.forms.saving import resumed, save
from tests.forms.upload_files import photo, sent

pytestmark = pytest.mark.django_db

COLOURS = ("red", "green", "blue")


@pytest.fixture
def form(site) -> FormPage:
    return make_product_form()


def with_photos(*names: str) -> Phone:
    """A visitor who has sent a photo of each product, each in a colour of its own."""
    phone = with_products(*names)
    files = {
        groups.copy_key("foto", number): sent(photo(colour=colour), f"{number}.jpg")
        for number, (colour, _) in enumerate(zip(COLOURS, names, strict=False), 1)
    }
    phone.press("ke:barang", named=files)
    return phone


def photos_on(phone: Phone) -> dict[str, list[str]]:
    """The ids of the photos on the screen, by the name of their question."""
    return {name: ids for name, ids in phone.kept().items() if name.startswith("foto")}


def piece(phone: Phone, key: str, upload_id: uuid.UUID) -> dict:
    """Send a file as the script does, all in one piece."""
    content = photo(colour="pink")
    token = phone.form.select_one(f"[name={TOKEN_FIELD}]")["value"]
    data = {TOKEN_FIELD: token, "pertanyaan": key, "berkas": upload_id, "mulai": 0, "total": len(content)}
    return phone.client.post(f"{URL}unggah/", {**data, "potongan": SimpleUploadedFile("blob", content)}).json()


def test_a_photo_chosen_before_another_copy_is_asked_for_is_kept(form):
    phone = at_the_products()
    phone.press("tambah:produk", named={"foto": sent(photo(), "a.jpg")})
    [upload] = Upload.objects.all()
    assert photos_on(phone) == {"foto": [str(upload.pk)]}
    assert phone.page.select_one('[name="foto"][type=hidden]').find_parent("fieldset")["data-number"] == "1"


def test_a_mistake_elsewhere_costs_no_copy_its_photo(form):
    phone = with_photos("Kain", "")
    phone.press("lanjut")
    assert set(phone.errors) == {"#id_nama_produk__2"}
    assert set(photos_on(phone)) == {"foto", "foto__2"}


def test_a_file_that_is_none_is_refused_in_its_copy_also_by_the_button_that_adds(form):
    phone = with_products("Kain", "Tas")
    phone.press("tambah:produk", named={"foto__2": sent(b"no picture", "a.jpg")})
    assert list(phone.errors) == ["#id_foto__2"]
    assert phone.errors["#id_foto__2"].startswith("Produk 2: ")
    assert phone.page.select("fieldset[data-number='3']")


def test_photos_move_up_with_their_copy_and_those_of_the_copy_go(form):
    phone = with_photos("Kain", "Tas", "Baju")
    before = photos_on(phone)
    phone.press("buang:produk:2")
    assert photos_on(phone) == {"foto": before["foto"], "foto__2": before["foto__3"]}
    assert not Upload.objects.filter(pk__in=before["foto__2"]).exists()
    phone.press("ke:barang")
    assert photos_on(phone) == {"foto": before["foto"], "foto__2": before["foto__3"]}
    phone.press("kirim", setuju="on")
    ticket = Submission.objects.get()
    assert (ticket.answers["foto"], ticket.answers["foto__2"]) == (before["foto"], before["foto__3"])
    assert ticket.uploads.count() == 2
    shown = {answer.key: [str(file.pk) for file in answer.files] for answer in rendering.answers(ticket)}
    assert shown["foto__2"] == before["foto__3"]


def test_the_same_photo_of_a_new_copy_is_a_photo_of_its_own(form):
    phone = with_photos("Kain", "Tas", "Baju")
    phone.press("buang:produk:2")
    phone.press("ke:barang")
    phone.press("tambah:produk", named={"nama_produk__2": "Baju"})
    phone.press("ke:barang", named={"foto__3": sent(photo(colour=COLOURS[2]), "again.jpg")})
    found = [pk for ids in photos_on(phone).values() for pk in ids]
    assert len(set(found)) == len(found) == 3


def test_a_photo_on_its_way_to_a_copy_that_moved_up_arrives_there(form):
    """The script goes on under the name it began with."""
    phone, upload_id = with_products("Kain", "Tas", "Baju"), uuid.uuid4()
    phone.press("buang:produk:2", named={"foto__3-menyusul": str(upload_id)})
    assert piece(phone, "foto__3", upload_id)["done"]
    phone.press("ke:barang", named={"foto__2-menyusul": str(upload_id)})
    assert photos_on(phone) == {"foto__2": [str(upload_id)]}


def test_a_photo_that_comes_after_the_ticket_belongs_where_it_was_announced(form):
    phone, upload_id = with_products("Kain", "Tas", "Baju"), uuid.uuid4()
    phone.press("buang:produk:2", named={"foto__3-menyusul": str(upload_id)})
    sender = Phone(URL, phone.client)
    sender.response = phone.response
    phone.press("kirim", setuju="on", named={"foto__2-menyusul": str(upload_id)})
    assert piece(sender, "foto__3", upload_id)["done"]
    ticket = Submission.objects.get()
    assert ticket.answers["foto__2"] == [str(upload_id)]
    assert "foto__3" not in ticket.answers


def test_a_piece_for_a_copy_beyond_the_limit_is_refused(form):
    phone = at_the_products()
    assert piece(phone, "foto__3", uuid.uuid4())["done"]
    for key in ("foto__4", "nama__2", "foto__2__2", "produk__2"):
        assert "tidak meminta berkas itu" in piece(phone, key, uuid.uuid4())["error"]


def test_a_file_is_in_one_copy_only_and_in_no_other_question(form):
    phone = with_photos("Kain", "Tas")
    token = read_token(phone.form.select_one(f"[name={TOKEN_FIELD}]")["value"], form.pk)
    [first, second] = Upload.objects.order_by("created_at")
    found = uploads.find_all(token, {"foto": [first.pk, second.pk], "foto__2": [first.pk], "lain": [second.pk]})
    assert found == {"foto": [first, second], "foto__2": [], "lain": []}


def test_a_code_brings_the_copies_and_their_photos_back(form):
    phone = with_photos("Kain", "Tas")
    before = phone.kept()
    again = resumed(save(phone))
    assert again.heading == "Barang"
    kept = {name: values for name, values in again.kept().items() if name != "jenis_usaha"}
    assert kept == {name: values for name, values in before.items() if name != "jenis_usaha"}
    assert again.page.select("fieldset[data-number='2'] .kept-files img")
    again.press("kirim", setuju="on")
    assert Submission.objects.get().uploads.count() == 2


def test_the_number_of_queries_does_not_depend_on_the_copies(form):
    counts = {}
    for size in (1, 3):
        phone = with_photos(*("Kain", "Tas", "Baju")[:size])
        generation.forget()
        phone.press("ke:barang")
        found = []
        for action, typed in (("ke:barang", {}), ("lanjut", {}), ("periksa", {"setuju": "on"}), ("kirim", {})):
            generation.forget()
            with CaptureQueriesContext(connection) as asked:
                phone.press(action, **typed)
            assert phone.response.status_code in (200, 303)
            found.append(len(asked))
        counts[size] = found
    assert counts[1] == counts[3]
