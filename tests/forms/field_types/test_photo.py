"""Photos in a form: taken, cleaned, kept through errors, refused in words, shown to nobody else (A4, B5, B6, I4)."""

from __future__ import annotations

import io
import time

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from forms import references
from forms.builder import TOKEN_FIELD
from forms.models import FormPage, Submission, Upload
from siptenan.common.throttle import Limit
from tests.factories import make_form
from tests.forms import upload_files
from tests.forms.upload_files import MB, photo, sent
from tests.forms.visitors import page_of

URL = "/kalindri/produk/"
NAME = {"label": "Nama Produk", "field_type": "singleline"}
PHOTO = {"label": "Foto Produk", "field_type": "photo", "max_files": 3}

pytestmark = pytest.mark.django_db


@pytest.fixture
def product_form(site) -> FormPage:
    return make_form("produk", [NAME, PHOTO], title="Produk", ticket_prefix="IKM")


def token_of(page: FormPage) -> str:
    with time_machine.travel(time.time() - 60):
        return references.issue_token(page.pk)


def post(client: Client, raw_token: str, **fields) -> HttpResponse:
    return client.post(URL, {TOKEN_FIELD: raw_token, **fields})


def errors_of(response: HttpResponse) -> list[str]:
    return [item.get_text(strip=True) for item in page_of(response).select(".error-summary li")]


def kept(response: HttpResponse) -> list[str]:
    """The ids of the files that came before, as the page sends them again."""
    return [field["value"] for field in page_of(response).select(".kept-files [type=hidden][name=foto_produk]")]


def test_a_photo_of_a_phone_reaches_the_ticket(product_form, client):
    """A4: with place and owner in it, upside down, larger than anybody needs."""
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (6.0, 53.0, 0.0)
    out = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(out, "JPEG", exif=exif, quality=95)
    assert out.tell() > 2 * MB
    response = post(client, token_of(product_form), nama_produk="Kain", foto_produk=sent(out.getvalue(), "IMG_1.JPG"))
    assert response.status_code == 303
    [upload] = Submission.objects.get().uploads.all()
    assert Submission.objects.get().answers["foto_produk"] == [str(upload.pk)]
    with Image.open(io.BytesIO(upload_files.content_of(upload))) as stored:
        assert (stored.format, stored.size) == ("JPEG", (1067, 1600))
        assert not stored.getexif()
    assert "IMG_1" not in upload.file.name


@pytest.mark.parametrize("fmt", ["WEBP", "AVIF", "HEIF", "PNG"])
def test_other_formats_become_jpeg(product_form, client, fmt):
    """B5."""
    post(client, token_of(product_form), nama_produk="Kain", foto_produk=sent(photo(fmt=fmt), "foto"))
    [upload] = Submission.objects.get().uploads.all()
    assert upload.content_type == "image/jpeg"


REFUSED = {
    "empty": (b"", "Berkas ini kosong (0 byte)."),
    "pdf": (b"%PDF-1.7 \n", "Berkas ini bukan foto yang dapat dibaca."),
    "svg": (
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        "Berkas ini bukan foto yang dapat dibaca.",
    ),
    "bomb": (upload_files.bomb(), "Foto ini terlalu besar: lebih dari"),
    "half": (photo((900, 900))[:2000], "Foto ini rusak atau tidak lengkap."),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused_in_words_and_nothing_else_is_lost(product_form, client, content, words):
    good = sent(photo(), "baik.jpg")
    response = post(client, token_of(product_form), nama_produk="Kain", foto_produk=[good, sent(content, "foto.jpg")])
    assert response.status_code == 422
    assert [words in error for error in errors_of(response)] == [True]
    assert page_of(response).select_one("[name=nama_produk]")["value"] == "Kain"
    assert len(kept(response)) == 1
    assert not Submission.objects.exists()


def test_forty_megabytes_are_too_many(product_form, client):
    """B6."""
    huge = sent(photo() + bytes(40 * MB), "besar.jpg")
    response = post(client, token_of(product_form), nama_produk="Kain", foto_produk=huge)
    assert response.status_code == 422
    assert "batasnya 15 MB" in errors_of(response)[0]
    assert page_of(response).select_one("[name=nama_produk]")["value"] == "Kain"


def test_what_hides_behind_a_photo_is_not_stored(product_form, client):
    post(client, token_of(product_form), nama_produk="Kain", foto_produk=sent(photo() + b"<script>PK\x03\x04", "a.jpg"))
    assert b"script" not in upload_files.content_of(Upload.objects.get())


def test_an_error_elsewhere_costs_no_photo(product_form, client):
    token = token_of(product_form)
    first = post(
        client, token, nama_produk="", foto_produk=[sent(photo(), "1.jpg"), sent(photo(colour="blue"), "2.jpg")]
    )
    assert errors_of(first) == ["Nama Produk belum diisi."]
    ids = kept(first)
    assert len(ids) == 2
    assert page_of(first).select(".kept-files img[src^='data:image/webp']")
    assert post(client, token, nama_produk="Kain", foto_produk=ids).status_code == 303
    assert Submission.objects.get().answers["foto_produk"] == ids


def test_a_photo_can_be_taken_away_and_another_added(product_form, client):
    token = token_of(product_form)
    [pk] = kept(post(client, token, nama_produk="", foto_produk=sent(photo(), "1.jpg")))
    fields = {"foto_produk": [pk, sent(photo(colour="green"), "2.jpg")], "foto_produk-hapus": pk}
    assert post(client, token, nama_produk="Kain", **fields).status_code == 303
    [upload] = Submission.objects.get().uploads.all()
    assert str(upload.pk) != pk
    assert not Upload.objects.filter(pk=pk).exists()


def test_a_required_photo_is_missed_and_too_many_are_refused(product_form, client):
    token = token_of(product_form)
    assert errors_of(post(client, token, nama_produk="Kain")) == ["Foto Produk belum dipilih."]
    four = [sent(photo(colour=colour), "x.jpg") for colour in ("red", "green", "blue", "white")]
    assert errors_of(post(client, token, nama_produk="Kain", foto_produk=four)) == [
        "Foto Produk: Paling banyak 3 berkas. Hapus yang tidak perlu."
    ]


def test_a_photo_of_somebody_else_cannot_be_named(product_form, client):
    """I4: an id alone opens nothing; it belongs to the form it came with."""
    [pk] = kept(post(client, token_of(product_form), nama_produk="", foto_produk=sent(photo(), "1.jpg")))
    stranger = post(Client(), token_of(product_form), nama_produk="Kain", foto_produk=pk)
    assert stranger.status_code == 422
    assert kept(stranger) == []


def test_a_form_too_long_open_keeps_its_photo(product_form, client):
    with time_machine.travel(time.time() - 8 * 24 * 3600):
        old = references.issue_token(product_form.pk)
    response = post(client, old, nama_produk="Kain", foto_produk=sent(photo(), "1.jpg"))
    assert response.status_code == 422
    token = page_of(response).select_one(f"[name={TOKEN_FIELD}]")["value"]
    assert post(client, token, nama_produk="Kain", foto_produk=kept(response)).status_code == 303


def test_the_same_send_twice_is_one_ticket_with_one_photo(product_form, client):
    token = token_of(product_form)
    for _ in range(2):
        sent_photo = sent(photo(), "1.jpg")
        assert post(client, token, nama_produk="Kain", foto_produk=sent_photo).status_code == 303
    assert Submission.objects.get().uploads.count() == 1


def test_who_may_see_it(product_form, client, officer, admin):
    """I4: the sender with his ticket and the officers of the form; nobody else, however well he guesses."""
    post(client, token_of(product_form), nama_produk="Kain", foto_produk=sent(photo(), "1.jpg"))
    ticket = Submission.objects.get()
    [upload] = ticket.uploads.all()
    cms = f"/cms/tiket/{ticket.pk}/berkas/{upload.pk}/"
    assert Client().get(cms).status_code == 302
    assert Client().get(f"/media/{upload.file.name}").status_code == 404
    assert Client().get(f"/kalindri/lacak/tiket/berkas/{upload.pk}/").status_code == 302
    other_officer, chief = Client(), Client()
    other_officer.force_login(officer)  # answers HAKI, not this form
    assert other_officer.get(cms).status_code in (302, 403, 404)
    chief.force_login(admin)
    response = chief.get(cms)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    visitor = Client()
    visitor.get(f"/kalindri/lacak/t/{ticket.link_secret}/")
    shown = visitor.get(f"/kalindri/lacak/tiket/berkas/{upload.pk}/")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_it_is_shown_where_the_answers_are(product_form, client, admin):
    post(client, token_of(product_form), nama_produk="Kain", foto_produk=sent(photo(), "1.jpg"))
    ticket = Submission.objects.get()
    client.force_login(admin)
    html = BeautifulSoup(client.get(f"/cms/tiket/{ticket.pk}/").content, "html.parser")
    assert html.select_one(".file-link img")["src"].startswith("data:image/webp;base64,")


@pytest.mark.usefixtures("_one_window")
def test_a_flood_of_photos_is_slowed_and_loses_nothing_typed(product_form, client, monkeypatch):
    monkeypatch.setattr("forms.views.attached.FILE_LIMIT", Limit.parse("1/10m"))
    two = [sent(photo(), "1.jpg"), sent(photo(colour="blue"), "2.jpg")]
    response = post(client, token_of(product_form), nama_produk="Kain", foto_produk=two)
    assert errors_of(response) == [
        "Foto Produk: Terlalu banyak berkas dikirim dari jaringan ini. Coba lagi beberapa menit lagi."
    ]
    assert len(kept(response)) == 1
    assert page_of(response).select_one("[name=nama_produk]")["value"] == "Kain"


def test_a_repeat_after_the_weeks_of_the_token_gives_the_first_ticket(product_form, client):
    with time_machine.travel(time.time() - 8 * 24 * 3600):
        token = references.issue_token(product_form.pk)
    with time_machine.travel(time.time() - 8 * 24 * 3600 + 60):
        assert post(client, token, nama_produk="Kain", foto_produk=sent(photo(), "1.jpg")).status_code == 303
    ticket = Submission.objects.get()
    again = post(client, token, nama_produk="Kain", foto_produk=ticket.answers["foto_produk"])
    assert again.status_code == 303
    assert Submission.objects.get().messages.count() == 0
