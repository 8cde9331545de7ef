"""Files of visitors on S3, through real HTTP to a server on this machine, and on a disk."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Iterator

import pytest
import requests
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from moto.server import ThreadedMotoServer

from forms import uploads
from forms.models.upload import FOLDER, Upload
from forms.references import FormToken
from forms.upload_limits import Limits
from siptenan.common import staging
from siptenan.common.archives import Archive
from siptenan.common.archives import Limits as ZipLimits
from tests.common.test_archives import zipped
from tests.forms.officers import signed_in
from tests.forms.test_upload_files import address, body, visitor_address, visitor_of
from tests.forms.upload_files import MB, noise, photo, sent, stored_files

BUCKET = "siptenan-private"
KEYS = {"access_key": "kunci", "secret_key": "rahasia-s3", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    """A local S3; nothing leaves this machine."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def s3(s3_address, settings, monkeypatch) -> Iterator[str]:
    """Private files lie on S3, as production has it; the address of the bucket."""
    requests.post(f"{s3_address}/moto-api/reset", timeout=10)
    options = {**KEYS, "bucket_name": BUCKET, "endpoint_url": s3_address}
    backend = {"BACKEND": "siptenan.common.private_bucket.PrivateBucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "private": backend}
    monkeypatch.setattr(Upload._meta.get_field("file"), "storage", storages["private"])  # chosen when Django starts
    connection = storages["private"].connection
    connection.create_bucket(Bucket=BUCKET)
    yield f"{s3_address}/{BUCKET}"
    connection.meta.client.close()


@pytest.fixture
def token(form_page) -> FormToken:
    return FormToken(secrets.token_urlsafe(16), form_page.pk, time.time())


def stored(form_page, token, content: bytes | None = None) -> Upload:
    return uploads.store(token, form_page, "foto", sent(content or photo()), Limits("photo", 5 * MB))


def objects() -> list[str]:
    """What really lies in the bucket."""
    return sorted(item.key for item in storages["private"].bucket.objects.all())


@pytest.mark.django_db
@pytest.mark.usefixtures("s3")
class TestS3:
    def test_a_zip_that_waits_between_two_screens_is_read_from_there(self):
        content = zipped(("a.pdf", noise()[:100_000]), ("b.pdf", b"isi"))
        waiting = staging.stage(ContentFile(content), "coba", 7)
        with staging.opened(waiting, "coba", 7) as file, Archive(file, ZipLimits(5, MB, MB)).opened("b.pdf") as found:
            assert found.read() == b"isi"
        assert staging.purge() == 0
        staging.discard(waiting, "coba")
        assert objects() == []
        with pytest.raises(staging.NotStaged), staging.opened(waiting, "coba", 7):
            pass

    def test_a_photo_lies_in_the_bucket_and_comes_back_whole(self, form_page, token):
        upload = stored(form_page, token, noise())
        assert objects() == [upload.file.name]
        with Upload.objects.get().file.open() as content:
            assert len(content.read()) == upload.size

    def test_whoever_knows_the_bucket_gets_nothing(self, form_page, token, s3):
        upload = stored(form_page, token)
        for guess in (f"{s3}/{upload.file.name}", f"{s3}/{upload.file.name}?acl", f"{s3}/{FOLDER}/"):
            assert requests.get(guess, timeout=10).status_code in (403, 404), guess

    def test_no_object_is_open_to_anybody_else(self, form_page, token):
        upload = stored(form_page, token)
        grants = storages["private"].bucket.Object(upload.file.name).Acl().grants
        assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]

    def test_no_signed_address_is_made(self, form_page, token):
        upload = stored(form_page, token)
        with pytest.raises(ValueError, match="URL"):
            _ = upload.file.url

    def test_officer_and_visitor_get_it_through_the_site(self, form_page, token, officer, ticket):
        upload = stored(form_page, token)
        uploads.claim(ticket, [str(upload.pk)], token)
        for client, url in (
            (signed_in(officer), address(ticket, upload)),
            (visitor_of(ticket), visitor_address(upload)),
        ):
            response = client.get(url)
            assert response.status_code == 200
            content = body(response)
            assert content[:3] == b"\xff\xd8\xff"
            assert int(response["Content-Length"]) == len(content) == upload.size
            assert not any("X-Amz" in value or "127.0.0.1" in value for value in response.headers.values())

    def test_an_object_that_is_lost_is_not_found(self, form_page, token, officer, ticket):
        upload = stored(form_page, token)
        uploads.claim(ticket, [str(upload.pk)], token)
        storages["private"].delete(upload.file.name)
        assert signed_in(officer).get(address(ticket, upload)).status_code == 404

    def test_what_is_discarded_leaves_the_bucket_and_orphans_are_found(self, form_page, token):
        upload = stored(form_page, token)
        assert uploads.discard(token, [str(upload.pk)]) == 1
        assert objects() == []
        folder = f"{FOLDER}/{timezone.now() - dt.timedelta(days=3):%Y-%m-%d}"
        storages["private"].save(f"{folder}/{secrets.token_hex(16)}.jpg", ContentFile(b"x"))
        assert uploads.purge_expired() == 1
        assert objects() == []

    def test_a_row_that_fails_leaves_no_object(self, form_page, token, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(Upload, "save", fail)
        with pytest.raises(RuntimeError):
            stored(form_page, token)
        assert objects() == []


@pytest.mark.django_db
def test_on_a_disk_there_is_no_address_either(form_page, token):
    upload = stored(form_page, token)
    assert upload.file.name in stored_files()
    with pytest.raises(ValueError, match="URL"):
        _ = upload.file.url
