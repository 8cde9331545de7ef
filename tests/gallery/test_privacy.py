"""What is private stays private; what is not approved is not there; taking it back takes effect at once (GL1, GL2)."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from gallery import pictures, records
from gallery.models import BusinessRecord, GalleryIndexPage, Material, Product, ProductPhoto
from siptenan.accounts import roles
from siptenan.common.models import Commodity, SiteImage
from tests.factories import make_business, make_gallery_form, make_product, make_registration, make_staff, publish

pytestmark = pytest.mark.django_db

NIK = "3375015708900000"
PRIVATE = {
    "nama_lengkap": "Pemilik Tersembunyi",
    "nomor_wa_aktif": "+6281299988877",
    "alamat": "Jalan Tersembunyi 77",
    "tahun_berdiri": "1987",
    "modal_awal": "765432111",
    "jumlah_tenaga_kerja_laki_laki": "43219",
    "jumlah_tenaga_kerja_perempuan": "54329",
    "produk_yang_dihasilkan": "Hasil Tersembunyi",
    "pendapatan_bulan": "876543222",
    "kapasitas_produksi_bulan": {"value": "91827", "unit": "kg", "unit_name": "kilogram"},
    "bahan_baku": "Baku Tersembunyi",
    "nilai_bahan_baku_bulan": "654321333",
    "jumlah_bahan_baku_bulan": {"value": "81726", "unit": "kg", "unit_name": "kilogram"},
    "bahan_penolong": "Penolong Tersembunyi",
    "nilai_bahan_penolong_bulan": "543219444",
    "bahan_bakar": "Bakar Tersembunyi",
    "jumlah_bahan_bakar_bulan": {"value": "71625", "unit": "m3", "unit_name": "meter kubik"},
}
MARKS = [
    "ersembunyi", "81299988877", "1299-9888", "1987", "765432111", "765.432.111", "43219", "43.219", "54329", "54.329",
    "876543222", "876.543.222", "91827", "91.827", "654321333", "654.321.333", "81726", "81.726", "543219444",
    "543.219.444", "71625", "71.625", NIK, NIK[:10], "0000111",
]  # fmt: skip


@pytest.fixture
def record(site) -> BusinessRecord:
    """A registration that came through the form, with a mark in every private answer; nothing of it approved."""
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    submission = make_registration(make_gallery_form(), NIK, **PRIVATE)
    record = BusinessRecord.objects.get(submission=submission)
    record.nib, record.investment, record.siinas = "1299912999129", 765432111, {"listrik": "Daya Tersembunyi"}
    record.save()
    assert Material.objects.filter(record=record, name__endswith="Tersembunyi").count() == 3
    return record


def approve(record: BusinessRecord) -> Product:
    """What an officer's approval publishes, with a photo."""
    product = record.business.products.get()
    record.business.commodity = product.commodity = Commodity.objects.get(code="tempe")
    record.business.save()
    product.photos = [ProductPhoto(image=photographed(), sort_order=0)]
    product.save()
    record.business.save_revision().publish()
    product.save_revision().publish()
    return product


def photographed() -> SiteImage:
    """An image that came into the library as a phone had taken it: on its side, with the place in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter
    exif[0x010F] = "Ponsel Tersembunyi"
    exif.get_ifd(0x8825)[2] = (6.0, 53.0, 19.0)
    buffer = BytesIO()
    Image.new("RGB", (900, 1200), "#7a4a21").save(buffer, "JPEG", exif=exif)
    file = ContentFile(buffer.getvalue(), name="Kain Tersembunyi.jpg")
    return SiteImage.objects.create(title="Foto", file=file, collection=pictures.collection())


def public_addresses(record: BusinessRecord, product: Product) -> list[str]:
    start = "/gallery-ikm/"
    return [
        start, f"{start}?q={product.name}", f"{start}?q=Tersembunyi", f"{start}?q={NIK}", f"{start}{product.slug}/",
        f"{start}{product.slug}/wa/", f"{start}{product.slug}/kartu.pdf", f"{start}usaha/{record.business.slug}/",
        f"{start}tidak-ada/", "/", "/sitemap.xml", "/info/feed/", "/robots.txt", f"/cari/?q={product.name}",
        "/cari/?q=Tersembunyi", f"/cari/?q={NIK}", f"/cari/?q={product.name}&jenis=usaha",
    ]  # fmt: skip


def shown(client: Client, addresses: list[str]) -> bytes:
    return b"\n".join(client.get(url).content for url in addresses)


def pictures_in(html: bytes) -> set[str]:
    """The names of all media files that a page names."""
    page = BeautifulSoup(html, "html.parser")
    named = " ".join(
        value if isinstance(value, str) else " ".join(value)
        for element in page.find_all(True)
        for value in element.attrs.values()
    )
    return {
        word.strip(",").partition("/media/")[2] for word in named.split() if "/media/" in word and "=" not in word[:6]
    }


def test_no_public_byte_tells_what_is_private(record, client):
    product = approve(record)
    content = shown(client, public_addresses(record, product))
    assert product.name.encode() in content
    # What somebody looks for stands in his own search box.
    for own in ('value="{}"', "Cari: {}", "q={}", "<bdi>{}</bdi>", "<title>{} - Cari"):
        for query in ("Tersembunyi", NIK):
            content = content.replace(own.format(query).encode(), b"")
    assert [mark for mark in MARKS if mark.encode() in content] == []
    assert client.get("/gallery-ikm/?q=Tersembunyi").content.count(b"Tidak ada produk yang cocok") == 1


def test_pictures_are_upright_and_tell_no_place_and_no_name(record, client):
    product = approve(record)
    names = pictures_in(client.get(f"/gallery-ikm/{product.slug}/").content)
    assert len(names) >= 6
    for name in names:
        assert product.slug not in name
        with default_storage.open(name) as file, Image.open(file) as image:
            assert not image.getexif(), name
            assert "exif" not in image.info
    large = product.photos.get().image.renditions.get(filter_spec=pictures.LARGE)
    assert large.file.name in names
    with large.file.open("rb") as file, Image.open(file) as image:
        assert image.size == (1200, 900)
    original = product.photos.get().image
    with original.file.open("rb") as file:
        assert b"Tersembunyi" not in file.read()


def test_the_owner_decides_whether_his_name_and_number_are_public(record, client):
    product = approve(record)
    business = record.business
    url = f"/gallery-ikm/usaha/{business.slug}/"
    assert b"wa.me/62" not in client.get(url).content
    record.agrees_name = record.agrees_whatsapp = True
    records.change(record, [], ["Setuju"], by=make_staff(roles.ADMIN, "kepala"), seen=records.version(record))
    assert b"Pemilik Tersembunyi" in client.get(url).content
    assert b"wa.me/6281299988877" in client.get(url).content
    assert b"81299988877" not in client.get(f"/gallery-ikm/{product.slug}/").content  # the press leads there


def test_what_is_not_approved_is_nowhere(record, client):
    product = record.business.products.get()
    for url in public_addresses(record, product):
        content = client.get(url).content.decode("utf-8", "replace")
        assert f"{product.slug}/" not in content, url
        assert record.business.name not in content, url
    for url in (f"{product.slug}/", f"{product.slug}/kartu.pdf", f"usaha/{record.business.slug}/"):
        assert client.get(f"/gallery-ikm/{url}").status_code == 404


def test_taking_the_approval_back_hides_everything_at_once(record, client, django_capture_on_commit_callbacks):
    product = approve(record)
    business = record.business
    other = make_product(make_business("Batik Contoh Sebelah"), "Kain Sebelah")
    page = f"/gallery-ikm/{product.slug}/"
    files = pictures_in(client.get(page).content) | pictures_in(client.get("/gallery-ikm/").content)
    assert files
    assert all(default_storage.exists(name) for name in files)
    business.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        business.unpublish()
    for url in public_addresses(record, product):
        content = client.get(url).content.decode("utf-8", "replace")
        assert product.name not in content or f"?q={product.name}" in url, url
        assert business.name not in content, url
    assert client.get(page).status_code == client.get(f"/gallery-ikm/usaha/{business.slug}/").status_code == 404
    assert not [name for name in files if default_storage.exists(name)]
    assert client.get(f"/gallery-ikm/{other.slug}/").status_code == 200
