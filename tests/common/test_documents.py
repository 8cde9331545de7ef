"""Documents of visitors: opened for real, written anew, refused in words."""

from __future__ import annotations

import io
import secrets
import zipfile
import zlib

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError

from siptenan.common import documents
from siptenan.common.documents import SanitisedDocument, clean_name, sanitise_document
from tests.forms.upload_files import MB, PAGE, pdf, photo, sent, stream

JAVASCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def sanitised(content: bytes, name: str = "surat.pdf", max_bytes: int = 5 * MB) -> SanitisedDocument:
    return sanitise_document(sent(content, name), kinds=["pdf"], max_bytes=max_bytes)


def refused(content: bytes, **options) -> ValidationError:
    with pytest.raises(ValidationError) as refusal:
        sanitised(content, **options)
    return refusal.value


def opened(document: SanitisedDocument) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(document.content)


def words(document: SanitisedDocument) -> str:
    with opened(document) as pages:
        return " ".join(page.get_textpage().get_text_range().strip() for page in pages)


def test_a_plain_document_keeps_its_pages_and_its_text():
    document = sanitised(pdf(kids=2))
    assert (document.content_type, document.extension, document.name) == ("application/pdf", "pdf", "surat.pdf")
    assert words(document) == "Halo Pekalongan Halo Pekalongan"


def test_a_turned_page_stays_upright():
    with opened(sanitised(pdf(page=b"/Rotate 90"))) as document:
        assert document[0].get_size() == (200, 300)


def test_a_turned_page_with_a_script_stays_upright_too():
    """Such a page is copied as a drawing."""
    with opened(sanitised(pdf(page=b"/Rotate 90/AA<</O" + JAVASCRIPT + b">>"))) as document:
        assert document[0].get_size() == (200, 300)


def test_what_pages_share_is_stored_once():
    """Or a report of a hundred pages would grow past its limit by its fonts alone."""
    shared = pdf(content=PAGE + b"\n% " + secrets.token_hex(50_000).encode(), kids=30)
    assert len(sanitised(shared).content) < 2 * len(shared)


def test_a_page_that_does_not_begin_at_zero_is_not_cut_off():
    with opened(sanitised(pdf(page=b"/CropBox[40 40 300 200]", content=b"1 0 0 rg 40 40 30 30 re f"))) as document:
        assert document[0].get_size() == (260, 160)
        pixel = document[0].render(scale=1).to_pil().convert("RGB").getpixel((10, 150))
    assert pixel == (255, 0, 0)


@pytest.mark.parametrize(
    "active",
    [
        pdf(catalog=b"/OpenAction" + JAVASCRIPT),
        pdf(catalog=b"/Open#41ction" + JAVASCRIPT.replace(b"/JS", b"/J#53")),
        pdf(catalog=b"/Names<</JavaScript<</Names[(x)" + JAVASCRIPT + b"]>>>>"),
        pdf(page=b"/AA<</O" + JAVASCRIPT + b">>"),
        pdf(page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(calc.exe)>>>>]"),
        pdf(page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://jahat.example)>>>>]"),
        pdf(
            b"<</Type/Filespec/F(jahat.exe)/EF<</F 7 0 R>>>>", stream(b"MZ jahat", b"/Type/EmbeddedFile"),
            catalog=b"/Names<</EmbeddedFiles<</Names[(jahat.exe) 6 0 R]>>>>",
        ),
        pdf() + b"<script>jahat()</script>",
        pdf(catalog=b"/Metadata 6 0 R").replace(b"endobj", b"endobj % jahat", 1),
    ],
    ids=["open", "disguised", "names", "page", "launch", "link", "attachment", "tail", "comment"],
)  # fmt: skip
def test_what_a_document_would_do_stays_behind_and_what_it_says_does_not(active):
    document = sanitised(active)
    assert words(document) == "Halo Pekalongan"
    for trace in (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/URI",
        b"/OpenAction",
        b"/AA",
        b"/Annots",
        b"/Filespec",
        b"jahat",
    ):
        assert trace not in document.content
    with opened(document) as pages:
        assert pages.count_attachments() == 0


def test_a_second_file_hidden_in_it_is_gone():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("jahat.html", "<script>")
    both = pdf() + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(both)), "what is sent is both"
    assert not zipfile.is_zipfile(io.BytesIO(sanitised(both).content))


def test_what_was_typed_into_a_form_stays_readable():
    look = stream(b"BT /F1 12 Tf 2 2 Td (Ibu Contoh) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 90 20]"
                  b"/Resources<</Font<</F1 5 0 R>>>>")  # fmt: skip
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(nama)/V(Ibu Contoh)/F 4/Rect[50 100 140 120]/AP<</N 7 0 R>>>>"
    typed = pdf(field, look, catalog=b"/AcroForm<</Fields[6 0 R]/DR<<>>>>", page=b"/Annots[6 0 R]")
    assert "Ibu Contoh" in words(sanitised(typed))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (photo(), "not_document"),
        (b"<html><script>alert(1)</script></html>", "not_document"),
        (b"PK\x03\x04" + b"\0" * 100, "not_document"),
        (b"%PDF-1.7\nhanya kepalanya", "damaged"),
        (pdf()[:200], "damaged"),
        (pdf(kids=0), "damaged"),
        (pdf(kids=101), "too_many_pages"),
        (pdf() + b"\0" * (5 * MB), "too_large"),
    ],
    ids=["empty", "photo", "html", "zip", "head", "cut", "no pages", "101 pages", "large"],
)
def test_what_is_no_document_is_refused_in_words(content, code):
    refusal = refused(content)
    assert refusal.code == code
    assert "None" not in refusal.message
    assert "{" not in refusal.message


def test_a_locked_document_is_refused():
    """The standard handler with keys that fit no password."""
    locked = pdf(b"<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>" % (b"o" * 32, b"u" * 32))
    locked = locked.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 6 0 R/ID[(0123456789abcdef)(0123456789abcdef)]")
    assert refused(locked).code == "encrypted"


def test_a_bomb_ends_its_own_process_only():
    """1 GB of spaces in one page of 1 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MB) for _ in range(1024)) + packer.flush()
    huge = pdf(content=stream(packed, b"/Filter/FlateDecode"))
    assert len(huge) < 2 * MB
    assert refused(huge).code == "too_heavy"


def test_one_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(documents, "MAX_SECONDS", 0)
    assert refused(pdf()).code == "too_heavy"


def test_the_rewriter_holds_no_secret_of_ours(monkeypatch):
    given = {}

    def spy(command, **options):
        given.update(options["env"], command=" ".join(command))
        raise documents.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("SECRET_KEY", "rahasia")
    monkeypatch.setattr(documents.subprocess, "run", spy)
    refused(pdf())
    assert given.keys() == {"PYTHONPATH", "command"}
    assert "surat" not in given["command"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("NIB Batik Contoh.pdf", "NIB Batik Contoh.pdf"),
        ("C:\\Users\\Ibu\\Scan.PDF", "Scan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("laporan.pdf.exe", "laporan.pdf.exe.pdf"),
        ("surat\u202efdp.exe", "suratfdp.exe.pdf"),
        ("a\r\nb\0c<script>.pdf", "abc script.pdf"),
        (".pdf", "dokumen.pdf"),
        ("", "dokumen.pdf"),
        ("é" * 200 + ".pdf", "é" * 76 + ".pdf"),
    ],
)
def test_the_name_is_cleaned(name, shown):
    assert clean_name(name, documents.KINDS["pdf"]) == shown


def test_the_content_of_a_page_may_be_long():
    assert words(sanitised(pdf(content=PAGE + b" " * 100_000))) == "Halo Pekalongan"
