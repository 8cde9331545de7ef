"""Businesses and products that come and go on a day that an officer has set (Wagtail's go_live_at and expire_at)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms import worker
from gallery import drafts, verification
from gallery.models import Business, CatalogueEntry, GalleryIndexPage, Product
from siptenan.accounts import roles
from siptenan.common.models import SiteImage
from tests.factories import make_business, make_gallery_form, make_product, make_staff, publish
from tests.gallery.registering import approve, examine, register_with_photo

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def catalogue(site):
    return publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="x"))


@pytest.fixture
def form(site):
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


def listed(client) -> list[str]:
    """The products that the public list shows."""
    page = BeautifulSoup(client.get("/gallery-ikm/").content, "html.parser")
    return sorted(link.text for link in page.select(".product-grid .card-title"))


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    """Return a context in which so many days have passed, and the worker has done what was due."""

    class After:
        def __init__(self, days: float) -> None:
            self.travel = time_machine.travel(timezone.now() + days * DAY)

        def __enter__(self) -> None:
            self.travel.start()
            with django_capture_on_commit_callbacks(execute=True):
                worker.publish_scheduled_pages()

        def __exit__(self, *args) -> None:
            self.travel.stop()

    return After


def plan(snippet: Business | Product, **times: dt.datetime | None) -> None:
    """Save and publish a draft with these times, as the editor does."""
    draft = type(snippet).objects.get(pk=snippet.pk).get_latest_revision_as_object()
    for name, value in times.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def in_days(days: float) -> dt.datetime:
    return timezone.now() + days * DAY


# --- Coming ---------------------------------------------------------------------------------------


def test_a_product_comes_on_its_day(client, after):
    product = make_product(make_business(), "Kain", live=False, photos=1)
    plan(product, go_live_at=in_days(2))
    assert listed(client) == []
    assert client.get(f"/gallery-ikm/{product.slug}/").status_code == 404
    with after(1):
        assert listed(client) == []
    with after(3):
        assert listed(client) == ["Kain"]
        page = BeautifulSoup(client.get(f"/gallery-ikm/{product.slug}/").content, "html.parser")
        assert len(page.select(".photo-track img")) == 1


def test_a_business_comes_on_its_day_and_its_products_with_it(client, after):
    business = make_business(live=False)
    make_product(business, "Kain")
    plan(business, go_live_at=in_days(2))
    url = f"/gallery-ikm/usaha/{business.slug}/"
    assert (listed(client), client.get(url).status_code) == ([], 404)
    with after(3):
        assert (listed(client), client.get(url).status_code) == (["Kain"], 200)


def test_a_change_waits_for_its_day_while_the_product_stays_as_it_is(client, after):
    product = make_product(make_business(), "Kain", price=150_000)
    plan(product, price=200_000, go_live_at=in_days(2))
    assert CatalogueEntry.objects.get(product_id=product.pk).price == 150_000
    with after(3):
        assert CatalogueEntry.objects.get(product_id=product.pk).price == 200_000
        assert b"Rp 200.000" in client.get(f"/gallery-ikm/{product.slug}/").content


# --- Going ----------------------------------------------------------------------------------------


def test_a_product_goes_on_its_day_with_its_pictures(client, after):
    product = make_product(make_business(), "Kain", photos=1)
    plan(product, expire_at=in_days(2))
    image = SiteImage.objects.get()
    files = {image.file.name, *(rendition.file.name for rendition in image.renditions.all())}
    with after(1):
        assert listed(client) == ["Kain"]
    with after(3):
        assert listed(client) == []
        assert client.get(f"/gallery-ikm/{product.slug}/").status_code == 404
        assert not [name for name in files if default_storage.exists(name)]
    with after(9):
        assert listed(client) == [], "nothing brings it back"


def test_a_business_goes_on_its_day_and_its_products_with_it(client, after):
    business = make_business()
    product = make_product(business, "Kain")
    plan(business, expire_at=in_days(2))
    assert listed(client) == ["Kain"]
    with after(3):
        assert listed(client) == []
        for url in (f"usaha/{business.slug}/", f"{product.slug}/"):
            assert client.get(f"/gallery-ikm/{url}").status_code == 404
    with after(9):
        assert listed(client) == []


def test_what_has_expired_can_be_published_again(client, after):
    product = make_product(make_business(), "Kain")
    plan(product, expire_at=in_days(2))
    with after(3):
        assert listed(client) == []
        plan(product, expire_at=in_days(30))
        assert listed(client) == ["Kain"]
    with after(40):
        assert listed(client) == []


# --- Approvals ------------------------------------------------------------------------------------


def test_an_approval_keeps_the_day_that_the_officer_has_set(client, form, clerk, after):
    ticket = register_with_photo(form)
    product = examine(ticket, clerk).business.products.get()
    draft = drafts.draft_of(product)
    draft.go_live_at = in_days(2)
    drafts.keep(draft, by=clerk)
    verification.approve(ticket, [product.pk], by=clerk)
    assert Business.objects.get().live
    assert listed(client) == []
    with after(3):
        assert listed(client) == [product.name]


@pytest.mark.parametrize("what", ["product", "business", "both"])
def test_nothing_comes_back_after_an_approval_is_taken_back(client, form, clerk, after, what):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    product = record.business.products.get()
    for snippet in {"product": [product], "business": [record.business], "both": [product, record.business]}[what]:
        draft = drafts.draft_of(snippet)
        draft.go_live_at = in_days(2)
        drafts.keep(draft, by=clerk)
    verification.approve(ticket, [product.pk], by=clerk)
    verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
    for days in (3, 400):
        with after(days):
            assert listed(client) == []
            assert not Product.objects.public().exists()
            assert not Business.objects.public().exists()


def test_a_planned_change_does_not_bring_back_what_was_taken_back(client, form, clerk, after):
    ticket = register_with_photo(form)
    record = approve(ticket, clerk)
    for snippet in (record.business, record.business.products.get()):
        plan(snippet, go_live_at=in_days(2))
    assert listed(client) != []
    verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
    with after(3):
        assert listed(client) == []
        assert not Business.objects.public().exists()


def test_a_product_taken_back_after_its_day_does_not_come_back(client, form, clerk, after):
    ticket = register_with_photo(form)
    product = approve(ticket, clerk).business.products.get()
    plan(product, go_live_at=in_days(2), expire_at=in_days(20))
    with after(3):
        assert listed(client) == [product.name]
        verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
        assert listed(client) == []
    for days in (4, 21):
        with after(days):
            assert listed(client) == []


def test_what_wagtail_itself_unpublished_does_not_come_back(client, after):
    """Its own button, as for businesses that officers entered."""
    business = make_business()
    product = make_product(business, "Kain")
    plan(product, go_live_at=in_days(2))
    Product.objects.get(pk=product.pk).unpublish()
    with after(3):
        assert listed(client) == []
    plan(business, go_live_at=in_days(2))
    Business.objects.get(pk=business.pk).unpublish()
    with after(3):
        assert listed(client) == []


def test_a_day_that_comes_while_the_business_is_hidden_shows_nothing(client, after):
    business = make_business()
    product = make_product(business, "Kain", live=False)
    plan(product, go_live_at=in_days(2))
    business.refresh_from_db()
    business.unpublish()
    with after(3):
        assert listed(client) == []
        assert client.get(f"/gallery-ikm/{product.slug}/").status_code == 404


def test_an_approval_for_a_time_that_is_over_is_refused(client, form, clerk, after):
    """The worker would hide it a minute later, and the owner has been told that it is there."""
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    product = record.business.products.get()
    draft = drafts.draft_of(product)
    draft.expire_at = in_days(2)
    drafts.keep(draft, by=clerk)
    product.refresh_from_db()
    assert verification.obstacles(record, [product]) == []
    with after(3):
        words = f"Jadwal tayang {product.name} sudah berakhir. Ubah jadwalnya di penyuntingnya."
        assert verification.obstacles(record, [product]) == [words]
        with pytest.raises(verification.NotReady):
            verification.approve(ticket, [product.pk], by=clerk)
        assert listed(client) == []


@pytest.mark.parametrize("of_business", [True, False])
def test_who_is_shown_later_reads_from_when(form, clerk, of_business):
    ticket = register_with_photo(form)
    record = examine(ticket, clerk)
    snippet = record.business if of_business else record.business.products.get()
    draft = drafts.draft_of(snippet)
    draft.go_live_at = dt.datetime(2031, 3, 3, 1, tzinfo=dt.UTC)
    drafts.keep(draft, by=clerk)
    client = Client()
    client.force_login(clerk)
    url = reverse("gallery-registration", args=[ticket.pk])
    shown = BeautifulSoup(client.get(url).content, "html.parser").select_one("form[action$='/setujui/']")
    sent = {field["name"]: field["value"] for field in shown.select("input[name]")}
    said = client.post(shown["action"], sent, follow=True).content.decode()
    assert "tampil di Gallery IKM mulai Senin, 3 Maret 2031, 08.00 WIB" in said
    assert "sekarang tampil" not in said
    assert "produk di bawah ini tampil di Gallery IKM mulai Senin, 3 Maret 2031, 08.00 WIB." in " ".join(said.split())
    reply = ticket.messages.get(kind="reply").body
    assert "mulai Senin, 3 Maret 2031, 08.00 WIB." in reply
