"""The text of PDFs: read in the background, page by page, with what went wrong to be seen."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import sys
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from regulasi import extraction, fulltext, proposals
from regulasi.enums import TextState
from regulasi.library.words import terms
from regulasi.models import DocumentPageText, DocumentText, RegulationPage
from siptenan.common import pdf_files
from tests.factories.regulations import make_document, make_regulation
from tests.forms.upload_files import pdf, stream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def texts(document) -> dict[int, str]:
    return dict(DocumentPageText.objects.filter(document=document).values_list("number", "text"))


def page(words: str) -> bytes:
    """The drawing of a page that says something."""
    lines = b"".join(b"(%s) Tj 0 -14 Td " % line.encode() for line in words.split("\n"))
    return b"BT /F1 12 Tf 20 180 Td " + lines + b"ET"


SENTENCE = "Peraturan tentang batik tulis Pekalongan dan perajinnya"


def with_text(words: str = SENTENCE, **values):
    return make_document(content=pdf(content=page(words)), **values)


def paged(*pages: str) -> bytes:
    """A PDF whose pages say different things."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, words in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 300]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number),
            stream(page(words)),
        ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def read(content: bytes, capture) -> DocumentText:
    """Let the worker read a PDF of a regulation; return how that ended."""
    document = make_document(content=content)
    with capture(execute=True):
        make_regulation(document=document)
    return DocumentText.objects.get(document=document)


def saying(pages: list[str], monkeypatch) -> None:
    """Let every PDF say this."""
    said = [(0, len(pages), ""), *((number, len(pages), text) for number, text in enumerate(pages, 1))]
    monkeypatch.setattr(pdf_files, "page_texts", lambda source: iter(said))


def replace(document, content: bytes) -> None:
    """As the CMS does when an editor uploads another file."""
    document.file = ContentFile(content, name="baru.pdf")
    document._set_document_file_metadata()
    document.save()


def test_each_page_is_read(django_capture_on_commit_callbacks):
    pages = [f"{number}. {SENTENCE}" for number in range(1, 4)]
    text = read(paged(*pages), django_capture_on_commit_callbacks)
    document = text.document
    assert (text.state, text.pages, text.pages_done, text.error) == (TextState.DONE, 3, 3, "")
    assert texts(document) == dict(enumerate(pages, 1))
    with document.open_file() as file:
        assert text.sha256 == hashlib.sha256(file.read()).hexdigest()


def test_a_document_of_nobody_is_left_alone(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with_text()
    assert not DocumentText.objects.exists()


def test_a_changed_file_replaces_the_text(django_capture_on_commit_callbacks):
    document = read(paged("satu", "dua", "tiga"), django_capture_on_commit_callbacks).document
    assert len(texts(document)) == 3
    with django_capture_on_commit_callbacks(execute=True):
        replace(document, pdf(content=page("Isi yang sama sekali lain")))
    assert texts(document) == {1: "Isi yang sama sekali lain"}
    with django_capture_on_commit_callbacks(execute=True):
        replace(document, b"%PDF-1.7 rusak")
    assert texts(document) == {}
    assert DocumentText.objects.get().error == extraction.BROKEN


def test_nothing_is_read_twice(django_capture_on_commit_callbacks, monkeypatch):
    document = with_text()
    with django_capture_on_commit_callbacks(execute=True):
        regulation = make_regulation(document=document)
    monkeypatch.setattr(pdf_files, "page_texts", lambda source: pytest.fail("read again"))
    with django_capture_on_commit_callbacks(execute=True):
        RegulationPage.objects.get(pk=regulation.pk).save_revision().publish()
    assert DocumentText.objects.get().attempts == 1


def test_a_scan_is_flagged(django_capture_on_commit_callbacks, client, editor):
    with django_capture_on_commit_callbacks(execute=True):
        regulation = make_regulation()
    assert DocumentText.objects.get().state == TextState.NO_TEXT
    client.force_login(editor)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=(regulation.pk,))).content.decode()
    assert "Tanpa teks (hasil pindai)" in shown
    assert "Tanpa teks (hasil pindai)" in client.get(reverse("regulation-texts")).content.decode()


def test_a_failure_can_be_seen_and_tried_again(django_capture_on_commit_callbacks, client, editor, monkeypatch):
    document = with_text()

    def fails(source):
        raise pdf_files.UnreadablePdf

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(pdf_files, "page_texts", fails)
        make_regulation(document=document)
    client.force_login(editor)
    assert "tidak dapat dibaca sampai selesai" in client.get(reverse("regulation-texts")).content.decode()
    text = DocumentText.objects.get()
    client.post(reverse("regulation-text-retry", args=(text.pk,)))
    text.refresh_from_db()
    assert (text.state, text.error) == (TextState.DONE, "")


def test_officers_may_not_try_again(client, officer):
    text = DocumentText.objects.create(document=make_document(), state=TextState.FAILED)
    client.force_login(officer)
    assert client.post(reverse("regulation-text-retry", args=(text.pk,))).status_code in (302, 403)
    text.refresh_from_db()
    assert text.state == TextState.FAILED


def test_the_sweeper_takes_up_what_was_left():
    """A worker killed in the middle, a task that was lost, a regulation that nobody ordered."""
    long_ago = timezone.now() - dt.timedelta(days=1)
    left, lost, fresh, hopeless, never = (with_text() for _ in range(5))
    for document in (left, lost, fresh, hopeless, never):
        make_regulation(document=document)
    common = {"started_at": long_ago, "changed_at": long_ago}
    DocumentText.objects.create(document=left, state=TextState.RUNNING, attempts=1, **common)
    DocumentText.objects.create(document=lost, state=TextState.WAITING, **common)
    DocumentText.objects.create(document=fresh, state=TextState.RUNNING, started_at=timezone.now())
    DocumentText.objects.create(document=hopeless, state=TextState.RUNNING, attempts=3, **common)
    assert extraction.sweep() == 3
    states = dict(DocumentText.objects.values_list("document", "state"))
    assert states == {
        left.pk: TextState.DONE, lost.pk: TextState.DONE, never.pk: TextState.DONE,
        fresh.pk: TextState.RUNNING, hopeless.pk: TextState.FAILED,
    }  # fmt: skip
    assert extraction.sweep() == 0


def test_a_page_without_end_is_ended(monkeypatch):
    """The program is killed at its time, and said to have failed."""
    document = with_text()
    with document.file.open("rb") as file, pdf_files.copied(file) as source, pytest.raises(pdf_files.UnreadablePdf):
        list(pdf_files.page_texts(source, max_seconds=0))


def test_a_program_that_is_killed_while_it_writes_is_said_to_have_failed(monkeypatch, tmp_path):
    half = "import json; print(json.dumps({'pages': 2})); print('{\"page\": 1, \"te', end='')"
    monkeypatch.setattr(pdf_files, "_command", lambda *args: [sys.executable, "-c", half])
    with pytest.raises(pdf_files.UnreadablePdf):
        list(pdf_files.page_texts(tmp_path / "naskah.pdf"))


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("pendaf\ufffetaran", "pendaftaran"),
        ("pendaf\u00ad\r\n  taran merek", "pendaftaran merek"),
        ("pendaf- \r\n taran", "pendaftaran"),
        ("PENDAF\ufffeTARAN", "PENDAFTARAN"),
        ("Undang\ufffeUndang, perundang\ufffeundangan, sebesar\ufffebesarnya",
         "Undang-Undang, perundang-undangan, sebesar-besarnya"),
        ("Jawa\ufffeBali", "Jawa-Bali"),
        ("tahun 2019\ufffe2024", "tahun 2019-2024"),
        ("2019-\r\n2024\r\n- butir", "2019-\r\n2024\r\n- butir"),
        ("e\ufb01sien, de\ufb01nisi, \uff11\uff12", "efisien, definisi, 12"),
        ("a\ue000b\ue001c\uf0b7d\x00e\x02f\x03g\uffffh\ud800i", "a b c d e f g h i"),
        ("me\u200brek\ufeff", "merek"),
        ("Pasal 1\r\n\tAyat", "Pasal 1\r\n\tAyat"),
    ],
)  # fmt: skip
def test_what_a_page_says_is_stored_as_it_is_read(said, stored):
    assert extraction.cleaned(said) == stored


def test_a_word_divided_at_the_end_of_a_line_is_found(django_capture_on_commit_callbacks):
    text = read(paged("tentang pendaf-\ntaran merek, dan undang-\nundang lain"), django_capture_on_commit_callbacks)
    asked = terms('"pendaftaran merek" "dan undang undang lain"')
    assert [list(found) for found in fulltext.documents_with(asked)] == [[text.document_id]] * 2


def test_withdrawn_text_goes_with_its_file(django_capture_on_commit_callbacks, client):
    document = with_text()
    with django_capture_on_commit_callbacks(execute=True):
        make_regulation(document=document)
    assert "perajinnya" in client.get("/regulasi/?q=perajinnya").content.decode().partition("<main")[2]
    with django_capture_on_commit_callbacks():  # the worker does not come
        document.title = "Nama lain"
        document.save()
        assert texts(document) == {1: SENTENCE}
        replace(document, pdf(content=page("Isi lain")))
    assert texts(document) == {}
    assert "Tidak ada regulasi" in client.get("/regulasi/?q=perajinnya").content.decode()
    assert [list(found) for found in fulltext.documents_with(terms("perajinnya"))] == [[]]


def test_the_text_of_a_file_that_was_replaced_unseen_goes_when_it_is_ordered(
    django_capture_on_commit_callbacks, monkeypatch
):
    document = read(paged(SENTENCE), django_capture_on_commit_callbacks).document
    type(document).objects.filter(pk=document.pk).update(file_hash="lain")
    monkeypatch.setattr("regulasi.tasks.read_text", SimpleNamespace(enqueue=lambda pk: None))
    assert extraction.request(document.pk)
    assert texts(document) == {}


def test_a_file_that_changes_while_it_is_read_leaves_no_text(django_capture_on_commit_callbacks, monkeypatch):
    document = with_text()
    make_regulation(document=document)
    DocumentText.objects.create(document=document)

    def pages(source):
        yield 0, 1, ""
        replace(type(document).objects.get(pk=document.pk), pdf(content=page("Isi lain")))
        yield 1, 1, SENTENCE

    monkeypatch.setattr(pdf_files, "page_texts", pages)
    with django_capture_on_commit_callbacks():
        assert extraction.read(document.pk) == TextState.WAITING
    assert texts(document) == {}


def test_text_without_end_is_cut_and_the_editor_is_told(
    django_capture_on_commit_callbacks, client, editor, monkeypatch
):
    monkeypatch.setattr(extraction, "LETTERS_MAX", 2 * len(SENTENCE))
    text = read(paged(*[f"{number}. {SENTENCE}" for number in range(9)]), django_capture_on_commit_callbacks)
    assert (text.state, text.pages, text.pages_done) == (TextState.DONE, 9, 2)
    assert set(texts(text.document)) == {1, 2}
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=(RegulationPage.objects.get().pk,))
    for url in (reverse("regulation-texts"), edit):
        assert "hanya sampai halaman 2 yang dibaca" in client.get(url).content.decode()


def test_a_document_of_numbers_is_searched(django_capture_on_commit_callbacks, monkeypatch):
    """More different words than one tsvector of PostgreSQL holds."""
    saying([" ".join(f"{page:04}{row:05}" for row in range(900)) for page in range(150)], monkeypatch)
    text = read(pdf(), django_capture_on_commit_callbacks)
    assert (text.state, text.error) == (TextState.DONE, "")
    asked = terms('000000000 014900899 "007500001 007500002" 015000000 "000000000 014900899"')
    found = [list(documents) for documents in fulltext.documents_with(asked)]
    one = [text.document_id]
    assert dict(zip([term.text for term in asked], found, strict=True)) == {
        "000000000": one, "014900899": one, "007500001 007500002": one, "015000000": [], "000000000 014900899": [],
    }  # fmt: skip
    DocumentPageText.objects.filter(document=text.document, number__gt=1).delete()
    assert [list(documents) for documents in fulltext.documents_with(terms("000000000 014900899"))] == [one, []]


def test_text_that_cannot_be_stored_has_failed_at_once(django_capture_on_commit_callbacks, monkeypatch):
    def fails(rows, **kwargs):
        if rows:
            raise OperationalError("string is too long for tsvector")

    monkeypatch.setattr(DocumentPageText.objects, "bulk_create", fails)
    text = read(pdf(content=page(SENTENCE)), django_capture_on_commit_callbacks)
    assert (text.state, text.error) == (TextState.FAILED, extraction.FAULT)


STAMP = "Salinan sesuai dengan aslinya, jdih.kemenperin.go.id, Kepala Biro Hukum"


@pytest.mark.parametrize(
    ("pages", "state"),
    [
        ([STAMP] * 4, TextState.NO_TEXT),
        ([f"{STAMP}\nHalaman {number} dari 10" for number in range(10)], TextState.NO_TEXT),
        ([SENTENCE, *[STAMP] * 9], TextState.NO_TEXT),
        (["Dipindai dengan CamScanner"] * 2, TextState.NO_TEXT),
        ([f"{STAMP}\n{number}. {SENTENCE}" for number in range(10)], TextState.DONE),
        ([*(f"{STAMP}\n{number}. {SENTENCE}" for number in range(7)), "", "", ""], TextState.DONE),
        ([f"KEPUTUSAN WALI KOTA\n{SENTENCE}"], TextState.DONE),
        ([f"KEPUTUSAN WALI KOTA\n{SENTENCE}", "Lampiran"], TextState.DONE),
    ],
)
def test_scans_with_a_stamp_have_no_text(pages, state, django_capture_on_commit_callbacks):
    assert read(paged(*pages), django_capture_on_commit_callbacks).state == state


HEAD = """UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 20 TAHUN 2016
TENTANG
MEREK DAN INDIKASI GEOGRAFIS
DENGAN RAHMAT TUHAN YANG MAHA ESA"""


def test_page_one_proposes_and_writes_nothing(django_capture_on_commit_callbacks, client, editor):
    document = with_text(HEAD)
    with django_capture_on_commit_callbacks(execute=True):
        regulation = make_regulation(number="21", year=2016, document=document)
    found = {row.field: (row.shown, row.is_same) for row in proposals.for_page(regulation)}
    assert found["number"] == ("20", False)
    assert found["year"] == ("2016", True)
    assert found["kind"] == ("Undang-Undang", True)
    assert found["about"] == ("Merek dan Indikasi Geografis", False)
    client.force_login(editor)
    shown = html.unescape(client.get(reverse("wagtailadmin_pages:edit", args=(regulation.pk,))).content.decode())
    assert "Menurut halaman pertama PDF" in shown
    assert "Lain dari yang Anda isi" in shown
    assert RegulationPage.objects.get().number == "21"


@pytest.mark.parametrize(
    ("head", "kind", "initiator", "number"),
    [
        ("PERATURAN MENTERI PERINDUSTRIAN REPUBLIK INDONESIA NOMOR 13 TAHUN 2025 TENTANG DATA", "permen", "kemenperin",
         "13"),
        ("SALINAN PERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 2 TAHUN 2017 TENTANG SARANA", "pp", "", "2"),
        ("PERATURAN DAERAH KOTA PEKALONGAN NOMOR 1 TAHUN 2020 TENTANG RENCANA", "perda", "kota-pekalongan", "1"),
    ],
)  # fmt: skip
def test_heads_that_are_understood(head, kind, initiator, number):
    found = proposals.read(head)
    assert found is not None
    assert (found.kind and found.kind.code, found.number) == (kind, number)
    assert (found.initiator.code if found.initiator else "") == initiator


@pytest.mark.parametrize(
    ("after", "about"),
    [
        ("PERUBAHAN ATAS PERATURAN MENTERI PERINDUSTRIAN NOMOR 1 TAHUN 2016, DAN LAMPIRANNYA DENGAN RAHMAT TUHAN",
         "Perubahan atas Peraturan Menteri Perindustrian Nomor 1 Tahun 2016, dan Lampirannya"),
        ("TIM PEMBINA INDUSTRI WALI KOTA PEKALONGAN, Menimbang: a. bahwa", "Tim Pembina Industri"),
        ("PEMBINAAN INDUSTRI (IKM) TAHAP II MELALUI SIINAS", "Pembinaan Industri (IKM) Tahap II Melalui SIINas"),
        ("Data Industri Jenis: Peraturan Menteri Nomor: 13", "Data Industri"),
    ],
)  # fmt: skip
def test_where_the_title_ends(after, about):
    assert proposals.read(f"PERATURAN MENTERI PERINDUSTRIAN NOMOR 13 TAHUN 2025 TENTANG {after}").about == about


@pytest.mark.parametrize("text", ["", "Surat undangan rapat", "NOMOR 20 TAHUN 2016", "x" * 5000, "Nomor 💥 Tahun"])
def test_what_is_no_head_proposes_nothing(text):
    assert proposals.read(text) is None
