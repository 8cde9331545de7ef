"""What is left of a registration when its ticket is anonymised."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from forms import retention
from forms.enums import Status
from forms.models import Submission, SubmissionEvent
from gallery import forgetting, owner_updates, verification
from gallery.enums import CheckItem
from gallery.models import (
    Business,
    BusinessRecord,
    CheckMark,
    Correction,
    GalleryIndexPage,
    Material,
    Product,
    ProductChange,
    ProductPhoto,
    ShownImage,
)
from gallery.owner_updates import Wanted
from gallery.verification import Mark
from home.models import StandardPage
from siptenan.accounts import roles
from siptenan.common.models import SiteImage
from siptenan.common.photos import SanitisedPhoto
from tests.factories import make_business, make_gallery_form, make_product, make_staff, publish
from tests.factories.gallery import make_image
from tests.gallery.registering import approve, examine, record_of, register_with_photo

pytestmark = pytest.mark.django_db

SECRET = "ersembunyi"
ANSWERS = {
    "nama_lengkap": "Pemilik Tersembunyi",
    "nama_usaha": "Usaha Tersembunyi",
    "nama_produk": "Keripik Tersembunyi",
    "alamat": "Jalan Tersembunyi 77",
}


@pytest.fixture
def form(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="x"))
    return make_gallery_form()


@pytest.fixture
def clerk(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


def corrected(ticket: Submission) -> Correction:
    change = {"key": "alamat", "label": "Alamat", "before": "Jalan Tersembunyi 1", "after": "Jalan Tersembunyi 77"}
    return Correction.objects.create(submission=ticket, changes=[change])


def everything() -> str:
    """All rows that could tell of somebody, as text."""
    models = (
        Submission, SubmissionEvent, Business, BusinessRecord, Material, Product, Correction, CheckMark, SiteImage,
        Revision, ModelLogEntry, ShownImage,
    )  # fmt: skip
    return "\n".join(serializers.serialize("json", model._base_manager.all()) for model in models)


def media(tmp_path) -> list:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_of_a_rejected_registration_nothing_personal_is_left(form, clerk, tmp_path, django_capture_on_commit_callbacks):
    ticket = register_with_photo(form, **ANSWERS)
    record = examine(ticket, clerk)
    verification.save_checks(ticket, {CheckItem.BUSINESS: Mark(False, "Tersembunyi di gang")}, by=clerk)
    corrected(ticket)
    product = record.business.products.get()
    draft = product.get_latest_revision_as_object()
    draft.photos = []  # an officer takes it out of the draft: the library still has it
    draft.save()
    draft.save_revision(user=clerk, log_action=True)
    verification.reject(ticket, "Bukan usaha di kota ini.", by=clerk)
    assert SECRET in everything()
    assert media(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        retention.anonymise(ticket)
    assert SECRET not in everything()
    assert media(tmp_path) == []
    left = (Business, BusinessRecord, Product, Correction, SiteImage)
    assert [model.objects.count() for model in left] == [0] * len(left)
    labels = set(ModelLogEntry.objects.filter(user=clerk).values_list("label", flat=True))
    assert labels == {ticket.reference}, "who did what is still known"


def test_a_withdrawn_and_rejected_one_is_forgotten_although_it_was_public_once(
    form, clerk, tmp_path, django_capture_on_commit_callbacks
):
    ticket = register_with_photo(form, **ANSWERS)
    with django_capture_on_commit_callbacks(execute=True):
        approve(ticket, clerk)
        verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
        verification.reject(ticket, "Usaha sudah tutup.", by=clerk)
    assert BusinessRecord.objects.get().nik
    assert Business.objects.get().first_published_at
    with django_capture_on_commit_callbacks(execute=True):
        retention.anonymise(ticket)
    assert not BusinessRecord.objects.exists()
    assert not Business.objects.exists()
    assert SECRET not in everything()
    assert media(tmp_path) == []


@pytest.mark.parametrize("is_hidden", [False, True])
def test_an_approved_business_stays_in_the_register_without_what_was_corrected(
    form, clerk, is_hidden, django_capture_on_commit_callbacks
):
    """Also one that is hidden just now, as for a season: nobody has taken its approval back."""
    ticket = register_with_photo(form, **ANSWERS)
    record = approve(ticket, clerk)
    corrected(ticket)
    CheckMark.objects.filter(record=record).update(note="Tersembunyi di gang")
    if is_hidden:
        record.business.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        retention.anonymise(ticket)
    record = record_of(ticket)
    assert record.owner_name == ANSWERS["nama_lengkap"]
    image = record.business.products.get().photos.get().image
    assert default_storage.exists(image.file.name)
    assert not Correction.objects.exists()
    assert set(CheckMark.objects.values_list("note", flat=True)) == {""}
    assert CheckMark.objects.filter(is_ok=True).count() == len(CheckItem)


def test_pictures_that_others_show_stay(form, clerk, site, django_capture_on_commit_callbacks):
    ticket = register_with_photo(form, photos=3, **ANSWERS)
    record = examine(ticket, clerk)
    product = record.business.products.get()
    on_page, of_sister, alone = (photo.image for photo in product.photos.all())
    page = publish(site, StandardPage(title="Kabar", slug="kabar", body=[("figure", {"image": on_page, "alt": "x"})]))
    ReferenceIndex.create_or_update_for_object(page)
    sister = make_product(make_business(), live=False)
    ProductPhoto.objects.create(product=sister, image=of_sister)
    general = make_image()
    general.collection = general.collection.get_parent()
    general.save()
    record.business.image = general  # of the office, chosen for a draft
    record.business.save()
    verification.reject(ticket, "Bukan usaha di kota ini.", by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        retention.anonymise(ticket)
    assert set(SiteImage.objects.all()) == {on_page, of_sister, general}
    assert not default_storage.exists(alone.file.name)


def test_a_photo_that_the_owner_sent_later_goes_too(form, clerk, settings, django_capture_on_commit_callbacks):
    """It waits in private storage, and nobody decided on it."""
    ticket = register_with_photo(form, **ANSWERS)
    record = approve(ticket, clerk)
    product = record.business.products.get()
    _, secret = owner_updates.invite(record.business, by=clerk)
    photo = SanitisedPhoto(ContentFile(b"gambar").read(), 10, 10)
    owner_updates.send(secret, {product.pk: Wanted(product.price, product.stock, product.price, product.stock, photo)})
    name, storage = ProductChange.objects.get().photo.name, ProductChange._meta.get_field("photo").storage
    assert storage.exists(name)
    verification.withdraw(ticket, "Foto milik orang lain.", by=clerk)
    verification.reject(ticket, "Usaha sudah tutup.", by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        retention.anonymise(ticket)
    assert not storage.exists(name)


def test_the_history_names_no_product(form, clerk):
    """Events are never changed, so they hold nothing that would have to be."""
    ticket = register_with_photo(form, **ANSWERS)
    examine(ticket, clerk)
    told = json.dumps(list(SubmissionEvent.objects.values("before", "after", "detail")))
    assert "Komoditas dan satuan: usaha, 1 produk" in told
    assert SECRET not in told


def test_a_ticket_that_made_nothing_is_no_obstacle(form):
    ticket = register_with_photo(form, nama_usaha="")
    Submission.objects.filter(pk=ticket.pk).update(status=Status.REJECTED)
    forgetting.forget(Submission.objects.get(pk=ticket.pk))
