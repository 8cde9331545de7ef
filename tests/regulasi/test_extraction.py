"""The text of PDFs: read in the background, page by page, with what went wrong to be seen."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from regulasi import extraction, proposals
from regulasi.enums import TextState
from regulasi.models import DocumentPageText, DocumentText, RegulationPage
from siptenan.common import pdf_files
from tests.factories.regulations import make_document, make_regulation
from tests.forms.upload_files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def texts(document) -> dict[int, str]:
    return dict(DocumentPageText.objects.filter(document=document).values_list("number", "text"))


def page(words: str) -> bytes:
    """The drawing of a page that says something."""
    lines = b"".join(b"(%s) Tj 0 -14 Td " % line.encode() for line in words.split("\n"))
    return b"BT /F1 12 Tf 20 180 Td " + lines + b"ET"


def with_text(words: str = "Peraturan tentang batik tulis Pekalongan", kids: int = 1, **values):
    return make_document(content=pdf(content=page(words), kids=kids), **values)


def replace(document, content: bytes) -> None:
    """As the CMS does when an editor uploads another file."""
    document.file = ContentFile(content, name="baru.pdf")
    document._set_document_file_metadata()
    document.save()


def test_each_page_is_read(django_capture_on_commit_callbacks):
    document = with_text(kids=3)
    with django_capture_on_commit_callbacks(execute=True):
        make_regulation(document=document)
    text = DocumentText.objects.get(document=document)
    assert (text.state, text.pages, text.pages_done, text.error) == (TextState.DONE, 3, 3, "")
    assert set(texts(document)) == {1, 2, 3}
    assert "batik tulis" in texts(document)[3]


def test_a_document_of_nobody_is_left_alone(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with_text()
    assert not DocumentText.objects.exists()


def test_a_changed_file_replaces_the_text(django_capture_on_commit_callbacks):
    document = with_text(kids=3)
    with django_capture_on_commit_callbacks(execute=True):
        make_regulation(document=document)
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
    assert "lain dari yang Anda isi" in shown
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


@pytest.mark.parametrize("text", ["", "Surat undangan rapat", "NOMOR 20 TAHUN 2016", "x" * 5000, "Nomor 💥 Tahun"])
def test_what_is_no_head_proposes_nothing(text):
    assert proposals.read(text) is None
