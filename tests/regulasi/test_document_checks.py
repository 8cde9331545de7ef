"""PDFs of the editors: what cannot be read is refused where it is uploaded; what is stored is the upload (R8)."""

from __future__ import annotations

import hashlib
import io

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from siptenan.common import pdf_files
from siptenan.common.models import SiteDocument
from tests.forms.upload_files import pdf

pytestmark = pytest.mark.django_db


def locked() -> bytes:
    """A PDF that nobody opens without its password (revision 3, wrong hashes)."""
    owner, user = b"o" * 32, b"u" * 32
    encrypt = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O(" + owner + b")/U(" + user + b")>>/ID[(a)(a)]"
    return pdf().replace(b"trailer <<", b"trailer <<" + encrypt)


BAD = {
    "renamed": (b"PK\x03\x04 ini berkas lain", "bukan PDF"),
    "html": (b"<html>bukan</html>", "bukan PDF"),
    "behind a head": (b"\n\n%PDF-1.7 tidak di awal", "bukan PDF"),
    "empty": (b"", "kosong"),
    "broken": (b"%PDF-1.7\nhanya kepalanya", "rusak atau tidak lengkap"),
    "cut short": (pdf(kids=3)[:150], "rusak atau tidak lengkap"),
}
URLS = {
    "one": ("wagtaildocs:add", "file"),
    "many": ("wagtaildocs:add_multiple", "files[]"),
    "chooser": ("wagtaildocs_chooser:create", "document-chooser-upload-file"),
}


def sent(client, way: str, content: bytes):
    name, field = URLS[way]
    data = {"title": "Peraturan", field: SimpleUploadedFile("aturan.pdf", content, "application/pdf")}
    data["document-chooser-upload-title"] = "Peraturan"
    headers = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"} if way == "many" else {}
    return client.post(reverse(name), data, **headers)


@pytest.mark.parametrize("way", URLS)
@pytest.mark.parametrize("fault", BAD)
def test_what_is_no_pdf_is_refused_in_words(client, editor, way, fault):
    client.force_login(editor)
    content, words = BAD[fault]
    response = sent(client, way, content)
    assert not SiteDocument.objects.exists()
    answer = str(response.json() if "json" in response["Content-Type"] else response.content.decode())
    assert words in answer
    assert "Ekstensi" not in answer  # which was right


@pytest.mark.parametrize("way", URLS)
def test_a_good_one_is_kept_byte_for_byte(client, editor, way):
    client.force_login(editor)
    content = pdf(kids=2) + b"\n% tanda tangan\n"
    sent(client, way, content)
    document = SiteDocument.objects.get()
    with document.open_file() as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(content).digest()


def test_an_encrypted_one_is_refused():
    content = locked()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content)
    with pytest.raises(ValidationError) as refusal:
        pdf_files.check(SimpleUploadedFile("a.pdf", content))
    assert refusal.value.code == "encrypted"
    assert "kata sandi" in refusal.value.messages[0]


def test_an_oversize_one_is_refused():
    with pytest.raises(ValidationError) as refusal:
        pdf_files.check(SimpleUploadedFile("a.pdf", pdf()), max_bytes=100)
    assert "batasnya" in refusal.value.messages[0]


def test_one_of_too_many_pages_is_refused():
    pdf_files.check(SimpleUploadedFile("a.pdf", pdf(kids=pdf_files.MAX_PAGES)))
    with pytest.raises(ValidationError) as refusal:
        pdf_files.check(SimpleUploadedFile("a.pdf", pdf(kids=pdf_files.MAX_PAGES + 1)))
    assert refusal.value.code == "too_many_pages"
    assert "lebih dari 5.000 halaman" in refusal.value.messages[0]


def test_replacing_the_file_of_a_document_is_checked_too(client, editor):
    client.force_login(editor)
    sent(client, "one", pdf())
    document = SiteDocument.objects.get()
    url = reverse("wagtaildocs:edit", args=(document.pk,))
    file = io.BytesIO(b"bukan")
    file.name = "lain.pdf"
    response = client.post(url, {"title": "Peraturan", "file": file, "collection": document.collection_id})
    assert "bukan PDF" in response.content.decode()
    assert SiteDocument.objects.get().file_hash == document.file_hash
