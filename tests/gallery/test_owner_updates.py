"""Owners change price, photo and stock through a link that is used once; an officer decides."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from gallery import drafts, interest_report, owner_updates
from gallery.models import DailyInterest, GalleryIndexPage, OwnerUpdate, Product, ProductChange, ProductPhoto
from siptenan.accounts import roles
from tests.factories import make_business, make_gallery_form, make_image, make_product, make_staff, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm"))
    return make_gallery_form()


@pytest.fixture
def officer_of_gallery(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


@pytest.fixture
def clerk(officer_of_gallery) -> Client:
    client = Client()
    client.force_login(officer_of_gallery)
    return client


@pytest.fixture
def product(form) -> Product:
    return make_product(make_business(), price=150_000)


@pytest.fixture
def secret(product, officer_of_gallery) -> str:
    return owner_updates.invite(product.business, by=officer_of_gallery)[1]


def url(secret: str) -> str:
    return f"/gallery-ikm/perbarui/{secret}/"


def fields(product: Product, **values) -> dict:
    given = {"price": "175.000", "stock": "habis", **values}
    return {f"produk-{product.pk}-{name}": value for name, value in given.items()}


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def photo(**values) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.png", get_test_image_file(**values).file.getvalue())


def change_price(product: Product, price: int) -> None:
    """As an officer does in the editor."""
    product = Product.objects.get(pk=product.pk)
    product.price = price
    product.save_revision().publish()


def update_page(clerk: Client) -> BeautifulSoup:
    return page(clerk.get(f"/cms/gallery/pembaruan/{OwnerUpdate.objects.get().pk}/"))


def press(clerk: Client, found: BeautifulSoup):
    """Press “Setujui” on the page as it was opened."""
    hidden = {field["name"]: field["value"] for field in found.select("main form input[type=hidden]")}
    path = f"/cms/gallery/pembaruan/{OwnerUpdate.objects.get().pk}/"
    return clerk.post(path, {**hidden, "aksi": "setujui"}, follow=True)


class TestOwner:
    def test_he_sees_his_products_as_they_are(self, product, secret):
        response = Client().get(url(secret))
        assert response.status_code == 200
        assert product.name in page(response).text
        assert page(response).select_one(f"[name=produk-{product.pk}-price]")["value"].replace(".", "") == "150000"
        assert response["Cache-Control"] == "no-store, private"
        assert not response.cookies

    def test_what_he_sends_changes_nothing_yet(self, product, secret):
        response = Client().post(url(secret), {**fields(product), f"produk-{product.pk}-photo": photo()})
        assert "sudah terkirim" in page(response).text
        product.refresh_from_db()
        assert (product.price, product.stock, product.photos.count()) == (150_000, "tersedia", 0)
        change = ProductChange.objects.get()
        assert (change.price_before, change.price, change.stock) == (150_000, 175_000, "habis")
        assert change.photo.storage.exists(change.photo.name)

    def test_the_link_works_once(self, product, secret):
        Client().post(url(secret), fields(product))
        assert Client().get(url(secret)).status_code == 404
        response = Client().post(url(secret), fields(product, price="1"))
        assert response.status_code == 404
        assert ProductChange.objects.get().price == 175_000

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"price": "seratus"}, "Tulis harga dengan angka"),
            ({"price": "-5"}, "tidak boleh kurang"),
            ({"price": "99.999.999.999.999"}, "paling besar"),
            ({"stock": "banyak"}, "Pilih salah satu yang tersedia."),
            ({"photo": SimpleUploadedFile("foto.jpg", b"%PDF-1.4")}, "bukan foto"),
            ({"photo": SimpleUploadedFile("foto.jpg", b"")}, "kosong"),
        ],
    )
    def test_wrong_input_is_explained_and_the_link_stays(self, product, secret, values, words):
        response = Client().post(url(secret), fields(product, **values))
        assert response.status_code == 422
        assert words in page(response).select_one(".error-summary").text
        assert Client().get(url(secret)).status_code == 200
        assert not ProductChange.objects.exists()

    def test_who_only_confirms_wants_no_old_price_back(self, product, secret, officer_of_gallery):
        shown = page(Client().get(url(secret)))
        sent = {field["name"]: field.get("value", "") for field in shown.select("form input:not([type=file])")}
        sent |= {field["name"]: field.select_one("option[selected]")["value"] for field in shown.select("form select")}
        change_price(product, 200_000)
        assert "sudah terkirim" in page(Client().post(url(secret), sent)).text
        change = ProductChange.objects.get()
        assert not change.is_of_price
        assert not change.is_of_stock
        owner_updates.approve(OwnerUpdate.objects.get(), by=officer_of_gallery)
        product.refresh_from_db()
        assert product.price == 200_000

    def test_a_product_never_has_more_photos_than_its_editor_takes(self, product, secret, officer_of_gallery):
        product.photos = [ProductPhoto(image=make_image(f"foto {number}"), sort_order=number) for number in range(10)]
        product.save_revision().publish()
        Client().post(url(secret), {**fields(product), f"produk-{product.pk}-photo": photo()})
        owner_updates.approve(OwnerUpdate.objects.get(), by=officer_of_gallery)
        photos = list(Product.objects.get(pk=product.pk).photos.all())
        assert len(photos) == 10
        assert photos[0].image.title == product.name

    def test_products_of_others_cannot_be_named(self, product, secret):
        other = make_product(make_business("Batik Contoh Lain", record={"nik": ""}), "Sarung Lain", price=5)
        Client().post(url(secret), {**fields(product), **fields(other)})
        assert [change.product for change in ProductChange.objects.all()] == [product]

    @pytest.mark.parametrize("change", ["expired", "hidden", "newer"])
    def test_a_link_ends(self, product, secret, officer_of_gallery, change):
        if change == "expired":
            OwnerUpdate.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
        elif change == "hidden":
            product.business.unpublish()
        else:
            owner_updates.invite(product.business, by=officer_of_gallery)
        response = Client().get(url(secret))
        assert response.status_code == 404
        assert "tidak berlaku lagi" in page(response).text
        assert page(response).select_one(".contact-cards a[href^='tel:']"), "whom to ask for a new one"
        assert product.name not in page(response).text

    def test_the_secret_is_stored_nowhere(self, secret):
        assert secret not in str(list(OwnerUpdate.objects.values()))


class TestOfficer:
    def test_he_makes_a_link_and_sends_it_by_hand(self, clerk, product):
        response = clerk.post(f"/cms/gallery/pemilik/{product.business_id}/")
        found = page(response)
        link = found.select_one("code").text
        assert Client().get(link.removeprefix("http://testserver")).status_code == 200
        button = found.find("a", string="Kirim lewat WhatsApp")["href"]
        assert button.startswith("https://wa.me/6281200000111?text=")
        assert link.rsplit("/", 2)[1] in button
        assert link not in clerk.get(f"/cms/gallery/pemilik/{product.business_id}/").content.decode()

    @pytest.fixture
    def sent(self, product, secret) -> OwnerUpdate:
        Client().post(url(secret), {**fields(product), f"produk-{product.pk}-photo": photo()})
        return OwnerUpdate.objects.get()

    def test_he_sees_the_difference(self, clerk, sent):
        assert "Batik Contoh Sekar" in page(clerk.get("/cms/gallery/pembaruan/")).text
        found = page(clerk.get(f"/cms/gallery/pembaruan/{sent.pk}/"))
        rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in found.select("tbody tr")]
        assert rows[:2] == [["Harga", "Rp 150.000", "Rp 175.000"], ["Ketersediaan", "Tersedia", "Sedang habis"]]
        assert clerk.get(found.select_one("tbody img")["src"]).status_code == 200

    def test_approving_publishes_it(self, clerk, sent, product, django_capture_on_commit_callbacks):
        stored = ProductChange.objects.get().photo
        with django_capture_on_commit_callbacks(execute=True):
            clerk.post(f"/cms/gallery/pembaruan/{sent.pk}/", {"aksi": "setujui"})
        product.refresh_from_db()
        assert (product.price, product.stock, product.photos.count()) == (175_000, "habis", 1)
        assert product.confirmed_at > timezone.now() - dt.timedelta(minutes=5)
        assert not stored.storage.exists(stored.name)

    def test_rejecting_leaves_it(self, clerk, sent, product):
        clerk.post(f"/cms/gallery/pembaruan/{sent.pk}/", {"aksi": "tolak"})
        product.refresh_from_db()
        assert (product.price, product.photos.count()) == (150_000, 0)

    def test_the_second_officer_is_told(self, clerk, sent, product):
        clerk.post(f"/cms/gallery/pembaruan/{sent.pk}/", {"aksi": "tolak"})
        response = clerk.post(f"/cms/gallery/pembaruan/{sent.pk}/", {"aksi": "setujui"}, follow=True)
        assert "Petugas lain sudah memutuskan" in page(response).text
        product.refresh_from_db()
        assert product.price == 150_000

    def test_a_draft_of_an_officer_is_not_published_along(self, clerk, sent, product):
        product.description = "Belum jadi"
        product.save_revision()
        response = clerk.post(f"/cms/gallery/pembaruan/{sent.pk}/", {"aksi": "setujui"}, follow=True)
        assert "punya draf yang belum terbit" in page(response).text
        product.refresh_from_db()
        assert (product.price, product.description) == (150_000, "Katun, dua meter.")

    def test_what_the_owner_left_alone_stays_as_the_officer_made_it(self, clerk, product, secret):
        """The owner says only that it is sold out; meanwhile an officer publishes another price."""
        Client().post(url(secret), fields(product, price="150.000", stock="habis"))
        change_price(product, 200_000)
        found = update_page(clerk)
        rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in found.select("tbody tr")]
        assert rows == [["Ketersediaan", "Tersedia", "Sedang habis"]]
        press(clerk, found)
        product.refresh_from_db()
        assert (product.price, product.stock) == (200_000, "habis")

    def test_now_is_what_is_in_the_gallery_now(self, clerk, sent, product):
        change_price(product, 160_000)
        found = update_page(clerk)
        assert "Sejak pemilik mengirim, data di Gallery sudah diubah" in found.text
        cells = [cell.get_text(" ", strip=True) for cell in found.select("tbody tr")[0].select("th, td")]
        assert cells == ["Harga", "Rp 160.000 Saat pemilik mengirim: Rp 150.000", "Rp 175.000"]
        press(clerk, found)  # he has seen it
        product.refresh_from_db()
        assert product.price == 175_000

    def test_what_changed_since_the_page_was_opened_is_asked_again(self, clerk, sent, product):
        found = update_page(clerk)
        change_price(product, 160_000)
        response = press(clerk, found)
        assert "Belum disetujui: data di Gallery sudah berubah (Kain Batik Contoh)" in page(response).text
        product.refresh_from_db()
        assert (product.price, OwnerUpdate.objects.get().decided_at) == (160_000, None)

    def test_without_a_word_of_what_he_saw_the_change_is_refused(self, clerk, sent, product):
        change_price(product, 160_000)
        clerk.post(f"/cms/gallery/pembaruan/{sent.pk}/", {"aksi": "setujui"})
        product.refresh_from_db()
        assert product.price == 160_000

    def test_the_photo_of_now_stands_beside_the_new_one(self, clerk, product, secret):
        sarung = make_product(product.business, "Sarung Contoh", photos=1)
        same = fields(product, price="150.000", stock="tersedia")
        Client().post(url(secret), {**same, **fields(sarung), f"produk-{sarung.pk}-photo": photo()})
        pictures = update_page(clerk).select("tbody img")
        assert [picture["alt"] for picture in pictures] == ["Foto Sarung Contoh sekarang", "Foto baru Sarung Contoh"]
        assert pictures[0]["src"].startswith("/media/")

    def test_who_is_of_another_service_gets_nothing(self, officer, sent):
        client = Client()
        client.force_login(officer)
        change = ProductChange.objects.get()
        for path in (
            "pembaruan/",
            f"pembaruan/{sent.pk}/",
            f"pembaruan/foto/{change.pk}/",
            f"pemilik/{sent.business_id}/",
        ):
            assert client.get(f"/cms/gallery/{path}").status_code in (302, 403), path
        assert Client().get(f"/cms/gallery/pembaruan/foto/{change.pk}/").status_code in (302, 403)


def test_a_listing_of_a_year_ago_asks_for_confirmation(product, officer_of_gallery):
    assert list(owner_updates.stale()) == []
    Product.objects.update(confirmed_at=timezone.now() - dt.timedelta(days=366))
    assert list(owner_updates.stale()) == [product.business]
    _, secret = owner_updates.invite(product.business, by=officer_of_gallery)
    Client().post(url(secret), fields(product, price="150.000", stock="tersedia"))
    assert ProductChange.objects.get().is_only_confirmed
    owner_updates.approve(OwnerUpdate.objects.get(), by=officer_of_gallery)
    assert list(owner_updates.stale()) == []


def test_the_day_of_confirmation_stays_when_somebody_publishes_later(product, officer_of_gallery):
    product.save_revision()
    drafts.confirmed(product)
    confirmed_at = Product.objects.get(pk=product.pk).confirmed_at
    change_price(product, 5_000)
    Product.objects.get(pk=product.pk).latest_revision.publish()
    assert Product.objects.get(pk=product.pk).confirmed_at == confirmed_at


def test_the_monthly_text_adds_up_the_days(product):
    for day, views in ((1, 3), (30, 4)):
        DailyInterest.objects.create(product=product, day=dt.date(2026, 11, day), views=views, whatsapp=1)
    DailyInterest.objects.create(product=product, day=dt.date(2026, 12, 1), views=50)
    text = interest_report.text(product.business, dt.date(2026, 11, 15))
    assert "November 2026" in text
    assert "Kain Batik Contoh: dilihat 7 kali, 2 menekan WhatsApp" in text
    assert "belum ada yang melihat" in interest_report.text(product.business, dt.date(2026, 10, 1))
