"""A picture can be reached while something public shows it, not before and not afterwards; nobody guesses where."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import ReferenceIndex

from gallery import pictures, verification
from gallery.models import Business, CatalogueEntry, GalleryIndexPage, Product, ProductPhoto, ShownImage
from home.models import StandardPage
from siptenan.accounts import roles
from siptenan.common.models import SiteImage, SiteRendition
from tests.factories import make_business, make_gallery_form, make_product, make_staff, publish
from tests.factories.gallery import make_image
from tests.gallery.registering import register_with_photo

pytestmark = pytest.mark.django_db

NIK = "3375015708900000"


@pytest.fixture(autouse=True)
def _empty_media(settings, tmp_path):
    """Files of other tests would give names a random part that they do not have."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def files_of(image: SiteImage) -> set[str]:
    """The names of its file and of all its sizes."""
    return {image.file.name, *(rendition.file.name for rendition in SiteRendition.objects.filter(image=image))}


def left(names: set[str]) -> set[str]:
    return {name for name in names if default_storage.exists(name)}


def with_image(name: str, image: SiteImage, business: Business) -> Product:
    product = make_product(business, name, live=False)
    product.photos = [ProductPhoto(image=image, sort_order=0)]
    product.save()
    product.save_revision().publish()
    product.refresh_from_db()
    return product


def random_bits(name: str) -> int:
    """How many bits of a file name are random at most: those of its longest row of hexadecimal digits."""
    return 4 * max(len(row) for row in re.findall("[0-9a-f]+", PurePath(name).stem))


# --- Names ----------------------------------------------------------------------------------------


def test_no_name_can_be_guessed(site):
    product = make_product(make_business(image=make_image()), photos=2)
    names = set().union(*(files_of(image) for image in SiteImage.objects.all()))
    assert len(names) >= 3 * len(pictures.OF_EVERY)
    assert [name for name in names if random_bits(name) < 64] == []
    urls = re.findall(r"/media/([^'\"]+)", str(CatalogueEntry.objects.get().picture))
    assert len(urls) == 7
    assert set(urls) <= names
    assert not [name for name in names if product.slug in name]


def test_what_an_officer_looks_at_before_approval_has_names_like_that_too(site):
    form = make_gallery_form()
    clerk = make_staff(roles.OFFICER, "galeri", forms=[form])
    ticket = register_with_photo(form)
    verification.take_up(ticket, by=clerk)
    product = Product.objects.get()
    assert pictures.photos_of(product, make=True)
    names = files_of(SiteImage.objects.get())
    assert len(names) > len(pictures.OF_EVERY)
    assert [name for name in names if random_bits(name) < 64] == []
    assert not ShownImage.objects.exists()


def test_the_name_of_an_uploaded_file_is_nowhere_public(site, client):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="x"))
    client.force_login(make_staff(roles.ADMIN, "kepala"))
    buffer = BytesIO()
    Image.new("RGB", (900, 900), "red").save(buffer, "JPEG")
    name = f"KTP Ibu Siti {NIK}"
    file = SimpleUploadedFile(f"{name}.jpg", buffer.getvalue(), "image/jpeg")
    client.post(reverse("wagtailimages:add"), {"title": name, "file": file, "collection": 1})
    image = SiteImage.objects.get()
    assert image.title == name, "editors find it by its name"
    business = make_business(image=image)
    product = with_image("Kain", image, business)
    info = publish(site, StandardPage(title="Info", slug="info-kain", body=[("figure", {"image": image, "alt": ""})]))
    buyer = Client()
    for url in ("/gallery-ikm/", f"/gallery-ikm/{product.slug}/", f"/gallery-ikm/usaha/{business.slug}/", info.url):
        html = buyer.get(url).content.decode()
        assert "/media/images/" in html, url
        assert NIK not in html, url
        assert "Siti" not in html, url


# --- Hidden ---------------------------------------------------------------------------------------


def test_pictures_of_a_hidden_product_move_and_their_sizes_are_gone(commit):
    product = make_product(make_business(), photos=1)
    image = product.photos.get().image
    public = files_of(image)
    assert left(public) == public
    with commit():
        product.unpublish()
    assert left(public) == set()
    image.refresh_from_db()
    assert default_storage.exists(image.file.name)
    with commit():
        make_product(make_business("Batik Contoh Lain"), "Kain Lain", photos=1)
    assert left(public) == set(), "what is published next is not where the hidden one was"
    product.save_revision().publish()
    again = files_of(image)
    assert len(again) == len(public)
    assert not again & public
    assert left(again) == again


def test_the_worker_is_not_needed_for_that(commit, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    product = make_product(make_business(), photos=1)
    public = files_of(product.photos.get().image)
    with commit():
        product.unpublish()
    assert left(public) == set()


def test_another_process_does_not_lead_to_sizes_that_are_gone(commit, settings):
    """Each process may remember sizes (CACHES["renditions"]); one that slept hears of nothing."""
    settings.CACHES = {
        **settings.CACHES,
        "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pictures"},
    }
    product = make_product(make_business(), photos=1)
    cache = SiteRendition.cache_backend
    remembered = dict(cache._cache)
    assert remembered
    for _ in range(2):
        with commit():
            product.unpublish()
        cache._cache.update(remembered)  # the other process
        with commit():
            product.save_revision().publish()
        url = CatalogueEntry.objects.get(product_id=product.pk).picture["url"]
        assert default_storage.exists(url.removeprefix("/media/"))
        remembered |= dict(cache._cache)
    cache.clear()


def test_a_lost_file_keeps_nobody_from_hiding(commit):
    product = make_product(make_business(), photos=1)
    image = product.photos.get().image
    public = files_of(image)
    default_storage.delete(image.file.name)
    with commit():
        product.unpublish()
    assert left(public) == set()
    assert not CatalogueEntry.objects.filter(is_listed=True).exists()


# --- Shown by others ------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_image_stays_while_another_product_shows_it(site, client, commit, order):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="x"))
    image, business = make_image(), make_business()
    both = [with_image(name, image, business) for name in ("Kain Satu", "Kain Dua")]
    first, second = (both[number] for number in order)
    public = files_of(image)
    with commit():
        first.unpublish()
    assert left(public) == public
    html = client.get(f"/gallery-ikm/{second.slug}/").content
    assert len(BeautifulSoup(html, "html.parser").select(".photo-track img")) == 1
    url = CatalogueEntry.objects.get(product_id=second.pk).picture["url"]
    assert default_storage.exists(url.removeprefix("/media/"))
    with commit():
        second.unpublish()
    assert left(public) == set()


def test_an_image_stays_while_its_business_shows_it(commit):
    image = make_image()
    business = make_business(image=image)
    product = with_image("Kain", image, business)
    public = files_of(image)
    with commit():
        product.unpublish()
    assert left(public) == public
    with commit():
        business.unpublish()
    assert left(public) == set()


def test_an_image_goes_with_the_business_whose_products_alone_showed_it(commit):
    image = make_image()
    business = make_business(image=image)
    for name in ("Kain Satu", "Kain Dua"):
        with_image(name, image, business)
    public = files_of(image)
    with commit():
        business.delete()
    assert left(public) == set()
    assert not ShownImage.objects.exists()


def test_an_image_stays_while_a_page_shows_it(site, client, commit):
    image = make_image()
    product = with_image("Kain", image, make_business())
    page = publish(site, StandardPage(title="Kabar", slug="kabar", body=[("figure", {"image": image, "alt": "Kain"})]))
    ReferenceIndex.create_or_update_for_object(page)
    public = files_of(image)
    with commit():
        product.unpublish()
    assert left(public) == public
    assert "/media/images/" in client.get(page.url).content.decode()
    with commit():
        product.save_revision().publish()
        StandardPage.objects.get(pk=page.pk).unpublish()
        Product.objects.get(pk=product.pk).unpublish()
    assert left(public) == set(), "a page that is not public shows nothing"


# --- No longer shown ------------------------------------------------------------------------------


def test_a_photo_taken_out_of_a_public_product_is_gone(commit):
    product = make_product(make_business(), photos=2)
    first, second = (photo.image for photo in product.photos.all())
    out, kept = files_of(first), files_of(second)
    with commit():
        product.photos = [product.photos.last()]
        product.save_revision()
    assert left(out) == out, "a draft changes nothing"
    with commit():
        product.get_latest_revision().publish()
    assert left(out) == set()
    assert left(kept) == kept
    assert default_storage.exists(SiteImage.objects.get(pk=first.pk).file.name), "the library keeps it"


def test_another_photo_of_a_business_takes_the_place_of_the_first(commit):
    business = make_business(image=make_image())
    out = files_of(business.image)
    with commit():
        business.image = make_image("Lain")
        business.save_revision().publish()
    assert left(out) == set()
    assert left(files_of(business.image))


def test_the_photo_of_a_deleted_business_is_gone(commit):
    business = make_business(image=make_image())
    public = files_of(business.image)
    with commit():
        business.delete()
    assert left(public) == set()


def test_an_image_deleted_from_the_library_leaves_no_broken_card(commit):
    product = make_product(make_business(), photos=2)
    first, second = (photo.image for photo in product.photos.all())
    with commit():
        first.delete()
    url = CatalogueEntry.objects.get(product_id=product.pk).picture["url"]
    assert url.removeprefix("/media/") in files_of(second)
    with commit():
        second.delete()
    assert CatalogueEntry.objects.get(product_id=product.pk).picture == {}


def test_what_was_public_before_anybody_noted_it_can_be_withdrawn(commit):
    """The migration notes what was published by an older version."""
    from importlib import import_module

    from django.apps import apps

    image = make_image()
    business = make_business(image=image)
    product = make_product(business, photos=1)
    make_product(business, "Draf", live=False, photos=1)
    noted = set(ShownImage.objects.values_list("kind", "owner_id", "image_id"))
    ShownImage.objects.all().delete()
    import_module("gallery.migrations.0006_shown_image").note_what_is_shown(apps, None)
    assert set(ShownImage.objects.values_list("kind", "owner_id", "image_id")) == noted
    assert {row[1] for row in noted} == {business.pk, product.pk}
