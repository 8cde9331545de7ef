"""Pages travel compressed; what belongs to one visitor, and files that are compressed already, do not."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from siptenan.middleware import Compress
from tests.factories import send

pytestmark = pytest.mark.django_db
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", ["/", "/kalindri/konsultasi-haki/", "/manifest.webmanifest"])
def test_pages_are_compressed_for_whoever_can_read_that(site, client, path):
    plain = client.get(path)
    assert "Content-Encoding" not in plain
    compressed = client.get(path, headers=BROWSER)
    assert compressed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed["Vary"]
    assert len(compressed.content) < len(plain.content)
    # Forms have a token of their own in every rendering, so only the size of the words can be compared.
    assert abs(len(gzip.decompress(compressed.content)) - len(plain.content)) < 50


def test_receipts_tickets_and_error_pages_are_not(site, client):
    """Their length must say nothing about a PIN."""
    receipt = client.get(send(client).request["PATH_INFO"], headers=BROWSER)
    assert b"Simpan nomor tiket dan PIN ini." in receipt.content
    link = next(part for part in receipt.content.decode().split('"') if "/kalindri/lacak/" in part and "://" in part)
    for response in (
        receipt,
        client.get(link, headers=BROWSER, follow=True),
        client.get("/tidak-ada/", headers=BROWSER),
    ):
        assert "no-store" in response["Cache-Control"]
        assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    "response",
    [
        lambda: HttpResponse(bytes(1000), content_type="image/jpeg"),
        lambda: FileResponse(iter([bytes(1000)]), content_type="text/csv"),
        lambda: HttpResponse(bytes(1000), headers={"Cache-Control": "private, no-store"}),
    ],
    ids=["picture", "stream", "kept by nobody"],
)
def test_what_is_left_alone(response):
    request = RequestFactory().get("/", headers=BROWSER)
    assert "Content-Encoding" not in Compress(lambda _: response())(request)
