"""The pages of products and businesses: what buyers read, where they are led, what search engines are told."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Site

from gallery import interest, pictures, tasks
from gallery.enums import CertificateKind
from gallery.models import Business, CatalogueEntry, Certificate, DailyInterest, GalleryIndexPage
from siptenan.common.models import SiteRendition
from tests.factories import make_business, make_image, make_product, publish

pytestmark = pytest.mark.django_db
BROWSER = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Instagram 355.0"
)


@pytest.fixture(autouse=True)
def catalogue(site) -> GalleryIndexPage:
    return publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))


def soup(client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def things(page: BeautifulSoup) -> dict[str, dict]:
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    return {thing["@type"]: thing for thing in graph}


def meta(page: BeautifulSoup, name: str) -> str:
    return (page.find("meta", property=name) or page.find("meta", attrs={"name": name}))["content"]


# --- A product --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "price", "offer"),
    [
        ({"price": 150_000}, "Rp 150.000 / potong", "150000"),
        ({"price": 1_500_000, "unit": None}, "Rp 1.500.000", "1500000"),
        ({"price": None}, "Hubungi penjual", None),
        ({"price": 0}, "Hubungi penjual", None),
    ],
)
def test_the_price_that_is_seen_is_the_price_that_is_offered(client, values, price, offer):
    product = make_product(make_business(), **values)
    page = soup(client, f"/gallery-ikm/{product.slug}/")
    assert page.select_one(".product-price").text == price
    told = things(page)["Product"].get("offers")
    assert (told and told["price"]) == offer
    if told:
        assert (told["priceCurrency"], told["availability"]) == ("IDR", "https://schema.org/InStock")
    assert soup(client, "/gallery-ikm/").select_one(".product-price").text == price


def test_a_product_has_a_head_of_its_own(client):
    product = make_product(make_business(), photos=2)
    page = soup(client, f"/gallery-ikm/{product.slug}/")
    url = f"http://testserver/gallery-ikm/{product.slug}/"
    assert page.title.text == "Kain Batik Contoh - Batik Contoh Sekar - SIPTENAN"
    assert meta(page, "description") == "Katun, dua meter."
    assert page.find("link", rel="canonical")["href"] == meta(page, "og:url") == url
    assert meta(page, "og:type") == "product"
    assert (meta(page, "og:image:type"), meta(page, "og:image:width"), meta(page, "og:image:height")) == (
        "image/jpeg", "1200", "630",
    )  # fmt: skip
    with default_storage.open(urlsplit(meta(page, "og:image")).path.removeprefix("/media/")) as file:
        assert Image.open(file).size == (1200, 630)
    told = things(page)
    assert [item["name"] for item in told["BreadcrumbList"]["itemListElement"]] == [
        "Home", "Gallery IKM", "Kain Batik Contoh",
    ]  # fmt: skip
    assert told["Product"]["brand"]["name"] == "Batik Contoh Sekar"
    assert len(told["Product"]["image"]) == 2
    assert [link.text for link in page.select(".breadcrumb a")] == ["Home", "Gallery IKM"]


def test_photos_can_be_swiped_chosen_and_opened_without_script(client):
    product = make_product(make_business(), photos=2)
    page = soup(client, f"/gallery-ikm/{product.slug}/")
    photos = page.select(".photo-track li")
    assert [photo["id"] for photo in photos] == ["foto-1", "foto-2"]
    assert [link["href"] for link in page.select(".photo-thumbs a")] == ["#foto-1", "#foto-2"]
    for photo in photos:
        image = photo.img
        assert image["alt"] == "Kain Batik Contoh dari Batik Contoh Sekar"
        assert (image["width"], image["height"]) == ("800", "600")
        assert [source["type"] for source in photo.find_all("source")] == ["image/avif", "image/webp"]
        assert default_storage.exists(photo.a["href"].removeprefix("/media/"))


def test_what_is_said_of_seller_and_certificates(client):
    business = make_business(verified_at=timezone.now())
    today = timezone.localdate()
    for kind, until in ((CertificateKind.PIRT, today - dt.timedelta(days=1)), (CertificateKind.HALAL, None)):
        Certificate.objects.create(business=business, kind=kind, number="ID-01", valid_until=until)
    product = make_product(business)
    for url in (f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/"):
        lines = [" ".join(line.text.split()) for line in soup(client, url).select(".certificates li")]
        assert lines[0] == "Halal No. ID-01"
        assert lines[1].startswith("PIRT No. ID-01 Berlaku sampai")
        assert lines[1].endswith("sudah habis")
        assert "Terverifikasi" in soup(client, url).text


def test_only_what_was_checked_is_called_verified(client):
    business = make_business()  # recorded by hand
    product = make_product(business)
    urls = [f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/"]
    assert not any("Terverifikasi" in soup(client, url).text for url in urls)
    assert not any("Data diperiksa" in soup(client, url).text for url in urls)
    Business.objects.filter(pk=business.pk).update(verified_at=timezone.now())
    business.refresh_from_db()
    business.story = "Cerita baru."
    business.save_revision().publish()  # an editor's revision leaves it as it is
    assert all("Terverifikasi" in soup(client, url).text for url in urls)


def test_other_products_of_the_business_and_of_the_kind(client):
    business = make_business()
    product, sister = make_product(business, "Kain Satu"), make_product(business, "Kain Dua")
    cousin = make_product(make_business("Batik Contoh Lain"), "Kain Tiga")
    page = soup(client, f"/gallery-ikm/{product.slug}/")
    lists = {
        section.h2.text: [a["href"] for a in section.select(".card-title a")] for section in page.select("section")
    }
    assert lists["Produk lain dari usaha ini"] == [f"/gallery-ikm/{sister.slug}/"]
    assert lists["Produk serupa"] == [f"/gallery-ikm/{cousin.slug}/"]


def test_a_page_asks_the_same_of_the_database_whatever_is_related(client):
    business = make_business(whatsapp="+6281234567890")
    product = make_product(business, "Kain", photos=1)
    make_product(business, "Sarung")

    def queries(url: str) -> int:
        client.get(url, headers={"User-Agent": BROWSER})
        with CaptureQueriesContext(connection) as captured:
            client.get(url, headers={"User-Agent": BROWSER})
        return len(captured)

    urls = (f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/")
    few = [queries(url) for url in urls]
    for number in range(10):
        make_product(business, f"Kain {number}")
    assert [queries(url) for url in urls] == few
    assert max(few) <= 10


# --- WhatsApp and interest --------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["081234567890", "6281234567890", "+62 812-3456-7890"])
def test_whatsapp_opens_a_chat_about_the_product(client, number):
    product = make_product(make_business(whatsapp=number))
    page = soup(client, f"/gallery-ikm/{product.slug}/")
    link = page.find("a", string="Hubungi via WhatsApp")
    assert "nofollow" in link["rel"]
    target = client.get(link["href"])
    assert target.status_code == 302
    assert not target.cookies
    url = urlsplit(target["Location"])
    assert (url.netloc, url.path) == ("wa.me", "/6281234567890")
    [text] = parse_qs(url.query)["text"]
    assert "Kain Batik Contoh" in text
    assert f"http://testserver/gallery-ikm/{product.slug}/" in text


@pytest.mark.parametrize("number", ["", "0285421731", "12345", "bukan nomor"])
def test_without_a_number_that_can_have_it_there_is_no_button(client, number):
    business = make_business()
    product = make_product(business)
    type(business).objects.filter(pk=business.pk).update(whatsapp=number)
    for url in (f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/"):
        assert "Hubungi via WhatsApp" not in soup(client, url).text
    assert client.get(f"/gallery-ikm/{product.slug}/wa/").status_code == 404


def test_people_are_counted_robots_and_staff_are_not(client, settings):
    product = make_product(make_business(whatsapp="+6281234567890"))
    url = f"/gallery-ikm/{product.slug}/"
    for agent in (
        "",
        "Googlebot/2.1",
        "WhatsApp/2.23.20.0 A",
        "facebookexternalhit/1.1",
        "curl/8.0",
        "HeadlessChrome/1",
    ):
        client.get(url, headers={"User-Agent": agent})
        client.get(f"{url}wa/", headers={"User-Agent": agent})
    client.head(url, headers={"User-Agent": BROWSER})
    client.get(url, headers={"User-Agent": BROWSER, "Sec-Purpose": "prefetch"})
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    client.get(url, headers={"User-Agent": BROWSER})
    client.cookies.clear()
    assert not DailyInterest.objects.exists()
    for _ in range(3):
        response = client.get(url, headers={"User-Agent": BROWSER})
    client.get(f"{url}wa/", headers={"User-Agent": BROWSER})
    assert not response.cookies
    row = DailyInterest.objects.get()
    assert (row.product_id, row.day, row.views, row.whatsapp) == (product.pk, timezone.localdate(), 3, 1)


def test_views_of_thirty_days_decide_what_is_most_seen(client):
    business = make_business()
    product, other = make_product(business, "Kain Satu"), make_product(business, "Kain Dua")
    today = timezone.localdate()
    for days_ago, views in ((0, 2), (29, 3), (30, 50)):
        DailyInterest.objects.create(product=product, day=today - dt.timedelta(days=days_ago), views=views)
    assert interest.sum_views() == 1
    assert interest.sum_views() == 0
    seen = dict(CatalogueEntry.objects.values_list("product_id", "views"))
    assert seen == {product.pk: 5, other.pk: 0}
    assert soup(client, "/gallery-ikm/?urut=terpopuler").select_one(".card-title").text == "Kain Satu"
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        assert interest.sum_views() == 1
    assert CatalogueEntry.objects.get(product_id=product.pk).views == 0


# --- Addresses --------------------------------------------------------------------------------------


def test_a_new_name_leads_on_from_the_old_address(client):
    business = make_business()
    product = make_product(business, "Kain Satu")
    old = [f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/"]
    product.slug, business.slug = "kain-baru", "batik-baru"
    product.save_revision().publish()
    business.save_revision().publish()
    new = ["/gallery-ikm/kain-baru/", "/gallery-ikm/usaha/batik-baru/"]
    for before, after in zip(old, new, strict=True):
        response = client.get(f"{before}?ch=ig")
        assert (response.status_code, response["Location"]) == (301, f"{after}?ch=ig")
        assert client.get(after).status_code == 200


def test_what_is_deleted_is_gone_and_what_is_hidden_is_not_found(client):
    business = make_business()
    gone, hidden = make_product(business, "Kain Satu"), make_product(business, "Kain Dua")
    near = make_product(make_business("Batik Contoh Lain"), "Kain Tiga")
    gone.delete()
    response = client.get(f"/gallery-ikm/{gone.slug}/")
    assert response.status_code == 410
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.text == "Produk ini sudah tidak ada di Gallery IKM"
    assert f"/gallery-ikm/{near.slug}/" in [link["href"] for link in page.select(".card-title a")]
    assert meta(page, "robots") == "noindex"
    hidden.unpublish()
    for url in (hidden.slug, "tidak-pernah-ada", f"{hidden.slug}/wa", "usaha/tidak-ada"):
        assert client.get(f"/gallery-ikm/{url}/").status_code == 404, url
    business.delete()
    assert client.get(f"/gallery-ikm/usaha/{business.slug}/").status_code == 410


def test_the_site_map_names_them_with_their_last_change(client):
    Site.objects.update(hostname="testserver", port=80)
    business = make_business()
    product, hidden = make_product(business), make_product(business, "Kain Dua", live=False)
    found = {
        entry.findtext("{*}loc"): entry.findtext("{*}lastmod")
        for entry in ET.fromstring(client.get("/sitemap.xml").content)
    }
    changed = timezone.localtime(product.last_published_at).date().isoformat()
    assert found[f"http://testserver/gallery-ikm/{product.slug}/"] == changed
    assert found[f"http://testserver/gallery-ikm/usaha/{business.slug}/"] == changed
    assert f"http://testserver/gallery-ikm/{hidden.slug}/" not in found


def test_when_the_catalogue_moves_products_move_with_it(client, django_capture_on_commit_callbacks):
    product = make_product(make_business())
    catalogue = GalleryIndexPage.objects.get()
    catalogue.slug = "katalog"
    with django_capture_on_commit_callbacks(execute=True):
        catalogue.save_revision().publish()
    response = client.get(f"/gallery-ikm/{product.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/katalog/{product.slug}/")
    assert client.get(f"/katalog/{product.slug}/").status_code == 200


# --- A business -------------------------------------------------------------------------------------


def test_a_business_shows_its_own_products_and_not_its_street(client):
    business = make_business(whatsapp="+6281234567890", record={"address": "Jl. Contoh Rahasia 7"})
    own = {make_product(business, f"Kain {number}").slug for number in range(3)}
    make_product(make_business("Batik Contoh Lain"), "Kain Asing")
    make_product(business, "Kain Rancangan", live=False)
    page = soup(client, f"/gallery-ikm/usaha/{business.slug}/")
    assert {link["href"] for link in page.select(".card-title a")} == {f"/gallery-ikm/{slug}/" for slug in own}
    assert page.h1.text == "Batik Contoh Sekar"
    assert "Membatik sejak 2001." in page.text
    told = things(page)["LocalBusiness"]
    assert told["address"]["addressLocality"] == "Kelurahan Kauman, Kota Pekalongan"
    assert "streetAddress" not in told["address"]
    assert page.find("a", string="Hubungi via WhatsApp")["href"].startswith("https://wa.me/6281234567890?text=")


# --- The card to print ------------------------------------------------------------------------------


def test_the_card_is_one_page_of_a6_that_leads_to_the_product(client):
    import pypdfium2

    product = make_product(make_business(), "Kain Batik Jlamprang dengan nama yang panjang sekali " * 3)
    response = client.get(f"/gallery-ikm/{product.slug}/kartu.pdf")
    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(response.content)
    width, height = document[0].get_size()
    assert len(document) == 1
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (105, 148)
    document.close()
    assert client.get("/gallery-ikm/tidak-ada/kartu.pdf").status_code == 404


# --- Pictures ---------------------------------------------------------------------------------------


def test_pictures_are_made_on_publishing_and_never_for_a_visitor(client):
    business = make_business(image=make_image())
    product = make_product(business, photos=2)
    made = SiteRendition.objects.count()
    for url in ("/gallery-ikm/", f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/"):
        assert "/media/images/" in client.get(url).content.decode()
    assert SiteRendition.objects.count() == made


def test_a_card_is_light_and_keeps_its_place(client):
    product = make_product(make_business(), photos=1)
    card = soup(client, "/gallery-ikm/").select_one(".product-card picture")
    assert card.img["alt"] == "Kain Batik Contoh dari Batik Contoh Sekar"
    assert (card.img["width"], card.img["height"]) == ("400", "300")
    candidates = [*(source["srcset"] for source in card.find_all("source")), card.img["srcset"]]
    for srcset in candidates:
        address, width = srcset.split(", ")[0].split()
        assert width == "400w"
        assert default_storage.size(address.removeprefix("/media/")) <= 60 * 1024
    assert product.photos.count() == 1


def test_an_image_that_an_editor_crops_anew_is_made_anew(client, django_capture_on_commit_callbacks):
    product = make_product(make_business(), photos=1)
    image = product.photos.get().image
    before = CatalogueEntry.objects.get(product_id=product.pk).picture["url"]
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 100, 100, 50, 50
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    tasks.show_changed_image.func(image.pk)  # the worker's part
    after = CatalogueEntry.objects.get(product_id=product.pk).picture["url"]
    assert after != before
    assert default_storage.exists(after.removeprefix("/media/"))
    assert after in client.get("/gallery-ikm/").content.decode()


def test_a_product_without_a_photo_has_a_piece_of_cloth(client):
    product = make_product(make_business())
    page = soup(client, f"/gallery-ikm/{product.slug}/")
    assert (
        page.select_one(".product-photos .stand-in")["aria-label"]
        == "Foto Kain Batik Contoh dari Batik Contoh Sekar belum ada"
    )
    assert pictures.Picture.of_card({}) is None


@pytest.mark.parametrize(
    "make", [make_business, lambda **values: make_product(make_business(**values), photos=1, **values)]
)
def test_an_officer_sees_a_draft_as_buyers_would(make, catalogue):
    draft = make(live=False)
    response = draft.make_preview_request(preview_mode="")
    response.render()
    page = BeautifulSoup(response.content, "html.parser")
    assert [heading.text for heading in page.find_all("h1")] == [draft.name]
    assert page.select(f"a[href^='/gallery-ikm/{draft.slug}/']") == []  # nothing is there yet
    assert len(page.select(".photo-track img")) == (1 if hasattr(draft, "photos") else 0)
    assert not DailyInterest.objects.exists()
